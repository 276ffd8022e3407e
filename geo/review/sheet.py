"""Read a review sheet as spreadsheets leave it: any delimiter, encoding, order, extra columns."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.readers.encodings import decode_lines
from geo.readers.table_cells import restore
from geo.readers.table_days import day_order, is_numeric_day, read_day
from geo.review.decisions import CANDIDATES, Decision, DecisionError, read_decision

SENTENCES = 3
COLUMNS = (
    "key", "place_text", "context", "context_names", "events", "status", "chosen", "chosen_map",
    *(f"{name}_{n}" for n in range(1, CANDIDATES + 1) for name in ("candidate", "map")),
    *(f"sentence_{n}" for n in range(1, SENTENCES + 1)),
    "decision", "latitude", "longitude", "name", "radius_km", "precision", "scope", "note",
    "reviewed_by", "reviewed_on", "history",
)  # fmt: skip
FILLED_IN = COLUMNS[COLUMNS.index("decision") :]
_DELIMITERS = (",", ";", "\t", "|")
_NEEDED = ("place_text", "decision")
_HEAD = 20
_LARGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """Say which row of a sheet cannot be followed, and why."""

    sheet: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold the rows of a review sheet with their numbers in the file (1 is the header's, mostly).

    Each row has all of ``COLUMNS``, and the columns that people added.
    """

    path: str
    rows: tuple[tuple[int, dict[str, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Hold what people decided, one decision a key, and the rows that cannot be followed."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[SheetProblem, ...] = ()


def read_decisions(path: str | Path) -> Decisions:
    """Read the decisions of a review sheet (CSV, TSV or XLSX); rows without one are left out.

    Rows that contradict each other, and rows that cannot be understood, become problems and
    decide nothing. Raises :class:`geo.errors.InputError` when the file is no review sheet.

    >>> import geo
    >>> from geo.review.exporting import list_places, write_sheet
    >>> frame = geo.read_frame("outputs/example/article.it.geojson")
    >>> rows = list_places(frame, geo.open_gazetteer())
    >>> rows[-1]["decision"] = "ok"
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "places.csv")
    ...     write_sheet(path, rows)
    ...     [decision.text for decision in geo.read_decisions(path).decisions]
    ['Stepne']
    """
    return decide(read_sheet(path))


def decide(sheet: Sheet) -> Decisions:
    """Return the decisions of a sheet's rows."""
    found: dict[str, list[Decision]] = {}
    problems = []
    for number, row in sheet.rows:
        try:
            decision = read_decision(row, number, Path(sheet.path).name)
        except DecisionError as error:
            name = row.get("place_text", "")
            problems.append(_problem(sheet, number, f"{name!r}: {error}"))
            continue
        if decision is not None:
            found.setdefault(decision.key, []).append(decision)
    for same in found.values():
        if len({(d.answer, d.everywhere) for d in same}) > 1:
            rows = " and ".join(str(d.row) for d in same)
            reason = f"{same[0].text!r} is decided differently in rows {rows}; keep one"
            problems.append(_problem(sheet, same[0].row, reason))
    kept = [
        same[-1] for same in found.values() if len({(d.answer, d.everywhere) for d in same}) == 1
    ]
    return Decisions(
        decisions=tuple(sorted(kept, key=lambda d: d.row)),
        problems=tuple(sorted(problems, key=lambda p: p.row)),
    )


def read_sheet(path: str | Path) -> Sheet:
    """Read the rows of a review sheet.

    Raises :class:`geo.errors.InputError` when there is none, or columns are missing.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: there is no such file; make one with conflict-map review export")
    workbook = path.suffix.lower() in (".xlsx", ".xlsm")
    table = _read_workbook(path) if workbook else _read_text(path)
    start, header = _find_header(table, path)
    rows = []
    for number, cells in enumerate(table[start + 1 :], start=start + 2):
        named = dict(zip(reversed(header), reversed(_padded(cells, len(header))), strict=False))
        names = (*COLUMNS, *(name for name in header if name and name not in COLUMNS))
        row = {name: restore(named.get(name, "").strip()) for name in names}
        if any(row.values()):
            rows.append((number, row))
    return Sheet(path=str(path), rows=_with_days(tuple(rows)))


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _problem(sheet: Sheet, number: int, reason: str) -> SheetProblem:
    return SheetProblem(sheet=Path(sheet.path).name, row=number, reason=reason)


def _read_text(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    if b"\0" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        content = _as_utf16(content, path)
    text, _note = decode_lines(content)
    tables = [_split(text, delimiter) for delimiter in _DELIMITERS]
    return max(tables, key=_likeness)


def _as_utf16(content: bytes, path: Path) -> bytes:
    """Return UTF-16 that lacks its mark with one; raise where zeros mean something else."""
    for mark, at in ((b"\xff\xfe", 1), (b"\xfe\xff", 0)):
        if content[at:200:2].count(0) * 4 > len(content[at:200:2]) * 3 and len(content) % 2 == 0:
            return mark + content
    raise InputError(f"{path} is a binary file, no sheet; save it as CSV or .xlsx")


def _split(text: str, delimiter: str) -> list[list[str]]:
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(before)


def _likeness(table: Sequence[Sequence[str]]) -> int:
    return max((len(set(COLUMNS) & {_name(c) for c in row}) for row in table[:_HEAD]), default=0)


def _find_header(table: Sequence[Sequence[str]], path: Path) -> tuple[int, list[str]]:
    for at, cells in enumerate(table[:_HEAD]):
        header = [_name(cell) for cell in cells]
        if set(_NEEDED) <= set(header):
            return at, header
    raise InputError(
        f"{path}: no review sheet, it lacks the columns {' and '.join(_NEEDED)}; "
        "make one with conflict-map review export"
    )


def _name(cell: str) -> str:
    return re.sub(r"[\s_]+", "_", cell.replace("\ufeff", "").strip().casefold())


def _read_workbook(path: Path) -> list[list[str]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"{path} is no Excel workbook ({error}); save it as .xlsx anew") from error
    tables = [
        [[_as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    ]
    book.close()
    return max(tables, key=_likeness, default=[])


def _as_text(value: Any) -> str:  # noqa: ANN401 - any cell of a workbook
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _with_days(
    rows: Iterable[tuple[int, dict[str, str]]],
) -> tuple[tuple[int, dict[str, str]], ...]:
    """Turn days that a spreadsheet wrote its own way back to ISO; doubtful ones stay as written."""
    rows = tuple(rows)
    order = day_order([row["reviewed_on"] for _, row in rows])
    for _, row in rows:
        cell = row["reviewed_on"]
        doubtful = is_numeric_day(cell) and order not in ("dmy", "mdy") and "." not in cell
        day = None if doubtful or not cell else read_day(cell, order or "dmy")
        if day is not None and day.precision == 1:
            row["reviewed_on"] = day.start.isoformat()
    return rows
