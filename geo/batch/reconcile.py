"""Reconcile the events of a result over all its documents, block by block, part by part."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from geo.batch.blocks import Key, assign_blocks
from geo.batch.errors import BatchError
from geo.batch.manifest import MANIFEST, read_manifest
from geo.batch.parts import EVENTS, to_bytes
from geo.batch.results import RECONCILED
from geo.batch.run import cores
from geo.batch.storage import Store, held, open_store
from geo.batch.table import RECORD, Describer, to_table
from geo.events.reconciliation import ReconcileRules, reconcile_events
from geo.records import from_record

SORTING = "sorting"
_ORDER, _GROUP = "order", "group"
_KEYS = (
    "place_id", "longitude", "latitude", "geo_precision", "area_km2", "area_role", "date_start",
    "date_end", "published",
)  # fmt: skip
_EVENTS_IN_GROUP = 20_000
_HELD_BYTES = 256 << 20
Tell = Callable[[float], None]
Job = tuple[str, int, dict[str, Any]]  # address, group, rules
Part = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """Say what a reconciliation made: events before and after, blocks, and the largest one."""

    before: int
    after: int
    blocks: int
    largest: int
    parts: int


def reconcile_batch(
    address: str,
    *,
    rules: ReconcileRules | None = None,
    tell: Tell = lambda share: None,
    executor: Executor | None = None,
) -> Reconciled:
    """Write each occurrence of a result once below ``reconciled/``; the parts stay as they are.

    Equals reconciling all events at once, but holds only the places and days of all events and
    one group of blocks. Raises :class:`BatchError` when the result is not complete.
    """
    rules = rules or ReconcileRules()
    store = open_store(address)
    manifest = read_manifest(store)
    if manifest is None or not manifest["complete"]:
        raise BatchError(f"{store.address} is no complete result; give its batch command first")
    names = [str(part["name"]) for part in manifest["parts"]]
    with held(store):
        _clear(store, RECONCILED, SORTING)
        keys = [key for name in names for key in _read_keys(store, name)]
        blocks = assign_blocks(keys, rules)
        groups, count = _group(blocks)
        _sort(store, names, groups, tell)
        jobs = [(store.address, number, asdict(rules)) for number in range(count)]
        parts = list(_reconciled(jobs, executor, tell))
        summary = Reconciled(
            before=len(keys), after=sum(part["events"] for part in parts),
            blocks=len(set(blocks)), largest=max(Counter(blocks).values(), default=0),
            parts=len(parts),
        )  # fmt: skip
        about = {"from": manifest["versions"], "rules": asdict(rules), **asdict(summary)}
        _write_manifest(store, about | {"files": parts})
        _clear(store, SORTING)
    return summary


def _reconciled(jobs: Sequence[Job], executor: Executor | None, tell: Tell) -> Iterator[Part]:
    """Yield what each group holds, in order, as soon as it is written."""
    made = (
        executor.map(reconcile_group, *zip(*jobs, strict=True))
        if executor and jobs
        else (reconcile_group(*job) for job in jobs)
    )
    for number, part in enumerate(made, start=1):
        tell(0.3 + 0.7 * number / len(jobs))
        yield part


def _write_manifest(store: Store, about: dict[str, Any]) -> None:
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    store.write(f"{RECONCILED}/{MANIFEST}", orjson.dumps(about, option=option))


@contextmanager
def processes(workers: int | None = None) -> Iterator[Executor | None]:
    """Yield processes of this machine to reconcile in; ``None`` for a single one."""
    workers = workers or cores()
    if workers == 1:
        yield None
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh) as executor:
        yield executor


def reconcile_group(address: str, number: int, rules: dict[str, Any]) -> Part:
    """Reconcile the blocks of one group and write them as one part; return what it holds.

    A pure function of the sorted files, for a process pool or ``Client.get_executor()``.
    """
    from gazetteer import open_gazetteer

    store = open_store(address)
    rows: list[tuple[int, str]] = []
    for name in store.names(f"{SORTING}/{number:05d}"):
        with store.open(f"{SORTING}/{number:05d}/{name}") as stream:
            table = pq.read_table(stream)
        rows += zip(table.column(_ORDER).to_pylist(), table.column(RECORD).to_pylist(), strict=True)
    events = [from_record(orjson.loads(text)) for _, text in sorted(rows)]
    describer = Describer(open_gazetteer())
    kept = [
        describer.describe(event) for event in reconcile_events(events, ReconcileRules(**rules))
    ]
    content = to_bytes(to_table(kept), {"before": len(events), "events": len(kept)})
    part = f"part-{number:06d}.parquet"
    store.write(f"{RECONCILED}/{part}", content)
    digest = hashlib.sha256(content).hexdigest()
    return {"name": part, "before": len(events), "events": len(kept), "sha256": digest}


def _read_keys(store: Store, name: str) -> Iterator[Key]:
    """Yield what decides the block of each event of a part; days take in those of the report."""
    with store.open(f"{EVENTS}/{name}") as stream:
        table = pq.read_table(stream, columns=list(_KEYS))
    for row in zip(*(table.column(column).to_pylist() for column in _KEYS), strict=True):
        place_id, lon, lat, precision, km2, role, *texts = row
        days = sorted(date.fromisoformat(text) for text in texts if text)
        yield Key(
            place_id=place_id, lon=lon, lat=lat, geo_precision=precision,
            is_area=km2 is not None or role is not None,
            first=days[0] if days else None, last=days[-1] if days else None,
        )  # fmt: skip


def _group(blocks: Sequence[int]) -> tuple[list[int], int]:
    """Put blocks together into groups of bounded size; return each event's group, and how many."""
    sizes = Counter(blocks)
    group_of: dict[int, int] = {}
    number = held_events = 0
    for block in sorted(sizes):
        if held_events and held_events + sizes[block] > _EVENTS_IN_GROUP:
            number, held_events = number + 1, 0
        group_of[block] = number
        held_events += sizes[block]
    return [group_of[block] for block in blocks], number + 1 if sizes else 0


def _sort(store: Store, names: Sequence[str], groups: Sequence[int], tell: Tell) -> None:
    """Write the records of all parts again, sorted into a folder a group."""
    waiting: list[pa.Table] = []
    size = position = 0
    for number, name in enumerate(names):
        with store.open(f"{EVENTS}/{name}") as stream:
            table = pq.read_table(stream, columns=[RECORD])
        order = pa.array(range(position, position + len(table)), pa.int64())
        group = pa.array(groups[position : position + len(table)], pa.int64())
        waiting.append(table.append_column(_ORDER, order).append_column(_GROUP, group))
        size, position = size + table.nbytes, position + len(table)
        if size > _HELD_BYTES or number == len(names) - 1:
            _spill(store, pa.concat_tables(waiting), number)
            waiting, size = [], 0
        tell(0.3 * (number + 1) / len(names))


def _spill(store: Store, table: pa.Table, number: int) -> None:
    ordered = table.sort_by(_GROUP)
    found = ordered.column(_GROUP).to_pylist()
    start = 0
    for group, count in sorted(Counter(found).items()):
        sink = pa.BufferOutputStream()
        pq.write_table(ordered.slice(start, count), sink, compression="zstd")
        store.write(f"{SORTING}/{group:05d}/{number:06d}.parquet", memoryview(sink.getvalue()))
        start += count


def _clear(store: Store, *folders: str) -> None:
    for folder in folders:
        for inner in store.folders(folder):
            _clear(store, f"{folder}/{inner}")
        for name in store.names(folder):
            store.remove(f"{folder}/{name}")
