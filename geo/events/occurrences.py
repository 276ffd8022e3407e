"""Weigh at which mentions something happens, and what: the first step from words to events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from geo.events.context import Located, Sentence
from geo.events.place_features import Outline, describe_place
from geo.loglinear import load_model
from geo.models import EventType, Token

NOTHING, SOMETHING = "none", "event"
LEAST = 0.62


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Say what would happen at a place, how likely that is, and which features say so."""

    sentence: int
    place: Located
    kinds: dict[str, float]
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()

    @property
    def event_type(self) -> EventType:
        """Return the likeliest type."""
        return likeliest_type(self.kinds)


def weigh_places(
    sentences: Sequence[Sentence], at: int, tokens: Sequence[Token], outline: Outline
) -> tuple[Occurrence, ...]:
    """Return what may happen at each literal mention of sentence number `at`, in text order."""
    model = load_model("places")
    found = []
    for place in sentences[at].places:
        features = describe_place(sentences, at, place, tokens, outline)
        chance = model.probabilities(features)[SOMETHING]
        kinds = load_model("types").probabilities(features)
        found.append(
            Occurrence(
                sentence=at,
                place=place,
                kinds=kinds,
                probability=chance,
                reasons=model.reasons(features, SOMETHING, NOTHING),
            )
        )
    return tuple(found)


def likeliest_type(kinds: dict[str, float]) -> EventType:
    """Return the likeliest type of event; a name that is none raises ``ValueError``."""
    name = max(kinds, key=lambda kind: kinds[kind])
    if name not in get_args(EventType):
        raise ValueError(f"weights/types.json: {name!r} is no event type")
    return cast("EventType", name)
