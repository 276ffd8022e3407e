"""The contract: a told claim is taken only where the document and our gazetteer bear it out.

The evidence stands in the document, each number is read again in it by our own rules, the place
is named in the document and known to the gazetteer. What fails is rejected with its reason, or,
where it is only an attribute (days, weapon, actor), left out with a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.events.context import Annotation, Sentence
from geo.events.view import view_sentences
from geo.extractors.answers import read_answer
from geo.extractors.choosing import is_close
from geo.extractors.counting import Quoted, check_area, check_figure, quoted
from geo.extractors.dating import check_days
from geo.extractors.placing import Placer
from geo.extractors.proposals import Answer, Proposal, Rejection
from geo.extractors.quoting import find_quote
from geo.extractors.telling import Findings, event_of
from geo.models import Event, Resolution
from geo.resolution.beside import put_beside

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Hold the events that the contract lets through, and the claims that it does not."""

    events: tuple[Event, ...]
    rejections: tuple[Rejection, ...]


class _RejectedError(Exception):
    """Carry the reason for a rejection out of a check."""


def check_answer(answer: Answer, annotation: Annotation, gazetteer: Gazetteer) -> Checked:
    """Return the events that an answer and its document agree on, and what was rejected.

    Raises :class:`geo.extractors.errors.ExtractorError` when the answer is none.
    """
    proposals, rejected = read_answer(answer.told)
    placer = Placer(annotation=annotation, gazetteer=gazetteer)
    view = view_sentences(annotation)
    events: list[Event] = []
    rejections = list(rejected)
    for number, proposal in proposals:
        try:
            findings = _check(proposal, annotation, view, placer)
        except _RejectedError as error:
            quote = proposal.evidence
            rejections.append(Rejection(number=number, reason=str(error), quote=quote))
            continue
        event = event_of(proposal, findings, annotation, answer.extractor)
        if any(event.id == other.id for other in events):
            rejections.append(
                Rejection(number=number, reason="told twice", quote=proposal.evidence)
            )
        else:
            events.append(event)
    events.sort(key=lambda event: event.evidence[0].span)
    return Checked(
        events=tuple(events), rejections=tuple(sorted(rejections, key=lambda r: r.number))
    )


def _check(
    proposal: Proposal, annotation: Annotation, view: Sequence[Sentence], placer: Placer
) -> Findings:
    span = find_quote(annotation.document.text, proposal.evidence)
    if span is None:
        raise _RejectedError("the evidence is not in the document word for word")
    if len(proposal.evidence.split()) < _LEAST_WORDS:
        raise _RejectedError(f"the evidence has fewer than {_LEAST_WORDS} words")
    found = Findings(evidence=quoted(annotation, view, span))
    _check_place(proposal, found, placer)
    _check_figures(proposal, found)
    _check_attributes(proposal, found, annotation)
    return found


def _check_place(proposal: Proposal, found: Findings, placer: Placer) -> None:
    span = found.evidence.span
    others = (placer.place(told, span) for told in proposal.other_places)
    resolved = tuple(other for other in others if other is not None and other.place is not None)
    found.others = resolved
    if proposal.place is None:
        return
    place = placer.place(proposal.place, span, resolved)
    if place is None:
        raise _RejectedError(f"the place {proposal.place.text!r} is not in the document")
    if place.place is None:
        beside = min(filter(is_close, resolved), key=_closeness, default=None)
        if beside is None:
            raise _RejectedError(
                f"the gazetteer has no {proposal.place.text!r}{_whereabouts(proposal)}, and no "
                "place beside it; add it with conflict-map gazetteer add"
            )
        place = put_beside(place, beside)
        found.warnings.append(place.explanation[0])
    found.place = place


def _closeness(resolution: Resolution) -> tuple[int, float]:
    return resolution.geo_precision, resolution.radius_km or 0.0


def _whereabouts(proposal: Proposal) -> str:
    place = proposal.place
    known = [part for part in (place.admin1, place.country) if part] if place else []
    return f" in {', '.join(known)}" if known else ""


def _check_figures(proposal: Proposal, found: Findings) -> None:
    for name, told in proposal.figures:
        quantity = check_figure(name, told, found.evidence)
        if isinstance(quantity, str):
            raise _RejectedError(f"{name}: {quantity}")
        found.figures[name] = quantity
    if proposal.area is not None:
        area = check_area(proposal.area, found.evidence)
        if isinstance(area, str):
            raise _RejectedError(area)
        found.figures["area"] = area


def _check_attributes(proposal: Proposal, found: Findings, annotation: Annotation) -> None:
    days = check_days(proposal, found.evidence.span, annotation)
    if isinstance(days, str):
        found.warnings.append(f"days left out: {days}")
    else:
        found.interval = days
        if days is not None and days.rule and days.rule.startswith("told; "):
            found.warnings.append(f"days: {days.rule.removeprefix('told; ')}")
    for name in ("weapon", "actor", "claimed_by"):
        told = getattr(proposal, name)
        if told is None:
            continue
        if _is_said(told, name, found.evidence):
            setattr(found, "speaker" if name == "claimed_by" else name, told)
        else:
            found.warnings.append(f"{name} {told!r} left out: not in the document")


def _is_said(told: str, name: str, evidence: Quoted) -> bool:
    """Tell whether the document has these words, or the evidence a word that we print so."""
    if find_quote(fold(evidence.text), fold(told)) is not None:
        return True
    values = (t.value for s in evidence.sentences for t in s.terms if t.concept == name)
    return any(isinstance(value, str) and fold(value) == fold(told) for value in values)
