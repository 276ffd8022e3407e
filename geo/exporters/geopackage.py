"""Write a GeoPackage: one layer a geometry type, metadata, and styles that QGIS applies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.gdal import write_layer
from geo.exporters.rows import cleaned

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_KINDS = {"events_point": "Point", "events_area": "Unknown", "events_unlocated": None}
_MOMENT = "2000-01-01T00:00:00.000Z"
_STYLES_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME)
"""  # the table that QGIS makes itself: QgsOgrProvider, saveStyle


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write ``events_point``, ``events_area`` and ``events_unlocated``, those that have rows.

    The last has no geometry. The layers of points and areas carry a QML style as default.
    """
    write_parts([frame], path, about=about, located=True)


def write_parts(parts: Iterable[GeoDataFrame], path: Path, *, about: About, located: bool) -> None:
    """Write frames that come one after the other, each added to the layers of those before."""
    written: list[str] = []
    nothing: GeoDataFrame | None = None
    with replacing(path) as temporary:
        for part in parts:
            frame = cleaned(part)
            nothing = frame.iloc[:0]
            for name, rows in _layers(frame).items():
                if len(rows):
                    _write_part(rows, temporary, name, about, again=name in written)
                    written += [] if name in written else [name]
        if not {"events_point", "events_area"} & set(written) and nothing is not None:
            _write_part(nothing, temporary, "events_point", about, again=False)
            written.append("events_point")
        _add_styles(
            temporary, [name for name in ("events_point", "events_area") if name in written]
        )


def _layers(frame: GeoDataFrame) -> dict[str, GeoDataFrame]:
    import shapely

    kinds = shapely.get_type_id(frame.geometry.to_numpy())
    return {
        "events_point": frame[kinds == 0],
        "events_area": frame[kinds > 0],
        "events_unlocated": frame[kinds < 0].drop(columns=frame.geometry.name),
    }


def _write_part(rows: GeoDataFrame, path: Path, name: str, about: About, *, again: bool) -> None:
    if again:
        write_layer(rows, path, driver="GPKG", layer=name, append=True, geometry_type=_KINDS[name])
        return
    write_layer(
        rows,
        path,
        driver="GPKG",
        layer=name,
        append=path.exists(),
        VERSION="1.2",  # what GDAL 3.0 and QGIS 3.10 read without a warning
        geometry_type=_KINDS[name],
        dataset_metadata={"TITLE": about.title, "ATTRIBUTION": about.credit},
        layer_metadata={"TITLE": about.title, "ATTRIBUTION": about.credit},
        DESCRIPTION=f"{about.note} {about.credit}",
        IDENTIFIER=name,
    )


def _add_styles(path: Path, layers: list[str]) -> None:
    styles = resources.files("geo.exporters").joinpath("styles")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES_TABLE)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
            (_MOMENT,),
        )
        for layer in layers:
            qml = styles.joinpath(f"{layer}.qml").read_text(encoding="utf-8")
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
                " owner, ui, update_time)"
                " VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'events by kind and precision', '',"
                " NULL, ?)",
                (layer, layer, qml, _MOMENT),
            )
