"""Hold what a printed map is drawn from, and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
        if column is None:
            return [None] * len(self.frame)
        words = column.get("d")
        if "k" in column:
            values: list[Any] = [None] * len(self.frame)
            for row, value in zip(column["k"], column["x"], strict=True):
                values[row] = words[value] if words else value
            return values
        if words is not None:
            return [None if code < 0 else words[code] for code in column["i"]]
        return list(column["v"])

    def located(self) -> list[int]:
        """Return the rows that stand on the map."""
        lon, precision = self.column("lon"), self.column("precision")
        return [r for r in range(len(self.frame)) if lon[r] is not None and precision[r] != 6]
