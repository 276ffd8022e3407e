"""A model that makes no mistake loses nothing behind the contract but what no gazetteer knows."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from gazetteer import open_gazetteer
from geo.evaluation import add_figures, measure_item
from geo.evaluation.records import to_item
from geo.exporters.scoring import to_scored
from geo.extractors.chat import claims_schema
from geo.extractors.recording import RecordedExtractor
from geo.pipeline import extract
from tests.extractors.perfect import answer_of, record_of
from tests.fits.gold import document_of, read_items

DEV = Path(__file__).parents[1] / "data" / "dev.jsonl.gz"
CASUALTIES = "END TO END (place, killed, injured)"
AREAS = "END TO END (place, area, direction, cumulative)"


@pytest.fixture(scope="module")
def items():
    return read_items(DEV)


@pytest.fixture(scope="module")
def recording(items, tmp_path_factory):
    path = tmp_path_factory.mktemp("recording") / "answers.jsonl"
    path.write_text("\n".join(json.dumps(record_of(i)) for i in items), encoding="utf-8")
    return RecordedExtractor(path)


def figures_of(items, recording, gazetteer):
    measured = []
    for item in items:
        found = extract(document_of(item), gazetteer, extractor=recording)
        record = to_scored(item["id"], found.events, found.resolutions)
        gold, predicted = to_item(item, gold=True), to_item(record, gold=False)
        measured.append(measure_item(gold, predicted).figures)
    return add_figures(measured)


def test_answers_keep_to_the_schema(items):
    validator = jsonschema.Draft202012Validator(claims_schema())
    for item in items:
        assert not list(validator.iter_errors(answer_of(item))), item["id"]


def test_with_the_places_that_travel_with_the_package(items, recording, gazetteer):
    figures = figures_of(items, recording, gazetteer)
    assert figures[CASUALTIES].precision >= 0.97
    assert figures[CASUALTIES].f1 >= 0.94
    assert figures[AREAS].f1 >= 0.96


def test_with_a_gazetteer_that_knows_the_places(items, recording, tmp_path, monkeypatch):
    """The places of the gold that cities500 lacks are added as a user adds a table of her own."""
    from gazetteer.sources.importing import add_file

    monkeypatch.setenv("CONFLICT_MAP_DATA", str(tmp_path / "sources"))
    table = tmp_path / "villages.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "lat", "lon", "country"])
        writer.writerows(sorted(places_without_id(items)))
    add_file("table", table)
    figures = figures_of(items, recording, open_gazetteer())
    assert figures[CASUALTIES].f1 >= 0.96
    assert figures[CASUALTIES].precision >= 0.98


def places_without_id(items):
    return {
        (place["name"], place["lat"], place["lon"], place["country"] or "")
        for item in items
        for event in item["events"]
        if event["place"] is not None
        for place in [item["toponyms"][event["place"]]]
        if place["geonameid"] is None
    }
