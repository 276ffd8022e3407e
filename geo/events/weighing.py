"""Weigh again what spoke for and against what was read at a place and of a number, to tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geo.chain import load_chain
from geo.events.context import Annotation
from geo.events.occurrences import NOTHING, describe_places
from geo.events.place_features import PlaceFeatures
from geo.events.roles import NO_ROLE, describe_numbers
from geo.events.view import view_sentences
from geo.models import Span
from geo.network import Network

Features = tuple[tuple[str, float], ...]


class Reasons(NamedTuple):
    """Hold the features that spoke most for a decision and against it, each with its weight."""

    favour: Features
    against: Features


class Weighing:
    """Weigh the mentions and the numbers of a document by their features alone.

    What neighbours say of each other is not among them.
    """

    def __init__(self, annotation: Annotation) -> None:
        sentences = view_sentences(annotation)
        places, _ = describe_places(PlaceFeatures(sentences, annotation.tokens))
        numbers, _ = describe_numbers(sentences, annotation.tokens)
        mentions = [p.resolution.mention.span for s in sentences for p in s.places]
        counts = [count.quantity.span for s in sentences for count in s.counts]
        self._places = dict(zip(mentions, places, strict=True))
        self._numbers = dict(zip(counts, numbers, strict=True))

    def at_place(self, mention: Span, event_type: str) -> Reasons | None:
        """Return what spoke for an event of a type at a mention; ``None`` for an unknown one."""
        return _reasons(load_chain("places").items, self._places.get(mention), event_type, NOTHING)

    def of_number(self, number: Span | None, role: str) -> Reasons | None:
        """Return what spoke for a number to count `role`; ``None`` for an unknown one."""
        features = self._numbers.get(number) if number else None
        return _reasons(load_chain("numbers").items, features, role, NO_ROLE)


def _reasons(
    model: Network, features: Sequence[str] | None, chosen: str, nothing: str
) -> Reasons | None:
    if features is None or chosen not in model.classes:
        return None
    return Reasons(
        favour=model.reasons([features], [chosen], nothing)[0],
        against=model.reasons([features], [nothing], chosen)[0],
    )
