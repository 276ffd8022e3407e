"""Cut events into blocks of place and time that no reconciliation reaches across.

Two reports can only be joined where their places are the same or near, and their days touch.
Events are linked by place (the same identifier, or points within the limit of each other), then
what one place's links hold together is cut wherever time leaves a gap. A joined event takes its
place and its days from its reports, so it never leaves their block: reconciling block by block
equals reconciling all at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from geo.events.reconciliation import ReconcileRules
from geo.events.whereabouts import EXACT, cube_of, cubes_around, distance_km


class Key(NamedTuple):
    """Hold what decides where an event belongs; ``first`` and ``last`` bound all its days."""

    place_id: str | None
    lon: float | None
    lat: float | None
    geo_precision: int
    is_area: bool
    first: date | None
    last: date | None


def assign_blocks(keys: Sequence[Key], rules: ReconcileRules) -> list[int]:
    """Return the number of the block of each event, numbered in the order of first events."""
    places = _link_places(keys, rules.distance_km)
    members: dict[tuple[int, bool], list[int]] = defaultdict(list)
    blocks = [-1] * len(keys)
    for position, key in enumerate(keys):
        if key.place_id is not None or key.lon is not None:
            members[places[position], key.is_area].append(position)
    names: dict[int, tuple[int, ...]] = {}
    for (_, is_area), positions in members.items():
        for cluster in _clusters(keys, positions, rules, whole=is_area):
            for position in cluster:
                names[position] = (cluster[0],)
    numbers: dict[tuple[int, ...], int] = {}
    for position in range(len(keys)):
        name = names.get(position, (position,))
        blocks[position] = numbers.setdefault(name, len(numbers))
    return blocks


def _clusters(
    keys: Sequence[Key], positions: Sequence[int], rules: ReconcileRules, *, whole: bool
) -> Iterator[list[int]]:
    """Yield groups whose days touch; areas stay together, because a total has no days."""
    if whole:
        yield list(positions)
        return
    slack = timedelta(days=rules.days)
    dated = []
    for position in positions:
        first, last = keys[position].first, keys[position].last
        if first is None or last is None:
            yield [position]
        else:
            dated.append((first, last, position))
    group: list[int] = []
    reach: date | None = None
    for first, last, position in sorted(dated):
        if reach is not None and first > reach:
            yield sorted(group)
            group, reach = [], None
        group.append(position)
        end = min(last, date.max - slack) + slack
        reach = end if reach is None else max(reach, end)
    if group:
        yield sorted(group)


def _link_places(keys: Sequence[Key], limit_km: float) -> list[int]:
    """Return for each event the number of its group of places that are linked."""
    groups = _Groups(len(keys))
    named: dict[str, int] = {}
    points: dict[tuple[float, float], int] = {}
    for position, key in enumerate(keys):
        if key.place_id is not None:
            groups.join(position, named.setdefault(key.place_id, position))
        if key.lon is not None and key.lat is not None and key.geo_precision <= EXACT:
            groups.join(position, points.setdefault((key.lon, key.lat), position))
    for one, other in _near_points(points, limit_km):
        groups.join(points[one], points[other])
    return [groups.find(position) for position in range(len(keys))]


def _near_points(
    points: Iterable[tuple[float, float]], limit_km: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the pairs of points within the limit of each other."""
    cubes: dict[tuple[int, int, int], list[tuple[float, float]]] = defaultdict(list)
    for point in sorted(points):
        own = cube_of(*point, limit_km)
        for cube in cubes_around(own):
            for other in cubes.get(cube, ()):
                if distance_km(*point, *other) <= limit_km:
                    yield point, other
        cubes[own].append(point)


class _Groups:
    """Join numbers into groups (union-find with halved paths); the least names a group."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def find(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first
