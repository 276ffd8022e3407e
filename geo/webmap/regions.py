"""Say which admin-1 unit of the basemap each event lies in, for the map by region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.webmap.basemap import decode_shape

if TYPE_CHECKING:
    import pandas as pd

_VAGUE = (6, 9)


def choose_units(
    frame: pd.DataFrame, columns: dict[str, Any], basemap: dict[str, Any]
) -> list[int | None] | None:
    """Return the index of each event's unit in the basemap, ``None`` for events above admin-1.

    The event's ISO 3166-2 code decides; without one, the polygon that its point lies in.
    """
    if not basemap["units"] or "lon" not in columns:
        return None
    by_code = {unit["c"]: index for index, unit in enumerate(basemap["units"]) if unit["c"]}
    codes = frame["admin1_code"].tolist() if "admin1_code" in frame.columns else [None] * len(frame)
    found = [by_code.get(code) if isinstance(code, str) else None for code in codes]
    vague = [p in _VAGUE for p in columns["precision"]["v"]]
    found = [None if hidden else unit for unit, hidden in zip(found, vague, strict=True)]
    missing = [
        row
        for row, unit in enumerate(found)
        if unit is None and not vague[row] and columns["lon"]["v"][row] is not None
    ]
    for row, unit in zip(missing, _containing(missing, columns, basemap), strict=True):
        found[row] = unit
    return found


def _containing(
    rows: list[int], columns: dict[str, Any], basemap: dict[str, Any]
) -> list[int | None]:
    import shapely

    places = [(columns["lon"]["v"][row], columns["lat"]["v"][row]) for row in rows]
    distinct = list(dict.fromkeys(places))
    if not distinct:
        return []
    shapes = [decode_shape(unit["g"], basemap["parts"]["units"]) for unit in basemap["units"]]
    tree = shapely.STRtree([s if s.is_valid else shapely.make_valid(s) for s in shapes])
    hits = tree.query(shapely.points(distinct), predicate="intersects")
    unit_of: dict[tuple[float, float], int] = {}
    for point, unit in zip(*hits.tolist(), strict=True):
        unit_of.setdefault(distinct[point], unit)
    return [unit_of.get(place) for place in places]
