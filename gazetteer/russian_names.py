"""Write Ukrainian names of settlements as Russian texts write them.

Both names of a village are forms of one: roots that the languages share (``ліс``/``лес``), names
of persons (``Олександр``/``Александр``), endings (``-івка``/``-овка``). Deterministic tables, no
dictionary. Of 2,749 settlements with names in Russian letters in GeoNames, 64 % have one of these
forms among them; most others have another vowel, or an older name.
"""

from __future__ import annotations

import re
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})
# What Ukrainian writes > what Russian does, in order; ^ begins a word, $ ends one.
_ROOTS = """
    олександр>александр олексан>алексан олексі>алексе олекс>алекс микола>никола микит>никит
    катерин>екатерин єлизавет>елизавет костянтин>константин пилип>филипп ^гнат>игнат
    опанас>афанас ^ганн>анн григорів>григорьев василів>васильев кирилів>кириллов юхим>ефим
    іллін>ильин ^явдот>авдот ^одарі>дарь софії>софие наталії>натальи марії>марье ксенії>ксенье
    володимир>владимир
    північн>северн південн>южн західн>западн східн>восточн перемог>побед незалежн>независим
    перша$>первая друга$>вторая третя$>третья перше$>первоє друге$>второє ^поле$>полє ^море$>морє
    верхньо>верхне нижньо>нижне середньо>средне середн>средн верхня_>верхняя_ нижня_>нижняя_
    ^під>под підгір>подгор загір>загор нагір>нагор гірськ>горск гірн>горн ^гір>гор ^біл>бел
    ліс>лес річ>реч дніпр>днепр прибереж>прибреж руськ>русск ^хліб>хлеб козац>казац козач>казач
    розд>разд розк>роск жовт>желт гвардій>гвардей вільн>вольн спірн>спорн новосілк>новоселк
    ^більш>больш ^кіл>кол ^вільх>ольх ^вільш>ольш чорн>черн щасл>счастл ^піск>песк ^піщ>песч
    ^кін>кон ріг$>рог ^рівн>ровн ^рів>ров ^сір>сер ^світ>свет ^січ>сеч ^віт>вет ^мір>мир ^ніж>неж
    ^дів>дев ^цві>цве квіт>цвет рідк>редк пільськ>польск піль$>поль пілл>полл ^мідн>медн ^зір>зор
    двір$>двор міст$>мост ^кріп>креп брід$>брод ^стін>стен сіль>соль ^сіл>сел ^сніг>снег
    ^хрін>хрен ^бір>бор бір$>бор слов'ян>славян кам'яне$>каменное кам'ян>камен камін>камен
    р'ївк>рьевк висок>высок рибальськ>рыбацк рибн>рыбн бистр>быстр ^крим>крым ^вугл>угл
    колодяз>колодез вітрян>ветрян ^дібров>дубров грабів>грабов вівс>овс ^яблун>яблон
    сонячн>солнечн багат>богат гаряч>горяч млин>мельн
"""
_ENDINGS = r"""
    іївк([аи])>еевк\1 ([жчшщц])івк([аи])>\1евк\2 івк([аи])>овк\1 ([аеиіоу])ївк([аи])>\1евк\2
    ([жчшщц])івці>\1евцы івці>овцы ївці>евцы ([цс])і>\1ы
    івськ>овск і[єї]вськ>еевск ївськ>евск івське>овское ївське>евское
    ([сцз])ьке>\1кое ([сцз])ька>\1кая ([сцз])ький>\1кий ([сцз])ькі>\1кие ([сцз])ьк>\1к
    нє>нее ([жчшщ])ів>\1ев ів>ов їв>ев ове>ово еве>ево єве>ево їне>ино ине>ино іне>ино
    ([жч])е>\1ье ця>ца ець>ец ([гкх])е>\1ое ([бвдзлмнпрст])е>\1ое
    (?<![гкхн])ий>ый ний>ный ній>ний ії>ии ія>ия ([лнрст])\1я>\1ье чч[яі]>чье жж[яі]>жье
    ([бвдзлмнпрст])и>\1ы
"""
_PLAIN = re.compile(r".*[)\]\\]\d?")  # up to the last letters that stand for themselves
_BEGINS, _ENDS = r"(?<![^ -])", r"(?![^ -])"
_FIRST_ADJECTIVE = re.compile(r"(?<![^ -])(\w+[нвлрктгхмд])а (?!перв|втор|трет)(?=\w)")
_AFTER_LIP = re.compile(r"(?<![^ -])([бвмп])'(?=[яюєї])")
_OTHERS = (("'", "ь"), ("йо", "е"), ("ьо", "е"), ("ськ", "ск"), ("цьк", "цк"))
_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г"})
_WORD = re.compile("(?<![^ -]).")


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return what a word must hold for a rule to apply, the pattern, and what stands for it."""
    roots = [pair.replace("_", " ").split(">") for pair in _ROOTS.split()]
    endings = [pair.rsplit(">", 1) for pair in _ENDINGS.split()]
    return (
        *(
            (old.strip("^$"), re.compile(old.replace("^", _BEGINS).replace("$", _ENDS)), new)
            for old, new in roots
        ),
        *((_PLAIN.split(old)[-1], re.compile(old + _ENDS), new) for old, new in endings),
    )


@lru_cache(maxsize=1 << 15)
def russian_names(name: str) -> tuple[str, ...]:
    """Return a Ukrainian name in Russian spelling, without ё, the likeliest first.

    Names in -ове, -ва and -на are nouns of some places and adjectives of others: both forms.

    >>> russian_names("Верхньокам'янське"), russian_names("Велика Новосілка")
    (('Верхнекаменское',), ('Великая Новоселка',))
    >>> russian_names("Калинове")
    ('Калиново', 'Калиновое')
    """
    word = name.translate(_APOSTROPHES).casefold()
    first = _respell(word)
    found = [first]
    if word.endswith(("ове", "еве")):
        found.append(first[:-1] + "ое")
    elif word.endswith(("ва", "на")) and not word.endswith("ина"):
        found.append(first[:-1] + "ая")
    return tuple(_WORD.sub(lambda match: match[0].upper(), made) for made in found)


def _respell(word: str) -> str:
    for held, pattern, new in _rules():
        if held in word:  # most rules do not apply, and looking costs little
            word = pattern.sub(new, word)
    word = _FIRST_ADJECTIVE.sub(r"\1ая ", word)
    word = _AFTER_LIP.sub(r"\1", word)
    for old, new in _OTHERS:
        word = word.replace(old, new)
    return word.translate(_LETTERS)
