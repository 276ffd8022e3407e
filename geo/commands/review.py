"""``conflict-map review``: a sheet of places for people to decide on, and their decisions kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, counted
from geo.commands.deciding import report_decisions
from geo.commands.files import existing
from geo.commands.texts import Quiet
from geo.commands.waiting import opened
from geo.errors import InputError, UnknownFormatError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.review.decisions import Decision

app = typer.Typer(
    no_args_is_help=True, help="Decide on places once, in a spreadsheet; later runs remember."
)


@app.command("export")
def export(
    inputs: Annotated[
        list[Path],
        typer.Argument(help="Events that map or convert wrote: .geojson, .gpkg, .csv, .jsonl …"),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Sheet to write, .csv or .xlsx.")
    ] = Path("places.csv"),
    quiet: Quiet = False,
) -> None:
    """Write one row a place text and setting, with candidates, maps and sentences.

    What was decided in the sheet before stays in it.
    """
    import pandas as pd

    from geo.exporters.reading import read_frame
    from geo.review.exporting import keep_decisions, list_places, write_sheet
    from geo.review.sheet import read_sheet

    if output.suffix.lower() not in (".csv", ".xlsx"):
        raise UnknownFormatError(f"{output}: the sheet is written as .csv or .xlsx")
    frames = [read_frame(existing(path)) for path in inputs]
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    rows = list_places(frame, opened(quiet=quiet))
    old = read_sheet(output).rows if output.is_file() else ()
    kept = keep_decisions(rows, [row for _, row in old])
    write_sheet(output, kept)
    if not quiet:
        decided = sum(bool(row["decision"] or row["latitude"]) for row in kept)
        print(f"wrote {counted(len(kept), 'place')}, {decided} decided, to {output}")
        print(f"fill in the column decision, then: conflict-map review apply {output}")


@app.command("apply")
def apply(
    sheet: Annotated[Path, typer.Argument(help="The sheet that was filled in, .csv or .xlsx.")],
    beside: Annotated[
        Path | None,
        typer.Option(help="Folder of the inputs of map; default: the sheet's own."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Who decided, where the sheet does not say it.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(help="Day of the decisions (2023-08-20); default: today.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option(help="Events to change at once, as map wrote them.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File for the changed events.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Do not coarsen points finer than the gazetteer's.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Remember decisions in places.review.csv beside the inputs, where map finds them.

    With --events and -o they are applied to a file of events instead, and nothing is remembered.
    """
    existing(sheet)
    if (events is None) != (output is None):
        raise InputError("--events and --output go together: events in, changed events out")
    if events is not None and output is not None:
        _apply_to_events(sheet, existing(events), output, exact=exact, quiet=quiet)
    else:
        _remember(sheet, beside or sheet.parent, by=by, on=_day(on), quiet=quiet)


def _day(text: str | None) -> str:
    from geo.readers.documents import parse_day

    return (parse_day(text) or date.today()).isoformat()


def _remember(sheet: Path, folder: Path, *, by: str | None, on: str, quiet: bool) -> None:
    from geo.review.exporting import write_sheet
    from geo.review.remembering import DEFAULT_NAMES, remember
    from geo.review.sheet import read_sheet

    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; name the one that the inputs of map lie in")
    target = folder / DEFAULT_NAMES[0]
    rows, taken = remember(read_sheet(sheet), target, by=by, on=on)
    for problem in taken.problems:
        complain(f"{problem}; left undecided")
    unsigned = sum(decision.by is None for decision in taken.decisions)
    if unsigned:
        decisions = counted(unsigned, "decision names", "decisions name")
        complain(f"{decisions} no reviewer; fill in reviewed_by or give --by")
    write_sheet(target, rows)
    unknown = _say_unknown(taken.decisions, sheet, opened(quiet=quiet))
    if not quiet:
        remembered = counted(len(taken.decisions), "decision")
        print(f"{remembered} remembered in {target}; map uses them from now on")
    if taken.problems or unknown:
        raise typer.Exit(code=2)


def _say_unknown(decisions: Sequence[Decision], sheet: Path, gazetteer: Gazetteer) -> int:
    """Name the decisions for places that are not known, as a mistyped number; count them."""
    from geo.review.decisions import DecisionError
    from geo.review.settling import require_place

    count = 0
    for decision in decisions:
        try:
            require_place(decision, gazetteer)
        except DecisionError as error:
            count += 1
            complain(f"{sheet}, row {decision.row}: {decision.text!r}: {error}; not followed")
    return count


def _apply_to_events(sheet: Path, source: Path, output: Path, *, exact: bool, quiet: bool) -> None:
    from geo.exporters import PublicationRules, format_of, write_frame
    from geo.exporters.reading import read_frame
    from geo.review.applying import Judge
    from geo.review.frames import review_frame
    from geo.review.sheet import read_decisions

    format_of(output.name)
    judge = Judge(read_decisions(sheet), opened(quiet=quiet))
    frame = review_frame(read_frame(source), judge)
    write_frame(frame, output, rules=PublicationRules(exact=exact, review="any"))
    report_decisions(judge.outcome(), [sheet], quiet=quiet)
    if not quiet:
        print(f"wrote {counted(len(frame), 'event')} to {output}")
