"""Describe the tokens of a document by features that the encoder reads in their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from geo.events.context import Located, Sentence
from geo.models import Token
from geo.remembered import Remembered

WORD = "w:"  # begins what is known of a word besides its concepts
_STEM = 5
_MARKS = frozenset(".,:;-–—\"«»()!?…'’“”„")
_COARSE = 3  # geo_precision from which a place is an area, not a settlement


def describe_tokens(sentences: Sequence[Sentence], tokens: Sequence[Token]) -> list[list[str]]:
    """Return the features of each token up to the last sentence's end.

    A token is known by its concepts, the beginning of its word and its looks. Names of places,
    numbers and dates are known as such only: which place it is says nothing.
    """
    found: list[list[str]] = []
    seen: set[str] = set()
    for sentence in sentences:
        words = tokens[sentence.first : sentence.stop]
        described = [[_LOOKS[text]] for _, _, text, _ in words]
        _tell_concepts(sentence, described)
        named = _tell_names(sentence, words, described, seen)
        for at, (_, _, _, folded) in enumerate(words):
            if at not in named and folded.isalpha():
                described[at].append(WORD + folded[:_STEM])
        found += described
    return found


def number_sentences(sentences: Sequence[Sentence]) -> list[int]:
    """Return the number of the sentence of each token up to the last sentence's end."""
    return [
        at for at, sentence in enumerate(sentences) for _ in range(sentence.first, sentence.stop)
    ]


def _tell_concepts(sentence: Sentence, described: list[list[str]]) -> None:
    described[0].append("sentence")
    if sentence.heading:
        for features in described:
            features.append("heading")
    begin = sentence.first
    for first, last, concept, _ in sentence.terms:
        described[first - begin].append(concept)
        for features in described[first - begin + 1 : last - begin + 1]:
            features.append(f"in {concept}")


def _tell_names(
    sentence: Sentence, words: Sequence[Token], described: list[list[str]], seen: set[str]
) -> set[int]:
    """Tell numbers, dates and places; return the tokens whose words say nothing more."""
    named: set[int] = set()
    begin = sentence.first
    for count in sentence.counts:
        is_one = not count.implicit and count.quantity.best == 1
        here = range(count.first - begin, count.last + 1 - begin)
        _tell(described, here, "number", *(["one"] if is_one else []))
        named.update(() if count.implicit else here)
    for here in _dates(sentence, words):
        _tell(described, here, "date")
        named.update(here)
    for place in sentence.places:
        here = range(place.first - begin, place.last + 1 - begin)
        _tell(described, here, "place")
        named.update(here)
        described[here.start] += _kind_of_place(place, seen)
    return named


def _tell(described: list[list[str]], here: range, *features: str) -> None:
    for told in described[here.start : here.stop]:
        told.extend(features)


def _kind_of_place(place: Located, seen: set[str]) -> Iterator[str]:
    """Yield whether a place is wide, and whether it was named before."""
    if place.resolution.geo_precision >= _COARSE:
        yield "wide place"
    known = place.resolution.place
    if known is not None:
        if known.id in seen:
            yield "place again"
        seen.add(known.id)


def _dates(sentence: Sentence, words: Sequence[Token]) -> Iterator[range]:
    """Yield the tokens of each date of a sentence."""
    starts = [token.start for token in words]
    for interval in sentence.intervals:
        if interval.span is not None:
            yield range(
                bisect_left(starts, interval.span.start), bisect_left(starts, interval.span.stop)
            )


def _look(text: str) -> str:
    """Return what a word looks like: its mark, or whether it has digits or capitals."""
    if any(char.isdigit() for char in text):
        return "digits"
    if not any(char.isalnum() for char in text):
        return text[0] if text[0] in _MARKS else "other mark"
    if text.isupper() and len(text) > 1:
        return "CAPITALS"
    return "Capital" if text[:1].isupper() else "small"


_LOOKS = Remembered(_look)
