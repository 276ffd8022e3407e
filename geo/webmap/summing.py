"""Lay down the sums of :mod:`geo.webmap.cells` as the page reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.webmap.cells import FIGURES, YEAR, Cells
from geo.webmap.packing import pack_columns
from geo.webmap.regions import choose_units

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ["x", "y", "level", "admin1", "code"]
_PRECISIONS = (1, 4, 6, 9)  # of the levels: what geo.webmap.regions tells vague places by
_DECIMALS = 3
_UNKNOWN = -1


class Places:
    """Hold the distinct places of a table of sums, and which of them each row is of."""

    def __init__(self, table: pd.DataFrame, cells: Cells) -> None:
        import numpy as np

        groups = table.groupby(_PLACE, sort=True)
        self.rows = groups.ngroup().to_numpy()
        self.frame = groups[["east", "south", "n"]].sum().reset_index()
        east = self.frame["east"] / self.frame["n"]
        south = self.frame["south"] / self.frame["n"]
        lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * south))))
        placed = self.frame["x"] >= 0
        self.lon = _known(round(east * 360 - 180, _DECIMALS), placed)
        self.lat = _known(round(lat, _DECIMALS), placed)
        self.admin1 = cells.words["admin1"].all
        self.codes = cells.words["code"].all

    def units(self, basemap: dict[str, Any]) -> list[int | None]:
        """Return the unit of the basemap that each place lies in, as single events are put."""
        import pandas as pd

        codes = [None if n < 0 else self.codes[n] for n in self.frame["code"]]
        columns = {
            "lon": {"v": self.lon}, "lat": {"v": self.lat},
            "precision": {"v": [_PRECISIONS[level] for level in self.frame["level"]]},
        }  # fmt: skip
        found = choose_units(pd.DataFrame({"admin1_code": codes}, dtype=object), columns, basemap)
        return found or [None] * len(self.lon)

    def extent(self) -> tuple[list[float], list[float]]:
        """Return longitudes and latitudes of the places that are on the map."""
        pairs = [(x, y) for x, y in zip(self.lon, self.lat, strict=True) if x is not None]
        return [x for x, _ in pairs], [y for _, y in pairs]


def to_summed(cells: Cells, table: pd.DataFrame, places: Places, units: list[Any]) -> Any:  # noqa: ANN401 - JSON
    """Return what the page's scripts read of the sums (``numbers-cells.js``)."""
    begun = table.loc[table["first"] >= 0, "first"]
    month = int(begun.min()) if len(begun) else 0
    return {
        "n": len(table),
        "events": cells.events,
        "facts": cells.facts,
        "depth": cells.depth,
        "years": cells.step == YEAR,
        "month": month,
        "kinds": cells.words["kind"].all,
        "reviews": cells.words["review"].all,
        "admin1": places.admin1,
        "directions": cells.words["direction"].all,
        "places": {
            "lon": places.lon, "lat": places.lat, "level": places.frame["level"].tolist(),
            "admin1": places.frame["admin1"].tolist(), "unit": units,
        },
        "columns": pack_columns(_columns(table, places, month)),
    }  # fmt: skip


def _columns(table: pd.DataFrame, places: Places, month: int) -> dict[str, Any]:
    """Return the rows as columns of the page; places and months as steps from those before."""
    import numpy as np

    dated = table["first"] >= 0
    columns: dict[str, Any] = {
        "place": np.diff(places.rows, prepend=0).tolist(),
        "kind": table["kind"].tolist(),
        "first": _known(table["first"] - month, dated),
        "more": _known(table["last"] - table["first"], table["last"] > table["first"]),
        "review": table["review"].tolist(),
        "n": table["n"].tolist(),
        "uncounted": _known(table["n"] - table["counted"], table["n"] > table["counted"]),
    }
    for name in FIGURES:
        known = table[f"{name}_known"] > 0
        open_ended = table[f"{name}_open"] > 0
        columns |= {
            f"{name}_{part}": _known(table[f"{name}_{part}"], known)
            for part in ("best", "low", "high", "known")
        }
        columns[f"{name}_open"] = _known(table[f"{name}_open"], open_ended)
    told = table["ground"] >= 0
    for name in ("direction", "ground", "series", "km2"):
        values = table[name].round(4) if name == "km2" else table[name]
        columns[name] = _known(values, told)
    return {name: {"v": values} for name, values in columns.items() if any_known(values)}


def any_known(values: list[Any]) -> bool:
    """Tell whether a column has any value at all."""
    return any(value is not None for value in values)


def _known(values: pd.Series[Any], known: pd.Series[bool]) -> list[Any]:
    return [v if k else None for v, k in zip(values.tolist(), known.tolist(), strict=True)]
