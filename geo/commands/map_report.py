"""Print what was read and what was mapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.commands.console import complain, counted, listed, one_line, output, print_table, table_of
from geo.commands.publishing import say_withheld

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.commands.gathering import Gathered
    from geo.exporters import Published
    from geo.readers.table import TableResult
    from geo.readers.table_oddities import Problem

_SHOWN = 50
_ROWS_SHOWN = 5
_VALUES_SHOWN = 3
_NARROW = 72  # columns of a terminal that a table of events would break in
_HEADINGS = ("event", "place", "date", "killed", "injured", "km²", "sure")
_FIGURES = ("killed", "injured", "km²", "sure")


def show_tables(tables: Sequence[TableResult]) -> None:
    """Say of each table what it was taken for, which column became which, and what is odd."""
    for table in tables:
        used = ", ".join(
            theirs if ours == theirs else f"{theirs} → {ours}"
            for ours, theirs in table.columns.items()
        )
        print(f"{table.path}: {table.profile.title}, {counted(len(table.frame), 'row')}")
        print(f"  columns: {one_line(used)}")
        if table.unused:
            print(f"  not used: {listed(table.unused)}")
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
        word = "row" if len(problems) == 1 else "rows"
        rows = listed([f"{problem.row}" for problem in problems], most=_ROWS_SHOWN)
        values = listed([repr(problem.value) for problem in problems], most=_VALUES_SHOWN)
        what = f"{column} {values}" if column else values
        complain(f"{table.path}, {word} {rows}: {what}: {reason}")


def say_flagged(rows: int) -> None:
    """Say how many rows of tables had cells that could not be read."""
    if rows:
        complain(f"{counted(rows, 'row')} had cells that could not be read; see the warnings there")


def show_map(gathered: Gathered, out: Published, written: Sequence[str]) -> None:
    """Print the events, their totals, what has no place or was withheld, and the files."""
    from geo.events.subtypes import plain_type
    from geo.totals import summarise

    frame = out.frame
    if len(frame):
        _show_events(frame, {e.id: plain_type(e.event_type) for e in gathered.events})
    totals = summarise(frame)
    print(totals)
    nowhere = counted(totals.unresolved, "event")
    names = counted(len(gathered.unresolved), "name")
    named = f": {listed(gathered.unresolved)}" if gathered.unresolved else ""
    print(f"{nowhere} and {names} without a place{named}")
    if gathered.at_unit:
        names = counted(len(gathered.at_unit), "name")
        print(f"{names} put at the unit around the place: {listed(gathered.at_unit)}")
    say_withheld(out)
    for name in written:
        print(f"wrote {name}")


def tell_of_sums(count: int, each_up_to: int) -> None:
    """Say that the page sums its events, and how to have them each."""
    complain(
        f"{count:,} events are over {each_up_to:,}: the map sums them by place, type and month and "
        "lists the most lethal; select fewer, or raise --each-up-to (300,000 at most)"
    )


def _show_events(frame: GeoDataFrame, types: dict[str, str]) -> None:
    """Print the first events: as a table, or a line each where the terminal is narrow."""
    rows = [
        _cells(row, types.get(row["event_id"])) for row in frame.head(_SHOWN).to_dict("records")
    ]
    if output().width < _NARROW:
        for row in rows:
            print(_one_line(row))
    else:
        table = table_of(_HEADINGS, right=_FIGURES)
        table.columns[_HEADINGS.index("date")].no_wrap = True
        for row in rows:
            table.add_row(*row)
        print_table(table)
    if len(frame) > _SHOWN:
        print(f"… and {len(frame) - _SHOWN:,} more in the files")


def _one_line(cells: Sequence[str]) -> str:
    """Return the cells that are filled, figures with their heading.

    >>> _one_line(("shelling", "Kherson", "2023-05-02", "3", "", "", "0.96"))
    'shelling · Kherson · 2023-05-02 · killed 3 · sure 0.96'
    >>> _one_line(("territorial gain", "Bakhmut", "", "", "", "(3)", ""))
    'territorial gain · Bakhmut · (3) km²'
    """
    named = (
        f"{cell} km²" if heading == "km²" else f"{heading} {cell}" if heading in _FIGURES else cell
        for heading, cell in zip(_HEADINGS, cells, strict=True)
        if cell
    )
    return " · ".join(named)


def _cells(row: dict[str, Any], kind: str | None) -> tuple[str, ...]:
    area = _figure(row["area_km2"])
    if area and not row["counts_in_total"]:
        area = f"({area})"
    located = _text(row["longitude"])
    cells = (
        kind or _text(row["event_subtype"]) or _text(row["event_type"]),
        _text(row["place_name"]) or _text(row["place_text"]) if located else "not located",
        format_days(_text(row["date_start"]), _text(row["date_end"])),
        _figure(row["killed_best"]),
        _figure(row["injured_best"]),
        area,
        f"{row['geo_confidence']:.2f}" if located and _text(row["geo_confidence"]) else "",
    )
    return tuple(map(one_line, cells))


def _text(value: object) -> str:
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _figure(value: Any) -> str:  # noqa: ANN401 - a number, None, NaN or NA
    return f"{value:.15g}" if _text(value) else ""


def format_days(start: str, end: str) -> str:
    """Return ISO days as one text, the end without what the start already says.

    >>> format_days("2023-08-07", "2023-08-13"), format_days("2023-08-07", "2023-08-07")
    ('2023-08-07…13', '2023-08-07')
    """
    if start == end:
        return start
    shared = next((cut for cut in (8, 5) if start and start[:cut] == end[:cut]), 0)
    return f"{start}…{end[shared:]}"
