"""Read partitions in a process of its own: ``python -m geo.batch.worker``.

The parent sends pickled jobs through standard input and reads short messages from standard
output: the position of each document before it is tried, then the report or the error. A closed
pipe ends the worker.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import IO, TYPE_CHECKING

from geo.batch.messages import FAILURE, HEAD, POSITION, READY, REPORT, Job, receive, send

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_ALLOCATED = 50_000


class _WithoutPandas:
    """Keep pandas out of this process.

    pyarrow imports it where it is installed, only to see that our lists are no frames: 60 MB
    and half a second for each worker.
    """

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse pandas, pass on everything else."""
        if name == "pandas":
            raise ImportError(name)


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    sys.meta_path.insert(0, _WithoutPandas())
    gc.set_threshold(_ALLOCATED)  # a document makes no cycles, and thousands of records
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to decide on
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between our messages
    from gazetteer import open_gazetteer
    from geo.batch.limits import limit_memory

    gazetteer = open_gazetteer()
    limit_memory()
    try:
        _tell(answers, READY)
        while True:
            _serve(receive(jobs), gazetteer, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the parent is gone: nobody waits for flushing


def _serve(job: Job, gazetteer: Gazetteer, answers: IO[bytes]) -> None:
    from geo.batch.parts import make_part
    from geo.batch.storage import open_store
    from geo.errors import GeoError

    try:
        report = make_part(
            job.partition, open_store(job.address), gazetteer, job.settings, run=job.run,
            poisoned=job.poisoned, beginning=lambda position: _tell(answers, POSITION, position),
        )  # fmt: skip
    except GeoError as error:
        answers.write(HEAD.pack(FAILURE, 0))
        send(answers, str(error))
        return
    answers.write(HEAD.pack(REPORT, 0))
    send(answers, report)


def _tell(answers: IO[bytes], kind: int, position: int = 0) -> None:
    answers.write(HEAD.pack(kind, position))
    answers.flush()


if __name__ == "__main__":
    main()
