"""Turn a table that was read into the frame of the schema: places resolved, nothing invented."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.frame import PlaceNamer, conform, geometry_of, place_columns
from geo.readers.table import TableResult
from geo.resolution.tables import PlaceQuery, resolve_places
from geo.schema import COUNTED

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geo.models import Resolution

_KEPT = ("country", "iso2", "iso3", "admin1", "admin2", "admin3")  # the table's own words win


def to_frame(
    table: TableResult,
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
    overwrite: bool = False,
) -> GeoDataFrame:
    """Return a table as the frame of the schema, one row a row, in order.

    Rows with coordinates keep them (``geo_method`` ``table``) unless `overwrite`; the others
    are resolved by place name, with the country and units of the row as hints, each distinct
    combination once. `country` is the hint of rows that name none. The index is the row's number
    in the file. Problems of a row stand in its ``warnings``.
    """
    frame = table.frame.copy()
    queries = _queries(frame, country)
    located = _located(frame) & (not overwrite)
    wanted = [query for query, done in zip(queries, located, strict=True) if not done]
    resolved = resolve_places((q for q in wanted if q), gazetteer)
    namer = PlaceNamer(gazetteer)
    shapes = _points(frame, located)
    filled = _fill(frame, located, [resolved.get(q) if q else None for q in wanted], namer, shapes)
    _add_defaults(filled, table)
    result = conform(filled, shapes)
    if table.profile.attribution:
        result.attrs["attribution"] = (table.profile.attribution,)
    return result


def _queries(frame: pd.DataFrame, country: str | None) -> list[PlaceQuery | None]:
    names = ("place_text", "country", "iso3", "iso2", "admin1", "admin2")
    columns = [_values(frame, name) for name in names]
    queries: list[PlaceQuery | None] = []
    for name, own, iso3, iso2, admin1, admin2 in zip(*columns, strict=True):
        if name or own or admin1 or admin2:
            where = own or iso3 or iso2 or country
            queries.append(PlaceQuery(name=name, country=where, admin1=admin1, admin2=admin2))
        else:
            queries.append(None)
    return queries


def _values(frame: pd.DataFrame, name: str) -> list[str | None]:
    if name not in frame.columns:
        return [None] * len(frame)
    return [value if isinstance(value, str) else None for value in frame[name].tolist()]


def _located(frame: pd.DataFrame) -> pd.Series[bool]:
    import pandas as pd

    if "longitude" not in frame.columns or "latitude" not in frame.columns:
        return pd.Series(data=False, index=frame.index)
    return frame["longitude"].notna() & frame["latitude"].notna()


def _points(frame: pd.DataFrame, located: pd.Series[bool]) -> list[Any]:
    import shapely

    shapes: list[Any] = [None] * len(frame)
    rows = located.to_numpy().nonzero()[0]
    if len(rows):
        points: Any = shapely.points(frame.loc[located, ["longitude", "latitude"]].to_numpy())
        for row, point in zip(rows, points, strict=True):
            shapes[row] = point
    return shapes


def _fill(
    frame: pd.DataFrame,
    located: pd.Series[bool],
    resolutions: list[Resolution | None],
    namer: PlaceNamer,
    shapes: list[Any],
) -> pd.DataFrame:
    """Write what was resolved into the rows without coordinates, and into `shapes`."""
    import pandas as pd

    rows = (~located).to_numpy().nonzero()[0]
    known: dict[int, tuple[dict[str, Any], Any]] = {}
    found = []
    for row, resolution in zip(rows, resolutions, strict=True):
        key = id(resolution)
        if key not in known:
            known[key] = (place_columns(resolution, namer), geometry_of(resolution))
        columns, shapes[row] = known[key]
        found.append({name: v for name, v in columns.items() if name != "place_text"})
    places = pd.DataFrame(found, index=frame.index[rows])
    for name in places.columns:
        values = places[name].astype(object)
        own = frame[name].astype(object) if name in frame.columns else None
        whole = (
            pd.Series([None] * len(frame), index=frame.index, dtype=object) if own is None else own
        )
        if name in _KEPT and own is not None:
            values = own.loc[values.index].where(own.loc[values.index].notna(), values)
        whole = whole.copy()
        whole.loc[values.index] = values
        frame[name] = whole
    return frame


def _add_defaults(frame: pd.DataFrame, table: TableResult) -> None:
    """Fill what every event has: identity, method and precision of given points, warnings."""
    import pandas as pd

    method = _column(frame, "geo_method")
    given = method.isna()
    frame["geo_method"] = method.mask(given, "table")
    precision = pd.to_numeric(_column(frame, "geo_precision"), errors="coerce")
    frame["geo_precision"] = precision.mask(given & precision.isna(), 1)
    ids = _column(frame, "event_id")
    if ids.isna().any():
        made = pd.Series([_identity(table.path, row) for row in frame.index], index=frame.index)
        frame["event_id"] = ids.where(ids.notna(), made)
    frame["place_name"] = _column(frame, "place_name").fillna(_column(frame, "place_text"))
    frame["source_name"] = _column(frame, "source_name").fillna(Path(table.path).name)
    frame["casualty_status"] = _status(frame)
    texts: dict[int, list[str]] = {}
    for problem in table.problems:
        if problem.row is not None:
            texts.setdefault(problem.row, []).append(f"{problem.column}: {problem.reason}")
    if texts:
        frame["warnings"] = pd.Series({row: "; ".join(words) for row, words in texts.items()})


def _column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    import pandas as pd

    if name in frame.columns:
        return frame[name].astype(object)
    return pd.Series([None] * len(frame), index=frame.index, dtype=object)


def _status(frame: pd.DataFrame) -> pd.Series[Any]:
    """Say reported, none_reported or unknown from the figures of killed and injured."""
    import pandas as pd

    names = [f"{n}_{b}" for n in COUNTED[:2] for b in ("low", "best", "high")]
    present = [name for name in names if name in frame.columns]
    status = pd.Series("unknown", index=frame.index, dtype=object)
    if present:
        largest = frame[present].astype("Float64").max(axis=1)
        status = status.mask((largest == 0).fillna(value=False), "none_reported")
        status = status.mask((largest > 0).fillna(value=False), "reported")
    return status


def _identity(path: str, row: Any) -> str:  # noqa: ANN401 - an index label
    return hashlib.sha256(f"{Path(path).name}|{row}".encode()).hexdigest()[:16]
