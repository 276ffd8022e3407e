"""Weigh at which mentions something happens, and what: the first step from words to events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast, get_args

from geo.events.context import Located
from geo.events.place_features import PlaceFeatures
from geo.loglinear import load_model
from geo.models import EventType

NOTHING, SOMETHING = "none", "event"
LEAST = 0.58
LEAST_COUNTED = 0.25  # a place that a number belongs to needs less to be believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Say what would happen at a place, how likely that is, and which features say so.

    ``kinds`` and ``reasons`` are empty below ``LEAST_COUNTED``, where nothing is believed.
    """

    sentence: int
    place: Located
    probability: float
    kinds: dict[str, float] = field(default_factory=dict)
    reasons: tuple[tuple[str, float], ...] = ()

    @property
    def event_type(self) -> EventType:
        """Return the likeliest type."""
        return likeliest_type(self.kinds)


def weigh_places(described: PlaceFeatures, at: int) -> tuple[Occurrence, ...]:
    """Return what may happen at each literal mention of sentence number `at`, in text order."""
    places = described.sentences[at].places
    return tuple(_weigh(described.describe(at, place), at, place) for place in places)


def _weigh(features: list[str], at: int, place: Located) -> Occurrence:
    model = load_model("places")
    chance = model.chance(features, SOMETHING)
    if chance < LEAST_COUNTED:
        return Occurrence(sentence=at, place=place, probability=chance)
    return Occurrence(
        sentence=at,
        place=place,
        kinds=load_model("types").probabilities(features),
        probability=chance,
        reasons=model.reasons(features, SOMETHING, NOTHING),
    )


def likeliest_type(kinds: dict[str, float]) -> EventType:
    """Return the likeliest type of event; a name that is none raises ``ValueError``."""
    name = max(kinds, key=lambda kind: kinds[kind])
    if name not in get_args(EventType):
        raise ValueError(f"weights/types.json: {name!r} is no event type")
    return cast("EventType", name)
