"""``conflict-map map``: reports and tables in, a map and its files out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, counted
from geo.commands.deciding import DecidingOptions, judge_by, report_decisions, without_sheets
from geo.commands.files import sparing
from geo.commands.gathering import Wanted, gather
from geo.commands.map_report import say_flagged, show_map, show_tables, tell_of_sums
from geo.commands.option_groups import grouped
from geo.commands.publishing import PublishingOptions, say_withheld
from geo.commands.selecting import SelectingOptions
from geo.commands.streaming import PublishedParts, is_large, write_parts
from geo.commands.tabular import ColumnOptions, ResolveAgain
from geo.commands.texts import NearnessOptions, Quiet, TextOptions
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.commands.gathering import Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """Hold how the map looks."""

    title: Annotated[str | None, typer.Option(help="Title of the map.")] = None
    tiles: Annotated[
        str | None, typer.Option(help="Online tiles: osm, carto or a URL. Default: none.")
    ] = None
    overlay: Annotated[
        list[Path] | None,
        typer.Option(help="GeoJSON to draw under the events, as a front line; may be repeated."),
    ] = None
    embed: Annotated[bool, typer.Option(help="The map without panels, for an iframe.")] = False
    ui_lang: Annotated[str, typer.Option(help="Language of the map's labels: en, it, uk.")] = "en"
    each_up_to: Annotated[
        int,
        typer.Option(
            min=0, help="More events than this are summed by place, type and month.", metavar="N"
        ),
    ] = 50_000

    def check(self) -> None:
        """Raise :class:`geo.errors.InputError` for what no page can have, before all else."""
        from geo.webmap import check_options

        check_options(
            ui_language=self.ui_lang,
            tiles=self.tiles,
            overlay=self.overlay,
            each_up_to=self.each_up_to,
        )

    def write(self, parts: Iterable[GeoDataFrame], path: Path, heading: str) -> None:
        """Write the page."""
        from geo.webmap import write_map_of_parts

        write_map_of_parts(
            parts,
            path,
            title=self.title or heading,
            tiles=self.tiles,
            ui_language=self.ui_lang,
            overlay=self.overlay,
            embed=self.embed,
            each_up_to=self.each_up_to,
        )

    def tell_of_sums(self, count: int) -> None:
        """Say it where the page sums its events."""
        if count > self.each_up_to:
            tell_of_sums(count, self.each_up_to)


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
    from geo.exporters import paths_of, publish, write_published

    inputs = without_sheets(inputs)
    page.check()
    tables = columns.of_tables(country=texts.country, resolve_again=resolve_again)
    rules, selection = publishing.rules(), selecting.selection()
    stem = _stem(inputs)
    html = output / f"{stem}.html"
    paths = paths_of(output, stem, formats.split(","))
    sparing(map(Path, inputs), [*paths.values(), html])
    gazetteer = opened(quiet=quiet)
    sheets = deciding.sheets(inputs)
    if publishing.database is None and is_large(inputs, selection):
        parts = PublishedParts(
            address=inputs[0], selection=selection, rules=rules,
            new_judge=lambda: judge_by(sheets, gazetteer),
        )  # fmt: skip
        _map_parts(parts, page, html, list(paths.values()), quiet=quiet)
        if parts.judge is not None:
            report_decisions(parts.judge.outcome(), sheets, quiet=quiet)
        return
    judge = judge_by(sheets, gazetteer)
    wanted = Wanted(
        texts=texts, tables=tables, nearness=nearness.rules(), judge=judge, selection=selection,
        quiet=quiet,
    )  # fmt: skip
    gathered = gather(inputs, gazetteer, wanted)
    if not quiet:
        show_tables(gathered.tables)
    out = publish(gathered.frame, rules)
    write_published(
        out.frame, output, stem, formats=list(paths), events=gathered.events, exact=rules.exact
    )
    written = [*map(str, paths.values()), *publishing.write_to_database(out.frame), str(html)]
    page.write([out.frame], html, gathered.heading or stem)
    page.tell_of_sums(len(out.frame))
    if not quiet:
        show_map(gathered, out, written)
    if judge is not None:
        report_decisions(judge.outcome(), sheets, quiet=quiet)
    _end(gathered)


def _map_parts(
    parts: PublishedParts, page: PageOptions, html: Path, files: Sequence[Path], *, quiet: bool
) -> None:
    """Write the page and the files of a result too large to be held, and print its totals."""
    from geo.exporters.about import About, gazetteer_credits
    from geo.totals import Tally

    tally = Tally()
    page.write(tally.adding(parts), html, html.stem)
    about = About(attribution=gazetteer_credits())
    written = [*write_parts(parts, files, form=None, about=about), str(html)]
    totals = tally.totals()
    page.tell_of_sums(totals.events)
    if not quiet:
        print(totals)
        print(f"{counted(totals.unresolved, 'event')} without a place")
        say_withheld(parts)
        for name in written:
            print(f"wrote {name}")


def _end(gathered: Gathered) -> None:
    """Say what could not be read; the exit code is 2 then."""
    if gathered.rejected:
        unread = counted(gathered.rejected, "input")
        complain(f"{unread} could not be read; left out")
    say_flagged(gathered.flagged)
    if gathered.rejected or gathered.flagged:
        raise typer.Exit(code=2)


def _stem(inputs: Sequence[str]) -> str:
    if inputs[0] == "-":
        return "stdin"
    return Path(inputs[0]).name.removesuffix(".events.jsonl").rsplit(".", 1)[0]
