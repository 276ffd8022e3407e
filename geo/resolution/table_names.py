"""Read the cells in which tables name places: the names they may mean, the likeliest first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

_BRACKETS = re.compile(r"\(([^)]*)\)")
_SEVERAL = re.compile(r"\b(between|and|road|border|highway)\b|[–—&]|\s-\s", re.IGNORECASE)
_PARTS = re.compile(r"\s*/\s*|\s+or\s+|\s+aka\s+")
_AS_GENERIC = {
    "settlement": "settlement", "unit": "unit", "chief": "unit", "near": "near", "sides": "sides",
}  # fmt: skip


class Reading(NamedTuple):
    """Hold one way to read a cell: a name, what its generic word says, how far it departs.

    ``kind`` is ``settlement``, ``unit``, ``near`` (a thing at or near the named place) or
    ``None``; ``penalty`` is taken off the score.
    """

    name: str
    kind: str | None
    penalty: float = 0.0


def read_name(cell: str) -> tuple[Reading, ...]:
    """Return the names that a cell may mean, the likeliest first.

    >>> [reading.name for reading in read_name("Kobane/Ayn al Arab town")]
    ['Kobane/Ayn al Arab town', 'Kobane/Ayn al Arab', 'Kobane', 'Ayn al Arab']
    >>> [reading.name for reading in read_name("Myanmar (Burma)")]
    ['Myanmar (Burma)', 'Myanmar', 'Burma']
    >>> read_name("outskirts of Qah village")[-1]
    Reading(name='Qah', kind='near', penalty=0.4)
    """
    found: dict[str, Reading] = {}
    for reading in _readings(" ".join(cell.split())):
        name = reading.name.strip(" ,;.-")
        if name:
            found.setdefault(name.casefold(), reading._replace(name=name))
    return tuple(found.values())


def _readings(cell: str) -> Iterator[Reading]:
    name, kind = strip_generic(cell)
    yield Reading(cell, kind)
    longer = _with_chief_word(cell, name)
    yield from (Reading(chief, kind) for chief in longer)
    yield Reading(name, kind, 0.4 if kind == "near" or longer else 0.0)
    outside = _BRACKETS.sub(" ", cell)
    if outside != cell:
        yield Reading(*strip_generic(outside), 0.1)
        for inner in _BRACKETS.findall(cell):
            yield Reading(*strip_generic(inner), 0.6)
    if _PARTS.search(name) and not _SEVERAL.search(name):
        for part in _PARTS.split(name):
            yield Reading(strip_generic(part)[0], kind, 0.2)
    head, comma, rest = cell.partition(",")
    if comma:
        yield Reading(f"{rest} {head}", kind, 0.1)  # "Korea, Republic of"
        yield Reading(*strip_generic(head), 0.3)
    words = name.split()
    if len(words) > 1 and _kind(words[0]) == "articles":
        yield Reading(" ".join(words[1:]), kind, 0.5)


def _with_chief_word(cell: str, name: str) -> list[str]:
    """Return the name with the word for the chief unit, which many such units bear in theirs.

    >>> _with_chief_word("Sadar Gazipur sub-district", "Gazipur")
    ['Gazipur Sadar']
    """
    return [f"{name} {word}" for word in cell.split() if _kind(word) == "chief" and word != name]


def strip_generic(cell: str) -> tuple[str, str | None]:
    """Take generic words off both ends, and say which kind they name.

    The outermost word counts, but a thing near a place stays near it.

    >>> strip_generic("province of Kirkuk"), strip_generic("Det Khi Na district")
    (('Kirkuk', 'unit'), ('Det Khi Na', 'unit'))
    >>> strip_generic("outside of Qah village"), strip_generic("Northern Aleppo governorate")
    (('Qah', 'near'), ('Aleppo', 'unit'))
    """
    words = cell.split()
    kinds: list[str] = []
    while len(words) > 1 and (kind := _generic(words[-1])):
        kinds.append(kind)
        words.pop()
    while len(words) > 1 and (kind := _generic(words[0])) and _is_apart(words, kind, kinds):
        kinds.append(kind)
        words.pop(0)
        while len(words) > 1 and _kind(words[0]) == "links":
            words.pop(0)
    known = [kind for kind in kinds if kind != "sides"]
    return " ".join(words), "near" if "near" in known else next(iter(known), None)


def _is_apart(words: list[str], kind: str, kinds: list[str]) -> bool:
    """Tell a generic word before a name from one that begins the name (Town Creek, North-West)."""
    if kind == "sides":
        return bool(kinds) and kinds[0] == "unit"
    stands_alone = kind == "near" or _kind(words[0]) == "chief"
    return not kinds or stands_alone or _kind(words[1]) == "links"


def _generic(word: str) -> str | None:
    kind = _kind(word.strip(".,"))
    return _AS_GENERIC.get(kind or "")


def _kind(word: str) -> str | None:
    return _words().get(word.casefold())


@cache
def _words() -> Mapping[str, str]:
    text = resources.files("geo.resolution").joinpath("table_words.toml").read_text("utf-8")
    return {
        word: kind for kind, table in tomllib.loads(text).items() for word in table["words"].split()
    }
