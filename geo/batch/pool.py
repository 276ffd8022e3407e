"""Give partitions to worker processes, a bounded number at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Protocol, Self

from geo.batch.models import BatchSettings, Partition, PartReport
from geo.batch.supervisor import Supervisor

Ticking = Callable[[int], None]


class Pool(Protocol):
    """Make parts somewhere: in processes of this machine, or on a cluster."""

    def make_all(self, partitions: Iterable[Partition], tick: Ticking) -> Iterator[PartReport]:
        """Yield the reports as parts are done; `tick` is told how many documents were begun."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all work at once; parts are whole or not there."""


class ProcessPool:
    """Make parts in processes of this machine, each watched by a thread that only waits."""

    def __init__(self, settings: BatchSettings, address: str, run: str, *, workers: int) -> None:
        self._workers = workers
        self._supervisors: list[Supervisor] = []
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._make: Callable[[], Supervisor] = lambda: Supervisor(settings, address, run)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="batch")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for supervisor in self._supervisors:
            supervisor.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for supervisor in self._supervisors:
            supervisor.close()

    def make_all(self, partitions: Iterable[Partition], tick: Ticking) -> Iterator[PartReport]:
        """Yield the reports as parts are done; at most one partition waits for each worker."""
        running: set[Future[PartReport]] = set()
        for partition in partitions:
            running.add(self._threads.submit(self._one, partition, tick))
            if len(running) >= self._workers * 2:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)

    def _one(self, partition: Partition, tick: Ticking) -> PartReport:
        supervisor: Supervisor | None = getattr(self._mine, "supervisor", None)
        if supervisor is None:
            supervisor = self._mine.supervisor = self._make()
            with self._lock:
                self._supervisors.append(supervisor)
        return supervisor.make(partition, tick)
