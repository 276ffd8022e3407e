"""Gather what a document says about where it plays: countries, units and anchor places.

A mention is read in its :class:`Scene`: what all the *other* names of the document speak for,
so that no reading confirms itself.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from gazetteer.models import Candidate, Place
from geo.models import Mention

_MOST_ANCHORS = 16
_MOST_BESIDE = 6
_BESIDE = 160  # characters: about a sentence
_KM_PER_DEGREE = 111.2
_LEVELS = {2: "admin1", 3: "admin2", 1: "country"}
_LEAST_SURE = 0.3

Codes = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Hold a mention's first-pass reading, with its weight as evidence for the others."""

    mention: Mention
    place: Place
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Hold what a document's names speak for, name by name.

    ``guesses`` are in text order, ``starts`` where their names stand. ``votes`` maps a name to
    the weight (in ten-thousandths: whole numbers add up the same in any order) of the country
    and region that it was read in. ``spread`` maps a region to the names that have candidates
    there, each with its share. ``units`` maps a unit's codes to the names that stand for it.
    """

    guesses: tuple[Guess, ...] = ()
    starts: tuple[int, ...] = ()
    votes: dict[str, tuple[int, Codes]] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    regions: dict[Codes, int] = field(default_factory=dict)
    spread: dict[Codes, list[tuple[str, float]]] = field(default_factory=dict)
    units: dict[Codes, set[str]] = field(default_factory=dict)
    points: tuple[Guess, ...] = ()
    home: frozenset[str] = frozenset()
    outlet: str | None = None
    peoples: frozenset[str] = frozenset()
    assumed: str | None = None
    others: dict[str, Others] = field(default_factory=dict)

    def without(self, text: str) -> Others:
        """Return what all names but `text` speak for; worked out once a name."""
        known = self.others.get(text)
        if known is None:
            known = self.others[text] = Others(self, text)
        return known


class Others:
    """Tell what all names of a document but one speak for."""

    def __init__(self, context: Context, text: str) -> None:
        self._context = context
        self._text = text
        self._weight, self._codes = context.votes.get(text, (0, (None, None)))
        self._total = sum(context.countries.values()) - self._weight
        others = (g.place for g in context.points if g.mention.text != text)
        self.anchors = tuple(islice(others, _MOST_ANCHORS))
        self.described: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}

    @property
    def knows_countries(self) -> bool:
        """Tell whether any of them speaks for a country."""
        context = self._context
        return context.assumed is not None or len(context.votes) > (self._text in context.votes)

    def country_share(self, country: str | None) -> float:
        """Return a country's share of the evidence, 0 to 1."""
        if country is not None and country == self._context.assumed:
            return 1.0
        own = self._weight if country == self._codes[0] else 0
        weight = self._context.countries.get(country or "", 0) - own
        return weight / self._total if self._total else 0.0

    def admin1_share(self, country: str | None, admin1: str | None) -> float:
        """Return a region's share of the evidence, 0 to 1."""
        codes = (country, admin1)
        own = self._weight if codes == self._codes else 0
        weight = self._context.regions.get(codes, 0) - own
        return weight / self._total if self._total else 0.0

    def peers(self, place: Place) -> float:
        """Return how many of them could lie in the region of `place`, each by its share."""
        region = (place.admin.country, place.admin.admin1)
        spread = self._context.spread.get(region, ())
        return sum(share for text, share in spread if text != self._text)

    def __contains__(self, codes: Codes) -> bool:
        """Tell whether a unit with these codes is named as such."""
        if self._context.assumed is not None and codes == (self._context.assumed,):
            return True
        names = self._context.units.get(codes, ())
        return len(names) > (self._text in names)


@dataclass(slots=True, kw_only=True)
class Scene:
    """Hold what surrounds one mention: what the other names speak for, and those beside it.

    ``named`` holds the codes of units named as such, ``beside_units`` the nearest country,
    region and district within a sentence, ``behind`` the place that follows after a comma.
    """

    named: Others
    beside: tuple[Place, ...]
    beside_units: dict[str, Place]
    behind: Place | None = None

    @property
    def anchors(self) -> tuple[Place, ...]:
        """Return the surest places of the document, other than this mention's."""
        return self.named.anchors

    @property
    def knows_countries(self) -> bool:
        """Tell whether any other name speaks for a country."""
        return self.named.knows_countries

    def country_share(self, country: str | None) -> float:
        """Return a country's share of the evidence, 0 to 1."""
        return self.named.country_share(country)

    def admin1_share(self, country: str | None, admin1: str | None) -> float:
        """Return a region's share of the evidence, 0 to 1."""
        return self.named.admin1_share(country, admin1)

    def peers(self, place: Place) -> float:
        """Return how many other names could lie in the region of `place`, each by its share."""
        return self.named.peers(place)


def nearest_km(place: Place, others: Sequence[Place]) -> float | None:
    """Return the distance in km to the nearest of `others`, ``None`` without any.

    Equirectangular: within one per cent of the great circle at the distances that matter.
    """
    if place.lon is None or place.lat is None:
        return None
    best = math.inf
    lon, lat, own = place.lon, place.lat, place.id
    scale = math.cos(math.radians(lat))
    for other in others:
        if other.lon is None or other.lat is None or other.id == own:
            continue
        east = abs(other.lon - lon)
        if east > 180:
            east = 360 - east
        east *= scale
        north = other.lat - lat
        square = east * east + north * north
        if square >= best:
            continue
        best = square
    return None if best == math.inf else _KM_PER_DEGREE * math.sqrt(best)


def gather(
    guesses: Sequence[Guess],
    found: Sequence[tuple[Mention, Sequence[Candidate]]],
    *,
    home: frozenset[str] = frozenset(),
    outlet: str | None = None,
    peoples: frozenset[str] = frozenset(),
    assumed: str | None = None,
) -> Context:
    """Return the context that readings of a document's mentions make.

    A name that stands several times counts once, with the weight of its surest reading.
    """
    votes = _votes(guesses)
    countries: dict[str, int] = defaultdict(int)
    regions: dict[Codes, int] = defaultdict(int)
    for weight, codes in votes.values():
        countries[codes[0] or ""] += weight
        if codes[1] is not None:
            regions[codes] += weight
    units: dict[Codes, set[str]] = defaultdict(set)
    for guess in guesses:
        key = unit_key(guess.place)
        if key is not None:
            units[key].add(guess.mention.text)
    points = [g for g in guesses if g.place.lon is not None and _is_point(g.place)]
    points.sort(key=lambda guess: -guess.weight)
    return Context(
        guesses=tuple(guesses),
        starts=tuple(guess.mention.span.start for guess in guesses),
        votes=votes,
        countries=dict(countries),
        regions=dict(regions),
        spread=_spread(found),
        units=dict(units),
        points=tuple(points),
        home=home,
        outlet=outlet,
        peoples=peoples,
        assumed=assumed,
    )


def _votes(guesses: Sequence[Guess]) -> dict[str, tuple[int, Codes]]:
    votes: dict[str, tuple[int, Codes]] = {}
    for guess in guesses:
        weight = round(guess.weight * 10_000)
        codes = (guess.place.admin.country, guess.place.admin.admin1)
        known = votes.get(guess.mention.text)
        if codes[0] is not None and (known is None or known[0] < weight):
            votes[guess.mention.text] = (weight, codes)
    return votes


def _spread(
    found: Sequence[tuple[Mention, Sequence[Candidate]]],
) -> dict[Codes, list[tuple[str, float]]]:
    spread: dict[Codes, list[tuple[str, float]]] = defaultdict(list)
    first: dict[str, Sequence[Candidate]] = {}
    for mention, candidates in found:
        first.setdefault(mention.text, candidates)
    for text, candidates in first.items():
        regions = {(c.place.admin.country, c.place.admin.admin1) for c in candidates}
        regions = {region for region in regions if region[1] is not None}
        for region in regions:
            spread[region].append((text, 1 / len(regions)))
    return dict(spread)


def scene_of(mention: Mention, context: Context, behind: Place | None = None) -> Scene:
    """Return what surrounds `mention` in its document: the readings of all other names."""
    start = mention.span.start
    first = bisect_left(context.starts, start - _BESIDE)
    last = bisect_right(context.starts, start + _BESIDE)
    close = sorted(
        (abs(g.mention.span.start - start), i, g)
        for i, g in enumerate(context.guesses[first:last])
        if g.mention.text != mention.text and g.weight >= _LEAST_SURE
    )
    beside_units: dict[str, Place] = {}
    for _, _, guess in close:
        key = unit_key(guess.place)
        if key is not None:
            beside_units.setdefault(_LEVELS[len(key)], guess.place)
    beside = [g.place for _, _, g in close if g.place.lon is not None and _is_point(g.place)]
    return Scene(
        named=context.without(mention.text),
        beside=tuple(beside[:_MOST_BESIDE]),
        beside_units=beside_units,
        behind=behind,
    )


def unit_key(place: Place) -> Codes | None:
    """Return the codes of an administrative unit or country, ``None`` for other places."""
    codes = place.admin
    if place.feature_code.startswith("PCL"):
        return (codes.country,)
    if place.feature_code == "ADM1":
        return (codes.country, codes.admin1)
    if place.feature_code == "ADM2":
        return (codes.country, codes.admin1, codes.admin2)
    return None


def in_unit(place: Place, unit: Place) -> bool:
    """Tell by codes whether `place` lies in a country or administrative unit, or is it."""
    key = unit_key(unit)
    codes = (place.admin.country, place.admin.admin1, place.admin.admin2)
    return key is not None and codes[: len(key)] == key


def _is_point(place: Place) -> bool:
    return place.feature_class in ("P", "S") or place.feature_code in ("ADM2", "ADM3")


def best_known(candidates: Sequence[Candidate]) -> Candidate:
    """Return the candidate that a reader thinks of first: country, unit, then population."""
    return max(
        candidates,
        key=lambda c: (
            c.place.feature_code.startswith("PCL"),
            c.similarity,
            c.place.population or 0,
        ),
    )
