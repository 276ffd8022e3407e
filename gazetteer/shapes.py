"""Draw the shape of a place: its own outline, the sum of its members, or its line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.outline_file import outline_keys_at, read_outline
from gazetteer.outlines import to_wkt
from gazetteer.unit_codes import unit_path

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


def packed_outline(place: Place) -> BaseGeometry | None:
    """Return the outline of a country or unit from the embedded outline file."""
    path = unit_path(place)
    keys = [path[1:]] if path else []
    keys += [f"iso:{value}" for scheme, value in place.codes if scheme == "iso_3166_2"]
    return next((shape for key in keys if (shape := _read(key)) is not None), None)


def packed_units_at(
    lon: float, lat: float, find_place: Callable[[str], Place | None]
) -> list[Place]:
    """Return the countries and units of the outline file that hold a point, smallest first."""
    import shapely

    point = shapely.Point(lon, lat)
    found = []
    for key in outline_keys_at(lon, lat):
        shape = _read(key)
        code = f"iso_3166_2={key[4:]}" if key.startswith("iso:") else f"={key}"
        place = find_place(code)
        if shape is not None and place is not None and shape.covers(point):
            found.append((shape.area, place.id, place))
    return [place for _area, _id, place in sorted(found, key=lambda item: item[:2])]


@lru_cache(maxsize=256)
def _read(key: str) -> BaseGeometry | None:
    import shapely

    shape = read_outline(key)
    if shape is not None:
        shapely.prepare(shape)
    return shape


def _union(outlines: list[BaseGeometry], expected: int) -> str | None:
    if len(outlines) < expected:
        return None
    import shapely

    return to_wkt(shapely.union_all(outlines))
