"""The options that say what may be published, and how exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.exporters import PublicationRules

Exact = Annotated[
    bool, typer.Option("--exact", help="Do not coarsen points finer than the gazetteer's place.")
]
Grid = Annotated[
    float, typer.Option(help="Grid that your own points are put on, in degrees.", metavar="DEGREES")
]
MinAge = Annotated[
    float | None,
    typer.Option(help="Withhold what is younger than this, or has no date.", metavar="HOURS"),
]
Withhold = Annotated[
    str | None,
    typer.Option(help="Withhold sensitivities, by commas: personal, graphic, military_position."),
]
Review = Annotated[
    str, typer.Option("--review", help="What goes out: any, not_rejected or reviewed.")
]

ToDatabase = Annotated[
    str | None,
    typer.Option("--to", help="PostGIS database to write to as well.", metavar="postgresql://…"),
]
Table = Annotated[str, typer.Option(help="Table of the database, made or replaced if ours.")]


def publishing_rules(
    exact: bool, grid: float, min_age_hours: float | None, withhold: str | None, review: str
) -> PublicationRules:
    """Return the rules; raise :class:`geo.errors.InputError` for impossible ones."""
    from geo.exporters import PublicationRules

    return PublicationRules(
        exact=exact,
        grid_degrees=grid,
        min_age_hours=min_age_hours,
        withhold=tuple(word.strip() for word in withhold.split(",")) if withhold else (),
        review=review,
    )


def write_to(database: str | None, table: str, frame: GeoDataFrame) -> list[str]:
    """Write a published frame to the database that was asked for; return what was written."""
    from geo.exporters import describe_sources
    from geo.exporters.postgis import parse_url, write_published_to

    if database is None:
        return []
    write_published_to(frame, database, table=table, about=describe_sources(frame))
    shown = parse_url(database).render_as_string(hide_password=True)
    return [f"table {table} of {shown}"]
