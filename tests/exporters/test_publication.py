"""What goes out, and how exactly; the finer value is nowhere in the file."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import UTC, datetime

import pyarrow.parquet
import pytest
import shapely

from geo.errors import InputError
from geo.exporters import FORMATS, PublicationRules, publish, write_events, write_frame
from geo.exporters.coarsening import coarsen_text
from geo.exporters.notations import WITHHELD, withhold_positions
from geo.frame import make_frame, to_geodataframe
from geo.webmap import write_map
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
    content = read_all(paths[name])
    for number in (b"35.306", b"47.797", b"47,797"):
        assert number not in content


@pytest.mark.parametrize("name", [n for n in FORMATS if n != "jsonl"] + ["html"])
def test_no_finer_value_of_a_table_is_anywhere_in_a_file(name, tmp_path):
    row = {
        "event_id": "at-47.797456-35.306123",
        "sentence": "Strike at 47°47′50.8″ N 35°18′22″ E, that is 47,79746 / 35.30612.",
        "title": "36T XT 7273 9654, QWW7+VP, N47 47.848 E035 18.367",
        "source_url": "https://maps.example/?q=47.797456,35.306123",
        "warnings": "longitude, latitude '47.797456, 35.306123': swapped",
        "place_id": "gn:692554",
        "longitude": 35.306123,
        "latitude": 47.797456,
        "geo_precision": 3,
        "geo_method": "table",
    }
    frame = make_frame([row], [shapely.Point(35.306123, 47.797456)])
    path = tmp_path / f"own.{name}"
    if name == "html":
        write_map(publish(frame).frame, path)
    else:
        write_frame(frame, path, format=name)
    content = read_all(path)
    assert b"47.795" in content or name == "gpkg"  # there as a binary number
    for number in (b"35.306", b"47.797", b"47,797", "47°47".encode(), "35°18".encode()):
        assert number not in content
    for code in (b"7273", b"QWW7", b"47.848"):
        assert code not in content


def read_all(path):
    if path.suffix == ".parquet":  # its pages are compressed
        table = pyarrow.parquet.read_table(path)
        return repr((table.to_pylist(), table.schema.metadata)).encode()
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist())


POSITIONS = [
    "37T CN 73112 95271", "37TCN731952", "36T 673123 5295712", "36U 0673123mE 5295712mN",
    "36 T E 673123, N 5295712", "8GVPQ8W7+VP", "QWW7+VP", "///filled.count.soap",
    "474728N 0351844E", "474728.5N, 0351844.1E", "N47 47.474 E035 18.741",
    "47 47.474N 35 18.741E", "https://maps.app.goo.gl/Wq1xYz", "osm.org/go/0k~Xy--?m=",
]  # fmt: skip
NO_POSITIONS = [
    "12 dead and 34 hurt", "155 mm, 2S19", "S-300 and T-72", "3+4", "2500+17 shells",
    "40 km², 47 to 12", "brigade 92, 36 T", "call 067 123 4567", "CAFE+", "a///b", "A4 paper",
    "10:30 to 11:45", "from 2023-08-15 to 2023-08-16", "36 TB 12", "https://osm.org/about",
    "GRAD 122 mm", "22 Ukrainians, 31 Russians",
]  # fmt: skip


@pytest.mark.parametrize("position", POSITIONS)
def test_positions_in_other_notations_are_withheld(position):
    assert withhold_positions(f"seen ({position}), he said") == f"seen ({WITHHELD}), he said"


@pytest.mark.parametrize("text", NO_POSITIONS)
def test_what_is_no_position_stays(text):
    assert withhold_positions(text) == text


SENSITIVE = [
    ("at 47.79, 35.31", "at 47.75, 35.35"),
    ("47.8 and 35.3 km", "47.8 and 35.3 km"),
    ("47°48′ N, 35°18′22″ E", "47.75° N, 35.35° E"),
    ("no number", "no number"),
]


@pytest.mark.parametrize(("text", "published"), SENSITIVE)
def test_the_coarser_the_grid_the_more_numbers_say_too_much(text, published):
    points = [(47.797456, 47.75), (35.306123, 35.35)]
    assert coarsen_text(text, points, 0.1) == published


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
