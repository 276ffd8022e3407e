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
    written = written_line(place)
    return _parse_line(written) if written else ()


def written_line(place: Place) -> str | None:
    """Return a river's line as the gazetteer keeps it, ``None`` for other places."""
    return next((value for scheme, value in place.codes if scheme == "line"), None)


@lru_cache(maxsize=16_384)
def km_to_line(written: str, lon: float, lat: float) -> float:
    """Return the distance in km of a point in degrees to a line as the gazetteer keeps it."""
    return km_from(_parse_line(written), lon, lat)


def km_from(line: Line, lon: float, lat: float) -> float:
    """Return the distance in km of a point in degrees to a line, infinite without any."""
    scale = math.cos(math.radians(lat))
    feet = [_foot(one, two, (lon, lat), scale) for one, two in pairwise(line)]
    return min([_km(foot, (lon, lat), scale) for foot in feet], default=math.inf)


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
            foot = _foot(one, two, (other.lon, other.lat), scale)
            km = _km(foot, (other.lon, other.lat), scale)
            if best is None or km < best.km:
                best = Nearest(round(foot[0], 3), round(foot[1], 3), km, other)
    return best


def _km(one: tuple[float, float], other: tuple[float, float], scale: float) -> float:
    return _KM_PER_DEGREE * math.hypot((one[0] - other[0]) * scale, one[1] - other[1])


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
