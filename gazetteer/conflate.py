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
_RAION_KM = 60.0  # no raion's farthest village is farther from its centre by much
_ALONE = 2.0  # the next namesake is at least so many times farther
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
    possible = {n.id: n for n in namesakes if _could_be_same(place, n)}
    nearest = _nearest(place, possible.values())
    return None if nearest is None else Sameness(place=nearest, rule="name")


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


def _nearest(place: Place, namesakes: Iterable[Place]) -> Place | None:
    """Return the namesake that is near enough, or alone in reach of a unit it stands at."""
    measured = ((place_distance_km(place, namesake), namesake) for namesake in namesakes)
    ranked = sorted(
        ((km, namesake.id, namesake) for km, namesake in measured if km is not None),
        key=lambda item: item[:2],
    )
    if not ranked:
        return None
    km, _id, nearest = ranked[0]
    if km <= _reach_km(place, nearest):
        return nearest
    is_alone = len(ranked) == 1 or ranked[1][0] >= _ALONE * km
    is_unlocated = "unit" in (place.located, nearest.located)
    same_region = place.admin.admin1 is not None and place.admin.admin1 == nearest.admin.admin1
    return nearest if is_unlocated and is_alone and same_region and km <= _RAION_KM else None


def _reach_km(place: Place, other: Place) -> float:
    radii = [
        p.radius_km or 0.0 for p in (place, other) if p.located == "unit" or p.feature_class == "A"
    ]
    return max([_NEAR_KM, *(radius * _UNIT_SLACK for radius in radii)])


def _join_admin(known: AdminCodes, new: AdminCodes) -> AdminCodes:
    return replace(
        known,
        country=known.country or new.country,
        admin1=known.admin1 or new.admin1,
        admin2=known.admin2 or new.admin2,
        admin3=known.admin3 or new.admin3,
    )
