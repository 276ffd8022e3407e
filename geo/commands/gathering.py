"""Read what a command is given, texts and tables alike, into one frame of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.commands.console import complain, counted
from geo.commands.texts import TextOptions, extract_all
from geo.errors import InputError
from geo.inputs import TableOptions

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geo.batch.selection import Selection
    from geo.events.reconciliation import ReconcileRules
    from geo.models import Document, Event
    from geo.pipeline import Extraction
    from geo.readers.table import TableResult
    from geo.review import Judge

_HEADLINE = 120  # letters that a headline has at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Hold what the inputs tell: the events of texts first, then the rows of tables.

    Texts are reconciled with each other, tables and results of batches are taken as they are.
    ``rejected`` counts the inputs and rows that could not be read whole; each was said when it
    was met.
    """

    frame: GeoDataFrame
    events: tuple[Event, ...] = ()
    tables: tuple[TableResult, ...] = ()
    unresolved: tuple[str, ...] = ()
    at_unit: tuple[str, ...] = ()
    rejected: int = 0
    flagged: int = 0
    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Hold what is asked of the inputs.

    `judge` knows decisions about places, `selection` which events are wanted, and `nearness` how
    near the reports of several texts must be to tell of one event.
    """

    texts: TextOptions = field(default_factory=TextOptions)
    tables: TableOptions = field(default_factory=TableOptions)
    nearness: ReconcileRules | None = None
    judge: Judge | None = None
    selection: Selection | None = None
    quiet: bool = False


def gather(inputs: Sequence[str], gazetteer: Gazetteer, wanted: Wanted) -> Gathered:
    """Read all inputs, texts, tables, full records and results of batches.

    Raises :class:`geo.errors.InputError` when nothing could be read.
    """
    from geo.batch.results import read_result
    from geo.inputs import read_table_frame

    kinds = _sorted(inputs, wanted.tables)
    found, rejected = _read_texts(kinds["text"], gazetteer, wanted)
    if len(kinds["text"]) == len(inputs) and not found:
        raise InputError("no input could be read, so nothing was written")
    known, flat = _read_records(kinds["record"])
    read = [read_table_frame(name, gazetteer, wanted.tables) for name in kinds["table"]]
    results = [read_result(name, wanted.selection) for name in kinds["batch"]]
    own = _reconciled(found, wanted.nearness)
    if kinds["text"]:
        _advise(found, own)
    events = tuple({event.id: event for event in (*own, *known)}.values())
    frames = [*flat, *(frame for _, frame in read), *results]
    if wanted.judge is not None:
        events, frames = _review(events, frames, wanted.judge)
    return Gathered(
        frame=_one_frame(events, frames, gazetteer, wanted.selection),
        events=events,
        tables=tuple(table for table, _ in read),
        unresolved=_unresolved(found, frames),
        at_unit=_at_unit(frames),
        rejected=rejected,
        flagged=sum(len({p.row for p in table.problems if p.lost}) for table, _ in read),
        heading=_heading([item.document for item in found]),
    )


def _heading(documents: Sequence[Document]) -> str | None:
    """Return the title of the first document that has one, or the headline of a single text."""
    told = next((document.title for document in documents if document.title), None)
    if told or len(documents) != 1:
        return told
    first, _, rest = documents[0].text.strip().partition("\n\n")
    is_headline = rest and len(first) <= _HEADLINE and "\n" not in first and first[-1:] not in ".;:"
    return first if is_headline else None


def _one_frame(
    events: Sequence[Event],
    frames: Sequence[GeoDataFrame],
    gazetteer: Gazetteer,
    selection: Selection | None,
) -> GeoDataFrame:
    """Return the events and frames as one frame, of which only what is selected stays."""
    from geo.frame import to_geodataframe

    told = [to_geodataframe(events, gazetteer=gazetteer)] if events or not frames else []
    frame = join_frames([*told, *frames])
    return frame if selection is None else select(frame, selection)


def select(frame: GeoDataFrame, selection: Selection) -> GeoDataFrame:
    """Return the rows that were asked for; say it when there are rows and none of them was."""
    kept = selection.of(frame)
    if len(frame) and not len(kept):
        types = ", ".join(sorted(frame["event_type"].dropna().unique()))
        events = counted(len(frame), "event")
        complain(f"the selection leaves none of {events}; their types: {types}")
    return kept


def _review(
    events: tuple[Event, ...], tables: list[GeoDataFrame], judge: Judge
) -> tuple[tuple[Event, ...], list[GeoDataFrame]]:
    from geo.review import review_events, review_frame

    return review_events(events, judge), [review_frame(frame, judge) for frame in tables]


def _sorted(inputs: Sequence[str], options: TableOptions) -> dict[str, list[str]]:
    """Sort the inputs into texts, tables, our own full records and results of batches."""
    from geo.batch.results import is_batch
    from geo.inputs import is_record_file, is_table

    kinds: dict[str, list[str]] = {"text": [], "record": [], "table": [], "batch": []}
    for name in inputs:
        if name != "-" and is_batch(name):
            kinds["batch"].append(name)
        elif name != "-" and is_record_file(name):
            kinds["record"].append(name)
        else:
            kinds["table" if name != "-" and is_table(name, options) else "text"].append(name)
    return kinds


def _read_records(names: Sequence[str]) -> tuple[list[Event], list[GeoDataFrame]]:
    from geo.exporters.reading import read_lines

    read = [read_lines(name) for name in names]
    return [e for events, _ in read for e in events], [flat for _, flat in read if len(flat)]


def join_frames(frames: Sequence[GeoDataFrame]) -> GeoDataFrame:
    """Return frames of the schema one below the other, with the attributions of all."""
    import geopandas as gpd
    import pandas as pd

    if len(frames) == 1:
        return frames[0]
    credits = dict.fromkeys(line for f in frames for line in f.attrs.get("attribution", ()))
    bare = [frame.copy() for frame in frames]
    for frame in bare:  # pandas compares attrs, tuples of one length only
        frame.attrs.clear()
    joined = gpd.GeoDataFrame(pd.concat(bare, ignore_index=True), crs=frames[0].crs)
    joined.attrs["attribution"] = tuple(credits)
    return joined


def _read_texts(
    names: Sequence[str], gazetteer: Gazetteer, wanted: Wanted
) -> tuple[list[Extraction], int]:
    from geo.readers import Reject

    if not names:
        return [], 0
    items = list(extract_all(names, wanted.texts, gazetteer, quiet=wanted.quiet))
    found = [item for item in items if not isinstance(item, Reject)]
    return found, len(items) - len(found)


def _reconciled(found: Sequence[Extraction], rules: ReconcileRules | None) -> tuple[Event, ...]:
    from geo.events.reconciliation import reconcile_events

    return reconcile_events([event for item in found for event in item.events], rules)


def _unresolved(found: Sequence[Extraction], frames: Sequence[GeoDataFrame]) -> tuple[str, ...]:
    names = [
        r.mention.text
        for item in found
        for r in item.resolutions
        if r.mention.literal and r.place is None
    ]
    for frame in frames:
        names += _names(frame, frame["longitude"].isna())
    return tuple(names)


def _at_unit(frames: Sequence[GeoDataFrame]) -> tuple[str, ...]:
    """Return the names of tables that were put at the unit around their place."""
    return tuple(name for frame in frames for name in _names(frame, frame["geo_method"] == "unit"))


def _names(frame: GeoDataFrame, rows: pd.Series[bool]) -> list[str]:
    return [str(name) for name in frame.loc[rows, "place_text"].dropna()]


def _advise(found: Sequence[Extraction], events: Sequence[Event]) -> None:
    undated = sum(item.document.published is None for item in found)
    if undated:
        have = "the input has" if len(found) == 1 else f"{undated} of {len(found)} inputs have"
        complain(f"{have} no publication date, so relative dates stay open; give --published")
    if not any(item.resolutions for item in found):
        complain("no place is named in the text, so the map is empty")
    elif not events:
        complain("no events were found, so the map is empty; see conflict-map explain")
