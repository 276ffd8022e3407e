"""Find misspelt names: shared trigrams choose a few names, their edit distance decides.

Names are numbered by length, so that a length window is a slice of each trigram's posting
list; trigrams are hashed into 65,536 buckets. A posting keeps the low half of its number: a list
is cut into pieces by the high half. Latin and Cyrillic names only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np

    from gazetteer.index import Index


_BUCKETS = 1 << 16
_LOW_BITS = 16
_LONGEST = 24
_SHORTEST = 5
_RESCORED = 160
_MOST_READ = 1 << 16  # postings; the embedded names never need more, ten times as many would
_LOST = 4  # trigrams that one edit can change: a swap of neighbours touches four
_BASE = 1000003


def allowed_edits(length: int) -> int:
    """Return how many edits a name of this length may need: none below five letters.

    >>> [allowed_edits(n) for n in (4, 5, 7, 8, 12)]
    [0, 1, 1, 2, 3]
    """
    return 0 if length < _SHORTEST else 1 if length < 8 else 2 if length < 12 else 3


def is_fuzzy(folded: str) -> bool:
    """Tell whether a folded name takes part: Latin or Cyrillic, 5 to 24 letters."""
    return _SHORTEST <= len(folded) <= _LONGEST and folded[0] < "\u0530"


def index_trigrams(
    names: Sequence[str], keys: np.ndarray[Any, Any]
) -> dict[str, np.ndarray[Any, Any]]:
    """Return the arrays of a trigram index of `names` (all :func:`is_fuzzy`), `keys` their keys."""
    import numpy as np

    lengths = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
    order = np.argsort(lengths, kind="stable")
    text = "\x03\x02".join(["", *(names[i] for i in order.tolist()), ""])[1:-1]
    buckets = _buckets(text)
    owner = np.repeat(np.arange(len(names), dtype=np.uint32), lengths[order] + 2)
    inside = owner[:-2] == owner[2:]
    buckets, owner = buckets[inside], owner[:-2][inside]
    sort = np.argsort(buckets, kind="stable")
    pieces = (len(names) >> _LOW_BITS) + 1
    sizes = np.bincount(
        buckets.astype(np.uint32) * np.uint32(pieces) + (owner >> np.uint32(_LOW_BITS)),
        minlength=_BUCKETS * pieces,
    )
    return {
        "trigram_ranges": np.concatenate(([0], np.cumsum(sizes))).astype("uint32"),
        "trigram_names": owner.astype("uint16")[sort],
        "fuzzy_keys": keys[order].astype("uint32"),
        "fuzzy_lengths": np.searchsorted(lengths[order], np.arange(_LONGEST + 5)).astype("uint32"),
    }


def similar_names(folded: str, index: Index) -> list[tuple[float, str]]:
    """Return names within the allowed edits of `folded`, as (similarity, folded name).

    Edits are insertions, deletions, substitutions and swaps of neighbours (optimal string
    alignment); similarity is 1 less the edits' share of the length.
    """
    from rapidfuzz.distance import OSA

    edits = allowed_edits(len(folded))
    if not edits or not is_fuzzy(folded):
        return []
    found = []
    for key in _sharing(folded, edits, index.arrays):
        name = index.name_of_key(key)
        distance = OSA.distance(folded, name, score_cutoff=edits)
        if 0 < distance <= edits:
            found.append((1.0 - distance / len(folded), name))
    return found


def _sharing(folded: str, edits: int, arrays: Mapping[str, Any]) -> list[int]:
    """Return the keys of the names that share most trigrams; the rarest are read first."""
    import numpy as np

    lists = sorted(_postings(folded, edits, arrays), key=len)
    total = np.cumsum([len(numbers) for numbers in lists])
    taken = max(1, int(np.searchsorted(total, _MOST_READ, side="right")))
    shared = np.concatenate([numbers[:_MOST_READ] for numbers in lists[:taken]])
    numbers, counts = np.unique(shared, return_counts=True)
    unread = len(lists) - taken
    best = np.flatnonzero(counts >= max(1, len(folded) - _LOST * edits - unread))
    if len(best) > _RESCORED:
        best = best[np.argpartition(-counts[best], _RESCORED)[:_RESCORED]]
    keys = arrays["fuzzy_keys"]
    return [keys[number] for number in numbers[best].tolist()]


def _postings(
    folded: str, edits: int, arrays: Mapping[str, Any]
) -> Iterator[np.ndarray[Any, np.dtype[np.uint32]]]:
    """Yield for each trigram the numbers of the names of about this length that have it."""
    import numpy as np

    bounds = arrays["fuzzy_lengths"]
    first = np.uint32(bounds[max(0, len(folded) - edits)])
    last = np.uint32(bounds[min(_LONGEST, len(folded) + edits) + 1])
    ranges = np.frombuffer(arrays["trigram_ranges"], dtype=np.uint32)
    postings = np.frombuffer(arrays["trigram_names"], dtype=np.uint16)
    highs = np.arange(first >> _LOW_BITS, (last >> _LOW_BITS) + 1, dtype=np.uint32)
    pieces = len(ranges) // _BUCKETS
    for bucket in set(_buckets(f"\x02{folded}\x03").tolist()):
        start = bucket * pieces + int(highs[0])
        ends = ranges[start : start + len(highs) + 1]
        numbers = np.repeat(highs << np.uint32(_LOW_BITS), np.diff(ends))
        numbers += postings[ends[0] : ends[-1]]
        yield numbers[numbers.searchsorted(first) : numbers.searchsorted(last)]


def _buckets(text: str) -> np.ndarray[Any, Any]:
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    mixed = (codes[:-2] * np.uint32(_BASE) + codes[1:-1]) * np.uint32(_BASE) + codes[2:]
    return (mixed ^ (mixed >> np.uint32(16))).astype(np.uint16)
