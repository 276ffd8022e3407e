"""Find figures that a sentence shares out over places: "seven hurt: five in A, two in B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geo.events.context import Counted, Sentence
from geo.models import Token

_LEAST_PARTS = 2
_BESIDE = 3  # tokens between a number and "each"; tokens behind a part that say it is one
_FAR = 12  # tokens from a part to its place


class Share(NamedTuple):
    """Hold a total and the parts of it, each told of places of its own."""

    total: Counted
    parts: tuple[Counted, ...]


def find_shares(sentence: Sentence, tokens: Sequence[Token]) -> tuple[Share, ...]:
    """Return the totals of a sentence whose parts stand behind a colon or "of them".

    The numbers right behind a total add up to it, each of them told of one place or more. One
    number alone may do so: "four civilians, two each in A and B".
    """
    return tuple(_shares(sentence, tokens)) if len(sentence.counts) > 1 else ()


def _shares(sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Share]:
    counts = sentence.counts
    taken = -1
    for number, total in enumerate(counts[:-1]):
        whole = total.quantity.best
        if number <= taken or not whole or whole < _LEAST_PARTS:
            continue
        parts = _parts(sentence, counts[number + 1 :], whole)
        if parts and (len(parts) == 1 or is_announced(sentence, total, parts[0], tokens)):
            taken = number + len(parts)
            yield Share(total=total, parts=tuple(parts))


def _parts(sentence: Sentence, counts: Sequence[Counted], whole: float) -> list[Counted]:
    """Return the numbers that make the whole, none where they do not or name no place."""
    parts: list[Counted] = []
    missing = whole
    for n, count in enumerate(counts):
        stop = counts[n + 1].first if n + 1 < len(counts) else sentence.stop
        places = sum(count.last < p.first < min(stop, count.last + _FAR) for p in sentence.places)
        if not places or not count.quantity.best:
            return []
        missing -= count.quantity.best * (places if is_of_each(sentence, count) else 1)
        parts.append(count)
        if missing <= 0:
            break
    if missing or not parts:
        return []
    return parts if len(parts) >= _LEAST_PARTS or is_of_each(sentence, parts[0]) else []


def is_of_each(sentence: Sentence, count: Counted, reach: int = _BESIDE) -> bool:
    """Tell "one each in B and C": the word stands beside the number."""
    near = range(count.first - reach, count.last + reach + 1)
    return any(p in near for p in sentence.concepts.get("each", ()))


def is_announced(
    sentence: Sentence, total: Counted, first: Counted, tokens: Sequence[Token]
) -> bool:
    """Tell whether a colon, "of them" or "in all" says that parts of a total follow."""
    if any(token.text == ":" for token in tokens[total.last + 1 : first.first]):
        return True
    marks = (p for c in ("subset", "total") for p in sentence.concepts.get(c, ()))
    return any(total.last < p <= first.last + _BESIDE for p in marks)
