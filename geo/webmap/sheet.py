"""Hold what a printed map is drawn from, and its colours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.webmap.basemap import decode_shape
from geo.webmap.packing import values_of
from geo.webmap.shapes import PARTS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from shapely.geometry.base import BaseGeometry

REGION = 4  # the geo_precision of an admin-1 unit
TOTALS = ("cumulative", "stock")
SEA, LAND, BORDER, UNIT, INK, MUTED = (
    "#dfe8ee", "#f6f3ed", "#8d8a80", "#cfc9bc", "#1b1f24", "#57606a",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold what a printed map is drawn from."""

    figure: Figure
    frame: pd.DataFrame
    payload: dict[str, Any]
    labels: dict[str, str]
    title: str
    known: dict[str, list[Any]] = field(default_factory=dict)

    def column(self, name: str) -> list[Any]:
        """Return a column of the payload, one value a row."""
        if name not in self.known:
            column = self.payload["columns"].get(name)
            values = [None] * len(self.frame) if column is None else values_of(column)
            self.known[name] = values
        return self.known[name]

    def place(self, row: int) -> tuple[float, float]:
        """Return where the symbol of a row stands, lon lat: on a flank, inside its half disc."""
        shape = self.column("shape")[row]
        if shape is None or self.column("area_flank")[row] is None:
            return self.column("lon")[row], self.column("lat")[row]
        middle = decode_shape(self.payload["shapes"][shape], PARTS).centroid
        return middle.x, middle.y

    def outline(self, row: int) -> tuple[str, BaseGeometry | None]:
        """Return a key and the outline that an imprecise row lies in, ``None`` for a circle."""
        shape, unit = self.column("shape")[row], self.column("unit")[row]
        if shape is not None:
            return f"shape {shape}", decode_shape(self.payload["shapes"][shape], PARTS)
        if unit is not None and self.column("precision")[row] == REGION:
            basemap = self.payload["basemap"]
            return f"unit {unit}", decode_shape(
                basemap["units"][unit]["g"], basemap["parts"]["units"]
            )
        names = ("lon", "lat", "geo_radius_km")
        return f"circle {[self.column(name)[row] for name in names]}", None

    def located(self) -> list[int]:
        """Return the rows that stand on the map."""
        lon, precision = self.column("lon"), self.column("precision")
        return [r for r in range(len(self.frame)) if lon[r] is not None and precision[r] != 6]
