"""Write GeoParquet 1.1 with a bounding box column, compressed with zstd."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import ExportError
from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.rows import Box, cleaned, with_dates

if TYPE_CHECKING:
    import pyarrow as pa
    from geopandas import GeoDataFrame

CORNERS = ("xmin", "ymin", "xmax", "ymax")


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write all events; title, note and attribution stand in the file's metadata.

    The table is made here and not by ``GeoDataFrame.to_parquet``, which takes no metadata: all
    would have to be written twice.
    """
    import pyarrow.parquet as pq

    table = _table(with_dates(cleaned(frame)))
    described = dict(table.schema.metadata or {}) | _about(about)
    with replacing(path) as temporary:
        pq.write_table(table.replace_schema_metadata(described), temporary, compression="zstd")


def write_parts(parts: Iterable[GeoDataFrame], path: Path, *, about: About, located: bool) -> None:
    """Write frames that come one after the other, a row group each; columns are the first one's.

    Raises :class:`geo.errors.ExportError` where a day of a later part is no day.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    box, kinds, crs = Box(), set[str](), None
    writer = None
    with replacing(path) as temporary:
        try:
            for part in parts:
                known = part.geometry.dropna().geom_type.unique()
                kinds.update(str(kind) for kind in known)
                table = _without_geo(_table(with_dates(cleaned(box.around(part)))))
                if writer is None:
                    crs = part.crs
                    writer = pq.ParquetWriter(
                        temporary, table.schema, compression="zstd", store_schema=False
                    )  # with Arrow's own copy of the schema no reader would see what is added
                writer.write_table(table.cast(writer.schema), row_group_size=max(1, len(table)))
        except pa.ArrowInvalid as error:
            raise ExportError(f"{path}: {error}; write it as CSV") from error
        finally:
            if writer is not None:
                described: dict[str, Any] = {"geometry_types": sorted(kinds)}
                if crs is not None:
                    described["crs"] = crs.to_json_dict()
                if box.bounds:
                    described["bbox"] = list(box.bounds)
                writer.add_key_value_metadata(_about(about) | {b"geo": geo_metadata(**described)})
                writer.close()
        if writer is None:
            raise ExportError(f"{path}: there are no events to write")


def _without_geo(table: pa.Table) -> pa.Table:
    kept = {k: v for k, v in (table.schema.metadata or {}).items() if k != b"geo"}
    return table.replace_schema_metadata(kept)


def _about(about: About) -> dict[bytes, bytes]:
    return {
        b"title": about.title.encode(),
        b"description": about.note.encode(),
        b"attribution": about.credit.encode(),
    }


def geo_metadata(**about: Any) -> bytes:  # noqa: ANN401 - JSON values
    """Return what GeoParquet 1.1 wants to be told of the column ``geometry`` and its ``bbox``.

    `about` are further members of the column, as ``crs`` (PROJJSON; WGS84, lon lat, without).
    """
    covering = {"bbox": {name: ["bbox", name] for name in CORNERS}}
    column: Mapping[str, Any] = {"encoding": "WKB", "geometry_types": [], "covering": covering}
    meta = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {**column, **about}},
    }
    return json.dumps(meta).encode()


def _table(frame: GeoDataFrame) -> pa.Table:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import shapely

    shapes = frame.geometry.to_numpy()
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    table = pa.Table.from_pandas(plain, preserve_index=False)
    boxes = shapely.bounds(shapes)
    columns = [pa.array(boxes[:, number]) for number in range(len(CORNERS))]
    missing = pa.array(np.isnan(boxes[:, 0]))
    table = table.append_column("geometry", pa.array(shapely.to_wkb(shapes), pa.binary()))
    table = table.append_column(
        "bbox", pa.StructArray.from_arrays(columns, names=list(CORNERS), mask=missing)
    )
    known = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    _, one_of_each = np.unique(shapely.get_type_id(known), return_index=True)
    about: dict[str, Any] = {"geometry_types": sorted(known[i].geom_type for i in one_of_each)}
    if frame.crs is not None:
        about["crs"] = frame.crs.to_json_dict()
    if len(known):
        about["bbox"] = [float(value) for value in shapely.total_bounds(shapes)]
    return table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"geo": geo_metadata(**about)}
    )
