"""``conflict-map map``: reports in, a map and its tables out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.shared import (
    Country,
    Language,
    Published,
    Quiet,
    Request,
    complain,
    extract_all,
    opened,
)

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.models import Event, Interval
    from geo.pipeline import Extraction

_SHOWN = 50


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

    request = Request(
        inputs=inputs, published=published, language=lang, country=country, quiet=quiet
    )
    gazetteer = opened(quiet=quiet)
    read = _read(request, gazetteer)
    stem = _stem(inputs)
    rules = PublicationRules(exact=exact)
    paths = write_events(
        read.events, output, stem, formats=formats.split(","), rules=rules, gazetteer=gazetteer
    )
    frame = publish(to_geodataframe(read.events, gazetteer=gazetteer), rules).frame
    page = write_map(
        frame,
        output / f"{stem}.html",
        title=title or read.heading or stem,
        tiles=tiles,
        ui_language=ui_lang,
    )
    if not quiet:
        _show(read, [*paths.values(), page])
    if read.rejected:
        complain(f"{read.rejected} inputs could not be read and were left out")
        raise typer.Exit(code=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    events: tuple[Event, ...]
    unresolved: tuple[str, ...]
    rejected: int
    heading: str | None


def _read(request: Request, gazetteer: Gazetteer) -> _Read:
    from geo.errors import InputError
    from geo.events.reconciliation import reconcile_events
    from geo.readers import Reject

    items = list(extract_all(request, gazetteer))
    found = [item for item in items if not isinstance(item, Reject)]
    if not found:
        raise InputError("no input could be read, so nothing was written")
    events = reconcile_events([event for item in found for event in item.events])
    _advise(found, events)
    return _Read(
        events=events,
        unresolved=tuple(name for item in found for name in _unresolved(item)),
        rejected=len(items) - len(found),
        heading=next((item.document.title for item in found if item.document.title), None),
    )


def _unresolved(found: Extraction) -> list[str]:
    return [r.mention.text for r in found.resolutions if r.mention.literal and r.place is None]


def _advise(found: Sequence[Extraction], events: Sequence[Event]) -> None:
    undated = sum(item.document.published is None for item in found)
    if undated:
        inputs = "the input has" if len(found) == 1 else f"{undated} of {len(found)} inputs have"
        complain(f"{inputs} no publication date, so relative dates stay open; give --published")
    if not any(item.resolutions for item in found):
        complain("no place is named in the text, so the map is empty")
    elif not events:
        complain("no events were found, so the map is empty; see conflict-map explain")


def _stem(inputs: Sequence[str]) -> str:
    return "stdin" if inputs[0] == "-" else Path(inputs[0]).name.rsplit(".", 1)[0]


def _show(read: _Read, paths: Sequence[Path]) -> None:
    from rich.console import Console
    from rich.table import Table

    from geo.totals import summarise

    console = Console()
    table = Table(box=None, pad_edge=False)
    for name in ("event", "place", "date", "killed", "injured", "km²", "sure"):
        table.add_column(name, justify="right" if name in ("killed", "injured", "km²") else "left")
    for event in read.events[:_SHOWN]:
        table.add_row(*_row(event))
    console.print(table)
    if len(read.events) > _SHOWN:
        print(f"… and {len(read.events) - _SHOWN} more in the files")
    totals = summarise(read.events)
    areas = "".join(f" · {name} {area}" for name, area in totals.areas.items())
    print(f"{len(read.events)} events · killed {totals.killed} · injured {totals.injured}{areas}")
    names = ", ".join(dict.fromkeys(read.unresolved)) or "none"
    print(f"{totals.unresolved} events without a place")
    print(f"{len(read.unresolved)} names without a place: {names}")
    for path in paths:
        print(f"wrote {path}")


def _row(event: Event) -> tuple[str, ...]:
    from rich.markup import escape

    from geo.events.subtypes import plain_type

    place = event.place
    where = "not located" if place is None or place.place is None else place.place.name

    def figure(quantity: object) -> str:
        best = getattr(quantity, "best", None)
        return "" if best is None else f"{best:g}"

    area = figure(event.area)
    if area and not event.counts_in_total:
        area = f"({area})"
    return (
        plain_type(event.event_type),
        escape(where),
        format_days(event.interval),
        figure(event.killed),
        figure(event.injured),
        area,
        "" if place is None else f"{place.confidence:.2f}",
    )


def format_days(days: Interval | None) -> str:
    """Return the days as ISO text, the end without what the start already says.

    >>> from datetime import date
    >>> from geo.models import Interval
    >>> start, end = date(2023, 8, 7), date(2023, 8, 13)
    >>> format_days(Interval(start=start, end=end, precision=3, text=None, basis="explicit"))
    '2023-08-07…13'
    """
    if days is None or (days.start is None and days.end is None):
        return ""
    start, end = (day.isoformat() if day else "" for day in (days.start, days.end))
    if start == end:
        return start
    shared = next((cut for cut in (8, 5) if start and start[:cut] == end[:cut]), 0)
    return f"{start}…{end[shared:]}"
