"""Reduce names to the sounds that all habits of transliteration keep.

``Zaporizhzhia``, ``Zaporižžja``, ``Saporischschja``, ``Zaporijia`` and ``Запорожье`` write one
name. What stays the same in all of them: most consonants, with all sibilants as one class, all
of г, х, h, kh as another, and three classes of vowels. Letters that one habit reads so and
another otherwise (``ch``, ``c``, ``j``, ``y``) give several readings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from gazetteer.one_pass import in_one_pass, replace_all

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS = {
    "ў": "в", "ʃ": "s", "ž": "z", "ż": "z", "č": "ʃ", "ć": "ʃ", "ç": "s", "ţ": "ts",
    "ț": "ts", "ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "e", "œ": "e", "ß": "s",
}  # fmt: skip
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "i", "є": "i", "ж": "s",
        "з": "s", "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "i", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "s", "ч": "s", "ш": "s",
        "щ": "s", "ы": "i", "э": "i", "ю": "u", "я": "a", "љ": "l", "њ": "n", "ћ": "s", "ђ": "s",
        "џ": "s", "ъ": "", "ь": "", "ј": "", "ә": "a", "ү": "u", "ұ": "u", "ө": "i", "ғ": "h",
        "һ": "h", "қ": "k", "ң": "n",
    }
)  # fmt: skip
_MARKS = re.compile("[\u0300-\u036f]+")
_SIBILANTS = re.compile(
    "schtsch|stsch|chtch|szcz|shch|dzh|dsch|tsch|sch|tch|tz|ts|cz|sz|zh|sh|rz(?=[aeiouy])|[ʃz]"
)
_OTHER = {
    "kh": "h", "gh": "h", "g": "h", "ck": "k", "qu": "k", "q": "k", "ph": "f", "ou": "u",
    "x": "ks", "w": "v",
}  # fmt: skip
_CHOICES = {"ch": ("s", "h", "k"), "c": ("k", "s"), "j": ("", "s", "h"), "y": ("i", "s")}
_STORED = {"ch": "s", "c": "k", "j": "s", "y": "i"}
# e, i and o are one class of vowels; whatever is no letter goes.
_VOWELS = bytes.maketrans(b"eo", b"ii")
_NO_LETTERS = bytes(code for code in range(256) if not (97 <= code <= 122 or code == 10))
_SIMPLER = (
    ("ts", "S"), ("ds", "S"), ("S", "s"), ("sh", "s"),  # S, so that "tds" keeps its t
    ("iiii", "i"), ("iii", "i"), ("ii", "i"), ("ai", "a"), ("ui", "u"), ("ia", "a"), ("iu", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"([a-z])(?=\1)")
_LAST_VOWELS = (("a\n", "\n"), ("i\n", "\n"), ("u\n", "\n"))
_MOST_READINGS = 12
_SHORTEST = 3


@lru_cache(maxsize=8192)
def skeletons(name: str) -> tuple[str, ...]:
    """Return the readings of `name`; none where nothing is left of it in Latin or Cyrillic.

    >>> set(skeletons("Zaporijia")) & set(skeletons("Запорожье"))
    {'sapiris'}
    >>> set(skeletons("Klischtschijiwka")) & set(skeletons("Klichtchiïvka"))
    {'klisivk'}
    """
    sounds = _sounds(name)
    letters = [letter for letter in _CHOICES if letter in sounds]
    options = product(*(_CHOICES[letter] for letter in letters))
    readings = (
        _read(sounds, dict(zip(letters, option, strict=True)))
        for option, _ in zip(options, range(_MOST_READINGS), strict=False)
    )
    return tuple(dict.fromkeys(key for key in readings if len(key) >= _SHORTEST))


def stored_skeletons(names: Sequence[str]) -> list[str]:
    r"""Return one skeleton for each name, read as English does; empty in other scripts.

    One pass over all names is many times faster than one call a name.

    >>> stored_skeletons(["Kharkiv", "Харьков", "北京"])
    ['harkiv', 'harkiv', '']
    """
    return in_one_pass(names, _skeletons_of)


def _skeletons_of(names: list[str]) -> list[str]:
    text = "\n".join(names)
    if text.count("\n") >= len(names):  # a name that holds a line's end
        text = "\n".join(" ".join(name.split()) for name in names)
    lines = _read(_sounds(text), _STORED).split("\n") if names else []
    return [line if len(line) >= _SHORTEST else "" for line in lines]


def _sounds(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFD", replace_all(plain, _LETTERS.items())))
    sounds = replace_all(_SIBILANTS.sub("s", plain), _OTHER.items())
    return sounds if sounds.isascii() else sounds.translate(_CYRILLIC)


def _read(sounds: str, reading: dict[str, str]) -> str:
    chosen = [(letter, reading[letter]) for letter in _CHOICES if letter in reading]
    letters = replace_all(sounds, chosen).encode("ascii", "ignore").translate(_VOWELS, _NO_LETTERS)
    lines = _DOUBLED.sub("", replace_all(letters.decode("ascii") + "\n", _SIMPLER))
    before = ""
    while before != lines:
        before, lines = lines, replace_all(lines, _LAST_VOWELS)
    return lines[:-1]
