"""Write FlatGeobuf: one layer of all geometry types, null geometries included."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.gdal import write_layer, write_stream
from geo.exporters.rows import cleaned

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write all events; a spatial index is there when every event has a geometry.

    FlatGeobuf refuses null geometries in an indexed file.
    """
    indexed = len(frame) > 0 and bool(frame.geometry.notna().all())
    with replacing(path) as temporary:
        write_layer(
            cleaned(frame), temporary, promote_to_multi=False, **_options(about, indexed=indexed)
        )


def write_parts(parts: Iterable[GeoDataFrame], path: Path, *, about: About, located: bool) -> None:
    """Write frames that come one after the other; indexed where all of them are `located`."""
    with replacing(path) as temporary:
        write_stream(map(cleaned, parts), temporary, **_options(about, indexed=located))


def _options(about: About, *, indexed: bool) -> dict[str, Any]:
    return {
        "driver": "FlatGeobuf",
        "layer": "events",
        "geometry_type": "Unknown",
        "SPATIAL_INDEX": "YES" if indexed else "NO",
        "TITLE": about.title,
        "DESCRIPTION": f"{about.note} {about.credit}",
    }
