# ruff: noqa: E501 - a table of scenes reads best a row a line
"""Take pictures of the page in all its states, to be looked at.

Run with ``make pictures``, or ``python -m tests.webmap.pictures FOLDER [NAME ...]``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from geo.exporters.reading import read_frame
from geo.webmap import write_figure, write_map
from tests.webmap.conftest import CHROMIUM, FLAGS
from tests.webmap.frames import make_article, make_events, make_mixed_scripts

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DARK = {"color_scheme": "dark"}
OPEN = "document.querySelectorAll('.row')[{n}].click()"
MODE = "document.querySelector('input[name=mode][value={mode}]').click()"
LINE = {"type": "LineString", "coordinates": [[37.9, 49.9], [37.95, 49.2], [38.1, 48.6], [37.4, 47.8], [36, 47.45], [34.9, 47.5]]}  # fmt: skip
FRONT = {"type": "Feature", "geometry": LINE, "properties": {"name": "Line of contact"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Hold one picture: its events, how the map is written, and what is done before."""

    frame: Callable[[], Any]
    options: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    script: str = ""
    fragment: str = ""
    paper: bool = False


def real() -> Any:
    """Return the events of the committed example, as the program read them."""
    return read_frame(EXAMPLE)


def some() -> Any:
    return make_events(1000, seed=4)


EXAMPLE = Path(os.environ.get("CONFLICT_MAP_EXAMPLE", "outputs/example/article.it.events.jsonl"))
ARTICLE = {"title": "Guerra in Ucraina: eventi di Ferragosto 2023"}
SCENES = {
    "example": Scene(frame=real, options=ARTICLE, script=OPEN.format(n=1)),
    "example-territory": Scene(frame=real, options=ARTICLE, script=OPEN.format(n=3)),
    "article-start": Scene(frame=make_article, options=ARTICLE),
    "article": Scene(frame=make_article, options=ARTICLE, script=OPEN.format(n=1)),
    "article-territory": Scene(frame=make_article, options=ARTICLE, script=OPEN.format(n=3)),
    "article-dark": Scene(frame=make_article, options=ARTICLE, context=DARK, script=OPEN.format(n=1)),
    "article-it": Scene(frame=make_article, options={**ARTICLE, "ui_language": "it"}, script=OPEN.format(n=1)),
    "article-uk": Scene(frame=make_article, options={**ARTICLE, "ui_language": "uk"}, script=OPEN.format(n=0)),
    "article-phone": Scene(frame=make_article, options=ARTICLE, context=PHONE),
    "article-phone-event": Scene(frame=make_article, options=ARTICLE, context=PHONE, script=OPEN.format(n=1)),
    "phone-list": Scene(frame=some, context=PHONE, script="document.querySelector('[data-view=list]').click()"),
    "phone-filters": Scene(frame=some, context=PHONE, script="document.querySelector('[data-view=filters]').click()"),
    "phone-time": Scene(frame=some, context=PHONE, script="document.querySelector('[data-view=time]').click()"),
    "article-print": Scene(frame=make_article, options=ARTICLE, paper=True),
    "embed": Scene(frame=make_article, options={**ARTICLE, "embed": True}, context={"viewport": {"width": 640, "height": 420}}),
    "thousand": Scene(frame=some),
    "thousand-dark": Scene(frame=some, context=DARK),
    "thousand-filters": Scene(frame=some, script="document.getElementById('filters').open = true; document.querySelector('#kinds input').click()"),
    "thousand-near": Scene(frame=some, fragment="#v=8/48.3/37.6"),
    "thousand-popup": Scene(frame=some, fragment="#v=8/48.3/37.6", script=OPEN.format(n=2)),
    "thousand-regions": Scene(frame=some, script=MODE.format(mode="regions")),
    "thousand-regions-dark": Scene(frame=some, context=DARK, script=MODE.format(mode="regions")),
    "thousand-heat": Scene(frame=some, script=MODE.format(mode="heat")),
    "thousand-heat-dark": Scene(frame=some, context=DARK, script=MODE.format(mode="heat")),
    "thousand-overlay": Scene(frame=some, options={"overlay": FRONT}),
    "thousand-brush": Scene(frame=some, fragment="#d=2023-07-01~2023-08-15"),
    "thousand-print": Scene(frame=some, paper=True),
    "not-located": Scene(frame=some, script="document.getElementById('tab-nowhere').click();" + OPEN.format(n=0)),
    "method": Scene(frame=some, script="document.getElementById('do-method').click()"),
    "ten-thousand": Scene(frame=lambda: make_events(10_000, seed=5)),
    "empty": Scene(frame=lambda: make_events(0)),
    "scripts": Scene(frame=make_mixed_scripts, options={"title": "Події · أحداث · אירועים"}, script=OPEN.format(n=0)),
}  # fmt: skip
FIGURES = {"figure-article": make_article, "figure-thousand": some, "figure-example": real}


def take(browser: Any, name: str, scene: Scene, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        path = write_map(scene.frame(), Path(work) / "map.html", **scene.options)
        settings = {"viewport": {"width": 1280, "height": 800}} | scene.context
        context = browser.new_context(**settings)
        context.route("http*://**", lambda route: route.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: print(f"{name}: {error}", file=sys.stderr))
        page.goto(path.as_uri() + scene.fragment)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        if scene.script:
            page.evaluate(scene.script)
        page.wait_for_timeout(500)
        if scene.paper:
            page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
        else:
            page.screenshot(path=folder / f"{name}.png")
        context.close()


def main(folder: str = "outputs/pictures", *names: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for name, scene in SCENES.items():
            if not names or name in names:
                take(browser, name, scene, target)
        browser.close()
    for name, frame in FIGURES.items():
        if not names or name in names:
            write_figure(frame(), target / f"{name}.png", title=ARTICLE["title"])
    print(f"wrote pictures to {target}")


if __name__ == "__main__":
    main(*sys.argv[1:])
