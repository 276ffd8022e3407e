"""Turn a table that was read into the frame of the schema: places resolved, nothing invented."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.frame import conform
from geo.place_columns import PlaceNamer, geometry_of, place_columns
from geo.readers.table import TableResult
from geo.resolution.setting import name_table_setting
from geo.resolution.tables import PlaceQuery, resolve_places
from geo.schema import COUNTED

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geo.models import Resolution

Shape = Any  # shapely geometries of any type, or None
Column = Any  # a Series of objects
_KEPT = ("country", "iso2", "iso3", "admin1", "admin2", "admin3")  # the table's own words win
_AREA = 5  # what a geometry that is no point stands for, where the table does not say it
_RADII_KM = {2: 25.0, 3: 25.0, 4: 100.0, 5: 25.0}  # of the scale, where the table gives none


def resolve_table(
    table: TableResult,
    gazetteer: Gazetteer | None = None,
    *,
    country: str | None = None,
    overwrite: bool = False,
) -> GeoDataFrame:
    r"""Return a table as the frame of the schema, one row a row, in order.

    Rows with coordinates keep them (``geo_method`` ``table``) unless `overwrite`; the others
    are resolved by place name, with the country and units of the row as hints, each distinct
    combination once. `country` is the hint of rows that name none. The index is the row's number
    in the file. Problems of a row stand in its ``warnings``, the source's attribution in
    ``attrs``. Without `gazetteer` the one that travels with the package is opened.

    >>> import tempfile
    >>> import geo
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.csv")
    ...     _ = path.write_text("place,country,killed\nStepne,Ukraine,2\nKherson,Ukraine,\n")
    ...     frame = geo.resolve_table(geo.read_table(path))
    >>> frame["place_name"].tolist()  # twenty villages are called Stepne: it stays open
    ['Ukraine', 'Kherson']
    >>> frame["geo_precision"].tolist(), frame["killed_best"].isna().tolist()
    ([6, 1], [False, True])
    """
    import pandas as pd

    gazetteer = gazetteer or _open()
    frame = table.frame.astype(object)
    frame = frame.where(frame.notna(), None)
    settled = _settled(frame, overwrite=overwrite)
    queries = _queries(frame, country)
    _add_settings(frame, country)
    open_rows = (~settled).to_numpy().nonzero()[0]
    resolved = resolve_places((q for row in open_rows if (q := queries[row])), gazetteer)
    namer = PlaceNamer(gazetteer)
    shapes = _shapes(frame, table.shapes)
    places = _Places({query: resolved[query] for query in resolved}, namer)
    found = []
    for row in open_rows:
        columns, shapes[row] = places.describe(queries[row])
        found.append(columns)
    _fill(frame, pd.DataFrame(found, index=frame.index[open_rows], dtype=object))
    _add_given(frame, shapes)
    _add_origin(frame, table, namer.version)
    result = conform(frame, shapes)
    if table.profile.attribution:
        result.attrs["attribution"] = (table.profile.attribution,)
    return result


def _open() -> Gazetteer:
    from gazetteer import open_gazetteer

    return open_gazetteer()


def _settled(frame: pd.DataFrame, *, overwrite: bool) -> Column:
    """Tell the rows whose place stands: with coordinates, or resolved by us before."""
    import pandas as pd

    if overwrite:
        return pd.Series(data=False, index=frame.index)
    has_point = _column(frame, "longitude").notna() & _column(frame, "latitude").notna()
    return has_point | _column(frame, "geo_method").notna()


def _queries(frame: pd.DataFrame, country: str | None) -> list[PlaceQuery | None]:
    names = ("place_text", "country", "iso3", "iso2", "admin1", "admin2")
    columns = [_column(frame, name).tolist() for name in names]
    queries: list[PlaceQuery | None] = []
    for name, own, iso3, iso2, admin1, admin2 in zip(*columns, strict=True):
        if name or own or iso3 or iso2 or admin1 or admin2:
            where = own or iso3 or iso2 or country
            queries.append(PlaceQuery(name=name, country=where, admin1=admin1, admin2=admin2))
        else:
            queries.append(None)
    return queries


def _add_settings(frame: pd.DataFrame, country: str | None) -> None:
    """Name the setting of each row that has none: the units that the table names, as given."""
    own, iso3, iso2, admin1, admin2, admin3, given = (
        _column(frame, name).tolist()
        for name in ("country", "iso3", "iso2", "admin1", "admin2", "admin3", "place_context")
    )
    countries = [a or b or c or country for a, b, c in zip(own, iso3, iso2, strict=True)]
    named = zip(countries, admin1, admin2, admin3, given, strict=True)
    settings = [setting or name_table_setting(units) or None for *units, setting in named]
    frame["place_context"] = settings


class _Places:
    """Describe each resolution once, however many rows have it."""

    def __init__(self, resolved: dict[PlaceQuery, Resolution], namer: PlaceNamer) -> None:
        self._resolved = resolved
        self._namer = namer
        self._known: dict[PlaceQuery | None, tuple[dict[str, Any], Shape]] = {}

    def describe(self, query: PlaceQuery | None) -> tuple[dict[str, Any], Shape]:
        """Return the columns and the geometry of what a query was resolved to."""
        if query not in self._known:
            resolution = self._resolved[query] if query else None
            columns = place_columns(resolution, self._namer)
            columns.pop("place_text", None)
            if query and query.name and resolution and resolution.method in ("unit", "unresolved"):
                columns["warnings"] = "; ".join(resolution.explanation)
            self._known[query] = columns, geometry_of(resolution)
        return self._known[query]


def _fill(frame: pd.DataFrame, places: pd.DataFrame) -> None:
    """Write what was resolved into the rows it was resolved for; the table's own words stay."""
    for name in places.columns:
        values = _column(frame, name)
        if name in _KEPT:
            places[name] = values.loc[places.index].combine_first(places[name])
        values.loc[places.index] = places[name]
        frame[name] = values


def _shapes(frame: pd.DataFrame, given: Sequence[Shape]) -> list[Shape]:
    """Return the geometries of a file, and points where there are only coordinates."""
    import pandas as pd
    import shapely

    lon: Column = pd.to_numeric(_column(frame, "longitude"))
    lat: Column = pd.to_numeric(_column(frame, "latitude"))
    points: Any = shapely.points(lon.to_numpy("float64"), lat.to_numpy("float64"))
    shapes = [p if ok else None for p, ok in zip(points, (lon.notna() & lat.notna()), strict=True)]
    for row, shape in enumerate(given):
        if shapes[row] is not None and shape is not None and shape.geom_type != "Point":
            shapes[row] = shape
    return shapes


def _add_given(frame: pd.DataFrame, shapes: Sequence[Shape]) -> None:
    """Say of rows with coordinates of their own what they are, and how exact."""
    import pandas as pd

    method = _column(frame, "geo_method")
    given = method.isna()
    frame["geo_method"] = method.mask(given, "table")
    stated: Column = pd.to_numeric(_column(frame, "geo_precision"))
    usable = stated.where(stated.between(1, 7) | ~given)
    assumed = [1 if shape is None or shape.geom_type == "Point" else _AREA for shape in shapes]
    frame["geo_precision"] = usable.fillna(pd.Series(assumed, index=frame.index, dtype="float64"))
    radius = _column(frame, "geo_radius_km")
    default = frame["geo_precision"].map(_RADII_KM)
    frame["geo_radius_km"] = radius.mask(given & radius.isna(), default)
    name = _column(frame, "place_name")
    frame["place_name"] = name.mask(given & name.isna(), _column(frame, "place_text"))


def _add_origin(frame: pd.DataFrame, table: TableResult, gazetteer_version: str | None) -> None:
    """Give every row an identity, a source, a status of its figures and dates, its warnings."""
    ids = _column(frame, "event_id")
    if ids.isna().any():
        made = [_identity(table.path, row) for row in frame.index]
        frame["event_id"] = ids.where(ids.notna(), made)
    frame["source_name"] = _column(frame, "source_name").fillna(Path(table.path).name)
    status = _column(frame, "casualty_status")
    frame["casualty_status"] = status.where(status.notna(), _status(frame))
    dated = _column(frame, "date_start").notna() | _column(frame, "date_end").notna()
    basis = _column(frame, "date_basis")
    frame["date_basis"] = basis.where(
        basis.notna(), dated.map({True: "explicit", False: "unknown"})
    )
    precision = _column(frame, "date_precision")
    frame["date_precision"] = precision.mask(precision.isna() & ~dated, 9)
    version = _column(frame, "gazetteer_version")
    frame["gazetteer_version"] = version.mask(
        version.isna() & (frame["geo_method"] != "table"), gazetteer_version
    )
    frame["warnings"] = _warnings(frame, table)


def _warnings(frame: pd.DataFrame, table: TableResult) -> Column:
    texts: dict[int, list[str]] = {}
    for problem in table.problems:
        if problem.row is not None:
            texts.setdefault(problem.row, []).append(
                f"{problem.column or 'row'} {problem.value!r}: {problem.reason}"
            )
    warnings = _column(frame, "warnings")
    for row, words in texts.items():
        before = warnings.at[row]
        known = before.split("; ") if isinstance(before, str) else []
        warnings.at[row] = "; ".join(dict.fromkeys((*known, *words)))
    return warnings


def _column(frame: pd.DataFrame, name: str) -> Column:
    import pandas as pd

    if name in frame.columns:
        return frame[name].copy()
    return pd.Series([None] * len(frame), index=frame.index, dtype=object)


def _status(frame: pd.DataFrame) -> Column:
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


def _identity(path: str, row: object) -> str:
    return hashlib.sha256(f"{Path(path).name}|{row}".encode()).hexdigest()[:16]
