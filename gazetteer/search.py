"""Rank the places of a name for a person who searches, and say why."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.errors import UnknownPlaceError
from gazetteer.models import ScoredCandidate

if TYPE_CHECKING:
    from gazetteer.lookup import Gazetteer
    from gazetteer.models import Candidate

_SAME_COUNTRY = 3.0
_MOST_NEARNESS = 6.0
_SIMILARITY = 8.0
_BY_ITS_NAME = 2.0  # what a person types exactly is rarely meant as another name


def search_places(
    gazetteer: Gazetteer,
    name: str,
    *,
    near: str | tuple[float, float] | None = None,
    country: str | None = None,
    limit: int = 10,
) -> tuple[ScoredCandidate, ...]:
    """Return the candidates for `name`, best first; misspellings only where nothing else fits.

    Raises :class:`UnknownPlaceError` when `near` is a name that no place has.
    """
    point = _point(gazetteer, near, country)
    found = {c.place.id: c for c in gazetteer.fuzzy(name, limit=max(limit, 10))}
    found.update({c.place.id: c for c in gazetteer.lookup(name)})
    scored = (_score(candidate, point, country) for candidate in found.values())
    ranked = sorted(scored, key=lambda s: (-s.score, s.candidate.place.id))
    return tuple(ranked[:limit])


def _point(
    gazetteer: Gazetteer, near: str | tuple[float, float] | None, country: str | None
) -> tuple[float, float] | None:
    if near is None or isinstance(near, tuple):
        return near
    ranked = search_places(gazetteer, near, country=country, limit=1)
    place = ranked[0].candidate.place if ranked else None
    if place is None or place.lon is None or place.lat is None:
        raise UnknownPlaceError(f"no place called {near!r} to be near to")
    return (place.lon, place.lat)


def _score(
    candidate: Candidate, point: tuple[float, float] | None, country: str | None
) -> ScoredCandidate:
    place = candidate.place
    own = _BY_ITS_NAME if candidate.match in ("exact", "folded") else 0.0
    reasons = [(f"{candidate.match} name", own + _SIMILARITY * (candidate.similarity - 0.5))]
    if place.population:
        reasons.append((f"population {place.population}", log10(place.population) / 2))
    if country and place.admin.country == country.upper():
        reasons.append((f"in {country.upper()}", _SAME_COUNTRY))
    if point is not None and place.lon is not None and place.lat is not None:
        km = distance_km(*point, place.lon, place.lat)
        reasons.append((f"{km:.0f} km away", _MOST_NEARNESS / (1 + km / 50)))
    rounded = tuple((reason, round(value, 3)) for reason, value in reasons)
    return ScoredCandidate(
        candidate=candidate, score=round(sum(value for _, value in reasons), 3), reasons=rounded
    )
