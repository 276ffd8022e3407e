"""``conflict-map convert``: a file of events, ours or any table, into other formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.publishing import (
    Exact,
    Grid,
    MinAge,
    Review,
    Table,
    ToDatabase,
    Withhold,
    publishing_rules,
    write_to,
)
from geo.commands.selecting import Box, Confidence, Since, Types, Until, selection_of
from geo.commands.shared import Country, Quiet, Request, complain, existing, opened, sparing
from geo.commands.tabular import Columns, PlaceColumn, Profile, ResolveAgain, table_options

if TYPE_CHECKING:
    from geo.batch.selection import Selection
    from geo.commands.gathering import Gathered
    from geo.inputs import TableOptions


def convert(
    input_file: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="Events as .geojson, .gpkg, .fgb, .parquet, .csv, .xlsx, .jsonl, or what batch "
            "wrote.",
        ),
    ],
    outputs: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="File to write; its ending says the format."),
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="Format, where the ending does not say it.")
    ] = None,
    profile: Profile = None,
    place_column: PlaceColumn = None,
    columns: Columns = None,
    country: Country = None,
    resolve_again: ResolveAgain = False,
    since: Since = None,
    until: Until = None,
    bbox: Box = None,
    types: Types = None,
    min_confidence: Confidence = None,
    exact: Exact = False,
    grid: Grid = 0.01,
    min_age_hours: MinAge = None,
    withhold: Withhold = None,
    review: Review = "not_rejected",
    database: ToDatabase = None,
    table: Table = "conflict_events",
    quiet: Quiet = False,
) -> None:
    """Write events, all or selected, in other formats.

    The rules of publication apply as in map.
    """
    from geo.errors import InputError
    from geo.exporters import format_of, publish, write_published_file

    targets = outputs or []
    if not targets and database is None:
        raise InputError("say where to: --output FILE, or --to postgresql://…")
    for output in targets:
        format_of(formats or output.name)
    sparing([Path(input_file)], targets)
    rules = publishing_rules(exact, grid, min_age_hours, withhold, review)
    options = table_options(profile, place_column, columns, country, resolve_again)
    selection = selection_of(since, until, bbox, types, min_confidence)
    gathered = _read(input_file, options, selection, quiet=quiet)
    out = publish(gathered.frame, rules)
    written = [
        str(
            write_published_file(
                out.frame, output, format=formats, events=gathered.events, exact=exact
            )
        )
        for output in targets
    ]
    written += write_to(database, table, out.frame)
    if not quiet:
        for reason, count in out.withheld.items():
            print(f"{count} events withheld ({reason})")
        for name in written:
            print(f"wrote {len(out.frame)} events to {name}")
    if gathered.flagged:
        complain(f"{gathered.flagged} rows had cells that could not be read; see their warnings")
        raise typer.Exit(code=2)


def _read(name: str, options: TableOptions, selection: Selection, *, quiet: bool) -> Gathered:
    """Read our own exports and what batch wrote as they are, other tables with places resolved."""
    from geo.batch.results import is_batch, read_result
    from geo.commands.gathering import Gathered, gather, select
    from geo.commands.map_report import show_tables
    from geo.errors import UnknownFormatError
    from geo.exporters.reading import is_export, read_frame
    from geo.inputs import is_record_file, is_table

    if is_batch(name):
        return Gathered(frame=read_result(name, selection))
    path = existing(Path(name))
    is_own = not (options.columns or options.profile or options.resolve_again)
    if is_own and not is_record_file(path) and is_export(path):
        return Gathered(frame=select(read_frame(path), selection))
    if not (is_record_file(path) or is_table(path, options)):
        raise UnknownFormatError(f"{path} is no table of events; conflict-map map reads texts")
    request = Request(inputs=[name], quiet=quiet)
    gathered = gather(request, options, opened(quiet=quiet), selection=selection)
    if not quiet:
        show_tables(gathered.tables)
    return gathered
