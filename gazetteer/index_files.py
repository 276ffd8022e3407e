"""Lay the collected columns down as the files of an index; numpy is needed here only."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from gazetteer.fuzzy import index_trigrams, is_fuzzy
from gazetteer.index import FORMAT, META, edge_checksum
from gazetteer.outlines import write_outlines
from gazetteer.skeletons import stored_skeletons

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.index import Index
    from gazetteer.indexing import Columns, Progress

_FIRST_OTHER_SCRIPT = "\u0530"  # Latin, Greek and Cyrillic stand before it
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
    tell("names", 0.5)
    trie = _write_trie(folder, "names", columns.folded)
    keys = _keys_of(trie, columns.folded)
    _write_rows(folder, columns, keys, len(trie))
    _write_places(folder, columns)
    _write_shadows(folder, columns, below)
    write_outlines(folder, columns.outlines)
    tell("skeletons", 0.7)
    _write_skeletons(folder, list(columns.spellings), keys)
    tell("trigrams", 0.85)
    _write_trigrams(folder, columns.folded, keys)
    _write_meta(folder, columns, len(trie), about)


def _write_trie(folder: Path, name: str, texts: list[str]) -> marisa_trie.Trie:
    trie = marisa_trie.Trie(texts)
    trie.save(str(folder / f"{name}.marisa"))
    return trie


def _keys_of(trie: marisa_trie.Trie, texts: list[str]) -> _Array:
    return np.fromiter(map(trie.key_id, texts), dtype=np.uint32, count=len(texts))


def _write_rows(folder: Path, columns: Columns, keys: _Array, names: int) -> None:
    spelling = _array(columns.row_spellings)
    counts = _array(columns.row_counts)
    place = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    row_keys = keys[spelling]
    order = np.lexsort((-_array(columns.fame)[place], row_keys))
    ranges = np.searchsorted(row_keys[order], np.arange(names + 1))
    encoded = [text.encode() + b"\0" for text in columns.spellings]
    ends = np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)))
    starts = np.concatenate(([0], ends))
    _save(folder, "ranges", ranges.astype(np.uint32))
    _save(folder, "places", place[order])
    _save(folder, "surfaces", starts[spelling[order]].astype(np.uint32))
    _save(folder, "tags", _array(columns.row_tags)[order])
    (folder / "spellings.bin").write_bytes(b"".join(encoded))


def _write_places(folder: Path, columns: Columns) -> None:
    ends = np.cumsum(_array(columns.record_sizes), dtype=np.int64)
    _save(folder, "records", np.concatenate(([0], ends)).astype(np.uint32))
    (folder / "records.bin").write_bytes(columns.records)
    identifiers = list(columns.identifiers)
    keys = _keys_of(_write_trie(folder, "identifiers", identifiers), identifiers)
    numbers = np.zeros(len(identifiers), dtype=np.uint32)
    numbers[keys] = np.fromiter(columns.identifiers.values(), dtype=np.uint32)
    _save(folder, "ids", numbers)


def _write_shadows(folder: Path, columns: Columns, below: Index | None) -> None:
    pairs = array("I")
    for identifier, number in columns.identifiers.items() if below else ():
        covered = below.number(identifier) if below and ":" in identifier else None
        if covered is not None:
            pairs.extend((covered, number))
    (folder / "shadows.array").write_bytes(pairs.tobytes())


def _write_skeletons(folder: Path, spellings: list[str], keys: _Array) -> None:
    # ASCII apart: most names, and no letters to map
    plain = [i for i, text in enumerate(spellings) if text.isascii()]
    other = [
        i
        for i, text in enumerate(spellings)
        if text[:1] < _FIRST_OTHER_SCRIPT and not text.isascii()
    ]
    skeletons = [s for part in (plain, other) for s in _skeletons_of(spellings, part)]
    trie = _write_trie(folder, "skeletons", skeletons)
    names = keys[np.asarray(plain + other, dtype=np.int64)].astype(np.uint64)
    pairs = np.unique(_keys_of(trie, skeletons).astype(np.uint64) << np.uint64(32) | names)
    ranges = np.searchsorted(pairs >> np.uint64(32), np.arange(len(trie) + 1))
    _save(folder, "skeleton_ranges", ranges.astype(np.uint32))
    _save(folder, "skeleton_names", pairs.astype(np.uint32))


def _skeletons_of(spellings: list[str], numbers: list[int]) -> list[str]:
    return stored_skeletons("\n".join(spellings[i] for i in numbers)) if numbers else []


def _write_trigrams(folder: Path, folded: list[str], keys: _Array) -> None:
    unique, first = np.unique(keys, return_index=True)
    names = [(folded[i], key) for i, key in zip(first, unique, strict=True) if is_fuzzy(folded[i])]
    fuzzy_keys = np.asarray([key for _, key in names], dtype=np.uint32)
    for name, values in index_trigrams([name for name, _ in names], fuzzy_keys).items():
        _save(folder, name, values)


def _array(values: array[Any]) -> _Array:
    return np.frombuffer(values, dtype=np.dtype(values.typecode))


def _save(folder: Path, name: str, values: _Array) -> None:
    values.tofile(folder / f"{name}.array")


def _write_meta(folder: Path, columns: Columns, names: int, about: dict[str, Any]) -> None:
    files = {
        path.name: [path.stat().st_size, edge_checksum(path)] for path in sorted(folder.iterdir())
    }
    meta = {
        "format": FORMAT,
        "tags": list(columns.tags),
        "places": len(columns.record_sizes),
        "names": len(columns.row_spellings),
        "distinct_names": names,
        "counts": columns.sources,
        "files": files,
        **about,
    }
    (folder / META).write_text(json.dumps(meta, indent=1, sort_keys=True), encoding="utf-8")
