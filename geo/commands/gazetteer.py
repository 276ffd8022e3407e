"""``conflict-map gazetteer``: look names up, see what the gazetteer is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.shared import Country, Quiet, country_code, opened

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import ScoredCandidate

_WIDE = 200  # columns of a table that goes to a file

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
    from rich.console import Console
    from rich.table import Table

    from gazetteer.errors import UnknownPlaceError

    gazetteer = opened(quiet=quiet)
    found = gazetteer.search(name, near=near, country=country_code(country), limit=limit)
    if not found:
        raise UnknownPlaceError(f"no place is called {name!r}, or nearly so; check the spelling")
    table = Table(box=None, pad_edge=False)
    for heading in ("score", "name", "kind", "region", "lon", "lat", "people", "id", "reasons"):
        table.add_column(heading, overflow="fold")
    for item in found:
        table.add_row(*_row(item, gazetteer))
    console = Console()
    Console(width=console.width if console.is_terminal else _WIDE).print(table, markup=False)


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
