"""Do a part of a long work in a second process, where a second core is there for it.

A fresh interpreter imports the function by its name. Unlike multiprocessing it imports nothing
of the program that runs: a script without ``if __name__ == "__main__"`` is not run again. Where
no such process can be started, or it fails, the work is done here, when its result is asked.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

Result = TypeVar("Result")
_log = logging.getLogger("gazetteer")
_INTERPRETERS = ("python", "pypy")


class Elsewhere(Generic[Result]):
    """Call a module's function with texts as arguments in a second process.

    Use as a context: on leaving it early the process is ended. Where it is not worth a process
    the function is called here.

    >>> with Elsewhere(os.path.basename, "a/b") as work:
    ...     work.result()
    'b'
    """

    def __init__(
        self, function: Callable[..., Result], *arguments: str, is_worth: bool = True
    ) -> None:
        self._function, self._arguments = function, arguments
        is_apart = is_worth and _has_second_core()
        self._process = _start(function, arguments) if is_apart else None

    def __enter__(self) -> Elsewhere[Result]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def result(self) -> Result:
        """Wait for the second process and return what the function did; call it here if need be."""
        if self._process is not None:
            content, _ = self._process.communicate()
            code, self._process = self._process.returncode, None
            if code == 0:
                made: Result = pickle.loads(content)  # noqa: S301 - written by our own process
                return made
            _log.debug("the second process ended with %s; its work is done in this one", code)
        return self._function(*self._arguments)


def _has_second_core() -> bool:
    count = getattr(os, "sched_getaffinity", None)
    return (len(count(0)) if count else os.cpu_count() or 1) > 1


def _start(
    function: Callable[..., Any], arguments: tuple[str, ...]
) -> subprocess.Popen[bytes] | None:
    # an application that embeds Python names itself as its executable
    if not Path(sys.executable or "").stem.lower().startswith(_INTERPRETERS):
        return None
    name = f"{function.__module__}:{function.__qualname__}"
    command = [sys.executable, "-P", "-m", "gazetteer.second_process", name, *arguments]
    path = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
    try:
        return subprocess.Popen(  # noqa: S603 - this interpreter, a function of our own
            command,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def main() -> None:
    """Call the function named by the first argument, and write its result to stdout."""
    gc.disable()  # as where an index is built: the process ends with the work
    module, _, name = sys.argv[1].partition(":")
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    function = getattr(importlib.import_module(module), name)
    pickle.dump(function(*sys.argv[2:]), output, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
