"""Remember what a function answered, within a bound: a question asked again costs one look-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")


class Remembered(dict[_Question, _Answer]):
    """Answer by a function the first time, then from memory; forget all when there is too much.

    Where a text asks of each of its words, ``map(remembered.__getitem__, words)`` asks of all
    without a step in Python.

    >>> lengths = Remembered(len, most=2)
    >>> lengths["two"], lengths["three"], lengths["seven"]
    (3, 5, 5)
    >>> dict(lengths)
    {'seven': 5}
    """

    __slots__ = ("_answer", "_most")

    def __init__(self, answer: Callable[[_Question], _Answer], most: int = 50_000) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, question: _Question) -> _Answer:
        answer = self._answer(question)
        if len(self) >= self._most:
            self.clear()
        self[question] = answer
        return answer
