"""Join events that several documents tell: one event with low, best and high, and all sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.events.series import link_series
from geo.events.whereabouts import Whereabouts, days_of, distance_km, is_near, published_on
from geo.models import Event, Quantity, Resolution

_ATTACKS = frozenset(
    {"shelling_or_airstrike", "missile_or_drone_strike", "explosion_or_mine", "armed_clash",
     "civilian_violence", "infrastructure_damage"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileRules:
    """Set how near two reports must be to tell of one event, and in what they must agree.

    They come from different documents, are of one type (attacks of any kind are one), lie within
    ``distance_km`` of each other (or are the same unit or sector) and within ``days``. Areas are
    one where their km² or their very days are the same.

    Five kilometres and two days are the tolerances that ACLED and UCDP coders use when they
    look for duplicates; see the README here.
    """

    distance_km: float = 5.0
    days: int = 2


def reconcile_events(
    events: Iterable[Event], rules: ReconcileRules | None = None
) -> tuple[Event, ...]:
    """Return events with each occurrence once, numbers as low, best and high over its sources.

    Only events of different documents are joined here; within a document that is done when they
    are assembled. The latest report's figure is the best one. The order of the input is kept.
    """
    rules = rules or ReconcileRules()
    kept: list[Event] = []
    known = Whereabouts(rules.distance_km, rules.days)
    for event in events:
        near = known.near(event.place, days_of(event))
        index = next((i for i in near if _is_same(kept[i], event, rules)), len(kept))
        if index == len(kept):
            kept.append(event)
        else:
            kept[index] = _join(kept[index], event)
        known.add(index, kept[index].place, days_of(kept[index]))
    return link_series(kept, rules.distance_km)


def _is_same(one: Event, other: Event, rules: ReconcileRules) -> bool:
    if not _documents(one).isdisjoint(_documents(other)):
        return False
    if one.event_type != other.event_type and not {one.event_type, other.event_type} <= _ATTACKS:
        return False
    if not _same_area(one, other):
        return False
    return is_near(one.place, other.place, rules.distance_km) and _same_days(one, other, rules.days)


def _same_area(one: Event, other: Event) -> bool:
    """Tell whether two events tell no areas, the same, or two figures for the very same days."""
    if one.area is None or other.area is None:
        return one.area is other.area
    if one.cumulative != other.cumulative or one.area_direction != other.area_direction:
        return False
    return one.area.best == other.area.best or (
        not one.cumulative and _dated(one) is not None and _dated(one) == _dated(other)
    )


def _dated(event: Event) -> tuple[date | None, date | None] | None:
    interval = event.interval
    return (interval.start, interval.end) if interval is not None and interval.start else None


def _documents(event: Event) -> set[str]:
    return {evidence.document_id for evidence in event.evidence}


def _same_days(one: Event, other: Event, days: int) -> bool:
    first, second = days_of(one), days_of(other)
    if first is None or second is None:
        return False
    slack = timedelta(days=days)
    return first[0] - slack <= second[1] and second[0] - slack <= first[1]


def _join(one: Event, other: Event) -> Event:
    newer = published_on(other) >= published_on(one)
    first, last = (one, other) if newer else (other, one)
    digest = hashlib.sha256(f"{one.id}|{other.id}".encode()).hexdigest()[:16]
    dated = last if last.interval and last.interval.start else first
    return replace(
        last,
        id=digest,
        interval=dated.interval,
        killed=_toll(first.killed, last.killed),
        injured=_toll(first.injured, last.injured),
        missing=_toll(first.missing, last.missing),
        detained=_toll(first.detained, last.detained),
        displaced=_toll(first.displaced, last.displaced),
        area=_toll(first.area, last.area),
        claims=(*first.claims, *last.claims),
        evidence=(*last.evidence, *first.evidence),
        actors=tuple(dict.fromkeys((*last.actors, *first.actors))),
        weapons=tuple(dict.fromkeys((*last.weapons, *first.weapons))),
        claimed_by=last.claimed_by or first.claimed_by,
        claim_status=_status(first.claim_status, last.claim_status),
        merged=(*one.merged, one.id, other.id),
        merge_rules=(*one.merge_rules, *other.merge_rules, _why(one, other)),
    )


def _status(first: str, last: str) -> str:
    """Return how sure two reports are together: what one tells and another denies is disputed."""
    told = {first, last}
    if "disputed" in told or ("denied" in told and len(told) > 1):
        return "disputed"
    return "confirmed" if "confirmed" in told else last


def _why(one: Event, other: Event) -> str:
    """Say why two events were joined: kind, distance, days, and what became of the figures."""
    kinds = dict.fromkeys(e.event_type.replace("_", " ") for e in (one, other))
    named = ", ".join(dict.fromkeys(e.document_id for e in (*one.evidence, *other.evidence)))
    return (
        f"{named}: {' and '.join(kinds)}, {_apart(one.place, other.place)}, "
        f"{_days_apart(one, other)} days apart; the latest figure is best"
    )


def _apart(one: Resolution | None, other: Resolution | None) -> str:
    if (
        one is None
        or other is None
        or (one.place and other.place and one.place.id == other.place.id)
    ):
        return "same place"
    assert one.lon is not None and one.lat is not None  # noqa: S101 - is_near compared points
    assert other.lon is not None and other.lat is not None  # noqa: S101
    return f"{distance_km(one.lon, one.lat, other.lon, other.lat):.1f} km apart"


def _days_apart(one: Event, other: Event) -> int:
    first, second = days_of(one), days_of(other)
    assert first is not None and second is not None  # noqa: S101 - _same_days compared them
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)


def _toll(earlier: Quantity | None, later: Quantity | None) -> Quantity | None:
    """Keep the later figure as best, and the range that the sources span."""
    if earlier is None or later is None:
        return later or earlier
    if earlier.best == later.best:
        return later
    values = [v for q in (earlier, later) for v in (q.low, q.best, q.high) if v is not None]
    if not values or later.best is None:
        return later
    return replace(later, low=min(values), high=max(values), qualifier="range")
