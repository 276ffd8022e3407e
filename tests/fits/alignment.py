"""Align the figures of gold events with the numbers of their text: which number was meant?

A figure of 2 may be the "two killed" or the "two drones" of a sentence, or the sum of "a mother
and her son". Among the numbers, and sums of two or three, that make the figure, the likeliest
are taken: first by the distance to a word of the role, then by the weights fitted so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from geo.events.context import Counted, Sentence
from geo.models import Token

Scorer = Callable[[Sentence, Counted, str, Sequence[Token]], float]
_MOST_PARTS = 4
_PART_COST = 0.8
_APART_COST = 1.5  # of a sum over several sentences: "two died", then "a third in hospital"
_SUPERSEDED = -0.5  # the least score of a number that a later toll replaced
_LOSS = -9.0


@dataclass(slots=True)
class Aligned:
    """Say which events, by role, a number belongs to."""

    sentence: Sentence
    count: Counted
    owners: list[tuple[int, str]] = field(default_factory=list)

    @property
    def role(self) -> str:
        """Return killed, injured, both or none."""
        roles = {role for _, role in self.owners}
        return "both" if len(roles) > 1 else next(iter(roles), "none")


def by_distance(sentence: Sentence, count: Counted, role: str, tokens: Sequence[Token]) -> float:
    """Score a number for a role by the nearest word of that role."""
    positions = [p for c in (role, "casualties", "toll") for p in sentence.concepts.get(c, ())]
    if not positions:
        return -4.0
    return -0.25 * min(
        min(abs(p - count.first), abs(p - count.last)) + 6 * sentence.breaks_between(p, count.first)
        for p in positions
    )


def align(
    item: dict[str, Any],
    view: Sequence[Sentence],
    tokens: Sequence[Token],
    score: Scorer = by_distance,
) -> list[Aligned]:
    """Return every number of a document with the gold events it belongs to."""
    numbers = [Aligned(sentence=s, count=c) for s in view for c in s.counts]
    options = [
        option
        for index, event in enumerate(item["events"])
        for role in ("killed", "injured")
        for option in _options(item, index, event, role, numbers, tokens, score)
    ]
    options.sort(key=lambda option: (-option[0], option[1], option[2]))
    done: set[tuple[int, str]] = set()
    for _, index, role, parts in options:
        free = all(not n.owners or n.count.quantity.best == 0 or _is_each(n) for n in parts)
        if (index, role) not in done and free:
            done.add((index, role))
            for number in parts:
                number.owners.append((index, role))
    for number in numbers:
        if not number.owners:
            number.owners += _superseded(item, number, numbers, tokens, score)
    return numbers


def _superseded(
    item: dict[str, Any],
    number: Aligned,
    numbers: Sequence[Aligned],
    tokens: Sequence[Token],
    score: Scorer,
) -> list[tuple[int, str]]:
    """Return the event and role of a number whose place a later sentence's figure took.

    It counted the same persons: that it is no longer right is for the tolls to say.
    """
    if not number.count.quantity.best:
        return []
    later = {
        owner
        for other in numbers
        if other.sentence.index > number.sentence.index
        for owner in other.owners
        if _covers(item["events"][owner[0]]["evidence"], number.sentence)
    }
    before = {
        owner
        for other in numbers
        for owner in other.owners
        if other.sentence.index <= number.sentence.index
    }
    scored = [
        (score(number.sentence, number.count, role, tokens), index, role)
        for index, role in sorted(later - before)
    ]
    best = max(scored, default=None)
    return [(best[1], best[2])] if best is not None and best[0] >= _SUPERSEDED else []


def _options(
    item: dict[str, Any],
    index: int,
    event: dict[str, Any],
    role: str,
    numbers: Sequence[Aligned],
    tokens: Sequence[Token],
    score: Scorer,
) -> Iterator[tuple[float, int, str, tuple[Aligned, ...]]]:
    vague = event[role] is None
    wanted = event[f"{role}_low"] if vague else event[role]
    if wanted is None:
        return
    near = [n for n in numbers if _covers(event["evidence"], n.sentence)]
    for size in range(1, _MOST_PARTS + 1 if wanted > 1 else 2):
        for parts in combinations(near, size):
            apart = len({n.sentence.index for n in parts}) - 1
            if apart > 1:
                continue
            values = [n.count.quantity.low if vague else n.count.quantity.best for n in parts]
            if None in values or sum(v or 0 for v in values) != wanted:
                continue
            if size > 1 and 0 in values:
                continue
            total = sum(score(n.sentence, n.count, role, tokens) for n in parts) / size
            gap = parts[-1].count.first - parts[0].count.last if size > 1 else 0
            cost = _APART_COST if apart else 0.03 * max(0, gap)
            nearness = _nearness(item, event, parts[0])
            yield (
                total - _PART_COST * (size - 1) - cost + nearness,
                index,
                role,
                parts,
            )


def _is_each(number: Aligned) -> bool:
    """Tell "three each in B and C", a number of two events."""
    near = range(number.count.first - 2, number.count.last + 3)
    return any(p in near for p in number.sentence.concepts.get("each", ()))


def _covers(evidence: Sequence[int], sentence: Sentence) -> bool:
    return evidence[0] < sentence.span.stop and sentence.span.start < evidence[1]


def _nearness(item: dict[str, Any], event: dict[str, Any], number: Aligned) -> float:
    """Prefer the number nearer to the event's place where several have the same value."""
    if event["place"] is None:
        return 0.0
    toponym = item["toponyms"][event["place"]]
    apart = abs(number.count.quantity.span.start - toponym["start"])
    return -min(apart, 300) / 300


def by_model(models: Any, describe: Any) -> Scorer:
    """Score a number for a role by fitted weights: ``models`` has ``probabilities``."""
    import math

    def score(sentence: Sentence, count: Counted, role: str, tokens: Sequence[Token]) -> float:
        chances = models.probabilities(describe(sentence, count, tokens))
        chance = chances.get(role, 0.0) + chances.get("both", 0.0)
        return max(_LOSS, math.log(max(chance, 1e-6)))

    return score
