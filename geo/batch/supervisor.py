"""Run a worker process and see to it that no document costs another one its result."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from geo.batch.errors import BatchError
from geo.batch.extraction import TOO_SLOW, Why
from geo.batch.messages import FAILURE, POSITION, READY, REPORT, Job, read_message, send
from geo.batch.models import BatchSettings, Partition, PartReport

_STRIKES = 2  # a document at which the process died twice is the reason, not an accident
_STARTS = 3
_GRACE = 10.0  # seconds of clock beyond the document's time, before the process is ended
_LOOK = 0.5
_DEADLY: Why = ("process", "ended the process that read it, twice (out of memory?); cut it")


class _DiedError(Exception):
    """Tell at which document (``None``: before any) a worker ended, and whether we ended it."""

    def __init__(self, position: int | None, *, stuck: bool) -> None:
        super().__init__(position)
        self.position = position
        self.stuck = stuck


class Supervisor:
    """Keep one worker process alive and give it one partition after another.

    Safe to use from one thread at a time. A worker that dies, or hangs beyond the limit, is
    started again with the same partition; the document it died at twice, or hung at, becomes a
    reject.
    """

    def __init__(self, settings: BatchSettings, address: str, run: str) -> None:
        self._settings = settings
        self._address = address
        self._run = run
        self._process: subprocess.Popen[bytes] | None = None
        self._seen = time.monotonic()
        self._stuck = False
        self._lock = threading.Lock()
        self._closed = False

    def make(
        self, partition: Partition, at: Callable[[int], None] = lambda position: None
    ) -> PartReport:
        """Return the report of a part that the worker wrote; `at` is told each position.

        Raises :class:`BatchError` when it cannot be written or no worker can be started.
        """
        strikes: Counter[int] = Counter()
        poisoned: dict[int, Why] = {}
        starts = 0
        while True:
            try:
                return self._attempt(partition, poisoned, at)
            except _DiedError as death:
                if self._closed:
                    raise BatchError("the run was stopped") from death
                if death.position is None or death.position == len(partition.items):
                    starts += 1
                    if starts == _STARTS:
                        raise BatchError(
                            f"the process that reads documents ended {_STARTS} times without "
                            f"reading one, at {partition.name}; see above why"
                        ) from death
                    continue
                strikes[death.position] += 1
                if death.stuck:
                    poisoned[death.position] = TOO_SLOW
                elif strikes[death.position] == _STRIKES:
                    poisoned[death.position] = _DEADLY

    def stop(self) -> None:
        """End the worker at once; a part that it is writing is left out whole."""
        self._closed = True
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the worker and give back its pipes; no thread may be in :meth:`make`."""
        self.stop()
        if self._process is not None:
            self._reap(self._process)

    def _attempt(
        self, partition: Partition, poisoned: Mapping[int, Why], at: Callable[[int], None]
    ) -> PartReport:
        process = self._started()
        assert process.stdin is not None  # noqa: S101 - both were asked for
        assert process.stdout is not None  # noqa: S101
        job = Job(
            partition=partition, settings=self._settings, address=self._address, run=self._run,
            poisoned=dict(poisoned),
        )  # fmt: skip
        position: int | None = None
        self._stuck, self._seen = False, time.monotonic()
        done = threading.Event()
        threading.Thread(target=self._watch, args=(process, done), daemon=True).start()
        try:
            send(process.stdin, job)
            while True:
                message = read_message(process.stdout)
                self._seen = time.monotonic()
                if message.kind == POSITION:
                    position = message.position
                    at(position)
                elif message.kind == REPORT:
                    report: PartReport = message.content
                    return report
                elif message.kind == FAILURE:
                    raise BatchError(message.content)
        except (EOFError, OSError) as error:
            self._reap(process)
            raise _DiedError(position, stuck=self._stuck) from error
        finally:
            done.set()

    def _watch(self, process: subprocess.Popen[bytes], done: threading.Event) -> None:
        most = self._settings.seconds * 2 + _GRACE
        while not done.wait(_LOOK):
            if time.monotonic() - self._seen > most:
                self._stuck = True
                process.kill()
                return

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise BatchError("the run was stopped")
            if self._process is not None and self._process.poll() is None:
                return self._process
            self._process = process = start_worker()
        try:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            if read_message(process.stdout).kind == READY:
                return process
        except EOFError as error:
            self._reap(process)
            raise _DiedError(None, stuck=False) from error
        raise BatchError("the process that reads documents answers nonsense")

    def _reap(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # a job that was not sent in full
                    pipe.close()
        with self._lock:
            if self._process is process:
                self._process = None


def start_worker() -> subprocess.Popen[bytes]:
    """Start a worker that sees the same packages as this process."""
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "geo.batch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": path,
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # gives back what a part needed
        },
    )
