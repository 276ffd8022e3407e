"""Describe how a number stands to the numbers before and behind it, and to their sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from geo.events.context import Counted, Sentence
from geo.models import Token

_MARKS = ("and", "subset", "killed", "injured", "additional", "each", "update", "previous")
_ROLES = frozenset({"killed", "injured"})
_CLOSE = 4


class _Gap(NamedTuple):
    """Hold what stands between a number and the next."""

    joint: str
    is_close: bool
    marks: tuple[str, ...]


class NumberNeighbours:
    """Describe the numbers of one sentence by one another."""

    def __init__(self, sentence: Sentence, tokens: Sequence[Token]) -> None:
        self._counts = sentence.counts
        self._starts: dict[int, list[Counted]] = {}
        for count in self._counts:
            self._starts.setdefault(count.first, []).append(count)
        self._gaps = [_gap(sentence, tokens, one, other) for one, other in pairwise(self._counts)]

    def begins_at(self, index: int, count: Counted) -> bool:
        """Tell whether a number other than `count` begins at a token."""
        return any(other is not count for other in self._starts.get(index, ()))

    def describe(self, count: Counted) -> list[str]:
        """Return the features of a number among the others."""
        at = self._counts.index(count)
        features: list[str] = []
        if at:
            features += _beside("previous", count, self._counts[at - 1], self._gaps[at - 1])
        else:
            features.append("no previous number")
        if at < len(self._gaps):
            features += _beside("next", count, self._counts[at + 1], self._gaps[at])
        else:
            features.append("no next number")
        if len(self._counts) > 2 and (count.quantity.best or 0) >= 2:
            features += self._sums(at)
        return features

    def _sums(self, at: int) -> Iterator[str]:
        """Notice a number that is the sum of the numbers behind it, or part of one before it."""
        values = [c.quantity.best for c in self._counts]
        own = values[at]
        for first in (at + 1, at + 2):
            for _ in range(_sums_to(values[first:], own)):
                yield "sum of the next"
        for _ in range(_sums_to(values[:at][::-1], own)):
            yield "sum of the previous"


def _sums_to(values: Sequence[float | None], whole: float | None) -> int:
    """Count the beginnings of some values, of two or more, that add up to a whole."""
    found, total = 0, 0.0
    for number, value in enumerate(values):
        if value is None or whole is None or total > whole:
            break
        total += value
        found += number > 0 and total == whole
    return found


def _gap(sentence: Sentence, tokens: Sequence[Token], low: Counted, high: Counted) -> _Gap:
    start, stop = low.last + 1, high.first
    marks = tuple(
        mark
        for mark in _MARKS
        if mark in sentence.concepts
        and any(start <= p < stop or p == stop for p in sentence.concepts[mark])
    )
    if sentence.breaks_between(low.first, high.first):
        joint = "break"
    else:
        joint = "comma" if any(t.text == "," for t in tokens[start:stop]) else "run"
    return _Gap(joint, stop - start <= _CLOSE, marks)


def _beside(name: str, count: Counted, other: Counted, gap: _Gap) -> Iterator[str]:
    """Compare a number with the one before or behind it."""
    yield f"{name}:{gap.joint}:{'close' if gap.is_close else 'far'}"
    for mark in gap.marks:
        yield f"{name}:{mark}"
        yield f"{name}:{mark}:{gap.joint}"
    if _ROLES.isdisjoint(gap.marks):
        yield f"{name}:no role:{gap.joint}"
    yield f"{name}:{'implicit' if other.implicit else other.quantity.qualifier}"
    small, large = count.quantity.best, other.quantity.best
    if small is not None and large is not None:
        yield f"{name}:{'less' if large < small else 'more' if large > small else 'same'}"
