"""Records that travel through the pipeline, from characters to events.

Every record is frozen and made with keywords. Offsets count Unicode code points of
``Document.text``; spans are half-open. Coordinates are WGS84 degrees, ``lon, lat``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from gazetteer.models import Candidate, Place

Role = Literal["metonymy", "organisation", "associative", "dateline"]
Hint = Literal[
    "settlement",
    "village",
    "city",
    "admin1",
    "admin2",
    "admin3",
    "country",
    "region",
    "sector",
    "water",
    "site",
]
Scope = Literal["incident", "period", "cumulative", "stock"]
ClaimKind = Literal[
    "killed", "injured", "missing", "detained", "displaced", "evacuated", "area", "occurrence"
]
Direction = Literal["liberated", "captured", "lost", "contested"]
EventType = Literal[
    "shelling_or_airstrike", "missile_or_drone_strike", "armed_clash", "civilian_violence",
    "explosion_or_mine", "territorial_gain", "territorial_loss", "infrastructure_damage",
    "evacuation_or_displacement", "arrest_or_detention", "protest", "ceasefire_or_agreement",
    "other",
]  # fmt: skip


class Span(NamedTuple):
    """Mark the characters ``start`` to ``stop`` (half-open) of a document.

    >>> Span(3, 7).of("da Sumy")
    'Sumy'
    """

    start: int
    stop: int

    def of(self, text: str) -> str:
        """Return the marked characters of `text`."""
        return text[self.start : self.stop]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.stop and other.start < self.stop

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies within this span."""
        return self.start <= other.start and other.stop <= self.stop


class Token(NamedTuple):
    """Hold one word, number or mark of a text; ``folded`` is what lexicons look up."""

    start: int
    stop: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Hold one text to read, with what is known about it.

    ``text`` is all that is read; a title that is part of the article stands in ``text`` as its
    first paragraph. Paragraphs are separated by blank lines.
    """

    id: str
    text: str
    language: str | None = None
    published: date | None = None
    url: str | None = None
    title: str | None = None
    source_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Mark a toponym in a text.

    ``names`` are the readings to look up, most likely first (the text itself, then nominative
    forms of an inflected one). ``hint`` is what the words around it say about its kind
    ("villaggio di", "oblast"). ``literal`` is false where the name stands for something else;
    then ``role`` says for what.
    """

    span: Span
    text: str
    names: tuple[str, ...] = ()
    hint: Hint | None = None
    literal: bool = True
    role: Role | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedCandidate:
    """Hold a candidate with its score, and the named reasons that made the score."""

    candidate: Candidate
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Say which place a mention means, how sure that is, and what lost.

    ``lon, lat`` is the published point (it differs from the place's own where a relation such
    as "10 km north of" moved it); both are ``None`` exactly when ``geo_precision`` is 9.
    ``geometry`` is WKT (lon lat) where the place is more than a point, or ``None``. ``flank`` is
    the side of a sector or place that the text names (``south``, ``northwest``), or ``None``.
    ``method`` is one of ``gazetteer``, ``unit`` (known, not located), ``relation``, ``review``,
    ``table``, ``geocoder``, ``unresolved``.
    """

    mention: Mention
    place: Place | None
    lon: float | None
    lat: float | None
    confidence: float
    margin: float
    geo_precision: int
    radius_km: float | None
    method: str
    geometry: str | None = None
    flank: str | None = None
    candidates: tuple[RankedCandidate, ...] = ()
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Hold the days that a text speaks of.

    ``precision``: 1 day, 2 two to six days, 3 week, 4 month, 5 longer, 9 unknown. ``basis``:
    ``explicit``, ``relative_to_publication``, ``publication_fallback``, ``unknown``.
    """

    start: date | None
    end: date | None
    precision: int
    text: str | None
    basis: str
    span: Span | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """Hold a number as written: ``best`` with its bounds; ``None`` is unknown, never 0.

    ``qualifier`` is ``None`` for a plain number, else ``at_least``, ``about``, ``up_to``,
    ``range``, ``vague`` ("dozens": ``best`` is ``None``, ``low`` 20) or ``zero``.
    """

    low: float | None
    best: float | None
    high: float | None
    qualifier: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """State one fact that a sentence asserts, with the words that carry it.

    ``part_of`` is the index of the claim of the same document that already counts this one
    ("3 km² last week" within "40 km² in total"), so that totals never add both.
    """

    kind: ClaimKind
    event_type: EventType
    quantity: Quantity | None
    place: Resolution | None
    interval: Interval | None
    scope: Scope = "incident"
    polarity: bool = True
    modality: str = "asserted"
    direction: Direction | None = None
    flank: str | None = None
    actor: str | None = None
    actor_role: str | None = None
    target: str | None = None
    weapon: str | None = None
    source: str | None = None
    claim_status: str = "claimed"
    part_of: int | None = None
    evidence: Span
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Quote the sentence an event was read in, and the spans of its words that were matched."""

    document_id: str
    span: Span
    text: str
    matched: tuple[Span, ...] = ()
    sentence_index: int | None = None
    url: str | None = None
    published: date | None = None
    source_name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Say what a person decided about an event's place, and what it was before.

    ``decision`` is ``ok``, ``corrected``, ``unlocated`` or ``rejected``; ``answer`` what was
    chosen (a place id, or ``lat, lon``). ``on`` is an ISO day, or the words that were written.
    """

    decision: str
    key: str
    answer: str | None = None
    by: str | None = None
    on: str | None = None
    note: str | None = None
    before: Resolution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Join the claims about one occurrence at one place and time.

    ``evidence[0]`` is the sentence that carries the event, further ones were merged into it.
    ``places`` are the containing or neighbouring places named beside ``place``.
    ``extraction_confidence`` is the chance that it was read right, where two readers were
    compared; ``None`` is unknown. ``merge_rules`` say why the events of several documents that
    ``merged`` names are one. ``series_id`` groups a cumulative figure with its periods;
    only events with ``counts_in_total`` are summed, but the persons told with an area of a series
    always are. ``place_context`` names the country and
    region that the text is about (``UA.26``), whatever ``place`` was resolved to.
    """

    id: str
    event_type: EventType
    event_subtype: str | None
    title: str
    place: Resolution | None
    place_context: str | None = None
    places: tuple[Resolution, ...] = ()
    interval: Interval | None = None
    claims: tuple[Claim, ...] = ()
    killed: Quantity | None = None
    injured: Quantity | None = None
    missing: Quantity | None = None
    detained: Quantity | None = None
    displaced: Quantity | None = None
    area: Quantity | None = None
    area_role: str | None = None
    area_direction: Direction | None = None
    area_flank: str | None = None
    cumulative: bool = False
    series_id: str | None = None
    counts_in_total: bool = True
    actors: tuple[tuple[str, str], ...] = ()
    weapons: tuple[str, ...] = ()
    claimed_by: str | None = None
    claim_status: str = "claimed"
    evidence: tuple[Evidence, ...] = ()
    merged: tuple[str, ...] = ()
    merge_rules: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    extraction_confidence: float | None = None
    review_status: str = "unreviewed"
    reviewed_by: str | None = None
    review_note: str | None = None
    review: Review | None = None
    sensitivity: str = "none"
    versions: tuple[tuple[str, str], ...] = field(default=())
