"""Find what else happened at a place of an attack: people fled, or were arrested."""

from __future__ import annotations

from collections.abc import Iterator

from geo.events.context import Located, Sentence
from geo.loglinear import load_model
from geo.models import EventType

WORDS: dict[EventType, tuple[str, ...]] = {
    "evacuation_or_displacement": ("displaced", "evacuated"),
    "arrest_or_detention": ("detained", "abducted"),
}
_LEAST = 0.5
_ABOUT = ("negation", "denial", "plan", "history", "exchange", "talks", "person", "subset", "from",
          "since", "ceasefire", "speech")  # fmt: skip


def find_companions(
    sentence: Sentence, place: Located, event_type: EventType
) -> tuple[tuple[EventType, float], ...]:
    """Return the other types of event told of a place where `event_type` happened, with chances."""
    found: list[tuple[EventType, float]] = []
    for other in WORDS:
        features = describe_companion(sentence, place, event_type, other)
        if features:
            chance = load_model("companions").chance(features, "yes")
            if chance >= _LEAST:
                found.append((other, chance))
    return tuple(found)


def describe_companion(
    sentence: Sentence, place: Located, event_type: EventType, other: EventType
) -> list[str]:
    """Return the features of a second event at a place; none where no word tells of it."""
    positions = sorted(p for c in WORDS[other] for p in sentence.concepts.get(c, ()))
    if not positions or other == event_type:
        return []
    features = ["bias", other, f"first:{event_type}", f"{other}&{event_type}"]
    features += [c for c in WORDS[other] if c in sentence.concepts]
    position = min(positions, key=lambda p: abs(p - place.first))
    features += _position(sentence, place, position)
    features += [f"with {concept}" for concept in _ABOUT if concept in sentence.concepts]
    features += [
        f"near {concept}"
        for concept in _ABOUT
        if any(abs(p - position) <= 3 for p in sentence.concepts.get(concept, ()))
    ]
    if any(0 < abs(c.first - position) <= 4 for c in sentence.counts):
        features.append("counted")
    return features


def _position(sentence: Sentence, place: Located, position: int) -> Iterator[str]:
    nearest = min(sentence.places, key=lambda p: abs(p.first - position))
    yield "nearest place" if nearest is place else "another place nearer"
    yield "behind the place" if position > place.last else "before the place"
    if not sentence.breaks_between(position, place.first):
        yield "in clause"
    if sentence.places[0] is place:
        yield "first place"
    yield f"places:{min(len(sentence.places), 3)}"
