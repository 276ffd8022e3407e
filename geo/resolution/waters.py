"""Put rivers and seas where the text speaks of them: at the part nearest to places it names.

A river's middle tells nothing about "on the Dnipro near Kherson".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gazetteer.models import Place

_KM_PER_DEGREE = 111.2
_NEAR_KM = 150.0  # a place that a river passes farther off says nothing about it

Line = tuple[tuple[float, float], ...]


class Nearest(NamedTuple):
    """Hold a point in degrees, how far in km it is from a place, and that place."""

    lon: float
    lat: float
    km: float
    place: Place


def nearest_part(water: Place, others: Sequence[Place]) -> Nearest | None:
    """Return the point of a river or long sea that is nearest to one of `others`.

    ``None`` where none of them is near it, or no line of the water is known.
    """
    line = line_of(water)
    if line:
        near = nearest_on_line(line, others)
        return near if near is not None and near.km <= _NEAR_KM else None
    return None


@lru_cache(maxsize=512)
def _parse_line(text: str) -> Line:
    points = (point.split() for point in text.split(","))
    return tuple((float(lon), float(lat)) for lon, lat in points)


def line_of(place: Place) -> Line:
    """Return the vertices (lon, lat in degrees) of a river's line, none for other places."""
    for scheme, value in place.codes:
        if scheme == "line":
            return _parse_line(value)
    return ()


def nearest_on_line(line: Line, others: Sequence[Place]) -> Nearest | None:
    """Return the point of a line nearest to one of `others`, ``None`` without any.

    >>> from gazetteer.models import Place
    >>> town = Place(id="t", name="T", lon=1.0, lat=0.5, feature_class="P", feature_code="PPL")
    >>> nearest = nearest_on_line(((0.0, 0.0), (2.0, 0.0)), [town])
    >>> nearest.lon, nearest.lat, round(nearest.km)
    (1.0, 0.0, 56)
    """
    best: Nearest | None = None
    for other in others:
        if other.lon is None or other.lat is None:
            continue
        scale = math.cos(math.radians(other.lat))
        for one, two in pairwise(line):
            lon, lat = _foot(one, two, (other.lon, other.lat), scale)
            km = _KM_PER_DEGREE * math.hypot((lon - other.lon) * scale, lat - other.lat)
            if best is None or km < best.km:
                best = Nearest(round(lon, 3), round(lat, 3), km, other)
    return best


def _foot(
    one: tuple[float, float], two: tuple[float, float], point: tuple[float, float], scale: float
) -> tuple[float, float]:
    """Return the point of a segment nearest to `point`; longitudes shrink by `scale`."""
    east, north = (two[0] - one[0]) * scale, two[1] - one[1]
    length = east * east + north * north
    if not length:
        return one
    along = (point[0] - one[0]) * scale * east + (point[1] - one[1]) * north
    share = min(1.0, max(0.0, along / length))
    return one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])
