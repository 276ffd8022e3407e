"""Speak with worker processes: jobs one way, positions and reports the other."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

from geo.batch.extraction import Why
from geo.batch.models import BatchSettings, Partition

HEAD = struct.Struct(">BI")  # kind of message, position or length of what follows
POSITION, REPORT, FAILURE, READY = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Ask for one part; ``poisoned`` are the positions of documents not to be tried again."""

    partition: Partition
    settings: BatchSettings
    address: str
    run: str
    poisoned: Mapping[int, Why]


class Message(NamedTuple):
    """Hold what a worker says: a kind, a position, or what it returns."""

    kind: int
    position: int
    content: Any = None


def send(stream: IO[bytes], value: object) -> None:
    """Write a pickled value with its length before it."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack(">Q", len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # noqa: ANN401 - whatever was sent
    """Read what :func:`send` wrote; raise ``EOFError`` when the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    content = stream.read(struct.unpack(">Q", head)[0])
    return pickle.loads(content)  # noqa: S301 - a pipe between our own two processes


def read_message(stream: IO[bytes]) -> Message:
    """Read a worker's message; raise ``EOFError`` when the worker is gone."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    kind, number = HEAD.unpack(head)
    if kind in (REPORT, FAILURE):
        return Message(kind, 0, receive(stream))
    return Message(kind, number)
