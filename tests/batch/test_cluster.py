"""Dask and object stores: the same parts as on one machine, a killed worker included."""

from __future__ import annotations

import itertools
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.batch import run_batch
from geo.batch.storage import open_store
from tests.batch.conftest import SETTINGS, contents

pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # of Dask's own threads and sockets

_numbers = itertools.count()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two local worker processes, one thread each."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.admin.log-format": "%(message)s"}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
            silence_logs=50,
        ) as made,
    ):  # fmt: skip
        yield made


def pool_of(cluster: Any) -> Any:
    from geo.batch.cluster import ClusterPool

    return lambda *given: ClusterPool(*given, scheduler=cluster.scheduler_address)


def test_a_cluster_writes_the_same_bytes(
    cluster: Any, corpus: Path, whole: Path, tmp_path: Path
) -> None:
    run_batch([str(corpus)], str(tmp_path / "out"), SETTINGS, pool=pool_of(cluster))
    assert contents(tmp_path / "out") == contents(whole)


def test_a_killed_dask_worker_loses_and_doubles_nothing(
    cluster: Any, corpus: Path, whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    pids = [worker.pid for worker in cluster.workers.values()]
    killed: list[int] = []

    def kill_one() -> None:
        while not list(out.glob("events/part-*.parquet")):
            time.sleep(0.01)
        os.kill(pids[0], signal.SIGKILL)
        killed.append(pids[0])

    thread = threading.Thread(target=kill_one, daemon=True)
    thread.start()
    run_batch([str(corpus)], str(out), SETTINGS, pool=pool_of(cluster))
    thread.join(timeout=10)
    assert killed
    assert contents(out) == contents(whole)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3-compatible server of this machine, with an empty bucket."""
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    name = f"news-{next(_numbers)}"  # all servers of a process share their buckets
    s3fs.S3FileSystem().mkdir(name)
    yield f"s3://{name}"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_an_object_store_holds_the_same_bytes_and_resumes(
    bucket: str, corpus: Path, whole: Path
) -> None:
    address = f"{bucket}/out"
    run_batch([str(corpus)], address, SETTINGS, workers=1)
    store = open_store(address)
    expected = contents(whole)
    found = {f"events/{name}": store.read(f"events/{name}") for name in store.names("events")}
    found |= {name: store.read(name) for name in store.names()}
    assert found == expected
    store.remove("events/part-000001.parquet")
    summary = run_batch([str(corpus)], address, SETTINGS, workers=1)
    assert summary.skipped == 9
    assert store.read("events/part-000001.parquet") == expected["events/part-000001.parquet"]


def test_input_is_read_from_an_object_store(
    bucket: str, corpus: Path, whole: Path, tmp_path: Path
) -> None:
    store = open_store(bucket)
    store.write("news.jsonl", corpus.read_bytes())
    run_batch([f"{bucket}/news.jsonl"], str(tmp_path / "out"), SETTINGS, workers=1)
    parts = {n: d for n, d in contents(tmp_path / "out").items() if n.endswith("manifest.json")}
    assert parts.keys() == {"manifest.json"}
    assert len(list((tmp_path / "out" / "events").iterdir())) == 10
