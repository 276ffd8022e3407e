"""``conflict-map explain``: which rules fired, and which candidates lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import without_controls
from geo.commands.option_groups import grouped
from geo.commands.texts import NearnessOptions, Quiet, TextOptions, extract_all
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from geo.events.reconciliation import ReconcileRules
    from geo.models import Event, Resolution
    from geo.pipeline import Extraction


@grouped
def explain(
    inputs: Annotated[list[str], typer.Argument(help="Text, HTML or JSONL files; - is stdin.")],
    *,
    texts: TextOptions,
    nearness: NearnessOptions,
    quiet: Quiet = False,
) -> None:
    """Say what decided each mention, claim and merge, and what lost."""
    from geo.readers import Reject

    rules = nearness.rules()
    failed = 0
    events: list[Event] = []
    for item in extract_all(inputs, texts, opened(quiet=quiet), quiet=quiet):
        if isinstance(item, Reject):
            failed += 1
        else:
            print(without_controls("\n".join(format_extraction(item))))
            events += item.events
    for line in _joined(events, rules):
        print(without_controls(line))
    if failed:
        raise typer.Exit(code=2)


def _joined(events: Sequence[Event], rules: ReconcileRules) -> Iterator[str]:
    """Yield what several documents tell: events that are joined, and totals with their parts."""
    from geo.events.reconciliation import reconcile_events

    if len({e.document_id for event in events for e in event.evidence}) < 2:
        return
    kept = reconcile_events(events, rules)
    yield ""
    yield f"# All documents: within {rules.distance_km:g} km and {rules.days} days, one kind"
    for event in kept:
        if event.merge_rules or event.series_id:
            yield from _event(event)


def format_extraction(found: Extraction) -> Iterator[str]:
    """Yield the lines of an explanation: mentions, rejected numbers, places told of, events."""
    document = found.document
    yield f"# {document.id} ({document.language}, published {document.published or 'unknown'})"
    yield ""
    yield "## Mentions"
    for resolution in found.resolutions:
        yield from _mention(resolution)
    yield ""
    yield "## Numbers that count nothing"
    yield from _rejected(found)
    yield ""
    yield "## Places where nothing was taken to happen"
    yield from _quiet_places(found)
    yield ""
    yield "## Events"
    for event in found.events:
        yield from _event(event)
    if found.rejections or found.passed_over:
        yield from _disagreements(found)


def _disagreements(found: Extraction) -> Iterator[str]:
    yield ""
    yield "## Claims that were rejected"
    for rejection in found.rejections:
        yield str(rejection)
    yield ""
    yield "## Events that only the rules read"
    for event in found.passed_over:
        yield from _event(event)


def _mention(resolution: Resolution) -> Iterator[str]:
    mention = resolution.mention
    use = "literal" if mention.literal else mention.role
    yield f"[{mention.span.start}:{mention.span.stop}] {mention.text} ({use}) · " + ", ".join(
        mention.rules
    )
    place = resolution.place
    if place is None:
        yield f"    no place: {'; '.join(resolution.explanation)}"
    else:
        yield (
            f"    -> {place.name} ({place.feature_code}, {place.admin.country or 'no country'}) "
            f"{place.id} · {resolution.confidence:.2f} · precision {resolution.geo_precision}"
        )
        yield f"       because {'; '.join(resolution.explanation)}"
    for ranked in resolution.candidates[1:] if place else resolution.candidates:
        lost = ranked.candidate.place
        yield f"       lost: {lost.name} ({lost.feature_code}) {lost.id} · {ranked.score:.2f}"


def _rejected(found: Extraction) -> Iterator[str]:
    from geo.annotators.quantities import find_rejected_numbers
    from geo.languages import load_language

    pack = load_language(found.document.language or "")
    for number in find_rejected_numbers(found.annotation.tokens, pack):
        yield f"[{number.span.start}:{number.span.stop}] {number.text}: {number.reason}"


def _quiet_places(found: Extraction) -> Iterator[str]:
    from geo.events.refusals import explain_refusals

    for refusal in explain_refusals(found.annotation, found.events):
        mention = refusal.place.resolution.mention
        names = ", ".join(name for name, _ in refusal.features if name != "bias")
        yield f"[{mention.span.start}:{mention.span.stop}] {mention.text}: {refusal}"
        yield f"    nothing p={refusal.probability:.2f} ({names})"


def _event(event: Event) -> Iterator[str]:
    where = event.place.mention.text if event.place else "no place"
    yield f"{event.id} {event.event_type} at {where}" + (
        " (cumulative)" if event.cumulative else ""
    )
    yield f"    {_when(event)}"
    if event.series_id:
        counts = "counts" if event.counts_in_total else "is part of a total, not added"
        yield f"    {event.series_id}: {event.area_role} {counts}"
    for claim in event.claims:
        quantity = claim.quantity
        value = "" if quantity is None else f" {quantity.text!r} = {quantity.best}"
        yield f"    {claim.kind}{value} · {claim.rule}"
    if event.extraction_confidence is not None:
        yield f"    confidence {event.extraction_confidence:.2f}"
    for warning in event.warnings:
        yield f"    warning: {warning}"
    for evidence in event.evidence:
        quote = " ".join(evidence.text.split())
        yield f"    [{evidence.span.start}:{evidence.span.stop}] {quote}"
    for rule in event.merge_rules:
        yield f"    joined: {rule}"
    if len(event.evidence) > 1 and not event.merge_rules:
        yield f"    merged from {len(event.evidence)} sentences: same place, agreeing figures"


def _when(event: Event) -> str:
    interval = event.interval
    if interval is None:
        return "date: no words of the text give one"
    days = f"{interval.start or '?'}..{interval.end or '?'}"
    return f"date {days} · {interval.text!r} · {interval.rule}"
