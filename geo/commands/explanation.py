"""Say in lines what was read in a document, what decided it, and what lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geo.commands.wording import Voice, say_value

if TYPE_CHECKING:
    from geo.events.weighing import Reasons, Weighing
    from geo.models import Claim, Event, Mention, RankedCandidate, Resolution, Span
    from geo.pipeline import Extraction

_RULE = re.compile(r"(?:(place|casualties|sentence|number|area):)?(\w+) p=([\d.]+) \((.*)\)")
_CHANCE = re.compile(r"(\w+) p=([\d.]+)")
_FOUND = " match"  # ends the rule of a mention that says how its name was found
_LEAST = 0.005
_MODELS = {
    "place": "places",
    "casualties": "places",
    "sentence": "flights",
    "number": "numbers",
    "area": "areas",
    None: "dates",
}


def explain_document(found: Extraction, voice: Voice) -> Iterator[str]:
    """Yield the lines of an explanation: mentions, rejected numbers, places told of, events."""
    from geo.events.weighing import Weighing

    document = found.document
    weighing = Weighing(found.annotation)
    yield f"# {document.id} ({document.language}, published {document.published or 'unknown'})"
    yield from _section("Mentions")
    for resolution in found.resolutions:
        yield from _mention(resolution, voice)
    yield from _section("Numbers that count nothing")
    yield from _rejected(found)
    yield from _section("Places where nothing was taken to happen")
    yield from _quiet_places(found, voice)
    yield from _section("Events")
    for event in found.events:
        yield from explain_event(event, voice, weighing)
    if found.rejections or found.passed_over:
        yield from _section("Claims that were rejected")
        yield from map(str, found.rejections)
        yield from _section("Events that only the rules read")
        for event in found.passed_over:
            yield from explain_event(event, voice, weighing)


def explain_event(event: Event, voice: Voice, weighing: Weighing | None = None) -> Iterator[str]:
    """Yield the lines of an event: when, each claim with its reasons, what it was read from."""
    where = event.place.mention.text if event.place else "no place"
    total = " (cumulative)" if event.cumulative else ""
    yield f"{_plain(event.event_type)} at {where}{total} · {event.id}"
    yield from _when(event, voice)
    if event.series_id:
        counts = "counts" if event.counts_in_total else "is part of a total, not added"
        yield f"    {event.series_id}: {event.area_role} {counts}"
    for claim in event.claims:
        yield from _claim(event, claim, voice, weighing)
    if event.extraction_confidence is not None:
        yield f"    confidence {event.extraction_confidence:.2f}"
    for warning in event.warnings:
        yield f"    warning: {warning}"
    for evidence in event.evidence:
        yield f"    {_at(evidence.span)} {' '.join(evidence.text.split())}"
    for rule in event.merge_rules:
        yield f"    joined: {rule}"
    if len(event.evidence) > 1 and not event.merge_rules:
        yield f"    merged from {len(event.evidence)} sentences: same place, agreeing figures"


def _section(title: str) -> tuple[str, str]:
    return "", f"## {title}"


def _mention(resolution: Resolution, voice: Voice) -> Iterator[str]:
    mention, place = resolution.mention, resolution.place
    yield f"{_at(mention.span)} {mention.text}: {_use(mention)}"
    features = [r for r in mention.rules if not _CHANCE.fullmatch(r) and not r.endswith(_FOUND)]
    if features:
        yield f"    for: {voice.say('mentions', features)}"
    if place is None:
        yield f"    no place: {'; '.join(resolution.explanation)}"
    else:
        yield (
            f"    -> {place.name} ({say_value('code', place.feature_code)}, "
            f"{place.admin.country or 'no country'}) {place.id} · "
            f"{_chance(resolution.confidence)} · precision {resolution.geo_precision}"
        )
        yield f"       because: {voice.say_signed('candidates', resolution.explanation)}"
    for ranked in resolution.candidates[1:] if place else resolution.candidates:
        yield f"       lost: {_candidate(ranked)}"


def _use(mention: Mention) -> str:
    """Say what a mention was taken for, and how likely that is."""
    use = say_value("use", "literal" if mention.literal else mention.role or "literal")
    chances = [match[2] for rule in mention.rules if (match := _CHANCE.fullmatch(rule))]
    found = [rule.removesuffix(_FOUND) for rule in mention.rules if rule.endswith(_FOUND)]
    how = f" · {say_value('match', found[0])}" if found else ""
    return use + (f", {_chance(float(chances[0]))}" if chances else "") + how


def _candidate(ranked: RankedCandidate) -> str:
    place = ranked.candidate.place
    kind = say_value("code", place.feature_code)
    return f"{place.name} ({kind}) {place.id} · {_chance(ranked.score)}"


def _rejected(found: Extraction) -> Iterator[str]:
    from geo.annotators.quantities import find_rejected_numbers
    from geo.events.left_out import numbers_left_out
    from geo.languages import load_language

    pack = load_language(found.document.language or "")
    rejected = find_rejected_numbers(found.annotation.tokens, pack)
    told = [(number.span, number.text, number.reason) for number in rejected]
    left_out = numbers_left_out(found.annotation)
    told += [(quantity.span, quantity.text, why) for quantity, why in left_out]
    for span, text, why in sorted(told, key=lambda number: number[0].start):
        yield f"{_at(span)} {text}: {why}"


def _quiet_places(found: Extraction, voice: Voice) -> Iterator[str]:
    from geo.events.refusals import explain_refusals

    for refusal in explain_refusals(found.annotation, found.events):
        mention = refusal.place.resolution.mention
        yield f"{_at(mention.span)} {mention.text}: {refusal}"
        yield f"    chance that nothing happened there: {_chance(refusal.probability)}"
        yield from _reasons(refusal.features, refusal.against, voice, "places")


def _when(event: Event, voice: Voice) -> Iterator[str]:
    interval = event.interval
    if interval is None:
        yield "    date: no words of the text give one"
        return
    words = "" if interval.text is None else f" · {interval.text!r}"
    days = f"    date {interval.start or '?'}..{interval.end or '?'}{words}"
    match = _RULE.fullmatch(interval.rule or "")
    if match is None:
        yield f"{days} · {interval.rule}"
        return
    yield f"{days} · {_plain(match[2])}, {_chance(float(match[3]))}"
    yield from _said("for", voice.say_joined("dates", match[4]))


def _claim(event: Event, claim: Claim, voice: Voice, weighing: Weighing | None) -> Iterator[str]:
    quantity = claim.quantity
    value = "" if quantity is None else f" {quantity.text!r} = {_figure(quantity.best)}"
    match = _RULE.fullmatch(claim.rule)
    if match is None:
        yield f"    {claim.kind}{value} · {claim.rule}"
        return
    model = _MODELS[match[1]]
    yield f"    {claim.kind}{value} · {_plain(match[2])}, {_chance(float(match[3]))}"
    if match[1] == "casualties":
        yield "        apart from what else happened there, which by itself kills nobody"
    reasons = _weighed(event, claim, match[1], match[2], weighing)
    if reasons is None:
        yield from _said("for", voice.say_joined(model, match[4]))
    else:
        yield from _reasons(reasons.favour, reasons.against, voice, model)


def _weighed(
    event: Event, claim: Claim, asked: str, what: str, weighing: Weighing | None
) -> Reasons | None:
    """Return what spoke for and against a claim, where it can be weighed again."""
    if weighing is None:
        return None
    if asked in ("place", "casualties") and event.place is not None:
        return weighing.at_place(event.place.mention.span, what)
    if asked == "sentence":
        return weighing.of_sentence(claim.evidence, what)
    if asked == "number" and claim.quantity is not None:
        return weighing.of_number(claim.quantity.span, what)
    return None


def _reasons(
    favour: Sequence[tuple[str, float]],
    against: Sequence[tuple[str, float]],
    voice: Voice,
    model: str,
) -> Iterator[str]:
    yield from _said("for", voice.say_weighed(model, favour))
    yield from _said("against", voice.say_weighed(model, against))


def _said(name: str, said: str) -> Iterator[str]:
    if said:
        yield f"        {name}: {said}"


def _figure(number: float | None) -> str:
    return "no exact number" if number is None else f"{number:.15g}"


def _chance(share: float) -> str:
    return "under 1 %" if share < _LEAST else f"{share * 100:.0f} %"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _at(span: Span) -> str:
    return f"[{span.start}:{span.stop}]"
