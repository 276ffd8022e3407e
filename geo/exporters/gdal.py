"""Write layers with GDAL so that the same events give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.exporters.rows import with_dates

if TYPE_CHECKING:
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
