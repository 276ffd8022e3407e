"""Find flights and arrests that a sentence tells of a place named in it, or before it.

What happens at a place is one thing; that people then fled, or were led away, often stands in a
sentence behind, which names no place. So each sentence is asked whether it tells of that, by its
features and by its words in their order, and which place it goes with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from geo.events.context import Located, Sentence
from geo.events.drafts import Draft
from geo.events.flight_features import FLIGHTS, describe_flight
from geo.events.ground_candidates import is_same_ground
from geo.events.occurrences import NOTHING
from geo.events.understanding import FLIGHTS_SHARE, Understanding, shared_chances
from geo.loglinear import load_model
from geo.models import Token

_LEAST = 0.5
_BACK = 3  # sentences before in which the place may stand
_LEAST_TIE = -1.4  # to a place told before, where the sentence names none: a chance of one in five


def find_flights(
    sentences: Sequence[Sentence],
    at: int,
    drafts: Sequence[Draft],
    understanding: Understanding,
    tokens: Sequence[Token],
) -> Iterator[Draft]:
    """Yield drafts of the flights and arrests of sentence `at` that are none of `drafts`."""
    understood = understanding.of_sentence(sentences[at])
    if understood is None:
        return
    model, features = load_model("flights"), describe_flight(sentences, at, tokens)
    chances = shared_chances(model.probabilities(features), understood, FLIGHTS_SHARE)
    for kind in FLIGHTS:
        alike = [draft for draft in drafts if draft.event_type == kind]
        if chances[kind] < _LEAST or any(at in draft.sentences for draft in alike):
            continue
        named, place = _place_of(sentences, at, understanding)
        if place is not None and not any(is_same_ground(d.place, place) for d in alike):
            yield Draft(
                sentences=(at,) if named == at else (at, named),
                place=place,
                event_type=kind,
                probability=chances[kind],
                told_by="sentence",
                reasons=model.reasons(features, kind, NOTHING),
            )


def _place_of(
    sentences: Sequence[Sentence], at: int, understanding: Understanding
) -> tuple[int, Located | None]:
    """Return the place that a sentence goes with best, and the sentence that names it."""
    places = [
        (named, place)
        for named in range(at, max(-1, at - 1 - _BACK), -1)
        for place in sentences[named].places
    ]
    ties = understanding.ties([sentences[at]], [place for _, place in places])
    tied = [(tie, one) for tie, one in zip(ties, places, strict=True) if tie is not None]
    best, found = max(tied, key=lambda pair: pair[0], default=(-math.inf, (at, None)))
    return found if best > (0 if sentences[at].places else _LEAST_TIE) else (at, None)
