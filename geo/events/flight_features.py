"""Describe a sentence by what may tell that people fled in it, or were led away.

Its concepts and the beginnings of its words are features wherever they stand; around a word for
flight or arrest their order counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.annotators.terms import Term
from geo.events.concepts import CONTENT
from geo.events.context import Sentence
from geo.models import EventType, Token

FLIGHTS: dict[EventType, tuple[str, ...]] = {  # with the concepts that have a word for it
    "arrest_or_detention": ("detained", "abducted"),
    "evacuation_or_displacement": ("displaced", "evacuated"),
}
_TOLD_BY = frozenset(concept for concepts in FLIGHTS.values() for concept in concepts)
_NEXT = 2  # terms, and words, to both sides of one that tells of flight
_NEAR = 6  # tokens
_STEM = 5
_MOST = 3  # places and numbers that are told apart by how many they are


def describe_flight(sentences: Sequence[Sentence], at: int, tokens: Sequence[Token]) -> list[str]:
    """Return the features of sentence `at`, each once."""
    sentence = sentences[at]
    numbers = [count for count in sentence.counts if not count.implicit]
    features = {
        "bias",
        f"places:{min(len(sentence.places), _MOST)}",
        f"numbers:{min(len(numbers), _MOST)}",
        *CONTENT.intersection(sentence.concepts),
        *(f"stem {stem}" for stem in _stems(tokens[sentence.first : sentence.stop])),
    }
    if sentence.heading:
        features.add("heading")
    if at:
        features.update(f"{concept}|before" for concept in sentences[at - 1].happening)
    for term in sentence.terms:
        if term.concept in _TOLD_BY:
            features.update(f"{term.concept}, {one}" for one in _around(sentence, term, tokens))
    return sorted(features)


def _around(sentence: Sentence, term: Term, tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what stands around a word that tells of flight or arrest, and which word it is."""
    yield from (f"as stem {stem}" for stem in _stems(tokens[term.first : term.first + 1]))
    before = tokens[max(sentence.first, term.first - _NEXT) : term.first]
    behind = tokens[term.last + 1 : min(sentence.stop, term.last + 1 + _NEXT)]
    yield from (f"behind stem {stem}" for stem in _stems(before))
    yield from (f"before stem {stem}" for stem in _stems(behind))
    told = [other for other in sentence.terms if other.concept in CONTENT]
    left = [other for other in told if other.last < term.first]
    right = [other for other in told if other.first > term.last]
    yield from (f"behind {other.concept}" for other in left[-_NEXT:])
    yield from (f"before {other.concept}" for other in right[:_NEXT])
    for other in (*left, *right):
        if not sentence.breaks_between(other.first, term.first):
            yield f"in a clause with {other.concept}"
    for count in sentence.counts:
        if abs(count.first - term.first) <= _NEAR:
            side = "behind" if count.first < term.first else "before"
            yield f"{side} {'persons' if count.implicit else 'a number'}"
    for place in sentence.places:
        if abs(place.first - term.first) <= _NEAR:
            yield "behind a place" if place.first < term.first else "before a place"


def _stems(tokens: Sequence[Token]) -> list[str]:
    return [token.folded[:_STEM] for token in tokens if token.folded.isalpha()]
