"""Write an index: fold the names, build the tries, lay the arrays down.

:class:`gazetteer.index.Index` reads what this module writes. Numpy is needed here only.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import orjson

from gazetteer.index import FORMAT, KINDS, META, edge_checksum, pack_place
from gazetteer.names import fold
from gazetteer.skeletons import stored_skeletons

if TYPE_CHECKING:
    import numpy as np

    from gazetteer.models import NameKind, Place

Progress = Callable[[str, float], None]
_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
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
    records: list[bytes] = field(default_factory=list)
    identifiers: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, int] = field(default_factory=dict)
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
) -> None:
    """Write the records as an index into `folder`, which must be empty.

    `about` travels in the index's heading (version, sources). `progress` is called with the
    name of the step and the fraction done, 0 to 1.
    """
    tell = progress or (lambda step, done: None)
    columns = _Columns()
    for record in records:
        _add(columns, record)
    tell("names", 0.6)
    trie = marisa_trie.Trie(columns.folded)
    trie.save(str(folder / "names.marisa"))
    tell("spellings", 0.75)
    _write_rows(folder, columns, trie)
    _write_places(folder, columns)
    tell("skeletons", 0.85)
    _write_skeletons(folder, columns.spellings, trie)
    _write_meta(folder, columns, len(trie), about)
    tell("index", 1.0)


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
            columns.surface.append(_spell(columns, name))
            columns.kind.append(_KIND_NUMBER[kind])
            columns.language.append(columns.languages.setdefault(language, len(columns.languages)))
            columns.fame.append(fame)


def _spell(columns: _Columns, name: str) -> int:
    offset = columns.spellings.get(name)
    if offset is None:
        offset = columns.spelling_size
        columns.spellings[name] = offset
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


def _write_skeletons(folder: Path, spellings: Iterable[str], names: marisa_trie.Trie) -> None:
    import numpy as np

    listed = list(spellings)
    pairs = {
        (skeleton, names.key_id(fold.__wrapped__(spelling)))
        for skeleton, spelling in zip(stored_skeletons("\n".join(listed)), listed, strict=True)
        if skeleton
    }
    ordered = sorted(pairs)
    trie = marisa_trie.Trie([skeleton for skeleton, _ in ordered])
    trie.save(str(folder / "skeletons.marisa"))
    keys = np.fromiter((trie.key_id(skeleton) for skeleton, _ in ordered), dtype=np.uint32)
    order = np.argsort(keys, kind="stable")
    ranges = np.searchsorted(keys[order], np.arange(len(trie) + 1))
    _save(folder, "skeleton_ranges", ranges.astype(np.uint32))
    _save(folder, "skeleton_names", np.asarray([n for _, n in ordered], dtype=np.uint32)[order])


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
