"""Describe a number by features that no single language owns: what it counts, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.annotators.terms import Term
from geo.events.context import Counted, Sentence
from geo.models import Token

ROLES = (
    "killed", "injured", "casualties", "missing", "detained", "abducted", "displaced",
    "evacuated", "exchange", "enemy_loss", "toll", "affected",
)  # fmt: skip
_HEADS = (
    "person", "military", "kin", "single", "nonperson", "killed", "injured", "casualties",
    "missing", "detained", "displaced", "evacuated", "area_units", "subset", "additional",
    "affected", "missile", "drone", "rocket", "shelling", "airstrike", "mine", "strike", "clash",
)  # fmt: skip


def describe_number(sentence: Sentence, count: Counted, tokens: Sequence[Token]) -> list[str]:
    """Return the features of a number in its sentence."""
    features = ["bias"]
    quantity = count.quantity
    if count.implicit:
        features.append("implicit")
    features.append(f"qualifier:{quantity.qualifier}")
    heads = list(_heads(sentence, count, tokens))
    features += heads
    features += _role_words(sentence, count)
    features += _claims_on(sentence, count)
    features += _coordination(sentence, count, tokens)
    features += _sums(sentence, count)
    features += _elliptic(sentence, count)
    features += _markers(sentence, count)
    if quantity.best is not None:
        features.append("big" if quantity.best >= 300 else "one" if quantity.best == 1 else "some")
    return features


def _heads(sentence: Sentence, count: Counted, tokens: Sequence[Token]) -> Iterator[str]:
    by_position: dict[int, list[Term]] = {}
    for term in sentence.terms:
        by_position.setdefault(term.first, []).append(term)
    seen = False
    start = count.first if count.implicit else count.last + 1
    for distance, index in enumerate(range(start, min(start + 4, sentence.stop)), 1):
        if tokens[index].text in ",;:.()":
            yield f"mark:{distance}"
            break
        if any(c.first == index and c is not count for c in sentence.counts):
            break
        for term in by_position.get(index, ()):
            if term.concept in _HEADS:
                yield f"head:{term.concept}:{min(distance, 3)}"
                if not seen:
                    yield f"first head:{term.concept}"
        seen = seen or any(t.concept in _HEADS for t in by_position.get(index, ()))
    if not seen:
        yield "headless"


def _role_words(sentence: Sentence, count: Counted) -> Iterator[str]:
    nearest: list[tuple[int, str]] = []
    others = [c for c in sentence.counts if c is not count and not c.implicit]
    for role in ROLES:
        for position in sentence.concepts.get(role, ()):
            left = position < count.first
            distance = count.first - position if left else max(0, position - count.last)
            side = "left" if left else "right"
            low, high = min(position, count.first), max(position, count.last)
            crossed = sentence.breaks_between(position, count.first)
            number = sum(low < c.first < high for c in others)
            comma = sentence.commas_between(position, count.first)
            nearest.append((distance + 8 * crossed + 2 * number + 2 * comma, f"{role}:{side}"))
            bucket = 1 if distance <= 1 else 3 if distance <= 3 else 6 if distance <= 6 else 9
            yield f"{role}:{side}:{bucket}"
            if crossed:
                yield f"{role}:{side}:crossed"
            else:
                yield f"{role}:{side}:clause"
                if not number:
                    yield f"{role}:{side}:free"
                    if not comma:
                        yield f"{role}:{side}:bare"
    if nearest:
        nearest.sort()
        yield f"nearest:{nearest[0][1]}"
        if len(nearest) > 1:
            yield f"second:{nearest[1][1]}"
    else:
        yield "no role word"


def _markers(sentence: Sentence, count: Counted) -> Iterator[str]:
    for concept in (
        "subset",
        "previous",
        "additional",
        "total",
        "update",
        "since",
        "each",
        "enemy_loss",
        "military",
        "negation",
        "nobody",
    ):
        for position in sentence.concepts.get(concept, ()):
            if count.first <= position <= count.last:
                yield f"{concept} at"
            elif 0 < count.first - position <= 3:
                yield f"{concept} before"
            elif 0 < position - count.last <= 3:
                yield f"{concept} behind"
        if concept in sentence.concepts:
            yield f"{concept} here"


def _claims_on(sentence: Sentence, count: Counted) -> Iterator[str]:
    """Say which role words have this number as their nearest: each claims one number first."""
    for role in ("killed", "injured", "casualties", "affected"):
        for position in sentence.concepts.get(role, ()):
            ranked = sorted(sentence.counts, key=lambda c: _cost(sentence, c, position))
            rank = ranked.index(count)
            side = "left" if position < count.first else "right"
            if rank < 3:
                yield f"{role} claims {rank}"
                if rank == 0:
                    yield f"{role} claims first {side}"


def _cost(sentence: Sentence, count: Counted, position: int) -> float:
    inside = count.first <= position <= count.last
    gap = 0 if inside else min(abs(position - count.first), abs(position - count.last))
    return (
        gap
        + 8 * sentence.breaks_between(position, count.first)
        + 2 * sentence.commas_between(position, count.first)
        + 0.5 * (position > count.last)
    )


def _coordination(sentence: Sentence, count: Counted, tokens: Sequence[Token]) -> Iterator[str]:
    at = sentence.counts.index(count)
    for step, name in ((-1, "previous"), (1, "next")):
        if not 0 <= at + step < len(sentence.counts):
            yield f"no {name} number"
            continue
        other = sentence.counts[at + step]
        low, high = sorted((count, other), key=lambda c: c.first)
        between = range(low.last + 1, high.first)
        marks = {
            c
            for c in (
                "and",
                "subset",
                "killed",
                "injured",
                "additional",
                "each",
                "update",
                "previous",
            )
            for p in sentence.concepts.get(c, ())
            if p in between or p == high.first
        }
        texts = {tokens[i].text for i in between}
        joint = (
            "break"
            if sentence.breaks_between(low.first, high.first)
            else "comma"
            if "," in texts
            else "run"
        )
        near = "close" if len(between) <= 4 else "far"
        yield f"{name}:{joint}:{near}"
        for mark in marks:
            yield f"{name}:{mark}"
            yield f"{name}:{mark}:{joint}"
        if not marks & {"killed", "injured"}:
            yield f"{name}:no role:{joint}"
        qualifier = other.quantity.qualifier
        yield f"{name}:{'implicit' if other.implicit else qualifier}"
        small, large = count.quantity.best, other.quantity.best
        if small is not None and large is not None:
            yield f"{name}:{'less' if large < small else 'more' if large > small else 'same'}"


def _elliptic(sentence: Sentence, count: Counted) -> Iterator[str]:
    """Notice "one dead in A, two in B": no noun but a place behind the number."""
    behind = count.last + 1
    placed = any(behind in sentence.concepts.get(c, ()) for c in ("in", "near", "on"))
    if not placed or not any(0 < p.first - count.last <= 4 for p in sentence.places):
        return
    yield "elliptic"
    told = [
        (position, role)
        for role in ("killed", "injured", "affected")
        for position in sentence.concepts.get(role, ())
        if position < count.first
    ]
    if told:
        yield f"elliptic after {max(told)[1]}"


def _sums(sentence: Sentence, count: Counted) -> Iterator[str]:
    """Notice a number that is the sum of the numbers behind it, or part of one before it."""
    values = [c.quantity.best for c in sentence.counts]
    at = sentence.counts.index(count)
    own = values[at]
    if own is None or own < 2:
        return
    for first in (at + 1, at + 2):
        for stop in range(first + 2, len(values) + 1):
            part = values[first:stop]
            if None not in part and sum(p or 0 for p in part) == own:
                yield "sum of the next"
    for first in range(at):
        part = values[first:at]
        if len(part) > 1 and None not in part and sum(p or 0 for p in part) == own:
            yield "sum of the previous"
