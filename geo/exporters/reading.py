"""Read back what the exporters wrote, as events or as a frame of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import BadZipFile

from geo.errors import InputError, UnknownFormatError
from geo.exporters.credits import read_credits
from geo.frame import conform
from geo.models import Event
from geo.readers.table_cells import restore
from geo.records import from_record
from geo.schema import COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

_OURS = ("event_id", "geo_precision")
_LAYERS = ("events_point", "events_area", "events_unlocated")


def read_events(path: str | Path) -> Iterator[Event]:
    """Yield the events of a JSONL file of full records, in order.

    Raises :class:`geo.errors.InputError`, naming the line, when one is no such record.

    >>> event = next(read_events("outputs/example/article.it.events.jsonl"))
    >>> print(event.event_type, event.place.place.name)
    shelling_or_airstrike Kharkiv Oblast
    """
    path = Path(path)
    for number, record in _lines(path):
        yield _event(path, number, record)


def read_lines(path: str | Path) -> tuple[tuple[Event, ...], GeoDataFrame]:
    """Return the events of a JSONL file's full records, and the frame of its flat rows."""
    import pandas as pd

    path = Path(path)
    events: list[Event] = []
    rows: list[dict[str, Any]] = []
    for number, record in _lines(path):
        if isinstance(record, dict) and "geo_precision" in record:
            rows.append(record)
        else:
            events.append(_event(path, number, record))
    columns = {column.name: [row.get(column.name) for row in rows] for column in COLUMNS}
    flat = pd.DataFrame(columns, dtype=object)
    return tuple(events), conform(flat, _shapes(flat))


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    import orjson

    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                yield number, orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise InputError(f"{path}, line {number}: not JSON ({error.msg})") from error


def _event(path: Path, number: int, record: Any) -> Event:  # noqa: ANN401 - any JSON
    try:
        return from_record(record)
    except (InputError, TypeError, AttributeError) as error:
        raise InputError(f"{path}, line {number}: {error}") from error


def read_frame(path: str | Path) -> GeoDataFrame:
    """Read an exported GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, CSV, XLSX or JSONL file.

    Returns the frame of the schema. CSV and XLSX carry no geometry: there it is the point. Raises
    :class:`geo.errors.InputError` when the file is not what its name says, or lacks the schema's
    columns (read other tables with :func:`geo.readers.table.read_table`).

    >>> frame = read_frame("outputs/example/article.it.geojson")
    >>> len(frame), frame.crs.to_epsg(), str(frame["killed_best"].dtype)
    (4, 4326, 'Int64')
    """
    path = Path(path)
    readers = {
        ".geojson": _read_geojson, ".gpkg": _read_geopackage, ".fgb": _read_layer,
        ".parquet": _read_parquet, ".csv": _read_csv, ".xlsx": _read_xlsx, ".jsonl": _read_jsonl,
    }  # fmt: skip
    read = readers.get(path.suffix.lower())
    if read is None:
        raise UnknownFormatError(
            f"{path}: events are read from {', '.join(readers)}; conflict-map map makes them"
        )
    if not path.stat().st_size:
        raise InputError(f"{path} is empty; give a file that map or convert wrote")
    try:
        frame = read(path)
    except InputError:
        raise
    except (ValueError, OSError, RuntimeError, KeyError, BadZipFile) as error:  # each reader's own
        about = str(error).split(";")[0].rstrip(".")
        raise InputError(f"{path} is no {path.suffix} file that can be read ({about})") from error
    missing = [name for name in _OURS if name not in frame.columns]
    if missing:
        raise InputError(f"{path}: no table of events of ours, it has no {missing[0]!r}")
    whole = frame if path.suffix == ".jsonl" else conform(frame, _shapes(frame))
    whole.attrs["attribution"] = read_credits(path)
    return whole


def is_export(path: str | Path) -> bool:
    """Tell whether :func:`read_frame` can read a file."""
    try:
        read_frame(path)
    except (InputError, UnknownFormatError, ValueError, OSError):
        return False
    return True


def _shapes(frame: pd.DataFrame) -> list[Any]:
    import pandas as pd
    import shapely

    if "geometry" in frame.columns:
        return list(frame["geometry"])
    lon, lat = (pd.to_numeric(frame[name], errors="coerce") for name in ("longitude", "latitude"))
    points: Any = shapely.points(lon.to_numpy("float64"), lat.to_numpy("float64"))
    return [point if known else None for point, known in zip(points, lon.notna(), strict=True)]


def _read_geojson(path: Path) -> pd.DataFrame:
    import geopandas as gpd
    import orjson

    try:
        content = orjson.loads(path.read_bytes())
        features = content["features"]
        frame: pd.DataFrame = gpd.GeoDataFrame.from_features(
            features, crs="EPSG:4326", columns=["geometry", *(c.name for c in COLUMNS)]
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: no GeoJSON FeatureCollection ({error})") from error
    return frame


def _read_layer(path: Path, layer: str | None = None) -> pd.DataFrame:
    import pyogrio

    return days_as_text(pyogrio.read_dataframe(path, layer=layer))


def _read_geopackage(path: Path) -> pd.DataFrame:
    import pandas as pd
    import pyogrio

    present = {name for name, _kind in pyogrio.list_layers(path)}
    parts = [_read_layer(path, name).astype(object) for name in _LAYERS if name in present]
    if not parts:
        raise InputError(f"{path}: none of the layers {', '.join(_LAYERS)}")
    return pd.concat(parts, ignore_index=True)


def _read_parquet(path: Path) -> pd.DataFrame:
    import geopandas as gpd

    return days_as_text(gpd.read_parquet(path))


def days_as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its dates as ISO text, as the schema has them."""
    import pandas as pd

    for column in COLUMNS:
        if column.type == "day" and column.name in frame.columns:
            values = frame[column.name]
            if pd.api.types.is_datetime64_any_dtype(values):
                frame[column.name] = values.dt.strftime("%Y-%m-%d").astype("str")
            else:
                frame[column.name] = values.astype(object).astype("str")
    return frame


def _read_csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    return _restored(frame[~frame.iloc[:, 0].str.startswith("#event")].reset_index(drop=True))


def _read_xlsx(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_excel(path, sheet_name=0, dtype=object, na_values=[""], keep_default_na=False)


def _read_jsonl(path: Path) -> pd.DataFrame:
    import pandas as pd

    from geo.frame import to_geodataframe

    events, flat = read_lines(path)
    if not events:
        return cast("pd.DataFrame", flat)
    nested = cast("pd.DataFrame", to_geodataframe(events))
    return pd.concat([nested, flat], ignore_index=True) if len(flat) else nested


def _restored(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    texts = {"text", "day", "json"}
    columns: dict[str, Any] = {}
    for column in COLUMNS:
        if column.name in frame.columns:
            values = frame[column.name].mask(frame[column.name] == "")
            if column.type in texts:
                values = values.map(restore, na_action="ignore")
            elif column.type == "flag":
                values = values.map({"true": True, "false": False})
            columns[column.name] = values
    return pd.DataFrame(columns)
