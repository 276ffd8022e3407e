"""Run a batch on a Dask cluster of two local workers and end: for its processor time."""

from __future__ import annotations

import sys

from geo.batch import BatchSettings, run_batch


def main() -> None:
    from distributed import LocalCluster

    from geo.batch.cluster import ClusterPool

    source, output, size = sys.argv[1:]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        run_batch([source], output, BatchSettings(documents=int(size)),
                  pool=lambda *given: ClusterPool(*given, scheduler=address))  # fmt: skip


if __name__ == "__main__":
    main()
