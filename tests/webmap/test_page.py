"""The page in a browser: what it shows, what it asks for, what a reader can do."""

from __future__ import annotations

import io
import json
import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from geo.totals import summarise
from tests.webmap.frames import make_article, make_events

LATER = 350  # milliseconds that debounced work may take


def number(text: str) -> float:
    return 0.0 if text == "—" else float(text.replace(",", ""))


def test_an_article_shows_its_events_totals_and_popup(open_map: Any) -> None:
    opened = open_map(make_article(), title="Guerra in Ucraina · Події")
    assert opened.page.title() == "Guerra in Ucraina · Події"
    assert [opened.total(n) for n in ("events", "killed", "injured")] == ["4", "3", "4"]
    assert opened.total("km² liberated, in total") == "40"
    assert "of which 3" in opened.text("#totals")
    opened.page.click(".row >> text=Stepne")
    popup = opened.text(".leaflet-popup-content")
    for words in ("missili S-300", "±2 km", "Notiziario", "confirmed", "forze russe"):
        assert words in popup
    marked = opened.page.locator(".leaflet-popup-content mark").all_inner_texts()
    assert marked == ["missili S-300", "Stepne"]
    assert opened.page.locator(".leaflet-popup-content a").first.get_attribute("href") == (
        "https://example.org/articolo"
    )


@pytest.mark.parametrize(
    "row, line",
    [
        (0, "1 killed · 4 injured · artiglieria · as reported · region"),
        (1, "2 killed · missili S-300 · as reported · village, ±2 km"),
        (2, "40 km² liberated · in total · as reported · southern flank of the sector, ±25 km"),
        (3, "3 km² liberated · in period Aug 7 – 13, 2023 · part of a total · as reported"
            " · line or sector, ±25 km"),
    ],
)  # fmt: skip
def test_one_line_says_it(open_map: Any, row: int, line: str) -> None:
    opened = open_map(make_article())
    opened.page.click(f"#row-{row}")
    said = opened.text(".event .key").replace("\u2009", " ").replace("\u202f", " ")
    assert said == line


UNITS = [
    (3, "place known by name only, drawn within its district, ±25 km"),
    (4, "region"),
    (6, "country"),
]


@pytest.mark.parametrize(("precision", "words"), UNITS)
def test_a_place_put_at_a_unit_is_not_said_to_be_finer(
    open_map: Any, precision: int, words: str
) -> None:
    frame = make_article().iloc[[1]].copy()
    frame["geo_method"], frame["geo_precision"], frame["geo_radius_km"] = "unit", precision, 25
    opened = open_map(frame)
    opened.page.click("#row-0")
    assert opened.text(".event .key").endswith(f" · as reported · {words}")


def test_runner_up_places_and_the_local_name_are_told(open_map: Any) -> None:
    frame = make_article()
    frame.loc[1, "place_local"] = "Степне"
    opened = open_map(frame)
    opened.page.click("#row-1")
    assert opened.text(".event h2") == "Stepne Степне"
    opened.page.click(".event summary")
    assert "Stepne, Poltava 6%" in opened.text(".event dl ul")
    assert "92%" in opened.text(".event dl")


def test_matched_words_are_marked_where_they_stand(open_map: Any) -> None:
    frame = make_article().iloc[[1]].copy()
    frame["sentence"] = "😀 Un bombardamento ha ucciso un uomo a Stepne."
    frame["evidence_json"] = "[[29, 31], [39, 45], [-4, 2], [3, 900]]"
    opened = open_map(frame)
    opened.page.click("#row-0")
    assert opened.page.locator(".event mark").all_inner_texts() == ["un", "Stepne"]


def test_too_many_symbols_become_hexagons(open_map: Any) -> None:
    frame = make_events(300, seed=9)
    many = pd.concat([frame] * 90, ignore_index=True)
    opened = open_map(many)
    opened.page.wait_for_timeout(LATER)
    assert "hexagon" in opened.text("#legend")
    opened.page.fill("#query", "orikhiv-5")
    opened.page.locator("#legend", has_text="Review state").wait_for()


def test_a_click_on_the_map_opens_the_event_and_marks_its_row(open_map: Any) -> None:
    opened = open_map(make_article())
    at = opened.page.evaluate(
        "(() => { const p = map_conflict.latLngToContainerPoint([47.797, 35.306]);"
        " const b = map_conflict.getContainer().getBoundingClientRect();"
        " return [p.x + b.left, p.y + b.top]; })()"
    )
    opened.page.mouse.click(*at)
    assert "Stepne" in opened.text(".leaflet-popup-content h2")
    assert "Stepne" in opened.text('.row[aria-selected="true"]')


def test_the_symbol_is_drawn_in_the_colour_of_its_type(open_map: Any) -> None:
    opened = open_map(make_article())
    opened.page.wait_for_timeout(LATER)
    found = opened.page.evaluate(
        "(() => { const c = [...document.querySelectorAll('.leaflet-overlay-pane canvas')][0];"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
        " for (let k = 0; k < d.length; k += 4)"
        " if (d[k] > 200 && d[k + 1] < 110 && d[k + 2] < 30 && d[k + 3] > 200) n++; return n; })()"
    )
    assert found > 40


def test_coincident_events_are_leafed_through(open_map: Any) -> None:
    frame = pd.concat([make_article().iloc[[1]]] * 10, ignore_index=True)
    frame["event_id"] = [f"s{k}" for k in range(10)]
    opened = open_map(frame)
    box = opened.page.locator("#map_conflict").bounding_box()
    point = opened.page.evaluate(
        "(() => { const p = map_conflict.latLngToContainerPoint([47.797, 35.306]);"
        " return [p.x, p.y]; })()"
    )
    opened.page.mouse.click(box["x"] + point[0], box["y"] + point[1])
    assert "1 of 10" in opened.text(".pager")
    opened.page.click(".pager button >> nth=1")
    assert "2 of 10" in opened.text(".pager")


@pytest.mark.parametrize(("motion", "glides"), [("reduce", False), ("no-preference", True)])
def test_the_map_glides_to_a_popup_unless_less_motion_is_asked(
    open_map: Any, motion: str, glides: bool
) -> None:
    opened = open_map(make_article(), context={"reduced_motion": motion})
    at = opened.page.evaluate(
        "(() => { map_conflict.setView([47.5, 35.306], 9, {animate: false});"
        " const p = map_conflict.latLngToContainerPoint([47.797, 35.306]);"
        " const b = map_conflict.getContainer().getBoundingClientRect();"
        " window.frames_moved = 0; map_conflict.on('move', () => window.frames_moved++);"
        " return [p.x + b.left, p.y + b.top]; })()"
    )
    opened.page.mouse.click(*at)
    assert "Stepne" in opened.text(".leaflet-popup-content h2")
    moves = opened.page.evaluate(
        "(async () => { const gliding = () => map_conflict._panAnim?._inProgress;"
        " while (gliding()) await new Promise((next) => setTimeout(next, 20));"
        " return window.frames_moved; })()"
    )
    assert moves > 1 if glides else moves == 1


def test_country_level_and_unlocated_events_are_listed_apart(open_map: Any) -> None:
    frame = make_events(300, seed=5)
    opened = open_map(frame)
    country = int((frame["geo_precision"] == 6).sum())
    nowhere = int((frame["geo_precision"] == 9).sum())
    assert opened.text("#tab-country b") == str(country)
    assert opened.text("#tab-nowhere b") == str(nowhere)
    opened.page.click("#tab-nowhere")
    assert "not on the map" in opened.text("#list-note")
    opened.page.click(".row >> nth=0")
    assert "not located" in opened.text("#drawer")


def test_totals_follow_ten_random_filters(open_map: Any) -> None:
    frame = make_events(600, seed=2)
    opened = open_map(frame)
    pick = random.Random(4)
    for _ in range(10):
        kept = _apply(opened.page, frame, pick)
        totals = summarise(frame[kept])
        assert opened.total("events") == f"{int(kept.sum()):,}"
        for name in ("killed", "injured"):
            assert number(opened.total(name)) == (totals.figures[name].best or 0), name
        shown = {
            cell.get_attribute("data-total"): number(cell.inner_text().split()[0])
            for cell in opened.page.locator("#totals dd").all()
        }
        liberated = sum(v for k, v in shown.items() if k.startswith("km² liberated"))
        part = 0.0 if "part of a total" not in opened.text("#totals") else None
        if part is not None:
            area = totals.area("liberated")
            assert liberated == pytest.approx((area.total or 0.0) + (area.periods or 0.0))


def _apply(page: Any, frame: pd.DataFrame, pick: random.Random) -> pd.Series:
    """Set random filters by the page's own controls and return the rows they keep."""
    page.evaluate("document.getElementById('filters').open = true")
    page.click("#do-reset")
    killed, confidence = pick.choice([0, 1, 3]), pick.choice([0, 0.5, 0.7])
    first = date(2023, 5, 20) + timedelta(days=pick.randrange(60))
    last = first + timedelta(days=pick.randrange(20, 120))
    admin1 = pick.choice(["", "Donetsk Oblast", "Kherson Oblast"])
    source = pick.choice(["", "Суспільне"])
    page.fill("#killed-min", str(killed))
    page.locator("#confidence-min").fill(str(confidence))
    page.select_option("#admin1", admin1)
    page.select_option("#source", source)
    page.fill("#from", first.isoformat())
    page.fill("#to", last.isoformat())
    hidden = pick.choice(["ok", "rejected"])
    page.uncheck(f'#reviews input[data-key="{hidden}"]')
    word = pick.choice(["", "orikhiv", "ДОНЕЦЬК"])
    page.fill("#query", word)
    page.wait_for_timeout(LATER)
    best = frame["killed_best"].fillna(frame["killed_low"]).fillna(frame["killed_high"]).fillna(0)
    start, end = frame["date_start"], frame["date_end"]
    dated = start.notna()
    kept = (best >= killed) & (frame["geo_confidence"] >= confidence)
    kept &= ~dated | ((end >= first.isoformat()) & (start <= last.isoformat()))
    kept &= frame["review_status"] != hidden
    kept &= (frame["admin1"] == admin1) if admin1 else True
    kept &= (frame["source_name"] == source) if source else True
    texts = frame[["title", "sentence", "place_name", "admin1"]].fillna("").agg("\n".join, axis=1)
    kept &= texts.str.lower().str.contains(word.lower(), regex=False)
    return kept


def test_the_link_restores_view_filters_and_open_event(open_map: Any) -> None:
    frame = make_events(200, seed=3)
    first = open_map(frame)
    first.page.evaluate("map_conflict.setView([48.2, 36.1], 8, {animate: false})")
    first.page.evaluate("document.getElementById('filters').open = true")
    first.page.fill("#killed-min", "1")
    first.page.fill("#query", "attack")
    first.page.fill("#to", "2023-10-01")
    first.page.click("#do-theme")
    first.page.uncheck(".modes >> text=Place names")
    first.page.wait_for_timeout(LATER)
    first.page.locator("#list").focus()
    first.page.keyboard.press("ArrowDown")
    first.page.keyboard.press("Enter")
    first.page.wait_for_timeout(LATER)
    link = first.page.evaluate("location.hash")
    second = open_map(frame, fragment=link)
    second.page.wait_for_timeout(LATER)
    assert second.page.evaluate("location.hash") == link
    for selector in ("#totals", ".event h2", "#tab-view"):
        assert second.text(selector) == first.text(selector)
    assert second.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert not second.page.is_checked(".modes >> text=Place names")


def test_downloads_read_back_equal(open_map: Any) -> None:
    frame = make_events(150, seed=6)
    frame.loc[3, "title"] = "=HYPERLINK(1)"
    opened = open_map(frame)
    texts = {}
    for name in ("csv", "geojson"):
        opened.page.evaluate("document.getElementById('menu').open = true")
        with opened.page.expect_download() as download:
            opened.page.click(f"#do-{name}")
        with open(download.value.path(), encoding="utf-8-sig") as file:  # noqa: PTH123
            texts[name] = file.read()
    rows = pd.read_csv(io.StringIO(texts["csv"])).set_index("event_id")
    features = {f["id"]: f for f in json.loads(texts["geojson"])["features"]}
    assert len(rows) == len(features) == len(frame)
    numbers = ("killed_best", "injured_best", "longitude", "latitude", "area_km2", "geo_precision")
    words = ("date_start", "place_name", "source_name", "review_status", "sentence")
    for event in frame.to_dict("records"):
        feature = features[event["event_id"]]
        for name in (*numbers, *words):
            expected = None if pd.isna(event[name]) else event[name]
            assert feature["properties"].get(name) == expected
            cell = rows.loc[event["event_id"], name] if name in rows else None
            assert (None if pd.isna(cell) else cell) == expected
        assert (feature["geometry"] is None) == pd.isna(event["longitude"])
    assert rows.loc[frame.loc[3, "event_id"], "title"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("mode", ["regions", "heat"])
def test_other_ways_to_see_the_events(open_map: Any, mode: str) -> None:
    opened = open_map(make_events(200, seed=1))
    opened.page.check(f'input[name="mode"][value="{mode}"]')
    opened.page.wait_for_timeout(LATER)
    assert opened.page.locator("#legend .patch").count() >= 2


def test_keys_alone_reach_an_event_and_leave_it(open_map: Any) -> None:
    opened = open_map(make_article())
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "list"
    opened.page.keyboard.press("End")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator(".leaflet-popup-content").count() == 1
    assert opened.page.evaluate("document.activeElement.id") == "event-name"
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".leaflet-popup-content").count() == 0
    assert opened.page.evaluate("document.activeElement.id") == "list"


def test_a_narrow_screen_shows_one_thing_at_a_time(open_map: Any) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    opened = open_map(make_article(), context=phone, ui_language="uk")
    width = "document.documentElement.scrollWidth"
    assert opened.page.evaluate(width) == 390
    opened.page.tap('#views [data-view="list"]')
    opened.page.tap(".row >> nth=1")
    assert "Stepne" in opened.text("#drawer")
    assert opened.page.evaluate(width) == 390


def test_playing_moves_the_window_and_stops(open_map: Any) -> None:
    opened = open_map(make_events(80, seed=8), context={"reduced_motion": "reduce"})
    opened.page.click("#do-play")
    assert opened.page.input_value("#from") != ""
    opened.page.click("#do-play")
    assert opened.page.get_attribute("#do-play", "aria-pressed") == "false"


def test_an_embedded_map_has_no_panels(open_map: Any) -> None:
    opened = open_map(make_article(), embed=True)
    assert not opened.page.is_visible("#side")
    assert opened.page.is_visible("#map_conflict")


def test_an_overlay_is_a_layer_that_can_be_hidden(open_map: Any) -> None:
    line = {"type": "LineString", "coordinates": [[35, 47], [38, 49]]}
    opened = open_map(make_article(), overlay=line)
    assert opened.page.is_checked(".modes >> text=overlay 1")
    opened.page.uncheck(".modes >> text=overlay 1")
    assert opened.page.locator(".leaflet-overlays-pane canvas").count() <= 1


def test_an_empty_map_says_so(open_map: Any) -> None:
    opened = open_map(make_events(0))
    assert opened.text("#list-note") == "No events in this map."


def test_paper_gets_the_light_map_and_a_list(open_map: Any) -> None:
    opened = open_map(make_events(400, seed=1), context={"color_scheme": "dark"})
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert opened.page.locator("#print-list tr").count() == 8
    assert opened.page.locator("#paper").count() == 1
    pdf = opened.page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1
