"""The options that say which events of a result are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import InputError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.batch.selection import Selection

Since = Annotated[str | None, typer.Option(help="Only events on or after this day.", metavar="DAY")]
Until = Annotated[
    str | None, typer.Option(help="Only events on or before this day.", metavar="DAY")
]
Box = Annotated[
    str | None,
    typer.Option(
        "--bbox",
        help="Only events that touch this box, in degrees.",
        metavar="WEST,SOUTH,EAST,NORTH",
    ),
]
Within = Annotated[
    Path | None,
    typer.Option(
        help="Only events that touch the areas of this file (GeoJSON, GeoPackage, …).",
        metavar="FILE",
    ),
]
Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type", help="Only this event type or subtype; may be repeated.", metavar="TYPE"
    ),
]
Confidence = Annotated[
    float | None,
    typer.Option("--min-confidence", help="Only events placed at least so surely, 0 to 1."),
]
_CORNERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectingOptions:
    """Hold which events of a result are wanted."""

    since: Since = None
    until: Until = None
    bbox: Box = None
    within: Within = None
    types: Types = None
    min_confidence: Confidence = None

    def selection(self) -> Selection:
        """Return what is selected; raise :class:`geo.errors.InputError` for nonsense."""
        from geo.batch.selection import Selection
        from geo.readers.documents import parse_day

        return Selection(
            since=parse_day(self.since),
            until=parse_day(self.until),
            bbox=_box(self.bbox),
            types=tuple(self.types or ()),
            confidence=self.min_confidence,
            within=None if self.within is None else _area(self.within),
        )


def _area(path: Path) -> BaseGeometry:
    """Return the areas of a file as one, in WGS84 (lon lat)."""
    import geopandas as gpd
    import shapely

    if not path.is_file():
        raise InputError(f"{path} does not exist; check the path")
    try:
        frame = gpd.read_file(path)
    except (ValueError, OSError, RuntimeError) as error:  # each driver's own
        raise InputError(f"{path} cannot be read as areas ({error})") from error
    shapes = frame.geometry.to_crs(4326) if frame.crs is not None else frame.geometry
    areas = shapes[shapes.geom_type.isin(["Polygon", "MultiPolygon"])]
    if not len(areas):
        raise InputError(f"{path} holds no area; give polygons")
    return shapely.union_all(shapely.make_valid(areas.to_numpy()))


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != _CORNERS:
        raise InputError(f"{text!r} is no box; write --bbox=22.1,44.3,40.2,52.4")
    west, south, east, north = numbers
    return west, south, east, north
