"""Results too large to be held: read, selected, mapped and converted part by part, to the same."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from typer.testing import CliRunner

from geo.batch.results import count_events, count_unlocated, read_parts, read_result
from geo.batch.selection import Selection
from geo.cli import make_app
from geo.commands import streaming
from geo.errors import InputError
from geo.exporters.reading import read_frame
from geo.totals import Tally, summarise

FRONT = shapely.Polygon([(34, 46), (40, 46), (40, 50.5), (34, 49)])
FORMATS = ("geojson", "parquet", "fgb", "gpkg", "csv", "jsonl", "acled.csv")


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold no more than seven events."""
    monkeypatch.setattr(streaming, "MOST_HELD", 7)


def run(*arguments: object) -> str:
    ran = CliRunner().invoke(make_app(), [str(argument) for argument in arguments])
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_parts_are_the_result(whole: Path) -> None:
    everything = read_result(whole)
    parts = list(read_parts(whole, rows=7))
    assert len(parts) > 3
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), everything)
    assert count_events(whole) == len(everything)
    assert count_unlocated(whole) == int(everything["longitude"].isna().sum()) > 0


def test_a_polygon_selects_exactly(whole: Path) -> None:
    selection = Selection(within=FRONT)
    everything = read_result(whole)
    expected = everything[everything.intersects(FRONT)]["event_id"].tolist()
    assert 0 < len(expected) < len(everything)
    assert read_result(whole, selection)["event_id"].tolist() == expected
    assert selection.of(everything)["event_id"].tolist() == expected
    assert [
        i for part in read_parts(whole, selection, rows=3) for i in part["event_id"]
    ] == expected
    assert len(expected) <= count_events(whole, selection)


def test_totals_of_parts_are_those_of_the_whole(whole: Path) -> None:
    everything = read_result(whole)
    everything.loc[::5, "area_km2"] = 4.0
    everything.loc[::5, "series_id"] = "s"
    everything.loc[::10, "counts_in_total"] = False
    tally = Tally()
    for begin in range(0, len(everything), 4):
        tally.add(everything.iloc[begin : begin + 4])
    assert tally.totals() == summarise(everything)
    assert Tally().totals().killed.best is None


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_parts_holds_what_one_of_the_whole_holds(
    form: str, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / f"one.{form}", tmp_path / f"other.{form}"
    run("convert", whole, "-o", one)
    monkeypatch.setattr(streaming, "MOST_HELD", 7)
    assert "events to" in run("convert", whole, "-o", other)
    if form in ("acled.csv", "csv", "jsonl"):
        assert other.read_bytes() == one.read_bytes()
        return
    pd.testing.assert_frame_equal(read_frame(other), read_frame(one))
    if form == "parquet":
        metadata = pq.read_schema(other).metadata
        assert json.loads(metadata[b"geo"]) == json.loads(pq.read_schema(one).metadata[b"geo"])
        assert metadata[b"attribution"] == pq.read_schema(one).metadata[b"attribution"]
        assert pq.read_metadata(other).num_row_groups > 1
    if form == "geojson":
        contents = [json.loads(path.read_bytes()) for path in (one, other)]
        assert contents[0] == contents[1]
    if form == "gpkg":
        assert pyogrio.list_layers(other).tolist() == pyogrio.list_layers(one).tolist()
        assert gpd.read_file(other, layer="events_point", bbox=(30, 46, 40, 50)).shape == (
            gpd.read_file(one, layer="events_point", bbox=(30, 46, 40, 50)).shape
        )


def test_a_file_of_located_parts_is_indexed(whole: Path, tmp_path: Path, in_parts: None) -> None:
    area = tmp_path / "front.geojson"
    gpd.GeoDataFrame(geometry=[FRONT], crs=4326).to_file(area)
    target = tmp_path / "front.fgb"
    run("export", whole, "-o", target, "--within", area)
    assert pyogrio.read_info(target)["capabilities"]["fast_spatial_filter"]
    inside = read_result(whole, Selection(within=FRONT))
    assert sorted(read_frame(target)["event_id"]) == sorted(inside["event_id"])


def test_a_map_of_parts_is_that_of_the_whole(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("map", whole, "--format", "csv", "--since", "2022-01-01")
    said = run(*arguments, "-o", tmp_path / "one")
    sums = run(*arguments, "-o", tmp_path / "two", "--each-up-to", "20")
    monkeypatch.setattr(streaming, "MOST_HELD", 7)
    told = run(*arguments, "-o", tmp_path / "one-parts")
    run(*arguments, "-o", tmp_path / "two-parts", "--each-up-to", "20", "-q")
    for name in ("one", "two"):
        pages = [next((tmp_path / f).glob("*.html")).read_bytes() for f in (name, f"{name}-parts")]
        assert pages[0] == pages[1]
    assert [line for line in told.splitlines() if " · killed " in line] == (
        [line for line in said.splitlines() if " · killed " in line]
    )
    assert "are over 20: the map sums them" in sums
    assert "are over" not in said


def test_nothing_left_makes_an_empty_map_and_empty_files(
    whole: Path, tmp_path: Path, in_parts: None
) -> None:
    box = ("--within", tmp_path / "sea.geojson")
    sea = shapely.box(-40, -40, 170, 71).difference(shapely.box(-39, -39, 169, 70))
    gpd.GeoDataFrame(geometry=[sea], crs=4326).to_file(box[1])
    run("map", whole, "-o", tmp_path / "out", "--format", "geojson", *box, "-q")
    features = json.loads(next((tmp_path / "out").glob("*.geojson")).read_bytes())["features"]
    assert features == []
    assert "No events in this map" in next((tmp_path / "out").glob("*.html")).read_text()
    for form in ("fgb", "parquet", "gpkg"):
        run("convert", whole, "-o", tmp_path / f"a.{form}", *box)
        assert len(read_frame(tmp_path / f"a.{form}")) == 0


@pytest.mark.parametrize("content", ['{"type": "Point", "coordinates": [1, 2]}', "no areas", None])
def test_a_file_without_areas_is_refused(whole: Path, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "areas.geojson"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    ran = CliRunner().invoke(make_app(), ["map", str(whole), "--within", str(path)])
    assert isinstance(ran.exception, InputError)
