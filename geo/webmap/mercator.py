"""Place points on a web Mercator sheet, in metres, as the page does.

Source: EPSG:3857, spherical Mercator on a radius of 6378137 m.
"""

from __future__ import annotations

import math

RADIUS = 6378137.0
_LIMIT = 85.05


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return x and y in metres of a point in degrees, lon lat.

    >>> [round(v) for v in project(180.0, 0.0)]
    [20037508, 0]
    """
    clipped = math.radians(max(-_LIMIT, min(_LIMIT, lat)))
    return RADIUS * math.radians(lon), RADIUS * math.log(math.tan(math.pi / 4 + clipped / 2))


def stretch(lat: float) -> float:
    """Return how many sheet metres one metre on the ground takes at a latitude.

    >>> round(stretch(60.0), 6)
    2.0
    """
    return 1 / math.cos(math.radians(max(-_LIMIT, min(_LIMIT, lat))))


def round_length(metres: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten that is not above `metres`.

    >>> round_length(74_000.0)
    50000.0
    """
    power = 10.0 ** math.floor(math.log10(metres))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= metres)
