"""``conflict-map gazetteer``: look names up, see what the gazetteer is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, print_table, table_of
from geo.commands.texts import Country, Quiet, country_code
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import ScoredCandidate

_SHOWN = 5
_HEADINGS = ("score", "name", "kind", "region", "lon", "lat", "people", "id", "reasons")
_FIGURES = ("score", "lon", "lat", "people")

app = typer.Typer(
    help="Look up names; see and change what the gazetteer knows.", no_args_is_help=True
)


@app.command()
def search(
    name: Annotated[str, typer.Argument(help="A place name, in any script.")],
    near: Annotated[str | None, typer.Option(help="A place that it lies near.")] = None,
    country: Country = None,
    limit: Annotated[int, typer.Option(help="How many candidates to show.")] = 10,
    quiet: Quiet = False,
) -> None:
    """Show the candidates for a name, with scores and reasons."""
    from gazetteer.errors import UnknownPlaceError

    gazetteer = opened(quiet=quiet)
    found = gazetteer.search(name, near=near, country=country_code(country), limit=limit)
    if not found:
        raise UnknownPlaceError(f"no place is called {name!r}, or nearly so; check the spelling")
    table = table_of(_HEADINGS, right=_FIGURES)
    for item in found:
        table.add_row(*_row(item, gazetteer))
    print_table(table)


def _row(item: ScoredCandidate, gazetteer: Gazetteer) -> tuple[str, ...]:
    place = item.candidate.place
    units = [unit.name for unit in gazetteer.ancestors(place)][-2:]
    known = "" if place.located == "exact" else f" ({place.located})"
    return (
        f"{item.score:.2f}",
        place.name,
        place.feature_code + known,
        ", ".join(units) or (place.admin.country or ""),
        "" if place.lon is None else f"{place.lon:.3f}",
        "" if place.lat is None else f"{place.lat:.3f}",
        "" if place.population is None else f"{place.population:,}",
        place.id,
        "; ".join(f"{reason} {weight:+.1f}" for reason, weight in item.reasons),
    )


@app.command()
def info(quiet: Quiet = False) -> None:
    """Show sources, editions, counts and licences, and where the index is."""
    found = opened(quiet=quiet).info()
    print(f"{found.places:,} places, {found.names:,} names, version {found.version}")
    print(f"index: {found.path} ({found.size_bytes / 1e6:.0f} MB)")
    for source in found.sources:
        print(f"- {source.name}: {source.places:,} places · {source.edition} · {source.licence}")


@app.command("add")
def add_source(
    kind: Annotated[
        str,
        typer.Argument(
            help="codab, codifier, geoboundaries, geonames, osm, postal, table or wikidata."
        ),
    ],
    path: Annotated[Path, typer.Argument(help="The file, as it was published.")],
    name: Annotated[str | None, typer.Option(help="Name of the source, to remove it by.")] = None,
    edition: Annotated[str | None, typer.Option(help="Edition, as the publisher calls it.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence of a file of your own.")] = None,
    option: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="What only this kind takes.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Add the places of a file; adding it again changes nothing."""
    from gazetteer.sources.importing import add_file

    options = dict(_pair(item) for item in option or [])
    added = add_file(kind, path, name=name, edition=edition, licence=licence, options=options)
    for skipped in added.skipped[:_SHOWN]:
        complain(f"{path}, line {skipped.line}: {skipped.reason}; skipped")
    if added.skipped_count > _SHOWN:
        complain(f"{path}: {added.skipped_count - _SHOWN} more lines skipped")
    if not quiet:
        state = "added" if added.changed else "was there already"
        print(f"{added.source.name}: {added.source.places:,} places, {state}")


@app.command("list")
def list_added() -> None:
    """List the sources that were added."""
    from gazetteer.overlay import list_sources

    for source in list_sources():
        wins = " · wins over others" if source.wins else ""
        about = f"{source.places:,} places · {source.edition} · {source.licence}"
        print(f"{source.name}: {about}{wins}")


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="Name, as the list shows it.")]) -> None:
    """Remove a source that was added."""
    from gazetteer.overlay import remove_source

    remove_source(name)
    print(f"{name} removed")


@app.command()
def fetch(
    kind: Annotated[str, typer.Argument(help="geonames, names or postal.")],
    country: Annotated[str, typer.Argument(help="Country as two letters, as UA.")],
    folder: Annotated[Path, typer.Option(help="Where the file goes.")] = Path(),
    quiet: Quiet = False,
) -> None:
    """Fetch a source's file from its publisher; then add it."""
    from gazetteer.sources.fetch import fetch_file, source_url

    url = source_url(kind, country)
    path = fetch_file(url, folder / f"{kind}-{country.upper()}.zip")
    if not quiet:
        print(f"wrote {path}; now: conflict-map gazetteer add {kind} {path}")


def _pair(item: str) -> tuple[str, str]:
    from geo.errors import InputError

    key, equals, value = item.partition("=")
    if not equals:
        raise InputError(f"--option {item!r} has no value; write KEY=VALUE")
    return key, value
