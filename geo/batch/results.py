"""Read the result of a batch: as a data set, as a frame, as a Dask frame; whole or selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.batch.errors import BatchError
from geo.batch.manifest import MANIFEST, read_manifest
from geo.batch.parts import EVENTS
from geo.batch.selection import Selection
from geo.batch.storage import Store, open_store
from geo.schema import NAMES

if TYPE_CHECKING:
    import pyarrow as pa
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
    dataset = open_result(address, reconciled=reconciled)
    wanted = selection.expression() if selection else None
    frame = _to_frame(dataset.to_table(columns=_columns(dataset), filter=wanted))
    return selection.exactly(frame) if selection else frame


def read_parts(
    address: str | Path,
    selection: Selection | None = None,
    *,
    reconciled: bool | None = None,
    rows: int = 25_000,
) -> Iterator[GeoDataFrame]:
    """Yield the frames that :func:`read_result` would return as one, of some `rows` each.

    No more than a few parts are held at a time, however many events there are.
    """
    import pyarrow as pa

    dataset = open_result(address, reconciled=reconciled)
    wanted = selection.expression() if selection else None
    held: list[pa.Table] = []
    for fragment in dataset.get_fragments():  # a scan of all reads ahead without bound
        table = fragment.to_table(columns=_columns(dataset), filter=wanted)
        for begin in range(0, len(table), rows):
            held.append(table.slice(begin, rows))
            if sum(map(len, held)) >= rows:
                yield _exact(pa.concat_tables(held), selection)
                held = []
    if held:
        yield _exact(pa.concat_tables(held), selection)


def count_events(address: str | Path, selection: Selection | None = None) -> int:
    """Return how many events a result holds, selected by their bounds alone.

    Those of a polygon are counted by its box, so that there may be fewer.
    """
    wanted = selection.expression() if selection else None
    return int(open_result(address).count_rows(filter=wanted))


def count_unlocated(address: str | Path, selection: Selection | None = None) -> int:
    """Return how many of the selected events have no place, told as :func:`count_events` does."""
    import pyarrow.compute as pc

    nowhere = pc.field("geometry").is_null()
    wanted = selection.expression() if selection else None
    both = nowhere if wanted is None else wanted & nowhere
    return int(open_result(address).count_rows(filter=both))


def _columns(dataset: ds.Dataset) -> list[str]:
    return [*(name for name in NAMES if name in dataset.schema.names), "geometry"]  # of older ones


def _exact(table: pa.Table, selection: Selection | None) -> GeoDataFrame:
    frame = _to_frame(table)
    return selection.exactly(frame) if selection else frame


def _to_frame(table: pa.Table) -> GeoDataFrame:
    import shapely

    from geo.frame import conform

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
