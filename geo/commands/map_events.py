"""``conflict-map map``: reports and tables in, a map and its files out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.deciding import (
    DecisionSheets,
    NoDecisions,
    decision_sheets,
    judge_by,
    report_decisions,
)
from geo.commands.gathering import gather
from geo.commands.map_report import show_map, show_tables
from geo.commands.publishing import Exact, Grid, MinAge, Review, Withhold, publishing_rules
from geo.commands.shared import (
    Country,
    Language,
    Published,
    Quiet,
    Reader,
    Record,
    Request,
    complain,
    country_code,
    opened,
    sparing,
)

if TYPE_CHECKING:
    from geo.inputs import TableOptions


def map_events(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Texts (text, HTML, JSONL) and tables of events; - is a text."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder that the files go to.")
    ] = Path("outputs"),
    published: Published = None,
    lang: Language = None,
    country: Country = None,
    title: Annotated[str | None, typer.Option(help="Title of the map.")] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Formats beside the map, by commas.")
    ] = "geojson,jsonl",
    tiles: Annotated[
        str | None, typer.Option(help="Online tiles: osm, carto or a URL. Default: none.")
    ] = None,
    ui_lang: Annotated[str, typer.Option(help="Language of the map's labels: en, it, uk.")] = "en",
    profile: Annotated[
        str | None, typer.Option(help="Kind of the tables, as acled; told from the headers.")
    ] = None,
    place_column: Annotated[
        str | None, typer.Option(help="The tables' column of place names.", metavar="HEADER")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="A column of ours and the tables' name of it; may be repeated.",
            metavar="OURS=HEADER",
        ),
    ] = None,
    resolve_again: Annotated[
        bool,
        typer.Option("--resolve-again", help="Resolve rows of tables that have coordinates too."),
    ] = False,
    exact: Exact = False,
    grid: Grid = 0.01,
    min_age_hours: MinAge = None,
    withhold: Withhold = None,
    review: Review = "not_rejected",
    decisions: DecisionSheets = None,
    no_decisions: NoDecisions = False,
    extractor: Reader = None,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Map the events that reports tell of or tables hold: one HTML file, GeoJSON and JSONL."""
    from geo.exporters import paths_of, publish, write_published
    from geo.webmap import write_map

    request = Request(
        inputs=inputs,
        published=published,
        language=lang,
        country=country,
        quiet=quiet,
        extractor=extractor,
        record=record,
    )
    options = table_options(profile, {"place_text": place_column}, columns, country, resolve_again)
    rules = publishing_rules(exact, grid, min_age_hours, withhold, review)
    stem = _stem(inputs)
    page = output / f"{stem}.html"
    paths = paths_of(output, stem, formats.split(","))
    sparing(map(Path, inputs), [*paths.values(), page])
    gazetteer = opened(quiet=quiet)
    sheets = () if no_decisions else decision_sheets(inputs, decisions)
    judge = judge_by(sheets, gazetteer)
    gathered = gather(request, options, gazetteer, judge)
    if not quiet:
        show_tables(gathered.tables)
    out = publish(gathered.frame, rules)
    write_published(
        out.frame, output, stem, formats=list(paths), events=gathered.events, exact=exact
    )
    write_map(
        out.frame,
        page,
        title=title or gathered.heading or stem,
        tiles=tiles,
        ui_language=ui_lang,
    )
    if not quiet:
        show_map(gathered, out, [*paths.values(), page])
    if judge is not None:
        report_decisions(judge.outcome(), sheets, quiet=quiet)
    if gathered.rejected:
        complain(f"{gathered.rejected} inputs could not be read and were left out")
    if gathered.flagged:
        complain(f"{gathered.flagged} rows had cells that could not be read; see their warnings")
    if gathered.rejected or gathered.flagged:
        raise typer.Exit(code=2)


def table_options(
    profile: str | None,
    columns: Mapping[str, str | None],
    pairs: Sequence[str] | None,
    country: str | None,
    resolve_again: bool,
) -> TableOptions:
    """Return what the options say of tables.

    Raises :class:`geo.errors.InputError` for a pair that is none or names no column of ours.
    """
    from geo.errors import InputError
    from geo.inputs import TableOptions
    from geo.readers.table import KNOWN

    given = {ours: theirs for ours, theirs in columns.items() if theirs}
    for pair in pairs or ():
        ours, _, theirs = pair.partition("=")
        if ours not in KNOWN or not theirs:
            raise InputError(
                f"--column {pair!r}: write OURS=HEADER, as in killed_best=Deaths; ours are the "
                "columns that the README names"
            )
        given[ours] = theirs
    return TableOptions(
        profile=profile,
        columns=given,
        country=country_code(country),
        resolve_again=resolve_again,
    )


def _stem(inputs: Sequence[str]) -> str:
    if inputs[0] == "-":
        return "stdin"
    return Path(inputs[0]).name.removesuffix(".events.jsonl").rsplit(".", 1)[0]
