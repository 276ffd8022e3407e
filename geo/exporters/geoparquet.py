"""Write GeoParquet 1.1 with a bounding box column, compressed with zstd."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.rows import cleaned, with_dates

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write all events; title, note and attribution stand in the file's metadata."""
    import pyarrow.parquet as pq

    with replacing(path) as temporary:
        with_dates(cleaned(frame)).to_parquet(
            temporary, index=False, schema_version="1.1.0", write_covering_bbox=True
        )
        table = pq.read_table(temporary)
        described = dict(table.schema.metadata or {}) | {
            b"title": about.title.encode(),
            b"description": about.note.encode(),
            b"attribution": about.credit.encode(),
        }
        pq.write_table(table.replace_schema_metadata(described), temporary, compression="zstd")
