"""Decide what each number counts: killed, injured, both (a plain "no casualties"), or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.context import Counted, Located, Sentence
from geo.events.link_features import describe_link
from geo.events.number_features import describe_number
from geo.loglinear import load_model
from geo.models import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf:
    """Say what a number counts, how sure that is, and which features say so."""

    count: Counted
    role: str
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()


def find_roles(sentence: Sentence, tokens: Sequence[Token]) -> tuple[RoleOf, ...]:
    """Return the numbers of a sentence that count killed or injured persons, in text order."""
    if not any(
        c in sentence.concepts for c in ("killed", "injured", "casualties", "toll")
    ) and not (sentence.counts):
        return ()
    model = load_model("numbers")
    found = []
    for count in sentence.counts:
        features = describe_number(sentence, count, tokens)
        chances = model.probabilities(features)
        best = max(chances, key=lambda name: chances[name])
        if best != "none":
            reasons = model.reasons(features, best, "none")
            found.append(RoleOf(count=count, role=best, probability=chances[best], reasons=reasons))
    return tuple(found)


def link_number(sentence: Sentence, count: Counted, places: Sequence[Located]) -> int:
    """Return the index of the place whose occurrence a number belongs to."""
    if len(places) == 1:
        return 0
    model = load_model("links")
    chances = [
        model.probabilities(describe_link(sentence, count, place, places))["yes"]
        for place in places
    ]
    return chances.index(max(chances))
