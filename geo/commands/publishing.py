"""The options that say what may be published, and how exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from geo.commands.console import counted

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingOptions:
    """Hold what may be published, how exactly, and to which database besides."""

    exact: Exact = False
    grid: Grid = 0.01
    min_age_hours: MinAge = None
    withhold: Withhold = None
    review: Review = "not_rejected"
    database: ToDatabase = None
    table: Table = "conflict_events"

    def rules(self) -> PublicationRules:
        """Return the rules; raise :class:`geo.errors.InputError` for impossible ones."""
        from geo.exporters import PublicationRules

        withhold = self.withhold.split(",") if self.withhold else []
        return PublicationRules(
            exact=self.exact,
            grid_degrees=self.grid,
            min_age_hours=self.min_age_hours,
            withhold=tuple(word.strip() for word in withhold),
            review=self.review,
        )

    def write_to_database(self, frame: GeoDataFrame) -> list[str]:
        """Write a published frame to the database, if one was named; return what was written."""
        from geo.exporters import describe_sources
        from geo.exporters.postgis import parse_url, write_published_to

        if self.database is None:
            return []
        write_published_to(frame, self.database, table=self.table, about=describe_sources(frame))
        shown = parse_url(self.database).render_as_string(hide_password=True)
        return [f"table {self.table} of {shown}"]


class Withheld(Protocol):
    """Tell what was kept back, and how many points were coarsened."""

    @property
    def withheld(self) -> Mapping[str, int]:
        """Return how many events were kept back for which reason."""

    @property
    def coarsened(self) -> int:
        """Return how many points were put on the grid."""


def say_withheld(out: Withheld) -> None:
    """Print how many events the rules kept back, and how many points they coarsened."""
    for reason, count in out.withheld.items():
        print(f"{counted(count, 'event')} withheld ({reason})")
    if out.coarsened:
        print(f"{counted(out.coarsened, 'point')} put on the grid; --exact keeps them")
