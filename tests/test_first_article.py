"""The acceptance case: one Italian article, four claims, and nothing else on the map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geo.events.whereabouts import distance_km
from geo.models import Document, Event
from geo.pipeline import extract

ROOT = Path(__file__).parents[1]
ARTICLES = {
    "ours": ROOT / "outputs" / "example" / "article.it.txt",
    "original": ROOT.parent / "shared" / "data" / "first-article.it.txt",
}
STEPNE = (35.306, 47.797)
NOT_ON_THE_MAP = ("Pechino", "Mosca", "Kiev", "Vladimir", "Bielorussia", "Russia", "Cina")


@pytest.fixture(scope="module", params=list(ARTICLES))
def events(request) -> tuple[Event, ...]:
    path = ARTICLES[request.param]
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this checkout")
    document = Document(
        id="article",
        text=path.read_text(encoding="utf-8"),
        language="it",
        published=date(2023, 8, 15),
    )
    return extract(document, open_gazetteer()).events


def best(quantity):
    return None if quantity is None else quantity.best


def test_three_or_four_events(events):
    assert len(events) in (3, 4)


def test_kharkiv_is_the_oblast_with_one_killed_and_four_injured(events):
    (event,) = [e for e in events if best(e.injured) == 4]
    assert best(event.killed) == 1
    assert event.place.place.feature_code == "ADM1"
    assert event.place.geo_precision == 4


def test_stepne_is_the_village_near_zaporizhzhia(events):
    (event,) = [e for e in events if best(e.killed) == 2]
    assert distance_km(event.place.lon, event.place.lat, *STEPNE) < 1
    assert event.place.geo_precision == 1
    assert event.event_type == "missile_or_drone_strike"
    assert any("S-300" in weapon for weapon in event.weapons)


def test_the_heading_is_merged_into_the_body(events):
    headed = [e for e in events if any("due a Zapor" in told.text for told in e.evidence)]
    assert len(headed) == 2
    assert all("due a Zapor" not in event.evidence[0].text for event in headed)


def test_forty_square_kilometres_are_counted_once(events):
    areas = {best(e.area): e for e in events if e.area}
    assert set(areas) == {3, 40}
    assert sum(e.area.best for e in areas.values() if e.counts_in_total) == 40
    week = areas[3].interval
    assert (week.start, week.end) == (date(2023, 8, 7), date(2023, 8, 13))
    assert areas[40].cumulative and areas[40].area_direction == "liberated"
    assert areas[40].place.geo_precision == 5


def test_totals(events):
    assert sum(best(e.killed) or 0 for e in events) == 3
    assert sum(best(e.injured) or 0 for e in events) == 4


def test_those_who_speak_are_not_on_the_map(events):
    named = {event.place.mention.text for event in events if event.place}
    assert named.isdisjoint(NOT_ON_THE_MAP)
