"""The options that say how the map looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.map_report import tell_of_sums

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


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
