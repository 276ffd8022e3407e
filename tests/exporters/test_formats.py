"""Every format: whole, readable by GDAL, equal to the frame, and harmless."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from xml.etree import ElementTree

import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from geo.errors import ExportError, InputError, UnknownFormatError
from geo.exporters import FORMATS, About, PublicationRules, format_of, write_events, write_frame
from geo.exporters.reading import read_events, read_frame
from geo.exporters.rows import cleaned
from geo.frame import to_geodataframe
from tests.events_factory import Units, make_events

EXACT = PublicationRules(exact=True)
ABOUT = About(title="Test", attribution=("Somebody's data, CC BY 4.0",))


@pytest.fixture(scope="module")
def frame():
    return cleaned(to_geodataframe(make_events(), gazetteer=Units()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    write_events(
        make_events(), folder, "ev", formats=list(FORMATS), rules=EXACT, gazetteer=Units(),
        about=ABOUT,
    )  # fmt: skip
    return folder


def path_of(folder, name):
    return folder / f"ev{FORMATS[name].ending}"


def test_nothing_but_the_files_is_left(folder):
    endings = {f"ev{f.ending}" for f in FORMATS.values()}
    beside = {f"{name}-metadata.json" for name in endings if name.endswith((".csv", ".jsonl"))}
    assert {path.name for path in folder.iterdir()} == endings | beside


@pytest.mark.parametrize("name", ["geojson", "gpkg", "fgb", "parquet"])
def test_geometry_and_values_come_back_equal(frame, folder, name):
    again = read_frame(path_of(folder, name)).sort_values("event_id", ignore_index=True)
    if name == "geojson":  # five decimals
        assert again.geometry.iloc[0].equals_exact(frame.geometry.iloc[0], 1e-5)
        again = again.set_geometry(frame.geometry)
    again["geometry"] = shapely.normalize(again.geometry.to_numpy())
    expected = frame.set_geometry(shapely.normalize(frame.geometry.to_numpy()), crs=4326)
    assert_geodataframe_equal(again, expected, check_like=True)


@pytest.mark.parametrize("name", ["csv", "hxl", "xlsx"])
def test_tables_come_back_equal_without_outlines(frame, folder, name):
    again = read_frame(path_of(folder, name))
    left = again.drop(columns="geometry").astype(object).fillna("").map(tidy)
    right = frame.drop(columns="geometry").astype(object).fillna("").map(tidy)
    assert left.equals(right)


def tidy(value):
    """Forget what XML and spreadsheets cannot carry."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def test_jsonl_gives_the_same_events(folder):
    assert tuple(read_events(path_of(folder, "jsonl"))) == make_events()


@pytest.mark.parametrize("name", ["geojson", "gpkg", "fgb", "kml", "parquet"])
def test_gdal_reads_types_and_counts(folder, name):
    if name == "parquet" and "Parquet" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no Parquet")
    path = path_of(folder, name)
    layers = [n for n, _ in pyogrio.list_layers(path) if n != "layer_styles"]
    infos = [pyogrio.read_info(path, layer=layer, force_feature_count=True) for layer in layers]
    assert sum(info["features"] for info in infos) == 8
    assert all(info["crs"] in ("EPSG:4326", None) for info in infos)
    types = dict(zip(infos[0]["fields"], infos[0]["dtypes"], strict=True))
    assert types["killed_best"] in ("int32", "int64")
    assert types["longitude"] == "float64"


def test_kml_has_time(folder):
    rows = pyogrio.read_dataframe(path_of(folder, "kml"))
    assert str(rows["begin"].iloc[0])[:10] == "2023-08-14"
    assert str(rows["end"].iloc[2])[:10] == "2023-08-13"
    assert rows.geometry.isna().sum() == 2


def test_geojson_is_rfc_7946(folder):
    content = json.loads(path_of(folder, "geojson").read_text())
    assert "crs" not in content
    assert content["bbox"] == [32.0, 47.79746, 38.2, 50.5]
    assert content["attribution"] == list(ABOUT.attribution)
    for feature in content["features"]:
        assert feature["id"] == feature["properties"]["event_id"]
        if feature["geometry"] and feature["geometry"]["type"] == "Polygon":
            assert shapely.LinearRing(feature["geometry"]["coordinates"][0]).is_ccw


def test_geopackage_is_styled(folder):
    with closing(sqlite3.connect(path_of(folder, "gpkg"))) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
        registered = database.execute(
            "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
        ).fetchall()
    assert [row[:3] for row in rows] == [("events_point", "geom", 1), ("events_area", "geom", 1)]
    assert all("<qgis" in row[3] for row in rows)
    assert registered == [("attributes",)]


def test_styles_name_columns_that_are_there(folder):
    with closing(sqlite3.connect(path_of(folder, "gpkg"))) as database:
        styles = database.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
        for layer, qml in styles:
            root = ElementTree.fromstring(qml)  # noqa: S314 - our own file
            rules = [rule.get("filter", "") for rule in root.iter("rule")]
            assert root.tag == "qgis" and root.find("renderer-v2") is not None
            there = {row[1] for row in database.execute(f"PRAGMA table_info({layer})")}
            assert len(list(root.iter("data_defined_properties"))) in (0, len(rules))
            named = set(re.findall(r'"(\w+)"', " ".join([*rules, *_attributes(root)])))
            assert named <= there


def _attributes(root):
    renderer = root.find("renderer-v2")
    attribute = renderer.get("attr")
    return [f'"{attribute}"'] if attribute and attribute.isidentifier() else [attribute or ""]


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_carries_the_attribution(folder, name):
    path = path_of(folder, name)
    if name in ("csv", "hxl", "acled", "ucdp", "jsonl"):
        path = path.with_name(path.name + "-metadata.json")
    content = path.read_bytes()
    if name == "xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        assert book["about"]["A3"].value == ABOUT.attribution[0]
        return
    assert b"Somebody" in content


@pytest.mark.parametrize("name", ["csv", "hxl", "acled", "ucdp"])
def test_no_cell_is_a_formula(folder, name):
    with path_of(folder, name).open(newline="", encoding="utf-8") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [c for c in cells if c.startswith(("=", "@", "\t")) and not c.startswith("#")]


def test_xlsx_has_no_formula(folder):
    import openpyxl

    book = openpyxl.load_workbook(path_of(folder, "xlsx"))
    assert {cell.data_type for row in book["events"].rows for cell in row} <= {"s", "n", "b"}


@pytest.mark.parametrize("name", list(FORMATS))
def test_same_events_same_bytes(folder, name, tmp_path):
    paths = write_events(
        make_events(), tmp_path, "ev", formats=[name], rules=EXACT, gazetteer=Units(), about=ABOUT
    )
    assert paths[name].read_bytes() == path_of(folder, name).read_bytes()


@pytest.mark.parametrize("name", [n for n in FORMATS if n != "jsonl"])
def test_no_events_make_a_file_too(name, tmp_path):
    write_events([], tmp_path, "none", formats=[name], gazetteer=Units())
    assert (tmp_path / f"none{FORMATS[name].ending}").stat().st_size > 0


def test_bom_on_request(frame, tmp_path):
    assert write_frame(frame, tmp_path / "a.csv", bom=True).read_bytes()[:3] == b"\xef\xbb\xbf"


def test_unknown_formats_are_named():
    with pytest.raises(UnknownFormatError, match=r"no format 'shp'; there are: geojson, gpkg"):
        format_of("shp")


def test_a_failed_write_leaves_the_old_file(frame, tmp_path, monkeypatch):
    path = tmp_path / "a.geojson"
    path.write_text("old")
    monkeypatch.setattr("geo.exporters.geojson._box", lambda bounds: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_frame(frame, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.geojson"]


def test_a_folder_that_cannot_be_written(frame, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot write there"):
        write_frame(frame, tmp_path / "file" / "a.geojson")


def test_acled_rule_for_vague_numbers(frame, tmp_path):
    path = write_frame(frame, tmp_path / "x.acled.csv")
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["fatalities"] for row in rows] == ["2", "1", "", "", "0", "", "", "5"]
    assert rows[1]["geo_precision"] == "3"


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("{}\n")
    with pytest.raises(InputError, match="line 1: a Event needs id"):
        list(read_events(path))
