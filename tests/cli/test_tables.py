"""Tables of events through ``conflict-map map``: recognised, shown, resolved, flagged, written."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

ROWS = [
    {"place": "Stepne", "admin1": "Zaporizhzhia Oblast", "country": "Ukraine",
     "date": "2023-08-14", "killed": "2", "lat": None, "lon": None},
    {"place": "Depot", "admin1": "Kherson Oblast", "country": "Ukraine",
     "date": "2023-08-15", "killed": "", "lat": 46.63551, "lon": 32.61691},
    {"place": "Nowhereton", "admin1": None, "country": None,
     "date": "soon", "killed": "0", "lat": None, "lon": None},
]  # fmt: skip


def write_table(folder: Path, ending: str) -> Path:
    path = folder / f"events{ending}"
    frame = pd.DataFrame(ROWS)
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    shapes = [None if point.is_empty or pd.isna(point.x) else point for point in points]
    places = gpd.GeoDataFrame(frame.drop(columns=["lat", "lon"]), geometry=shapes, crs=4326)
    if ending in (".csv", ".tsv"):
        frame.to_csv(path, index=False, sep="\t" if ending == ".tsv" else ",")
    elif ending == ".xlsx":
        frame.to_excel(path, index=False)
    elif ending == ".parquet":
        frame.to_parquet(path)
    elif ending == ".jsonl":
        path.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    else:
        places.to_file(path)
    return path


def properties_of(folder: Path, stem: str = "events") -> list[dict]:
    content = json.loads((folder / f"{stem}.geojson").read_text(encoding="utf-8"))
    return [feature["properties"] for feature in content["features"]]


@pytest.mark.parametrize(
    "ending", [".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".geojson", ".gpkg"]
)
def test_every_kind_of_table_is_mapped(run, tmp_path, ending):
    ran = run("map", write_table(tmp_path, ending), "-o", tmp_path / "out")
    assert ran.code == 2  # "soon" is no day
    assert f"events{ending}: a table of events, 3 rows" in ran.out
    assert "place → place_text" in ran.out
    assert any("row" in line and "'soon': no day; left empty" in line for line in ran.complaints)
    stepne, depot, nowhere = properties_of(tmp_path / "out")
    assert (stepne["longitude"], stepne["latitude"]) == (35.306, 47.797)
    assert (stepne["geonameid"], stepne["geo_method"], stepne["killed_best"]) == (
        692554, "gazetteer", 2,
    )  # fmt: skip
    assert (depot["longitude"], depot["latitude"], depot["geo_method"]) == (32.615, 46.635, "table")
    assert (depot["killed_best"], nowhere["killed_best"]) == (None, 0)
    assert (nowhere["longitude"], nowhere["geo_precision"]) == (None, 9)
    assert nowhere["date_start"] is None
    assert "soon" in nowhere["warnings"]
    assert (tmp_path / "out" / "events.html").exists()


def test_every_format_is_written_by_one_switch(run, tmp_path):
    formats = "gpkg,fgb,parquet,kml,csv,xlsx,jsonl,acled,ucdp,hxl,geojson"
    run("map", write_table(tmp_path, ".csv"), "-o", tmp_path / "out", "-q", "--format", formats)
    written = {p.name.removeprefix("events.") for p in (tmp_path / "out").iterdir()}
    expected = set(formats.replace("jsonl", "events.jsonl").split(",")) | {"html"}
    expected = {w.replace("acled", "acled.csv").replace("ucdp", "ucdp.csv") for w in expected}
    expected = {w.replace("hxl", "hxl.csv") for w in expected}
    assert {w for w in written if not w.endswith("-metadata.json")} == expected


def test_names_that_are_unknown_are_said_and_flagged(run, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "place,country,admin1\nQwortzblup,Ukraine,Kherson Oblast\nQwertzblap,,\n,Ukraine,\n",
        encoding="utf-8",
    )
    ran = run("map", path, "-o", tmp_path / "out")
    assert ran.code == 0
    assert "1 event and 1 name without a place: Qwertzblap\n" in ran.out
    assert "1 name put at the unit around the place: Qwortzblup\n" in ran.out
    at_unit, nowhere, unnamed = (row["warnings"] for row in properties_of(tmp_path / "out", "t"))
    assert at_unit.startswith("'Qwortzblup' is unknown; put at Kherson")
    assert (nowhere, unnamed) == ("'Qwertzblap' is unknown", None)


def test_columns_of_any_name_are_named_by_options(run, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("Wo,Opfer\nKherson,4\n", encoding="utf-8")
    ran = run("map", path, "-o", tmp_path / "out")
    assert ran.code == 1
    assert "say which it is with --place-column (there are: Wo, Opfer)" in ran.complaints[0]
    ran = run(
        "map", path, "--place-column", "Wo", "--column", "killed_best=Opfer", "--country", "ua",
        "-o", tmp_path / "out",
    )  # fmt: skip
    assert ran.code == 0
    (row,) = properties_of(tmp_path / "out", "mine")
    assert (row["killed_best"], row["country"], row["place_name"]) == (4, "Ukraine", "Kherson")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--profile", "acledd"], "no profile 'acledd'; there are: acled,"),
        (["--column", "killed"], "write OURS=HEADER"),
        (["--column", "deaths=killed"], "write OURS=HEADER"),
        (["--column", "killed_best=Dead"], "no column 'Dead'; the table has: place, admin1"),
        (["--grid", "0"], "a grid of 0.0 degrees is not between 0 and 10"),
        (["--withhold", "secret"], "no sensitivity 'secret'; there are none, personal"),
        (["--review", "maybe"], "no review filter 'maybe'; there are any"),
    ],
)
def test_impossible_options_for_tables(run, tmp_path, options, message):
    ran = run("map", write_table(tmp_path, ".csv"), "-o", tmp_path / "out", *options)
    assert (ran.code, (tmp_path / "out").exists()) == (1, False)
    assert message in ran.complaints[0]


def test_lines_with_a_text_are_articles(run, tmp_path):
    path = tmp_path / "in.jsonl"
    record = {"id": "a", "text": "Three people were killed by shelling in Kherson on 2 May 2023."}
    path.write_text(json.dumps(record | {"published": "2023-05-03"}), encoding="utf-8")
    ran = run("map", path, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert properties_of(tmp_path / "out", "in")[0]["sentence"] == record["text"]


def test_texts_and_tables_mixed(run, tmp_path):
    text = tmp_path / "report.txt"
    text.write_text("Three people were killed in Kherson on 2 May 2023.", encoding="utf-8")
    table = write_table(tmp_path, ".csv")
    ran = run("map", table, text, "--published", "2023-05-03", "-o", tmp_path / "out")
    assert ran.code == 2
    rows = properties_of(tmp_path / "out")
    assert [row["killed_best"] for row in rows] == [3, 2, None, 0]
    assert [row["source_name"] for row in rows] == ["report", *["events.csv"] * 3]
    lines = (tmp_path / "out" / "events.events.jsonl").read_text(encoding="utf-8").splitlines()
    assert ["claims" in json.loads(line) for line in lines] == [True, False, False, False]
    assert "4 events · killed 5" in ran.out


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "fgb", "csv", "xlsx", "parquet", "hxl.csv"])
def test_what_was_written_is_mapped_again_unchanged(run, tmp_path, ending):
    name = "hxl" if ending == "hxl.csv" else ending
    first, second = tmp_path / "first", tmp_path / "second"
    run("map", write_table(tmp_path, ".csv"), "-o", first, "-q", "--format", f"{name},geojson")
    run("map", first / f"events.{ending}", "-o", second, "-q", "--format", "geojson")
    stem = "events.hxl" if ending == "hxl.csv" else "events"
    again = sorted(properties_of(second, stem), key=lambda row: row["event_id"])
    assert again == sorted(properties_of(first), key=lambda row: row["event_id"])


def test_records_of_texts_and_rows_are_mapped_again_unchanged(run, tmp_path):
    text = tmp_path / "report.txt"
    text.write_text("Three people were killed in Kherson on 2 May 2023.", encoding="utf-8")
    first, second = tmp_path / "first", tmp_path / "second"
    table = write_table(tmp_path, ".csv")
    run("map", text, table, "--published", "2023-05-03", "-o", first, "-q")
    ran = run("map", first / "report.events.jsonl", "-o", second, "-q")
    assert (ran.code, ran.err) == (0, "")
    for name in ("report.geojson", "report.events.jsonl"):
        assert (second / name).read_bytes() == (first / name).read_bytes()


def test_convert_takes_any_table_and_keeps_its_sources(run, tmp_path):
    source, gpkg, csv = (tmp_path / name for name in ("ged.csv", "ged.gpkg", "ged.out.csv"))
    header = "id,where_prec,where_coordinates,country,type_of_violence,date_start,best"
    source.write_text(f"{header}\n1,1,Kherson town,Ukraine,1,2023-05-02,3\n", encoding="utf-8")
    ran = run("convert", source, "-o", gpkg)
    assert (ran.code, ran.err) == (0, "")
    assert "UCDP GED, 1 row\n" in ran.out
    assert run("convert", gpkg, "-o", csv, "-q").code == 0
    about = json.loads((tmp_path / "ged.out.csv-metadata.json").read_text(encoding="utf-8"))
    assert about["dc:source"][0].startswith("UCDP Georeferenced Event Dataset")
    assert "Kherson" in csv.read_text(encoding="utf-8")


def test_the_page_names_the_sources(run, tmp_path):
    path = tmp_path / "ged.csv"
    header = "id,where_prec,where_coordinates,country,type_of_violence,date_start,best"
    path.write_text(f"{header}\n1,1,Kherson town,Ukraine,1,2023-05-02,3\n", encoding="utf-8")
    run("map", path, "-o", tmp_path / "out", "-q")
    assert "UCDP Georeferenced Event Dataset" in (tmp_path / "out" / "ged.html").read_text("utf-8")


def test_a_page_that_sums_its_events_says_so(run, tmp_path):
    ran = run("map", write_table(tmp_path, ".csv"), "-o", tmp_path / "out", "--each-up-to", "2")
    (complaint,) = [line for line in ran.complaints if "--each-up-to" in line]
    assert complaint.startswith("3 events are over 2: the map sums them by place, type and month")
    assert (tmp_path / "out" / "events.html").exists()
    assert len(properties_of(tmp_path / "out", "events")) == 3


def test_filters_of_publication(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "place,country,date,sensitivity,review_status\nKherson,UA,2023-05-02,none,ok\n"
        "Odesa,UA,2023-05-02,personal,ok\nLviv,UA,2023-05-02,none,rejected\n"
        "Kyiv,UA,2023-05-02,none,unreviewed\nPoltava,UA,2999-01-01,none,ok\n",
        encoding="utf-8",
    )
    ran = run(
        "map", path, "-o", tmp_path / "out", "--withhold", "personal", "--review", "reviewed",
        "--min-age-hours", "24",
    )  # fmt: skip
    assert ran.code == 0
    assert [row["place_name"] for row in properties_of(tmp_path / "out", "own")] == ["Kherson"]
    for line in ("1 event withheld (sensitivity)", "2 events withheld (review)",
                 "1 event withheld (age)"):  # fmt: skip
        assert line in ran.out


def test_convert_keeps_full_records(run, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("Three people were killed in Kherson on 2 May 2023.", encoding="utf-8")
    run("map", source, "--published", "2023-05-03", "-o", tmp_path, "-q")
    records = tmp_path / "a.events.jsonl"
    assert run("convert", records, "-o", tmp_path / "b.jsonl", "-q").code == 0
    assert (tmp_path / "b.jsonl").read_bytes() == records.read_bytes()


def test_inputs_are_not_overwritten(run, tmp_path):
    path = write_table(tmp_path, ".geojson")
    before = path.read_bytes()
    for command in (["map", path, "-o", tmp_path], ["convert", path, "-o", path]):
        ran = run(*command)
        assert (ran.code, path.read_bytes()) == (1, before)
        assert "would overwrite the input; choose another --output" in ran.complaints[0]


def test_areas_of_a_layer_stay_areas(run, tmp_path):
    path = tmp_path / "areas.geojson"
    area = shapely.box(37.0, 48.0, 37.5, 48.5)
    gpd.GeoDataFrame({"place": ["Sector"]}, geometry=[area], crs=4326).to_file(path)
    run("map", path, "-o", tmp_path / "out", "-q")
    content = json.loads((tmp_path / "out" / "areas.geojson").read_text(encoding="utf-8"))
    (feature,) = content["features"]
    assert shapely.from_geojson(json.dumps(feature["geometry"])).equals(area)
    assert feature["properties"]["geo_precision"] == 5
