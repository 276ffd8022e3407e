"""What writing costs: each format and the map, against the shortest way by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio

from geo.exporters import publish
from geo.exporters.about import describe_sources
from geo.exporters.registry import FORMATS
from geo.webmap import write_map
from tests.benchmarks.measuring import Figure, cpu, tell
from tests.webmap.frames import make_events

SLOW = ("xlsx", "kml")


def measure_writing(count: int) -> Iterator[Figure]:
    """Yield the figures of writing `count` events."""
    from importlib import import_module

    frame = publish(make_events(count, hard=False)).frame
    about = describe_sources(frame)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken: dict[str, float] = {}
        for form, entry in FORMATS.items():
            if form in SLOW and count > 20_000:
                continue
            tell(f"writing {form}")
            module: Any = import_module(f"geo.exporters.{entry.module}")
            path = folder / f"events{entry.ending}"
            taken[form] = cpu(lambda m=module, p=path: m.write(frame, p, about=about), 2)
        floors = dict(_floors(frame, folder))
        yield from _compared(taken, floors, count)
        ten = frame.head(10_000)
        seconds = cpu(lambda: write_map(ten, folder / "map.html", title="Benchmark"), 2)
        yield Figure(name=f"map of {len(ten):,} events", value=seconds, unit="CPU s",
                     target="≤ 0.5", met=seconds <= 0.5)  # fmt: skip


def _compared(
    taken: dict[str, float], floors: dict[str, tuple[str, float]], count: int
) -> Iterator[Figure]:
    targets = {"geojson": 1.5, "parquet": 2.0}
    for form, seconds in taken.items():
        name = f"{form}, {count:,} events"
        if form not in floors:
            yield Figure(name=name, value=seconds, unit="CPU s")
            continue
        by, floor = floors[form]
        limit = targets.get(form)
        yield Figure(
            name=name, value=seconds, unit="CPU s", ratio=seconds / floor, to=by,
            target=f"≤ {limit:g} ×" if limit else "",
            met=seconds / floor <= limit if limit else None,
        )  # fmt: skip
    if "arrow" in floors:
        by, floor = floors["arrow"]
        yield Figure(name="parquet against raw pyarrow", value=floor, unit="CPU s",
                     ratio=taken["parquet"] / floor, to=by)  # fmt: skip


def _floors(frame: gpd.GeoDataFrame, folder: Path) -> Iterator[tuple[str, tuple[str, float]]]:
    """Yield what writing the same rows costs by the shortest way."""
    yield "geojson", ("orjson by hand", cpu(lambda: _by_hand(frame, folder / "hand.geojson"), 2))
    yield "parquet", ("geopandas", cpu(lambda: frame.to_parquet(folder / "gpd.parquet"), 2))
    table = pa.table(frame.to_arrow(index=False))
    write: Callable[[], Any] = lambda: pq.write_table(table, folder / "raw.parquet")  # noqa: E731
    yield "arrow", ("raw pyarrow", cpu(write, 2))
    for form, driver in (("gpkg", "GPKG"), ("fgb", "FlatGeobuf")):
        options = {"SPATIAL_INDEX": "NO"} if form == "fgb" else {}
        path = folder / f"pyogrio.{form}"
        run: Callable[[], Any] = lambda d=driver, o=options, p=path: pyogrio.write_dataframe(  # noqa: E731
            frame, p, driver=d, geometry_type="Unknown", promote_to_multi=False, **o
        )
        yield form, ("pyogrio", cpu(run, 2))
    bare = frame.drop(columns="geometry")
    yield "csv", ("pandas", cpu(lambda: bare.to_csv(folder / "pandas.csv", index=False), 2))


def _by_hand(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write features with orjson: the same rows, geometries as shapely tells them."""
    import shapely

    names = [name for name in frame.columns if name != "geometry"]
    columns = [
        frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in names
    ]
    shapes = shapely.to_geojson(frame.geometry.to_numpy())
    with path.open("wb") as stream:
        stream.write(b'{"type":"FeatureCollection","features":[')
        for number, (values, shape) in enumerate(
            zip(zip(*columns, strict=True), shapes, strict=True)
        ):
            feature = {
                "type": "Feature",
                "properties": dict(zip(names, values, strict=True)),
                "geometry": orjson.Fragment(shape) if shape else None,
            }
            stream.write((b",\n" if number else b"") + orjson.dumps(feature))
        stream.write(b"]}")
