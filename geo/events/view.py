"""See a document sentence by sentence: give each sentence what begins in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from geo.annotators.terms import Term
from geo.events.context import Annotation, Counted, Located, Sentence
from geo.events.countable import find_counted
from geo.models import Interval, Quantity, Resolution, Span, Token

_COMMA = ","
_BREAKS = frozenset({";", ":", "—", "–", "(", ")", "…"})
_MARKS = _BREAKS | {_COMMA}
_SENTENCE_END = frozenset({".", "!", "?", "…", "»", '"', "”"})
_LONGEST_HEADING = 30
_UNITS = "area_units"
_THING, _PERSONS = "nonperson", frozenset({"single", "kin", "person"})
_UNIT_REACH = 3  # tokens from a number to its unit
_SHORT_UNIT = 2  # "ha", which is a verb too: only right behind digits is it a unit


class _Share(NamedTuple):
    """Hold what begins in one sentence, besides its terms."""

    resolutions: list[Resolution]
    quantities: list[Quantity]
    intervals: list[Interval]


def view_sentences(annotation: Annotation) -> tuple[Sentence, ...]:
    """Return the sentences of a document with their terms, numbers, dates and places."""
    viewer = _Viewer(annotation)
    views: list[Sentence] = []
    for index in range(len(annotation.sentences)):
        headings = views[-1].headings + views[-1].heading if views else 0
        view = viewer.view(index, headings=headings)
        if view is not None:
            views.append(view)
    return tuple(views)


class _Viewer:
    """View the sentences of a document one after the other."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._starts = [token.start for token in annotation.tokens]
        self._terms = [term.first for term in annotation.terms]
        self._marks = [i for i, (_, _, text, _) in enumerate(annotation.tokens) if text in _MARKS]
        self._shares = _share_out(annotation)
        self._paragraph = 0

    def view(self, index: int, *, headings: int) -> Sentence | None:
        """Return the next sentence, ``None`` for one without tokens."""
        annotation, span = self._annotation, self._annotation.sentences[index]
        self._paragraph += self._opens_paragraph(index)
        first, stop = bisect_left(self._starts, span.start), bisect_left(self._starts, span.stop)
        if first == stop:
            return None
        terms = annotation.terms[bisect_left(self._terms, first) : bisect_left(self._terms, stop)]
        share = self._shares[index]
        counted = self._counted(_undated(share))
        terms = _without_mistaken(_without_bare_units(terms, counted, annotation.tokens))
        concepts: dict[str, list[int]] = {}
        for term in terms:
            concepts.setdefault(term.concept, []).append(term.first)
        commas, breaks = self._boundaries(first, stop, concepts)
        return Sentence(
            index=index,
            span=span,
            first=first,
            stop=stop,
            paragraph=self._paragraph,
            heading=self._is_heading(index, first, stop),
            headings=headings,
            terms=terms,
            concepts=concepts,
            places=self._located(share.resolutions),
            counts=find_counted(counted, concepts, annotation.tokens),
            intervals=tuple(share.intervals),
            commas=commas,
            breaks=breaks,
        )

    def _located(self, resolutions: Sequence[Resolution]) -> tuple[Located, ...]:
        literal = [r for r in resolutions if r.mention.literal]
        ranges = [self._tokens_of(r.mention.span) for r in literal]
        return tuple(
            Located(resolution=r, first=first, last=last)
            for r, (first, last) in zip(literal, ranges, strict=True)
        )

    def _counted(self, quantities: Sequence[Quantity]) -> list[Counted]:
        ranges = [self._tokens_of(q.span) for q in quantities]
        return [
            Counted(quantity=q, first=first, last=last)
            for q, (first, last) in zip(quantities, ranges, strict=True)
        ]

    def _tokens_of(self, span: Span) -> tuple[int, int]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return first, max(first, bisect_left(self._starts, span.stop) - 1)

    def _boundaries(
        self, first: int, stop: int, concepts: dict[str, list[int]]
    ) -> tuple[list[int], list[int]]:
        """Count the commas and the clause boundaries up to each token."""
        tokens = self._annotation.tokens
        marks = self._marks[bisect_left(self._marks, first) : bisect_left(self._marks, stop)]
        relative = set(concepts.get("relative", ())).difference(concepts.get("subset", ()))
        joints = {*concepts.get("clause", ()), *relative}
        joints.update(i for i in marks if tokens[i].text in _BREAKS)
        commas = [i for i in marks if tokens[i].text == _COMMA]
        return _running(commas, first, stop), _running(sorted(joints), first, stop)

    def _opens_paragraph(self, index: int) -> bool:
        """Tell whether a line ends before a sentence."""
        sentences = self._annotation.sentences
        if index == 0:
            return False
        gap = slice(sentences[index - 1].stop, sentences[index].start)
        return "\n" in self._annotation.document.text[gap]

    def _is_heading(self, index: int, first: int, stop: int) -> bool:
        """Tell a heading: a short paragraph of one sentence, no full stop, with text behind it."""
        last = self._annotation.tokens[stop - 1].text
        if stop - first > _LONGEST_HEADING or last in _SENTENCE_END:
            return False
        if index + 1 >= len(self._annotation.sentences):
            return False
        is_first = index == 0 or self._opens_paragraph(index)
        return is_first and self._opens_paragraph(index + 1)


def _share_out(annotation: Annotation) -> list[_Share]:
    """Give each sentence what begins in it."""
    spans = annotation.sentences
    shares = [_Share([], [], []) for _ in spans]
    starts = [span.start for span in spans]

    def share_of(start: int) -> _Share | None:
        at = bisect_right(starts, start) - 1
        return shares[at] if at >= 0 and start < spans[at].stop else None

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


def _undated(share: _Share) -> list[Quantity]:
    """Leave out the numbers of dates: "Jan 16", "il 16"."""
    dates = [interval.span for interval in share.intervals if interval.span is not None]
    return [
        quantity
        for quantity in share.quantities
        if not any(d.start <= quantity.span.start and quantity.span.stop <= d.stop for d in dates)
    ]


def _running(positions: Sequence[int], first: int, stop: int) -> list[int]:
    """Count the positions up to each of the tokens ``first`` to ``stop``, itself included."""
    counts: list[int] = []
    for number, position in enumerate(positions):
        counts += [number] * (position - first - len(counts))
    return counts + [len(positions)] * (stop - first - len(counts))


def _without_mistaken(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Leave out things of which the word is one for a person too: "трактор*" in "тракторист"."""
    persons = {term.first for term in terms if term.concept in _PERSONS}
    return tuple(t for t in terms if t.concept != _THING or t.first not in persons)


def _without_bare_units(
    terms: Sequence[Term], counted: Sequence[Counted], tokens: Sequence[Token]
) -> tuple[Term, ...]:
    """Leave out units of area that no number stands before: Italian "ha" is mostly "has"."""
    if not any(term.concept == _UNITS for term in terms):
        return tuple(terms)
    figures = {c.last + 1 for c in counted if tokens[c.last].text[0].isdigit()}
    return tuple(
        term
        for term in terms
        if term.concept != _UNITS
        or term.first in figures
        or (
            (term.first < term.last or len(tokens[term.first].text) > _SHORT_UNIT)
            and any(0 < term.first - count.last <= _UNIT_REACH for count in counted)
        )
    )
