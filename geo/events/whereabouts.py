"""Compare where and when events are, each with its neighbours alone."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from geo.models import Event, Resolution

EXACT = 2  # geo_precision up to which points are compared with each other
_EARTH_KM = 6371.0
_LONGEST = 31  # days that are listed one by one
Place = str | tuple[int, int, int]
Days = tuple[date, date]


def places_of(place: Resolution | None, limit_km: float) -> list[Place]:
    """Return the keys of a place: its identifier and, where it is exact, its cube of space.

    Cubes have edges of the limit, so that points within it lie in the same cube or in
    neighbouring ones, whatever the longitude.
    """
    keys: list[Place] = []
    if place is None:
        return keys
    if place.place is not None:
        keys.append(place.place.id)
    if place.lon is not None and place.lat is not None and _is_exact(place):
        keys.append(cube_of(place.lon, place.lat, limit_km))
    return keys


def cube_of(lon: float, lat: float, edge_km: float) -> tuple[int, int, int]:
    """Return the cube that a point on the sphere lies in."""
    east, north = math.radians(lon), math.radians(lat)
    scale = _EARTH_KM / edge_km
    flat = math.cos(north) * scale
    return (
        math.floor(flat * math.cos(east)),
        math.floor(flat * math.sin(east)),
        math.floor(math.sin(north) * scale),
    )


def cubes_around(cube: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield a cube and its 26 neighbours."""
    for x, y, z in product((-1, 0, 1), repeat=3):
        yield cube[0] + x, cube[1] + y, cube[2] + z


class Whereabouts:
    """Find numbered events near a place and its days: none is missed, some may be too far."""

    def __init__(self, limit_km: float, days: int) -> None:
        self._limit_km = limit_km
        self._slack = timedelta(days=days)
        self._short: dict[tuple[Place, date], list[int]] = defaultdict(list)
        self._long: dict[Place, list[int]] = defaultdict(list)
        self._all: dict[Place, list[int]] = defaultdict(list)

    def add(self, number: int, place: Resolution | None, days: Days | None) -> None:
        """Remember an event; one without a place or days has no neighbours."""
        if days is None:
            return
        for key in places_of(place, self._limit_km):
            self._all[key].append(number)
            if (days[1] - days[0]).days > _LONGEST:
                self._long[key].append(number)
            else:
                for day in _each_day(*days):
                    self._short[key, day].append(number)

    def near(self, place: Resolution | None, days: Days | None) -> list[int]:
        """Return the numbers of all events that may be near, in order."""
        if days is None:
            return []
        first = max(days[0], date.min + self._slack) - self._slack
        last = min(days[1], date.max - self._slack) + self._slack
        found: set[int] = set()
        for own in places_of(place, self._limit_km):
            for key in [own] if isinstance(own, str) else cubes_around(own):
                if (last - first).days > 2 * _LONGEST:
                    found.update(self._all.get(key, ()))
                    continue
                found.update(self._long.get(key, ()))
                for day in _each_day(first, last):
                    found.update(self._short.get((key, day), ()))
        return sorted(found)


def _each_day(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def is_near(one: Resolution | None, other: Resolution | None, limit_km: float) -> bool:
    """Tell whether two places are the same, or exact points within a distance in km."""
    if one is None or other is None:
        return False
    if one.place is not None and other.place is not None and one.place.id == other.place.id:
        return True
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return False
    if not (_is_exact(one) and _is_exact(other)):
        return False
    return distance_km(one.lon, one.lat, other.lon, other.lat) <= limit_km


def _is_exact(place: Resolution) -> bool:
    """Tell a point of a place's own from one that it was lent by its unit or neighbour."""
    return place.geo_precision <= EXACT and place.method != "unit"


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the great-circle distance of two points in km (haversine, mean radius 6371 km).

    >>> round(distance_km(36.25, 49.98, 30.52, 50.45))
    411
    """
    lon, lat, other_lon, other_lat = map(math.radians, (lon, lat, other_lon, other_lat))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def days_of(event: Event) -> tuple[date, date] | None:
    """Return the days of an event; one without a date is put at its report's publication."""
    interval = event.interval
    if interval is not None and (interval.start or interval.end):
        start, end = interval.start or interval.end, interval.end or interval.start
        assert start is not None and end is not None  # noqa: S101 - one of both is known
        return start, end
    published = event.evidence[0].published if event.evidence else None
    return (published, published) if published else None


def published_on(event: Event) -> date:
    """Return the day of the latest report of an event; the first day of all when unknown."""
    return max((e.published for e in event.evidence if e.published), default=date.min)
