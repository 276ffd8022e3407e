"""``conflict-map check``: what in a table contradicts itself or the gazetteer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from geo.commands.shared import Quiet, existing, opened, sparing
from geo.commands.tabular import Columns, PlaceColumn, Profile, table_options

if TYPE_CHECKING:
    from geo.review.checking import Finding

_SHOWN = 60


def check(
    table: Annotated[Path, typer.Argument(help="Table of events; it is never changed.")],
    outputs: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="File for the findings: .csv, .geojson or .html."),
    ] = None,
    profile: Profile = None,
    place_column: PlaceColumn = None,
    columns: Columns = None,
    quiet: Quiet = False,
) -> None:
    """Say what is odd in a table of events, row by row.

    Each finding says what to do. The exit code is 2 when something was found.
    """
    from geo.errors import UnknownFormatError
    from geo.readers.table import read_table
    from geo.review.checking import check_table
    from geo.review.checking.reporting import WRITERS, write_findings

    for path in outputs or ():
        if path.suffix.lower() not in WRITERS:
            raise UnknownFormatError(f"{path}: findings are written as {', '.join(WRITERS)}")
    sparing([existing(table)], outputs or [])
    options = table_options(profile, place_column, columns, None, False)
    read = read_table(table, profile=options.profile, columns=options.columns)
    findings = check_table(read, opened(quiet=quiet))
    for path in outputs or ():
        write_findings(path, findings, table.name)
    if not quiet:
        _show(findings, len(read.frame))
        for path in outputs or ():
            print(f"wrote {path}")
    if findings:
        raise typer.Exit(code=2)


def _show(findings: Sequence[Finding], rows: int) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if findings:
        table = Table(box=None, pad_edge=False)
        for name in ("row", "code", "value", "what is odd", "what to do"):
            justify: Literal["right", "left"] = "right" if name == "row" else "left"
            table.add_column(name, justify=justify, overflow="fold", no_wrap=name == "code")
        for finding in findings[:_SHOWN]:
            texts = (finding.code, finding.value, finding.explanation, finding.suggestion)
            table.add_row(str(finding.row), *(escape(text) for text in texts))
        Console().print(table)
    if len(findings) > _SHOWN:
        print(f"… and {len(findings) - _SHOWN:,} more; -o writes them all")
    counts = Counter(finding.code for finding in findings).most_common()
    named = "".join(f" · {code} {count:,}" for code, count in counts)
    odd = len({finding.row for finding in findings})
    print(f"{len(findings):,} findings in {odd:,} of {rows:,} rows{named}")
