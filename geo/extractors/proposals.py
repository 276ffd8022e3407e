"""What an extractor proposes: claims as ``claims.schema.json`` has them.

A proposal holds words and numbers, and never coordinates. Nothing in it is believed until
:mod:`geo.extractors.contract` has found it in the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from geo.models import Direction, Document, EventType

Json = Any
PlaceKind = Literal[
    "city", "village", "facility", "admin2", "admin1", "country", "region", "water", "other"
]
FIGURES = ("killed", "injured", "missing", "detained", "displaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlace:
    """Hold a place as told: its words in the document, and what helps to find the right one."""

    text: str
    name: str | None = None
    kind: PlaceKind = "other"
    country: str | None = None
    admin1: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigure:
    """Hold a number as told, with the words that give it."""

    low: float | None
    best: float | None
    high: float | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldArea:
    """Hold an area in km² as told."""

    km2: float
    words: str
    direction: Direction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Hold one claim as told: what happened at one place, with its figures and its evidence."""

    evidence: str
    event_type: EventType
    place: ToldPlace | None = None
    other_places: tuple[ToldPlace, ...] = ()
    figures: tuple[tuple[str, ToldFigure], ...] = ()
    area: ToldArea | None = None
    cumulative: bool = False
    date_text: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    weapon: str | None = None
    actor: str | None = None
    actor_role: str | None = None
    claimed_by: str | None = None
    claim_status: str = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Say which claim of an answer was not taken, and why; ``number`` counts from 1."""

    number: int
    reason: str
    quote: str = ""

    def __str__(self) -> str:
        quote = " ".join(self.quote.split())
        shown = f" ({quote[:80]}{'…' if len(quote) > 80 else ''})" if quote else ""
        return f"claim {self.number} rejected: {self.reason}{shown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Hold what an extractor told of one document: the JSON of the schema, and who told it."""

    extractor: str
    told: Json


class Extractor(Protocol):
    """Read a document and tell its claims; calls may come from several threads."""

    @property
    def name(self) -> str:
        """Return what goes into records: kind, model."""

    def extract(self, document: Document) -> Answer:
        """Return the claims, or raise :class:`geo.extractors.errors.ExtractorError`."""
