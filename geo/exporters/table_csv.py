"""Write the flat table as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.exporters.about import About
from geo.exporters.rows import plain_rows
from geo.exporters.spreadsheet import write_metadata, write_table
from geo.schema import NAMES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def write(frame: GeoDataFrame, path: Path, *, about: About, bom: bool = False) -> None:
    """Write the columns of the schema, without geometry; `bom` helps older spreadsheets."""
    rows = (list(row.values()) for row in plain_rows(frame))
    write_table(path, NAMES, rows, bom=bom)
    write_metadata(path, about, NAMES)
