"""Find where an administrative unit lies, and how far it reaches."""

from __future__ import annotations

from math import cos, radians, sqrt
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.distance import distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.making.units import Unit

_FAR_OFF_KM = 250.0  # an ISO point farther than this from the unit's own towns is another place's
_OUTSIDE = 0.5  # degrees
_LEAST_RADIUS_KM = 5.0
_KM_PER_DEGREE = 111.2


class Spot(NamedTuple):
    """Hold a point (degrees), what it was taken from, and a radius in km."""

    lon: float
    lat: float
    basis: str
    radius_km: float


def find_spots(
    units: Sequence[Unit],
    outlines: Mapping[str, BaseGeometry],
    iso_points: Mapping[str, tuple[float, float]],
) -> dict[int, Spot]:
    """Return the spot of each unit's row number.

    `basis` is ``label`` (Natural Earth's label point), ``outline`` (inside the outline),
    ``members`` (mean of the unit's towns, weighted by population), ``iso`` (iso3166-2's point)
    or ``parent`` (the unit that contains it: nothing better is known).
    """
    spots: dict[int, Spot] = {}
    shares = _area_shares(units, outlines)
    for unit in sorted(units, key=lambda unit: unit.code.count(".")):
        around = outlines.get(unit.code.rpartition(".")[0])
        iso_point = _near(around, iso_points.get(unit.iso))
        spot = _spot_of(unit, outlines.get(unit.key), iso_point, shares)
        parent = spots.get(unit.parent or 0)
        if spot is None and parent is not None:
            spot = parent._replace(basis="parent")
        if spot is not None:
            spots[unit.row] = spot
    return spots


def _near(
    around: BaseGeometry | None, point: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Return an ISO point unless it lies outside the unit above."""
    from shapely import Point

    if point and around is not None and not around.dwithin(Point(point), _OUTSIDE):
        return None
    return point


def half_diagonal_km(outline: BaseGeometry) -> float:
    """Return half the diagonal of an outline's box, in km; the 180th meridian is no border."""
    west, south, east, north = outline.bounds
    if east - west > 180:
        width = _width_across_the_date_line(outline)
        west, east = 0.0, width
    return distance_km(west, south, east, north) / 2


def _spot_of(
    unit: Unit,
    outline: BaseGeometry | None,
    iso_point: tuple[float, float] | None,
    shares: Mapping[int, float],
) -> Spot | None:
    from shapely import Point

    if outline is not None:
        radius = max(half_diagonal_km(outline), _LEAST_RADIUS_KM)
        if unit.label and outline.covers(Point(unit.label)):
            return Spot(*unit.label, "label", radius)
        inside = outline.representative_point()
        return Spot(inside.x, inside.y, "outline", radius)
    mean = _mean(unit.members)
    radius = max(_spread_km(mean, unit), shares.get(unit.parent or 0, 0.0), _LEAST_RADIUS_KM)
    if iso_point and (mean is None or distance_km(*iso_point, *mean) < _FAR_OFF_KM):
        return Spot(*iso_point, "iso", radius)
    return Spot(*mean, "members", radius) if mean else None


def _mean(members: Sequence[tuple[float, float, int]]) -> tuple[float, float] | None:
    if not members:
        return None
    weights = [population + 1 for _, _, population in members]
    total = sum(weights)
    first = members[0][0]
    lons = [lon - 360 * round((lon - first) / 360) for lon, _, _ in members]
    lon = sum(lon * weight for lon, weight in zip(lons, weights, strict=True)) / total
    lat = sum(member[1] * weight for member, weight in zip(members, weights, strict=True)) / total
    return ((lon + 180) % 360 - 180, lat)


def _spread_km(mean: tuple[float, float] | None, unit: Unit) -> float:
    if mean is None:
        return 0.0
    distances = sorted(distance_km(*mean, member[0], member[1]) for member in unit.members)
    return distances[int(len(distances) * 0.9)] if len(distances) > 1 else 0.0


def _area_shares(units: Sequence[Unit], outlines: Mapping[str, BaseGeometry]) -> dict[int, float]:
    """Return the radius a part of each unit would have if all its parts were alike squares."""
    counts: dict[int, int] = {}
    for unit in units:
        if unit.parent:
            counts[unit.parent] = counts.get(unit.parent, 0) + 1
    rows = {unit.row: outlines.get(unit.key) for unit in units}
    shares = {}
    for row, count in counts.items():
        outline = rows.get(row)
        if outline is not None:
            narrowing = cos(radians(outline.centroid.y))
            area = float(outline.area) * _KM_PER_DEGREE**2 * narrowing
            shares[row] = sqrt(area / count / 2)
    return shares


def _width_across_the_date_line(outline: BaseGeometry) -> float:
    boxes = [part.bounds for part in getattr(outline, "geoms", [outline])]
    west: float = min((box[0] for box in boxes if box[0] > 0), default=-180.0)
    east: float = max((box[2] for box in boxes if box[2] < 0), default=180.0)
    return min(east - west, 180.0) if east > west else east + 360 - west
