"""Link numbers to the place whose occurrence they count: in their sentence, or told before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.events.context import Counted, Located, Sentence
from geo.events.link_features import describe_carried, describe_link
from geo.events.roles import RoleOf
from geo.loglinear import LogLinear, load_model

_AREA = "area"
_NOWHERE = 0.1  # the chance that a number belongs to no place that is named
_AREA_NOWHERE = 0.25  # the total of a country often stands before the places of its parts
_CLOSE = 8
_LISTED = 4
_BEHIND = 4  # "two killed in A": right 96 times of 100 in the texts the weights are fitted on
_SURE = 0.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Say how the event told last before a sentence stands to it."""

    steps: int
    told: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Say what a number belongs to: a place of its sentence, or (``None``) the carried event."""

    place: Located | None
    probability: float


def link_roles(
    sentence: Sentence,
    roles: Sequence[RoleOf],
    chances: Mapping[int, float],
    carried: Carried | None = None,
) -> tuple[Link | None, ...]:
    """Return the likeliest owner of each number, ``None`` for one that has none.

    `chances` gives, by the identity of each place of the sentence, how likely it is that
    something happens there; `carried` the event told last, when the numbers may be its. Numbers
    told in one breath ("one dead and four injured") belong together.
    """
    found: list[Link | None] = []
    for group in _in_one_breath(sentence, roles):
        named = [(role.count, role.role) for role in group]
        place = _right_behind(sentence, group[-1].count)
        if place is not None:
            link: Link | None = Link(place=place, probability=_SURE)
        else:
            link = _link(sentence, named, chances, carried)
        found += [link] * len(group)
    return tuple(found)


def _right_behind(sentence: Sentence, count: Counted) -> Located | None:
    """Return the place that stands a preposition, or a noun and one, behind a number."""
    for place in sentence.places:
        gap = range(count.last + 1, place.first)
        if not 0 < len(gap) <= _BEHIND or sentence.commas_between(count.last, place.first):
            continue
        placed = any(p in gap for c in ("in", "near", "on") for p in sentence.concepts.get(c, ()))
        shared = any(p in gap for p in sentence.concepts.get("each", ()))
        if placed and not shared and not sentence.breaks_between(count.last, place.first):
            return place
    return None


def link_area(sentence: Sentence, count: Counted, chances: Mapping[int, float]) -> Located | None:
    """Return the place that an area belongs to, ``None`` when none is likely."""
    link = _link(sentence, [(count, _AREA)], chances, None)
    return link.place if link is not None else None


def _in_one_breath(sentence: Sentence, roles: Sequence[RoleOf]) -> list[list[RoleOf]]:
    """Group numbers of one list or of different roles, no place or clause boundary between."""
    groups: list[list[RoleOf]] = []
    for role in roles:
        last = groups[-1][-1] if groups else None
        if last is not None and _follows(sentence, last, role, groups[-1]):
            groups[-1].append(role)
        else:
            groups.append([role])
    return groups


def _follows(sentence: Sentence, last: RoleOf, role: RoleOf, group: Sequence[RoleOf]) -> bool:
    between = range(last.count.last + 1, role.count.first)
    if len(between) > _CLOSE or any(place.first in between for place in sentence.places):
        return False
    if sentence.breaks_between(last.count.first, role.count.first):
        return False
    if role.role not in {other.role for other in group}:
        return True
    joints = sentence.concepts.get("and", ())  # "a man and his son"
    return len(between) <= _LISTED and any(joint in between for joint in joints)


def _link(
    sentence: Sentence,
    named: Sequence[tuple[Counted, str]],
    chances: Mapping[int, float],
    carried: Carried | None,
) -> Link | None:
    model = load_model("links")
    options = {
        place: [describe_link(sentence, count, role, place, chances) for count, role in named]
        for place in sentence.places
    }
    links = [
        Link(place=place, probability=_chance(model, descriptions))
        for place, descriptions in options.items()
    ]
    if carried is not None:
        told = [
            describe_carried(sentence, role, carried.steps, chances, told=role in carried.told)
            for _, role in named
        ]
        links.append(Link(place=None, probability=_chance(model, told)))
    nowhere = _AREA_NOWHERE if named[0][1] == _AREA else _NOWHERE
    best = max(links, key=lambda link: link.probability, default=None)
    if best is None or best.probability < nowhere:
        return None
    return best


def _chance(model: LogLinear, descriptions: Sequence[list[str]]) -> float:
    """Return the geometric mean of the chances of several numbers."""
    logs = [math.log(max(model.probabilities(d)["yes"], 1e-6)) for d in descriptions]
    return math.exp(sum(logs) / len(logs))
