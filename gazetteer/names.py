"""Fold names so that spellings of one name meet: case, apostrophes, stress, diacritics.

Latin letters lose their marks; in Cyrillic only stress marks go, because ``й`` and ``ї`` are
letters of their own and not marked forms of ``и`` and ``і``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = str.maketrans(
    {
        "’": "'", "ʼ": "'", "`": "'", "‘": "'", "′": "'", "´": "'", "ʹ": "'", "＇": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ",
        "ё": "е", "ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
        "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
# All marks on a Latin letter; elsewhere only the two stress marks.
_MARKS = re.compile("(?<=[\u0000-\u024f])[\u0300-\u036f\u1dc0-\u1dff]+|[\u0300\u0301]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the form of `text` under which names are stored and looked up.

    >>> fold("Zaporižžja"), fold("Слов’янськ"), fold("ЗАПОРІ́ЖЖЯ")
    ('zaporizzja', "слов'янськ", 'запоріжжя')
    """
    lowered = text.casefold()
    if not lowered.isascii():
        lowered = _strip_marks(lowered.translate(_SAME))
    elif "`" in lowered:
        lowered = lowered.replace("`", "'")
    return " ".join(lowered.split())


def _strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))
