"""Find the header of a table: under a title, in two rows under merged cells, with HXL tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


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


def with_header(cells: pd.DataFrame, start: int, notes: tuple[str, ...]) -> RawTable:
    """Take the header, a second header row under merged cells, and a row of HXL tags out."""
    cells = cells.fillna("")
    headers = [" ".join(str(cell).split()) for cell in cells.iloc[start]]
    data = start + 1
    if start:
        above = "1 row" if start == 1 else f"{start} rows"
        notes = (*notes, f"{above} above the header left out")
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


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\s*[-+]?[\d.,\s/:-]+\s*", cell) is not None
