"""Write an Excel workbook: a sheet of events, a sheet that says what the file is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import ExportError
from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.rows import plain_rows
from geo.schema import NAMES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_MOST_ROWS = 1_048_575
_LONGEST = 32_767
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MOMENT = datetime(2000, 1, 1)


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write the columns of the schema; text stays text, a leading ``=`` included.

    Raises :class:`geo.errors.ExportError` for more rows than a sheet can hold.
    """
    from openpyxl import Workbook

    if len(frame) > _MOST_ROWS:
        raise ExportError(f"{path}: {len(frame):,} rows, a sheet holds {_MOST_ROWS:,}; use csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "B2"
    sheet.append(NAMES)
    make = _maker(sheet)
    for row in plain_rows(frame):
        sheet.append([make(v) if isinstance(v, str) else v for v in row.values()])
    notes = book.create_sheet("about")
    make = _maker(notes)
    for line in (about.title, about.note, *about.attribution):
        notes.append([make(line)])
    book.properties.created = book.properties.modified = _MOMENT
    book.properties.title = about.title
    with replacing(path) as temporary:
        book.save(temporary)
        _fix_moments(temporary)


def write_rows(
    path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write a workbook of one sheet for people to fill in: all cells are text, the head stays."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2"
    head = [WriteOnlyCell(sheet, name) for name in header]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    make = _maker(sheet)
    for row in rows:
        sheet.append([make(value) if value else None for value in row])
    book.properties.created = book.properties.modified = _MOMENT
    with replacing(path) as temporary:
        book.save(temporary)
        _fix_moments(temporary)


def _maker(sheet: WriteOnlyWorksheet) -> Callable[[str], Any]:
    """Return a function that makes a cell of a text, never a formula or an error."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ERROR_CODES

    def make(text: str) -> Any:  # noqa: ANN401 - text, or a cell of openpyxl
        text = _FORBIDDEN.sub("", text)[:_LONGEST]
        if not text.startswith("=") and text not in ERROR_CODES:
            return text
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        return cell

    return make


def _fix_moments(path: Path) -> None:
    """Pack the workbook anew with fixed times, for the same bytes from the same events."""
    with zipfile.ZipFile(path) as book:
        members = [(name, book.read(name)) for name in book.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members:
            entry = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content))
