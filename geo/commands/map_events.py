"""``conflict-map map``: reports in, a map and its tables out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.shared import Country, Language, Published, Quiet, complain, given, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.models import Event
    from geo.readers.documents import Reject


def map_events(
    inputs: Annotated[
        list[str], typer.Argument(help="Text, HTML or JSONL files; - is standard input.")
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
    exact: Annotated[
        bool, typer.Option(help="Do not coarsen points finer than the gazetteer's place.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Map the events that reports tell of: one HTML file, GeoJSON and nested JSONL."""
    from geo.exporters import PublicationRules, publish, write_events
    from geo.frame import to_geodataframe
    from geo.webmap import write_map

    gazetteer = opened(quiet=quiet)
    rejects: list[Reject] = []
    events, unresolved, heading = _read(inputs, published, lang, country, gazetteer, rejects)
    stem = _stem(inputs)
    rules = PublicationRules(exact=exact)
    paths = write_events(
        events, output, stem, formats=formats.split(","), rules=rules, gazetteer=gazetteer
    )
    frame = publish(to_geodataframe(events, gazetteer=gazetteer), rules).frame
    page = write_map(
        frame,
        output / f"{stem}.html",
        title=title or heading or stem,
        tiles=tiles,
        ui_language=ui_lang,
    )
    if not quiet:
        _show(events, unresolved, [*paths.values(), page])
    if rejects:
        complain(f"{len(rejects)} lines could not be read and were left out")


def _read(
    inputs: Sequence[str],
    published: str | None,
    lang: str | None,
    country: str | None,
    gazetteer: object,
    rejects: list[Reject],
) -> tuple[tuple[Event, ...], list[str], str | None]:
    from geo.commands.shared import documents_of
    from geo.events.reconciliation import reconcile_events
    from geo.pipeline import extract
    from geo.readers import read_documents
    from geo.resolution import ResolutionSettings

    settings = ResolutionSettings(country=country.upper() if country else None)
    events: list[Event] = []
    unresolved: list[str] = []
    heading = None
    undated = 0
    for document in documents_of(read_documents(inputs, given(published, lang)), rejects):
        found = extract(document, gazetteer, settings=settings)  # type: ignore[arg-type]
        events += found.events
        heading = heading or document.title
        undated += document.published is None
        unresolved += [
            r.mention.text for r in found.resolutions if r.mention.literal and r.place is None
        ]
    if undated:
        complain(
            f"{undated} of the inputs have no publication date, so relative dates stay open; "
            "give --published"
        )
    if not events:
        complain("no events were found; the map is empty (see: conflict-map explain)")
    return reconcile_events(events), unresolved, heading


def _stem(inputs: Sequence[str]) -> str:
    return "stdin" if inputs[0] == "-" else Path(inputs[0]).name.rsplit(".", 1)[0]


def _show(events: Sequence[Event], unresolved: Sequence[str], paths: Sequence[Path]) -> None:
    from rich.console import Console
    from rich.table import Table

    from geo.totals import summarise

    console = Console()
    table = Table(box=None, pad_edge=False)
    for name in ("event", "place", "date", "killed", "injured", "km²", "sure"):
        table.add_column(name, justify="right" if name in ("killed", "injured", "km²") else "left")
    for event in events:
        table.add_row(*_row(event))
    console.print(table)
    totals = summarise(events)
    areas = "".join(f" · {name} {area}" for name, area in totals.areas.items())
    console.print(
        f"{len(events)} events · killed {totals.killed} · injured {totals.injured}{areas}"
    )
    if unresolved:
        names = ", ".join(dict.fromkeys(unresolved))
        console.print(f"{len(unresolved)} mentions stayed without a place: {names}", markup=False)
    for path in paths:
        console.print(f"wrote {path}", markup=False)


def _row(event: Event) -> tuple[str, ...]:
    from rich.markup import escape

    from geo.events.subtypes import plain_type

    place = event.place
    where = "not located" if place is None or place.place is None else place.place.name
    days = event.interval
    when = "" if days is None or days.end is None else days.end.isoformat()
    if days is not None and days.start is not None and days.start != days.end:
        when = f"{days.start.isoformat()}…{when}"

    def figure(quantity: object) -> str:
        best = getattr(quantity, "best", None)
        return "" if best is None else f"{best:g}"

    area = figure(event.area)
    if area and not event.counts_in_total:
        area = f"({area})"
    return (
        plain_type(event.event_type),
        escape(where),
        when,
        figure(event.killed),
        figure(event.injured),
        area,
        "" if place is None else f"{place.confidence:.2f}",
    )
