"""Write Russian names of places in the habits of other languages, many names in one pass.

``official`` is what English-language press makes of BGN/PCGN's romanisation (Krasny, Krasnoye);
``de`` is Duden's, ``fr`` and ``es`` the phonetic habits, ``pl`` PWN's, ``it`` the scholarly one;
``uk`` writes the sounds in Ukrainian letters, with Ukrainian endings of adjectives. Deterministic
tables, no dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "io", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "ъ": "", "ы": "y", "ь": "", "э": "e",
}  # fmt: skip
_HABITS = {
    "official": {
        "ё": "yo", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ю": "yu", "я": "ya",
    },
    "de": {
        "в": "w", "ё": "jo", "ж": "sch", "з": "s", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
        "щ": "schtsch", "ю": "ju", "я": "ja",
    },
    "fr": {
        "ж": "j", "й": "ï", "у": "ou", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch",
        "ю": "iou", "я": "ia",
    },
    "es": {
        "ж": "zh", "х": "j", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "i", "ю": "yu",
        "я": "ya",
    },
    "pl": {
        "в": "w", "ж": "ż", "й": "j", "л": "ł", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz",
        "щ": "szcz", "ю": "iu", "я": "ia",
    },
    "it": {
        "ё": "jo", "ж": "ž", "й": "j", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "щ": "šč",
        "ю": "ju", "я": "ja",
    },
}  # fmt: skip
# What goes before the letters one by one: pattern > text, in order. A word begins at ^, ends at $;
# V stands for a vowel or a sign before е, which then sounds ye.
_BEFORE = {
    "official": "[иы]й$>y ^е>ye (?<=V)е>ye (?<=[жчшщ])ё>o",
    "de": (
        "ий$>i ый$>y ^е>je (?<=V)е>je (?<=[жчшщ])ё>o кс>x (?<=[аеёиоуыэюя])с(?=[аеёиоуыэюя])>ss "
        "й(?=[аеёиоуыэюя])>j"
    ),
    "fr": (
        "ий$>i ый$>y ^е>ie (?<=[ьъ])е>ie кс>x (?<=[аеёиоуыэюя])с(?=[аеёиоуыэюя])>ss "
        "г(?=[еёиы])>gu ^й>y"
    ),
    "es": "[иы]й$>i ^е>ye (?<=[ьъ])е>ye г(?=[еёиы])>gu ^й>y",
    "pl": (
        "ий$>i ый$>y л(?=[еёиюяь])>l ^е>je (?<=V)е>je (?<=[бвгдзклмнпрстфх])е>ie lе>le "
        "^ё>jo (?<=V)ё>jo (?<=[жчшщц])ё>o lё>lo (?<=[жшц])и>y lю>lu lя>la "
        "^ю>ju (?<=V)ю>ju ^я>ja (?<=V)я>ja нь>ń сь>ś зь>ź ць>ć"
    ),
    "it": "",
    "uk": (
        "ский$>ський цкий$>цький (?<!ьк)ий$>ій ый$>ий ая$>а ое$>е ее$>є ские$>ські "
        "цкие$>цькі [иы]е$>і ск(?=[ае]$)>ськ ск$>ськ цк(?=[ае]$)>цьк цк$>цьк "
        "^и>і (?<=[бвгдзклмнпрстфх])и(?!й|$|ч$|нськ|к[аи]?$)>і (?<=V)и>ї ^е>є (?<=V)е>є "
        "(?<=V)ё>йо ^ё>йо (?<=[жчшщц])ё>о ё>ьо ы>и э>е ъ>'"
    ),
}
_VOWELS = "[аеёиоуыэюяьъ]"
_BEGINS, _ENDS = r"(?<![^\n -])", r"(?![^\n -])"
_WORD = re.compile(r"(?<![^\n -]).")
SPELLINGS = (*_HABITS, "uk")


def spell_russian(names: Sequence[str], habit: str) -> list[str]:
    """Return Russian names as a language writes them; `habit` is one of :data:`SPELLINGS`.

    >>> [spell_russian(["Красное", "Алексеевка", "Новый Путь"], habit) for habit in ("de", "pl")]
    [['Krasnoje', 'Alexejewka', 'Nowy Put'], ['Krasnoje', 'Aleksiejewka', 'Nowy Put']]
    >>> spell_russian(["Красное", "Тёткино", "Старый Оскол"], "uk")
    ['Красне', 'Тьоткіно', 'Старий Оскол']
    >>> spell_russian(["Елизаветовка", "Красный Яр"], "official")
    ['Yelizavetovka', 'Krasny Yar']
    """
    text = "\n".join(names).casefold()
    for pattern, letters in _rules(habit):
        text = pattern.sub(letters, text)
    if habit in _HABITS:
        text = text.translate(_table(habit))
    return _WORD.sub(lambda match: match[0].upper(), text).split("\n")


@lru_cache(maxsize=16)
def _rules(habit: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (pair.rsplit(">", 1) for pair in _BEFORE[habit].split())
    return tuple(
        (re.compile(old.replace("^", _BEGINS).replace("$", _ENDS).replace("V", _VOWELS)), new)
        for old, new in pairs
    )


@lru_cache(maxsize=16)
def _table(habit: str) -> dict[int, str]:
    return str.maketrans({**_COMMON, **_HABITS[habit]})
