"""Put points on a fixed grid, and take the finer ones out of the text as well."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from geo.schema import COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

OWN_METHODS = ("table", "review", "geocoder")
DECIMALS = 3
_SENSITIVE_FACTOR = 10
_TEXTS = [column.name for column in COLUMNS if column.type in ("text", "json")]
_NOT_PROSE = {"event_id", "place_id", "katottg", "source_url", "series_id", "duplicate_of"}
_FINE_NUMBER = re.compile(r"(?<![\d.,])([-+−]?\d{1,3})([.,])(\d{3,})(?![\d.,]*\d)")
_KM_PER_DEGREE = 111.32


def coarsen_rows(
    frame: GeoDataFrame, grid: float, sensitivities: tuple[str, ...] = ()
) -> GeoDataFrame:
    """Put the user's own points, and sensitive ones, on a grid of `grid` degrees.

    Sensitive rows go on a ten times coarser grid, lose their outline and their candidates.
    Changed rows say so in ``geo_obfuscated``, and in ``geo_obfuscation_km`` how far at most.
    """
    located = frame["longitude"].notna()
    own = frame["geo_method"].isin(OWN_METHODS) & located & (frame["geo_precision"] <= 2)
    own &= ~frame["place_id"].fillna("").str.match(r"(gn|katottg|region):")
    sensitive = frame["sensitivity"].isin(sensitivities) & located
    frame = frame.copy()
    for rows, size in ((own & ~sensitive, grid), (sensitive, grid * _SENSITIVE_FACTOR)):
        if rows.any():
            _coarsen(frame, rows, size)
    return frame


def round_rows(frame: GeoDataFrame) -> GeoDataFrame:
    """Return the frame with no coordinate finer than three decimals."""
    import shapely

    frame = frame.copy()
    for name in ("longitude", "latitude"):
        frame[name] = frame[name].round(DECIMALS)
    shapes = frame.geometry.to_numpy(copy=True)
    areas = shapely.get_type_id(shapes) > 0
    points = shapely.get_type_id(shapes) == 0
    shapes[points] = shapely.transform(shapes[points], lambda xy: xy.round(DECIMALS))
    rounded: dict[bytes, Any] = {}
    for row in areas.nonzero()[0]:  # outlines repeat: each once
        key = shapely.to_wkb(shapes[row])
        if key not in rounded:
            rounded[key] = shapely.set_precision(shapes[row], 10**-DECIMALS)
        shapes[row] = rounded[key]
    frame[frame.geometry.name] = shapes
    frame["geo_candidates_json"] = _map_unique(frame["geo_candidates_json"], _round_candidates)
    return frame


def on_grid(degrees: float, grid: float) -> float:
    """Return the middle of the grid cell that a coordinate lies in.

    >>> on_grid(47.79712, 0.01), on_grid(-0.001, 0.1)
    (47.795, -0.05)
    """
    return round((math.floor(degrees / grid + 1e-9) + 0.5) * grid, 6)


def coarsen_text(text: str, points: list[tuple[float, float]]) -> str:
    """Replace numbers that are one of `points`' coordinates, fine then coarse, wherever written.

    >>> coarsen_text("at 47.79712, 35.30649 (12.5 km)", [(47.79712, 47.795), (35.3065, 35.305)])
    'at 47.795, 35.305 (12.5 km)'
    """

    def replace(match: re.Match[str]) -> str:
        value = float(f"{match[1].replace('−', '-')}.{match[3]}")
        for fine, coarse in points:
            if abs(abs(value) - abs(fine)) <= 0.0006:
                return f"{math.copysign(coarse, value):g}".replace(".", match[2])
        return match[0]

    return _FINE_NUMBER.sub(replace, text)


def _coarsen(frame: GeoDataFrame, rows: pd.Series[bool], grid: float) -> None:
    import shapely

    fine = frame.loc[rows, ["longitude", "latitude"]].to_numpy()
    coarse = [[on_grid(lon, grid), on_grid(lat, grid)] for lon, lat in fine]
    _coarsen_texts(
        frame, rows, [list(zip(f, c, strict=True)) for f, c in zip(fine, coarse, strict=True)]
    )
    frame.loc[rows, ["longitude", "latitude"]] = coarse
    frame.loc[rows, frame.geometry.name] = shapely.points(coarse)
    frame.loc[rows, "geo_obfuscated"] = True
    frame.loc[rows, "geo_candidates_json"] = None
    frame["review_json"] = frame["review_json"].mask(rows, _map_unique(frame["review_json"], _blur))
    span = grid / 2 * _KM_PER_DEGREE
    km = [math.hypot(math.cos(math.radians(lat)), 1) * span for _, lat in coarse]
    frame.loc[rows, "geo_obfuscation_km"] = [round(value, 2) for value in km]


def _coarsen_texts(
    frame: pd.DataFrame, rows: pd.Series[bool], points: list[list[tuple[float, float]]]
) -> None:
    for name in _TEXTS:
        if name in _NOT_PROSE:
            continue
        values = frame.loc[rows, name]
        frame.loc[rows, name] = [
            coarsen_text(text, near) if isinstance(text, str) else None
            for text, near in zip(values, points, strict=True)
        ]


def _blur(trail: str) -> str:
    """Take the points out of what a review tells of before and after."""
    told = json.loads(trail)
    for state in (told.get("before", {}), told.get("after", {})):
        for name in ("longitude", "latitude"):
            state.pop(name, None)
    return json.dumps(told, ensure_ascii=False)


def _map_unique(values: pd.Series[Any], change: Callable[[str], str]) -> pd.Series[Any]:
    known = {value: change(value) for value in values.dropna().unique()}
    return values.map(known, na_action="ignore").astype("str")


def _round_candidates(text: str) -> str:
    rows = json.loads(text)
    for row in rows:
        row |= {key: round(row[key], DECIMALS) for key in ("lon", "lat") if key in row}
    return json.dumps(rows, ensure_ascii=False)
