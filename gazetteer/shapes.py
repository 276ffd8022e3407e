"""Draw the shape of a place: its own outline, the sum of its members, or its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.outlines import to_wkt

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from gazetteer.models import Place


def shape_of_place(
    place: Place,
    find_outline: Callable[[str], BaseGeometry | None],
    find_place: Callable[[str], Place | None],
) -> str | None:
    """Return the WKT (lon lat) of a place's shape, ``None`` where it has only a point.

    A region that is the sum of units gets their union, but only if all of them have outlines.
    """
    outline = find_outline(place.id)
    if outline is not None:
        return to_wkt(outline)
    codes = dict(place.codes)
    if "line" in codes:
        return f"LINESTRING ({codes['line'].replace(',', ', ')})"
    if "members" not in codes:
        return None
    units = [find_place(f"={path}") for path in codes["members"].split()]
    outlines = [find_outline(unit.id) if unit else None for unit in units]
    return _union([outline for outline in outlines if outline is not None], len(units))


def _union(outlines: list[BaseGeometry], expected: int) -> str | None:
    if len(outlines) < expected:
        return None
    import shapely

    return to_wkt(shapely.union_all(outlines))
