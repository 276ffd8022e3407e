"""Say where Ukraine's hromadas lie, and which of their settlements cannot lie where they do."""

from __future__ import annotations

from collections import defaultdict
from math import cos, radians, sqrt
from statistics import median
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from gazetteer.making.codifier import Entry

SETTLEMENTS = frozenset("MTXC")
_KM_PER_DEGREE = 111.2
_LEAST_RADIUS_KM = 5.0
_TOO_FAR_KM = 50.0  # no hromada reaches so far from the middle of its settlements
_ENOUGH = 4


def drop_outliers(entries: list[Entry]) -> None:
    """Take the points from settlements that lie far from the others of their hromada.

    A point of GeoNames without a raion was taken for the only place of its name in the oblast.
    """
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.category in SETTLEMENTS and entry.point:
            members[entry.hromada].append(entry)
    for located in members.values():
        if len(located) < _ENOUGH:
            continue
        lon = median(entry.lon or 0.0 for entry in located)
        lat = median(entry.lat or 0.0 for entry in located)
        for entry in located:
            if distance_km(lon, lat, entry.lon or 0.0, entry.lat or 0.0) > _TOO_FAR_KM:
                entry.geonameid, entry.lon, entry.lat, entry.point = "", None, None, ""


def locate_hromadas(entries: list[Entry], outlines: Mapping[str, BaseGeometry]) -> None:
    """Give each hromada the point of its seat, or the mean of its located settlements."""
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.category in SETTLEMENTS:
            members[entry.hromada].append(entry)
    counts: dict[str, int] = defaultdict(int)
    for entry in entries:
        counts[entry.admin1] += entry.category == "H"
    for entry in entries:
        if entry.category == "H":
            outline = outlines[f"UA.{entry.admin1}"]
            _locate_hromada(entry, members[entry.hromada], _share_km(outline, counts[entry.admin1]))


def _locate_hromada(entry: Entry, members: list[Entry], least_km: float) -> None:
    located = [(m.lon, m.lat) for m in members if m.lon is not None and m.lat is not None]
    if not located:
        return
    seat = members[0]
    if seat.lon is not None and seat.lat is not None:
        entry.lon, entry.lat, entry.point = seat.lon, seat.lat, "seat"
    else:
        entry.lon = round(sum(lon for lon, _ in located) / len(located), 4)
        entry.lat = round(sum(lat for _, lat in located) / len(located), 4)
        entry.point = "members"
    reach = [distance_km(entry.lon, entry.lat, lon, lat) for lon, lat in located]
    entry.radius_km = max(_LEAST_RADIUS_KM, least_km, *reach)


def _share_km(outline: BaseGeometry, count: int) -> float:
    area = float(outline.area) * _KM_PER_DEGREE**2 * cos(radians(outline.centroid.y))
    return sqrt(area / count / 2)
