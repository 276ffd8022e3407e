"""More events than one page carries: sums by place, kind and month, and the most lethal whole."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.totals import summarise
from geo.webmap import render_map, write_map_of_parts
from geo.webmap.cells import FINEST, YEAR, Cells
from geo.webmap.listed import Listed
from geo.webmap.writing import render_parts, to_summed_payload
from tests.webmap.frames import make_article, make_events
from tests.webmap.test_checkers import AXE, INSTALL
from tests.webmap.test_hostile import HOSTILE, poisoned
from tests.webmap.test_page import LATER, number

FEW = 50  # events that travel each, in these tests


def frame_of(count: int, seed: int = 0) -> pd.DataFrame:
    frame = make_events(count, seed=seed)
    frame.loc[::13, "duplicate_of"] = "another"
    return frame


def sums_of(frame: pd.DataFrame, **options: Any) -> tuple[Cells, pd.DataFrame]:
    cells = Cells(**options)
    cells.add(frame)
    return cells, cells.table()


def test_sums_are_those_of_the_frame() -> None:
    frame = frame_of(2000)
    cells, table = sums_of(frame)
    totals = summarise(frame)
    assert (cells.events, int(table["n"].sum())) == (len(frame), len(frame))
    assert int(table["counted"].sum()) == totals.counted
    assert cells.facts["undated"] == totals.undated
    for name in ("killed", "injured"):
        bounds = totals.figures[name]
        found = {part: int(table[f"{name}_{part}"].sum()) for part in ("low", "best", "known")}
        assert found == {"low": bounds.low, "best": bounds.best, "known": bounds.known}
        high, unbounded = (int(table[f"{name}_{part}"].sum()) for part in ("high", "open"))
        assert (None if unbounded else high) == bounds.high
    assert cells.depth == FINEST


@pytest.mark.parametrize("most", [100_000, 800, 90, 3])
def test_the_level_follows_from_the_events_not_from_how_they_came(most: int) -> None:
    frame = frame_of(700, seed=2)
    _, whole = sums_of(frame, most=most)
    for size in (60, 300):
        cells = Cells(most=most)
        for begin in range(0, len(frame), size):
            cells.add(frame.iloc[begin : begin + size])
        pd.testing.assert_frame_equal(cells.table(), whole)
    assert len(whole) <= most or cells.step == YEAR
    assert int(whole["killed_best"].sum()) == summarise(frame).killed.best


def test_unknown_is_no_zero() -> None:
    frame = make_article()
    frame["killed_best"] = pd.array([0, None, None, None], dtype="Int64")
    for name in ("killed_low", "killed_high"):
        frame[name] = pd.array([None] * 4, dtype="Int64")
    data = to_summed_payload([frame])["cells"]["columns"]
    assert sorted(data["killed_best"]["x"]) == [0]
    assert "injured_open" not in data


def test_no_events_make_an_empty_page() -> None:
    assert "data-map" not in render_map(make_events(0), each_up_to=0)
    assert Cells().table().empty


def test_the_most_lethal_and_some_of_every_kind_and_month_are_listed() -> None:
    frame = frame_of(1200, seed=3)
    frame["killed_best"] = frame["killed_best"].mask(frame["event_type"] == "Protests")
    listed = Listed(most=100, of_all=20)
    for begin in range(0, len(frame), 250):
        listed.add(frame.iloc[begin : begin + 250])
    chosen = listed.frame()
    assert len(chosen) == 100
    assert set(chosen["event_type"]) == set(frame["event_type"])
    best = frame["killed_best"].fillna(frame["killed_low"]).fillna(-1)
    standing = (frame["review_status"] != "rejected") & frame["duplicate_of"].isna()
    top = frame[standing & (best == best.max())]
    assert set(chosen["event_id"]) >= set(top.sort_values("date_start")["event_id"][-5:])
    again = Listed(most=100, of_all=20)
    again.add(frame)
    assert again.frame()["event_id"].tolist() == chosen["event_id"].tolist()


def test_parts_give_the_page_of_the_whole(tmp_path: Path) -> None:
    frame = make_events(300, seed=4)
    parts = (frame.iloc[begin : begin + 70] for begin in range(0, 300, 70))
    page = write_map_of_parts(parts, tmp_path / "m.html", each_up_to=FEW)
    assert page.read_text(encoding="utf-8") == render_map(frame, each_up_to=FEW)
    few = (frame.iloc[begin : begin + 10] for begin in range(0, 30, 10))
    assert render_parts(few, each_up_to=FEW) == render_map(frame.head(30))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text)[:24])
def test_hostile_words_are_summed_too(text: str) -> None:
    page = render_map(poisoned(text), each_up_to=0)
    assert page.count("<script>") == 3


def test_totals_equal_the_frames_under_any_filter(open_map: Any) -> None:
    frame = frame_of(1500, seed=5)
    opened = open_map(frame, each_up_to=FEW)
    assert opened.page.evaluate("document.documentElement.dataset.ready") is not None
    pick = random.Random(6)
    for _ in range(8):
        kept = _apply(opened.page, frame, pick)
        totals = summarise(frame[kept])
        assert opened.total("events") == f"{int(kept.sum()):,}"
        for name in ("killed", "injured"):
            assert number(opened.total(name)) == (totals.figures[name].best or 0), name
        area = totals.area("liberated")
        shown = {
            cell.get_attribute("data-total"): number(cell.inner_text().split()[0])
            for cell in opened.page.locator("#totals dd").all()
        }
        assert shown.get("km² liberated, in total", 0.0) == pytest.approx(area.total or 0.0)
        if "part of a total" not in opened.text("#totals"):
            periods = shown.get("km² liberated, in reported periods", 0.0)
            assert periods == pytest.approx(area.periods or 0.0)
        nowhere = kept & (frame["geo_precision"] == 9)
        assert opened.text("#tab-nowhere b") == f"{int(nowhere.sum()):,}"


def _apply(page: Any, frame: pd.DataFrame, pick: random.Random) -> pd.Series:
    """Set random filters by the page's own controls and return the rows they keep."""
    page.evaluate("document.getElementById('filters').open = true")
    page.click("#do-reset")
    admin1 = pick.choice(["", "Donetsk Oblast", "Kherson Oblast"])
    first, last = pick.choice([("2023-06-10", "2023-08-20"), ("2023-09-01", "2023-09-30")])
    page.select_option("#admin1", admin1)
    page.fill("#from", first)
    page.fill("#to", last)
    review, kind = pick.choice(["ok", "rejected"]), pick.choice(["armed_clash", "protest"])
    page.uncheck(f'#reviews input[data-key="{review}"]')
    page.uncheck(f'#kinds input[data-key="{kind}"]')
    if undated := pick.random() < 0.5:
        page.uncheck("#undated")
    page.wait_for_timeout(LATER)
    assert page.input_value("#from") == f"{first[:7]}-01"  # whole months
    assert page.input_value("#to") == {"08": "2023-08-31", "09": "2023-09-30"}[last[5:7]]
    dated = frame["date_start"].notna()
    kept = (
        dated & (frame["date_end"] >= f"{first[:7]}-01") & (frame["date_start"] <= f"{last[:7]}-31")
    )
    kept |= ~dated & (not undated)
    kept &= frame["review_status"] != review
    kept &= (
        frame["event_subtype"]
        != {"armed_clash": "Armed clash", "protest": "Peaceful protest"}[kind]
    )
    return kept & ((frame["admin1"] == admin1) if admin1 else True)


def test_a_hexagon_tells_its_sums_by_mouse_and_by_keys(open_map: Any) -> None:
    opened = open_map(make_events(600, seed=7), each_up_to=FEW)
    assert "events in a hexagon" in opened.text("#legend")
    opened.page.locator("#map_conflict").focus()
    opened.page.keyboard.press("Enter")
    popup = opened.text(".leaflet-popup-content")
    assert popup.startswith("Events: ")
    assert opened.page.evaluate("document.activeElement.id") == "event-name"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".leaflet-popup-content").count() == 0
    box = opened.page.locator("#map_conflict").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.evaluate("map_conflict.setView([48.595, 38.0], 7, {animate: false})")
    opened.page.wait_for_timeout(LATER)
    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "known of" in opened.text(".leaflet-popup-content")
    opened.page.click(".group li button >> nth=0")
    assert "Read the source" in opened.text(".leaflet-popup-content")


def test_the_list_says_what_it_leaves_out_and_saves_it(open_map: Any, tmp_path: Path) -> None:
    frame = pd.concat([make_events(7000, seed=8)], ignore_index=True)
    opened = open_map(frame, each_up_to=FEW)
    assert "of 7,000 are listed: the most lethal" in opened.text("#list-note")
    assert "21 killed" in opened.text("#row-0")
    assert not opened.page.is_visible("#killed-min")
    opened.page.evaluate("document.getElementById('menu').open = true")
    assert opened.text("#do-csv") == "Download the listed events as CSV"
    opened.page.click("#do-method")
    assert "too many events to carry each in one page" in opened.text("#method-body")


def test_the_link_restores_months_and_measure(open_map: Any) -> None:
    frame = make_events(400, seed=9)
    first = open_map(frame, each_up_to=FEW)
    first.page.evaluate("document.querySelector('.modes').open = true")
    first.page.select_option("#measure", "killed")
    first.page.fill("#from", "2023-07-15")
    first.page.wait_for_timeout(LATER)
    assert "killed in a hexagon" in first.text("#legend")
    link = first.page.evaluate("location.hash")
    assert "d=2023-07-01" in link
    second = open_map(frame, fragment=link, each_up_to=FEW)
    second.page.wait_for_timeout(LATER)
    assert second.page.evaluate("location.hash") == link
    assert second.text("#totals") == first.text("#totals")
    assert "killed in a hexagon" in second.text("#legend")


@pytest.mark.skipif(not AXE.exists(), reason=f"axe-core is missing: {INSTALL}")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_sums(open_map: Any, theme: str) -> None:
    context = {"color_scheme": theme, "bypass_csp": True}
    opened = open_map(make_events(300, seed=1), context=context, each_up_to=FEW)
    opened.page.add_script_tag(path=str(AXE))
    focus = "document.getElementById('map_conflict').focus()"
    for scene, key in {"start": None, "hexagon": "Enter"}.items():
        if key:
            opened.page.evaluate(focus)
            opened.page.keyboard.press(key)
        opened.page.wait_for_timeout(400)
        found = opened.page.evaluate("axe.run()")["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == [], scene


def test_regions_and_paper_count_all(open_map: Any) -> None:
    opened = open_map(make_events(500, seed=2), each_up_to=FEW)
    opened.page.evaluate("document.querySelector('input[value=regions]').click()")
    opened.page.wait_for_timeout(LATER)
    assert opened.page.locator("#legend .patch").count() >= 2
    opened.page.evaluate("document.querySelector('input[value=heat]').click()")
    opened.page.wait_for_timeout(LATER)
    assert "known only to a region" in opened.text("#legend")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "and 492 more events" in opened.page.locator("#print-list").inner_text() or (
        "492" in opened.page.evaluate("document.getElementById('print-list').textContent")
    )
