"""Write CSV that spreadsheets open without running anything, and its description beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geo.exporters.about import About
from geo.exporters.atomic import replacing, write_bytes
from geo.readers.table_cells import STARTS_FORMULA

Cell = str | int | float | bool | None
METADATA_ENDING = "-metadata.json"


def neutralise(value: Cell) -> Cell:
    """Return text that no spreadsheet takes for a formula: a quote mark stands before it.

    >>> neutralise("=1+1"), neutralise(-3), neutralise("plain")
    ("'=1+1", -3, 'plain')
    """
    if isinstance(value, str) and value.startswith(STARTS_FORMULA):
        return f"'{value}"
    return value


def write_table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False
) -> None:
    """Write a comma-separated table: UTF-8, CRLF (RFC 4180), empty for unknown."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as stream,
    ):
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def write_metadata(path: Path, about: About, header: Sequence[str] = ()) -> None:
    """Write ``<file>-metadata.json`` (W3C CSV on the Web): title, sources, columns."""
    import orjson

    description: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.name,
        "dc:title": about.title,
        "dc:description": about.note,
        "dc:source": list(about.attribution),
    }
    if header:
        description["tableSchema"] = {"columns": [{"titles": name} for name in header]}
    content = orjson.dumps(description, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    write_bytes(path.with_name(path.name + METADATA_ENDING), content)


def _cell(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return neutralise(value)
