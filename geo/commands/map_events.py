"""``conflict-map map``: reports and tables in, a map and its files out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.deciding import (
    DecisionSheets,
    NoDecisions,
    decision_sheets,
    judge_by,
    report_decisions,
    without_sheets,
)
from geo.commands.gathering import gather
from geo.commands.map_report import show_map, show_tables, tell_of_sums
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
from geo.commands.shared import (
    Country,
    Days,
    Distance,
    Language,
    Published,
    Quiet,
    Reader,
    Record,
    Request,
    complain,
    opened,
    sparing,
)
from geo.commands.tabular import Columns, PlaceColumn, Profile, ResolveAgain, table_options


def map_events(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Texts (text, HTML, JSONL), tables of events, what batch wrote; - is a text."
        ),
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
    overlay: Annotated[
        list[Path] | None,
        typer.Option(help="GeoJSON to draw under the events, as a front line; may be repeated."),
    ] = None,
    embed: Annotated[bool, typer.Option(help="The map without panels, for an iframe.")] = False,
    ui_lang: Annotated[str, typer.Option(help="Language of the map's labels: en, it, uk.")] = "en",
    each_up_to: Annotated[
        int,
        typer.Option(
            min=0, help="More events than this are summed by place, type and month.", metavar="N"
        ),
    ] = 50_000,
    profile: Profile = None,
    place_column: PlaceColumn = None,
    columns: Columns = None,
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
    decisions: DecisionSheets = None,
    no_decisions: NoDecisions = False,
    distance_km: Distance = 5.0,
    days: Days = 2,
    extractor: Reader = None,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Map the events of texts and tables: HTML, GeoJSON and JSONL."""
    from geo.events.reconciliation import ReconcileRules
    from geo.exporters import paths_of, publish, write_published
    from geo.webmap import check_options, write_map

    inputs = without_sheets(inputs)
    check_options(ui_language=ui_lang, tiles=tiles, overlay=overlay, each_up_to=each_up_to)
    request = Request(
        inputs=inputs,
        published=published,
        language=lang,
        country=country,
        quiet=quiet,
        extractor=extractor,
        record=record,
    )
    options = table_options(profile, place_column, columns, country, resolve_again)
    rules = publishing_rules(exact, grid, min_age_hours, withhold, review)
    stem = _stem(inputs)
    page = output / f"{stem}.html"
    paths = paths_of(output, stem, formats.split(","))
    sparing(map(Path, inputs), [*paths.values(), page])
    same = ReconcileRules(distance_km=distance_km, days=days)
    gazetteer = opened(quiet=quiet)
    sheets = () if no_decisions else decision_sheets(inputs, decisions)
    judge = judge_by(sheets, gazetteer)
    selection = selection_of(since, until, bbox, types, min_confidence)
    gathered = gather(request, options, gazetteer, judge, selection, same)
    if not quiet:
        show_tables(gathered.tables)
    out = publish(gathered.frame, rules)
    write_published(
        out.frame, output, stem, formats=list(paths), events=gathered.events, exact=exact
    )
    written = [*map(str, paths.values()), *write_to(database, table, out.frame)]
    write_map(
        out.frame,
        page,
        title=title or gathered.heading or stem,
        tiles=tiles,
        ui_language=ui_lang,
        overlay=overlay,
        embed=embed,
        each_up_to=each_up_to,
    )
    written.append(str(page))
    if len(out.frame) > each_up_to:
        tell_of_sums(len(out.frame), each_up_to)
    if not quiet:
        show_map(gathered, out, written)
    if judge is not None:
        report_decisions(judge.outcome(), sheets, quiet=quiet)
    if gathered.rejected:
        complain(f"{gathered.rejected} inputs could not be read and were left out")
    if gathered.flagged:
        complain(f"{gathered.flagged} rows had cells that could not be read; see their warnings")
    if gathered.rejected or gathered.flagged:
        raise typer.Exit(code=2)


def _stem(inputs: Sequence[str]) -> str:
    if inputs[0] == "-":
        return "stdin"
    return Path(inputs[0]).name.removesuffix(".events.jsonl").rsplit(".", 1)[0]
