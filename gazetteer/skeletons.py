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

_LETTERS = str.maketrans(
    {
        "ў": "в", "ʃ": "s", "ž": "z", "ż": "z", "č": "ʃ", "ć": "ʃ", "ç": "s", "ţ": "ts",
        "ț": "ts", "ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "e", "œ": "e", "ß": "s",
    }
)  # fmt: skip
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
_OTHER = (
    (re.compile("kh|gh|g"), "h"),
    (re.compile("ck|qu|q"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("ou"), "u"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
)
_CHOICES = {"ch": ("s", "h", "k"), "c": ("k", "s"), "j": ("", "s", "h"), "y": ("i", "s")}
_STORED = {"ch": "s", "c": "k", "j": "s", "y": "i"}
_TIDY = (
    (re.compile("[eio]+"), "i"),
    (re.compile("[^a-z\n]+"), ""),
    (re.compile("[td]?s+h?"), "s"),
    (re.compile("(?<=[au])i+|i+(?=[au])"), ""),
    (re.compile(r"([a-z])(?=\1)"), ""),
    (re.compile(r"[aiu]+(?=\n|$)"), ""),
)
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


def stored_skeletons(names: str) -> list[str]:
    r"""Return one skeleton for each line of `names`, read as English does; may be empty.

    One pass over the whole text is many times faster than one call a name.

    >>> stored_skeletons("Kharkiv\nХарьков")
    ['harkiv', 'harkiv']
    """
    lines = _read(_sounds(names), _STORED).split("\n")
    return [line if len(line) >= _SHORTEST else "" for line in lines]


def _sounds(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFD", plain.translate(_LETTERS)))
    sounds = _SIBILANTS.sub("s", plain)
    for pattern, sound in _OTHER:
        sounds = pattern.sub(sound, sounds)
    return sounds if sounds.isascii() else sounds.translate(_CYRILLIC)


def _read(sounds: str, reading: dict[str, str]) -> str:
    for letter in _CHOICES:
        if letter in reading:
            sounds = sounds.replace(letter, reading[letter])
    for pattern, sound in _TIDY:
        sounds = pattern.sub(sound, sounds)
    return sounds
