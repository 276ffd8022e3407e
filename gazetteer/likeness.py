"""Compare names that share a skeleton, spelt in plain Latin letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.skeletons import skeletons

if TYPE_CHECKING:
    from gazetteer.index import Index

_ROMAN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie",
        "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
        "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
        "ы": "y", "э": "e", "ю": "iu", "я": "ia", "ў": "u", "'": "", "w": "v", "j": "i",
    }
)  # fmt: skip
_SAME_SKELETON = 0.75
_MOST_KEYS = 400
_SHORT = 4
_LEAST = 0.5
_LEAST_OF_SHORT = 0.7


def alike_names(name: str, index: Index) -> list[tuple[float, str]]:
    """Return names that sound like `name`, as (similarity, folded name).

    Similarity is between 0.75 and 1, exclusive.
    """
    from rapidfuzz import fuzz

    folded = fold(name)
    plain = folded.translate(_ROMAN)
    best: dict[str, float] = {}
    for skeleton in skeletons(name):
        least = _LEAST_OF_SHORT if len(skeleton) <= _SHORT else _LEAST
        for key in index.keys_of_skeleton(skeleton)[:_MOST_KEYS]:
            stored = index.name_of_key(key)
            ratio = fuzz.ratio(plain, stored.translate(_ROMAN)) / 100
            if stored != folded and ratio >= least:
                best[stored] = _SAME_SKELETON + (0.99 - _SAME_SKELETON) * ratio
    return [(similarity, stored) for stored, similarity in best.items()]
