"""Write Ukrainian names in Latin letters, officially and in the habits of other languages.

``official`` is the Ukrainian romanisation of 2010 (Cabinet of Ministers, resolution 55);
``de``, ``fr``, ``es``, ``pl`` and ``it`` are what newspapers and Wikipedia of these languages
use (Duden's, the French and Spanish phonetic habits, Polish PWN, the scholarly one in Italy).
Deterministic tables, no dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache

_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "з": "z", "и": "y",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "ь": "", "'": "",
}  # fmt: skip
_HABITS = {
    "official": {
        "є": "ie", "ж": "zh", "ї": "i", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
        "щ": "shch", "ю": "iu", "я": "ia",
    },
    "de": {
        "в": "w", "є": "je", "ж": "sch", "з": "s", "ї": "ji", "й": "j", "х": "ch", "ц": "z",
        "ч": "tsch", "ш": "sch", "щ": "schtsch", "ю": "ju", "я": "ja",
    },
    "fr": {
        "є": "ie", "ж": "j", "ї": "ï", "й": "ï", "у": "ou", "х": "kh", "ц": "ts", "ч": "tch",
        "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia",
    },
    "es": {
        "є": "ye", "ж": "zh", "и": "i", "ї": "i", "й": "i", "х": "j", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya",
    },
    "pl": {
        "в": "w", "є": "je", "ж": "ż", "ї": "ji", "й": "j", "л": "ł", "х": "ch", "ц": "c",
        "ч": "cz", "ш": "sz", "щ": "szcz", "ю": "ju", "я": "ja",
    },
    "it": {
        "є": "je", "ж": "ž", "ї": "ji", "й": "j", "х": "ch", "ц": "c", "ч": "č", "ш": "š",
        "щ": "šč", "ю": "ju", "я": "ja",
    },
}  # fmt: skip
_AT_WORD_START = {
    "official": {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"},
    "fr": {"є": "ye", "ї": "yi", "й": "y", "ю": "you", "я": "ya"},
    "es": {"ї": "yi", "й": "y"},
}
# After a consonant Polish writes softness as i, and l stays l before it.
_POLISH = (
    ("łi", "li"), ("łja", "la"), ("łje", "le"), ("łju", "lu"), ("nja", "nia"), ("nje", "nie"),
    ("nju", "niu"), ("zja", "zia"), ("sja", "sia"), ("cja", "cia"), ("dja", "dia"),
    ("tja", "tia"), ("rja", "ria"), ("tju", "tiu"), ("dju", "diu"), ("rju", "riu"), ("łł", "ll"),
)  # fmt: skip
_START = re.compile("(?<![^ -])[єїйюя]")
_WORD = re.compile("(?<![^ -]).")
HABITS = tuple(_HABITS)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})


def romanise(name: str, habit: str = "official") -> str:
    """Return a Ukrainian name in Latin letters.

    `habit` is one of :data:`HABITS`. Other letters than Ukrainian ones stay as they are.

    >>> " ".join(romanise("Кліщіївка", habit) for habit in HABITS)
    'Klishchiivka Klischtschijiwka Klichtchiïvka Klishchiivka Kliszczijiwka Kliščijivka'
    >>> romanise("Згурівка"), romanise("Юр'ївка"), romanise("Мар’їнка")
    ('Zghurivka', 'Yurivka', 'Marinka')
    """
    lowered = name.translate(_APOSTROPHES).casefold()
    table, starts = _table(habit)
    if starts:
        lowered = _START.sub(lambda match: starts.get(match[0], match[0]), lowered)
    if habit == "official":
        lowered = lowered.replace("зг", "зgh")
    latin = lowered.translate(table)
    if habit == "pl":
        for hard, soft in _POLISH:
            latin = latin.replace(hard, soft)
    return _recase(latin)


@lru_cache(maxsize=8)
def _table(habit: str) -> tuple[dict[int, str], dict[str, str]]:
    return str.maketrans({**_COMMON, **_HABITS[habit]}), _AT_WORD_START.get(habit, {})


def _recase(latin: str) -> str:
    if " " not in latin and "-" not in latin:
        return latin[:1].upper() + latin[1:]
    return _WORD.sub(lambda match: match[0].upper(), latin)
