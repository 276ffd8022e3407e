"""``conflict-map convert``: a file of events, ours or any table, into other formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import counted
from geo.commands.files import existing, sparing
from geo.commands.gathering import Gathered, Wanted, gather, select
from geo.commands.map_report import say_flagged, show_tables
from geo.commands.option_groups import grouped
from geo.commands.publishing import PublishingOptions, say_withheld
from geo.commands.selecting import SelectingOptions
from geo.commands.streaming import PublishedParts, is_large, write_parts
from geo.commands.tabular import ColumnOptions, ResolveAgain
from geo.commands.texts import Country, Quiet
from geo.commands.waiting import opened
from geo.errors import InputError, UnknownFormatError

if TYPE_CHECKING:
    from geo.batch.selection import Selection
    from geo.exporters import Published
    from geo.inputs import TableOptions


@grouped
def convert(
    input_file: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="Events as .geojson, .gpkg, .fgb, .parquet, .csv, .xlsx, .jsonl, or what batch "
            "wrote.",
        ),
    ],
    *,
    outputs: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="File to write; its ending says the format."),
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="Format, where the ending does not say it.")
    ] = None,
    columns: ColumnOptions,
    country: Country = None,
    resolve_again: ResolveAgain = False,
    selecting: SelectingOptions,
    publishing: PublishingOptions,
    quiet: Quiet = False,
) -> None:
    """Write events, all or selected, in other formats.

    The rules of publication apply as in map.
    """
    targets = _targets(input_file, outputs or [], formats, publishing)
    rules, selection = publishing.rules(), selecting.selection()
    tables = columns.of_tables(country=country, resolve_again=resolve_again)
    if publishing.database is None and is_large([input_file], selection):
        parts = PublishedParts(address=input_file, selection=selection, rules=rules)
        _convert_parts(parts, targets, formats, quiet=quiet)
        return
    gathered = _read(input_file, tables, selection, quiet=quiet)
    _convert_gathered(gathered, targets, formats, publishing, quiet=quiet)
    say_flagged(gathered.flagged)
    if gathered.flagged:
        raise typer.Exit(code=2)


def _targets(
    name: str, targets: list[Path], form: str | None, publishing: PublishingOptions
) -> list[Path]:
    """Return the files to write; raise :class:`geo.errors.InputError` where that cannot be."""
    from geo.exporters import format_of

    if not targets and publishing.database is None:
        raise InputError("say where to: --output FILE, or --to postgresql://…")
    for target in targets:
        format_of(form or target.name)
    sparing([Path(name)], targets)
    return targets


def _convert_gathered(
    gathered: Gathered,
    targets: list[Path],
    form: str | None,
    publishing: PublishingOptions,
    *,
    quiet: bool,
) -> None:
    """Publish what was read: files, database."""
    from geo.exporters import publish, write_published_file

    out = publish(gathered.frame, publishing.rules())
    for target in targets:
        write_published_file(
            out.frame, target, format=form, events=gathered.events, exact=publishing.exact
        )
    written = [*map(str, targets), *publishing.write_to_database(out.frame)]
    if not quiet:
        _say_written(out, written, len(out.frame))


def _say_written(out: Published | PublishedParts, written: Sequence[str], events: int) -> None:
    say_withheld(out)
    for name in written:
        print(f"wrote {counted(events, 'event')} to {name}")


def _convert_parts(
    parts: PublishedParts, targets: list[Path], form: str | None, *, quiet: bool
) -> None:
    """Write what is too much to be held at once, part by part."""
    from geo.exporters.about import About, gazetteer_credits

    about = About(attribution=gazetteer_credits())
    written = write_parts(parts, targets, form=form, about=about)
    if not quiet:
        _say_written(parts, written, parts.events)


def _read(name: str, tables: TableOptions, selection: Selection, *, quiet: bool) -> Gathered:
    """Read our own exports and what batch wrote as they are, other tables with places resolved."""
    from geo.batch.results import is_batch, read_result
    from geo.exporters.reading import is_export, read_frame
    from geo.inputs import is_record_file, is_table

    if is_batch(name):
        return Gathered(frame=read_result(name, selection))
    path = existing(Path(name))
    is_own = not (tables.columns or tables.profile or tables.resolve_again)
    if is_own and not is_record_file(path) and is_export(path):
        return Gathered(frame=select(read_frame(path), selection))
    if not (is_record_file(path) or is_table(path, tables)):
        raise UnknownFormatError(f"{path} is no table of events; conflict-map map reads texts")
    wanted = Wanted(tables=tables, selection=selection, quiet=quiet)
    gathered = gather([name], opened(quiet=quiet), wanted)
    if not quiet:
        show_tables(gathered.tables)
    return gathered
