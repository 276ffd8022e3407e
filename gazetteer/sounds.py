"""Write names as the sounds that the habits of many languages spell, one symbol a sound.

Unlike a skeleton (:mod:`gazetteer.skeletons`) this keeps all vowels and tells sounds apart that
are near each other. Letters that one habit reads so and another otherwise (``ch``, ``j``, ``w``)
are symbols of their own, near to all that they may stand for.

Capitals are ``S`` sh, ``C`` ch as in church, ``Z`` zh, ``J`` j as in jam, ``H`` kh, ``G`` gh,
``T`` th, ``D`` dh, ``P`` ph, ``L`` the Polish ł, ``N`` a final ng, ``Q`` and ``X`` the Burmese ky
and gy; ``c`` is ts and ``x`` the letters ch.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.one_pass import in_one_pass, replace_all

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKED = (
    ("š", "S"), ("ş", "S"), ("ș", "S"), ("ś", "S"), ("č", "C"), ("ć", "C"), ("ç", "C"),
    ("dž", "J"), ("dż", "J"), ("ž", "Z"), ("ż", "Z"), ("ź", "Z"), ("ẖ", "H"), ("ł", "L"),
    ("đ", "d"), ("ø", "o"), ("ı", "i"), ("ə", "a"), ("æ", "e"), ("œ", "e"), ("ß", "s"),
    ("ğ", "G"),
)  # fmt: skip
_DIGRAPHS = (
    ("schtsch", "SC"), ("shch", "SC"), ("szcz", "SC"), ("dsch", "J"), ("tsch", "C"),
    ("dzh", "J"), ("tch", "C"), ("sch", "S"), ("sz", "S"), ("cz", "C"), ("sh", "S"),
    ("dj", "J"), ("ch", "x"), ("zh", "Z"), ("rz", "Z"), ("kh", "H"), ("gh", "G"), ("th", "T"),
    ("dh", "D"), ("ph", "P"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("qu", "k"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("дж", "J"), ("oe", "o"),
)  # fmt: skip
_PLACED = (
    (re.compile("ky(?=[aeiou])"), "Q"),
    (re.compile("gy(?=[aeiou])"), "X"),
    (re.compile("ng(?![aeiou])"), "N"),
    (re.compile("c(?=[eiy])"), "c"),
    (re.compile("[cq]"), "k"),
)
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "G", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "Z",
        "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n",
        "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "H", "ц": "c",
        "ч": "C", "ш": "S", "щ": "S", "ы": "i", "э": "e", "ю": "yu", "я": "ya", "ў": "w",
        "ё": "yo", "ъ": "", "ь": "", "ј": "y", "љ": "l", "њ": "n", "ћ": "C", "ђ": "J", "џ": "J",
        "ә": "a", "ү": "u", "ұ": "u", "ө": "o", "ғ": "G", "һ": "h", "қ": "k", "ң": "N",
    }
)  # fmt: skip
# The Arabic article apart, whole or as it is spoken before some letters ("ash-Shati").
_ARTICLE = re.compile(
    r"\b(?:[aeiu]l|[ae](?:s|z|d|r|n|t|sh|ch|sz|sch)|[аэе](?:ль?|с|з|д|р|н|т|ш|ж))[- ](?=\w{3})"
)
_JOINED = re.compile(r"(?m)^[ae]([sztdrnSZ])\1")  # and written as one word ("Azzawayda")
_NO_SYMBOLS = re.compile(r"[^a-zA-Z\n]+")

_VOWELS = "aeiou"
_NEAR = {
    0.05: "yi vw Pf",
    0.1: "ei ou Sx Cx Hx hx hH gG jJ jy ji wu tT dD Pp Nn Ll Lw",
    0.15: "wo jZ JZ jH sz cs Qk XJ QC",
    0.2: "ae oa Ss kH CS Zz gJ jh ye Ts Dz fp Xg cC Gh",
    0.25: "gk Gk gh kx je kC gH CJ td",
    0.3: "vu vb vf bp ZS Zs Jz cz Gr JC Tc DJ",
    0.35: "ai eo iu au eu io Dt hk oe",
    0.5: "mn kQ gC sC zC dJ tC wb Js",
}  # what it costs to take one for the other
_FAR, _ACROSS = 1.0, 1.2  # other consonants; a consonant and a vowel
_LOST = {**dict.fromkeys(_VOWELS, 0.3), "y": 0.2, "j": 0.2, "h": 0.25, "w": 0.35, "H": 0.4}
_LOST_LAST = {**dict.fromkeys(_VOWELS, 0.15), "h": 0.1, "y": 0.15, "j": 0.15, "t": 0.4}
_SILENT, _SILENT_STOP = 0.6, 0.4  # a consonant, or one like k, that ends a syllable
_STOPS = "kgtd"
_FIRST = 1.5  # times, where a name begins
_CONSONANTS = str.maketrans("SCcxZzsJkgGHQXbpPfvdDtTnNL", "sssssssskkkkkkpppppttttnnl", "aeiouyjwh")
_BURMESE = str.maketrans("CJ", "kk")


def sounds(names: Sequence[str]) -> list[str]:
    """Return the sounds of each name; empty for one in another script than Latin or Cyrillic.

    One pass over all names is many times faster than one call a name.

    >>> sounds(["Dweila", "Duwajla", "Чаукме", "Az-Zawayda", "北京"])
    ['dweila', 'duwajla', 'Caukme', 'zawayda', '']
    """
    return in_one_pass(names, _sounds_of)


def _sounds_of(names: Sequence[str]) -> list[str]:
    """Return the sounds of names that are all ASCII, for speed, or all not."""
    text = "\n".join([" ".join(name.split()) for name in names]).casefold()
    text = _ARTICLE.sub("", unicodedata.normalize("NFC", text))
    text = replace_all(replace_all(text, _MARKED), _DIGRAPHS)
    for pattern, symbol in _PLACED:
        text = pattern.sub(symbol, text)
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.translate(_CYRILLIC))
    text = _JOINED.sub(r"\1", _NO_SYMBOLS.sub("", text))
    return _undoubled(text).split("\n") if names else []


def consonants(heard: Sequence[str]) -> list[str]:
    """Return the classes of consonants in the sounds of names, neighbours of a class as one.

    >>> consonants(["Caukme", "Qaukme", "tebeyini"])
    ['skm', 'km', 'tpn']
    """
    text = "\n".join(heard).translate(_CONSONANTS)
    return _undoubled(text).split("\n") if heard else []


def readings(heard: str) -> tuple[str, ...]:
    """Return the consonants of a name that is asked for, which may be written as in Burmese.

    >>> readings("Caukme")
    ('skm', 'km')
    """
    return tuple(dict.fromkeys(consonants([heard, heard.translate(_BURMESE)])))


def likeness(one: str, other: str) -> float:
    """Return how alike the sounds of two names are, from 0 to 1.

    It is an edit distance with a cost for each pair of sounds, over the length of the names
    (Kessler 1995 weighs dialects so; the costs are those of the habits named above).

    >>> likeness("duwajla", "dweila") > 0.85 > likeness("duwajla", "dublin")
    True
    """
    before = [0.0]
    for place in range(len(other)):
        before.append(before[-1] + _loss(other, place))
    for place, sound in enumerate(one):
        times = 1.0 if place else _FIRST
        lost, near = _loss(one, place), _costs()[sound]
        row = [before[0] + lost]
        for number, heard in enumerate(other):
            row.append(
                min(
                    before[number] + near[heard] * times,
                    before[number + 1] + lost,
                    row[-1] + _loss(other, number),
                )
            )
        before = row
    weight = (_weight(one) + _weight(other)) / 2
    return max(0.0, 1.0 - before[-1] / max(weight, 1.0))


def _loss(name: str, place: int) -> float:
    """Return what it costs to leave out a sound of a name."""
    sound = name[place]
    silent = _SILENT_STOP if sound in _STOPS else _SILENT
    if place == len(name) - 1 and place:
        return _LOST_LAST.get(sound, silent)
    if sound in _LOST:
        return _LOST[sound]
    return silent if place and name[place + 1] not in _VOWELS else _FAR


def _weight(name: str) -> float:
    """Return a name's length, vowels by half."""
    return sum(0.5 if sound in _LOST else 1.0 for sound in name)


@cache
def _costs() -> dict[str, dict[str, float]]:
    """Return what it costs to take any sound for any other."""
    symbols = "abcdefghijklmnopqrstuvwxyzSCZJHGTDPNQXL"
    near = {pair: cost for cost, pairs in _NEAR.items() for pair in map(frozenset, pairs.split())}
    return {
        one: {
            other: 0.0
            if one == other
            else near.get(
                frozenset((one, other)),
                _ACROSS if (one in _VOWELS) != (other in _VOWELS) else _FAR,
            )
            for other in symbols
        }
        for one in symbols
    }


def _undoubled(text: str) -> str:
    """Return a text with neighbouring letters that are the same as one."""
    for letter in sorted(set(text) - {"\n"}):
        while letter * 2 in text:
            text = text.replace(letter * 2, letter)
    return text
