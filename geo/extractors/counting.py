"""Check a told number against the words that it quotes: ours must read the same number there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from geo.events.context import Annotation, Counted, Sentence
from geo.events.figures import combine_quantities
from geo.events.measures import find_measures
from geo.extractors.proposals import ToldArea, ToldFigure
from geo.extractors.quoting import find_quote
from geo.models import Quantity, Span

_MOST_PARTS = 5
_MOST_NUMBERS = 14
_NOUN_REACH = 3
_THINGS = (
    "nonperson", "weapon", "missile", "drone", "rocket", "shelling", "airstrike", "strike",
    "mine", "explosion", "clash", "ambush", "generic_settlement", "infrastructure",
)  # fmt: skip
_SHARE_OFF = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Hold evidence: its span, and the sentences of the document that it touches."""

    annotation: Annotation
    span: Span
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Return the text of the whole document."""
        return self.annotation.document.text


def quoted(annotation: Annotation, view: Sequence[Sentence], span: Span) -> Quoted:
    """Return the evidence that lies at `span`."""
    touched = tuple(sentence for sentence in view if sentence.span.overlaps(span))
    return Quoted(annotation=annotation, span=span, sentences=touched)


def check_figure(name: str, told: ToldFigure, evidence: Quoted) -> Quantity | str:
    """Return the quantity that the quoted words give, or why they do not give the told one.

    The number stands there itself, or is the sum of some that do ("a mother and her son" is 2),
    or is none ("nobody"), or is one, for a person without a numeral ("wounding the priest").
    The told words are looked at first, then the whole evidence. `name` is what is counted.
    """
    spans = []
    for words in told.words:
        span = find_quote(evidence.text, words, near=evidence.span)
        if span is None:
            return f"the words {words!r} for a number are not in the document"
        spans.append(span)
    numbers = _numbers(evidence)
    if spans:
        own = [q for q in numbers if any(q.span.overlaps(span) for span in spans)]
        found = _read(told, own)
        if found is not None:
            return found
    found = _read(told, numbers) or _one(name, told, evidence)
    if found is not None:
        return found
    value = told.best if told.best is not None else told.low
    return f"the number {value:.15g} cannot be read in the quoted words"


def _read(told: ToldFigure, numbers: Sequence[Quantity]) -> Quantity | None:
    if told.best is None:
        return _vague(told, numbers)
    if told.best == 0:
        return next((q for q in numbers if q.best == 0), None)
    for quantity in numbers:
        if told.best in _readings(quantity):
            return _bounded(told, quantity)
    return _sum(told, [q for q in numbers if q.best])


def _readings(quantity: Quantity) -> set[float | None]:
    """Return the values that a quantity may stand for: both ends of "rose from two to five"."""
    if quantity.qualifier == "range":
        return {quantity.low, quantity.best, quantity.high}
    return {quantity.best if quantity.best is not None else quantity.low}


def _one(name: str, told: ToldFigure, evidence: Quoted) -> Quantity | None:
    """Take one for a person without a numeral, where the evidence says what befell somebody."""
    if told.best != 1:
        return None
    tokens = evidence.annotation.tokens
    for sentence in evidence.sentences:
        for position in sentence.concepts.get(name, ()):
            span = Span(tokens[position].start, tokens[position].stop)
            if evidence.span.contains(span):
                return Quantity(
                    low=1, best=1, high=1, qualifier=None, text=tokens[position].text, span=span
                )
    return None


def _vague(told: ToldFigure, numbers: Sequence[Quantity]) -> Quantity | None:
    """Take "dozens" where the told bounds allow what the words say."""
    for quantity in numbers:
        fits = (
            quantity.qualifier == "vague" or told.low == quantity.low or told.high == quantity.high
        )
        if fits and quantity.qualifier not in ("zero", "article"):
            return replace(quantity, low=told.low, best=None, high=told.high, qualifier="vague")
    return None


def _bounded(told: ToldFigure, quantity: Quantity) -> Quantity:
    """Give the told value the bounds that the words have."""
    qualifier = None if quantity.qualifier == "article" else quantity.qualifier
    if quantity.best != told.best:
        return replace(quantity, low=told.low, best=told.best, high=told.high)
    return replace(quantity, qualifier=qualifier)


def _sum(told: ToldFigure, numbers: Sequence[Quantity]) -> Quantity | None:
    """Return the fewest numbers, and the nearest to each other, that add up to the told one."""
    small = [q for q in numbers if q.best is not None and told.best and q.best < told.best]
    small = small[:_MOST_NUMBERS]
    for size in range(2, min(_MOST_PARTS, len(small)) + 1):
        fitting = [
            parts
            for parts in combinations(small, size)
            if sum(q.best or 0 for q in parts) == told.best
        ]
        if fitting:
            best = min(fitting, key=lambda parts: parts[-1].span.stop - parts[0].span.start)
            return _added(best)
    return None


def _added(parts: Sequence[Quantity]) -> Quantity:
    plain = [replace(q, qualifier=None) if q.qualifier == "article" else q for q in parts]
    return combine_quantities(plain)


def _numbers(evidence: Quoted) -> list[Quantity]:
    """Return what the evidence counts: its numbers, single persons, and words of negation."""
    found: dict[Span, Quantity] = {}
    for quantity in evidence.annotation.quantities:
        if evidence.span.contains(quantity.span) and quantity.qualifier != "article":
            found[quantity.span] = quantity
    for sentence in evidence.sentences:
        for count in _articles(sentence):
            if evidence.span.contains(count.quantity.span):
                found[count.quantity.span] = count.quantity
        for quantity in (*_singles(sentence, evidence), *_negations(sentence, evidence)):
            if evidence.span.contains(quantity.span):
                found.setdefault(quantity.span, quantity)
    return [found[span] for span in sorted(found)]


def _articles(sentence: Sentence) -> Iterator[Counted]:
    """Yield the articles before persons: "a mother", "a clerk" whom no list knows, no "drone"."""
    things = {p for c in _THINGS for p in sentence.concepts.get(c, ())}
    for count in sentence.counts:
        ahead = range(count.last + 1, count.last + _NOUN_REACH)
        if count.quantity.qualifier == "article" and things.isdisjoint(ahead):
            yield count


def _singles(sentence: Sentence, evidence: Quoted) -> Iterator[Quantity]:
    """Yield one for each person in the singular whom no number right before counts already."""
    tokens = evidence.annotation.tokens
    stops = {p for c in ("and", "clause") for p in sentence.concepts.get(c, ())}
    for position in sentence.concepts.get("single", ()):
        counted = any(
            0 <= position - count.last <= _NOUN_REACH
            and not any(
                i in stops or tokens[i].text == "," for i in range(count.last + 1, position)
            )
            for count in sentence.counts
            if not count.implicit
        )
        if not counted:
            token = tokens[position]
            yield Quantity(
                low=1, best=1, high=1, qualifier=None,
                text=token.text, span=Span(token.start, token.stop),
            )  # fmt: skip


def _negations(sentence: Sentence, evidence: Quoted) -> Iterator[Quantity]:
    tokens = evidence.annotation.tokens
    for term in sentence.terms:
        if term.concept in ("negation", "denial"):
            span = Span(tokens[term.first].start, tokens[term.last].stop)
            yield Quantity(
                low=0, best=0, high=0, qualifier="zero", text=span.of(evidence.text), span=span
            )


def check_area(told: ToldArea, evidence: Quoted) -> Quantity | str:
    """Return the area in km² that the quoted words give, or why they do not give the told one."""
    for quantity, factor in _areas(evidence):
        if not evidence.span.contains(quantity.span) or quantity.best is None:
            continue
        if abs(quantity.best * factor - told.km2) <= max(0.05, _SHARE_OFF * told.km2):
            return _scaled(quantity, factor)
    return f"an area of {told.km2:.15g} km² cannot be read in the quoted words"


def _areas(evidence: Quoted) -> Iterator[tuple[Quantity, float]]:
    """Yield numbers with km² per unit: their own unit, else one that the document uses before.

    "3 km² last week, 40 in all": the 40 has the unit of the 3.
    """
    tokens = evidence.annotation.tokens
    for sentence in evidence.sentences:
        for measured in find_measures(sentence, tokens):
            yield measured.count.quantity, measured.factor
    factors = [
        term.value
        for term in evidence.annotation.terms
        if term.concept == "area_units"
        and isinstance(term.value, float | int)
        and tokens[term.first].start < evidence.span.stop
    ]
    for factor in dict.fromkeys(reversed(factors)):
        for quantity in evidence.annotation.quantities:
            yield quantity, float(factor)


def _scaled(quantity: Quantity, factor: float) -> Quantity:
    low, best, high = (
        None if value is None else round(value * factor, 4)
        for value in (quantity.low, quantity.best, quantity.high)
    )
    return replace(quantity, low=low, best=best, high=high)
