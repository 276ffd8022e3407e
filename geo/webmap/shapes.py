"""Carry the areas of imprecise events to the page: polygons, buffered lines, half-discs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

PARTS = 1000  # integers of a ring are thousandths of a degree
KM_PER_DEGREE = 111.195  # mean Earth radius 6371.0088 km
AREAL = (3, 4, 5, 7)
_WKT_COLUMNS = ("geometry_wkt", "area_wkt")
_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
_SHORT = {"n": "north", "ne": "northeast", "e": "east", "se": "southeast", "s": "south",
          "sw": "southwest", "w": "west", "nw": "northwest"}  # fmt: skip

Rings = list[list[list[int]]]


def to_shapes(
    frame: pd.DataFrame, columns: dict[str, Any]
) -> tuple[list[Rings], list[int | None], list[list[float]]]:
    """Return the distinct shapes, the shape of each row, and each shape's bounds.

    A row has a shape where its precision is 3, 4, 5 or 7 and its geometry (or WKT) is more
    than a point, or where it names a flank. Coordinates are WGS84 lon lat; bounds are west,
    south, east, north. A row without one is drawn by the page as a circle of its radius.
    """
    import shapely

    pool: dict[bytes, int | None] = {}
    shapes: list[Rings] = []
    bounds: list[list[float]] = []
    rows: list[int | None] = []
    for geometry in _geometries(frame, columns):
        key = b"" if geometry is None else shapely.to_wkb(geometry)
        if key not in pool:
            rings = None if geometry is None else encode_shape(geometry)
            pool[key] = len(shapes) if rings else None
            if rings and geometry is not None:
                shapes.append(rings)
                bounds.append([round(v, 3) for v in geometry.bounds])
        rows.append(pool[key])
    return shapes, rows, bounds


def half_disc(lon: float, lat: float, radius_km: float, flank: str) -> BaseGeometry | None:
    """Return the half of a disc that lies towards `flank`, as a polygon; ``None`` if unknown.

    >>> half_disc(38.0, 48.6, 20, "south").bounds[3]
    48.6
    """
    import shapely

    word = flank.strip().casefold().replace("-", "").removesuffix("ern")
    bearing = _BEARINGS.get(_SHORT.get(word, word))
    if bearing is None or not radius_km or abs(lat) > 85:
        return None
    north = radius_km / KM_PER_DEGREE
    east = north / math.cos(math.radians(lat))
    angles = [math.radians(bearing - 90 + step * 7.5) for step in range(25)]
    points = [(lon + east * math.sin(a), lat + round(north * math.cos(a), 9)) for a in angles]
    return shapely.Polygon(points)


def encode_shape(geometry: BaseGeometry) -> Rings | None:
    """Return polygons as rings of delta-coded thousandths of a degree, simplified for the page."""
    import shapely

    west, south, east, north = geometry.bounds
    tolerance = max(0.0015, math.hypot(east - west, north - south) / 500)
    simple = shapely.simplify(geometry, tolerance)
    parts = [p for p in shapely.get_parts([simple]) if p.geom_type == "Polygon" and not p.is_empty]
    parts.sort(key=lambda part: -part.area)
    kept = [part for part in parts[:60] if part.area > parts[0].area / 2000]
    coded = [[encode_ring(ring) for ring in (p.exterior, *p.interiors)] for p in kept]
    return [[ring for ring in rings if len(ring) >= 6] for rings in coded] or None


def encode_ring(ring: BaseGeometry) -> list[int]:
    """Return a closed ring as delta-coded thousandths of a degree, without its last point."""
    import numpy as np

    whole = np.round(np.asarray(ring.coords)[:-1, :2] * PARTS).astype(int)
    coded = np.concatenate([whole[:1], np.diff(whole, axis=0)])
    return [int(value) for value in coded.ravel()]


def _geometries(frame: pd.DataFrame, columns: dict[str, Any]) -> list[BaseGeometry | None]:
    count = len(frame)
    precision = _column(columns, "precision", count)
    radii = _column(columns, "geo_radius_km", count)
    flanks: list[object] = [None] * count
    if "area_flank" in frame.columns:
        flanks = frame["area_flank"].tolist()
    shapes = _own_geometries(frame)
    found: list[BaseGeometry | None] = [None] * count
    for row in range(count):
        if precision[row] not in AREAL:
            continue
        shape = shapes[row]
        if shape is not None and shape.geom_type in ("LineString", "MultiLineString"):
            shape = shape.buffer(min(radii[row] or 5.0, 50.0) / KM_PER_DEGREE)
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
            shape = None
            flank = flanks[row]
            if isinstance(flank, str) and radii[row]:
                lon, lat = columns["lon"]["v"][row], columns["lat"]["v"][row]
                shape = half_disc(lon, lat, radii[row], flank)
        found[row] = shape
    return found


def _column(columns: dict[str, Any], name: str, count: int) -> list[Any]:
    return list(columns[name]["v"]) if name in columns else [None] * count


def _own_geometries(frame: pd.DataFrame) -> list[BaseGeometry | None]:
    """Return each row's geometry, from WKT where that is given; broken WKT counts as none."""
    import shapely

    active: list[BaseGeometry | None] = [None] * len(frame)
    name = getattr(frame, "_geometry_column_name", None)
    if name in frame.columns:
        active = [g if g is not None and not g.is_empty else None for g in frame[name].values]
    for column in _WKT_COLUMNS:
        if column in frame.columns:
            texts = [v if isinstance(v, str) else None for v in frame[column].tolist()]
            parsed = shapely.from_wkt(texts, on_invalid="ignore")
            active = [p if p is not None else a for p, a in zip(parsed, active, strict=True)]
    return active
