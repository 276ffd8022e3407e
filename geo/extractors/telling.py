"""Turn what was told and found in the document into an event with claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from geo.events.context import Annotation
from geo.events.subtypes import acled_subtype
from geo.extractors.counting import Quoted
from geo.extractors.proposals import Proposal
from geo.models import (
    Claim,
    ClaimKind,
    Event,
    Evidence,
    Interval,
    Quantity,
    Resolution,
    Scope,
    Span,
)

_LONGEST_TITLE = 120
_CLAIM_KINDS: dict[str, ClaimKind] = {
    "killed": "killed", "injured": "injured", "missing": "missing", "detained": "detained",
    "displaced": "displaced", "area": "area",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Findings:
    """Gather what a proposal turns into."""

    evidence: Quoted
    place: Resolution | None = None
    others: tuple[Resolution, ...] = ()
    figures: dict[str, Quantity] = field(default_factory=dict)
    interval: Interval | None = None
    weapon: str | None = None
    actor: str | None = None
    speaker: str | None = None
    warnings: list[str] = field(default_factory=list)


def event_of(proposal: Proposal, found: Findings, annotation: Annotation, extractor: str) -> Event:
    """Return the event that a proposal tells, with its claims, evidence and identity."""
    text = annotation.document.text
    title = " ".join(found.evidence.span.of(text).split())
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
    direction = proposal.area.direction if proposal.area else None
    weapons = (found.weapon,) if found.weapon else ()
    figures = found.figures
    return Event(
        id=_identity(proposal, found, annotation),
        event_type=proposal.event_type,
        event_subtype=acled_subtype(proposal.event_type, weapons, direction),
        title=title,
        place=found.place,
        places=found.others,
        interval=found.interval,
        claims=tuple(_claims(proposal, found)),
        killed=figures.get("killed"),
        injured=figures.get("injured"),
        missing=figures.get("missing"),
        detained=figures.get("detained"),
        displaced=figures.get("displaced"),
        area=figures.get("area"),
        area_role=("cumulative" if proposal.cumulative else "increment") if direction else None,
        area_direction=direction,
        cumulative=proposal.cumulative,
        actors=((found.actor, proposal.actor_role or "unknown"),) if found.actor else (),
        weapons=weapons,
        claimed_by=found.speaker,
        claim_status=proposal.claim_status,
        evidence=(_evidence(found, annotation),),
        warnings=tuple(found.warnings),
        versions=(("extractor", extractor),),
    )


def _claims(proposal: Proposal, found: Findings) -> Iterator[Claim]:
    scope: Scope = "cumulative" if proposal.cumulative else "incident"
    if proposal.area is not None and not proposal.cumulative:
        scope = "period"
    claim = Claim(
        kind="occurrence",
        event_type=proposal.event_type,
        quantity=None,
        place=found.place,
        interval=found.interval,
        scope=scope,
        actor=found.actor,
        actor_role=(proposal.actor_role or "unknown") if found.actor else None,
        weapon=found.weapon,
        source=found.speaker,
        claim_status=proposal.claim_status,
        evidence=found.evidence.span,
        rule="told, and found in the document",
    )
    yield claim
    for name, quantity in found.figures.items():
        kind = _CLAIM_KINDS[name]
        direction = proposal.area.direction if proposal.area and kind == "area" else None
        rule = f"told, and read again in {quantity.text!r}"
        yield replace(claim, kind=kind, quantity=quantity, direction=direction, rule=rule)


def _evidence(found: Findings, annotation: Annotation) -> Evidence:
    document, span = annotation.document, found.evidence.span
    matched = {q.span for q in found.figures.values() if span.contains(q.span)}
    if found.place is not None and span.contains(found.place.mention.span):
        matched.add(found.place.mention.span)
    sentences = found.evidence.sentences
    return Evidence(
        document_id=document.id,
        span=span,
        text=span.of(document.text),
        matched=tuple(sorted(matched)),
        sentence_index=sentences[0].index if sentences else None,
        url=document.url,
        published=document.published,
        source_name=document.source_name,
        language=document.language,
    )


def _identity(proposal: Proposal, found: Findings, annotation: Annotation) -> str:
    span = found.evidence.span
    place: Span = found.place.mention.span if found.place else span
    parts = [
        annotation.document.id, f"{span.start}-{span.stop}", place.start, proposal.event_type,
        *(f"{name}={q.span.start}" for name, q in sorted(found.figures.items())),
    ]  # fmt: skip
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]
