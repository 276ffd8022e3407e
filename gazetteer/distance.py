"""Measure distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.models import Place

EARTH_KM = 6371.0088  # mean radius, IUGG


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the great-circle distance between two points in degrees, in km (haversine).

    >>> round(distance_km(35.117, 47.852, 36.230, 49.988))
    251
    """
    half = (
        sin(radians(other_lat - lat) / 2) ** 2
        + cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def place_distance_km(place: Place, other: Place) -> float | None:
    """Return the distance between two places' points in km, ``None`` where one has no point."""
    if place.lon is None or place.lat is None or other.lon is None or other.lat is None:
        return None
    return distance_km(place.lon, place.lat, other.lon, other.lat)
