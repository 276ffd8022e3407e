"""Each check finds what it is for and passes over what is right."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from geo.readers.table import read_table
from geo.review.checking import RULES, check_table
from geo.schema import NAMES
from tests.cli.test_docs import README

SHARED = Path(__file__).parents[3] / "shared" / "data" / "ucdp-ged-BGD-hxl.csv"
TODAY = date(2024, 1, 1)
GOOD = {
    "event_id": "1", "event_type": "Battles", "date_start": "2023-05-02", "date_end": "2023-05-02",
    "date_precision": "1", "place_text": "Kharkiv", "country": "Ukraine",
    "admin1": "Kharkiv Oblast", "longitude": "36.2304", "latitude": "49.9935",
    "geo_precision": "1", "killed_low": "1", "killed_best": "2", "killed_high": "3",
    "published": "2023-05-03",
}  # fmt: skip
NEAR_MIDDLE = {"longitude": "32.0", "latitude": "49.0"}  # GeoNames' point of Ukraine
OBLAST = {"longitude": "36.461", "latitude": "49.465"}  # and of Kharkiv Oblast


def found(tmp_path, gazetteer, *rows):
    """Return (row, code) of what is found in rows; each is GOOD with changes."""
    path = tmp_path / "table.csv"
    whole = [GOOD | row for row in rows]
    names = list(dict.fromkeys(name for row in whole for name in row))
    assert set(names) <= set(NAMES)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(whole)
    before = path.read_bytes()
    table = read_table(path, profile="generic", columns={name: name for name in names})
    frame = table.frame.copy()
    findings = check_table(table, gazetteer, today=TODAY)
    assert path.read_bytes() == before
    assert table.frame.equals(frame)
    return findings


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        # coordinates by themselves
        ({"longitude": "0", "latitude": "0"}, ["zero_zero"]),
        ({"longitude": "0.55", "latitude": "0", "country": "", "admin1": "", "place_text": ""}, []),
        ({"longitude": "362304", "latitude": "499935"}, ["impossible_point"]),
        ({"latitude": ""}, ["impossible_point"]), ({"latitude": "north"}, ["impossible_point"] * 2),
        ({"longitude": "", "latitude": ""}, []),
        ({"longitude": "36.2", "latitude": "50.0"}, ["few_decimals"]),
        ({"longitude": "36.2", "latitude": "50.0", "geo_precision": "3"}, []),
        ({"longitude": "36.2", "latitude": "49.9935"}, []),
        # against the country
        ({"longitude": "49.9935", "latitude": "36.2304"}, ["swapped"]),
        ({"longitude": "46.6370", "latitude": "32.6146", "place_text": "Kherson", "admin1": ""},
         ["swapped"]),  # by a river mouth that the outline cuts off
        ({"longitude": "-36.2304"}, ["wrong_sign"]), ({"latitude": "-49.9935"}, ["wrong_sign"]),
        ({"longitude": "21.0122", "latitude": "52.2297"}, ["outside_country"]),
        ({"longitude": "21.0122", "latitude": "52.2297", "country": ""},
         ["outside_admin1", "far_from_place"]),
        ({"country": "Nowhereland", "admin1": ""}, []),
        # against the units
        ({"admin1": "Odesa Oblast"}, ["outside_admin1"]), ({"admin1": "Харківська область"}, []),
        ({"admin1": "Odesa Oblast", "geo_precision": "6"}, []), ({"admin1": "Somewhere"}, []),
        ({"admin2": "Kharkiv Raion"}, []),
        ({"admin2": "Izium Raion", "place_text": ""}, ["far_from_admin2"]),
        ({"admin2": "Izium Raion", "place_text": "", "geo_precision": "4"}, []),
        # against the place
        ({"place_text": "Zhytomyr", "admin1": ""}, ["far_from_place"]),
        ({"place_text": "Zhytomyr", "admin1": "", "geo_precision": "5"}, []),
        ({"place_text": "Merefa"}, []), ({"place_text": "Qwertzhausen"}, []),
        ({"place_text": "Kharkiv Oblast", "geo_precision": "4"} | OBLAST, []),
        ({"place_text": "Zhytomyr"}, []),  # a namesake in its region that nobody knows
        ({"place_text": "Kupiansk"}, ["far_from_place"]),
        # centroids
        ({"place_text": "", "admin1": ""} | NEAR_MIDDLE, ["on_country_centroid", "few_decimals"]),
        ({"place_text": "", "admin1": "", "geo_precision": "6"} | NEAR_MIDDLE, []),
        ({"place_text": "some village"} | OBLAST, ["on_admin_centroid"]),
        ({"place_text": "some village", "geo_precision": "4"} | OBLAST, []),
        ({"place_text": "Balakliia"} | OBLAST, ["on_admin_centroid"]),
        # precision codes
        ({"place_text": "Kharkiv Oblast"}, ["precise_code_on_unit"]),
        ({"place_text": "Kharkiv Oblast", "geo_precision": "4"}, []),
        ({"place_text": "city of Kharkiv"}, []),
        ({"place_text": "Ukraine"}, ["precise_code_on_unit"]),
        ({"date_end": "2023-05-20", "date_precision": "1"}, ["day_code_overstates"]),
        ({"date_end": "2023-05-20", "date_precision": "4"}, []),
        ({"date_end": "2023-05-20", "date_precision": ""}, []),
        # figures
        ({"killed_low": "4"}, ["figures_out_of_order"]),
        ({"killed_best": "9"}, ["figures_out_of_order"]),
        ({"killed_low": "", "killed_best": ""}, []), ({"killed_low": "2", "killed_high": "2"}, []),
        ({"killed_best": "-2"}, ["unreadable_figure"]),
        ({"killed_best": "many"}, ["unreadable_figure"]),
        # days
        ({"date_end": "2023-05-01"}, ["end_before_start"]),
        ({"date_start": "2023-02-30", "date_end": ""}, ["unreadable_day"]),
        ({"date_start": "2203-05-02", "date_end": "2203-05-02", "published": ""},
         ["impossible_day"]),
        ({"date_start": "0023-05-02", "date_end": "0023-05-02"}, ["impossible_day"]),
        ({"published": "2023-05-01"}, ["published_before_event"]),
        ({"published": "2023-05-02"}, []),
        ({"published": "2033-05-03"}, ["impossible_day"]),
    ],
)  # fmt: skip
def test_one_row(tmp_path, gazetteer, change, codes):
    assert [f.code for f in found(tmp_path, gazetteer, change)] == codes


TEXT = "Shelling hit a market in the north of the city and killed two people"


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, ["possible_duplicate"]),
        ({"date_start": "2023-05-04", "date_end": "2023-05-04"}, ["possible_duplicate"]),
        ({"latitude": "50.0235"}, ["possible_duplicate"]),
        ({"date_start": "2023-05-05", "date_end": "2023-05-05"}, []), ({"latitude": "50.0535"}, []),
        ({"killed_best": "3"}, []), ({"event_type": "Protests"}, []), ({"actor1": "x"}, []),
        ({"geo_precision": "4"}, []), ({"longitude": "", "latitude": ""}, []),
        ({"sentence": "Shelling hit a market in the city's north and killed two people"},
         ["possible_duplicate"]),
        ({"sentence": "A mine exploded under a tractor near the ring road at noon"}, []),
    ],
)  # fmt: skip
def test_two_rows(tmp_path, gazetteer, change, codes):
    first = {"published": "", "actor1": "Army", "sentence": TEXT if "sentence" in change else ""}
    second = first | {"event_id": "2"} | change
    findings = found(tmp_path, gazetteer, first, second)
    assert [f.code for f in findings] == codes
    assert {f.row for f in findings} <= {3}


def test_rows_of_one_place_in_one_night_are_no_duplicates_for_want_of_figures(tmp_path, gazetteer):
    bare = {"killed_low": "0", "killed_best": "0", "killed_high": "0"}
    rows = [bare | {"event_id": str(n)} for n in range(5)]
    assert found(tmp_path, gazetteer, *rows) == ()


def test_duplicates_are_the_same_as_by_comparing_all(tmp_path, gazetteer):
    from gazetteer.distance import distance_km

    chance = random.Random(4)
    bare = {"country": "", "admin1": "", "place_text": "", "published": "", "date_precision": ""}
    rows = []
    for n in range(150):
        day = (date(2023, 5, 1) + timedelta(chance.randrange(9))).isoformat()
        lon, lat = 179.9 + chance.random() / 11, 64.96 + chance.random() / 5
        point = {"longitude": f"{lon:.4f}", "latitude": f"{lat:.4f}"}
        rows.append(bare | point | {"event_id": str(n), "date_start": day, "date_end": day})
    findings = [f for f in found(tmp_path, gazetteer, *rows) if f.code == "possible_duplicate"]

    def near(one, two):
        km = distance_km(*(float(r[k]) for r in (one, two) for k in ("longitude", "latitude")))
        apart = date.fromisoformat(one["date_start"]) - date.fromisoformat(two["date_start"])
        return km <= 5 and abs(apart.days) <= 2

    order = sorted(range(150), key=lambda n: (rows[n]["date_start"], n))
    expected = {
        n + 2 for i, n in enumerate(order) if any(near(rows[n], rows[m]) for m in order[:i])
    }
    assert {f.row for f in findings} == expected


def test_a_table_without_day_codes_overstates_none(gazetteer, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("place,start_date,end_date\nSumy,2023-05-02,2023-05-20\n", encoding="utf-8")
    assert check_table(read_table(path), gazetteer, today=TODAY) == ()


def test_same_identity(tmp_path, gazetteer):
    later = {"date_start": "2023-08-02", "date_end": "2023-08-02", "published": ""}
    (finding,) = found(tmp_path, gazetteer, {}, later)
    assert (finding.row, finding.code) == (3, "same_identity")
    assert finding.explanation == "row 2 has the same id"


@pytest.mark.parametrize(
    ("change", "suggestion"),
    [
        ({"longitude": "49.9935", "latitude": "36.2304"}, "write latitude 49.9935, longitude 36.2"),
        ({"longitude": "36.2304", "latitude": "149.9935"}, "write latitude 36.2304, longitude"),
        ({"longitude": "-36.2304"}, "write latitude 49.9935, longitude 36.2304"),
        ({"longitude": "362304", "latitude": "499935"}, "latitude 49.9935, longitude 36.2304"),
        ({"place_text": "Zhytomyr", "admin1": ""}, "lies at 50.2"),
        ({"admin1": "Odesa Oblast", "place_text": "Izmail"}, "there lies at 45.3"),
        ({"place_text": "Kharkiv Oblast"}, "write 4"),
        ({"date_end": "2023-05-06"}, "write 2"),
    ],
)  # fmt: skip
def test_suggestions(tmp_path, gazetteer, change, suggestion):
    assert suggestion in found(tmp_path, gazetteer, change)[0].suggestion


def test_each_rule_is_tested_and_documented():
    text = Path(__file__).read_text(encoding="utf-8")
    for rule in RULES:
        assert f'"{rule.__name__}"' in text, rule.__name__
        assert f"`{rule.__name__}`" in README, rule.__name__


@pytest.mark.skipif(not SHARED.exists(), reason="needs UCDP's table of Bangladesh")
def test_a_real_table(gazetteer):
    findings = check_table(read_table(SHARED), gazetteer, today=TODAY)
    by_id = {(f.event_id, f.code) for f in findings}
    assert ("84006", "figures_out_of_order") in by_id
    assert ("73775", "far_from_admin2") in by_id  # Phultala lies in Khulna District, not Kushtia
    assert len(findings) <= 15


@pytest.fixture
def odd(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(
        "event_id,place,country,lat,lon,killed\n"
        "=1+1,<script>alert(1)</script>,Ukraine,0,0,2\n"
        '2,Kharkiv,Ukraine,36.2304,49.9935,"<b>{{7*7}}</b>"\n',
        encoding="utf-8",
    )
    return path


def test_the_command_writes_all_formats_and_changes_nothing(run, odd, tmp_path):
    before = odd.read_bytes()
    paths = [tmp_path / f"out.{ending}" for ending in ("csv", "geojson", "html")]
    ran = run("check", odd, *(part for path in paths for part in ("-o", path)))
    assert ran.code == 2
    assert "3 findings in 2 of 2 rows" in ran.out
    assert odd.read_bytes() == before
    with paths[0].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["code"] for row in rows] == ["zero_zero", "swapped", "unreadable_figure"]
    assert rows[0]["event_id"] == "'=1+1"
    features = json.loads(paths[1].read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["row"] for f in features] == [2, 3, 3]
    assert features[1]["geometry"] == {"type": "Point", "coordinates": [49.9935, 36.2304]}
    page = paths[2].read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in page
    assert 'href="https://www.openstreetmap.org/?mlat=36.2304' in page


def test_a_good_table_ends_well(run, tmp_path):
    path = tmp_path / "good.csv"
    path.write_text("place,country,date\nKharkiv,Ukraine,2023-05-02\n", encoding="utf-8")
    ran = run("check", path)
    assert (ran.code, ran.out) == (0, "0 findings in 1 row\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.csv"], "does not exist"), (["{odd}", "-o", "x.docx"], ".csv, .geojson, .html"),
        (["{odd}", "-o", "{odd}"], "would overwrite"), (["{odd}", "--profile", "x"], "no profile"),
    ],
)  # fmt: skip
def test_errors_are_one_sentence(run, odd, arguments, words):
    ran = run("check", *(str(odd) if a == "{odd}" else a for a in arguments))
    assert ran.code == 1
    (line,) = ran.complaints
    assert words in line
