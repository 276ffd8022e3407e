"""Make the claims of an event: that it occurred, and each of its figures, with their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.events.context import Sentence
from geo.events.drafts import Draft
from geo.events.other_figures import OtherFigure
from geo.models import Claim, ClaimKind, Interval, Quantity, Resolution, Scope, Span

_SUMMED: tuple[ClaimKind, ...] = ("killed", "injured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Hold what all claims of an event share."""

    place: Resolution | None
    interval: Interval | None
    cumulative: bool
    actors: tuple[tuple[str, str], ...]
    weapons: tuple[str, ...]
    speaker: str | None
    status: str


def figures_of(draft: Draft, sentences: Sequence[Sentence]) -> dict[str, Quantity]:
    """Return the killed, the injured and the area of a draft, as far as they are told."""
    figures = {kind: draft.figure(kind, sentences) for kind in _SUMMED}
    told: dict[str, Quantity] = {kind: q for kind, q in figures.items() if q is not None}
    return told | {"area": draft.area.km2} if draft.area else told


def make_claims(
    draft: Draft,
    shared: Attributes,
    figures: Mapping[str, Quantity],
    others: Sequence[OtherFigure],
    sentences: Sequence[Sentence],
) -> Iterator[Claim]:
    """Yield that something occurred, then its figures."""
    evidence = sentences[draft.sentences[0]].span
    yield _claim(draft, shared, "occurrence", None, evidence, _occurrence_rule(draft))
    for kind in _SUMMED:
        if kind in figures:
            rule = _number_rule(draft, kind)
            where = _told_in(draft, figures[kind], sentences) or evidence
            yield _claim(draft, shared, kind, figures[kind], where, rule)
    if draft.area is not None:
        yield _claim(draft, shared, "area", figures["area"], evidence, _area_rule(draft))
    for other in others:
        where = sentences[other.sentence].span
        yield _claim(draft, shared, other.kind, other.quantity, where, other.rule)


def _told_in(draft: Draft, figure: Quantity, sentences: Sequence[Sentence]) -> Span | None:
    """Return from the first to the last sentence of an event that a figure was read in."""
    spans = [sentences[at].span for at in sorted(draft.sentences)]
    told = [s for s in spans if s.start < figure.span.stop and figure.span.start < s.stop]
    return Span(told[0].start, told[-1].stop) if told else None


def _claim(
    draft: Draft,
    shared: Attributes,
    kind: ClaimKind,
    quantity: Quantity | None,
    evidence: Span,
    rule: str,
) -> Claim:
    scope: Scope = "incident"
    if draft.area is not None:
        scope = "cumulative" if shared.cumulative else "period"
    actor, role = shared.actors[0] if shared.actors else (None, None)
    return Claim(
        kind=kind,
        event_type=draft.event_type,
        quantity=quantity,
        place=shared.place,
        interval=shared.interval,
        scope=scope,
        direction=draft.area.direction if draft.area and kind == "area" else None,
        actor=actor,
        actor_role=role,
        weapon=shared.weapons[0] if shared.weapons else None,
        source=shared.speaker,
        claim_status=shared.status,
        evidence=evidence,
        rule=rule,
    )


def _occurrence_rule(draft: Draft) -> str:
    names = ", ".join([name for name, _ in draft.reasons[:3]])
    return f"{draft.told_by}:{draft.event_type} p={draft.probability:.2f} ({names})"


def _number_rule(draft: Draft, kind: ClaimKind) -> str:
    roles = draft.killed if kind == "killed" else draft.injured
    chance = min([role.probability for role in roles])
    names = [name for role in roles for name, _ in role.reasons]
    return f"number:{kind} p={chance:.2f} ({', '.join(names[:3])})"


def _area_rule(draft: Draft) -> str:
    assert draft.area is not None  # noqa: S101 - asked of drafts with an area alone
    rules = ", ".join(draft.area.rules)
    return f"area:{draft.area.direction} p={draft.area.probability:.2f} ({rules})"
