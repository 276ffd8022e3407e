"""Put points on a fixed grid, and take the finer ones out of the text as well."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from geo.exporters.notations import withhold_positions
from geo.schema import COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

OWN_METHODS = ("table", "review", "geocoder")
DECIMALS = 3
_SENSITIVE_FACTOR = 10
_TEXTS = [column.name for column in COLUMNS if column.type in ("text", "json")]
_IDENTITIES = ("event_id", "place_id", "katottg", "series_id", "duplicate_of")
_DECIMAL = re.compile(r"(?<![\d.])([-+−]?\d{1,3})([.,])(\d+)(?!\d)")
_SEXAGESIMAL = re.compile(
    r"""(\d{1,3})\s*[°º]\s*(\d{1,2}(?:[.,]\d+)?)\s*['’′](?:\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:["”″]|''))?"""
)
_SECOND = 1 / 3600
_KM_PER_DEGREE = 111.32


def coarsen_rows(
    frame: GeoDataFrame, grid: float, sensitivities: tuple[str, ...] = ()
) -> GeoDataFrame:
    """Put the user's own points, and sensitive ones, on a grid of `grid` degrees.

    Sensitive rows go on a ten times coarser grid, lose their outline and their candidates.
    Changed rows say so in ``geo_obfuscated``, and in ``geo_obfuscation_km`` how far at most.
    """
    located = frame["longitude"].notna()
    own = frame["geo_method"].isin(OWN_METHODS) & located
    public = frame["place_id"].fillna("").str.match(r"(gn|katottg|region):")
    own &= (frame["geo_method"] == "table") | ~public
    own &= (frame["geo_precision"] <= 2) | (frame.geometry.geom_type == "Point")
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


def coarsen_text(text: str, points: list[tuple[float, float]], grid: float = 0.01) -> str:
    """Replace what is one of `points`' coordinates, fine then coarse, wherever it is written.

    Decimals that say more than `grid` degrees, and degrees with minutes.

    >>> coarsen_text("at 47.79712, 35.30649 (12.5 km)", [(47.79712, 47.795), (35.3065, 35.305)])
    'at 47.795, 35.305 (12.5 km)'
    >>> coarsen_text("47°47′50″ N", [(47.79712, 47.795)])
    '47.795° N'
    """
    least = math.floor(-math.log10(grid) + 0.01) + 1

    def coarse(value: float, tolerance: float) -> float | None:
        near = (c for f, c in points if abs(abs(value) - abs(f)) <= tolerance)
        found = next(near, None)
        return None if found is None else math.copysign(found, value)

    def decimal(match: re.Match[str]) -> str:
        digits = len(match[3])
        value = float(f"{match[1].replace('−', '-')}.{match[3]}")
        found = coarse(value, 1.1 * 10**-digits) if digits >= least else None
        return match[0] if found is None else f"{found:g}".replace(".", match[2])

    def sexagesimal(match: re.Match[str]) -> str:
        parts = [float((part or "0").replace(",", ".")) for part in match.groups()]
        step = _SECOND if match[3] or "." in match[2] or "," in match[2] else 60 * _SECOND
        found = coarse(parts[0] + parts[1] / 60 + parts[2] * _SECOND, 1.1 * step)
        return match[0] if found is None else f"{found:g}°"

    return _SEXAGESIMAL.sub(sexagesimal, _DECIMAL.sub(decimal, text))


def _coarsen(frame: GeoDataFrame, rows: pd.Series[bool], grid: float) -> None:
    import shapely

    fine = frame.loc[rows, ["longitude", "latitude"]].to_numpy()
    coarse = [[on_grid(lon, grid), on_grid(lat, grid)] for lon, lat in fine]
    points = [list(zip(f, c, strict=True)) for f, c in zip(fine, coarse, strict=True)]
    _coarsen_texts(frame, rows, points, grid)
    frame.loc[rows, ["longitude", "latitude"]] = coarse
    frame.loc[rows, frame.geometry.name] = shapely.points(coarse)
    frame.loc[rows, "geo_obfuscated"] = True
    frame.loc[rows, "geo_candidates_json"] = None
    frame["review_json"] = frame["review_json"].mask(rows, _map_unique(frame["review_json"], _blur))
    frame.loc[rows, "geo_obfuscation_km"] = [
        round(grid * _half_diagonal_km(lat), 2) for _, lat in coarse
    ]


def _half_diagonal_km(lat: float) -> float:
    """Return half the diagonal, in km, of a cell of one degree."""
    return math.hypot(math.cos(math.radians(lat)), 1) * _KM_PER_DEGREE / 2


def grid_of(row: Mapping[str, Any]) -> float:
    """Return the grid, in degrees, that a coarsened row was put on."""
    return float(row["geo_obfuscation_km"] / _half_diagonal_km(row["latitude"]))


def _coarsen_texts(
    frame: pd.DataFrame, rows: pd.Series[bool], points: list[list[tuple[float, float]]], grid: float
) -> None:
    for name in _TEXTS:
        values = frame.loc[rows, name]
        if values.notna().any():
            frame.loc[rows, name] = [
                _coarsened(name, text, near, grid) if isinstance(text, str) else None
                for text, near in zip(values, points, strict=True)
            ]


def _coarsened(name: str, text: str, points: list[tuple[float, float]], grid: float) -> str:
    """Coarsen a text in every notation; an identity with a coordinate becomes a hash."""
    coarse = withhold_positions(coarsen_text(text, points, grid))
    if name in _IDENTITIES and coarse != text:
        return hashlib.sha256(text.encode()).hexdigest()[:16]
    return coarse


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
