"""Bound what one document may cost the process that reads it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.5  # seconds: an exception raised inside a callback is lost, the next one is not
_MOST_MEMORY = 3 << 30


class TimeUpError(BaseException):
    """Tell that a document used up its time; not an ``Exception``, so that nothing swallows it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeUpError` in the block after `seconds` of this process's CPU time.

    Processor time, not the clock: the same document ends the same way on a busy machine. Regular
    expressions are interrupted too. Where a system has no such timer nothing happens here, and
    the supervisor ends the process.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _raise)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise TimeUpError


def limit_memory() -> None:
    """Let a document that wants gigabytes fail by itself, before the system kills something."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
