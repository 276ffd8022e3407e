"""See a document sentence by sentence, with everything the stages before have found in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.annotators.terms import Term
from geo.events.concepts import OCCURRENCE
from geo.models import Document, Interval, Quantity, Resolution, Span, Token

_BREAKS = frozenset({";", ":", "—", "–", "(", ")", "…"})
_SENTENCE_END = frozenset({".", "!", "?", "…", "»", '"', "”"})
_LONGEST_HEADING = 30
_PERSONS = ("single", "person", "kin", "military")
_VICTIMS = ("killed", "injured", "casualties", "affected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """Hold what the annotators and the resolution found in one document, in text order."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    intervals: tuple[Interval, ...]
    resolutions: tuple[Resolution, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Located:
    """Hold a resolved mention with its first and last token."""

    resolution: Resolution
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """Hold a quantity with its first and last token; `implicit` is a person without a number."""

    quantity: Quantity
    first: int
    last: int
    implicit: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Sentence:
    """View one sentence: its tokens ``first`` to ``stop`` (half-open) and all that lies in it.

    ``concepts`` maps a concept to the tokens where it begins. ``commas`` and ``breaks`` count
    the commas and clause boundaries before each token, from ``first`` on; ``headings`` counts
    the headings before the sentence. What many features ask of a sentence is worked out once,
    when it is first asked: that is why the record has no slots.
    """

    index: int
    span: Span
    first: int
    stop: int
    paragraph: int
    heading: bool
    headings: int
    terms: tuple[Term, ...]
    concepts: dict[str, list[int]]
    places: tuple[Located, ...]
    counts: tuple[Counted, ...]
    intervals: tuple[Interval, ...]
    commas: list[int]
    breaks: list[int]

    @cached_property
    def happening(self) -> frozenset[str]:
        """Return the concepts by which the sentence says that something happens."""
        return OCCURRENCE.intersection(self.concepts)

    @cached_property
    def place_ids(self) -> frozenset[str]:
        """Return the identifiers of the places named."""
        places = (located.resolution.place for located in self.places)
        return frozenset(place.id for place in places if place is not None)

    def commas_between(self, one: int, other: int) -> int:
        """Count the commas between two tokens."""
        return abs(self.commas[other - self.first] - self.commas[one - self.first])

    def breaks_between(self, one: int, other: int) -> int:
        """Count the clause boundaries between two tokens."""
        return abs(self.breaks[other - self.first] - self.breaks[one - self.first])


def view_sentences(annotation: Annotation) -> tuple[Sentence, ...]:
    """Return the sentences of a document with their terms, numbers, dates and places."""
    starts = [token.start for token in annotation.tokens]
    shares = _share_out(annotation)
    paragraph = 0
    views: list[Sentence] = []
    for index, span in enumerate(annotation.sentences):
        if index:
            gap = annotation.document.text[annotation.sentences[index - 1].stop : span.start]
            paragraph += "\n" in gap
        first, stop = bisect_left(starts, span.start), bisect_left(starts, span.stop)
        if first == stop:
            continue
        within = shares[index]
        headings = views[-1].headings + views[-1].heading if views else 0
        views.append(
            _view(annotation, index, first, stop, paragraph, starts, within, headings=headings)
        )
    return tuple(views)


def _view(
    annotation: Annotation,
    index: int,
    first: int,
    stop: int,
    paragraph: int,
    starts: list[int],
    within: _Within,
    *,
    headings: int,
) -> Sentence:
    span, tokens, terms = annotation.sentences[index], annotation.tokens, within.terms
    concepts: dict[str, list[int]] = {}
    for term in terms:
        concepts.setdefault(term.concept, []).append(term.first)
    places = tuple(
        Located(resolution=r, first=i, last=j)
        for r in within.resolutions
        for i, j in [_token_range(r.mention.span, starts)]
        if r.mention.literal
    )
    counts = [
        Counted(quantity=q, first=i, last=j)
        for q in within.quantities
        for i, j in [_token_range(q.span, starts)]
    ]
    counts = _countable(counts, concepts)
    counts += _implicit_ones(tokens, concepts.get("single", ()), counts)
    commas, breaks = _boundaries(tokens, first, stop, concepts)
    return Sentence(
        index=index,
        span=span,
        first=first,
        stop=stop,
        paragraph=paragraph,
        heading=_is_heading(annotation, index, first, stop),
        headings=headings,
        terms=tuple(terms),
        concepts=concepts,
        places=places,
        counts=tuple(sorted(counts, key=lambda c: c.first)),
        intervals=tuple(within.intervals),
        commas=commas,
        breaks=breaks,
    )


class _Within(NamedTuple):
    """Hold what begins in one sentence."""

    terms: list[Term]
    resolutions: list[Resolution]
    quantities: list[Quantity]
    intervals: list[Interval]


def _share_out(annotation: Annotation) -> list[_Within]:
    """Give each sentence what begins in it."""
    spans = annotation.sentences
    shares = [_Within([], [], [], []) for _ in spans]
    starts = [span.start for span in spans]

    def share_of(start: int) -> _Within | None:
        at = bisect_right(starts, start) - 1
        return shares[at] if at >= 0 and start < spans[at].stop else None

    for term in annotation.terms:
        if share := share_of(annotation.tokens[term.first].start):
            share.terms.append(term)
    for resolution in annotation.resolutions:
        if share := share_of(resolution.mention.span.start):
            share.resolutions.append(resolution)
    for quantity in annotation.quantities:
        if share := share_of(quantity.span.start):
            share.quantities.append(quantity)
    for interval in annotation.intervals:
        if interval.span and (share := share_of(interval.span.start)):
            share.intervals.append(interval)
    return shares


def _token_range(span: Span, starts: list[int]) -> tuple[int, int]:
    first = max(0, bisect_right(starts, span.start) - 1)
    return first, max(first, bisect_left(starts, span.stop) - 1)


def _countable(counts: Sequence[Counted], concepts: dict[str, list[int]]) -> list[Counted]:
    """Leave out articles and negations that no person and no casualty word stands beside."""
    persons = {p for c in _PERSONS for p in concepts.get(c, ())}
    victims = {p for c in _VICTIMS for p in concepts.get(c, ())}
    linked = {p for c in ("in", "near") for p in concepts.get(c, ())}
    owners = set(concepts.get("of", ()))
    kept: list[Counted] = []
    for count in counts:
        ahead = range(count.last + 1, count.last + 5)
        behind = range(count.first - 4, count.first)
        if count.quantity.qualifier == "article":
            if kept and count.first - kept[-1].last <= 3 and count.first - 1 in owners:
                continue  # "four members of a family"
            if persons.isdisjoint(ahead[:3]) and ahead[0] not in linked | victims:
                continue
        if count.quantity.qualifier == "zero" and victims.isdisjoint({*ahead, *behind}):
            continue
        kept.append(count)
    return kept


def _implicit_ones(
    tokens: Sequence[Token], positions: Sequence[int], counts: Sequence[Counted]
) -> list[Counted]:
    """Count one for each person in the singular that no number stands before."""
    ones: list[Counted] = []
    for position in positions:
        if any(0 <= position - c.last <= 3 or position == c.last for c in counts):
            continue
        token = tokens[position]
        span = Span(token.start, token.stop)
        quantity = Quantity(low=1, best=1, high=1, qualifier=None, text=token.text, span=span)
        ones.append(Counted(quantity=quantity, first=position, last=position, implicit=True))
    return ones


def _boundaries(
    tokens: Sequence[Token], first: int, stop: int, concepts: dict[str, list[int]]
) -> tuple[list[int], list[int]]:
    joints = {*concepts.get("clause", ()), *concepts.get("relative", ())}
    commas, breaks = [], []
    comma = joint = 0
    for index in range(first, stop):
        comma += tokens[index].text == ","
        joint += tokens[index].text in _BREAKS or index in joints
        commas.append(comma)
        breaks.append(joint)
    return commas, breaks


def _is_heading(annotation: Annotation, index: int, first: int, stop: int) -> bool:
    """Tell a heading: a short paragraph of one sentence, no full stop, with text behind it."""
    sentences, text = annotation.sentences, annotation.document.text
    if stop - first > _LONGEST_HEADING or annotation.tokens[stop - 1].text in _SENTENCE_END:
        return False
    if index + 1 >= len(sentences):
        return False
    alone_before = index == 0 or "\n" in text[sentences[index - 1].stop : sentences[index].start]
    return alone_before and "\n" in text[sentences[index].stop : sentences[index + 1].start]
