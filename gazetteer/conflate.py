"""Find the place that another source already knows, and join what both say of it.

Identifiers decide first (GeoNames id, KATOTTG, P-code, ISO 3166-2 …); then a shared name with
the same kind of place, the same country and region, near enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.distance import place_distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer.models import AdminCodes, Place

_NOT_IDENTIFIERS = frozenset({"approximate", "members", "line", "anchor", "continent", "iso3"})
_NEAR_KM = 5.0  # two sources' points of one village; 94 % of GeoNames postal points are nearer
_UNIT_SLACK = 1.25  # a unit's radius is a typical one, not its farthest corner


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """Say that a place is one already known, and which rule says so."""

    place: Place
    rule: str


def find_same(
    place: Place,
    namesakes: Iterable[Place],
    find_place: Callable[[str], Place | None],
) -> Sameness | None:
    """Return the known place that `place` is, or ``None``.

    `namesakes` are the known places with one of its names, `find_place` finds by an id or by
    ``scheme=code``. Rules, the first that answers: ``id``, ``code``, ``name``.
    """
    known = find_place(place.id)
    if known is not None:
        return Sameness(place=known, rule="id")
    for scheme, value in place.codes:
        known = None if scheme in _NOT_IDENTIFIERS else find_place(f"{scheme}={value}")
        if known is not None:
            return Sameness(place=known, rule="code")
    possible = [namesake for namesake in namesakes if _could_be_same(place, namesake)]
    near = [(d, n.id, n) for n in possible if (d := _nearness(place, n)) is not None]
    return Sameness(place=min(near)[2], rule="name") if near else None


def join_places(known: Place, new: Place, *, new_point_wins: bool) -> Place:
    """Return one place with the values of both, saying which source gave what.

    The known place keeps its id and name. The new point is taken where it is exact and the
    known one is not, or where `new_point_wins` (a user's own table).
    """
    takes_point = new.located == "exact" and (new_point_wins or known.located != "exact")
    provenance = dict(known.provenance)
    if takes_point and new.sources:
        provenance["point"] = new.sources[0]
    if known.population is None and new.population is not None and new.sources:
        provenance["population"] = new.sources[0]
    pointed = new if takes_point else known
    return replace(
        known,
        lon=pointed.lon,
        lat=pointed.lat,
        located=pointed.located,
        radius_km=pointed.radius_km,
        population=known.population if known.population is not None else new.population,
        admin=_join_admin(known.admin, new.admin),
        geonameid=known.geonameid or new.geonameid,
        codes=tuple(dict.fromkeys((*known.codes, *new.codes))),
        sources=tuple(dict.fromkeys((*known.sources, *new.sources))),
        provenance=tuple(sorted(provenance.items())),
    )


def _could_be_same(place: Place, other: Place) -> bool:
    mine, its = place.admin, other.admin
    agrees = all(
        a is None or b is None or a == b
        for a, b in ((mine.country, its.country), (mine.admin1, its.admin1))
    )
    same_kind = place.feature_class == other.feature_class and (
        place.feature_class != "A" or place.feature_code == other.feature_code
    )
    different = place.geonameid and other.geonameid and place.geonameid != other.geonameid
    return agrees and same_kind and not different


def _nearness(place: Place, other: Place) -> float | None:
    km = place_distance_km(place, other)
    if km is None:
        return None
    radii = [
        p.radius_km or 0.0 for p in (place, other) if p.located == "unit" or p.feature_class == "A"
    ]
    return km if km <= max([_NEAR_KM, *(radius * _UNIT_SLACK for radius in radii)]) else None


def _join_admin(known: AdminCodes, new: AdminCodes) -> AdminCodes:
    return replace(
        known,
        country=known.country or new.country,
        admin1=known.admin1 or new.admin1,
        admin2=known.admin2 or new.admin2,
        admin3=known.admin3 or new.admin3,
    )
