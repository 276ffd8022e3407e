"""Decide at which mentions something happens, and what: the first step from words to events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from geo.events.context import Located, Sentence
from geo.events.place_features import describe_place
from geo.loglinear import load_model
from geo.models import EventType, Token

NOTHING, SOMETHING = "none", "event"
_LEAST = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Say that something happens at a place, how likely that is, and which features say so."""

    sentence: int
    place: Located | None
    event_type: EventType
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()


def find_occurrences(
    sentences: Sequence[Sentence], tokens: Sequence[Token]
) -> tuple[Occurrence, ...]:
    """Return the occurrences at the literal mentions of a document, in text order."""
    model = load_model("places")
    found: list[Occurrence] = []
    for at, sentence in enumerate(sentences):
        for place in sentence.places:
            features = describe_place(sentences, at, place, tokens)
            chance = model.probabilities(features)[SOMETHING]
            if chance >= _LEAST:
                reasons = model.reasons(features, SOMETHING, NOTHING)
                found.append(_occurrence(at, place, chance, features, reasons))
    return tuple(found)


def told_at(
    sentences: Sequence[Sentence], at: int, place: Located, tokens: Sequence[Token]
) -> Occurrence:
    """Return the occurrence at a place that a number of its own says there is."""
    features = describe_place(sentences, at, place, tokens)
    chance = load_model("places").probabilities(features)[SOMETHING]
    return _occurrence(at, place, chance, features, (("a number of its own", 1.0),))


def _occurrence(
    at: int,
    place: Located,
    chance: float,
    features: Sequence[str],
    reasons: tuple[tuple[str, float], ...],
) -> Occurrence:
    kinds = load_model("types").probabilities(features)
    best = max(kinds, key=lambda name: kinds[name])
    return Occurrence(
        sentence=at,
        place=place,
        event_type=_event_type(best),
        probability=chance,
        reasons=reasons,
    )


def _event_type(name: str) -> EventType:
    if name not in get_args(EventType):
        raise ValueError(f"weights/types.json: {name!r} is no event type")
    return cast("EventType", name)


def explain_nothing(
    sentences: Sequence[Sentence], tokens: Sequence[Token]
) -> tuple[tuple[Located, float, tuple[tuple[str, float], ...]], ...]:
    """Return the literal mentions at which nothing is taken to happen, with chance and reasons."""
    model = load_model("places")
    found = []
    for at, sentence in enumerate(sentences):
        for place in sentence.places:
            features = describe_place(sentences, at, place, tokens)
            nothing = model.probabilities(features)[NOTHING]
            if 1 - nothing < _LEAST:
                found.append((place, nothing, model.reasons(features, NOTHING, SOMETHING)))
    return tuple(found)
