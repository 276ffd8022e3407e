"""Write the flat table as CSV with the Humanitarian Exchange Language's row of tags."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from geo.exporters.about import About
from geo.exporters.rows import plain_rows
from geo.exporters.spreadsheet import write_metadata, write_table
from geo.schema import COLUMNS, NAMES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def write(frame: GeoDataFrame, path: Path, *, about: About, bom: bool = False) -> None:
    """Write the columns of the schema; the second row holds the tags of those that have one."""
    tags = [column.hxl or None for column in COLUMNS]
    rows = (list(row.values()) for row in plain_rows(frame))
    write_table(path, NAMES, chain([tags], rows), bom=bom)
    write_metadata(path, about, NAMES)
