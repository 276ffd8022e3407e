"""One browser for all page tests: no network, and nothing said on the console."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.webmap import write_map

CHROMIUM = Path(os.environ.get("CONFLICT_MAP_CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 60_000  # milliseconds: a busy machine is no fault of the page


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: install it or set CONFLICT_MAP_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


class Opened:
    """A page with all that it asked for and said."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append("dialog"), dialog.dismiss()))

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).first.inner_text())

    def total(self, name: str) -> str:
        return self.text(f'dd[data-total="{name}"]').split()[0]


@pytest.fixture
def open_map(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write a frame as a map and open it, all hosts blocked; afterwards it must have been quiet."""
    contexts: list[Any] = []
    opened: list[Opened] = []

    def open_map(frame: Any, *, fragment: str = "", context: Any = None, **options: Any) -> Opened:
        path = write_map(frame, tmp_path / f"map{len(opened)}.html", **options)
        settings = {"viewport": {"width": 1280, "height": 800}, "accept_downloads": True}
        settings["reduced_motion"] = "reduce"  # nothing glides away under the mouse
        contexts.append(browser.new_context(**(settings | (context or {}))))
        contexts[-1].route("http*://**", lambda route: route.abort())
        contexts[-1].set_default_timeout(PATIENCE)
        result = Opened(contexts[-1].new_page())
        opened.append(result)
        result.page.goto(path.as_uri() + fragment)
        try:
            result.page.wait_for_selector("html[data-ready]", timeout=PATIENCE)
        except Exception as error:
            raise AssertionError(f"not ready, the page said {result.said}") from error
        return result

    yield open_map
    for result in opened:
        result.page.wait_for_timeout(60)
        assert [url for url in result.requests if not url.startswith(("file:", "blob:"))] == []
        assert result.said == []
    for context in contexts:
        context.close()
