"""Write a CSV with UCDP GED's columns, for tools that expect them; it is not UCDP's data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.exporters.about import About
from geo.exporters.rows import plain_rows
from geo.exporters.spreadsheet import Cell, write_metadata, write_table

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

HEADER = (
    "id year active_year type_of_violence side_a side_b number_of_sources source_article "
    "source_office source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt country event_clarity date_prec "
    "date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown low best high"
).split()
_DATE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


def write(frame: GeoDataFrame, path: Path, *, about: About, bom: bool = False) -> None:
    """Write one row an event; what UCDP codes and we do not know stays empty."""
    write_table(path, HEADER, _rows(frame), bom=bom)
    write_metadata(path, about, HEADER)


def _rows(frame: GeoDataFrame) -> Iterator[list[Cell]]:
    for row in plain_rows(frame):
        known = _known(row)
        yield [known.get(name) for name in HEADER]


def _known(row: dict[str, Any]) -> dict[str, Cell]:
    day = row["date_start"] or row["date_end"]
    lon, lat, precision = row["longitude"], row["latitude"], row["geo_precision"]
    return {
        "id": row["event_id"],
        "year": int(day[:4]) if day else None,
        "side_a": row["actor1"],
        "side_b": row["actor2"],
        "number_of_sources": row["source_count"],
        "source_article": row["source_url"],
        "source_office": row["source_name"],
        "source_date": row["published"],
        "source_headline": row["title"],
        "source_original": row["claimed_by"],
        "where_prec": precision if precision != 9 else None,
        "where_coordinates": row["place_name"],
        "where_description": row["place_text"],
        "adm_1": row["admin1"],
        "adm_2": row["admin2"],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": None if lon is None else f"POINT ({lon:.10g} {lat:.10g})",
        "country": row["country"],
        "date_prec": _DATE.get(row["date_precision"]),
        "date_start": row["date_start"],
        "date_end": row["date_end"],
        "low": row["killed_low"],
        "best": row["killed_best"],
        "high": row["killed_high"],
    }
