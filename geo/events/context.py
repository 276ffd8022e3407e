"""Hold a document sentence by sentence, with everything the stages before have found in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from geo.annotators.terms import Term
from geo.events.concepts import OCCURRENCE
from geo.models import Document, Interval, Quantity, Resolution, Span, Token


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

    def own(self, place: Located | None) -> Located | None:
        """Return a place if the sentence names it, ``None`` for one that another names."""
        is_here = place is not None and self.first <= place.first < self.stop
        return place if is_here else None

    def commas_between(self, one: int, other: int) -> int:
        """Count the commas between two tokens."""
        return abs(self.commas[other - self.first] - self.commas[one - self.first])

    def breaks_between(self, one: int, other: int) -> int:
        """Count the clause boundaries between two tokens."""
        return abs(self.breaks[other - self.first] - self.breaks[one - self.first])
