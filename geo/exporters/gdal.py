"""Write layers with GDAL so that the same events give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import ExportError
from geo.exporters.rows import with_dates

if TYPE_CHECKING:
    import pyarrow as pa
    from geopandas import GeoDataFrame

_MOMENT = "2000-01-01T00:00:00Z"  # what formats that insist on a date of writing are given


@contextmanager
def _fixed_moment() -> Iterator[None]:
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _MOMENT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def write_layer(
    frame: GeoDataFrame,
    path: Path,
    *,
    driver: str,
    layer: str,
    **options: Any,  # noqa: ANN401
) -> None:
    """Write a frame as one layer; days become dates, the rest keeps its type."""
    import pyogrio

    with _fixed_moment():
        pyogrio.write_dataframe(
            with_dates(frame), path, driver=driver, layer=layer, use_arrow=True, **options
        )


def write_stream(
    parts: Iterable[GeoDataFrame],
    path: Path,
    **options: Any,  # noqa: ANN401
) -> None:
    """Write frames that come one after the other as one layer, holding one at a time.

    Raises :class:`geo.errors.ExportError` when there is none.
    """
    import pyarrow as pa
    import pyogrio

    tables = (_to_arrow(part) for part in parts)
    first = next(tables, None)
    if first is None:
        raise ExportError(f"{path.name}: there are no events to write")
    rest = chain([first], (table.cast(first.schema) for table in tables))
    batches = (batch for table in rest for batch in table.to_batches())
    reader = pa.RecordBatchReader.from_batches(first.schema, batches)
    with _fixed_moment():
        pyogrio.write_arrow(reader, path, geometry_name="geometry", crs="EPSG:4326", **options)


def _to_arrow(frame: GeoDataFrame) -> pa.Table:
    import pyarrow as pa

    return pa.table(with_dates(frame).to_arrow(index=False, geometry_encoding="WKB"))
