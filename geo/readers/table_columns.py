"""Turn the cells of a raw table into typed columns of the schema, collecting what is odd."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from geo.readers.table_cells import (
    MANKIND,
    read_area,
    read_count,
    read_degrees,
    read_figure,
    read_flag,
    read_number,
    read_pair,
    restore,
)
from geo.readers.table_days import day_order, is_numeric_day, read_day
from geo.readers.table_headers import RawTable
from geo.readers.table_oddities import (
    Problem,
    empty_wrong_codes,
    mend_points,
    problems_of,
    repeated_identities,
    take_out_sums,
    wrong_orders,
)
from geo.readers.table_profiles import GENERIC, Profile, profile_named
from geo.schema import COLUMNS, COUNTED

if TYPE_CHECKING:
    import pandas as pd

Cells = Any  # a Series of text
_UNKNOWN = frozenset(("", "na", "n/a", "nan", "none", "null", "-", "–", "?", "unknown", "#n/a"))
_NUMBERS = ("longitude", "latitude")
_COUNTS = tuple(f"{name}_{bound}" for name in COUNTED for bound in ("low", "best", "high"))
_TOO_MANY = "more than there are people; left empty"
_NO_COUNT = "no whole number of 0 or more; left empty"
_DAYS = ("date_start", "date_end", "published", "period_start", "period_end")


class ColumnReader:
    """Turn the cells of one raw table into typed columns, collecting what is odd."""

    def __init__(self, raw: RawTable, profile: Profile, found: Mapping[str, int]) -> None:
        self.raw = raw
        self.profile = profile
        self.found = found
        self.problems = [
            Problem(row=None, column=None, value="", reason=note) for note in raw.notes
        ]

    def read(self) -> pd.DataFrame:
        """Return the frame of all columns that were found."""
        import pandas as pd

        self.frame = pd.DataFrame(index=self.raw.cells.index)
        known = {column.name: column for column in COLUMNS}
        for name in (n for n in self.found if n in known and n not in _DAYS):
            if name in _COUNTS or known[name].type in ("integer", "count"):
                self._add_counts(name)
            elif name in _NUMBERS:
                self._add(name, read_degrees, "float64", "no coordinate; left empty")
            elif name == "area_km2":
                self._add(name, read_area, "float64", "no area on earth in km²; left empty")
            elif known[name].type == "number":
                self._add(name, read_number, "float64", "no number; left empty")
            elif known[name].type == "flag":
                self._add(name, read_flag, "boolean", "neither true nor false; left empty")
            else:
                self.frame[name] = self._text(name)
        for name, value in self.profile.defaults.items():
            filled = self.frame.get(name)
            self.frame[name] = value if filled is None else filled.fillna(value)
        self._add_days()
        self._add_points()
        self._split_places()
        words = self.profile.totals or profile_named(GENERIC).totals
        self.problems += mend_points(self.frame)
        self.problems += repeated_identities(self.frame)
        self.problems += empty_wrong_codes(self.frame)
        self.problems += wrong_orders(self.frame)
        self.problems += take_out_sums(self.frame, self.raw.cells, words)
        return self.frame

    def _cells(self, name: str) -> Cells:
        cells = self.raw.cells[self.found[name]].str.strip()
        unknown = ("",) if self.profile.our_cells else _UNKNOWN
        cells = cells.mask(cells.str.casefold().isin(unknown))
        codes = self.profile.values.get(name)
        if not codes:
            return cells
        mapped = {cell: str(codes.get(cell, cell)) or None for cell in cells.dropna().unique()}
        return cells.map(mapped, na_action="ignore")

    def _text(self, name: str) -> Cells:
        cells = self._cells(name)
        known = {cell: restore(cell) for cell in cells.dropna().unique()}
        return cells.map(known, na_action="ignore").astype("str")

    def _add(self, name: str, read: Callable[[str], Any], dtype: str, reason: str) -> None:
        cells = self._cells(name)
        known = {cell: read(cell) for cell in cells.dropna().unique()}
        values = cells.map(known, na_action="ignore")
        self.problems += problems_of(name, cells, cells.notna() & values.isna(), reason)
        self.frame[name] = values.astype("Float64").astype(dtype)

    def _add_counts(self, name: str) -> None:
        if name.endswith("_best"):
            self._add_figures(name.removesuffix("_best"))
        else:
            self._add_bound(name)

    def _add_figures(self, kind: str) -> None:
        """Add best figures, and the bounds that their cells give where no column does."""
        name = f"{kind}_best"
        cells = self._cells(name)
        figures = {cell: read_figure(cell) for cell in cells.dropna().unique()}
        for bound in ("low", "best", "high"):
            column = f"{kind}_{bound}"
            known = {cell: getattr(figure, bound, None) for cell, figure in figures.items()}
            values = cells.map(known, na_action="ignore").astype("Float64").astype("Int64")
            if bound == "best" or (column not in self.found and values.notna().any()):
                self.frame[column] = values
        odd = {
            cell: _why_no_count(cell) if figure is None else f"read as {figure.words}"
            for cell, figure in figures.items()
            if figure is None or figure.words
        }
        for row, cell in cells[cells.isin(odd)].items():
            lost = figures[cell] is None
            self.problems.append(
                Problem(row=int(row), column=name, value=cell, reason=odd[cell], lost=lost)
            )

    def _add_bound(self, name: str) -> None:
        self._add(name, read_count, "Int64", _NO_COUNT)

    def _add_days(self) -> None:
        names = [name for name in _DAYS if name in self.found]
        cells = {name: self._cells(name) for name in names}
        if "published" in cells:  # several sources: the first
            cells["published"] = cells["published"].str.partition(";")[0]
        unique = {cell for column in cells.values() for cell in column.dropna().unique()}
        order = self._order(list(unique))
        days = {cell: read_day(cell, order) for cell in unique}
        for name in names:
            found = cells[name].map(days, na_action="ignore")
            self.problems += problems_of(
                name, cells[name], cells[name].notna() & found.isna(), "no day; left empty"
            )
            bound = "end" if name.endswith("end") else "start"
            self.frame[name] = _isoformat(found, bound)
            if name == "date_start":
                self._add_ends(found)

    def _add_ends(self, found: Cells) -> None:
        """Give one-column dates their end, and their precision where the table has none."""
        if "date_end" not in self.found:
            self.frame["date_end"] = _isoformat(found, "end")
        if "date_precision" not in self.frame:
            precision = found.map(lambda day: day.precision, na_action="ignore")
            self.frame["date_precision"] = precision.astype("Float64").astype("Int64")

    def _order(self, cells: list[str]) -> str:
        proved = day_order(cells)
        order = proved if proved in ("dmy", "mdy") else (self.profile.dates or "dmy")
        doubtful = [cell for cell in cells if is_numeric_day(cell)]
        if doubtful and proved != order:
            why = "both orders occur" if proved == "mixed" else "no day above 12 tells the order"
            words = "day before month" if order == "dmy" else "month before day"
            self.problems.append(
                Problem(
                    row=None,
                    column="date_start",
                    value=min(doubtful),
                    reason=f"{why}; read {words}",
                )
            )
        return order

    def _add_points(self) -> None:
        if len(self.raw.shapes) and "longitude" not in self.frame:
            self._add_pairs([_point_of(shape) for shape in self.raw.shapes])
        elif "coordinates" in self.found and "longitude" not in self.frame:
            cells = self._cells("coordinates")
            known = {cell: read_pair(cell) for cell in cells.dropna().unique()}
            pairs = [known.get(cell) for cell in cells]
            unread = cells.isin([cell for cell, pair in known.items() if pair is None])
            self.problems += problems_of("coordinates", cells, unread, "no coordinates; left empty")
            self._add_pairs(pairs)

    def _add_pairs(self, pairs: list[tuple[float, float] | None]) -> None:
        nan = float("nan")
        self.frame["longitude"] = [pair[0] if pair else nan for pair in pairs]
        self.frame["latitude"] = [pair[1] if pair else nan for pair in pairs]

    def _split_places(self) -> None:
        separator = self.profile.split_place
        if not separator or "place_text" not in self.frame:
            return
        parts: Any = self.frame["place_text"].str.split(separator)
        self.frame["country"] = parts.str[-1].astype("str")
        self.frame["admin1"] = parts.str[-2].where(parts.str.len() > 2).astype("str")
        self.frame["place_text"] = parts.str[0].astype("str")


def _why_no_count(cell: str) -> str:
    number = read_number(cell)
    return _TOO_MANY if number is not None and number > MANKIND else _NO_COUNT


def _isoformat(days: Cells, bound: str) -> Cells:
    return days.map(lambda day: getattr(day, bound).isoformat(), na_action="ignore").astype("str")


def _point_of(shape: Any) -> tuple[float, float] | None:  # noqa: ANN401 - shapely, or None
    if shape is None or shape.is_empty:
        return None
    point = shape if shape.geom_type == "Point" else shape.representative_point()
    return (point.x, point.y)
