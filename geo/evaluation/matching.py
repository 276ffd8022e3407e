"""Match gold and predictions one to one, best pairs first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from geo.evaluation.records import GoldEvent, GoldToponym, Point
from geo.events.whereabouts import distance_km
from geo.models import Span

Score = tuple[float, ...]
Pairs = tuple[tuple[int, int], ...]
POINT_KM = 25.0
TOLERANCE_KM = {
    "city": 25.0, "village": 25.0, "facility": 25.0, "other": 25.0, "admin2": 60.0,
    "admin1": 161.0, "region": 161.0, "water": 161.0, "country": 600.0,
}  # fmt: skip
_FAR = 1e5


def tolerance_km(kind: str | None) -> float:
    """Return how far from the gold point a place of a kind may lie: centroids are arbitrary.

    >>> tolerance_km("admin2"), tolerance_km(None)
    (60.0, 25.0)
    """
    return TOLERANCE_KM.get(kind or "other", POINT_KM)


def shared_length(one: Span, other: Span) -> int:
    """Return the number of characters that both spans hold."""
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def gap_km(gold: Point | None, predicted: Point | None) -> float:
    """Return the distance of two points; 0 if both are none, infinite if one is."""
    if gold is None:
        return 0.0 if predicted is None else math.inf
    if predicted is None:
        return math.inf
    return distance_km(*gold, *predicted)


def is_near(gold: GoldEvent, predicted: GoldEvent, *, strict: bool = False) -> bool:
    """Tell whether the places agree, within 25 km (`strict`) or the tolerance of the kind."""
    limit = POINT_KM if strict else tolerance_km(gold.kind)
    return gap_km(gold.point, predicted.point) <= limit


def match_toponyms(gold: Sequence[GoldToponym], predicted: Sequence[GoldToponym]) -> Pairs:
    """Pair mentions by the share of their common span that both hold."""
    scored: list[tuple[Score, int, int]] = []
    for i, one in enumerate(gold):
        for j, other in enumerate(predicted):
            shared = shared_length(one.span, other.span)
            if shared:
                scored.append(((shared / _union(one.span, other.span),), i, j))
    return _one_to_one(scored)


def match_events(
    gold: Sequence[GoldEvent], predicted: Sequence[GoldEvent], *, strict: bool = False
) -> Pairs:
    """Pair events whose evidence overlaps and whose places agree; ties by what else agrees."""
    scored: list[tuple[Score, int, int]] = []
    for i, one in enumerate(gold):
        for j, other in enumerate(predicted):
            if one.evidence is None or other.evidence is None:
                continue
            shared = shared_length(one.evidence, other.evidence)
            if shared and is_near(one, other, strict=strict):
                rank = (
                    float(sum(agreements(one, other).values())),
                    shared / _union(one.evidence, other.evidence),
                    -min(gap_km(one.point, other.point), _FAR),
                )
                scored.append((rank, i, j))
    return _one_to_one(scored)


def match_values(
    gold: Sequence[GoldEvent],
    predicted: Sequence[GoldEvent],
    same: Callable[[GoldEvent, GoldEvent], bool],
    *,
    strict: bool = False,
) -> Pairs:
    """Pair events by place and values alone, whatever evidence they quote."""
    return _one_to_one(
        [
            ((-min(gap_km(one.point, other.point), _FAR),), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(predicted)
            if is_near(one, other, strict=strict) and same(one, other)
        ]
    )


def agreements(gold: GoldEvent, predicted: GoldEvent) -> dict[str, bool]:
    """Tell for each field of an event whether the prediction has the gold's value."""
    return {
        "killed": gold.killed == predicted.killed,
        "injured": gold.injured == predicted.injured,
        "area_km2": same_area(gold, predicted),
        "type": gold.event_type == predicted.event_type,
        "cumulative": gold.cumulative == predicted.cumulative,
        "date": gold.days == predicted.days,
    }


def same_casualties(gold: GoldEvent, predicted: GoldEvent) -> bool:
    """Tell whether killed and injured agree exactly."""
    return gold.killed == predicted.killed and gold.injured == predicted.injured


def same_area(gold: GoldEvent, predicted: GoldEvent) -> bool:
    """Tell whether the areas agree within 2 per cent, and 0.05 km² at least."""
    one, other = gold.area_km2, predicted.area_km2
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(0.05, 0.02 * one)


def same_area_fact(gold: GoldEvent, predicted: GoldEvent) -> bool:
    """Tell whether area, direction and cumulative flag agree."""
    return (
        same_area(gold, predicted)
        and gold.area_direction == predicted.area_direction
        and gold.cumulative == predicted.cumulative
    )


def ends_within_a_day(gold: GoldEvent, predicted: GoldEvent) -> bool:
    """Tell whether the last days lie one day apart at most."""
    one, other = _date(gold.days[1]), _date(predicted.days[1])
    return one is not None and other is not None and abs((one - other).days) <= 1


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _union(one: Span, other: Span) -> int:
    return max(one.stop, other.stop) - min(one.start, other.start)


def _one_to_one(scored: list[tuple[Score, int, int]]) -> Pairs:
    scored.sort(key=lambda pair: pair[0], reverse=True)
    taken, used, pairs = set(), set(), []
    for _, i, j in scored:
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            pairs.append((i, j))
    return tuple(pairs)
