"""Gather what a document says about where it plays: countries, units and anchor places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gazetteer.models import Candidate, Place
from geo.models import Mention

_MOST_ANCHORS = 12
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Hold a mention's first-pass reading, with its weight as evidence for the others."""

    mention: Mention
    place: Place
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Hold the countries, units and anchor places that the other mentions speak for.

    ``countries`` and ``admin1`` map a code to its share of the evidence; ``named`` holds the
    codes of units that the text names as such.
    """

    countries: dict[str, float] = field(default_factory=dict)
    admin1: dict[tuple[str, str], float] = field(default_factory=dict)
    named: frozenset[tuple[str | None, ...]] = frozenset()
    anchors: tuple[Guess, ...] = ()
    home: frozenset[str] = frozenset()
    outlet: str | None = None
    peoples: frozenset[str] = frozenset()


def gather(
    guesses: Sequence[Guess],
    home: frozenset[str] = frozenset(),
    outlet: str | None = None,
    peoples: frozenset[str] = frozenset(),
) -> Context:
    """Return the context that first-pass readings of a document's mentions make."""
    countries: Counter[str] = Counter()
    admin1: Counter[tuple[str, str]] = Counter()
    named: set[tuple[str | None, ...]] = set()
    for guess in guesses:
        place = guess.place
        country = place.admin.country
        if country is None:
            continue
        countries[country] += guess.weight
        if place.admin.admin1 is not None:
            admin1[country, place.admin.admin1] += guess.weight
        key = unit_key(place)
        if key is not None:
            named.add(key)
    total = sum(countries.values()) or 1.0
    points = [g for g in guesses if g.place.lon is not None and _is_point(g.place)]
    points.sort(key=lambda guess: -guess.weight)
    return Context(
        countries={code: weight / total for code, weight in countries.items()},
        admin1={key: weight / total for key, weight in admin1.items()},
        named=frozenset(named),
        anchors=tuple(points[:_MOST_ANCHORS]),
        home=home,
        outlet=outlet,
        peoples=peoples,
    )


def unit_key(place: Place) -> tuple[str | None, ...] | None:
    """Return the codes of an administrative unit or country, ``None`` for other places."""
    codes = place.admin
    if place.feature_code.startswith("PCL"):
        return (codes.country,)
    if place.feature_code == "ADM1":
        return (codes.country, codes.admin1)
    if place.feature_code == "ADM2":
        return (codes.country, codes.admin1, codes.admin2)
    return None


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


def nearest_km(
    place: Place, anchors: Sequence[Guess], mention: Mention, beside: int
) -> tuple[float | None, float | None]:
    """Return the distances in km to the nearest anchor of another name, and to one nearby.

    The second counts only anchors within `beside` characters of the mention; both are ``None``
    without any. Equirectangular: within one per cent of the great circle at the distances that
    matter here.
    """
    best: float | None = None
    best_beside: float | None = None
    lon, lat, start = place.lon, place.lat, mention.span.start
    if lon is None or lat is None:
        return None, None
    scale = math.cos(math.radians(lat))
    for anchor in anchors:
        other = anchor.place
        if other.id == place.id or anchor.mention.text == mention.text:
            continue
        east = abs((other.lon or 0.0) - lon)
        if east > 180:
            east = 360 - east
        distance = _KM_PER_DEGREE * math.hypot(east * scale, (other.lat or 0.0) - lat)
        if best is None or distance < best:
            best = distance
        near = -beside <= anchor.mention.span.start - start <= beside
        if near and (best_beside is None or distance < best_beside):
            best_beside = distance
    return best, best_beside
