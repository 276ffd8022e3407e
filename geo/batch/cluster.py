"""Give partitions to the workers of a Dask cluster; each writes its parts to the common store."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from geo.batch.errors import BatchError
from geo.batch.models import BatchSettings, Partition, PartReport
from geo.batch.supervisor import Supervisor

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 2  # partitions for each thread of the cluster, so that none waits
_RETRIES = 5  # of a partition whose Dask worker was lost
_mine = threading.local()


class ClusterPool:
    """Make parts on the workers of a Dask scheduler.

    The unit of work is the same as on one machine: each thread of a Dask worker keeps one reading
    process, with the same limits. A lost worker's partitions are made again elsewhere; writing a
    part twice writes the same bytes. Raises :class:`BatchError` without the extra ``cluster``
    or when no scheduler answers.
    """

    def __init__(
        self,
        settings: BatchSettings,
        address: str,
        run: str,
        *,
        scheduler: str | None = None,
        client: Client | None = None,
    ) -> None:
        self._given = (settings, address, run)
        self._owned = client is None
        self._client: Any = client or _connect(scheduler)  # Dask's calls have no types

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._owned:
            self._client.close()

    def make_all(self, partitions: Iterable[Partition], tick: Any) -> Iterator[PartReport]:  # noqa: ANN401
        """Yield the reports as parts are done; `tick` counts the documents of whole parts."""
        import distributed

        as_completed: Any = distributed.as_completed
        waiting = iter(partitions)
        most = max(1, sum(self._client.nthreads().values())) * _AHEAD
        first = [self._submit(partition) for partition in islice(waiting, most)]
        with self._client.as_current():
            futures = as_completed(first)
        for future in futures:
            yield self._report(future, tick)
            for partition in islice(waiting, 1):
                futures.add(self._submit(partition))

    def _submit(self, partition: Partition) -> Any:  # noqa: ANN401 - a future
        key = f"{self._given[2]} {self._given[1]} {partition.name}"
        return self._client.submit(
            make_here, partition, *self._given, key=key, retries=_RETRIES, pure=False
        )

    def _report(self, future: Any, tick: Any) -> PartReport:  # noqa: ANN401
        report: PartReport = future.result()
        for position in range(report.documents):
            tick(position)
        return report


def make_here(partition: Partition, settings: BatchSettings, address: str, run: str) -> PartReport:
    """Make a part on this machine, in the reading process that this thread keeps."""
    wanted = (run, address)
    known, supervisor = getattr(_mine, "kept", (None, None))
    if supervisor is None or known != wanted:
        if supervisor is not None:
            supervisor.close()  # of an earlier run on a cluster that lives on
        supervisor = Supervisor(settings, address, run)
        _mine.kept = (wanted, supervisor)
        atexit.register(supervisor.close)
    report: PartReport = supervisor.make(partition)
    return report


def _connect(scheduler: str | None) -> Any:  # noqa: ANN401 - a client
    try:
        import distributed
    except ImportError:
        raise BatchError(
            "a cluster needs more packages; pip install 'conflict-event-mapper[cluster]'"
        ) from None
    try:
        connect: Any = distributed.Client
        return connect(scheduler, timeout="20s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise BatchError(f"no Dask scheduler answers at {scheduler} ({error})") from error
