"""Decide what each number counts: killed, injured, both (a plain "no casualties"), or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.context import Counted, Sentence
from geo.events.number_features import NumberFeatures
from geo.loglinear import LogLinear, load_model
from geo.models import Token

_REACH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf:
    """Say what a number counts, how sure that is, and which features say so."""

    count: Counted
    role: str
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()

    def lies_in(self, sentence: Sentence) -> bool:
        """Tell whether the number stands in a sentence."""
        return sentence.first <= self.count.first < sentence.stop


def find_roles(
    sentence: Sentence, tokens: Sequence[Token], model: LogLinear | None = None
) -> tuple[RoleOf, ...]:
    """Return the numbers of a sentence that count killed or injured persons, in text order.

    `model` stands in for the weights that travel with the package.
    """
    if not sentence.counts:
        return ()
    model = model or load_model("numbers")
    described = NumberFeatures(sentence, tokens)
    found = []
    for count in sentence.counts:
        features = described.describe(count)
        chances = model.probabilities(features)
        best = max(chances, key=chances.__getitem__)
        if count.quantity.qualifier == "zero" and _is_nobody(sentence, count, best):
            best = "both"
        if best != "none":
            reasons = model.reasons(features, best, "none")
            found.append(RoleOf(count=count, role=best, probability=chances[best], reasons=reasons))
    return tuple(found)


def _is_nobody(sentence: Sentence, count: Counted, role: str) -> bool:
    """Tell "nobody was hurt" and "no casualties", which leave no dead either, from "no injured"."""
    words = range(count.first, count.last + 1)
    if role == "injured" and any(p in words for p in sentence.concepts.get("nobody", ())):
        return True
    return role != "none" and any(
        -_REACH <= p - count.first <= _REACH and not sentence.breaks_between(p, count.first)
        for concept in ("affected", "casualties")
        for p in sentence.concepts.get(concept, ())
    )
