"""Decide what each number counts: killed, injured, both (a plain "no casualties"), or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.context import Counted, Sentence
from geo.events.number_features import describe_number
from geo.loglinear import LogLinear, load_model
from geo.models import Token


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
    found = []
    for count in sentence.counts:
        features = describe_number(sentence, count, tokens)
        chances = model.probabilities(features)
        best = max(chances, key=lambda name: chances[name])
        if best != "none":
            reasons = model.reasons(features, best, "none")
            found.append(RoleOf(count=count, role=best, probability=chances[best], reasons=reasons))
    return tuple(found)
