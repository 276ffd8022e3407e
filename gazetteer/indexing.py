"""Write an index: fold the names, build the tries, lay the arrays down.

:class:`gazetteer.index.Index` reads what this module writes. Numpy is needed here only.
"""

from __future__ import annotations

import gc
import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import orjson

from gazetteer.fuzzy import index_trigrams, is_fuzzy
from gazetteer.index import FORMAT, KINDS, META, edge_checksum, pack_place
from gazetteer.names import fold
from gazetteer.outlines import write_outlines
from gazetteer.skeletons import stored_skeletons

if TYPE_CHECKING:
    import numpy as np

    from gazetteer.index import Index
    from gazetteer.models import NameKind, Place

Progress = Callable[[str, float], None]
_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_FIRST_OTHER_SCRIPT = "\u0530"  # Latin, Greek and Cyrillic stand before it
_TELL_EVERY = 8192
_USUAL_PLACES = 320_000  # what the embedded sources hold, for the progress only
_FAME = {"CONT": 1e12, "PCLI": 1e11, "PCLS": 1e10, "PCLD": 1e9, "ADM1": 3e5, "ADM2": 3e4}


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
class _Columns:
    """Collect rows (one a name) and places while records stream through."""

    folded: list[str] = field(default_factory=list)
    place: array[int] = field(default_factory=lambda: array("I"))
    surface: array[int] = field(default_factory=lambda: array("I"))
    kind: array[int] = field(default_factory=lambda: array("B"))
    language: array[int] = field(default_factory=lambda: array("B"))
    fame: array[float] = field(default_factory=lambda: array("d"))
    offsets: array[int] = field(default_factory=lambda: array("I", [0]))
    outlines: dict[int, bytes] = field(default_factory=dict)
    records: list[bytes] = field(default_factory=list)
    identifiers: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, int] = field(default_factory=dict)
    folded_spellings: dict[str, str] = field(default_factory=dict)
    spelling_size: int = 0
    languages: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    size: int = 0
    sources: dict[str, int] = field(default_factory=dict)


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
    tell = progress or (lambda step, done: None)
    with _no_garbage_collection():
        columns = _collect(records, tell)
        tell("tries", 0.5)
        trie = marisa_trie.Trie(columns.folded)
        trie.save(str(folder / "names.marisa"))
        tell("names", 0.6)
        _write_rows(folder, columns, trie)
        _write_places(folder, columns)
        _write_shadows(folder, columns, below)
        write_outlines(folder, columns.outlines)
        tell("skeletons", 0.7)
        _write_skeletons(folder, columns, trie)
        tell("trigrams", 0.9)
        _write_trigrams(folder, trie)
        _write_meta(folder, columns, len(trie), about)
    tell("done", 1.0)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # millions of long-lived small objects: looking for cycles among them takes a third of the time
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _collect(records: Iterable[Record], tell: Progress) -> _Columns:
    columns = _Columns()
    for number, record in enumerate(records):
        if not number % _TELL_EVERY:
            tell("places", 0.5 * min(1.0, number / _USUAL_PLACES))
        _add(columns, record)
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


def unit_path(place: Place) -> str | None:
    """Return ``=UA.26`` for an admin unit or a country, ``None`` for any other place."""
    admin, code = place.admin, place.feature_code
    if code.startswith("PCL"):
        return f"={admin.country}"
    depth = {"ADM1": 1, "ADM2": 2, "ADM3": 3}.get(code)
    parts = (admin.country, admin.admin1, admin.admin2, admin.admin3)[: (depth or 0) + 1]
    if depth is None or parts[-1] is None:
        return None
    return "=" + ".".join(part or "" for part in parts)


def _add(columns: _Columns, record: Record) -> None:
    place, number = record.place, len(columns.records)
    packed = orjson.dumps(pack_place(place))
    columns.records.append(packed)
    if record.outline:
        columns.outlines[number] = record.outline
    columns.size += len(packed)
    columns.offsets.append(columns.size)
    for identifier in identifiers_of(place):
        columns.identifiers.setdefault(identifier, number)
    for source in place.sources:
        columns.sources[source] = columns.sources.get(source, 0) + 1
    fame = (place.population or 0) + _FAME.get(place.feature_code, 0)
    seen: set[str] = set()
    for name, language, kind in record.names:
        folded = fold.__wrapped__(name)
        if folded and folded not in seen:
            seen.add(folded)
            columns.folded.append(folded)
            columns.place.append(number)
            columns.surface.append(_spell(columns, name, folded))
            columns.kind.append(_KIND_NUMBER[kind])
            columns.language.append(columns.languages.setdefault(language, len(columns.languages)))
            columns.fame.append(fame)


def _spell(columns: _Columns, name: str, folded: str) -> int:
    offset = columns.spellings.get(name)
    if offset is None:
        offset = columns.spelling_size
        columns.spellings[name] = offset
        columns.folded_spellings[name] = folded
        columns.spelling_size += len(name.encode()) + 1
    return offset


def _write_rows(folder: Path, columns: _Columns, trie: marisa_trie.Trie) -> None:
    import numpy as np

    keys = np.fromiter(map(trie.key_id, columns.folded), dtype=np.uint32)
    order = np.lexsort((-np.asarray(columns.fame), keys))
    ranges = np.searchsorted(keys[order], np.arange(len(trie) + 1)).astype(np.uint32)
    _save(folder, "ranges", ranges)
    for name, column in (
        ("places", columns.place),
        ("surfaces", columns.surface),
        ("kinds", columns.kind),
        ("languages", columns.language),
    ):
        _save(folder, name, np.asarray(column)[order])
    with (folder / "spellings.bin").open("wb") as stream:
        stream.write("\0".join(columns.spellings).encode() + b"\0")


def _write_places(folder: Path, columns: _Columns) -> None:
    import numpy as np

    with (folder / "records.bin").open("wb") as stream:
        stream.writelines(columns.records)
        stream.write(b"\n")
    _save(folder, "records", np.asarray(columns.offsets))
    trie = marisa_trie.Trie(list(columns.identifiers))
    trie.save(str(folder / "identifiers.marisa"))
    numbers = np.zeros(len(trie), dtype=np.uint32)
    for identifier, number in columns.identifiers.items():
        numbers[trie.key_id(identifier)] = number
    _save(folder, "ids", numbers)


def _write_shadows(folder: Path, columns: _Columns, below: Index | None) -> None:
    pairs = array("I")
    for identifier, number in columns.identifiers.items() if below else ():
        covered = below.number(identifier) if below and ":" in identifier else None
        if covered is not None:
            pairs.extend((covered, number))
    (folder / "shadows.array").write_bytes(pairs.tobytes())


def _write_skeletons(folder: Path, columns: _Columns, names: marisa_trie.Trie) -> None:
    import numpy as np

    plain = [name for name in columns.spellings if name.isascii()]
    other = [n for n in columns.spellings if n[0] < _FIRST_OTHER_SCRIPT and not n.isascii()]
    spellings = plain + other  # ASCII apart, for speed
    skeletons = [*_skeletons_of(plain), *_skeletons_of(other)]
    trie = marisa_trie.Trie(skeletons)
    trie.save(str(folder / "skeletons.marisa"))
    keys = np.fromiter(map(trie.key_id, skeletons), dtype=np.uint64)
    folded = (names.key_id(columns.folded_spellings[name]) for name in spellings)
    pairs = np.unique(keys << np.uint64(32) | np.fromiter(folded, dtype=np.uint64))
    ranges = np.searchsorted(pairs >> np.uint64(32), np.arange(len(trie) + 1))
    _save(folder, "skeleton_ranges", ranges.astype(np.uint32))
    _save(folder, "skeleton_names", pairs.astype(np.uint32))


def _skeletons_of(spellings: list[str]) -> list[str]:
    return stored_skeletons("\n".join(spellings)) if spellings else []


def _write_trigrams(folder: Path, trie: marisa_trie.Trie) -> None:
    import numpy as np

    names = sorted(name for name in trie.iterkeys() if is_fuzzy(name))
    keys = np.fromiter(map(trie.key_id, names), dtype=np.uint32, count=len(names))
    for name, values in index_trigrams(names, keys).items():
        _save(folder, name, values)


def _save(folder: Path, name: str, values: np.ndarray[Any, Any]) -> None:
    values.tofile(folder / f"{name}.array")


def _write_meta(folder: Path, columns: _Columns, names: int, about: dict[str, Any]) -> None:
    files = {
        path.name: [path.stat().st_size, edge_checksum(path)] for path in sorted(folder.iterdir())
    }
    meta = {
        "format": FORMAT,
        "languages": list(columns.languages),
        "places": len(columns.records),
        "names": len(columns.folded),
        "distinct_names": names,
        "counts": columns.sources,
        "files": files,
        **about,
    }
    (folder / META).write_text(json.dumps(meta, indent=1, sort_keys=True), encoding="utf-8")
