"""Weigh again what spoke for and against what was read at a place and of a number, to tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geo.chain import load_chain
from geo.events.context import Annotation
from geo.events.flight_features import describe_flight
from geo.events.occurrences import NOTHING, describe_places
from geo.events.place_features import PlaceFeatures
from geo.events.roles import NO_ROLE, describe_numbers
from geo.events.understanding import FLIGHTS_SHARE, NUMBERS_SHARE, PLACES_SHARE
from geo.events.view import view_sentences
from geo.events.word_gains import WordGains
from geo.loglinear import load_model
from geo.models import Span
from geo.network import Network

_SHOWN = 5
Features = tuple[tuple[str, float], ...]


class Reasons(NamedTuple):
    """Hold the features that spoke most for a decision and against it, each with its weight."""

    favour: Features
    against: Features


class Weighing:
    """Weigh the mentions and the numbers of a document by their features and the words around.

    What neighbours say of each other is not among them. The weights of features have their share
    in a decision, the gains of words the rest.
    """

    def __init__(self, annotation: Annotation) -> None:
        sentences = view_sentences(annotation)
        self._view, self._tokens = sentences, annotation.tokens
        places, _ = describe_places(PlaceFeatures(sentences, annotation.tokens))
        numbers, _ = describe_numbers(sentences, annotation.tokens)
        mentions = [(at, place) for at, s in enumerate(sentences) for place in s.places]
        counts = [(at, count) for at, s in enumerate(sentences) for count in s.counts]
        self._places = {
            one[1].resolution.mention.span: (one, features)
            for one, features in zip(mentions, places, strict=True)
        }
        self._numbers = {
            one[1].quantity.span: (one, features)
            for one, features in zip(counts, numbers, strict=True)
        }
        self._sentences = {sentence.span: (at, sentence) for at, sentence in enumerate(sentences)}
        self._words = WordGains(sentences, annotation.tokens)

    def at_place(self, mention: Span, event_type: str) -> Reasons | None:
        """Return what spoke for an event of a type at a mention; ``None`` for an unknown one."""
        model, found = load_chain("places").items, self._places.get(mention)
        if found is None or event_type not in model.classes:
            return None
        (at, place), features = found
        words = self._words.find(at, place, event_type, NOTHING)
        return _reasons(_gains(model, features, event_type, NOTHING, PLACES_SHARE), words)

    def of_number(self, number: Span | None, role: str) -> Reasons | None:
        """Return what spoke for a number to count `role`; ``None`` for an unknown one."""
        model, found = load_chain("numbers").items, self._numbers.get(number) if number else None
        if found is None or role not in model.classes:
            return None
        (at, count), features = found
        words = self._words.find(at, count, role, NO_ROLE)
        return _reasons(_gains(model, features, role, NO_ROLE, NUMBERS_SHARE), words)

    def of_sentence(self, sentence: Span, event_type: str) -> Reasons | None:
        """Return what spoke for flight or arrest in a sentence; ``None`` for an unknown one."""
        model, found = load_model("flights"), self._sentences.get(sentence)
        if found is None or event_type not in model.classes:
            return None
        at, _ = found
        features = describe_flight(self._view, at, self._tokens)
        gains = model.gains(features, event_type, NOTHING)
        words = self._words.find(*found, event_type, NOTHING)
        return _reasons([(name, (1 - FLIGHTS_SHARE) * gain) for name, gain in gains], words)


def _gains(
    model: Network, features: Sequence[str], chosen: str, nothing: str, share: float
) -> list[tuple[str, float]]:
    """Return what each feature adds to a decision of which the encoder has a share."""
    weighed = model.gains([features], [chosen], nothing)[0]
    return [(name, (1 - share) * gain) for name, gain in weighed.items()]


def _reasons(features: Sequence[tuple[str, float]], words: Sequence[tuple[str, float]]) -> Reasons:
    gains = (*features, *words)
    return Reasons(favour=_most(gains), against=_most([(name, -gain) for name, gain in gains]))


def _most(gains: Sequence[tuple[str, float]]) -> Features:
    """Return what has the greatest gains, the greatest first."""
    most = sorted((-round(gain, 2), name) for name, gain in gains if gain > 0)
    return tuple((name, -loss) for loss, name in most[:_SHOWN] if loss < 0)
