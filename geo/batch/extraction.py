"""Turn the documents of a part into events: a pure function, the unit of work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.batch.limits import TimeUpError, time_limit
from geo.batch.models import BatchSettings, RawItem, RejectRow
from geo.batch.table import Describer, EventRow
from geo.errors import GeoError, UnknownLanguageError
from geo.models import Event
from geo.readers.documents import Given, read_content, read_line

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.models import Document

Beginning = Callable[[int], None]
Why = tuple[str, str]  # kind of a reject, and its reason
TOO_SLOW: Why = ("time", "took longer than a document may; cut it, or raise --seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """Hold the events of some documents, in order, and the documents that could not be read."""

    rows: tuple[EventRow, ...]
    rejects: tuple[RejectRow, ...]


def extract_items(
    items: tuple[RawItem, ...],
    gazetteer: Gazetteer,
    settings: BatchSettings,
    *,
    poisoned: Mapping[int, Why] | None = None,
    beginning: Beginning | None = None,
) -> Extracted:
    """Return the events of documents as rows, and with reasons the documents that gave none.

    Depends on its arguments alone. What goes wrong in a document, its time limit included, is
    its reject and costs no other. `poisoned` maps positions to the reasons of documents that
    ended a process before; they are not tried again. `beginning` is told each position before
    it is tried.
    """
    known = poisoned or {}
    describer = Describer(gazetteer)
    rows: list[EventRow] = []
    rejects: list[RejectRow] = []
    for position, item in enumerate(items):
        if beginning is not None:
            beginning(position)
        why = known.get(position) or (("input", item.fault) if item.fault else None)
        if why is None:
            try:
                with time_limit(settings.seconds):
                    found = _events_of(item, gazetteer, settings)
                    rows.extend([describer.describe(event) for event in found])
                continue
            except (TimeUpError, Exception) as error:
                why = _why(error)
        rejects.append(RejectRow(item.source, item.line, _identity(item), *why))
    return Extracted(rows=tuple(rows), rejects=tuple(rejects))


def _why(error: BaseException) -> Why:
    """Say why a document gave no events."""
    if isinstance(error, TimeUpError):
        return TOO_SLOW
    if isinstance(error, MemoryError):
        return "memory", "needs too much memory; cut it"
    if isinstance(error, UnknownLanguageError):
        return "language", str(error)
    if isinstance(error, GeoError):
        return "input", str(error)
    return "program", f"the program failed on it ({type(error).__name__}); please report it"


def _events_of(item: RawItem, gazetteer: Gazetteer, settings: BatchSettings) -> tuple[Event, ...]:
    from geo.pipeline import extract
    from geo.resolution import ResolutionSettings

    assumed = ResolutionSettings(country=settings.country)
    return extract(to_document(item, settings), gazetteer, settings=assumed).events


def to_document(item: RawItem, settings: BatchSettings) -> Document:
    """Decode a raw item; raise :class:`geo.errors.InputError` where it is no document."""
    given = Given(published=settings.published, language=settings.language)
    if item.form == "file":
        document = read_content(item.content, item.source, given)
        return replace(document, id=item.identity)
    return read_line(item.content, given, item.identity)


def _identity(item: RawItem) -> str:
    """Return the identifier of a document that could not be read, as far as it shows one."""
    import orjson

    if item.form == "json" and item.fault is None:
        try:
            record = orjson.loads(item.content)
        except orjson.JSONDecodeError:
            record = None
        if isinstance(record, dict) and record.get("id"):
            return str(record["id"])
    return item.identity
