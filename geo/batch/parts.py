"""Make the parts of a result: the same documents always give the same file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from geo.batch.extraction import Beginning, Why, extract_items
from geo.batch.models import BatchSettings, Partition, PartReport, RejectRow
from geo.batch.storage import Store
from geo.batch.table import to_table

if TYPE_CHECKING:
    import pyarrow as pa

    from gazetteer import Gazetteer

EVENTS = "events"
_KEY = b"conflict_map_part"


def make_part(
    partition: Partition,
    store: Store,
    gazetteer: Gazetteer,
    settings: BatchSettings,
    *,
    run: str,
    poisoned: Mapping[int, Why] | None = None,
    beginning: Beginning | None = None,
) -> PartReport:
    """Read the documents of a partition and write their events as one GeoParquet file.

    `run` names settings and versions. Digest, counts and rejects stand in the file's own
    metadata, so that a later run can tell what is done without any journal. Raises
    :class:`geo.batch.errors.BatchError` when the file cannot be written.
    """
    found = extract_items(
        partition.items, gazetteer, settings, poisoned=poisoned, beginning=beginning
    )
    if beginning is not None:
        beginning(len(partition.items))  # past the last: what happens now is no document's fault
    about = {
        "run": run,
        "digest": partition.digest(),
        "documents": len(partition.items),
        "events": len(found.rows),
        "rejects": [list(row) for row in found.rejects],
    }
    content = to_bytes(to_table(found.rows), about)
    store.write(f"{EVENTS}/{partition.name}", content)
    return _report(partition.name, about, content)


def to_bytes(table: pa.Table, about: Mapping[str, Any]) -> memoryview:
    """Return a table as a zstd-compressed Parquet file that says of itself what it holds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    described = {**(table.schema.metadata or {}), _KEY: orjson.dumps(about)}
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata(described), sink, compression="zstd", row_group_size=20_000
    )
    return memoryview(sink.getvalue())


def read_report(store: Store, name: str, *, run: str, digest: str) -> PartReport | None:
    """Return what a part that is there holds; ``None`` where it is not this run's, or broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = store.read(f"{EVENTS}/{name}")
    if content is None:
        return None
    try:
        metadata = pq.read_metadata(pa.BufferReader(content)).metadata or {}
        about = orjson.loads(metadata[_KEY])
    except (pa.ArrowException, OSError, KeyError, orjson.JSONDecodeError):
        return None
    if about.get("run") != run or about.get("digest") != digest:
        return None
    return _report(name, about, content)


def _report(name: str, about: Mapping[str, Any], content: bytes | memoryview) -> PartReport:
    return PartReport(
        name=name,
        digest=about["digest"],
        documents=about["documents"],
        events=about["events"],
        rejects=tuple(RejectRow(*row) for row in about["rejects"]),
        sha256=hashlib.sha256(content).hexdigest(),
    )
