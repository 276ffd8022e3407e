"""Collect places and names and write them as an index.

:class:`gazetteer.index.Index` reads what this module writes; :mod:`gazetteer.index_files`
lays the arrays down.
"""

from __future__ import annotations

import gc
from array import array
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from gazetteer.index import country_number
from gazetteer.local_names import local_name
from gazetteer.names import fold
from gazetteer.packing import Kind, pack_place, split_kind
from gazetteer.unit_codes import unit_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from gazetteer.index import Index
    from gazetteer.models import NameKind, Place

    Progress = Callable[[str, float], None]

_TELL_EVERY = 8192
_END = "\0"  # ends each spelling in its file, and no trie takes it
_USUAL_PLACES = 310_000  # what the embedded sources hold, for the progress only
_FAME = {
    "CONT": 1e12,
    "PCLI": 1e11,
    "PCLS": 1e10,
    "PCLD": 1e9,
    "TERR": 1e9,
    "ADM1": 3e5,
    "ADM2": 3e4,
}


class Name(NamedTuple):
    """Hold one spelling of a place that is about to be indexed."""

    name: str
    language: str | None = None
    kind: NameKind = "alternate"


class Record(NamedTuple):
    """Hold one place with its names, on the way into an index."""

    place: Place
    names: tuple[Name, ...]
    outline: bytes | None = None  # WKB, lon lat


@dataclass
class Columns:
    """Collect places, spellings and rows (one a name) while records stream through.

    A row holds the number of its spelling and of its tag (language and kind); ``row_counts``
    says how many rows each place has. Spellings stand once.
    """

    spellings: dict[str, int] = field(default_factory=dict)
    row_spellings: array[int] = field(default_factory=lambda: array("I"))
    row_tags: array[int] = field(default_factory=lambda: array("H"))
    tags: dict[tuple[str | None, NameKind], int] = field(default_factory=dict)
    row_counts: array[int] = field(default_factory=lambda: array("I"))
    fame: array[float] = field(default_factory=lambda: array("d"))
    records: bytearray = field(default_factory=bytearray)
    record_sizes: array[int] = field(default_factory=lambda: array("I"))
    place_kinds: array[int] = field(default_factory=lambda: array("H"))
    kinds: dict[Kind, int] = field(default_factory=dict)
    countries: array[int] = field(default_factory=lambda: array("H"))
    identifiers: dict[str, int] = field(default_factory=dict)
    outlines: dict[int, bytes] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)

    def extend(self, other: Columns) -> None:
        """Append what was collected from further records, as if all had come in one stream."""
        before = len(self.row_counts)
        spellings = [self.spellings.setdefault(s, len(self.spellings)) for s in other.spellings]
        tags = [self.tags.setdefault(tag, len(self.tags)) for tag in other.tags]
        self.row_spellings.extend(map(spellings.__getitem__, other.row_spellings))
        self.row_tags.extend(map(tags.__getitem__, other.row_tags))
        self.row_counts.extend(other.row_counts)
        self.fame.extend(other.fame)
        self.records += other.records
        self.record_sizes.extend(other.record_sizes)
        kinds = [self.kinds.setdefault(kind, len(self.kinds)) for kind in other.kinds]
        self.place_kinds.extend(map(kinds.__getitem__, other.place_kinds))
        self.countries.extend(other.countries)
        for identifier, number in other.identifiers.items():
            self.identifiers.setdefault(identifier, before + number)
        self.outlines.update((before + number, wkb) for number, wkb in other.outlines.items())
        for source, count in other.sources.items():
            self.sources[source] = self.sources.get(source, 0) + count


def write_index(
    folder: Path,
    records: Iterable[Record],
    *,
    about: dict[str, Any],
    progress: Progress | None = None,
    below: Index | None = None,
) -> None:
    """Write the records as an index into `folder`, which must be empty.

    `about` travels in the index's heading (version, sources). `progress` is called with the
    name of the step and the fraction done, 0 to 1. Places that the index `below` knows by the
    same id take their place there when the two are opened over each other.
    """
    from gazetteer.index_files import write_files

    tell = progress or (lambda step, done: None)
    with no_garbage_collection():
        columns = collect_columns(records, tell)
        write_files(folder, columns, about=about, tell=tell, below=below)
    tell("done", 1.0)


def collect_columns(records: Iterable[Record], tell: Progress = lambda step, done: None) -> Columns:
    """Take the records apart into columns."""
    columns = Columns()
    for number, record in enumerate(records):
        if not number % _TELL_EVERY:
            tell("places", 0.5 * min(1.0, number / _USUAL_PLACES))
        _add_place(columns, record, number)
        if record.outline:
            columns.outlines[number] = record.outline
        columns.row_counts.append(_add_names(columns, record.names))
    return columns


def identifiers_of(place: Place) -> Iterator[str]:
    """Yield what a place can be found by: its id, its codes, and its unit's code path.

    A unit that contains others is found by ``=UA.26`` (country and admin codes).
    """
    yield place.id
    for scheme, value in place.codes:
        yield f"{scheme}={value}"
    path = unit_path(place)
    if path:
        yield path


def demonym_key(word: str) -> str:
    """Return the identifier under which a demonym finds its country.

    Demonyms are kept apart from names: they name people and things, not the place.
    """
    return f"demonym={fold(word)}"


def _add_place(columns: Columns, record: Record, number: int) -> None:
    place = record.place
    local = place.local_name or local_name(place.admin.country, record.names)
    own, kind = split_kind(pack_place(place, local))
    packed = orjson.dumps(own)
    columns.records += packed  # one by one each would keep the kilobyte it was written into
    columns.record_sizes.append(len(packed))
    columns.place_kinds.append(columns.kinds.setdefault(kind, len(columns.kinds)))
    columns.countries.append(country_number(place.admin.country))
    columns.fame.append((place.population or 0) + _FAME.get(place.feature_code, 0))
    for identifier in identifiers_of(place):
        columns.identifiers.setdefault(identifier.replace(_END, " "), number)
    for source in place.sources:
        columns.sources[source] = columns.sources.get(source, 0) + 1


def _add_names(columns: Columns, names: Iterable[Name]) -> int:
    """Add a row for each name; return their number."""
    spellings, tags = columns.spellings, columns.tags
    add_spelling, add_tag = columns.row_spellings.append, columns.row_tags.append
    before = len(columns.row_spellings)
    for name, language, kind in names:
        spelling = name.replace(_END, " ")
        if kind == "demonym":
            columns.identifiers.setdefault(demonym_key(spelling), len(columns.row_counts))
        else:
            add_spelling(spellings.setdefault(spelling, len(spellings)))
            add_tag(tags.setdefault((language, kind), len(tags)))
    return len(columns.row_spellings) - before


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Look for no cycles among millions of long-lived small objects: a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
