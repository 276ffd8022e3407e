"""``conflict-map gazetteer``: look names up, see what the gazetteer is made of."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.commands.shared import Country, Quiet, opened

app = typer.Typer(help="Look up names; see and change what the gazetteer knows.", no_args_is_help=True)


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

    found = opened(quiet=quiet).search(
        name, near=near, country=country.upper() if country else None, limit=limit
    )
    if not found:
        print(f"no place is called {name!r}, or nearly so")
        raise typer.Exit(code=1)
    table = Table(box=None, pad_edge=False)
    for heading in ("score", "name", "kind", "country", "lon", "lat", "population", "id", "reasons"):
        table.add_column(heading)
    for item in found:
        place = item.candidate.place
        table.add_row(
            f"{item.score:.2f}",
            place.name,
            place.feature_code + ("" if place.located == "exact" else f" ({place.located})"),
            place.admin.country or "",
            "" if place.lon is None else f"{place.lon:.3f}",
            "" if place.lat is None else f"{place.lat:.3f}",
            "" if place.population is None else f"{place.population:,}",
            place.id,
            "; ".join(map(str, item.reasons)),
        )
    Console(soft_wrap=True).print(table)


@app.command()
def info(quiet: Quiet = False) -> None:
    """Show sources, editions, counts and licences, and where the index is."""
    found = opened(quiet=quiet).info()
    print(f"{found.places:,} places, {found.names:,} names, version {found.version}")
    print(f"index: {found.path} ({found.size_bytes / 1e6:.0f} MB)")
    for source in found.sources:
        print(f"- {source.name}: {source.places:,} places · {source.edition} · {source.licence}")
