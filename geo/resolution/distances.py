"""Measure how far the candidates of a document are from the places around each mention."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.resolution.columns import Slate
from geo.resolution.context import Guess

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KM_PER_DEGREE = 111.2
_BLOCK = 4096  # candidates measured at once: a long text has hundreds of thousands


def nearest_km(
    slate: Slate, others: Sequence[Guess], *groups: Sequence[Sequence[int]]
) -> list[NDArray[Any]]:
    """Return each candidate's distance in km to the nearest place of each group, else infinity.

    A group holds for each mention the numbers of some `others`. A place is not near itself.
    Equirectangular: within one per cent of the great circle at the distances that matter.
    """
    picked = [_padded(group, nothing=len(others)) for group in groups]
    ends = [0, *np.cumsum([columns.shape[1] for columns in picked]).tolist()]
    around, table = np.concatenate(picked, axis=1), _table(others, slate)
    best = np.empty((len(groups), len(slate.owner)))
    for first in range(0, len(slate.owner), _BLOCK):
        block = slice(first, first + _BLOCK)
        squares = _squares(slate, block, around, table)
        for number, (start, stop) in enumerate(pairwise(ends)):
            squares[:, start:stop].min(axis=1, out=best[number, block])
    return list(_KM_PER_DEGREE * np.sqrt(best))


def _padded(group: Sequence[Sequence[int]], *, nothing: int) -> NDArray[Any]:
    """Return the numbers as a matrix, the last columns filled up with `nothing`."""
    most = max(1, *map(len, group))
    return np.array([[*some, *[nothing] * (most - len(some))] for some in group])


def _table(others: Sequence[Guess], slate: Slate) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return points and place numbers, and behind them a place that is infinitely far away."""
    points = [(guess.place.lon or 0.0, guess.place.lat or 0.0) for guess in others]
    numbers = [slate.numbers.get(guess.place.id, -1) for guess in others]
    return np.array([*points, (0.0, inf)]).T, np.array([*numbers, -2])


def _squares(
    slate: Slate,
    block: slice,
    around: NDArray[Any],
    table: tuple[NDArray[Any], NDArray[Any]],
) -> NDArray[Any]:
    """Return squares of distances in degrees, a row a candidate, a column a place around it."""
    near = around[slate.owner[block]]
    (lons, lats), numbers = table
    lon, lat, scale = slate.points[:, block, np.newaxis]
    east = np.abs(lons[near] - lon)
    east = np.minimum(east, 360 - east) * scale
    north = lats[near] - lat
    squares: NDArray[Any] = east * east + north * north
    squares[numbers[near] == slate.places[block, np.newaxis]] = inf
    return squares
