"""Hostile words in every field: shown as they are, or shortened; nothing runs, save never fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.webmap import to_map, write_map
from geo.webmap.payload import TEXTS
from tests.webmap.frames import make_article

HOSTILE = [
    "{{ 7*7 }}", "{{ self.__init__.__globals__ }}", "{% raise %}", "{# never closed", "${alert(1)}",
    "`backticks`", "back\\slash\\", "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "javascript:alert(1)", "line\u2028separator\u2029end",
    "lone \ud800 surrogate \udfff", "\u202eoverride\u202d \u2066isolate", "nul \x00 bell \x07",
    "]]> <!-- -->", "'\"&amp;&lt;", "[[data]] [[csp]] [[t:map]]", "مرحبا שלום Привіт",
    "%s %(x)s {0}",
]  # fmt: skip
OTHERS = (
    "source_url geo_candidates_json merged_ids_json evidence_json date_start killed_best "
    "geo_precision area_km2 geo_radius_km"
).split()
LONG = "x" * 1_000_000
DEEP = "[" * 1_000_000


def poisoned(text: str) -> pd.DataFrame:
    frame = make_article().copy()
    for name in TEXTS:
        frame[name] = pd.Series([f"{text} {name}"] * len(frame), dtype=object)
    for name in OTHERS:
        frame[name] = pd.Series([text] * len(frame), dtype=object)
    return frame


@pytest.mark.parametrize(
    "text", [*HOSTILE, LONG, DEEP], ids=[*(repr(t)[:24] for t in HOSTILE), "1 MB", "deep"]
)
def test_saving_never_fails(text: str, tmp_path: Path) -> None:
    overlay = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [35, 48]},
        "properties": {"name": text, text[:99]: text},
    }
    page = write_map(poisoned(text), tmp_path / "m.html", title=text, overlay=overlay)
    assert page.stat().st_size < 500_000
    made = page.read_text(encoding="utf-8")
    assert made.count("<script>") == 3
    assert "<img" not in made.split("<script>", maxsplit=1)[0]


@pytest.mark.parametrize("value", [
    [{"name": "{{7*7}}", "score": float("nan"), "lon": "x", "lat": 1e999}], ["</script>", 7, None],
    [[1], [2], [3]], {"a": 1}, [{"name": ["<b>"], "admin1": {"x": 1}}] * 3,
])  # fmt: skip
def test_odd_candidates_are_shown_or_left_out(value: object, tmp_path: Path) -> None:
    frame = make_article()
    frame["geo_candidates_json"] = json.dumps([None, *value] if isinstance(value, list) else value)
    page = write_map(frame, tmp_path / "m.html").read_text(encoding="utf-8")
    assert "<b>" not in page.split('id="data"')[1].split("</script>", maxsplit=1)[0]


@pytest.mark.parametrize("name", [t.replace("/", "∕") for t in HOSTILE if t.isprintable()])
def test_a_file_may_be_called_anything(open_map: Any, tmp_path: Path, name: str) -> None:
    line = {"type": "LineString", "coordinates": [[35, 47], [38, 49]]}
    path = tmp_path / f"{name}.geojson"
    path.write_text(json.dumps({"type": "Feature", "geometry": line, "properties": {}}))
    opened = open_map(make_article(), overlay=path, title=name)
    assert opened.page.locator(".modes label", has_text=name[:20]).count() == 1
    assert opened.page.title() == name


def test_hostile_words_are_shown_and_never_run(open_map: Any) -> None:
    frames = []
    for number, text in enumerate(HOSTILE):
        frame = poisoned(text).iloc[[1]].copy()
        frame["event_id"] = f"h{number}"
        frame["latitude"] = 46 + number / 3
        frames.append(frame)
    opened = open_map(pd.concat(frames, ignore_index=True), title=" ".join(HOSTILE))
    titles = set()
    for row in range(len(HOSTILE)):
        opened.page.evaluate(f"document.getElementById('list').scrollTop = {row * 76}")
        opened.page.wait_for_timeout(40)
        opened.page.locator(f"#row-{row}").click()
        opened.page.locator(f"#row-{row}[aria-selected=true]").wait_for()
        titles.add(opened.page.locator(".event h2 bdi").first.text_content())
        opened.page.evaluate("document.querySelector('.event details').open = true")
        assert opened.page.locator(".event a").count() == 0
        assert opened.page.locator(".event img, .event script").count() == 0
    expected = {
        t.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd") + " place_name" for t in HOSTILE
    }
    assert titles == expected


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(t)[:24] for t in HOSTILE])
def test_folium_gets_inert_words(text: str, tmp_path: Path) -> None:
    target = tmp_path / "folium.html"
    point = {"type": "Point", "coordinates": [35, 48]}
    overlay = {"type": "Feature", "geometry": point, "properties": {"name": text, text: text}}
    to_map(poisoned(text), overlay=overlay).to_folium().save(str(target))
    made = target.read_text(encoding="utf-8")
    assert "<img" not in made
    assert "${alert" not in made
    assert "Missile" in made or "Other" in made


def test_a_notebook_shows_the_map_in_a_frame_of_its_own() -> None:
    shown = to_map(poisoned(HOSTILE[7]))._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "<script" not in shown
