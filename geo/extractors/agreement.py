"""Compare what an extractor told with what our rules read: agreement counts, difference is said.

Two readers who err independently and still agree are seldom both wrong. With ``m`` and ``r`` the
chances that the model and the rules are right, and ``k`` that two wrong readings are the same,
Bayes' rule gives the confidence of what both say, and of what one says against the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.events.whereabouts import distance_km
from geo.models import Event, Quantity

MODEL_RIGHT = 0.8  # assumed: measure your model with conflict-map evaluate
RULES_RIGHT = 0.65  # precision of the rules' casualty tuples on tests/data/dev.jsonl.gz
_SAME_MISTAKE = 0.1
_SAME_KM = 25.0
_FIGURES = ("killed", "injured", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Hold the told events with their confidence, and those that only the rules read."""

    events: tuple[Event, ...]
    passed_over: tuple[Event, ...]


def compare(told: Sequence[Event], ruled: Sequence[Event]) -> Compared:
    """Return the told events, each compared with the one of the rules that it answers to."""
    left = list(ruled)
    events = []
    for event in told:
        twin = max(
            (other for other in left if _same_occurrence(event, other)),
            key=lambda other: (not differences(event, other), -abs(_start(event) - _start(other))),
            default=None,
        )
        if twin is not None:
            left.remove(twin)
        events.append(_weighed(event, twin))
    return Compared(events=tuple(events), passed_over=tuple(left))


def _weighed(event: Event, twin: Event | None) -> Event:
    if twin is None:
        return replace(
            event,
            extraction_confidence=MODEL_RIGHT,
            warnings=(*event.warnings, "the rules read no such event: review"),
        )
    wrong = differences(event, twin)
    if not wrong:
        return replace(event, extraction_confidence=confidence_of(agreed=True))
    return replace(
        event,
        extraction_confidence=confidence_of(agreed=False),
        warnings=(*event.warnings, f"the rules read otherwise: {'; '.join(wrong)}: review"),
    )


def confidence_of(*, agreed: bool) -> float:
    """Return the chance that the told event is right, given that the rules agree or differ.

    >>> confidence_of(agreed=True), confidence_of(agreed=False)
    (0.987, 0.592)
    """
    right, rules = MODEL_RIGHT, RULES_RIGHT
    if agreed:
        told = right * rules
        mistaken = (1 - right) * (1 - rules) * _SAME_MISTAKE
    else:
        told = right * (1 - rules)
        mistaken = (1 - right) * (rules + (1 - rules) * (1 - _SAME_MISTAKE))
    return round(told / (told + mistaken), 3)


def differences(event: Event, other: Event) -> list[str]:
    """Return in words what two readings of an event differ in: figures, type, days."""
    found = []
    for name in _FIGURES:
        one, two = _value(getattr(event, name)), _value(getattr(other, name))
        if one != two:
            found.append(f"{name} {_shown(two)}, not {_shown(one)}")
    if event.event_type != other.event_type:
        found.append(f"{other.event_type}, not {event.event_type}")
    return found


def _value(quantity: Quantity | None) -> float | None:
    if quantity is None:
        return None
    return quantity.best if quantity.best is not None else quantity.low


def _shown(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.15g}"


def _same_occurrence(one: Event, other: Event) -> bool:
    if not any(a.span.overlaps(b.span) for a in one.evidence for b in other.evidence):
        return False
    first, second = one.place, other.place
    if first is None or second is None:
        return first is second
    if first.mention.span.overlaps(second.mention.span):
        return True
    if first.lon is None or first.lat is None or second.lon is None or second.lat is None:
        return False
    return distance_km(first.lon, first.lat, second.lon, second.lat) <= _SAME_KM


def _start(event: Event) -> int:
    return event.evidence[0].span.start
