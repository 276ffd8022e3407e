"""Decisions change the places they are about, and no other; the trail says what was before."""

from __future__ import annotations

import dataclasses
import json

import pytest

from geo.exporters import write_events
from geo.exporters.reading import read_frame
from geo.frame import to_geodataframe
from geo.models import Span
from geo.records import from_record, to_record
from geo.review import Decisions, Judge, review_events, review_frame
from geo.review.decisions import read_decision
from geo.review.exporting import keep_decisions, list_places
from geo.review.sheet import COLUMNS
from geo.totals import summarise
from tests.events_factory import make_event, make_place, make_quantity, make_resolution

POLTAVA = make_place("gn:11115586", "Stepne", "PPL", (33.42, 49.9), "18")
ZAPORIZHZHIA = "gn:692554"


def event(number=1, context="UA.26", place=POLTAVA, text="Stepne", **values):
    settings = {"killed": make_quantity(2, 2, 2)} | values
    resolution = make_resolution(place, text)
    return make_event(number, f"Two died in {text}.", resolution, place_context=context, **settings)


def decide(*rows, **cells):
    rows = rows or ({"place_text": "Stepne", "context": "UA.26"} | cells,)
    found = [read_decision(row, n, "places.csv") for n, row in enumerate(rows, start=2)]
    return Decisions(decisions=tuple(d for d in found if d))


def apply(decisions, gazetteer, *events):
    """Apply to events and to their frame, and see that both say the same."""
    judge, other = Judge(decisions, gazetteer), Judge(decisions, gazetteer)
    reviewed = review_events(events, judge)
    frame = review_frame(to_geodataframe(events, gazetteer=gazetteer), other)
    same = to_geodataframe(reviewed, gazetteer=gazetteer)
    for name in (
        "place_name place_id longitude latitude geo_precision geo_radius_km geo_method admin1 "
        "country review_status reviewed_by review_note review_json geo_candidates_json"
    ).split():
        assert frame[name].astype(object).where(frame[name].notna(), None).tolist() == (
            same[name].astype(object).where(same[name].notna(), None).tolist()
        ), name
    assert judge.outcome() == other.outcome()
    assert frame.geometry.to_wkt().tolist() == same.geometry.to_wkt().tolist()
    return reviewed, judge.outcome()


def test_a_correction_moves_the_place_and_leaves_a_trail(gazetteer):
    decisions = decide(
        decision=ZAPORIZHZHIA, reviewed_by="Anna", reviewed_on="2023-08-20", note="map"
    )
    ((after,), outcome) = apply(decisions, gazetteer, event())
    assert (after.place.place.id, after.place.method) == (ZAPORIZHZHIA, "review")
    assert (round(after.place.lat, 2), round(after.place.lon, 2)) == (47.8, 35.31)
    assert (after.review_status, after.reviewed_by) == ("corrected", "Anna")
    assert after.review_note == (
        "map · 2023-08-20 · corrected: Stepne (gn:11115586) → Stepne (gn:692554)"
    )
    assert after.review.before.place == POLTAVA
    assert (outcome.events, len(outcome.matched), outcome.unmatched) == (1, 1, ())
    row = to_geodataframe([after], gazetteer=gazetteer).iloc[0]
    trail = json.loads(row["review_json"])
    assert (trail["by"], trail["on"], trail["note"]) == ("Anna", "2023-08-20", "map")
    assert trail["before"]["place_id"] == "gn:11115586"
    assert trail["after"]["place_id"] == ZAPORIZHZHIA
    assert row["admin1"] == "Zaporizhzhia Oblast"
    assert from_record(json.loads(json.dumps(to_record(after)))) == after


@pytest.mark.parametrize(
    ("cells", "status", "place_id", "precision"),
    [
        ({"decision": "ok", "chosen": "Stepne [gn:11115586 49.9 33.42]"}, "ok", POLTAVA.id, 1),
        ({"decision": "gn:11115586"}, "ok", POLTAVA.id, 1),
        ({"decision": "ok", "chosen": "S [gn:692554 47.8 35.3]"}, "corrected", ZAPORIZHZHIA, 1),
        ({"decision": "unlocated"}, "corrected", None, 9),
        ({"decision": "reject"}, "rejected", POLTAVA.id, 1),
        ({"decision": "706482"}, "corrected", "gn:706482", 4),
        ({"decision": "2", "candidate_2": "Hut [user:x:1 47.5 35.5]"}, "corrected", "user:x:1", 1),
    ],
)  # fmt: skip
def test_decisions(gazetteer, cells, status, place_id, precision):
    ((after,), _) = apply(decide(**cells), gazetteer, event())
    assert after.review_status == status
    assert (after.place.place.id if after.place.place else None) == place_id
    assert after.place.geo_precision == precision
    assert (after.place.lon is None) == (precision == 9)


def test_own_coordinates_know_their_units(gazetteer):
    cells = {"latitude": "47.5", "longitude": "35.5", "name": "School", "radius_km": "0.3"}
    ((after,), _) = apply(decide(**cells), gazetteer, event())
    assert (after.place.lon, after.place.lat, after.place.radius_km) == (35.5, 47.5, 0.3)
    assert after.place.place.name == "School"
    row = to_geodataframe([after], gazetteer=gazetteer).iloc[0]
    assert (row["country"], row["admin1"]) == ("Ukraine", "Zaporizhzhia Oblast")


def test_the_same_words_elsewhere_stay_unless_said_everywhere(gazetteer):
    events = (event(1), event(2, context="UA.18"), event(3, context=None))
    reviewed, _ = apply(decide(decision=ZAPORIZHZHIA), gazetteer, *events)
    assert [e.review_status for e in reviewed] == ["corrected", "unreviewed", "unreviewed"]
    assert reviewed[1:] == events[1:]
    reviewed, _ = apply(decide(decision=ZAPORIZHZHIA, scope="everywhere"), gazetteer, *events)
    assert [e.review_status for e in reviewed] == ["corrected"] * 3
    rows = (
        {"place_text": "Stepne", "context": "UA.26", "decision": ZAPORIZHZHIA, "scope": "all"},
        {"place_text": "STEPNE", "context": "UA.18", "decision": "ok"},
    )
    reviewed, _ = apply(decide(*rows), gazetteer, *events)
    assert [e.review_status for e in reviewed] == ["corrected", "ok", "corrected"]


def test_keys_hold_when_texts_and_events_change(gazetteer):
    other = event(77)
    moved = dataclasses.replace(other.place.mention, span=Span(400, 406), text="STEPNE")
    other = dataclasses.replace(other, place=dataclasses.replace(other.place, mention=moved))
    ((after,), _) = apply(decide(decision=ZAPORIZHZHIA), gazetteer, other)
    assert after.place.place.id == ZAPORIZHZHIA


def test_what_no_longer_matches_is_told(gazetteer):
    rows = (
        {"place_text": "Gone", "context": "UA.26", "decision": "ok"},
        {"place_text": "Stepne", "context": "UA.26", "decision": "gn:999999999"},
    )
    ((same,), outcome) = apply(decide(*rows), gazetteer, event())
    assert same == event()
    assert [d.text for d in outcome.unmatched] == ["Gone"]
    assert outcome.elsewhere == {outcome.unmatched[0].key: ()}
    (problem,) = outcome.problems
    assert str(problem).startswith("places.csv, row 3: 'Stepne': no place 'gn:999999999'")
    _, outcome = apply(decide(decision="ok", context="UA.18"), gazetteer, event(), event(2))
    assert list(outcome.elsewhere.values()) == [("UA.26",)]


def test_a_relation_moves_with_its_place(gazetteer):
    base = gazetteer.place("gn:706483")
    moved = dataclasses.replace(
        make_resolution(base, "Stepne", 2), lat=base.lat + 0.09, method="relation", radius_km=5.0,
        geometry="POLYGON ((36 50, 36.5 50, 36.5 50.2, 36 50))",
    )  # fmt: skip
    before = dataclasses.replace(event(), place=moved)
    ((after,), _) = apply(decide(decision=ZAPORIZHZHIA), gazetteer, before)
    assert round(after.place.lat - after.place.place.lat, 3) == 0.09
    assert (after.place.geo_precision, after.place.radius_km) == (2, 5.0)
    assert after.place.geometry.startswith("POLYGON ((35.0")


def test_reviewing_again_starts_from_what_was_there_first(gazetteer):
    (once,), _ = apply(decide(decision=ZAPORIZHZHIA), gazetteer, event())
    (twice,), _ = apply(decide(decision="706482"), gazetteer, once)
    assert twice.review.before.place == POLTAVA
    (back,), _ = apply(decide(decision="gn:11115586"), gazetteer, twice)
    assert (back.review_status, back.place.place) == ("ok", POLTAVA)
    (same,), _ = apply(decide(decision=ZAPORIZHZHIA), gazetteer, once)
    assert same == once


def test_rejected_events_count_no_more(gazetteer):
    reviewed, _ = apply(decide(decision="not a place"), gazetteer, event(1), event(2, context="UA"))
    assert summarise(reviewed).killed.best == 2


def test_words_that_one_setting_resolves_twice_are_two_rows(gazetteer):
    kharkiv = make_place("gn:706483", "Kharkiv", "PPLA", (36.25, 49.98), "07")
    events = (event(1), event(2, place=kharkiv), event(3))
    rows = list_places(to_geodataframe(events, gazetteer=gazetteer), gazetteer)
    assert [(row["events"], row["chosen"][:8]) for row in rows] == [
        ("2", "Stepne, "),
        ("1", "Kharkiv,"),
    ]
    decisions = decide(rows[0] | {"decision": ZAPORIZHZHIA}, rows[1] | {"decision": "ok"})
    reviewed, _ = apply(decisions, gazetteer, *events)
    assert [e.place.place.id for e in reviewed] == [ZAPORIZHZHIA, "gn:706483", ZAPORIZHZHIA]


def test_a_sheet_shows_what_a_reviewer_needs(gazetteer):
    (row,) = list_places(to_geodataframe([event(1), event(2)], gazetteer=gazetteer), gazetteer)
    assert (row["place_text"], row["context"], row["events"]) == ("Stepne", "UA.26", "2")
    assert row["context_names"] == "Zaporizhzhia Oblast, Ukraine"
    assert row["chosen"] == "Stepne, Poltava Oblast, Ukraine 90% [gn:11115586 49.90000 33.42000]"
    assert row["chosen_map"].startswith("https://www.openstreetmap.org/?mlat=49.9000&mlon=33.4200")
    assert row["candidate_1"].startswith("Stepne, Poltava Oblast")
    assert (row["sentence_1"], row["decision"]) == ("Two died in Stepne.", "")


def test_a_sheet_of_reviewed_events_holds_what_was_decided(gazetteer):
    decisions = decide(decision="2", candidate_2="Stepne [gn:692554 47.8 35.3]", reviewed_by="Anna")
    (after,), _ = apply(decisions, gazetteer, event())
    (before_row,) = list_places(to_geodataframe([event()], gazetteer=gazetteer), gazetteer)
    (row,) = list_places(to_geodataframe([after], gazetteer=gazetteer), gazetteer)
    assert row["key"] == before_row["key"]
    assert (row["decision"], row["reviewed_by"], row["status"]) == (
        ZAPORIZHZHIA,
        "Anna",
        "corrected",
    )
    assert "gn:11115586" in row["chosen"]


def test_own_coordinates_are_published_on_the_grid_and_nowhere_finer(gazetteer, tmp_path):
    cells = {"latitude": "47.51237", "longitude": "35.51238", "name": "School"}
    ((after,), _) = apply(decide(**cells), gazetteer, event())
    paths = write_events([after], tmp_path, "own", formats=["geojson", "jsonl", "csv"])
    for path in paths.values():
        text = path.read_text(encoding="utf-8")
        assert "School" in text
        assert "47.512" not in text
        assert "35.512" not in text
    (row,) = list_places(read_frame(paths["geojson"]), gazetteer)
    assert (row["decision"], row["status"]) == ("", "corrected")
    frame = to_geodataframe([after], gazetteer=gazetteer)
    (row,) = list_places(frame, gazetteer)
    assert (row["decision"], row["name"]) == ("47.51237, 35.51238", "School")


def test_open_rows_say_what_was_decided_in_another_setting(gazetteer):
    frame = to_geodataframe([event(1, context="UA.18")], gazetteer=gazetteer)
    old = {"key": "", "place_text": "stepne", "context": "UA.26", "decision": "2"}
    row, gone = keep_decisions(list_places(frame, gazetteer), [dict.fromkeys(COLUMNS, "") | old])
    assert (row["decision"], row["status"]) == ("", "unreviewed; in UA.26: 2")
    assert (gone["decision"], gone["status"]) == ("2", "not among these events")


def test_keys_of_another_version_are_known_by_their_words(gazetteer):
    old = {"key": "place-of-old", "decision": ZAPORIZHZHIA}
    ((after,), outcome) = apply(decide(**old), gazetteer, event())
    assert (after.review_status, outcome.unmatched) == ("corrected", ())
    rows = list_places(to_geodataframe([event()], gazetteer=gazetteer), gazetteer)
    sheet = dict.fromkeys(COLUMNS, "") | {"place_text": "Stepne", "context": "UA.26"} | old
    assert [row["decision"] for row in keep_decisions(rows, [sheet])] == [ZAPORIZHZHIA]
    chosen = {"key": "choice-of-old", "chosen": "Stepne [gn:1 49.6 34.5]", "decision": "ok"}
    (same,), _ = apply(decide(**chosen), gazetteer, event())
    assert same == event()
