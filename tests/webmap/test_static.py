"""Static pictures, the basemap and the columns: no browser needed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import ExportError, InputError, UnknownFormatError, UnknownLanguageError
from geo.webmap import render_map, write_figure, write_map
from geo.webmap.basemap import WORLD, cut_basemap, decode_shape
from geo.webmap.labels import read_labels, ui_languages
from geo.webmap.overlays import read_overlay, to_overlay
from geo.webmap.payload import to_columns
from geo.webmap.shapes import half_disc, to_shapes
from geo.webmap.skeleton import choose_tiles
from geo.webmap.writing import to_payload
from tests.webmap.frames import make_article, make_events


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_picture_is_the_same_file_each_time(tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the extra [figure]")
    frame = make_events(40, seed=3)
    made = [write_figure(frame, tmp_path / f"{n}.{suffix}", title="$x$ {y} Події") for n in "ab"]
    assert made[0].read_bytes() == made[1].read_bytes()
    assert made[0].stat().st_size > 50_000


@pytest.mark.parametrize("count", [0, 1])
def test_a_picture_of_few_events(tmp_path: Path, count: int) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the extra [figure]")
    assert write_figure(make_article().iloc[:count], tmp_path / "f.png").exists()


def test_an_unknown_picture_format_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"\.png, \.svg, \.pdf"):
        write_figure(make_article(), tmp_path / "f.gif")


def test_a_page_is_the_same_text_each_time() -> None:
    assert render_map(make_events(50)) == render_map(make_events(50))


def test_more_single_events_than_a_page_can_show_are_refused() -> None:
    with pytest.raises(InputError, match="not between 0 and 300,000"):
        render_map(make_events(1), each_up_to=300_001)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="choose another place"):
        write_map(make_article(), tmp_path / "file" / "map.html")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    "lons, lats, detail, inside",
    [
        ([35.3, 36.2], [47.8, 50.0], 500, "UA-63"),
        ([22.0, 40.0], [44.0, 52.0], 100, "UA-63"),
        ([-70.0, 30.0, 100.0], [0.0, 50.0, 10.0], 100, "UA-30"),
        ([33.4], [44.6], 500, "UA-40"),
    ],
)
def test_the_basemap_is_cut_to_the_events(
    lons: list[float], lats: list[float], detail: int, inside: str
) -> None:
    basemap = cut_basemap(lons, lats)
    assert basemap["parts"]["units"] == detail
    assert inside in {unit["c"] for unit in basemap["units"]}
    assert len(json.dumps(basemap, separators=(",", ":"))) < 220_000


def test_no_events_get_the_world() -> None:
    assert tuple(cut_basemap([], [])["box"]) == WORLD


def test_crimea_lies_in_ukraine() -> None:
    units = cut_basemap([34.1], [45.0])["units"]
    assert {u["k"] for u in units if u["c"] in ("UA-43", "UA-40")} == {"UA"}


def test_units_keep_their_size() -> None:
    units = cut_basemap([36.2], [50.0])["units"]
    kharkiv = next(u for u in units if u["c"] == "UA-63")
    assert decode_shape(kharkiv["g"], 500).area == pytest.approx(3.9, abs=0.3)  # square degrees


@pytest.mark.parametrize("flank, lower", [("south", True), ("southern", True), ("N", False)])
def test_a_flank_is_half_a_disc(flank: str, lower: bool) -> None:
    half = half_disc(38.0, 48.6, 25.0, flank)
    assert half is not None
    assert (half.centroid.y < 48.6) is lower


def test_an_unknown_flank_is_no_shape() -> None:
    assert half_disc(38.0, 48.6, 25.0, "left") is None


def test_equal_areas_travel_once() -> None:
    frame = pd.concat([make_article()] * 20, ignore_index=True)
    columns = to_columns(frame)
    shapes, rows, _ = to_shapes(frame, columns)
    assert len(shapes) == 2
    assert sum(row is not None for row in rows) == 40


def test_unknown_stays_unknown_and_zero_stays_zero() -> None:
    frame = make_article()
    frame["killed_best"] = pd.array([0, None, None, 3], dtype="Int64")
    assert to_columns(frame)["killed_best"] == {"v": [0, None, None, 3]}


def test_a_point_off_the_earth_is_not_located() -> None:
    frame = make_article()
    frame.loc[0, "longitude"] = 999.0
    columns = to_columns(frame)
    assert columns["lon"]["v"][0] is None
    assert columns["precision"]["v"][0] == 9


def test_events_know_their_region() -> None:
    data = to_payload(make_article())
    units = [data["basemap"]["units"][k]["c"] for k in data["columns"]["unit"]["v"]]
    assert units == ["UA-63", "UA-23", "UA-14", "UA-14"]


@pytest.mark.parametrize("language", ui_languages())
def test_every_language_has_every_label(language: str) -> None:
    assert read_labels(language).keys() == read_labels("en").keys()


def test_an_unknown_page_language_names_the_known() -> None:
    with pytest.raises(UnknownLanguageError, match="en, it, uk"):
        read_labels("xx")


@pytest.mark.parametrize(
    "url",
    ["https://a.example/{z}/{x}", "file:///{z}/{x}/{y}", "https://a.example/{{z}}/{x}/{y}/{z}",
     "https://a.example/{z}/{x}/{y}`", "nowhere"],
)  # fmt: skip
def test_unusable_tiles_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="osm, carto"):
        choose_tiles(url)


def test_tiles_are_allowed_by_the_policy_and_thanked() -> None:
    page = render_map(make_article(), tiles="https://t.example.org/{z}/{x}/{y}.png")
    assert "img-src data: blob: https://t.example.org" in page
    assert "strict-origin-when-cross-origin" in page


def test_broken_overlays_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "o.geojson"
    path.write_text("{")
    with pytest.raises(InputError, match="not valid JSON"):
        read_overlay(path)
    with pytest.raises(InputError, match="no GeoJSON"):
        to_overlay({"type": "Topology"}, name="x")


def test_an_overlay_keeps_shapes_and_a_label_only() -> None:
    raw = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.23456789, 2]},
           "properties": {"name": "Line", "secret": 1}}  # fmt: skip
    feature = to_overlay(raw, name="x")["geojson"]["features"][0]
    assert feature["properties"] == {"label": "Line"}
    assert feature["geometry"]["coordinates"] == [1.2346, 2.0]
