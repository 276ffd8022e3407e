"""Write GeoParquet 1.1 with a bounding box column, compressed with zstd."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.rows import cleaned, with_dates

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
    described = dict(table.schema.metadata or {}) | {
        b"title": about.title.encode(),
        b"description": about.note.encode(),
        b"attribution": about.credit.encode(),
    }
    with replacing(path) as temporary:
        pq.write_table(table.replace_schema_metadata(described), temporary, compression="zstd")


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
