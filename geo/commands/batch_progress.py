"""Show how far a batch is: rate, remaining time, events, rejects."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geo.batch import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

_TELL_EVERY = 30.0  # seconds, where there is no terminal


@contextmanager
def shown(*, quiet: bool) -> Iterator[Progress]:
    """Yield a progress that shows itself: a bar on a terminal, else a line now and then."""
    if quiet:
        yield Progress()
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield Bar(bars)
    else:
        yield Lines()


@contextmanager
def shares(*, quiet: bool) -> Iterator[Callable[[float], None]]:
    """Yield a function that shows which share of a job is done, on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda share: None
        return
    from rich.console import Console
    from rich.progress import Progress as Shown

    with Shown(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=1.0)
        yield lambda share: bars.update(task, completed=share)


class Lines(Progress):
    """Tell of the progress in lines, for log files."""

    def __init__(self) -> None:
        super().__init__()
        self._begun_at = self._told_at = time.monotonic()

    def show(self) -> None:
        """Print a line if the last one is some time ago."""
        now = time.monotonic()
        if now - self._told_at < _TELL_EVERY:
            return
        self._told_at = now
        share = self.bytes / self.total_bytes if self.total_bytes else 0.0
        rate = self.begun / (now - self._begun_at)
        print(
            f"conflict-map: {self.begun:,} documents ({rate:.0f}/s, {share:.0%}), "
            f"{self.events:,} events, {self.rejects:,} rejects",
            file=sys.stderr,
        )


class Bar(Progress):
    """Show the progress as a bar that is measured in bytes of input."""

    def __init__(self, bars: Bars) -> None:
        super().__init__()
        self._bars = bars
        self._task = bars.add_task("", total=None, documents=0, rate=0, events=0, rejects=0)
        self._begun_at = time.monotonic()
        self._shown_at = 0.0

    def show(self) -> None:
        """Update the bar, ten times a second at most."""
        now = time.monotonic()
        if now - self._shown_at < 0.1 and self.bytes < self.total_bytes:
            return
        self._shown_at = now
        self._bars.update(
            self._task, total=self.total_bytes, completed=self.bytes, documents=self.begun,
            rate=self.begun / max(0.1, now - self._begun_at), events=self.events,
            rejects=self.rejects,
        )  # fmt: skip


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Shown

    return Shown(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[documents]:,} documents"),
        TextColumn("{task.fields[rate]:.0f}/s"),
        TextColumn("{task.fields[events]:,} events"),
        TextColumn("{task.fields[rejects]:,} rejects"),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True),
        transient=True,
        speed_estimate_period=300,
    )
