"""Show on a terminal that something takes its time: the index, the documents."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from gazetteer import Gazetteer


def opened(*, quiet: bool = False) -> Gazetteer:
    """Open the gazetteer; the first time a bar shows the building of its index."""
    from gazetteer import open_gazetteer

    if quiet or not sys.stderr.isatty():
        return open_gazetteer()
    bar = _Bar()
    try:
        return open_gazetteer(progress=bar.show)
    finally:
        bar.close()


class _Bar:
    """Show the building of the index; nothing appears when there is nothing to build."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def show(self, step: str, share: float) -> None:
        """Show a step of the building and the share of it that is done."""
        from rich.console import Console
        from rich.progress import Progress

        if self._progress is None or self._task is None:
            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task("Building the place index, once", total=1.0)
        self._progress.update(self._task, completed=share, description=step)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


@contextmanager
def waiting(*, quiet: bool) -> Iterator[Callable[[], None]]:
    """Yield a function to call after each document.

    On a terminal a line counts them, once it takes over a second.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    line = _Waiting()
    timer = threading.Timer(1.0, line.show)
    timer.daemon = True
    timer.start()
    try:
        yield line.count
    finally:
        timer.cancel()
        line.close()


class _Waiting:
    """Count documents while they are read."""

    def __init__(self) -> None:
        self._count = 0
        self._progress: Progress | None = None
        self._lock = threading.Lock()
        self._closed = False

    def count(self) -> None:
        """Count one more document."""
        with self._lock:
            self._count += 1
            if self._progress is not None:
                self._progress.update(self._progress.task_ids[0], completed=self._count)

    def show(self) -> None:
        """Begin to show the count and the time."""
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._closed:
                return
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.completed} documents read"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._progress.add_task("", total=None, completed=self._count)
            self._progress.start()

    def close(self) -> None:
        """Take the line away."""
        with self._lock:
            self._closed = True
            if self._progress is not None:
                self._progress.stop()
