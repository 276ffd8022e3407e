"""Reconciling over parts, by blocks of place and time, equals reconciling all at once."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.models import Place
from geo.batch import run_batch
from geo.batch.blocks import Key, assign_blocks
from geo.batch.errors import BatchError
from geo.batch.reconcile import reconcile_batch
from geo.batch.table import events_of
from geo.events import reconciliation
from geo.events.reconciliation import ReconcileRules, reconcile_events
from geo.events.series import link_series
from geo.events.whereabouts import days_of
from geo.models import Event
from geo.records import to_record
from tests.batch.conftest import SETTINGS, contents, write_jsonl
from tests.events_factory import (
    make_event,
    make_interval,
    make_place,
    make_quantity,
    make_resolution,
)

PLACES = ("Kherson", "Kharkiv", "Kramatorsk", "Sumy", "Nikopol", "Chuhuiv")
START = date(2024, 5, 1)


def reports() -> list[dict[str, Any]]:
    """Three outlets tell each of the same strikes, on the day or the day after, tolls rising."""
    told = []
    for number, place in enumerate(PLACES * 3):
        day = START + timedelta(days=number // 2)
        for outlet in range(3):
            text = (
                f"{number % 4 + 1 + outlet} people were killed in a missile strike on {place} on "
                f"{day:%-d %B %Y}."
            )
            published = (day + timedelta(days=outlet % 2)).isoformat()
            told.append({"id": f"n{number}-{outlet}", "text": text, "published": published})
    return sorted(told, key=lambda record: record["id"][::-1])


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    source = write_jsonl(folder / "reports.jsonl", reports())
    run_batch([str(source)], str(folder / "out"), SETTINGS, workers=1)
    return folder / "out"


def events_in(folder: Path) -> list[Event]:
    return [e for path in sorted(folder.glob("*.parquet")) for e in events_of(pq.read_table(path))]


def plain(events: Any) -> list[str]:
    return sorted(json.dumps(to_record(event), sort_keys=True) for event in events)


def test_parts_reconcile_to_what_all_events_do(
    result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.batch.reconcile._EVENTS_IN_GROUP", 7)
    monkeypatch.setattr("geo.batch.reconcile._HELD_BYTES", 20_000)
    expected = reconcile_events(events_in(result / "events"))
    made = reconcile_batch(str(result))
    assert plain(events_in(result / "reconciled")) == plain(expected)
    assert made.before == len(events_in(result / "events"))
    assert made.after == len(expected) < made.before / 2
    assert made.parts > 3
    assert not (result / "sorting").exists()
    before = contents(result)
    reconcile_batch(str(result))
    assert contents(result) == before


def test_an_incomplete_result_is_not_reconciled(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no complete result"):
        reconcile_batch(str(tmp_path))


# Ten kilometres of villages, some within five kilometres of each other, some not.
SPOTS: tuple[Place, ...] = tuple(
    make_place(f"gn:{n}", f"P{n}", "PPL", (36.0 + 0.03 * n, 50.0), "07") for n in range(8)
)


@st.composite
def told_events(draw: st.DrawFn) -> Event:
    number = draw(st.integers(0, 10**6))
    spot = draw(st.sampled_from(SPOTS))
    precision = draw(st.sampled_from([1, 2, 4]))
    start = START + timedelta(days=draw(st.integers(0, 25)))
    length = draw(st.sampled_from([0, 0, 0, 1, 6, 45]))
    interval = make_interval(start, start + timedelta(days=length), 1)
    place = draw(st.sampled_from([make_resolution(spot, "x", precision), None]))
    event = make_event(
        number, f"told {number}", place,
        interval=draw(st.sampled_from([interval, interval, None])),
        killed=make_quantity(number % 3, number % 3, number % 3),
    )  # fmt: skip
    published = start + timedelta(days=draw(st.integers(0, 3)))
    evidence = dataclasses.replace(
        event.evidence[0], document_id=f"d{number % 50}",
        published=draw(st.sampled_from([published, published, None])),
    )  # fmt: skip
    area: dict[str, Any] = {}
    if draw(st.integers(0, 5)) == 0:
        square = float(number % 2 + 1)
        area = {"area": make_quantity(square, square, square), "area_direction": "liberated",
                "cumulative": number % 4 == 0, "area_role": "increment"}  # fmt: skip
    return dataclasses.replace(event, evidence=(evidence,), **area)


def in_order(events: list[Event]) -> tuple[Event, ...]:
    """Reconcile as if each event were compared with every one kept before it."""
    rules = ReconcileRules()
    kept: list[Event] = []
    for event in events:
        same = (i for i, k in enumerate(kept) if reconciliation._is_same(k, event, rules))
        index = next(same, len(kept))
        if index == len(kept):
            kept.append(event)
        else:
            kept[index] = reconciliation._join(kept[index], event)
    return link_series(kept)


def key_of(event: Event) -> Key:
    place = event.place
    days = [*(days_of(event) or ()), *(e.published for e in event.evidence if e.published)]
    return Key(
        place_id=place.place.id if place and place.place else None,
        lon=place.lon if place else None, lat=place.lat if place else None,
        geo_precision=place.geo_precision if place else 9, is_area=event.area is not None,
        first=min(days, default=None), last=max(days, default=None),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(told_events(), max_size=40, unique_by=lambda event: event.id))
def test_blocks_and_neighbours_change_nothing(events: list[Event]) -> None:
    expected = in_order(events)
    assert reconcile_events(events) == expected
    blocks = assign_blocks([key_of(event) for event in events], ReconcileRules())
    apart = [
        kept
        for block in sorted(set(blocks))
        for kept in reconcile_events([e for e, b in zip(events, blocks, strict=True) if b == block])
    ]
    assert plain(apart) == plain(expected)


def test_blocks_are_apart_in_place_and_time() -> None:
    def key(lon: float, day: int, *, precision: int = 1, name: str | None = None) -> Key:
        on = START + timedelta(days=day)
        return Key(name or f"gn:{lon}", lon, 50.0, precision, False, on, on)

    keys = [key(36.0, 0), key(36.05, 1), key(37.0, 0), key(36.0, 30), key(36.0, 2),
            key(36.02, 0, precision=4), key(179.999, 0), key(-179.999, 0)]  # fmt: skip
    assert assign_blocks(keys, ReconcileRules()) == [0, 0, 1, 2, 0, 3, 4, 4]
