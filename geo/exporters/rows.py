"""Read a frame row by row as plain values: text, int, float, bool or ``None``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from geo.schema import COLUMNS, Column

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame


class Box:
    """Hold the bounds of the frames that pass by."""

    def __init__(self) -> None:
        self.bounds: tuple[float, float, float, float] | None = None

    def around(self, frame: GeoDataFrame) -> GeoDataFrame:
        """Take in the bounds of a frame (west, south, east, north) and return it."""
        if frame.geometry.notna().any():
            new = [float(value) for value in frame.total_bounds]
            old = self.bounds or (*new[:2], *new[2:])
            self.bounds = (min(old[0], new[0]), min(old[1], new[1]),
                           max(old[2], new[2]), max(old[3], new[3]))  # fmt: skip
        return frame


def plain_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each row of a frame of the schema as a dict of its columns, without geometry."""
    names = [column.name for column in COLUMNS]
    columns = [plain_values(frame[column.name], column) for column in COLUMNS]
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def plain_values(values: pd.Series[Any], column: Column) -> list[Any]:
    """Return a column as plain values, ``None`` where unknown; text as valid Unicode."""
    if column.type == "flag":
        return [bool(value) for value in values.tolist()]
    is_text = column.type in ("text", "day", "json")
    values = clean_column(values) if is_text else values
    if values.dtype != "object":
        import pyarrow as pa

        plain: list[Any] = pa.array(values, from_pandas=True).to_pylist()
        return plain
    known = zip(values.tolist(), values.notna().tolist(), strict=True)
    kind = float if column.type == "number" else int
    return [kind(value) if ok else None for value, ok in known]


def clean(text: str) -> str:
    """Return text without lone surrogates and NUL, which no file format may carry.

    >>> clean("a" + chr(0xD800) + chr(0))
    'a�'
    """
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def clean_column(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of text with each value as :func:`clean` leaves it; fast where all is well.

    Columns of dtype ``str`` are UTF-8 already, so that only NUL has to be looked for.
    """
    if values.dtype == "str":
        odd = values.str.contains("\0", regex=False).fillna(value=False).any()
        return values.str.replace("\0", "", regex=False) if odd else values
    return values.map(lambda v: clean(v) if isinstance(v, str) else None).astype("str")


def cleaned(frame: GeoDataFrame) -> GeoDataFrame:
    """Return the frame with its text as :func:`clean` leaves it."""
    frame = frame.copy(deep=False)
    for column in COLUMNS:
        if column.type in ("text", "json"):
            frame[column.name] = clean_column(frame[column.name])
    return frame


def with_dates(frame: GeoDataFrame) -> GeoDataFrame:
    """Return the frame with its days as dates (Arrow's ``date32``), for formats that have such.

    A column with anything else than whole ISO days in it stays text.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    frame = frame.copy(deep=False)
    for column in COLUMNS:
        if column.type != "day":
            continue
        texts = pa.array(frame[column.name], pa.large_string(), from_pandas=True)
        if pc.all(pc.match_substring_regex(texts, r"^\d{4}-\d{2}-\d{2}$")).as_py() is False:
            continue
        try:
            days = texts.cast(pa.date32())
        except pa.ArrowInvalid:  # no day of the calendar
            continue
        frame[column.name] = pd.Series(pd.arrays.ArrowExtensionArray(days), index=frame.index)
    return frame
