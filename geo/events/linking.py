"""Link numbers to the place whose occurrence they count: in their sentence, or told before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from geo.events.back_features import Back, BackFeatures, places_before
from geo.events.context import Counted, Located, Sentence
from geo.events.link_features import LinkFeatures
from geo.events.listing import are_listed, in_one_breath, shared_out
from geo.events.roles import RoleOf
from geo.events.shares import is_of_each
from geo.events.understanding import OWNERS_SHARE, Understanding, shared
from geo.network import load_network

_NOWHERE = 0.1  # the chance that a number belongs to no place that is named
_CLOSE = 8
_EACH = 2
_BEHIND = 4  # "two killed in A": right 96 times of 100 in the texts the weights are fitted on
_SURE = 0.96
_IN_ORDER = 1.0  # "respectively" leaves no choice
_BESIDE = 6  # tokens between a number and "in the latter"
LEAST_TOGETHER = 0.25  # for a place to be one of those that a number is told for


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Say what a number belongs to: a place of its sentence, or of one before (`at` is its index).

    ``too`` are further places that it is told of each: "three each in B and C".
    """

    place: Located
    at: int
    probability: float
    too: tuple[Located, ...] = ()


class Counting(NamedTuple):
    """Hold a number that counts, the sentence that tells it, and how surely it belongs here."""

    role: RoleOf
    at: int
    sure: float


def link_roles(
    sentences: Sequence[Sentence],
    counted: Sequence[Sequence[RoleOf]],
    chances: Mapping[int, float],
    understanding: Understanding,
) -> tuple[tuple[Link | None, ...], ...]:
    """Return, for each sentence, the likeliest owner of each of its numbers, or ``None``.

    `chances` gives, by the identity of each place of the document, how likely it is that
    something happens there.
    """
    told: dict[int, dict[str, float | None]] = {}
    links: list[tuple[Link | None, ...]] = []
    for at, roles in enumerate(counted):
        before = places_before(sentences, at, chances, told) if roles else ()
        found = Linker(sentences[at], chances, before, understanding).link_roles(roles)
        for role, link in zip(roles, found, strict=True):
            if link is not None:
                figures = told.setdefault(id(link.place), {})
                figures.setdefault(role.role, role.count.quantity.best)
        links.append(found)
    return tuple(links)


def share_numbers(
    counted: Sequence[Sequence[RoleOf]], links: Sequence[Sequence[Link | None]]
) -> dict[int, list[Counting]]:
    """Return, by the identity of each place, the numbers that belong to it, in text order."""
    owned: dict[int, list[Counting]] = {}
    for at, (roles, owners) in enumerate(zip(counted, links, strict=True)):
        for role, link in zip(roles, owners, strict=True):
            if link is None:
                continue
            for place in (link.place, *link.too):
                owned.setdefault(id(place), []).append(
                    Counting(role=role, at=at, sure=link.probability)
                )
    return owned


class Linker:
    """Link the numbers of a sentence to its places, or to places of the sentences before."""

    def __init__(
        self,
        sentence: Sentence,
        chances: Mapping[int, float],
        before: Sequence[Back],
        understanding: Understanding,
    ) -> None:
        self._sentence = sentence
        self._chances = chances
        self._before = before
        self._understanding = understanding

    @cached_property
    def _features(self) -> LinkFeatures:
        return LinkFeatures(self._sentence, self._chances)

    @cached_property
    def _back(self) -> BackFeatures:
        return BackFeatures(self._sentence, self._chances)

    def link_roles(self, roles: Sequence[RoleOf]) -> tuple[Link | None, ...]:
        """Return the likeliest owner of each number, ``None`` for one that has none.

        Numbers told in one breath ("one dead and four injured") belong together.
        """
        found: list[Link | None] = []
        shared = shared_out(self._sentence, roles)
        for group in in_one_breath(self._sentence, roles):
            if all(id(role.count) in shared for role in group):
                found += [self._here(shared[id(role.count)], _IN_ORDER) for role in group]
                continue
            last = group[-1].count
            place = _right_behind(self._sentence, last) or _named_again(self._sentence, last)
            if place is not None:
                link: Link | None = self._here(place, _SURE)
            else:
                named = [(role.count, role.role) for role in group]
                link = self._likeliest(named, self._before, _NOWHERE)
                if link is not None and link.at == self._sentence.index:
                    link = replace(link, place=self._first_of_list(link.place, group[0].count))
            is_here = link is not None and link.at == self._sentence.index
            if link is not None and is_here and is_of_each(self._sentence, last, _EACH):
                link = replace(link, too=self._listed_with(link.place))
            found += [link] * len(group)
        return tuple(found)

    def _here(self, place: Located, probability: float) -> Link:
        return Link(place=place, at=self._sentence.index, probability=probability)

    def _listed_with(self, place: Located) -> tuple[Located, ...]:
        """Return the other places of the list that a place stands in."""
        places = self._sentence.places
        first = last = places.index(place)
        while first and are_listed(self._sentence, places[first - 1], places[first]):
            first -= 1
        while last + 1 < len(places) and are_listed(self._sentence, places[last], places[last + 1]):
            last += 1
        return tuple(other for other in places[first : last + 1] if other is not place)

    def _first_of_list(self, place: Located, count: Counted) -> Located:
        """Return the first of the places that a number behind them is told for together.

        "Shells fell on A, B and C: five dead" counts once, at A.
        """
        sentence = self._sentence
        if count.first < place.last or is_of_each(sentence, count, _CLOSE):
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

    def _likeliest(
        self, named: Sequence[tuple[Counted, str]], before: Sequence[Back], nowhere: float
    ) -> Link | None:
        """Return the likeliest owner of numbers, ``None`` when it is less likely than `nowhere`."""
        owners = [(place, self._sentence.index) for place in self._sentence.places]
        owners += [(back.place, back.sentence.index) for back in before]
        described = [
            self._features.describe(count, role, place)
            for place in self._sentence.places
            for count, role in named
        ]
        described += [
            self._back.describe(count, role, back) for back in before for count, role in named
        ]
        totals = load_network("links").totals(described)
        scores = [yes - no for no, yes in totals]
        size = len(named)
        means = [sum(scores[n : n + size]) / size for n in range(0, len(scores), size)]
        ties = self._understanding.ties([c for c, _ in named], [place for place, _ in owners])
        means = [shared(mean, tie, OWNERS_SHARE) for mean, tie in zip(means, ties, strict=True)]
        links = [
            Link(place=place, at=at, probability=chance)
            for (place, at), chance in zip(owners, _chances(means), strict=True)
        ]
        best = max(links, key=lambda link: link.probability, default=None)
        return best if best is not None and best.probability >= nowhere else None


def _chances(scores: Sequence[float]) -> list[float]:
    """Return the chance of each owner; that none is right scores 0."""
    top = max(scores, default=0.0)
    raised = [math.exp(score - top) for score in scores]
    whole = sum(raised) + math.exp(-top)
    return [one / whole for one in raised]


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
