"""Print sentences, numbers with their nouns, and tables that fit where they go."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_NAMED = 20
_CONTROLS = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)  # all but tab and line feed
_WIDE = 10_000  # columns of a table that goes to a file or a pipe: one line a row


def complain(message: str) -> None:
    """Print one sentence to stderr."""
    print(f"conflict-map: {one_line(message)}", file=sys.stderr)


def one_line(text: str) -> str:
    r"""Return a text of somebody's on one line, without what could take over a terminal.

    >>> one_line("Nova\nKakhovka \x1b[2J"), one_line("a  b\u202ec")
    ('Nova Kakhovka [2J', 'a bc')
    """
    return " ".join(text.translate(_CONTROLS).split())


def without_controls(text: str) -> str:
    """Return a text without control characters and changes of direction, its lines kept."""
    return text.translate(_CONTROLS)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "event"), counted(1200, "event"), counted(2, "cell is", "cells are")
    ('1 event', '1,200 events', '2 cells are')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    r"""Return the first of several names as one line of text, each once.

    >>> listed(["Stepne", "Nova\nKakhovka", "Stepne"]), listed(["a", "b", "c"], most=2)
    ('Stepne, Nova Kakhovka', 'a, b and 1 more')
    """
    distinct = list(dict.fromkeys(map(one_line, names)))
    more = len(distinct) - most
    shown = ", ".join(distinct[:most])
    return f"{shown} and {more:,} more" if more > 0 else shown


def table_of(headings: Sequence[str], right: Sequence[str] = ()) -> Table:
    """Return an empty table without lines; the columns of `right` are flush right.

    Those are figures and never break; other cells may.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in headings:
        is_figure = name in right
        table.add_column(
            name, justify="right" if is_figure else "left", overflow="fold", no_wrap=is_figure
        )
    return table


def print_table(table: Table) -> None:
    """Print a table: as wide as the terminal, else one line a row."""
    console = output()
    console.print(table, markup=False)


def output() -> Console:
    """Return the console of standard output."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=_WIDE)
