"""Write the flat table as CSV."""

from __future__ import annotations

from collections.abc import Iterable
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
    _write([frame], path, about=about, bom=bom)


def write_parts(parts: Iterable[GeoDataFrame], path: Path, *, about: About, located: bool) -> None:
    """Write frames that come one after the other."""
    _write(parts, path, about=about, bom=False)


def _write(parts: Iterable[GeoDataFrame], path: Path, *, about: About, bom: bool) -> None:
    rows = (list(row.values()) for part in parts for row in plain_rows(part))
    write_table(path, NAMES, rows, bom=bom)
    write_metadata(path, about, NAMES)
