"""Weigh at which mentions something happens, and what: the first step from words to events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast, get_args

from geo.chain import load_chain
from geo.events.context import Located, Sentence
from geo.events.place_features import PlaceFeatures
from geo.events.place_joints import describe_place_joint
from geo.events.understanding import PLACES_SHARE, Understanding, shared_chances
from geo.models import EventType

NOTHING = "none"
LEAST = 0.55
LEAST_UNTOLD = 0.75  # where no word of the sentence tells that anything happened
LEAST_COUNTED = 0.45  # a place that a number belongs to needs less to be believed
LEAST_SURE = 0.2  # and one that a number surely belongs to, less again


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Say what would happen at a place, how likely that is, and which features say so.

    ``kinds`` and ``reasons`` are empty below ``LEAST_SURE``, where nothing is believed.
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


def weigh_places(
    described: PlaceFeatures, understanding: Understanding
) -> tuple[tuple[Occurrence, ...], ...]:
    """Return, for each sentence, what may happen at its literal mentions, in text order.

    The mentions of a document are decided together, by the chain ``places`` and what the encoder
    understood of each.
    """
    items, joints = describe_places(described)
    chain = load_chain("places")
    places = [(at, p) for at, sentence in enumerate(described.sentences) for p in sentence.places]
    found = [
        _occurrence(at, place, shared_chances(chances, understanding.of_place(place), PLACES_SHARE))
        for (at, place), chances in zip(places, chain.probabilities(items, joints), strict=True)
    ]
    believed = [n for n, occurrence in enumerate(found) if occurrence.kinds]
    reasons = chain.items.reasons(
        [items[n] for n in believed], [found[n].event_type for n in believed], NOTHING
    )
    for n, told in zip(believed, reasons, strict=True):
        found[n] = replace(found[n], reasons=told)
    left = iter(found)
    return tuple(tuple(next(left) for _ in s.places) for s in described.sentences)


def describe_places(described: PlaceFeatures) -> tuple[list[list[str]], list[list[str]]]:
    """Return the features of each mention of a document, and of each two that follow each other."""
    items: list[list[str]] = []
    joints: list[list[str]] = []
    last: tuple[Sentence, Located] | None = None
    for at, sentence in enumerate(described.sentences):
        for order, place in enumerate(sentence.places):
            items.append(described.describe(at, place))
            if last is not None:
                gap = described.joint(at, order - 1) if order else ()
                joints.append(describe_place_joint(*last, sentence, place, gap))
            last = sentence, place
    return items, joints


def _occurrence(at: int, place: Located, chances: dict[str, float]) -> Occurrence:
    chance = 1 - chances[NOTHING]
    if chance < LEAST_SURE:
        return Occurrence(sentence=at, place=place, probability=chance)
    kinds = {name: one / chance for name, one in chances.items() if name != NOTHING}
    return Occurrence(sentence=at, place=place, kinds=kinds, probability=chance)


def likeliest_type(kinds: dict[str, float]) -> EventType:
    """Return the likeliest type of event; a name that is none raises ``ValueError``."""
    name = max(kinds, key=lambda kind: kinds[kind])
    if name not in get_args(EventType):
        raise ValueError(f"weights/places.npz: {name!r} is no event type")
    return cast("EventType", name)
