"""Assemble the drafts of a document into events with claims, evidence and an identity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.events.attributes import find_actors, find_weapons
from geo.events.context import Annotation, Sentence
from geo.events.doubts import find_status
from geo.events.drafts import Draft, draft_events
from geo.events.merging import merge_drafts
from geo.events.other_figures import OtherFigure, find_other_figures
from geo.events.speakers import find_speaker
from geo.events.subtypes import acled_subtype
from geo.events.timing import Calendar, find_dates, is_told_as_history, time_occurrence
from geo.events.view import view_sentences
from geo.models import Claim, ClaimKind, Event, Evidence, Quantity, Scope, Span

_CLAIM_KINDS: tuple[ClaimKind, ...] = ("killed", "injured", "area")


def assemble_events(annotation: Annotation) -> tuple[Event, ...]:
    """Return the events of one document, in text order, each told once."""
    sentences = view_sentences(annotation)
    drafts = merge_drafts(draft_events(sentences, annotation.tokens), sentences)
    published = annotation.document.published
    dates = find_dates(sentences, annotation.tokens, published)
    calendar = Calendar(sentences, dates)
    others = find_other_figures(sentences, drafts, annotation.tokens)
    return tuple(
        _event(annotation, sentences, draft, calendar, figures)
        for draft, figures in zip(drafts, others, strict=True)
        if not is_told_as_history(sentences, draft.sentences[0], draft.place, dates, published)
    )


def _event(
    annotation: Annotation,
    sentences: Sequence[Sentence],
    draft: Draft,
    calendar: Calendar,
    others: Sequence[OtherFigure],
) -> Event:
    sentence = sentences[draft.sentences[0]]
    timing = time_occurrence(
        calendar,
        draft.sentences,
        draft.place,
        annotation.document.published,
        cumulative=draft.area is not None and draft.area.cumulative,
    )
    weapons = find_weapons(sentence, draft.place)
    actors = find_actors(sentence, draft.place)
    speaker = find_speaker(annotation, sentences, draft.sentences)
    status = find_status(sentences, draft.sentences)
    figures: dict[ClaimKind, Quantity | None] = {
        "killed": draft.figure("killed", sentences),
        "injured": draft.figure("injured", sentences),
        "area": draft.area.km2 if draft.area else None,
    }
    cumulative = draft.area is not None and draft.area.cumulative
    scope: Scope = "incident"
    if draft.area is not None:
        scope = "cumulative" if cumulative else "period"
    direction = draft.area.direction if draft.area else None
    resolution = draft.place.resolution if draft.place else None
    occurrence = Claim(
        kind="occurrence",
        event_type=draft.event_type,
        quantity=None,
        place=resolution,
        interval=timing.interval,
        scope=scope,
        actor=actors[0][0] if actors else None,
        actor_role=actors[0][1] if actors else None,
        weapon=weapons[0] if weapons else None,
        source=speaker,
        claim_status=status,
        evidence=sentence.span,
        rule=_rule(draft, "occurrence"),
    )
    counted = (
        replace(
            occurrence,
            kind=kind,
            quantity=figures[kind],
            direction=direction if kind == "area" else None,
            rule=_rule(draft, kind),
        )
        for kind in _CLAIM_KINDS
        if figures[kind] is not None
    )
    told = (
        replace(
            occurrence,
            kind=other.kind,
            quantity=other.quantity,
            evidence=sentences[other.sentence].span,
            rule=other.rule,
        )
        for other in others
    )
    further = {other.field: other.quantity for other in others}
    return Event(
        id=_identity(annotation, sentence.span, draft),
        event_type=draft.event_type,
        event_subtype=acled_subtype(
            draft.event_type, weapons, direction, _fates(sentence, figures, further)
        ),
        title=_title(annotation, sentence),
        place=resolution,
        places=tuple(p.resolution for p in draft.places),
        interval=timing.interval,
        claims=(occurrence, *counted, *told),
        killed=figures["killed"],
        injured=figures["injured"],
        missing=further.get("missing"),
        detained=further.get("detained"),
        displaced=further.get("displaced"),
        area=figures["area"],
        area_role=("cumulative" if cumulative else "increment") if draft.area else None,
        area_direction=direction,
        area_flank=resolution.flank if resolution else None,
        cumulative=cumulative,
        actors=actors,
        weapons=weapons,
        claimed_by=speaker,
        claim_status=status,
        evidence=_evidence(annotation, sentences, draft, others),
    )


def _fates(
    sentence: Sentence,
    figures: Mapping[ClaimKind, Quantity | None],
    further: Mapping[str, Quantity],
) -> list[str]:
    """Return what befell any persons: killed, injured, detained, abducted."""
    told = {"killed": figures["killed"], "injured": figures["injured"], **further}
    fates = [
        name for name, quantity in told.items() if quantity and (quantity.best or quantity.low)
    ]
    return [*fates, "abducted"] if "abducted" in sentence.concepts else fates


def _rule(draft: Draft, kind: ClaimKind) -> str:
    if kind in ("killed", "injured"):
        roles = draft.killed if kind == "killed" else draft.injured
        chance = min(role.probability for role in roles)
        names = [name for role in roles for name, _ in role.reasons]
        return f"number:{kind} p={chance:.2f} ({', '.join(names[:3])})"
    if kind == "area" and draft.area is not None:
        rules = ", ".join(draft.area.rules)
        return f"area:{draft.area.direction} p={draft.area.probability:.2f} ({rules})"
    names = [name for name, _ in draft.reasons]
    return f"place:{draft.event_type} p={draft.probability:.2f} ({', '.join(names[:3])})"


def _evidence(
    annotation: Annotation,
    sentences: Sequence[Sentence],
    draft: Draft,
    others: Sequence[OtherFigure],
) -> tuple[Evidence, ...]:
    document = annotation.document
    told_in = dict.fromkeys((*draft.sentences, *(other.sentence for other in others)))
    matched = [role.count.quantity.span for role in (*draft.killed, *draft.injured)]
    matched += [other.quantity.span for other in others]
    if draft.place is not None:
        matched.append(draft.place.resolution.mention.span)
    if draft.area is not None:
        matched.append(draft.area.count.quantity.span)
    return tuple(
        Evidence(
            document_id=document.id,
            span=sentences[at].span,
            text=sentences[at].span.of(document.text),
            matched=tuple(sorted({m for m in matched if sentences[at].span.contains(m)})),
            sentence_index=sentences[at].index,
            url=document.url,
            published=document.published,
            source_name=document.source_name,
            language=document.language,
        )
        for at in told_in
    )


def _identity(annotation: Annotation, span: Span, draft: Draft) -> str:
    place = draft.place.resolution.mention.span if draft.place else span
    area = draft.area.count.quantity.span.start if draft.area else ""
    words = (
        f"{annotation.document.id}|{span.start}-{span.stop}|{place.start}|{draft.event_type}|{area}"
    )
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _title(annotation: Annotation, sentence: Sentence, longest: int = 120) -> str:
    text = " ".join(sentence.span.of(annotation.document.text).split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
