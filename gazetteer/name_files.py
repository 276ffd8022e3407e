"""Write the files of an index that hold names alone: exact, by sound, and by trigrams."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import numpy as np

from gazetteer.fuzzy import index_trigrams, is_fuzzy
from gazetteer.names import fold_all
from gazetteer.second_process import Elsewhere
from gazetteer.skeletons import stored_skeletons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Tell = Callable[[str, float], None]

_Array = np.ndarray[Any, Any]
SPELLINGS = "spellings.bin"
_MANY = 200_000  # spellings: below, a second process takes longer to start than it saves
NO_KEY = np.uint32(0xFFFFFFFF)  # of spellings that fold to nothing


class NameKeys(NamedTuple):
    """Hold the key in the trie of names of each spelling, and how many keys there are."""

    keys: _Array
    distinct: int


def write_names(folder: Path, spellings: Sequence[str], tell: Tell) -> NameKeys:
    """Write the trie of folded names, the skeletons and the trigrams; return the names' keys.

    The spellings must be written already. With many of them a second process does the skeletons.
    """
    tell("names", 0.5)
    is_worth = len(spellings) >= _MANY
    with Elsewhere(write_skeleton_trie, str(folder), is_worth=is_worth) as skeletons:
        folded = fold_all(spellings)
        trie = write_trie(folder, "names", folded)
        keys = keys_of(trie, folded)
        tell("trigrams", 0.7)
        _write_trigrams(folder, folded, keys, len(trie))
        tell("skeletons", 0.85)
        _write_skeletons(folder, skeletons.result(), keys)
    keys[~np.fromiter(map(bool, folded), dtype=np.bool_, count=len(folded))] = NO_KEY
    return NameKeys(keys, len(trie))


def write_spellings(folder: Path, spellings: Iterable[str]) -> None:
    """Write the spellings, each ended by a NUL."""
    (folder / SPELLINGS).write_bytes("\0".join((*spellings, "")).encode())


def write_skeleton_trie(folder: str) -> tuple[int, _Array, _Array]:
    """Write the trie of the written spellings' skeletons.

    Return the number of its keys, the numbers of the spellings that have one, and their keys.
    """
    spellings = (Path(folder) / SPELLINGS).read_bytes().decode().split("\0")[:-1]
    skeletons = stored_skeletons(spellings)
    has_one = np.fromiter(map(bool, skeletons), dtype=np.bool_, count=len(skeletons))
    texts = [skeleton for skeleton in skeletons if skeleton]
    trie = write_trie(Path(folder), "skeletons", texts)
    return len(trie), np.flatnonzero(has_one), keys_of(trie, texts)


def write_trie(folder: Path, name: str, texts: list[str]) -> marisa_trie.Trie:
    """Write a trie of `texts`, memory-mapped when it is opened."""
    trie = marisa_trie.Trie(texts)
    trie.save(str(folder / f"{name}.marisa"))
    return trie


def keys_of(trie: marisa_trie.Trie, texts: list[str]) -> _Array:
    """Return the key of each text in a trie that holds them all."""
    return np.fromiter(map(trie.key_id, texts), dtype=np.uint32, count=len(texts))


def save_array(folder: Path, name: str, values: _Array) -> None:
    """Write an array as :class:`gazetteer.index.Index` maps it."""
    values.tofile(folder / f"{name}.array")


def _write_skeletons(folder: Path, made: tuple[int, _Array, _Array], keys: _Array) -> None:
    count, numbers, skeletons = made
    pairs = np.sort(skeletons.astype(np.uint64) << np.uint64(32) | keys[numbers])
    pairs = pairs[np.diff(pairs, prepend=~pairs[:1]) != 0]
    ranges = np.searchsorted(pairs, np.arange(count + 1, dtype=np.uint64) << np.uint64(32))
    save_array(folder, "skeleton_ranges", ranges.astype(np.uint32))
    save_array(folder, "skeleton_names", pairs.astype(np.uint32))


def _write_trigrams(folder: Path, folded: list[str], keys: _Array, count: int) -> None:
    spelling_of = np.zeros(count, dtype=np.int64)
    spelling_of[keys] = np.arange(len(keys))  # one of those that fold alike
    by_key = ((key, folded[i]) for key, i in enumerate(spelling_of.tolist()))
    names = [(key, name) for key, name in by_key if is_fuzzy(name)]
    fuzzy_keys = np.fromiter((key for key, _ in names), dtype=np.uint32, count=len(names))
    for file, values in index_trigrams([name for _, name in names], fuzzy_keys).items():
        save_array(folder, file, values)
