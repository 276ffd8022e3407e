"""Read the result of a batch: as a data set, as a frame, as a Dask frame; whole or selected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.batch.errors import BatchError
from geo.batch.manifest import MANIFEST, read_manifest
from geo.batch.parts import EVENTS
from geo.batch.selection import Selection
from geo.batch.storage import Store, open_store
from geo.schema import NAMES

if TYPE_CHECKING:
    import pyarrow.dataset as ds
    from geopandas import GeoDataFrame

RECONCILED = "reconciled"


def is_batch(address: str | Path) -> bool:
    """Tell whether a folder or address holds the result of a batch."""
    text = str(address)
    if "://" not in text:
        return (Path(text) / MANIFEST).is_file()
    return not Path(text).suffix and open_store(text).read(MANIFEST) is not None


def open_result(address: str | Path, *, reconciled: bool | None = None) -> ds.Dataset:
    """Open the parts of a result as one data set.

    `reconciled` asks for the events as reconciled over all documents, or as each document tells
    them; by default the first where there are any. Raises :class:`BatchError` when a run is not
    complete, or what is asked for is not there.
    """
    store = open_store(address)
    return store.dataset(choose_folder(store, reconciled=reconciled))


def choose_folder(store: Store, *, reconciled: bool | None = None) -> str:
    """Return the folder of a result that is asked for."""
    manifest = read_manifest(store)
    if manifest is None:
        raise BatchError(f"{store.address} holds no result of conflict-map batch")
    if not manifest["complete"]:
        raise BatchError(f"{store.address} is not complete; give its batch command again")
    there = store.read(f"{RECONCILED}/{MANIFEST}") is not None
    if reconciled and not there:
        raise BatchError(f"{store.address} is not reconciled; use conflict-map reconcile")
    return RECONCILED if there and reconciled is not False else EVENTS


def read_result(
    address: str | Path,
    selection: Selection | None = None,
    *,
    reconciled: bool | None = None,
) -> GeoDataFrame:
    """Return the selected events of a result as a frame of the schema.

    The selection is pushed down: parts and row groups that cannot hold a wanted event are not
    read. Raises :class:`BatchError` as :func:`open_result` does.
    """
    import shapely

    from geo.frame import conform

    dataset = open_result(address, reconciled=reconciled)
    wanted = selection.expression() if selection else None
    known = [name for name in NAMES if name in dataset.schema.names]  # of an older version
    table = dataset.to_table(columns=[*known, "geometry"], filter=wanted)
    shapes: Any = shapely.from_wkb(table.column("geometry").to_numpy())
    return conform(table.drop_columns(["geometry"]).to_pandas(), shapes)


def open_dask(address: str | Path, *, reconciled: bool | None = None) -> Any:  # noqa: ANN401
    """Open a result as a ``dask_geopandas.GeoDataFrame``, for joins that no memory holds.

    One partition a part; ``spatial_shuffle()`` orders it by place. Needs the extra ``cluster``.
    """
    try:
        import dask_geopandas
    except ImportError:
        raise BatchError(
            "a Dask frame needs more packages; pip install 'conflict-event-mapper[cluster]'"
        ) from None
    store = open_store(address)
    folder = choose_folder(store, reconciled=reconciled)
    paths = [f"{store.address}/{folder}/{name}" for name in _parts(store, folder)]
    return dask_geopandas.read_parquet(paths, columns=[*NAMES, "geometry"])


def types_of(address: str | Path) -> tuple[str, ...]:
    """Return the event types and subtypes that a result holds, sorted."""
    import pyarrow.compute as pc

    columns = ["event_type", "event_subtype"]
    table = open_result(address).to_table(columns=columns)
    found = {v for name in columns for v in pc.unique(table.column(name)).to_pylist()}
    return tuple(sorted(value for value in found if value is not None))


def _parts(store: Store, folder: str) -> list[str]:
    return [name for name in store.names(folder) if name.endswith(".parquet")]
