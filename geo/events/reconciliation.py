"""Join events that several documents tell, and put a total and its periods into one series."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.events.whereabouts import Whereabouts
from geo.models import Event, Quantity, Resolution

_ATTACKS = frozenset(
    {"shelling_or_airstrike", "missile_or_drone_strike", "explosion_or_mine", "armed_clash",
     "civilian_violence", "infrastructure_damage"}
)  # fmt: skip
_EARTH_KM = 12742.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileRules:
    """Set how near two reports must be to tell of one event.

    Five kilometres and two days are the tolerances that ACLED and UCDP coders use when they
    look for duplicates; see ARCHITECTURE.md.
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
    return link_series(kept)


def link_series(events: Sequence[Event]) -> tuple[Event, ...]:
    """Group each cumulative area with the periods it contains, so that a total adds one of them.

    The cumulative figure counts; the periods at the same place and in the same direction are
    part of it and do not.
    """
    totals = [e for e in events if e.cumulative and e.area is not None]
    linked = []
    for event in events:
        total = next((t for t in totals if _is_period_of(event, t)), None)
        if total is not None:
            linked.append(replace(event, series_id=f"series-{total.id}", counts_in_total=False))
        elif event in totals:
            linked.append(replace(event, series_id=f"series-{event.id}"))
        else:
            linked.append(event)
    return tuple(linked)


def _is_period_of(event: Event, total: Event) -> bool:
    return (
        event.area is not None
        and not event.cumulative
        and event.area_direction == total.area_direction
        and _near(event.place, total.place, 5.0)
        and (event.area.best or 0) <= (total.area.best or math.inf if total.area else 0)
    )


def _is_same(one: Event, other: Event, rules: ReconcileRules) -> bool:
    if not _documents(one).isdisjoint(_documents(other)):
        return False
    if one.event_type != other.event_type and not {one.event_type, other.event_type} <= _ATTACKS:
        return False
    if (one.area is None) != (other.area is None) or one.cumulative != other.cumulative:
        return False
    if one.area and other.area and one.area.best != other.area.best:
        return False
    return _near(one.place, other.place, rules.distance_km) and _same_days(one, other, rules.days)


def _documents(event: Event) -> set[str]:
    return {evidence.document_id for evidence in event.evidence}


def _near(one: Resolution | None, other: Resolution | None, limit_km: float) -> bool:
    if one is None or other is None:
        return False
    if one.place is not None and other.place is not None and one.place.id == other.place.id:
        return True
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return False
    if max(one.geo_precision, other.geo_precision) > 2:
        return False
    return distance_km(one.lon, one.lat, other.lon, other.lat) <= limit_km


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the great-circle distance of two points in km (haversine, mean radius 6371 km).

    >>> round(distance_km(36.25, 49.98, 30.52, 50.45))
    411
    """
    lon, lat, other_lon, other_lat = map(math.radians, (lon, lat, other_lon, other_lat))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _same_days(one: Event, other: Event, days: int) -> bool:
    first, second = days_of(one), days_of(other)
    if first is None or second is None:
        return False
    slack = timedelta(days=days)
    return first[0] - slack <= second[1] and second[0] - slack <= first[1]


def days_of(event: Event) -> tuple[date, date] | None:
    """Return the days of an event; one without a date is put at its report's publication."""
    interval = event.interval
    if interval is not None and (interval.start or interval.end):
        start, end = interval.start or interval.end, interval.end or interval.start
        assert start is not None and end is not None  # noqa: S101 - one of both is known
        return start, end
    published = event.evidence[0].published if event.evidence else None
    return (published, published) if published else None


def _join(one: Event, other: Event) -> Event:
    newer = _published(other) >= _published(one)
    first, last = (one, other) if newer else (other, one)
    digest = hashlib.sha256(f"{one.id}|{other.id}".encode()).hexdigest()[:16]
    dated = last if last.interval and last.interval.start else first
    return replace(
        last,
        id=digest,
        interval=dated.interval,
        killed=_toll(first.killed, last.killed),
        injured=_toll(first.injured, last.injured),
        claims=(*first.claims, *last.claims),
        evidence=(*last.evidence, *first.evidence),
        actors=tuple(dict.fromkeys((*last.actors, *first.actors))),
        weapons=tuple(dict.fromkeys((*last.weapons, *first.weapons))),
        merged=(*one.merged, one.id, other.id),
    )


def _published(event: Event) -> date:
    return max((e.published for e in event.evidence if e.published), default=date.min)


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
