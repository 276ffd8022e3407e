"""Print what was read and what was mapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.commands.shared import complain

if TYPE_CHECKING:
    from geo.commands.gathering import Gathered
    from geo.exporters import Published
    from geo.readers.table import TableResult
    from geo.readers.table_oddities import Problem

_SHOWN = 50
_NAMES_SHOWN = 20
_ROWS_SHOWN = 5
_HEADINGS = ("event", "place", "date", "killed", "injured", "km²", "sure")


def show_tables(tables: Sequence[TableResult]) -> None:
    """Say of each table what it was taken for, which column became which, and what is odd."""
    for table in tables:
        used = ", ".join(
            theirs if ours == theirs else f"{theirs} → {ours}"
            for ours, theirs in table.columns.items()
        )
        print(f"{table.path}: {table.profile.title}, {len(table.frame):,} rows")
        print(f"  columns: {used}")
        if table.unused:
            print(f"  not used: {', '.join(table.unused)}")
        complain_of(table)


def complain_of(table: TableResult) -> None:
    """Print the problems of a table to stderr, alike ones together with their first rows."""
    for problem in table.problems:
        if problem.row is None:
            complain(f"{table.path}: {problem}")
    alike: dict[tuple[str | None, str], list[Problem]] = defaultdict(list)
    for problem in table.problems:
        if problem.row is not None:
            alike[problem.column, problem.reason].append(problem)
    for (column, reason), problems in alike.items():
        rows = ", ".join(f"{p.row}" for p in problems[:_ROWS_SHOWN])
        more = f" and {len(problems) - _ROWS_SHOWN:,} more" if len(problems) > _ROWS_SHOWN else ""
        word = "row" if len(problems) == 1 else "rows"
        complain(f"{table.path}, {word} {rows}{more}: {column} {problems[0].value!r}: {reason}")


def show_map(gathered: Gathered, out: Published, written: Sequence[str]) -> None:
    """Print the events, their totals, what has no place or was withheld, and the files."""
    from rich.console import Console
    from rich.table import Table

    from geo.events.subtypes import plain_type
    from geo.totals import summarise

    frame = out.frame
    table = Table(box=None, pad_edge=False)
    for name in _HEADINGS:
        table.add_column(name, justify="right" if name in ("killed", "injured", "km²") else "left")
    types = {event.id: plain_type(event.event_type) for event in gathered.events}
    for row in frame.head(_SHOWN).to_dict("records"):
        table.add_row(*_cells(row, types.get(row["event_id"])))
    Console().print(table)
    if len(frame) > _SHOWN:
        print(f"… and {len(frame) - _SHOWN:,} more in the files")
    totals = summarise(frame)
    areas = "".join(f" · {name} {area}" for name, area in totals.areas.items())
    print(f"{len(frame):,} events · killed {totals.killed} · injured {totals.injured}{areas}")
    print(f"{totals.unresolved} events without a place")
    print(f"{len(gathered.unresolved)} names without a place: {_listed(gathered.unresolved)}")
    if gathered.at_unit:
        count = len(gathered.at_unit)
        print(f"{count} names put at the unit around their place: {_listed(gathered.at_unit)}")
    for reason, count in out.withheld.items():
        print(f"{count} events withheld ({reason})")
    if out.coarsened:
        print(f"{out.coarsened} points put on the grid; --exact keeps them")
    for name in written:
        print(f"wrote {name}")


def tell_of_sums(count: int, each_up_to: int) -> None:
    """Say that the page sums its events, and how to have them each."""
    complain(
        f"{count:,} events are over {each_up_to:,}: the map sums them by place, type and month and "
        "lists the most lethal; select fewer, or raise --each-up-to (300,000 at most)"
    )


def _listed(names: Sequence[str]) -> str:
    """Return the first of several names as one text, each once."""
    distinct = list(dict.fromkeys(names))
    more = len(distinct) - _NAMES_SHOWN
    shown = ", ".join(distinct[:_NAMES_SHOWN]) or "none"
    return f"{shown} and {more} more" if more > 0 else shown


def _cells(row: dict[str, Any], kind: str | None) -> tuple[str, ...]:
    from rich.markup import escape

    area = _figure(row["area_km2"])
    if area and not row["counts_in_total"]:
        area = f"({area})"
    located = _text(row["longitude"])
    return (
        escape(kind or _text(row["event_subtype"]) or _text(row["event_type"])),
        escape(_text(row["place_name"]) or _text(row["place_text"])) if located else "not located",
        format_days(_text(row["date_start"]), _text(row["date_end"])),
        _figure(row["killed_best"]),
        _figure(row["injured_best"]),
        area,
        f"{row['geo_confidence']:.2f}" if _text(row["geo_confidence"]) else "",
    )


def _text(value: object) -> str:
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _figure(value: Any) -> str:  # noqa: ANN401 - a number, None, NaN or NA
    return f"{value:g}" if _text(value) else ""


def format_days(start: str, end: str) -> str:
    """Return ISO days as one text, the end without what the start already says.

    >>> format_days("2023-08-07", "2023-08-13"), format_days("2023-08-07", "2023-08-07")
    ('2023-08-07…13', '2023-08-07')
    """
    if start == end:
        return start
    shared = next((cut for cut in (8, 5) if start and start[:cut] == end[:cut]), 0)
    return f"{start}…{end[shared:]}"
