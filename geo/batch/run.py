"""Run a batch: read, skip what is done, make the rest, say what was made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.batch.errors import BatchError
from geo.batch.inputs import Inputs
from geo.batch.manifest import (
    MANIFEST,
    REJECTS,
    close_manifest,
    open_manifest,
    read_manifest,
    reject_lines,
    run_key,
    versions_of,
    write_manifest,
)
from geo.batch.models import BatchSettings, Partition, PartReport
from geo.batch.partitions import partition_items
from geo.batch.parts import EVENTS, read_report
from geo.batch.pool import Pool, ProcessPool
from geo.batch.storage import Folder, Store, held, open_store

if TYPE_CHECKING:
    from gazetteer import Gazetteer

PoolMaker = Callable[[BatchSettings, str, str], Pool]


@dataclass(slots=True, kw_only=True)
class Progress:
    """Count what a run has done so far; override :meth:`show` to see it."""

    total_bytes: int = 0
    bytes: int = 0
    documents: int = 0
    begun: int = 0
    events: int = 0
    rejects: int = 0
    parts: int = 0
    skipped: int = 0
    _sizes: dict[str, int] = field(default_factory=dict)
    _read: int = 0

    def show(self) -> None:
        """Show the counts; called after each change."""

    def expect(self, partition: Partition, position: int) -> None:
        """Take note that a partition ends where the inputs were read up to."""
        self._sizes[partition.name] = position - self._read
        self._read = position

    def tick(self, position: int) -> None:
        """Take note that one more document was begun."""
        self.begun += 1
        if position % 16 == 0:
            self.show()

    def add(self, report: PartReport, *, skipped: bool = False) -> None:
        """Count a part that is there."""
        self.bytes += self._sizes.pop(report.name, 0)
        self.documents += report.documents
        self.events += report.events
        self.rejects += len(report.rejects)
        self.parts += 1
        self.skipped += skipped
        self.show()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Say what a result holds; ``skipped`` parts were there from an earlier run."""

    documents: int
    events: int
    rejects: int
    parts: int
    skipped: int
    address: str


def run_batch(
    inputs: Sequence[str],
    output: str,
    settings: BatchSettings | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    workers: int | None = None,
    restart: bool = False,
    progress: Progress | None = None,
    pool: PoolMaker | None = None,
) -> Summary:
    """Read all documents of `inputs` and write their events below `output`.

    Parts are written as they are made. Interrupted at any moment, the same call goes on from
    the parts that are there, and its result is the same to the byte. `restart` throws away the
    parts of a run with other inputs, settings or versions. Raises
    :class:`geo.batch.errors.BatchError` and :class:`geo.errors.InputError`.
    """
    from gazetteer import open_gazetteer

    settings = settings or BatchSettings()
    progress = progress or Progress()
    store = open_store(output)
    manifest = open_manifest(inputs, settings, versions_of(gazetteer or open_gazetteer()))
    run = run_key(manifest)
    reading = Inputs(names=tuple(inputs), settings=settings)
    progress.total_bytes = reading.total_bytes()
    with held(store):
        _prepare(store, run, restart=restart)
        if read_manifest(store) is None:
            write_manifest(store, manifest)
        made = pool or (lambda *given: ProcessPool(*given, workers=workers or cores()))
        with made(settings, store.address, run) as making:
            reports = _make_parts(reading, store, run, making, progress)
        if not reports:
            raise BatchError(f"there are no documents in {', '.join(inputs)}")
        _close(store, manifest, reading, reports)
    return Summary(
        documents=progress.documents, events=progress.events, rejects=progress.rejects,
        parts=len(reports), skipped=progress.skipped, address=store.address,
    )  # fmt: skip


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _prepare(store: Store, run: str, *, restart: bool) -> None:
    """See to it that a store is empty, this run's own, or given up."""
    manifest = read_manifest(store)
    if isinstance(store, Folder):
        store.sweep("", EVENTS)
    if manifest is None:
        if store.names() or store.names(EVENTS):
            raise BatchError(f"{store.address} holds other files; give a new or an empty folder")
    elif run_key(manifest) != run:
        if not restart:
            raise BatchError(
                f"{store.address} holds a run with other inputs, settings or versions; give "
                "another folder, or --restart to replace it"
            )
        store.remove(MANIFEST)
        for folder in (EVENTS, "reconciled"):
            for name in store.names(folder):
                store.remove(f"{folder}/{name}")


def _make_parts(
    reading: Inputs, store: Store, run: str, pool: Pool, progress: Progress
) -> list[PartReport]:
    """Make the parts that are not there; return the reports of all, in order."""
    reports: dict[str, PartReport] = {}
    there = set(store.names(EVENTS))

    def missing() -> Iterator[Partition]:
        for partition in partition_items(reading.items(), reading.settings):
            progress.expect(partition, reading.position)
            known = None
            if partition.name in there:
                known = read_report(store, partition.name, run=run, digest=partition.digest())
            if known is None:
                yield partition
            else:
                reports[known.name] = known
                progress.begun += known.documents
                progress.add(known, skipped=True)

    for report in pool.make_all(missing(), progress.tick):
        reports[report.name] = report
        progress.add(report)
    for name in there - reports.keys():
        store.remove(f"{EVENTS}/{name}")  # the input has become shorter
    return [reports[name] for name in sorted(reports)]


def _close(
    store: Store, manifest: dict[str, object], reading: Inputs, reports: Sequence[PartReport]
) -> None:
    rejects = reject_lines(reports)
    store.write(REJECTS, rejects)
    write_manifest(store, close_manifest(manifest, reading.done, reports, rejects))
