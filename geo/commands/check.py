"""``conflict-map check``: what in a table contradicts itself or the gazetteer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import counted, one_line, print_table, table_of
from geo.commands.files import existing, sparing
from geo.commands.option_groups import grouped
from geo.commands.tabular import ColumnOptions
from geo.commands.texts import Quiet
from geo.commands.waiting import opened
from geo.errors import UnknownFormatError

if TYPE_CHECKING:
    from geo.review.checking import Finding

_SHOWN = 60


@grouped
def check(
    table: Annotated[Path, typer.Argument(help="Table of events; it is never changed.")],
    *,
    outputs: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="File for the findings: .csv, .geojson or .html."),
    ] = None,
    columns: ColumnOptions,
    quiet: Quiet = False,
) -> None:
    """Say what is odd in a table of events, row by row.

    Each finding says what to do. The exit code is 2 when something was found.
    """
    from geo.readers.table import read_table
    from geo.review.checking import check_table
    from geo.review.checking.reporting import WRITERS, write_findings

    for path in outputs or ():
        if path.suffix.lower() not in WRITERS:
            raise UnknownFormatError(f"{path}: findings are written as {', '.join(WRITERS)}")
    sparing([existing(table)], outputs or [])
    options = columns.of_tables()
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
    if findings:
        table = table_of(("row", "code", "value", "what is odd", "what to do"), right=("row",))
        table.columns[1].no_wrap = True
        for finding in findings[:_SHOWN]:
            texts = (finding.code, finding.value, finding.explanation, finding.suggestion)
            table.add_row(str(finding.row), *map(one_line, texts))
        print_table(table)
    if len(findings) > _SHOWN:
        print(f"… and {len(findings) - _SHOWN:,} more; -o writes them all")
    counts = Counter(finding.code for finding in findings).most_common()
    named = "".join(f" · {code} {count:,}" for code, count in counts)
    odd = len({finding.row for finding in findings})
    where = f"{odd:,} of {rows:,} rows" if findings else counted(rows, "row")
    print(f"{counted(len(findings), 'finding')} in {where}{named}")
