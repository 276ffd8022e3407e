"""Describe what joins two neighbouring numbers of a text: "15 dead, of them three children"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Counted, Sentence
from geo.models import Token

_MARKS = (
    "and", "subset", "killed", "injured", "casualties", "affected", "additional", "each",
    "update", "previous", "in", "near", "total", "missing", "detained", "displaced", "of",
    "speech", "clause", "relative", "toll", "missile", "drone", "strike", "nonperson",
)  # fmt: skip
_ROLES = frozenset({"killed", "injured", "casualties", "affected", "toll"})
_HEADS = ("person", "kin", "single", "military", "nonperson", "killed", "injured")
_HEAD_REACH = 3


def describe_joint(
    one: Sentence, before: Counted, other: Sentence, count: Counted, tokens: Sequence[Token]
) -> list[str]:
    """Return the features of two numbers that follow each other in sentences `one` and `other`."""
    features = ["bias"]
    if one is other:
        joint = _joint(one, before, count, tokens)
        features += _between(one, before, count, tokens, joint)
    else:
        joint = "sentence"
        features.append(f"sentence:{min(2, other.index - one.index)}")
        features.append("paragraph" if one.paragraph != other.paragraph else "same paragraph")
    features += _compared(before, count, joint)
    features.append(f"implicit:{before.implicit:d}{count.implicit:d}:{joint}")
    head = _head(other, count)
    features += [f"second {head}", f"second {head}:{joint}", f"heads:{_head(one, before)}:{head}"]
    features.append(f"qualifiers:{before.quantity.qualifier}>{count.quantity.qualifier}")
    return features


def _joint(sentence: Sentence, one: Counted, other: Counted, tokens: Sequence[Token]) -> str:
    if sentence.breaks_between(one.first, other.first):
        return "break"
    between = range(one.last + 1, other.first)
    return "comma" if any(tokens[i].text == "," for i in between) else "run"


def _between(
    sentence: Sentence, one: Counted, other: Counted, tokens: Sequence[Token], joint: str
) -> Iterator[str]:
    between = range(one.last + 1, other.first)
    size = len(between)
    near = "adjacent" if size <= 1 else "close" if size <= 4 else "mid" if size <= 9 else "far"
    yield from (joint, near, f"{joint}:{near}")
    marks = [
        mark
        for mark in _MARKS
        if any(p in between or p == other.first for p in sentence.concepts.get(mark, ()))
    ]
    for mark in marks:
        yield mark
        yield f"{mark}:{joint}"
    if not marks:
        yield "nothing"
    if _ROLES.isdisjoint(marks):
        yield from ("no role", f"no role:{joint}", f"no role:{near}")
    if any(place.first in between for place in sentence.places):
        yield from ("place", f"place:{joint}")
    else:
        yield "no place"
    texts = {tokens[i].text for i in between}
    yield from (f"mark {text}" for text in "(;" if text in texts)


def _compared(one: Counted, other: Counted, joint: str) -> Iterator[str]:
    first, second = one.quantity.best, other.quantity.best
    if first is not None and second is not None:
        order = "less" if second < first else "more" if second > first else "same"
        yield from (order, f"{order}:{joint}")


def _head(sentence: Sentence, count: Counted) -> str:
    """Name the noun that the number counts, by its concept."""
    behind = range(count.last + 1, count.last + 1 + _HEAD_REACH)
    for concept in _HEADS:
        if any(position in behind for position in sentence.concepts.get(concept, ())):
            return concept
    return "headless"
