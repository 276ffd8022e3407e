"""Gather points that crowd each other, always in the same way."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]


def gather(points: Sequence[Point], *, cell: float, smallest: int = 4) -> list[list[int]]:
    """Return groups of indexes: points of one cell of a grid together, where they are many.

    Cells are squares of side `cell`; those with fewer than `smallest` points leave each point
    alone. Groups that would cover each other become one, the largest first, and take in the
    single points below them.

    >>> gather([(1, 1), (2, 2), (3, 3), (90, 90)], cell=10, smallest=3)
    [[0, 1, 2], [3]]
    """
    cells: dict[tuple[int, int], list[int]] = {}
    for index, (x, y) in enumerate(points):
        cells.setdefault((math.floor(x / cell), math.floor(y / cell)), []).append(index)
    crowds = sorted((m for m in cells.values() if len(m) >= smallest), key=lambda m: (-len(m), m))
    alone = [[index] for m in cells.values() if len(m) < smallest for index in m]
    joined: list[list[int]] = []
    for members in crowds:
        at = middle(points, members)
        host = next((g for g in joined if math.dist(middle(points, g), at) < cell * 0.75), None)
        if host is None:
            joined.append(list(members))
        else:
            host.extend(members)
    middles = [middle(points, members) for members in joined]
    left = []
    for members in sorted(alone):
        near = (k for k, at in enumerate(middles) if math.dist(points[members[0]], at) < cell / 2)
        crowd = next(near, None)
        if crowd is None:
            left.append(members)
        else:
            joined[crowd].extend(members)
    return joined + left


def middle(points: Sequence[Point], members: Sequence[int]) -> Point:
    """Return the mean of some of the points."""
    return (
        sum(points[index][0] for index in members) / len(members),
        sum(points[index][1] for index in members) / len(members),
    )
