"""Hold what a printed map is drawn from, and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.webmap.packing import values_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

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

    def column(self, name: str) -> list[Any]:
        """Return a column of the payload, one value a row."""
        column = self.payload["columns"].get(name)
        return [None] * len(self.frame) if column is None else values_of(column)

    def located(self) -> list[int]:
        """Return the rows that stand on the map."""
        lon, precision = self.column("lon"), self.column("precision")
        return [r for r in range(len(self.frame)) if lon[r] is not None and precision[r] != 6]
