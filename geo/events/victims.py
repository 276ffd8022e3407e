"""Find lists of persons ("a man, two women and their son"): all of one list met one fate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.events.concepts import CONTENT
from geo.events.context import Counted, Sentence
from geo.models import Token

_PERSONS = ("person", "single", "kin", "military")
_WITHIN = frozenset({"person", "military", "state_actor"})  # may stand between, or be who it is
_TOLD = CONTENT - _WITHIN | {"subset", "former", "latter", "each"}  # ends a list
_FATES = frozenset(
    {"killed", "injured", "affected", "displaced", "evacuated", "detained", "abducted", "missing"}
)
_CLAUSE = 8  # tokens from a victim to the word for what befell
_APART = 8  # tokens from one victim to the next
_LED, _SHORT = 2, 5  # words, and their letters, before a number of a list: "e i suoi due figli"
_HEAD = 3  # tokens from a number to whom it counts
_COMMA = ","
_HYPHENS = frozenset("-‐‑")


def lists_of_persons(sentence: Sentence, tokens: Sequence[Token]) -> list[list[Counted]]:
    """Return the lists of two and more counted persons, the last joined by "and".

    What follows a comma behind the "and" is told anew: "A and B died, C was hurt".
    """
    lines: list[list[Counted]] = []
    line: list[Counted] = []
    for one, other in pairwise([c for c in sentence.counts if c.quantity.best]):
        joint = _joint(sentence, one, other, tokens)
        line = [*line, other] if joint and line else [one, other] if joint else []
        if joint == "and":
            lines.append(line[:-1] if _begins_anew(sentence, line) else line)
            line = []
    return [line for line in lines if len(line) > 1]


def _begins_anew(sentence: Sentence, line: Sequence[Counted]) -> bool:
    """Tell "a drone killed a man and a woman was hurt", where the last is of another clause."""
    first, last = line[0], line[-1]
    told = [term for term in sentence.terms if term.concept in _FATES]
    before = any(0 < first.first - term.first <= _CLAUSE for term in told)
    return before and any(
        0 < term.first - last.last <= _CLAUSE and not sentence.commas_between(last.last, term.first)
        for term in told
    )


def _joint(sentence: Sentence, one: Counted, other: Counted, tokens: Sequence[Token]) -> str | None:
    """Return what joins two neighbours of a list, ``None`` where nothing does."""
    between = range(one.last + 1, other.first)
    if not 0 < len(between) <= _APART or not _is_person(sentence, one, between.stop):
        return None
    if not _is_person(sentence, other, sentence.stop) or _tells_more(sentence, between, tokens):
        return None
    joints = [p for p in sentence.concepts.get("and", ()) if p in between]
    commas = [p for p in between if tokens[p].text == _COMMA]
    if len(joints) + len(commas) != 1:
        return None
    if commas and _is_whole(sentence, one, between.stop):
        return None
    led = tokens[(joints + commas)[0] + 1 : other.first]
    if not other.implicit and (len(led) > _LED or any(len(t.text) > _SHORT for t in led)):
        return None  # "13 persone e costretto 1.200 abitanti"
    return "and" if joints else _COMMA


def _is_whole(sentence: Sentence, count: Counted, stop: int) -> bool:
    """Tell "thirteen people, seven women and three children among them": the first are them all."""
    anyone = sentence.concepts.get("anyone", ())
    return (count.quantity.best or 0) > 1 and any(count.last < p < stop for p in anyone)


def _is_person(sentence: Sentence, count: Counted, stop: int) -> bool:
    ahead = range(count.last + 1, min(count.last + 1 + _HEAD, stop))
    heads = (p for concept in _PERSONS for p in sentence.concepts.get(concept, ()))
    return count.implicit or any(p in ahead for p in heads)


def _tells_more(sentence: Sentence, between: range, tokens: Sequence[Token]) -> bool:
    """Tell whether anything stands between but whom a number counts and who they are."""
    if sentence.breaks_between(between.start, between.stop):
        return True
    if any(place.first in between for place in sentence.places):
        return True
    return any(
        term.first in between and tokens[term.first - 1].text not in _HYPHENS  # "eight-year-old"
        for term in sentence.terms
        if term.concept in _TOLD
    )
