"""Say what is odd in the typed columns of a table, and set right what can only be meant so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.readers.table_cells import read_number
from geo.schema import COUNTED

if TYPE_CHECKING:
    import pandas as pd

Cells = Any  # a Series of text
Rows = Any  # a Series of bool
_POINT = ("longitude", "latitude")
_SCALES = {"geo_precision": (1, 2, 3, 4, 5, 6, 7, 9), "date_precision": (1, 2, 3, 4, 5, 9)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Say what is odd in a row of a file (``None``: in the whole), and what was done about it.

    ``lost`` tells that something of the row could not be read and was left empty.
    """

    row: int | None
    column: str | None
    value: str
    reason: str
    lost: bool = False

    def __str__(self) -> str:
        where = f"row {self.row}: " if self.row is not None else ""
        what = f"{self.column} {self.value!r}: " if self.column else ""
        return f"{where}{what}{self.reason}"


def problems_of(name: str, cells: Cells, rows: Rows, reason: str) -> list[Problem]:
    """Return a problem for each cell of the rows; a reason that ends in "left empty" lost it."""
    lost = reason.endswith("left empty")
    return [
        Problem(row=int(number), column=name, value=str(cell), reason=reason, lost=lost)
        for number, cell in cells[rows].items()
    ]


def mend_points(frame: pd.DataFrame) -> list[Problem]:
    """Turn swapped pairs round where only that can be, and empty impossible ones."""
    if not set(_POINT) <= set(frame.columns):
        return []
    lon, lat = frame["longitude"], frame["latitude"]
    swapped = (lat.abs() > 90) & (lat.abs() <= 180) & (lon.abs() <= 90)
    problems = _point_problems(
        frame, swapped, "latitude beyond 90; longitude and latitude were swapped"
    )
    lon, lat = lon.mask(swapped, lat), lat.mask(swapped, lon)
    impossible = (lat.abs() > 90) | (lon.abs() > 180)
    half = lon.isna() != lat.isna()
    problems += _point_problems(frame, impossible, "no point on earth; left empty")
    problems += _point_problems(frame, half, "half a pair of coordinates; left empty")
    frame["longitude"] = lon.mask(impossible | half)
    frame["latitude"] = lat.mask(impossible | half)
    return problems


def _point_problems(frame: pd.DataFrame, rows: Rows, reason: str) -> list[Problem]:
    lon, lat = (frame[name].astype("str").fillna("–") for name in _POINT)
    return problems_of("longitude, latitude", lon + ", " + lat, rows, reason)


def repeated_identities(frame: pd.DataFrame) -> list[Problem]:
    """Say which rows have the identity of one before them."""
    ids = frame.get("event_id")
    if ids is None:
        return []
    again = ids[ids.notna() & ids.duplicated()]
    first = ids[ids.isin(again) & ~ids.duplicated()]
    rows = dict(zip(first, first.index, strict=True))
    return [
        Problem(
            row=int(str(number)),
            column="event_id",
            value=identity,
            reason=f"stands in row {rows[identity]} as well; kept",
        )
        for number, identity in again.items()
    ]


def empty_wrong_codes(frame: pd.DataFrame) -> list[Problem]:
    """Empty the codes that are none of the scales'."""
    problems = []
    for name, scale in _SCALES.items():
        codes = frame.get(name)
        if codes is not None:
            wrong = codes.notna() & ~codes.isin(scale)
            problems += problems_of(
                name, codes.astype("str"), wrong, "no code of the scale; left empty"
            )
            frame[name] = codes.mask(wrong)
    return problems


def wrong_orders(frame: pd.DataFrame) -> list[Problem]:
    """Say which figures are not low, best, high, and which events end before they start."""
    problems = [problem for name in COUNTED for problem in _figures_out_of_order(frame, name)]
    start, end = frame.get("date_start"), frame.get("date_end")
    if start is not None and end is not None:
        wrong = (end < start).fillna(value=False)
        problems += problems_of("date_end", end, wrong, "ends before it starts; kept")
    return problems


def _figures_out_of_order(frame: pd.DataFrame, name: str) -> Iterator[Problem]:
    for lower, upper in (("low", "best"), ("best", "high"), ("low", "high")):
        small, large = frame.get(f"{name}_{lower}"), frame.get(f"{name}_{upper}")
        if small is not None and large is not None:
            wrong = (small > large).fillna(value=False)
            shown = small.astype("str") + "/" + large.astype("str")
            yield from problems_of(name, shown, wrong, f"{lower} > {upper}; kept as it is")


def take_out_sums(frame: pd.DataFrame, cells: pd.DataFrame, words: Sequence[str]) -> list[Problem]:
    """Take the rows that sum up the others out of every sum; they are kept, and said.

    Such a row has one of `words` and beside it nothing but numbers; where the word stands for a
    place it names none (Totali lies in Turkey).
    """
    spelt = {
        spelling
        for word in words
        for spelling in (word, word.capitalize(), word.title(), word.upper())
    }
    marked = spelt | {f"{spelling}:" for spelling in spelt}
    problems = []
    for number, row in cells[cells.isin(marked).any(axis=1)].iterrows():
        others = [cell for cell in row if cell.strip() and cell not in marked]
        if others and all(read_number(cell) is not None for cell in others):
            problems.append(
                Problem(
                    row=int(str(number)),
                    column=None,
                    value=next(cell for cell in row if cell in marked),
                    reason="taken for the sum of other rows; kept, and in no total",
                )
            )
    if problems:
        frame["counts_in_total"] = frame.get("counts_in_total", True)
        is_sum = frame.index.isin([problem.row for problem in problems])
        frame.loc[is_sum, "counts_in_total"] = False
        if "place_text" in frame:
            names = frame["place_text"]
            frame["place_text"] = names.mask(is_sum & names.isin(marked))
    return problems
