"""Describe a date of the very sentence that tells an occurrence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Located, Sentence
from geo.events.rival_dates import Dated, Occasion, Rivals

_BREAK_COST = 12


def describe_within(rivals: Rivals, occasion: Occasion, dated: Dated) -> Iterator[str]:
    """Compare the dates of the sentence that tells the occurrence."""
    here, own = rivals.sentences[occasion.at], rivals.of_sentence[occasion.at]
    yield f"dates here:{min(len(own), 3)}"
    if own[0] is dated:
        yield "first here"
    place = here.own(occasion.place)
    if place is None:
        yield "no place"
        return
    yield "before the place" if dated.first < place.first else "behind the place"
    yield f"distance:{_bucket(abs(dated.first - place.first))}"
    yield f"breaks:{min(here.breaks_between(dated.first, place.first), 2)}"
    yield f"commas:{min(here.commas_between(dated.first, place.first), 2)}"
    low, high = sorted((dated.first, place.first))
    if any(low < p.first < high for p in here.places):
        yield "another place between"
    if any(low < r.first < high for r in own):
        yield "another date between"
    if min(own, key=lambda r: _cost(here, r.first, place.first)) is dated:
        yield "nearest to the place"
    anchors = _happenings(here, place)
    if anchors and min(own, key=lambda r: _nearest(here, r.first, anchors)) is dated:
        yield "nearest to what happens"


def _happenings(sentence: Sentence, place: Located) -> list[int]:
    """Return the tokens by which the clause of the place says that something happens."""
    return [
        position
        for concept in sentence.happening
        for position in sentence.concepts[concept]
        if not sentence.breaks_between(position, place.first)
    ]


def _nearest(sentence: Sentence, position: int, anchors: Sequence[int]) -> int:
    return min(_cost(sentence, position, anchor) for anchor in anchors)


def _cost(sentence: Sentence, one: int, other: int) -> int:
    return abs(one - other) + _BREAK_COST * sentence.breaks_between(one, other)


def _bucket(distance: int) -> int:
    return next((limit for limit in (2, 4, 8, 16) if distance <= limit), 32)
