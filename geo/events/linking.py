"""Link numbers to the place whose occurrence they count: in their sentence, or told before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from geo.events.context import Counted, Located, Sentence
from geo.events.levels import contains
from geo.events.link_features import LinkFeatures
from geo.events.roles import RoleOf
from geo.network import load_network

_AREA = "area"
_NOWHERE = 0.1  # the chance that a number belongs to no place that is named
_AREA_NOWHERE = 0.25  # the total of a country often stands before the places of its parts
_CLOSE = 8
_EACH = 2
_LISTED = 4
_BEHIND = 4  # "two killed in A": right 96 times of 100 in the texts the weights are fitted on
_SURE = 0.96
_BESIDE = 6  # tokens between a number and "in the latter"
LEAST_TOGETHER = 0.25  # for a place to be one of those that a number is told for
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Say how the event told last before a sentence stands to it."""

    steps: int
    told: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Say what a number belongs to: a place of its sentence, or (``None``) the carried event.

    ``too`` are further places that it is told of each: "three each in B and C".
    """

    place: Located | None
    probability: float
    too: tuple[Located, ...] = ()


class Linker:
    """Link the numbers of a sentence to its places, or to the event told just before.

    `chances` gives, by the identity of each place of the sentence, how likely it is that
    something happens there; `carried` the event told last, when the numbers may be its.
    """

    def __init__(
        self, sentence: Sentence, chances: Mapping[int, float], carried: Carried | None = None
    ) -> None:
        self._sentence = sentence
        self._chances = chances
        self._carried = carried

    @cached_property
    def _features(self) -> LinkFeatures:
        return LinkFeatures(self._sentence, self._chances)

    def link_roles(self, roles: Sequence[RoleOf]) -> tuple[Link | None, ...]:
        """Return the likeliest owner of each number, ``None`` for one that has none.

        Numbers told in one breath ("one dead and four injured") belong together.
        """
        found: list[Link | None] = []
        for group in _in_one_breath(self._sentence, roles):
            last = group[-1].count
            place = _right_behind(self._sentence, last) or _named_again(self._sentence, last)
            if place is not None:
                link: Link | None = Link(place=place, probability=_SURE)
            else:
                named = [(role.count, role.role) for role in group]
                link = self._likeliest(named, self._carried, _NOWHERE)
                if link is not None and link.place is not None:
                    link = replace(link, place=self._first_of_list(link.place, group[0].count))
            if link is not None and link.place is not None and self._is_each(group[-1].count):
                link = replace(link, too=self._listed_with(link.place))
            found += [link] * len(group)
        return tuple(found)

    def _listed_with(self, place: Located) -> tuple[Located, ...]:
        """Return the other places of the list that a place stands in."""
        places = self._sentence.places
        first = last = places.index(place)
        while first and are_listed(self._sentence, places[first - 1], places[first]):
            first -= 1
        while last + 1 < len(places) and are_listed(self._sentence, places[last], places[last + 1]):
            last += 1
        return tuple(other for other in places[first : last + 1] if other is not place)

    def _is_each(self, count: Counted, reach: int = _EACH) -> bool:
        """Tell "three each in B and C": the word stands beside the number."""
        near = range(count.first - reach, count.last + reach + 1)
        return any(p in near for p in self._sentence.concepts.get("each", ()))

    def _first_of_list(self, place: Located, count: Counted) -> Located:
        """Return the first of the places that a number behind them is told for together.

        "Shells fell on A, B and C: five dead" counts once, at A.
        """
        sentence = self._sentence
        if count.first < place.last or self._is_each(count, _CLOSE):
            return place
        at = sentence.places.index(place)
        behind = sentence.places[at + 1 : at + 2]
        if behind and behind[0].first < count.first:
            return place
        while at and are_listed(sentence, sentence.places[at - 1], sentence.places[at]):
            if self._chances[id(sentence.places[at - 1])] < LEAST_TOGETHER:
                break
            at -= 1
        return sentence.places[at]

    def link_area(self, count: Counted) -> Located | None:
        """Return the place that an area belongs to, ``None`` when none is likely."""
        link = self._likeliest([(count, _AREA)], None, _AREA_NOWHERE)
        return link.place if link is not None else None

    def _likeliest(
        self, named: Sequence[tuple[Counted, str]], carried: Carried | None, nowhere: float
    ) -> Link | None:
        """Return the likeliest owner of numbers, ``None`` when it is less likely than `nowhere`."""
        owners: list[Located | None] = list(self._sentence.places)
        described = [
            self._features.describe(count, role, place)
            for place in self._sentence.places
            for count, role in named
        ]
        if carried is not None:
            owners.append(None)
            described += [
                self._features.describe_carried(role, carried.steps, told=role in carried.told)
                for _, role in named
            ]
        chances = load_network("links").chances(described, "yes")
        links = [
            Link(place=owner, probability=_mean(chances[at : at + len(named)]))
            for owner, at in zip(owners, range(0, len(chances), len(named)), strict=True)
        ]
        best = max(links, key=lambda link: link.probability, default=None)
        return best if best is not None and best.probability >= nowhere else None


def _mean(chances: Sequence[float]) -> float:
    """Return the geometric mean of the chances of several numbers."""
    return math.exp(sum(math.log(max(chance, _LEAST)) for chance in chances) / len(chances))


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


def _named_again(sentence: Sentence, count: Counted) -> Located | None:
    """Return the place that "in the former" or "in the latter" beside a number stands for.

    Two places are named before; the words stand in the number's own clause, nearer to it than to
    any other number.
    """
    for concept, order in (("former", -2), ("latter", -1)):
        for position in sentence.concepts.get(concept, ()):
            if not _stands_beside(sentence, position, count):
                continue
            words = (*sentence.concepts.get("former", ()), *sentence.concepts.get("latter", ()))
            named = [place for place in sentence.places if place.last < min(words)]
            if len(named) > 1:
                return named[order]
    return None


def _stands_beside(sentence: Sentence, position: int, count: Counted) -> bool:
    """Tell whether words belong to a number: near, no comma between, no number nearer."""
    told = [c for c in sentence.counts if not sentence.commas_between(c.first, position)]
    nearest = min(told, key=lambda c: abs(c.first - position), default=None)
    is_own = nearest is not None and nearest.first == count.first
    near = abs(count.first - position) <= _BESIDE
    return is_own and near and not sentence.breaks_between(count.first, position)


def are_listed(sentence: Sentence, one: Located, other: Located) -> bool:
    """Tell two places of one list: a comma or "and" between, no number and no greater place."""
    between = range(one.last + 1, other.first)
    if not 0 < len(between) <= _LISTED or contains(other, one) or contains(one, other):
        return False
    if any(c.first in between for c in sentence.counts if not c.implicit):
        return False
    joints = sentence.concepts.get("and", ())
    commas = sentence.commas_between(one.last, other.first) and len(between) == 1
    return bool(commas) or any(joint in between for joint in joints)


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
    if any(p in between for c in ("former", "latter") for p in sentence.concepts.get(c, ())):
        return False
    if sentence.breaks_between(last.count.first, role.count.first):
        return False
    if role.role not in {other.role for other in group}:
        return True
    joints = sentence.concepts.get("and", ())  # "a man and his son"
    return len(between) <= _LISTED and any(joint in between for joint in joints)
