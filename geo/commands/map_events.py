"""``conflict-map map``: reports and tables in, a map and its files out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, counted
from geo.commands.deciding import DecidingOptions, judge_by, report_decisions, without_sheets
from geo.commands.files import sparing
from geo.commands.gathering import Wanted, gather
from geo.commands.map_report import say_flagged, show_map, show_tables
from geo.commands.option_groups import grouped
from geo.commands.page import PageOptions
from geo.commands.publishing import PublishingOptions, say_withheld
from geo.commands.selecting import SelectingOptions
from geo.commands.streaming import PublishedParts, is_large, write_parts
from geo.commands.tabular import ColumnOptions, ResolveAgain
from geo.commands.texts import NearnessOptions, Quiet, TextOptions
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from geo.commands.gathering import Gathered
    from geo.review import Judge


@grouped
def map_events(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Texts (text, HTML, JSONL), tables of events, what batch wrote; - is a text."
        ),
    ],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder that the files go to.")
    ] = Path("outputs"),
    texts: TextOptions,
    page: PageOptions,
    formats: Annotated[
        str, typer.Option("--format", help="Formats beside the map, by commas.")
    ] = "geojson,jsonl",
    columns: ColumnOptions,
    resolve_again: ResolveAgain = False,
    selecting: SelectingOptions,
    publishing: PublishingOptions,
    deciding: DecidingOptions,
    nearness: NearnessOptions,
    quiet: Quiet = False,
) -> None:
    """Map the events of texts and tables: HTML, GeoJSON and JSONL."""
    inputs = without_sheets(inputs)
    page.check()
    tables = columns.of_tables(country=texts.country, resolve_again=resolve_again)
    rules, selection = publishing.rules(), selecting.selection()
    target = _target(inputs, output, formats)
    gazetteer = opened(quiet=quiet)
    sheets = deciding.sheets(inputs)
    if publishing.database is None and is_large(inputs, selection):
        parts = PublishedParts(
            address=inputs[0], selection=selection, rules=rules,
            new_judge=lambda: judge_by(sheets, gazetteer),
        )  # fmt: skip
        _map_parts(parts, page, target, quiet=quiet)
        _report(parts.judge, sheets, quiet=quiet)
        return
    wanted = Wanted(
        texts=texts, tables=tables, nearness=nearness.rules(), judge=judge_by(sheets, gazetteer),
        selection=selection, quiet=quiet,
    )  # fmt: skip
    gathered = gather(inputs, gazetteer, wanted)
    _map_gathered(gathered, page, publishing, target, quiet=quiet)
    _report(wanted.judge, sheets, quiet=quiet)
    _end(gathered)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Hold where the files go: each format's, and the page."""

    folder: Path
    stem: str
    files: dict[str, Path]
    page: Path


def _target(inputs: Sequence[str], folder: Path, formats: str) -> _Target:
    """Return where the files go; raise :class:`geo.errors.InputError` where that is an input."""
    from geo.exporters import paths_of

    stem = "stdin" if inputs[0] == "-" else Path(inputs[0]).name.removesuffix(".events.jsonl")
    stem = stem.rsplit(".", 1)[0]
    files = paths_of(folder, stem, formats.split(","))
    page = folder / f"{stem}.html"
    sparing(map(Path, inputs), [*files.values(), page])
    return _Target(folder=folder, stem=stem, files=files, page=page)


def _map_gathered(
    gathered: Gathered,
    page: PageOptions,
    publishing: PublishingOptions,
    target: _Target,
    *,
    quiet: bool,
) -> None:
    """Publish what was read: files, database, page; print what they hold."""
    from geo.exporters import publish, write_published

    if not quiet:
        show_tables(gathered.tables)
    out = publish(gathered.frame, publishing.rules())
    write_published(
        out.frame, target.folder, target.stem, formats=list(target.files), events=gathered.events,
        exact=publishing.exact,
    )  # fmt: skip
    database = publishing.write_to_database(out.frame)
    page.write([out.frame], target.page, gathered.heading or target.stem)
    page.tell_of_sums(len(out.frame))
    if not quiet:
        show_map(gathered, out, [*map(str, target.files.values()), *database, str(target.page)])


def _map_parts(parts: PublishedParts, page: PageOptions, target: _Target, *, quiet: bool) -> None:
    """Write the page and the files of a result too large to be held, and print its totals."""
    from geo.exporters.about import About, gazetteer_credits
    from geo.totals import Tally

    tally = Tally()
    page.write(tally.adding(parts), target.page, target.stem)
    about = About(attribution=gazetteer_credits())
    files = list(target.files.values())
    written = [*write_parts(parts, files, form=None, about=about), str(target.page)]
    totals = tally.totals()
    page.tell_of_sums(totals.events)
    if not quiet:
        print(totals)
        print(f"{counted(totals.unresolved, 'event')} without a place")
        say_withheld(parts)
        for name in written:
            print(f"wrote {name}")


def _report(judge: Judge | None, sheets: Sequence[Path], *, quiet: bool) -> None:
    if judge is not None:
        report_decisions(judge.outcome(), sheets, quiet=quiet)


def _end(gathered: Gathered) -> None:
    """Say what could not be read; the exit code is 2 then."""
    if gathered.rejected:
        unread = counted(gathered.rejected, "input")
        complain(f"{unread} could not be read; left out")
    say_flagged(gathered.flagged)
    if gathered.rejected or gathered.flagged:
        raise typer.Exit(code=2)
