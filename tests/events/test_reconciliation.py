"""Several documents: what is one event, which figure is best, which totals count."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from geo.events.reconciliation import ReconcileRules, reconcile_events
from geo.models import Event
from geo.totals import summarise
from tests.events_factory import make_event, make_interval, make_place, make_quantity
from tests.events_factory import make_resolution as resolve

START = date(2024, 5, 13)
IZIUM = make_place("gn:707688", "Izium", "PPL", (37.26, 49.21), "07")
NEARBY = make_place("gn:1", "Nearby", "PPL", (37.30, 49.21), "07")  # 2.9 km
FARTHER = make_place("gn:2", "Farther", "PPL", (37.36, 49.21), "07")  # 7.3 km
SECTOR = make_place("region:x", "Sector", "RGN", (38.0, 48.6), "05")


def report(
    number: int, day: int, *, told: int = 0, place: Any = IZIUM, killed: Any = None, **values: Any
) -> Event:
    """Make an event on day `day`, reported `told` days after it in a document of its own."""
    on = START + timedelta(days=day)
    count = make_quantity(killed, killed, killed) if killed is not None else None
    event = make_event(
        number, f"report {number}", resolve(place, place.name),
        **{"interval": make_interval(on, on, 1), "killed": count, **values},
    )  # fmt: skip
    source = dataclasses.replace(
        event.evidence[0], document_id=f"d{number}", published=on + timedelta(days=told)
    )
    return dataclasses.replace(event, evidence=(source,))


def bounds(event: Event) -> tuple[float | None, ...]:
    assert event.killed is not None
    return event.killed.low, event.killed.best, event.killed.high


SAME = [
    ("same place and day", report(2, 0), True),
    ("two days later", report(2, 2), True),
    ("three days later", report(2, 3), False),
    ("2.9 km away", report(2, 0, place=NEARBY), True),
    ("7.3 km away", report(2, 0, place=FARTHER), False),
    ("another kind of attack", report(2, 0, event_type="shelling_or_airstrike"), True),
    ("another kind", report(2, 0, event_type="protest"), False),
]


@pytest.mark.parametrize(("other", "is_one"), [c[1:] for c in SAME], ids=[c[0] for c in SAME])
def test_what_is_one_event(other, is_one):
    assert (len(reconcile_events([report(1, 0), other])) == 1) is is_one


@pytest.mark.parametrize(
    ("rules", "count"),
    [(ReconcileRules(), 2), (ReconcileRules(distance_km=8), 1), (ReconcileRules(days=4), 2)],
)
def test_the_rules_can_be_tuned(rules, count):
    assert len(reconcile_events([report(1, 0), report(2, 0, place=FARTHER)], rules)) == count


def test_documents_never_join_within_themselves():
    one, other = report(1, 0), report(2, 0)
    same = dataclasses.replace(other, evidence=one.evidence)
    assert len(reconcile_events([one, same])) == 2


TOLLS = [
    ("it rises", [(2, 0), (4, 1), (6, 3)], (2, 6, 6)),
    ("it is corrected", [(7, 0), (5, 2)], (5, 5, 7)),
    ("read in another order", [(6, 3), (2, 0), (4, 1)], (2, 6, 6)),
    ("one knows nothing", [(3, 0), (None, 1)], (3, 3, 3)),
    ("all agree", [(3, 0), (3, 1)], (3, 3, 3)),
]


@pytest.mark.parametrize(("told", "toll"), [c[1:] for c in TOLLS], ids=[c[0] for c in TOLLS])
def test_the_latest_toll_is_best_and_all_stay_in_its_range(told, toll):
    reports = [report(n, 0, told=day, killed=killed) for n, (killed, day) in enumerate(told)]
    (event,) = reconcile_events(reports)
    assert bounds(event) == toll
    assert {e.document_id for e in event.evidence} == {f"d{n}" for n in range(len(told))}
    assert summarise([event]).killed.best == toll[1]


def test_other_figures_and_doubts_come_along():
    first = report(1, 0, missing=make_quantity(3, 3, 3), claimed_by="the mayor")
    second = report(2, 0, told=1, detained=make_quantity(2, 2, 2), claim_status="denied")
    (event,) = reconcile_events([first, second])
    assert event.missing == first.missing
    assert event.detained == second.detained
    assert (event.claimed_by, event.claim_status) == ("the mayor", "disputed")


def test_the_rule_that_joined_is_kept():
    (event,) = reconcile_events([report(1, 0), report(2, 2, place=NEARBY)])
    assert event.merge_rules == (
        "d1, d2: missile or drone strike, 2.9 km apart, 2 days apart; the latest figure is best",
    )


def ground(
    number: int, km2: float, role: str, *, told: int = 0, later: int = 0, **values: Any
) -> Event:
    """Make an area: a total told on a day, or that of the week before it."""
    on = START + timedelta(days=told)
    cumulative = role == "total"
    week = make_interval(None if cumulative else on - timedelta(days=6), on, 3)
    return report(
        number, told, told=later, place=SECTOR,
        **{"event_type": "territorial_gain", "area": make_quantity(km2, km2, km2),
           "area_role": "cumulative" if cumulative else "increment", "cumulative": cumulative,
           "area_direction": "liberated", "interval": week, **values},
    )  # fmt: skip


GROUND = [
    ("a total and its week", [ground(1, 40, "total"), ground(2, 3, "week")], (40, None, 3)),
    ("two weeks, no total", [ground(1, 3, "week"), ground(2, 4, "week", told=7)], (None, 7, None)),
    ("a later total", [ground(1, 37, "total"), ground(2, 40, "total", told=7)], (40, None, None)),
    ("a later total is smaller", [ground(1, 40, "total"), ground(2, 38, "total", told=7)],
     (38, None, None)),
    ("two totals and a week", [
        ground(1, 37, "total"), ground(2, 3, "week", told=7), ground(3, 40, "total", told=7),
    ], (40, None, 3)),
    ("a week after the total", [ground(1, 40, "total"), ground(2, 3, "week", told=20)],
     (40, 3, None)),
    ("a week larger than the total", [ground(1, 4, "total"), ground(2, 9, "week")], (4, 9, None)),
    ("the flank of a sector", [ground(1, 40, "total", area_flank="south"), ground(2, 60, "total")],
     (60, None, None)),
    ("two flanks", [ground(1, 40, "total", area_flank="south"),
                    ground(2, 60, "total", area_flank="north")], (100, None, None)),
    ("one week told twice", [ground(1, 3, "week"), ground(2, 3, "week")], (None, 3, None)),
    ("one week told twice, otherwise", [ground(1, 3, "week"), ground(2, 4, "week", later=1)],
     (None, 4, None)),
    ("what one gained the other lost", [
        ground(1, 40, "total"), ground(2, 3, "week", area_direction="captured"),
    ], (40, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("events", "sums"), [c[1:] for c in GROUND], ids=[c[0] for c in GROUND])
def test_totals_of_ground_and_their_periods(events, sums):
    for order in (events, events[::-1]):
        kept = reconcile_events(order)
        area = summarise(kept).area("liberated")
        assert (area.total, area.periods, area.within) == sums


def test_linking_again_changes_nothing_and_a_lost_total_frees_its_periods():
    kept = reconcile_events([ground(1, 40, "total"), ground(2, 3, "week")])
    assert reconcile_events(kept) == kept
    (period,) = [event for event in kept if not event.cumulative]
    assert not period.counts_in_total
    (alone,) = reconcile_events([period])
    assert alone.counts_in_total
