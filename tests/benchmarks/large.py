"""What a million events cost: mapped, converted, opened in a browser, all from a batch's parts.

``python -m tests.benchmarks.large --events 1000000 [--folder DIR]`` makes an invented result of a
batch (places of the gazetteer all over the world, three years), maps and converts it by the
command line, and opens the page in Chromium. Memory is the most that the process held.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from gazetteer import Gazetteer, open_gazetteer
from geo.batch.manifest import close_manifest, open_manifest, write_manifest
from geo.batch.models import BatchSettings, PartReport
from geo.batch.parts import EVENTS, to_bytes
from geo.batch.storage import open_store
from geo.batch.table import DOCUMENT, RECORD, schema
from geo.exporters.geoparquet import CORNERS
from geo.schema import COLUMNS
from geo.totals import Tally
from tests.benchmarks.measuring import Figure, format_figures, tell
from tests.webmap.conftest import CHROMIUM, FLAGS
from tests.webmap.frames import make_events

PART = 20_000
FIRST = date(2022, 1, 1)
DAYS = 3 * 365
FORMATS = ("geojson", "parquet", "fgb", "gpkg")
_TELLING = """
import atexit, sys
from geo.cli import main
atexit.register(lambda: sys.stderr.write(open("/proc/self/status").read()))
main()
"""
CLICK = """() => {
  const box = document.querySelector('#kinds input');
  const begun = performance.now();
  box.click();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    const taken = performance.now() - begun;
    box.click();
    done(taken);
  })));
}"""


def make_result(folder: Path, count: int, gazetteer: Gazetteer) -> Tally:
    """Write `count` invented events as the result of a batch; return their totals."""
    store = open_store(folder)
    base = make_events(min(PART, count), seed=11)
    places = _places(gazetteer)
    rng = np.random.default_rng(5)
    tally, reports = Tally(), []
    for number in range(-(-count // len(base))):
        frame = base.head(min(len(base), count - number * len(base))).copy()
        _move(frame, number, places, rng)
        tally.add(frame)
        table = _to_arrow(frame)
        name = f"part-{number:06d}.parquet"
        store.write(f"{EVENTS}/{name}", to_bytes(table, {"run": "invented"}))
        reports.append(PartReport(name=name, digest="", documents=len(frame), events=len(frame),
                                  rejects=(), sha256=""))  # fmt: skip
    manifest = open_manifest(["invented"], BatchSettings(), {"invented": True})
    write_manifest(store, close_manifest(manifest, [], reports, b""))
    return tally


def _places(gazetteer: Gazetteer) -> list[Any]:
    rng = np.random.default_rng(3)
    numbers = rng.integers(0, len(gazetteer.index), 60_000).tolist()
    found = (gazetteer.index.place(number) for number in numbers)
    return [p for p in found if p.feature_class == "P" and p.population and p.lon is not None]


def _move(frame: Any, number: int, places: list[Any], rng: np.random.Generator) -> None:
    """Put located events at places all over the world, on days of three years."""
    size = len(frame)
    frame["event_id"] = [f"{number:06x}{row:010x}" for row in range(size)]
    chosen = [places[at] for at in rng.integers(0, len(places), size).tolist()]
    exact = frame["geo_precision"].isin([1, 2]).to_numpy()
    lon = np.where(exact, [round(p.lon, 3) for p in chosen], frame["longitude"])
    lat = np.where(exact, [round(p.lat, 3) for p in chosen], frame["latitude"])
    frame["longitude"], frame["latitude"] = lon, lat
    for column, values in {
        "place_name": [p.name for p in chosen], "country": [p.admin.country for p in chosen],
        "admin1": [p.admin.admin1 for p in chosen], "admin1_code": [None] * size,
    }.items():  # fmt: skip
        frame[column] = frame[column].where(~exact, values).astype("str")
    shapes = frame.geometry.to_numpy(copy=True)
    shapes[exact] = shapely.points(lon[exact], lat[exact])
    frame["geometry"] = shapes
    days = [(FIRST + timedelta(days=day)).isoformat() for day in range(DAYS)]
    starts = rng.integers(0, DAYS - 7, size)
    dated = frame["date_start"].notna()
    longer = np.where(frame["date_start"] == frame["date_end"], 0, 6)
    frame["date_start"] = frame["date_start"].where(~dated, [days[d] for d in starts]).astype("str")
    ends = [days[d] for d in starts + longer]
    frame["date_end"] = frame["date_end"].where(~dated, ends).astype("str")


def _to_arrow(frame: Any) -> pa.Table:
    columns: dict[str, Any] = {
        column.name: pa.array(
            frame[column.name], schema().field(column.name).type, from_pandas=True
        )
        for column in COLUMNS
    }
    shapes = frame.geometry.to_numpy()
    boxes = shapely.bounds(shapes)
    corners = [pa.array(boxes[:, at]) for at in range(4)]
    columns[DOCUMENT] = frame["event_id"].tolist()
    columns[RECORD] = ["{}"] * len(frame)
    columns["geometry"] = pa.array(shapely.to_wkb(shapes), pa.binary())
    columns["bbox"] = pa.StructArray.from_arrays(
        corners, names=list(CORNERS), mask=pa.array(np.isnan(boxes[:, 0]))
    )
    return pa.table(columns, schema=schema())


def run(*arguments: str) -> tuple[float, float, float, str]:
    """Run a command; return clock and processor time, the MB held at most, its words.

    The system's own figure of memory would be that of this process, where it is larger.
    """
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "-c", _TELLING, *arguments], capture_output=True, text=True, check=True
    )
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    held = re.search(r"VmHWM:\s+(\d+) kB", ran.stderr)
    return clock, processor, int(held[1]) / 1024 if held else float("nan"), ran.stdout


def measure_large(count: int, folder: Path, gazetteer: Gazetteer) -> Iterator[Figure]:
    """Yield what mapping and converting a large result cost."""
    result = folder / "result"
    tell(f"making {count:,} events")
    tally = make_result(result, count, gazetteer)
    tell("mapping them")
    clock, processor, held, said = run(
        "map", str(result), "-o", str(folder / "map"), "--format", "parquet", "--review", "any"
    )
    page = next((folder / "map").glob("*.html"))
    yield Figure(name=f"map of {count:,} events of a batch, with GeoParquet",
                 value=processor, unit="CPU s",
                 note=f"{clock:.0f} s by the clock, {held:.0f} MB at most")  # fmt: skip
    size = page.stat().st_size / 1e6
    yield Figure(name="its page", value=size, unit="MB", target="≤ 25", met=size <= 25)
    totals = tally.totals()
    same = f"killed {totals.killed} · injured {totals.injured}" in said
    yield Figure(name="its totals are the frame's", value=float(same), unit="", met=same)
    yield from _opened(page, totals.killed.best or 0)
    for form in FORMATS:
        tell(f"converting to {form}")
        target = folder / f"events.{form}"
        clock, processor, held, _ = run("convert", str(result), "-o", str(target))
        yield Figure(
            name=f"convert {count:,} events to {form}", value=processor, unit="CPU s",
            note=f"{clock:.0f} s by the clock, {held:.0f} MB at most, "
            f"{target.stat().st_size / 1e6:,.0f} MB written",
        )  # fmt: skip
        target.unlink()
    selected = ["--type", "battles", "--bbox=22,44,41,53", "--since", "2023-01-01"]
    target = folder / "some.parquet"
    clock, processor, held, said = run("convert", str(result), "-o", str(target), *selected)
    kept = re.search(r"wrote (\d+)", said)
    yield Figure(name="of them by type, box and day to GeoParquet", value=processor, unit="CPU s",
                 note=f"{kept[1] if kept else '?'} events, {held:.0f} MB at most")  # fmt: skip


def _opened(page: Path, killed: int) -> Iterator[Figure]:
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        yield Figure(name="its page in Chromium", value=None, unit="s")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        times, filtered, shown = [], [], ""
        for _ in range(3):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            tab = context.new_page()
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-ready]", timeout=120_000)
            times.append(float(tab.get_attribute("html", "data-ready") or 0) / 1000)
            shown = tab.inner_text('dd[data-total="killed"]').split()[0].replace(",", "")
            tab.wait_for_timeout(300)
            filtered.append(tab.evaluate(CLICK) / 1000)
            context.close()
        browser.close()
    ready, change = sorted(times)[1], sorted(filtered)[1]
    yield Figure(name="its page ready in Chromium", value=ready, unit="s by the clock",
                 target="≤ 4", met=ready <= 4)  # fmt: skip
    yield Figure(name="a filter of it", value=change, unit="s by the clock")
    same = shown == str(killed)
    yield Figure(name="the page's killed are the frame's", value=float(same), unit="", met=same)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        figures = list(measure_large(options.events, Path(name), open_gazetteer()))
    print(format_figures(figures))


if __name__ == "__main__":
    main()
