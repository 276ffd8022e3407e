"""Write GeoJSON as RFC 7946 asks: longitude first, rings counter-clockwise, no ``crs``, bbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.rows import Box, plain_rows

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

PRECISION = 5


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write one FeatureCollection, one feature a line; ``event_id`` is the feature's ``id``.

    Unresolved events have a null geometry. The foreign members ``title``, ``description`` and
    ``attribution`` (RFC 7946, 6.1) say what the file is.
    """
    import orjson

    heading = _heading(about)
    if frame.geometry.notna().any():
        heading["bbox"] = _box(frame.total_bounds)
    with replacing(path) as temporary, temporary.open("wb") as stream:
        stream.write(orjson.dumps(heading)[:-1])
        _write_features(stream, _features(frame))
        stream.write(b"}\n")


def write_parts(parts: Iterable[GeoDataFrame], path: Path, *, about: About, located: bool) -> None:
    """Write frames that come one after the other as one collection; its bbox stands at the end."""
    import orjson

    box = Box()
    with replacing(path) as temporary, temporary.open("wb") as stream:
        stream.write(orjson.dumps(_heading(about))[:-1])
        _write_features(stream, (f for part in parts for f in _features(box.around(part))))
        bounds = box.bounds
        stream.write(b',"bbox":%s}\n' % orjson.dumps(_box(bounds)) if bounds else b"}\n")


def _heading(about: About) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "title": about.title,
        "description": about.note,
        "attribution": list(about.attribution),
    }


def _write_features(stream: IO[bytes], features: Iterable[bytes]) -> None:
    stream.write(b',"features":[')
    separator = b"\n"
    for feature in features:
        stream.write(separator + feature)
        separator = b",\n"
    stream.write(b"\n]")


def _features(frame: GeoDataFrame) -> Iterator[bytes]:
    import orjson

    known: dict[bytes, tuple[bytes, list[float] | None]] = {}
    shapes = frame.geometry.to_numpy()
    for properties, shape in zip(plain_rows(frame), shapes, strict=True):
        geometry, box = _geometry(shape, known)
        feature = {
            "type": "Feature",
            "id": properties["event_id"],
            "geometry": orjson.Fragment(geometry),
            "properties": properties,
        }
        if feature["id"] is None:
            del feature["id"]
        yield orjson.dumps(feature | ({"bbox": box} if box else {}))


def _geometry(
    shape: BaseGeometry | None, known: dict[bytes, tuple[bytes, list[float] | None]]
) -> tuple[bytes, list[float] | None]:
    """Return a geometry as JSON, and for areas the bbox; each outline is made once."""
    if shape is None or shape.is_empty:
        return b"null", None
    if shape.geom_type == "Point":
        lon, lat = (round(value, PRECISION) for value in shape.bounds[:2])
        return b'{"type":"Point","coordinates":[%s,%s]}' % (
            repr(lon).encode(),
            repr(lat).encode(),
        ), None
    if shape.wkb not in known:
        known[shape.wkb] = _outline(shape)
    return known[shape.wkb]


def _outline(shape: BaseGeometry) -> tuple[bytes, list[float] | None]:
    import shapely

    tidy = shapely.set_precision(shape, 10**-PRECISION)
    tidy = shape if tidy.is_empty else tidy
    turned = shapely.orient_polygons(tidy)
    return shapely.to_geojson(_rounded(turned)).encode(), _box(turned.bounds)


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    import shapely

    return shapely.transform(shape, lambda xy: xy.round(PRECISION))


def _box(bounds: Any) -> list[float]:  # noqa: ANN401 - four floats, as tuple or array
    return [round(float(value), PRECISION) for value in bounds]
