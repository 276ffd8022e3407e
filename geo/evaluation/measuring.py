"""Measure one item: its figures, and what was missed, invented or read differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.evaluation.figures import Figure, Match, Ratio
from geo.evaluation.matching import (
    POINT_KM,
    Pairs,
    agreements,
    ends_within_a_day,
    gap_km,
    match_events,
    match_toponyms,
    match_values,
    same_area,
    same_area_fact,
    same_casualties,
    shared_length,
    tolerance_km,
)
from geo.evaluation.records import GoldEvent, GoldToponym, Item
from geo.models import Span

Figures = dict[str, Figure]
_RADII_KM = (5, 25, 161)


class Finding(NamedTuple):
    """Say what is wrong in an item, and where.

    ``what`` is ``event``, ``toponym``, ``casualties`` or ``area``; ``how`` is ``missed``,
    ``invented`` or ``differs``.
    """

    item: str
    what: str
    how: str
    detail: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Hold the figures of an item, by name, and its findings."""

    figures: Figures
    findings: tuple[Finding, ...]


def measure_item(gold: Item, predicted: Item | None) -> Measured:
    """Measure a prediction against its gold item; ``None`` counts as an empty prediction."""
    predicted = predicted or Item(id=gold.id)
    named = match_toponyms(gold.toponyms, predicted.toponyms)
    told = match_events(gold.events, predicted.events)
    figures: Figures = {
        **_recognition(gold.toponyms, predicted.toponyms, named),
        **_resolution(gold.toponyms, predicted.toponyms, named),
        **_events(gold.events, predicted.events, told),
        **_attributes([(gold.events[i], predicted.events[j]) for i, j in told]),
        **_end_to_end(gold.events, predicted.events),
    }
    findings = (
        *_wrong_toponyms(gold, predicted, named),
        *_wrong_events(gold, predicted, told),
        *_wrong_values(gold, predicted),
    )
    return Measured(figures=figures, findings=findings)


def _recognition(
    gold: Sequence[GoldToponym], predicted: Sequence[GoldToponym], pairs: Pairs
) -> Figures:
    figurative = _figurative(gold, predicted, pairs)
    flags = [
        (gold[i].literal, predicted[j].literal)
        for i, j in pairs
        if predicted[j].literal is not None
    ]
    figures: Figures = {
        "toponyms, literal": Match(
            found=sum(bool(gold[i].literal) and j not in figurative for i, j in pairs),
            predicted=sum(j not in figurative for j in range(len(predicted))),
            gold=sum(bool(toponym.literal) for toponym in gold),
        ),
        "toponyms, all": Match(found=len(pairs), predicted=len(predicted), gold=len(gold)),
    }
    if flags:
        figures["literal flag"] = Ratio(right=sum(a == b for a, b in flags), of=len(flags))
    return figures


def _figurative(
    gold: Sequence[GoldToponym], predicted: Sequence[GoldToponym], pairs: Pairs
) -> set[int]:
    """Return the predictions that say they are, or lie on, a name that is no location."""
    found = {j for i, j in pairs if not gold[i].literal}
    for j, one in enumerate(predicted):
        touched = [toponym for toponym in gold if shared_length(toponym.span, one.span)]
        if one.literal is False or (touched and not any(t.literal for t in touched)):
            found.add(j)
    return found


def _resolution(
    gold: Sequence[GoldToponym], predicted: Sequence[GoldToponym], pairs: Pairs
) -> Figures:
    cases = [
        (gold[i], gap_km(gold[i].point, predicted[j].point)) for i, j in pairs if gold[i].literal
    ]
    points = [(t, km) for t, km in cases if tolerance_km(t.kind) == POINT_KM]
    areas = [(t, km) for t, km in cases if tolerance_km(t.kind) != POINT_KM]
    figures: Figures = {}
    for name, chosen in (
        ("all literal", cases),
        ("settlements/sites", points),
        ("regions/countries/waters", areas),
    ):
        for radius in _RADII_KM:
            right = sum(km <= radius for _, km in chosen)
            figures[f"resolution {name} @{radius} km"] = Ratio(right=right, of=len(chosen))
        right = sum(km <= tolerance_km(toponym.kind) for toponym, km in chosen)
        figures[f"resolution {name} @kind tolerance"] = Ratio(right=right, of=len(chosen))
    unlisted = [km for toponym, km in points if toponym.geonameid is None]
    figures["resolution places not in GeoNames cities500 @25 km"] = Ratio(
        right=sum(km <= POINT_KM for km in unlisted), of=len(unlisted)
    )
    return figures


def _events(gold: Sequence[GoldEvent], predicted: Sequence[GoldEvent], pairs: Pairs) -> Figures:
    strict = match_events(gold, predicted, strict=True)
    quiet = not gold
    return {
        "events (kind tolerance)": Match(
            found=len(pairs), predicted=len(predicted), gold=len(gold)
        ),
        "events (strict 25 km)": Match(found=len(strict), predicted=len(predicted), gold=len(gold)),
        "items without event left empty": Ratio(right=quiet and not predicted, of=quiet),
    }


def _attributes(pairs: Sequence[tuple[GoldEvent, GoldEvent]]) -> Figures:
    areas = [pair for pair in pairs if pair[0].area_km2 is not None]
    dated = [pair for pair in pairs if any(pair[0].days)]

    def share(
        chosen: Sequence[tuple[GoldEvent, GoldEvent]],
        right: Callable[[GoldEvent, GoldEvent], bool],
    ) -> Ratio:
        return Ratio(right=sum(right(one, other) for one, other in chosen), of=len(chosen))

    figures: Figures = {}
    for role in ("killed", "injured"):
        stated = [pair for pair in pairs if getattr(pair[0], role) is not None]
        for name, chosen in (("", pairs), (" and stated", stated)):
            right = sum(agreements(one, other)[role] for one, other in chosen)
            figures[f"{role} exact, matched{name}"] = Ratio(right=right, of=len(chosen))
    figures["area value, matched"] = share(areas, same_area)
    figures["area direction, matched"] = share(
        areas, lambda one, other: one.area_direction == other.area_direction
    )
    figures["area cumulative flag, matched"] = share(
        areas, lambda one, other: one.cumulative == other.cumulative
    )
    figures["area value+direction+cumulative, matched"] = share(areas, same_area_fact)
    figures["type, matched"] = share(pairs, lambda a, b: agreements(a, b)["type"])
    figures["date exact, matched and dated"] = share(dated, lambda a, b: agreements(a, b)["date"])
    figures["date end within 1 day, matched and dated"] = share(dated, ends_within_a_day)
    return figures


def _end_to_end(gold: Sequence[GoldEvent], predicted: Sequence[GoldEvent]) -> Figures:
    lost, other = _with_casualties(gold), _with_casualties(predicted)
    moved, taken = _with_area(gold), _with_area(predicted)

    def figure(pairs: Pairs, one: Sequence[GoldEvent], other: Sequence[GoldEvent]) -> Match:
        return Match(found=len(pairs), predicted=len(other), gold=len(one))

    return {
        "END TO END (place, killed, injured)": figure(
            match_values(lost, other, same_casualties), lost, other
        ),
        "END TO END same, strict 25 km": figure(
            match_values(lost, other, same_casualties, strict=True), lost, other
        ),
        "END TO END (place, area, direction, cumulative)": figure(
            match_values(moved, taken, same_area_fact), moved, taken
        ),
    }


def _with_casualties(events: Sequence[GoldEvent]) -> list[GoldEvent]:
    return [e for e in events if e.killed is not None or e.injured is not None]


def _with_area(events: Sequence[GoldEvent]) -> list[GoldEvent]:
    return [e for e in events if e.area_km2 is not None]


def _wrong_toponyms(gold: Item, predicted: Item, pairs: Pairs) -> Iterator[Finding]:
    figurative = _figurative(gold.toponyms, predicted.toponyms, pairs)
    found = {i: j for i, j in pairs if j not in figurative}
    for i, toponym in enumerate(gold.toponyms):
        if not toponym.literal:
            continue
        name = toponym.span.of(gold.text)
        quote = _around(gold.text, toponym.span)
        if i not in found:
            yield Finding(gold.id, "toponym", "missed", f"{name} ({toponym.kind})", quote)
            continue
        distance = gap_km(toponym.point, predicted.toponyms[found[i]].point)
        if distance > tolerance_km(toponym.kind):
            detail = f"{name} ({toponym.kind}): {distance:.0f} km off"
            yield Finding(gold.id, "toponym", "differs", detail, quote)
    matched = {j for _, j in pairs}
    for j, toponym in enumerate(predicted.toponyms):
        if j not in matched and j not in figurative:
            name = toponym.span.of(gold.text)
            yield Finding(gold.id, "toponym", "invented", name, _around(gold.text, toponym.span))


def _wrong_events(gold: Item, predicted: Item, pairs: Pairs) -> Iterator[Finding]:
    found = dict(pairs)
    for i, event in enumerate(gold.events):
        quote = _quoted(gold.text, event)
        if i not in found:
            yield Finding(gold.id, "event", "missed", describe(event), quote)
            continue
        other = predicted.events[found[i]]
        wrong = [name for name, agrees in agreements(event, other).items() if not agrees]
        if "date" in wrong and not any(event.days):  # not scored where the text gives none
            wrong.remove("date")
        if wrong:
            detail = f"{', '.join(wrong)}: {describe(event)}; read as {describe(other)}"
            yield Finding(gold.id, "event", "differs", detail, quote)
    used = set(found.values())
    for j, event in enumerate(predicted.events):
        if j not in used:
            quote = _quoted(gold.text, event)
            yield Finding(gold.id, "event", "invented", describe(event), quote)


def _wrong_values(gold: Item, predicted: Item) -> Iterator[Finding]:
    for what, chosen, same in (
        ("casualties", _with_casualties, same_casualties),
        ("area", _with_area, same_area_fact),
    ):
        one, other = chosen(gold.events), chosen(predicted.events)
        pairs = match_values(one, other, same)
        for how, events, used in (
            ("missed", one, {i for i, _ in pairs}),
            ("invented", other, {j for _, j in pairs}),
        ):
            for index, event in enumerate(events):
                if index not in used:
                    yield Finding(gold.id, what, how, describe(event), _quoted(gold.text, event))


def describe(event: GoldEvent) -> str:
    """Return an event in one line: type, place, and the fields that have a value."""
    fields = {
        "killed": event.killed, "injured": event.injured, "km²": event.area_km2,
        "direction": event.area_direction, "cumulative": event.cumulative or None,
        "days": "…".join(day or "" for day in event.days) if any(event.days) else None,
    }  # fmt: skip
    values = [
        f"{name} {value:.15g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in fields.items()
        if value is not None
    ]
    where = event.place_name or (
        "no place" if event.point is None else "lon {}, lat {}".format(*event.point)
    )
    return ", ".join([f"{event.event_type} at {where}", *values])


def _quoted(text: str, event: GoldEvent) -> str:
    return " ".join(event.evidence.of(text).split()) if event.evidence else ""


def _around(text: str, span: Span, reach: int = 40) -> str:
    cut = text[max(0, span.start - reach) : span.stop + reach]
    return " ".join(cut.split())
