"""What goes out, and how exactly; the finer value is nowhere in the file."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from geo.errors import InputError
from geo.exporters import FORMATS, PublicationRules, publish, write_events
from geo.frame import to_geodataframe
from tests.events_factory import Units, make_event, make_events, make_place, make_resolution

TEXT = "Strike at 47,797456 / 35.306123 and at 35.30612 E, 12.5 km away."


def own_event(**values):
    place = make_place("user:mine:1", "Position", "PPL", (35.306123, 47.797456), "26")
    return make_event(9, TEXT, make_resolution(place, "Position", method="table"), **values)


@pytest.fixture(scope="module")
def frame():
    return to_geodataframe((*make_events(), own_event()), gazetteer=Units())


def test_published_places_have_three_decimals(frame):
    out = publish(frame).frame
    assert (out["longitude"].iloc[0], out["latitude"].iloc[0]) == (35.306, 47.797)
    assert out.geometry.iloc[0].x == 35.306
    assert not out["geo_obfuscated"].iloc[0]


def test_own_points_go_on_the_grid(frame):
    out = publish(frame).frame.iloc[-1]
    assert (out["longitude"], out["latitude"]) == (35.305, 47.795)
    assert out["geo_obfuscated"]
    assert 0.5 < out["geo_obfuscation_km"] < 0.8
    assert out["sentence"] == "Strike at 47,795 / 35.305 and at 35.305 E, 12.5 km away."


def test_exact_changes_nothing(frame):
    assert publish(frame, PublicationRules(exact=True)).frame["longitude"].iloc[-1] == 35.306123


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_finer_point_is_nowhere_in_the_file(name, tmp_path):
    paths = write_events([own_event()], tmp_path, "own", formats=[name], gazetteer=Units())
    if name == "xlsx":
        import zipfile

        with zipfile.ZipFile(paths[name]) as book:
            content = b"".join(book.read(n) for n in book.namelist())
    else:
        content = paths[name].read_bytes()
    for number in (b"35.306", b"47.797", b"47,797"):
        assert number not in content


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ({"review": "any"}, 9), ({"review": "reviewed"}, 0), ({"withhold": ("graphic",)}, 8),
        ({"min_age_hours": 0}, 9), ({"min_age_hours": 24 * 4}, 0),
    ],
)  # fmt: skip
def test_filters(frame, rules, kept):
    now = datetime(2023, 8, 17, tzinfo=UTC)
    assert len(publish(frame, PublicationRules(**rules), now=now).frame) == kept


def test_without_any_date_nothing_passes_an_age_limit():
    (event,) = make_events()[4:5]
    evidence = (dataclasses.replace(event.evidence[0], published=None),)
    frame = to_geodataframe([dataclasses.replace(event, evidence=evidence)], gazetteer=Units())
    published = publish(frame, PublicationRules(min_age_hours=1))
    assert (len(published.frame), published.withheld) == (0, {"age": 1})


def test_military_positions_are_coarser_whatever_their_source():
    event = dataclasses.replace(make_events()[0], sensitivity="military_position")
    out = publish(to_geodataframe([event], gazetteer=Units())).frame.iloc[0]
    assert (out["longitude"], out["latitude"]) == (35.35, 47.75)


@pytest.mark.parametrize(
    "rules", [{"withhold": ("x",)}, {"review": "x"}, {"grid_degrees": 0}, {"min_age_hours": -1}]
)
def test_impossible_rules_are_refused(rules):
    with pytest.raises(InputError):
        PublicationRules(**rules)
