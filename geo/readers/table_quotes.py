"""Refuse a table in which a quotation mark that nothing closes swallows the rows behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from geo.errors import InputError

_QUOTE = '"'


def check_quotes(text: str, separator: str, path: Path) -> None:
    r"""Raise :class:`geo.errors.InputError` where a quoted cell that runs over lines ends badly.

    It ends at the end of the file, or at a mark that no `separator` and no end of line follows:
    the opening mark of a later cell. A stray mark within one line costs no row and may stay, and
    so may a cell of several lines that is closed.

    >>> check_quotes('place,note\nKyiv,"two\nlines"\nOdesa,12" gun\n', ",", Path("a.csv"))
    >>> check_quotes('place,killed\n"Kyiv,3\nOdesa,4\n', ",", Path("a.csv"))
    Traceback (most recent call last):
    ...
    geo.errors.InputError: a.csv, line 2: a quotation mark opens a cell and nothing closes it...
    """
    if _QUOTE not in text:
        return
    for first, last in _badly_closed(text, separator):
        raise InputError(
            f"{path}, line {first}: a quotation mark opens a cell and nothing closes it, so that "
            f"{last - first + 1} lines would be one cell; close it, or write a mark that belongs "
            "to the text twice"
        )


def _badly_closed(text: str, separator: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each row whose quoted cell runs over lines, unclosed."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        first = rows.line_num + 1
        try:
            next(rows)
        except StopIteration:
            return
        except csv.Error:
            if rows.line_num > first:
                yield first, rows.line_num
