"""Read files of many kinds as one raw table: headers, cells as text, what was odd about it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, UnknownFormatError
from geo.readers.encodings import decode_lines, has_utf16_mark

if TYPE_CHECKING:
    import pandas as pd

Positions = Mapping[int, tuple[str, ...]]
_SEPARATORS = (",", ";", "\t", "|")
_HEAD_ROWS = 30
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Hold a table as it stands in a file.

    ``cells`` has one text column a column of the file (numbered from 0), its index is the row's
    number in the file (1 is the first line). ``tags`` is the row of HXL tags, if there is one.
    """

    headers: tuple[str, ...]
    cells: pd.DataFrame
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    shapes: Sequence[Any] = field(default=())


def read_raw(path: Path, positions: Positions | None = None) -> RawTable:
    """Read a CSV, TSV, XLSX, Parquet, GeoJSON, GeoPackage or JSONL file.

    `positions` are header lists for files without a header row, by number of columns. Raises
    :class:`geo.errors.InputError` for a file that is empty or not what its name says.
    """
    endings = {
        ".csv": _read_text, ".tsv": _read_text, ".tab": _read_text, ".txt": _read_text,
        ".xlsx": _read_workbook, ".xlsm": _read_workbook, ".parquet": _read_parquet,
        ".geojson": _read_layer, ".gpkg": _read_layer, ".fgb": _read_layer, ".shp": _read_layer,
        ".jsonl": _read_lines, ".ndjson": _read_lines,
    }  # fmt: skip
    read = endings.get(path.suffix.lower())
    if read is None:
        raise UnknownFormatError(
            f"{path}: cannot read {path.suffix!r} tables; {', '.join(endings)}"
        )
    if not path.exists():
        raise InputError(f"{path}: there is no such file")
    if not path.stat().st_size:
        raise InputError(f"{path} is empty")
    table = read(path, positions or {})
    if not len(table.cells):
        raise InputError(f"{path}: the table has a header and no row")
    return table


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows is the header: the first that is filled like the rest.

    >>> find_header([["Report 2023", "", ""], ["place", "date", "killed"], ["A", "1", "2"]])
    1
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = Counter(n for n in filled if n).most_common(1)[0][0] if any(filled) else 0
    for at, row in enumerate(rows):
        words = sum(bool(cell.strip()) and not _is_number(cell) for cell in row)
        if filled[at] * 2 > usual and words * 2 > filled[at]:
            return at
    return 0


def _read_text(path: Path, positions: Positions) -> RawTable:
    import pandas as pd

    content = path.read_bytes()
    if b"\0" in content[:_SAMPLE] and not has_utf16_mark(content):
        raise InputError(f"{path} is a binary file, no table of text; save it as CSV or XLSX")
    text, note = decode_lines(content)
    separator = _separator(text, path)
    sample = list(csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=separator))
    head = sample[:_HEAD_ROWS]
    width = max(len(row) for row in sample[:-1] or sample)
    is_bare = width in positions and re.fullmatch(r"\d+", head[0][0]) is not None
    start = 0 if is_bare else find_header(head)
    cells, long_rows = _split(text, separator, width, path)
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    notes = tuple(filter(None, [note, long_rows]))
    if is_bare:
        return RawTable(headers=positions[width], cells=cells, notes=notes)
    return _with_header(cells, start, notes)


def _split(text: str, separator: str, width: int, path: Path) -> tuple[pd.DataFrame, str | None]:
    """Split text into cells; rows with too many cells keep the first ones, and a note says so."""
    import pandas as pd

    options: dict[str, Any] = {
        "sep": separator, "header": None, "names": list(range(width)), "dtype": "str",
        "keep_default_na": False, "na_filter": False, "skip_blank_lines": False,
    }  # fmt: skip
    long_rows = []

    def shorten(row: list[str]) -> list[str]:
        long_rows.append(row)
        return row[:width]

    try:
        return pd.read_csv(io.StringIO(text), index_col=False, engine="c", **options), None
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        pass
    try:
        cells = pd.read_csv(io.StringIO(text), engine="python", on_bad_lines=shorten, **options)
    except (pd.errors.ParserError, csv.Error) as error:
        raise InputError(f"{path}: no readable table ({error})") from error
    return cells, f"{len(long_rows)} rows have more cells than the header; the first {width} kept"


def _with_header(cells: pd.DataFrame, start: int, notes: tuple[str, ...]) -> RawTable:
    """Take the header, a second header row under merged cells, and a row of HXL tags out."""
    cells = cells.fillna("")
    headers = [" ".join(str(cell).split()) for cell in cells.iloc[start]]
    data = start + 1
    if start:
        notes = (*notes, f"{start} rows above the header left out")
    second = [" ".join(str(cell).split()) for cell in cells.iloc[data]] if data < len(cells) else []
    if _is_second_header(headers, second):
        headers = _join_headers(headers, second)
        notes = (*notes, "two header rows under merged cells joined")
        data += 1
    tags: tuple[str, ...] = ()
    for at in range(start, min(data + 3, len(cells))):
        row = [str(cell).strip() for cell in cells.iloc[at]]
        known = [cell for cell in row if cell]
        if known and all(re.match(r"#\s*[A-Za-z]", cell) for cell in known):
            tags, data = tuple(row), at + 1
            break
    rows = cells.iloc[data:]
    rows = rows[(rows != "").any(axis=1)]
    return RawTable(headers=tuple(headers), cells=rows, tags=tags, notes=notes)


def _is_second_header(headers: list[str], second: list[str]) -> bool:
    under_gaps = [below for above, below in zip(headers, second, strict=False) if not above]
    known = [cell for cell in second if cell]
    return (
        bool(under_gaps)
        and all(under_gaps)
        and not any(_is_number(cell) or cell.startswith("#") or len(cell) > 40 for cell in known)
    )


def _join_headers(headers: list[str], second: list[str]) -> list[str]:
    joined, group = [], ""
    for above, below in zip(headers, second, strict=False):
        group = above or group
        joined.append(below or above if below or above else group)
    repeated = {name for name, count in Counter(joined).items() if count > 1}
    groups, group = [], ""
    for above in headers:
        group = above or group
        groups.append(group)
    return [
        f"{g} {n}" if n in repeated and g != n else n for g, n in zip(groups, joined, strict=False)
    ]


def _separator(text: str, path: Path) -> str:
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    lines = [line for line in text[:_SAMPLE].splitlines()[:_HEAD_ROWS] if line.strip()]
    if not lines:
        raise InputError(f"{path} is empty")

    def fit(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        width, rows = widths.most_common(1)[0]
        return (rows if width > 1 else 0, width)

    return max(_SEPARATORS, key=fit)


def _read_workbook(path: Path, _positions: Positions) -> RawTable:
    import zipfile

    import openpyxl
    import pandas as pd

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"{path} is no Excel workbook ({error}); save it as .xlsx anew") from error
    sheet = max(book.worksheets, key=lambda s: (s.max_row or 0) * (s.max_column or 0))
    rows = [[_as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    names = book.sheetnames
    book.close()
    if not rows:
        raise InputError(f"{path}: no sheet has a row")
    width = max(map(len, rows))
    cells = pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype="str")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    notes = (f"sheet {sheet.title!r} of {len(names)}",) if len(names) > 1 else ()
    return _with_header(cells, find_header(rows[:_HEAD_ROWS]), notes)


def _read_parquet(path: Path, _positions: Positions) -> RawTable:
    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        is_geo = b"geo" in (pq.read_schema(path).metadata or {})
        return _from_frame(gpd.read_parquet(path) if is_geo else pd.read_parquet(path))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(f"{path} is no Parquet file ({error})") from error


def _read_layer(path: Path, _positions: Positions) -> RawTable:
    import pandas as pd
    import pyogrio

    try:
        layers = [n for n, _kind in pyogrio.list_layers(path) if n != "layer_styles"]
        frames = [pyogrio.read_dataframe(path, layer=layer) for layer in layers]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError(f"{path} cannot be read ({error})") from error
    moved = [f.to_crs(4326) if getattr(f, "crs", None) else f for f in frames]
    whole = moved[0] if len(moved) == 1 else pd.concat([f.astype(object) for f in moved])
    return _from_frame(whole.reset_index(drop=True))


def _read_lines(path: Path, _positions: Positions) -> RawTable:
    import orjson
    import pandas as pd

    rows, broken = [], []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            try:
                rows.append((number, dict(orjson.loads(line))))
            except (orjson.JSONDecodeError, TypeError, ValueError):
                broken.append(number)
    if not rows:
        raise InputError(f"{path}: no line is a JSON object; write one object a line")
    frame = pd.DataFrame([row for _, row in rows], index=[n for n, _ in rows], dtype=object)
    notes = (f"lines that are no JSON objects left out: {broken[:5]}",) if broken else ()
    return _from_frame(frame, notes)


def _from_frame(frame: pd.DataFrame, notes: tuple[str, ...] = ()) -> RawTable:
    import pandas as pd

    shapes: Sequence[Any] = ()
    if "geometry" in frame.columns:
        shapes = list(frame["geometry"])
        frame = frame.drop(columns="geometry")
    headers = tuple(str(name) for name in frame.columns)
    columns = {
        at: [
            _as_text(value) if ok else "" for value, ok in zip(values, values.notna(), strict=True)
        ]
        for at, (_name, values) in enumerate(frame.items())
    }
    cells = pd.DataFrame(columns, dtype="str")
    numbered = isinstance(frame.index, pd.RangeIndex)
    cells.index = pd.RangeIndex(1, len(frame) + 1) if numbered else frame.index
    return RawTable(headers=headers, cells=cells, notes=notes, shapes=shapes)


def _as_text(value: Any) -> str:  # noqa: ANN401 - any cell of any file
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\s*[-+]?[\d.,\s/:-]+\s*", cell) is not None
