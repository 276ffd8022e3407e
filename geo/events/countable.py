"""Tell what may be counted: numbers, and persons in the singular that stand without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from geo.events.context import Counted
from geo.models import Quantity, Span, Token

_PERSONS = ("single", "person", "kin", "military")
_VICTIMS = ("killed", "injured", "casualties", "affected")
_THINGS = (
    "nonperson", "missile", "drone", "rocket", "shelling", "airstrike", "mine", "strike", "clash",
    "explosion", "debris", "infrastructure", "generic_settlement", "grave", "protest", "capture",
)  # fmt: skip
_ANNOUNCING = frozenset(":—–(")  # before those whom a number counts, not right behind it
_HYPHENS = frozenset("-‐‑")
_HALF = 0.5  # only of a square kilometre: half a person is none
_REACH = 3
_APART = 2  # tokens from a word for a victim to the word for who it is
_LISTED = 5  # tokens from one victim to the next of a list


def find_counted(
    numbers: Sequence[Counted], concepts: Mapping[str, Sequence[int]], tokens: Sequence[Token]
) -> tuple[Counted, ...]:
    """Return what a sentence counts, in text order: its numbers and the persons without one."""
    single = concepts.get("single", ())
    if not numbers and not single:
        return ()
    around = [i for c in numbers for i in range(c.first - 1, c.last + 5)]
    around += [i for position in single for i in (position - 1, position + 1)]
    commas = {i + 1 for i in around if _is_comma(tokens, i)}
    kept = _countable(numbers, concepts, commas) if numbers else []
    joints = {*concepts.get("and", ()), *(comma - 1 for comma in commas)}
    joints.update(i for i in around if 0 <= i < len(tokens) and tokens[i].text in _ANNOUNCING)
    kept += _implicit_ones(tokens, single, kept, joints)
    return tuple(sorted(kept, key=lambda count: count.first))


def _countable(
    counts: Sequence[Counted], concepts: Mapping[str, Sequence[int]], commas: set[int]
) -> list[Counted]:
    """Leave out articles and negations that no person, casualty word or unit stands beside.

    `commas` are the tokens right behind a comma.
    """
    persons = {p for c in _PERSONS for p in concepts.get(c, ())}
    victims = {p for c in _VICTIMS for p in concepts.get(c, ())}
    linked = {p for c in ("in", "near", "former", "latter") for p in concepts.get(c, ())}
    things = {p for c in _THINGS for p in concepts.get(c, ())}
    owners = set(concepts.get("of", ()))
    units = set(concepts.get("area_units", ()))
    listed = {p + 1 for p in concepts.get("and", ())} | commas
    halves = {p + step for p in concepts.get("half", ()) for step in (0, 1)}
    kept: list[Counted] = []
    for count, following in zip_longest(counts, counts[1:]):
        stop = count.last + 5 if following is None else min(count.last + 5, following.first)
        ahead = range(count.last + 1, max(stop, count.last + 2))
        behind = range(count.first - 4, count.first)
        if count.quantity.best == _HALF and count.quantity.qualifier == "article":
            if ahead[0] in units and count.first not in halves:  # "two and a half" counts once
                kept.append(count)
            continue
        if count.quantity.qualifier == "article":
            if kept and count.first - kept[-1].last <= 3 and count.first - 1 in owners:
                continue  # "four members of a family"
            named = not persons.isdisjoint(ahead[:3]) or ahead[0] in linked | victims | units
            is_thing = not things.isdisjoint(ahead[:2])
            if not named and (is_thing or not _is_victim(count, kept, victims, listed)):
                continue
        around = {*behind, *range(count.first, count.last + 1), *ahead}
        if count.quantity.qualifier == "zero" and victims.isdisjoint(around):
            is_of_place = bool(kept) and bool(victims) and not linked.isdisjoint(ahead[:2])
            if not is_of_place:  # "eight dead in A, none in B"
                continue
        kept.append(count)
    return kept


def _is_comma(tokens: Sequence[Token], index: int) -> bool:
    return 0 <= index < len(tokens) and tokens[index].text == ","


def _is_victim(
    count: Counted, kept: Sequence[Counted], victims: set[int], listed: set[int]
) -> bool:
    """Tell "a general died", "killing a trucker" and "a girl, a trucker" from other articles."""
    beside = {*range(count.first - _REACH, count.first), *range(count.last + 2, count.last + 5)}
    if not victims.isdisjoint(beside) and listed.isdisjoint(range(count.first, count.last + 4)):
        return True
    follows = bool(kept) and count.first - kept[-1].last <= _LISTED
    return follows and count.first in listed


def _implicit_ones(
    tokens: Sequence[Token],
    positions: Sequence[int],
    counts: Sequence[Counted],
    joints: set[int],
) -> list[Counted]:
    """Count one for each person in the singular that no number stands before.

    Half of a compound ("tecnico-militare") is no person. A joint ("a couple and their son")
    ends what a number counts.
    """
    ones: list[Counted] = []
    for position in positions:
        if any(
            0 <= position - c.last <= _REACH and joints.isdisjoint(range(c.last + 1, position))
            for c in counts
        ):
            continue
        if any(token.text in _HYPHENS for token in tokens[position + 1 : position + 2]):
            continue
        if any(_says_again(c, position) for c in counts):
            continue
        if ones and _is_same_person(ones[-1].last, position, joints):
            continue
        token = tokens[position]
        span = Span(token.start, token.stop)
        quantity = Quantity(low=1, best=1, high=1, qualifier=None, text=token.text, span=span)
        ones.append(Counted(quantity=quantity, first=position, last=position, implicit=True))
    return ones


def _is_same_person(one: int, other: int, joints: set[int]) -> bool:
    """Tell "ranny został kierowca", one person in two words, from "a man and his son"."""
    return other - one <= _APART and joints.isdisjoint(range(one + 1, other))


def _says_again(count: Counted, position: int) -> bool:
    """Tell a victim who is counted right behind ("постраждала одна людина") or spared there.

    So is who only says what a couple is like: "un joven matrimonio".
    """
    gap = count.first - position
    return gap == 1 and (count.quantity.best in (1, 2) or count.quantity.qualifier == "zero")
