"""Read files of many kinds as one raw table: headers, cells as text, what was odd about it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, UnknownFormatError
from geo.readers.encodings import decode_lines, has_utf16_mark
from geo.readers.table_headers import RawTable, find_header, with_header
from geo.readers.table_quotes import check_quotes

if TYPE_CHECKING:
    import pandas as pd

Positions = Mapping[int, tuple[str, ...]]
_SEPARATORS = (",", ";", "\t", "|")
_HEAD_ROWS = 30
_SAMPLE = 200_000


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


def _read_text(path: Path, positions: Positions) -> RawTable:
    import pandas as pd

    content = path.read_bytes()
    if b"\0" in content[:_SAMPLE] and not has_utf16_mark(content):
        raise InputError(f"{path} is a binary file, no table of text; save it as CSV or XLSX")
    text, note = decode_lines(content)
    separator = _separator(text, path)
    check_quotes(text, separator, path)
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
    return with_header(cells, start, notes)


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
    too_long = f"{len(long_rows)} rows have more cells than the header; the first {width} kept"
    return cells, too_long if long_rows else None


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
    return with_header(cells, find_header(rows[:_HEAD_ROWS]), notes)


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
        reason = str(error).partition("; It might help")[0].rstrip(".")  # to guess a driver
        raise InputError(f"{path} cannot be read ({reason}); save it anew") from error
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
