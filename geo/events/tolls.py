"""Join the figures that several sentences give of one event: a toll that rises, a further death."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Counted, Sentence
from geo.events.figures import combine, combine_quantities
from geo.events.roles import RoleOf
from geo.loglinear import load_model
from geo.models import Quantity

ADDS = "adds"
KEEPS = "keeps"
REPLACES = "replaces"
_AROUND = 6
_MARKS = (
    "update", "additional", "previous", "subset", "total", "since", "umbrella", "history", "care",
    "speech", "killed", "injured", "missing", "each", "kin", "military", "and",
)  # fmt: skip


def join_tolls(roles: Sequence[RoleOf], sentences: Sequence[Sentence]) -> Quantity | None:
    """Return the figure that the numbers of one role make, told in one sentence or in several.

    A later sentence may replace what was told before ("the toll has risen to nine"), add to it
    ("a third man died in hospital") or tell a part of it: `sentences` are in text order.
    """
    figure: Quantity | None = None
    for sentence in sentences:
        here = [role for role in roles if role.lies_in(sentence)]
        told = combine(here, sentence)
        if told is None:
            continue
        if figure is None:
            figure = told
            continue
        features = describe_toll(sentence, here[0].count, here[0].role, figure, told)
        chances = load_model("tolls").probabilities(features)
        change = max(chances, key=lambda name: chances[name])
        if change == REPLACES:
            figure = told
        elif change == ADDS:
            figure = combine_quantities([figure, told])
    return figure


def describe_toll(
    sentence: Sentence, count: Counted, role: str, before: Quantity, told: Quantity
) -> list[str]:
    """Return the features of a figure that a later sentence tells of the same event."""
    compared = _compared(before, told)
    marks = list(_marks(sentence, count))
    return [
        "bias",
        f"toll:{compared}",
        f"toll:{role}",
        f"toll:places {min(len(sentence.places), 2)}",
        f"toll:numbers {min(len(sentence.counts), 3)}",
        *(["toll:implicit"] if count.implicit else []),
        *(f"toll:{mark}" for mark in marks),
        *(f"toll:{compared}:{mark}" for mark in marks if not mark.endswith("far")),
    ]


def _marks(sentence: Sentence, count: Counted) -> Iterator[str]:
    for concept in _MARKS:
        positions = sentence.concepts.get(concept, ())
        near = [p for p in positions if abs(p - count.first) <= _AROUND]
        if any(p <= count.first for p in near):
            yield concept
        if any(p > count.first for p in near):
            yield f"{concept} behind"
        if positions and not near:
            yield f"{concept} far"


def _compared(before: Quantity, told: Quantity) -> str:
    if before.best is None or told.best is None:
        return "vague"
    if not before.best or not told.best:
        return "of none" if not before.best else "none"
    if told.best == before.best:
        return "same"
    if told.best < before.best:
        return "one" if told.best == 1 else "fewer"
    return "a few more" if told.best <= before.best + max(3, 0.3 * before.best) else "many more"
