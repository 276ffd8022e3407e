"""Measure the page: bytes, time to write, time until ready, time to filter, what it asks for.

Run with ``make bench-map``; no test, because a busy machine proves nothing. Each figure stands
beside the one it must not exceed. Times are medians of three.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from geo.webmap import write_map
from tests.webmap.conftest import CHROMIUM, FLAGS
from tests.webmap.frames import make_events

# events: bytes, bytes gzipped, seconds until ready, seconds to filter, seconds to write
LIMITS: dict[int, tuple[float, ...]] = {
    0: (350e3, float("inf"), 0.5, float("inf"), float("inf")),
    1_000: (700e3, float("inf"), 0.5, float("inf"), float("inf")),
    10_000: (3e6, 350e3, 1.0, 0.15, 0.5),
    50_000: (25e6, float("inf"), 4.0, float("inf"), float("inf")),
    100_000: (25e6, float("inf"), 4.0, float("inf"), float("inf")),  # summed
}
NAMES = ("bytes", "gzipped", "ready s", "filter s", "write s")
FILTER = """() => {
  const box = document.querySelector('#kinds input');
  if (!box) return 0;
  const begun = performance.now();
  box.click();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    const taken = performance.now() - begun;
    box.click();
    done(taken);
  })));
}"""


def timed(action: Callable[[], Any], times: int = 3) -> float:
    """Return the median processor seconds of an action; others on the machine do not count."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        action()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def opened(browser: Any, path: Path, said: list[str]) -> tuple[float, float]:
    """Return the median seconds until the page is ready and of a filter, and note what it said."""
    ready, filtered = [], []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.on("request", lambda r: said.append(r.url) if not r.url.startswith("file:") else None)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        ready.append(float(page.get_attribute("html", "data-ready")) / 1000)
        page.wait_for_timeout(200)
        filtered.append(page.evaluate(FILTER) / 1000)
        context.close()
    return statistics.median(ready), statistics.median(filtered)


def measure(browser: Any, said: list[str], sizes: list[int]) -> Iterator[tuple[int, list[float]]]:
    """Yield the figures of maps of each size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        write_map(make_events(0), path)  # imports
        for count in sizes:
            frame = make_events(count, seed=5)
            written = timed(lambda frame=frame: write_map(frame, path), 1 if count > 50_000 else 3)
            page = path.read_bytes()
            figures = [
                float(len(page)),
                float(len(gzip.compress(page))),
                *opened(browser, path, said),
            ]
            yield count, [*figures, written]


def main(*sizes: str) -> None:
    said: list[str] = []
    print(f"{'events':>8}" + "".join(f"{name:>24}" for name in NAMES))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for count, figures in measure(browser, said, [int(s) for s in sizes] or list(LIMITS)):
            limits = LIMITS.get(count, (float("inf"),) * 5)
            cells = [cell(value, limit) for value, limit in zip(figures, limits, strict=True)]
            print(f"{count:>8}" + "".join(f"{text:>24}" for text in cells))
        browser.close()
    print(f"requests and console messages: {len(said)} (limit 0) {said[:3] or ''}")


def cell(value: float, limit: float) -> str:
    """Return a figure, its limit, and a mark where it is above.

    >>> cell(0.2, 0.1)
    '0.2 / 0.1 !'
    """
    known = "" if limit == float("inf") else f" / {limit:,.10g}"
    text = f"{value:,.0f}" if value > 1000 else f"{value:.3g}"
    return f"{text}{known}{' !' if value > limit else ''}"


if __name__ == "__main__":
    main(*sys.argv[1:])
