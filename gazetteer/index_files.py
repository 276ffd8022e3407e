"""Lay the collected columns down as the files of an index; numpy is needed here only."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.index import FORMAT, META, edge_checksum
from gazetteer.name_files import (
    NO_KEY,
    SPELLINGS,
    NameKeys,
    keys_of,
    save_array,
    write_names,
    write_spellings,
    write_trie,
)
from gazetteer.outlines import write_outlines

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.index import Index
    from gazetteer.indexing import Columns, Progress

_Array = np.ndarray[Any, Any]


def write_files(
    folder: Path,
    columns: Columns,
    *,
    about: dict[str, Any],
    tell: Progress,
    below: Index | None = None,
) -> None:
    """Write all files of an index into `folder`."""
    _write_places(folder, columns)
    _write_shadows(folder, columns, below)
    write_outlines(folder, columns.outlines)
    write_spellings(folder, columns.spellings)
    names = write_names(folder, list(columns.spellings), tell)
    rows = _write_rows(folder, columns, names)
    counted = {"names": rows, "distinct_names": names.distinct}
    _write_meta(folder, columns, counted | about)


def _write_rows(folder: Path, columns: Columns, names: NameKeys) -> int:
    """Write what is known of each name of each place, best-known first; return their number."""
    spelling, counts = _array(columns.row_spellings), _array(columns.row_counts)
    place = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    rank = np.empty(len(counts), dtype=np.uint64)
    rank[np.argsort(-_array(columns.fame), kind="stable")] = np.arange(len(counts))
    ordered = names.keys[spelling].astype(np.uint64) << np.uint64(32) | rank[place]
    order = np.argsort(ordered, kind="stable")
    ordered = ordered[order]
    is_first = np.diff(ordered, prepend=~ordered[:1]) != 0  # of a place's names folded alike
    kept = is_first & (ordered >> np.uint64(32) != NO_KEY)
    order, keys = order[kept], (ordered[kept] >> np.uint64(32)).astype(np.uint32)
    save_array(
        folder,
        "ranges",
        np.searchsorted(keys, np.arange(names.distinct + 1, dtype=np.uint32)).astype(np.uint32),
    )
    save_array(folder, "places", place[order])
    save_array(folder, "surfaces", _starts(folder)[spelling[order]])
    save_array(folder, "tags", _array(columns.row_tags)[order])
    return len(order)


def _starts(folder: Path) -> _Array:
    """Return where each spelling starts."""
    text = np.fromfile(folder / SPELLINGS, dtype=np.uint8)
    return np.concatenate(([0], np.flatnonzero(text == 0) + 1)).astype(np.uint32)


def _write_places(folder: Path, columns: Columns) -> None:
    ends = np.cumsum(_array(columns.record_sizes), dtype=np.int64)
    save_array(folder, "records", np.concatenate(([0], ends)).astype(np.uint32))
    (folder / "records.bin").write_bytes(columns.records)
    save_array(folder, "kinds", _array(columns.place_kinds))
    save_array(folder, "countries", _array(columns.countries))
    identifiers = list(columns.identifiers)
    keys = keys_of(write_trie(folder, "identifiers", identifiers), identifiers)
    numbers = np.zeros(len(identifiers), dtype=np.uint32)
    numbers[keys] = np.fromiter(columns.identifiers.values(), dtype=np.uint32)
    save_array(folder, "ids", numbers)


def _write_shadows(folder: Path, columns: Columns, below: Index | None) -> None:
    pairs = array("I")
    for identifier, number in columns.identifiers.items() if below else ():
        covered = below.number(identifier) if below and ":" in identifier else None
        if covered is not None:
            pairs.extend((covered, number))
    (folder / "shadows.array").write_bytes(pairs.tobytes())


def _array(values: array[Any]) -> _Array:
    return np.frombuffer(values, dtype=np.dtype(values.typecode))


def _write_meta(folder: Path, columns: Columns, about: dict[str, Any]) -> None:
    files = {
        path.name: [path.stat().st_size, edge_checksum(path)] for path in sorted(folder.iterdir())
    }
    meta = {
        "format": FORMAT,
        "tags": list(columns.tags),
        "kinds": list(columns.kinds),
        "places": len(columns.record_sizes),
        "counts": columns.sources,
        "files": files,
        **about,
    }
    (folder / META).write_text(json.dumps(meta, indent=1, sort_keys=True), encoding="utf-8")
