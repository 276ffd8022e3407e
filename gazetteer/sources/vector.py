"""Read features of GeoJSON, GeoPackage, shapefile or FlatGeobuf: properties and a shape each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from gazetteer.distance import distance_km
from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.sources.importing import Skip

_JSON = frozenset({".json", ".geojson"})
_LEAST_RADIUS_KM = 0.5


class Feature(NamedTuple):
    """Hold a feature, its number (from 1), its properties, its shape (lon lat, degrees)."""

    number: int
    properties: dict[str, Any]
    shape: BaseGeometry | None


class Spot(NamedTuple):
    """Hold the point that stands for a shape, its reach, and the outline of an area as WKB."""

    lon: float
    lat: float
    radius_km: float | None
    outline: bytes | None


def read_features(path: Path, skip: Skip, *, layer: str | None = None) -> Iterator[Feature]:
    """Yield the features of a file in WGS84; those with a broken shape are skipped.

    Raises :class:`SourceError` where the file cannot be read at all.
    """
    if path.suffix.lower() in _JSON:
        return _read_geojson(path, skip)
    return _read_with_gdal(path, layer)


def spot_of(shape: BaseGeometry) -> Spot:
    """Return a point within the shape; for areas and lines also radius and outline."""
    west, south, east, north = (float(bound) for bound in shape.bounds)
    if shape.geom_type == "Point":
        return Spot(west, south, None, None)
    radius = max(distance_km(west, south, east, north) / 2, _LEAST_RADIUS_KM)
    inside = shape.representative_point()
    has_outline = shape.geom_type != "MultiPoint"
    return Spot(float(inside.x), float(inside.y), radius, bytes(shape.wkb) if has_outline else None)


def text_of(value: object) -> str:
    """Return a property as plain text, empty where it is missing.

    >>> text_of(None), text_of(float("nan")), text_of(" Kyiv  "), text_of(12.0)
    ('', '', 'Kyiv', '12')
    """
    if value is None or value != value:  # noqa: PLR0124  NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _read_geojson(path: Path, skip: Skip) -> Iterator[Feature]:
    import shapely

    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise SourceError(f"{path} is no JSON ({error})") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise SourceError(f"{path} is no GeoJSON FeatureCollection")
    for number, feature in enumerate(features, start=1):
        try:
            drawn = feature.get("geometry")
            shape = shapely.from_geojson(orjson.dumps(drawn)) if drawn else None
            properties = {"id": feature.get("id")} | dict(feature.get("properties") or {})
        except (AttributeError, TypeError, ValueError, shapely.GEOSException) as error:
            skip(number, f"no usable feature ({error})")
            continue
        yield Feature(number, properties, _mend(shape))


def _read_with_gdal(path: Path, layer: str | None) -> Iterator[Feature]:
    import geopandas as gpd
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        table = gpd.read_file(path, **({"layer": layer} if layer else {}))
    except (DataSourceError, DataLayerError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error})") from error
    if table.crs is None:
        raise SourceError(f"{path} does not say its coordinate system; give it a .prj or WGS84")
    table = table.to_crs(4326)
    columns = [column for column in table.columns if column != table.geometry.name]
    rows = zip(table[columns].to_dict("records"), table.geometry, strict=True)
    for number, (properties, shape) in enumerate(rows, start=1):
        yield Feature(number, {str(k): v for k, v in properties.items()}, _mend(shape))


def _mend(shape: BaseGeometry | None) -> BaseGeometry | None:
    import shapely

    if shape is None or shape.is_empty:
        return None
    return shape if shape.is_valid else shapely.make_valid(shape)
