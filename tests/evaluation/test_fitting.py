"""The rows that the events models are fitted on say of the gold what its events say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.events.view import view_sentences
from geo.models import Document
from geo.pipeline import annotate
from tests.fits import gold

TEXT = (
    "Shells killed two people in Izium and wounded three in Balakliia. "
    "In Izium the police arrested a man. Troops liberated 12 square kilometres near Balakliia."
)


def event(place: int, kind: str, evidence: str, **figures):
    start = TEXT.index(evidence)
    blank = dict.fromkeys(
        f"{role}{end}" for role in ("killed", "injured") for end in ("", "_low", "_high")
    )
    told = {f"{role}{end}": n for role, n in figures.items() for end in ("", "_low", "_high")}
    area = {"area_km2": None, "area_direction": None}
    return {
        **blank, **area, **told, "place": place, "places": [], "type": kind, "cumulative": False,
        "evidence": [start, start + len(evidence)], "date_start": None, "date_end": None,
    }  # fmt: skip


def toponym(name: str, behind: int, lat: float, lon: float):
    start = TEXT.index(name, behind)
    return {"start": start, "end": start + len(name), "surface": name, "name": name, "lat": lat,
            "lon": lon, "kind": "city", "country": "UA", "admin1": None, "geonameid": None,
            "literal": True, "role": None}  # fmt: skip


@pytest.fixture(scope="module")
def read():
    first, second, third = TEXT.split(". ")
    taken = event(3, "territorial_gain", third) | {"area_km2": 12.0, "area_direction": "liberated"}
    item = {
        "id": "rows", "lang": "en", "published": "2024-05-13", "text": TEXT,
        "toponyms": [
            toponym("Izium", 0, 49.21, 37.26), toponym("Balakliia", 0, 49.46, 36.86),
            toponym("Izium", 60, 49.21, 37.26), toponym("Balakliia", 80, 49.46, 36.86),
        ],
        "events": [
            event(0, "shelling_or_airstrike", first, killed=2),
            event(1, "shelling_or_airstrike", first, injured=3),
            event(2, "arrest_or_detention", second),
            taken,
        ],
    }  # fmt: skip
    document = Document(id="rows", text=TEXT, language="en", published=date(2024, 5, 13))
    annotation = annotate(document, open_gazetteer())
    annotation = replace(annotation, resolutions=gold.gold_resolutions(item))
    return item, view_sentences(annotation), annotation


def even(view, at, place, annotation):
    return 0.5


def right(choices):
    return [sum(label == "yes" for _, label in choice) for choice in choices]


def test_a_number_is_offered_places_of_which_one_is_its_own(read):
    choices = list(gold.link_choices(*read, even))
    assert right(choices) == [1, 1]
    assert all(len(choice) == 2 for choice in choices)


def test_an_area_is_offered_places_of_which_one_is_its_ground(read):
    choices = list(gold.ground_choices(*read, even))
    assert right(choices) == [1]


def test_an_arrest_is_told_in_the_sentence_that_is_its_evidence(read):
    item, view, _ = read
    told = [(label, len(events)) for _, label, events in gold.flights(item, view)]
    assert told == [("none", 0), ("arrest_or_detention", 1), ("none", 0)]
