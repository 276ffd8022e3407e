"""Gather what a document says about where it plays: countries, units and anchor places.

A mention is read in its :class:`Scene`: what all the *other* names of the document speak for,
so that no reading confirms itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

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

    ``guesses`` are in text order. ``votes`` maps a name to the weight of the country and of the
    region that it was read in, ``spread`` a name to the regions of its candidates.
    """

    guesses: tuple[Guess, ...] = ()
    votes: dict[str, tuple[float, Codes]] = field(default_factory=dict)
    spread: dict[str, frozenset[Codes]] = field(default_factory=dict)
    home: frozenset[str] = frozenset()
    outlet: str | None = None
    peoples: frozenset[str] = frozenset()
    assumed: str | None = None


@dataclass(slots=True, kw_only=True)
class Scene:
    """Hold what surrounds one mention: shares of countries and regions, units, anchors.

    ``named`` holds the codes of units named as such, ``beside_units`` the nearest country,
    region and district within a sentence, ``behind`` the place that follows after a comma.
    """

    countries: dict[str, float]
    regions: dict[Codes, float]
    peer_regions: dict[Codes, float]
    named: frozenset[Codes]
    anchors: tuple[Place, ...]
    beside: tuple[Place, ...]
    beside_units: dict[str, Place]
    behind: Place | None = None

    @property
    def knows_countries(self) -> bool:
        """Tell whether any other name speaks for a country."""
        return bool(self.countries)

    def country_share(self, country: str | None) -> float:
        """Return a country's share of the evidence, 0 to 1."""
        return self.countries.get(country or "", 0.0)

    def admin1_share(self, country: str | None, admin1: str | None) -> float:
        """Return a region's share of the evidence, 0 to 1."""
        return self.regions.get((country, admin1), 0.0)

    def peers(self, place: Place) -> float:
        """Return how many other names could lie in the region of `place`, each by its share."""
        return self.peer_regions.get((place.admin.country, place.admin.admin1), 0.0)

    def nearest_km(self, place: Place, others: Sequence[Place]) -> float | None:
        """Return the distance in km to the nearest of `others`, ``None`` without any.

        Equirectangular: within one per cent of the great circle at the distances that matter.
        """
        if place.lon is None or place.lat is None:
            return None
        best: float | None = None
        scale = math.cos(math.radians(place.lat))
        for other in others:
            if other.id == place.id or other.lon is None or other.lat is None:
                continue
            east = abs(other.lon - place.lon)
            east = min(east, 360 - east)
            distance = _KM_PER_DEGREE * math.hypot(east * scale, other.lat - place.lat)
            if best is None or distance < best:
                best = distance
        return best


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
    votes: dict[str, tuple[float, Codes]] = {}
    for guess in guesses:
        codes = (guess.place.admin.country, guess.place.admin.admin1)
        known = votes.get(guess.mention.text)
        if codes[0] is not None and (known is None or known[0] < guess.weight):
            votes[guess.mention.text] = (guess.weight, codes)
    spread: dict[str, frozenset[Codes]] = {}
    for mention, candidates in found:
        if mention.text not in spread:
            regions = {(c.place.admin.country, c.place.admin.admin1) for c in candidates}
            spread[mention.text] = frozenset(r for r in regions if r[1] is not None)
    return Context(
        guesses=tuple(guesses),
        votes=votes,
        spread=spread,
        home=home,
        outlet=outlet,
        peoples=peoples,
        assumed=assumed,
    )


def scene_of(mention: Mention, context: Context, behind: Place | None = None) -> Scene:
    """Return what surrounds `mention` in its document: the readings of all other names."""
    others = [g for g in context.guesses if g.mention.text != mention.text]
    countries, regions = _shares(mention, context)
    named = {key for guess in others if (key := unit_key(guess.place)) is not None}
    if context.assumed is not None:
        countries[context.assumed] = 1.0
        named.add((context.assumed,))
    start = mention.span.start
    points = [g for g in others if g.place.lon is not None and _is_point(g.place)]
    close = sorted(
        (abs(g.mention.span.start - start), i, g)
        for i, g in enumerate(others)
        if abs(g.mention.span.start - start) <= _BESIDE and g.weight >= _LEAST_SURE
    )
    beside_units: dict[str, Place] = {}
    for _, _, guess in close:
        key = unit_key(guess.place)
        if key is not None:
            beside_units.setdefault(_LEVELS[len(key)], guess.place)
    beside = [g.place for _, _, g in close if g.place.lon is not None and _is_point(g.place)]
    points.sort(key=lambda guess: -guess.weight)
    return Scene(
        countries=countries,
        regions=regions,
        peer_regions=_peer_regions(mention, context),
        named=frozenset(named),
        anchors=tuple(guess.place for guess in points[:_MOST_ANCHORS]),
        beside=tuple(beside[:_MOST_BESIDE]),
        beside_units=beside_units,
        behind=behind,
    )


def _shares(mention: Mention, context: Context) -> tuple[dict[str, float], dict[Codes, float]]:
    countries: dict[str, float] = defaultdict(float)
    regions: dict[Codes, float] = defaultdict(float)
    for text, (weight, codes) in context.votes.items():
        if text != mention.text:
            countries[codes[0] or ""] += weight
            if codes[1] is not None:
                regions[codes] += weight
    total = sum(countries.values()) or 1.0
    return (
        {code: weight / total for code, weight in countries.items()},
        {codes: weight / total for codes, weight in regions.items()},
    )


def _peer_regions(mention: Mention, context: Context) -> dict[Codes, float]:
    peers: dict[Codes, float] = defaultdict(float)
    for text, regions in context.spread.items():
        if text != mention.text and regions:
            for region in regions:
                peers[region] += 1 / len(regions)
    return peers


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
