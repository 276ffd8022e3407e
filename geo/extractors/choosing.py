"""Choose among the gazetteer's candidates by what an extractor tells of a place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.events.whereabouts import distance_km
from geo.extractors.proposals import PlaceKind, ToldPlace
from geo.models import RankedCandidate, Resolution

if TYPE_CHECKING:
    from gazetteer.models import Candidate, Place

Units = frozenset[tuple[str | None, str | None]]
_REACH_KM = 40.0
_DISTRICT = 3
_WIDEST_KM = 60.0
_POINTS = ("city", "village", "facility")
_CODES: dict[PlaceKind, tuple[str, ...]] = {
    "city": ("P",), "village": ("P",), "facility": ("S", "P"),
    "admin2": ("ADM2", "ADM3", "ADM4", "A"), "admin1": ("ADM1",), "country": ("PCL",),
    "region": ("L", "T", "ADM1", "CONT", "H"), "water": ("H",), "other": ("P", "S", "L", "T", "H"),
}  # fmt: skip


def rank_told(
    told: ToldPlace,
    candidates: Iterable[Candidate],
    units: Units,
    chances: dict[str, float],
    beside: Sequence[Resolution],
) -> list[RankedCandidate]:
    """Rank the candidates that fit what is told, best first, with scores that add up to 1.

    `units` are the codes of the first-level unit told, `chances` our own reading of the mention
    by place, `beside` the places that are named with it.
    """
    ranked = []
    for candidate in fitting(candidates, told, units):
        reasons = (
            *_reasons(candidate, told, units, chances),
            ("beside", _nearness(candidate.place, beside)),
        )
        score = sum(weight for _, weight in reasons)
        ranked.append(RankedCandidate(candidate=candidate, score=score, reasons=reasons))
    ranked.sort(key=lambda r: (-r.score, r.candidate.place.id))
    return _as_shares(ranked)


def fitting(
    found: Iterable[Candidate],
    told: ToldPlace,
    units: Units,
) -> list[Candidate]:
    """Leave out what lies in another country or unit than told, and what is of another sort."""
    kept = []
    for candidate in found:
        place = candidate.place
        admin = place.admin
        point = told.kind in _POINTS
        if told.country and (admin.country or point) and admin.country != told.country:
            continue
        if units and admin.admin1 and (admin.country, admin.admin1) not in units:
            continue
        if not _is_kind(place, told.kind):
            continue
        kept.append(candidate)
    return kept


def _is_kind(place: Place, kind: PlaceKind) -> bool:
    areal = place.feature_code.startswith(("PCL", "CONT")) or place.feature_code == "ADM1"
    if kind in _POINTS:
        return not areal
    if kind in ("country", "admin1"):
        return place.feature_class != "P"
    return True


def _reasons(
    candidate: Candidate,
    told: ToldPlace,
    units: Units,
    chances: dict[str, float],
) -> tuple[tuple[str, float], ...]:
    place = candidate.place
    codes = _CODES[told.kind]
    reasons = {
        "told country": 2.0 * (told.country is not None and place.admin.country == told.country),
        "told unit": 2.0 * ((place.admin.country, place.admin.admin1) in units),
        "told kind": 1.5 * place.feature_code.startswith(codes)
        + 0.5 * (place.feature_class in codes),
        "our reading": 3.0 * chances.get(place.id, 0.0),
        "exact name": 1.0 * candidate.similarity,
        "located": 0.5 * (place.located == "exact"),
        "population": (0.5 if told.kind == "city" else 0.15)
        * math.log10((place.population or 0) + 1),
    }
    return tuple((name, round(weight, 2)) for name, weight in reasons.items() if weight)


def _nearness(place: Place, beside: Sequence[Resolution]) -> float:
    """Return 0 to 2, falling with the distance to the nearest place that is named beside."""
    if place.lon is None or place.lat is None:
        return 0.0
    gaps = [
        distance_km(place.lon, place.lat, other.lon, other.lat)
        for other in beside
        if is_close(other) and other.lon is not None and other.lat is not None
    ]
    return round(2.0 * math.exp(-min(gaps) / _REACH_KM), 2) if gaps else 0.0


def _as_shares(ranked: Sequence[RankedCandidate]) -> list[RankedCandidate]:
    """Turn scores into shares of 1 (softmax), so that they compare with our own."""
    if not ranked:
        return []
    powers = [math.exp(r.score - ranked[0].score) for r in ranked]
    whole = sum(powers)
    return [
        replace(r, score=round(power / whole, 4)) for r, power in zip(ranked, powers, strict=True)
    ]


def is_close(named: Resolution) -> bool:
    """Tell whether a place is small enough to stand for one that lies in it or beside it."""
    return named.geo_precision <= _DISTRICT and (named.radius_km or 0.0) <= _WIDEST_KM
