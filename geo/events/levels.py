"""Compare two places: which lies in the other, which is the town that the other lies near."""

from __future__ import annotations

from geo.events.context import Located

_UNITS = (3, 4, 6, 7)
_FAR_LARGER = 15


def contains(outer: Located, inner: Located) -> bool:
    """Tell whether a place is a unit, a country or a sea, and the other one finer."""
    level = outer.resolution.geo_precision
    return level in _UNITS and inner.resolution.geo_precision < level


def lies_in(inner: Located, outer: Located) -> bool:
    """Tell whether a place is finer than a unit and, as far as is known, lies in it."""
    one, two = inner.resolution.place, outer.resolution.place
    if not contains(outer, inner) or one is None or two is None:
        return False
    levels = ("country", "admin1", "admin2")
    codes = [(getattr(one.admin, level), getattr(two.admin, level)) for level in levels]
    return all(own in (None, unit) or unit is None for own, unit in codes)


def is_greater(other: Located, place: Located) -> bool | None:
    """Tell whether `other` is the town that a far smaller `place` lies near.

    ``False`` is the reverse, ``None`` that neither is: they are far apart, or of a size.
    """
    one, two = other.resolution, place.resolution
    if one.place is None or two.place is None or one.place.id == two.place.id:
        return None
    if "unit" in (one.method, two.method):  # a borrowed point tells no nearness
        return None
    if max(one.geo_precision, two.geo_precision) > 3 or one.lon is None or two.lon is None:
        return None
    if abs(one.lon - two.lon) > 1 or abs((one.lat or 0) - (two.lat or 0)) > 0.7:
        return None
    ratio = ((one.place.population or 300) + 1) / ((two.place.population or 300) + 1)
    return True if ratio > _FAR_LARGER else False if ratio < 1 / _FAR_LARGER else None
