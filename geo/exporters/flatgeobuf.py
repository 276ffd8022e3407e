"""Write FlatGeobuf: one layer of all geometry types, null geometries included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.gdal import write_layer
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
            cleaned(frame),
            temporary,
            driver="FlatGeobuf",
            layer="events",
            geometry_type="Unknown",
            promote_to_multi=False,
            SPATIAL_INDEX="YES" if indexed else "NO",
            TITLE=about.title,
            DESCRIPTION=f"{about.note} {about.credit}",
        )
