"""Cut the outline basemap to the surroundings of the events."""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]
Coded = list[list[list[int]]]  # polygons of rings of delta-coded integers
Json = Any  # what a file of the archive holds

WORLD: Box = (-180.0, -60.0, 180.0, 80.0)
BUDGET = 90_000  # characters of admin-1 outlines that a page may carry
_DETAILS = ("fine", "coarse")
_CITIES = 70
_ASPECT = 1.6
_AROUND = 25.0  # degrees of far land around the box
_WIDE = 70.0  # degrees: wider than this, admin-1 units are drawn where events are only


def surround(lons: list[float], lats: list[float]) -> Box:
    """Return west, south, east, north in whole degrees around the points; the world if none.

    The box has the shape of a screen, so that a map of all events shows no end of the outlines.

    >>> surround([30.5], [50.2])
    (25.0, 48.0, 36.0, 53.0)
    """
    if not lons:
        return WORLD
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    dx, dy = max(3.0, (east - west) * 0.45), max(2.0, (north - south) * 0.45)
    wide, high = east - west + 2 * dx, north - south + 2 * dy
    flat = math.cos(math.radians((south + north) / 2))
    dx += max(0.0, min(_ASPECT * high / max(flat, 0.2), _WIDE - 8) - wide) / 2
    dy += max(0.0, min(wide * flat / _ASPECT, _WIDE - 8) - high) / 2
    return (
        max(-180.0, float(math.floor(west - dx))),
        max(-85.0, float(math.floor(south - dy))),
        min(180.0, float(math.ceil(east + dx))),
        min(85.0, float(math.ceil(north + dy))),
    )


def cut_basemap(
    lons: list[float], lats: list[float], *, language: str = "en", bounds: Box | None = None
) -> dict[str, Any]:
    """Return the outlines around the events, ready for the page.

    ``units`` are admin-1 units clipped to ``box`` at a detail that fits the budget, ``rest`` is
    the land outside it at the coarsest detail, ``countries`` and ``cities`` are labels. A shape
    is a list of polygons of delta-coded rings in parts of a degree, lon lat. Source: Natural
    Earth (public domain) and GeoNames (CC BY 4.0), see data/make_basemap.py.
    """
    box = bounds or surround(lons, lats)
    index = _read("index.json")
    wide = box[2] - box[0] > _WIDE
    box = WORLD if wide else box
    near = [code for code, row in index["countries"].items() if _meets(row["b"], box)]
    near = _hosts(lons, lats, near, index) if wide else near
    detail, units = _choose_detail(near, box, index["parts"], clip=not wide)
    tongue = index["languages"].index(language) if language in index["languages"] else 0
    return {
        "box": [round(v, 3) for v in box],
        "parts": {"units": index["parts"][detail], "rest": index["parts"]["world"]},
        "units": [_unit(unit, tongue) for unit in units],
        "rest": _rest({unit["k"] for unit in units}, box, index["parts"]["world"], clip=not wide),
        "countries": _country_labels(index, tongue),
        "cities": _cities(near, box, tongue),
        "source": index["source"],
    }


def decode_shape(coded: Coded, parts: int) -> BaseGeometry:
    """Return delta-coded polygons as one shapely geometry in degrees, lon lat.

    >>> decode_shape([[[0, 0, 10, 0, 0, 10]]], 10).area
    0.5
    """
    import numpy as np
    import shapely

    polygons = []
    for rings in coded:
        points = [np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / parts for ring in rings]
        polygons.append(shapely.Polygon(points[0], points[1:]))
    return shapely.MultiPolygon(polygons) if len(polygons) != 1 else polygons[0]


def _clip(coded: Coded, parts: int, box: Box) -> Coded:
    import shapely

    shape = decode_shape(coded, parts)
    if _inside(shape.bounds, box):
        return coded
    return _encode(shapely.clip_by_rect(_valid(shape), *box), parts)


def _valid(shape: BaseGeometry) -> BaseGeometry:
    import shapely

    return shape if shape.is_valid else shapely.make_valid(shape)


def _inside(bounds: Box, box: Box) -> bool:
    west, south, east, north = bounds
    return bool(box[0] <= west and box[1] <= south and east <= box[2] and north <= box[3])


def _encode(shape: BaseGeometry, parts: int) -> Coded:
    import numpy as np
    import shapely

    found = []
    flat = shapely.get_parts(shapely.get_parts([shape]))
    for polygon in flat:
        if polygon.geom_type != "Polygon" or polygon.is_empty:
            continue
        rings = []
        for ring in (polygon.exterior, *polygon.interiors):
            whole = np.round(np.asarray(ring.coords)[:-1, :2] * parts).astype(int)
            rings.append(np.concatenate([whole[:1], np.diff(whole, axis=0)]).ravel().tolist())
        found.append([ring for ring in rings if len(ring) >= 6])
    return [rings for rings in found if rings]


def _rest(held: set[str], box: Box, parts: int, *, clip: bool) -> list[Any]:
    """Return the land that no unit draws: other countries, or all land outside the box."""
    import shapely

    rows = _read("world.json")
    if not clip:
        return [row["g"] for row in rows if row["c"] not in held]
    window = shapely.box(*box)
    found = []
    for row in rows:
        far, near = _split(row["g"], parts, box)
        if near:
            shape = _valid(decode_shape(near, parts))
            far = far + _encode(shape.difference(window), parts)
        found.append(far)
    return [coded for coded in found if coded]


def _split(coded: Coded, parts: int, box: Box) -> tuple[Coded, Coded]:
    """Return the polygons around the box, those apart from it and those that meet it."""
    import numpy as np

    far: Coded = []
    near: Coded = []
    wide = (box[0] - _AROUND, box[1] - _AROUND, box[2] + _AROUND, box[3] + _AROUND)
    for rings in coded:
        points = np.cumsum(np.reshape(rings[0], (-1, 2)), axis=0) / parts
        bounds = (*points.min(axis=0), *points.max(axis=0))
        if _meets(bounds, box):
            near.append(rings)
        elif _meets(bounds, wide):
            far.append(rings)
    return far, near


def _meets(one: Sequence[float], other: Sequence[float]) -> bool:
    return bool(
        one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
    )


def _hosts(
    lons: list[float], lats: list[float], near: list[str], index: dict[str, Any]
) -> list[str]:
    """Return the countries whose bounds hold events, those with most events first."""
    import numpy as np

    x, y = np.array(lons), np.array(lats)
    counts = {}
    for code in near:
        west, south, east, north = index["countries"][code]["b"]
        inside = (west <= x) & (x <= east) & (south <= y) & (y <= north)
        counts[code] = int(np.count_nonzero(inside))
    return sorted((c for c in near if counts[c]), key=lambda c: (-counts[c], c))


def _choose_detail(
    near: list[str], box: Box, parts: dict[str, int], *, clip: bool
) -> tuple[str, list[dict[str, Any]]]:
    """Return the finest detail whose units fit the budget, and its units cut to the box.

    At the coarser detail, countries that no longer fit are left to the coarsest outlines.
    """
    for detail in _DETAILS:
        units, used = [], 0
        for code in near:
            rows = [row for row in _read(f"{code}.{detail}.json") if _meets(row["b"], box)]
            cut = [
                {**row, "k": code, "g": _clip(row["g"], parts[detail], box) if clip else row["g"]}
                for row in rows
            ]
            cost = sum(len(str(row["g"])) * 4 // 5 for row in cut)
            if detail == "coarse" and used and used + cost > BUDGET and not clip:
                continue
            used += cost
            units += [row for row in cut if row["g"]]
        if used <= BUDGET:
            break
    return detail, units


def _unit(unit: dict[str, Any], tongue: int) -> dict[str, Any]:
    return {"c": unit["c"], "k": unit["k"], "n": unit["n"][tongue], "p": unit["p"], "g": unit["g"]}


def _country_labels(index: dict[str, Any], tongue: int) -> list[list[Any]]:
    rows = sorted(index["countries"].items(), key=lambda item: (item[1]["r"], item[0]))
    return [[row["n"][tongue], *row["p"], row["r"]] for _, row in rows if row["r"] <= 5]


def _cities(near: list[str], box: Box, tongue: int) -> list[list[Any]]:
    """Return the larger cities as lon, lat, name; names are few where all languages share one."""
    found = [
        city
        for code in near
        for city in _read(f"{code}.cities.json")
        if box[0] <= city[0] <= box[2] and box[1] <= city[1] <= box[3]
    ]
    found.sort(key=lambda city: (-city[3], city[2]))
    return [
        [lon, lat, names[min(tongue, len(names) - 1)]] for lon, lat, names, _ in found[:_CITIES]
    ]


@cache
def _read(name: str) -> Json:
    source = files("geo.webmap").joinpath("data/basemap.zip")
    with as_file(source) as path, zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(name))
