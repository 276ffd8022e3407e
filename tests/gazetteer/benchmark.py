"""Time what users wait for: ``python -m tests.gazetteer.benchmark [--scale 10] [--save]``.

Builds the index at the embedded size and, on demand, at a multiple of it with made-up names,
each in a process of its own, and prints build time, size and memory, exact look-ups against a
plain dict and SQLite, the cost of misspellings, and what opening takes. ``--save`` writes the
table to ``RESULTS.md`` beside this file. Ratios travel between machines, seconds do not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer, Place
from gazetteer.fuzzy import allowed_edits, is_fuzzy, similar_names
from gazetteer.index import Index
from gazetteer.indexing import Name, Record, write_index
from gazetteer.sources.embedded import read_embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RESULTS = Path(__file__).with_name("RESULTS.md")
SAMPLE = 50_000
MISSPELT = 2_000
LETTERS = "abcdefghiklmnoprstuvz"
Figures = dict[str, str]


def main() -> None:
    """Measure each scale and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="also with this many times the names")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name} anew")
    parser.add_argument("--step", choices=("build", "measure", "open"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        steps = {"measure": measure, "open": opening}
        step = steps.get(options.step, lambda folder: build(folder, options.scale))
        print(json.dumps(step(options.folder)))
        return
    scales = sorted({1, options.scale})
    table = format_table({scale: figures_of(scale) for scale in scales})
    print(table)
    if options.save:
        RESULTS.write_text(f"{about()}\n{table}\n", encoding="utf-8")


def figures_of(scale: int) -> Figures:
    """Return the figures of an index of `scale` times the embedded names."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            name: figure
            for step in ("build", "measure", "open")
            for name, figure in in_own_process(step, scale, folder).items()
        }


def in_own_process(step: str, scale: int, folder: str) -> Figures:
    """Run a step in a fresh process and return its figures."""
    print(f"{scale} x: {step} …", file=sys.stderr)
    command = [sys.executable, "-m", "tests.gazetteer.benchmark", "--step", step]
    command += ["--scale", str(scale), "--folder", folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def build(folder: Path, scale: int) -> Figures:
    """Build an index of `scale` times the embedded names."""
    records = chain(read_embedded(), synthetic_records(scale - 1))
    start = time.perf_counter()
    write_index(folder, records, about={"version": "benchmark", "sources": []})
    clock = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    meta = json.loads((folder / "meta.json").read_bytes())
    return {
        "names of places": f"{meta['names']:,}",
        "distinct names": f"{meta['distinct_names']:,}",
        "built in": f"{own.ru_utime + own.ru_stime:.0f} CPU s, {clock:.0f} s by the clock",
        "memory while it is built": f"{own.ru_maxrss / 1024:,.0f} MB",
        "size on disk": f"{size:,.0f} MB",
    }


def measure(folder: Path) -> Figures:
    """Measure look-ups and misspellings in an index."""
    random.seed(1)
    gazetteer = Gazetteer(Index(folder))
    keys = sample_names(gazetteer.index)
    return lookups(gazetteer, keys) | misspellings(gazetteer.index, keys)


def sample_names(index: Index) -> list[str]:
    """Return a sample of the folded names of an index."""
    numbers = (random.randrange(len(index.names)) for _ in range(SAMPLE))
    return [str(index.names.restore_key(number)) for number in numbers]


def lookups(gazetteer: Gazetteer, keys: list[str]) -> Figures:
    """Compare exact look-ups with a dict and with SQLite holding the same names."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE names (name TEXT PRIMARY KEY) WITHOUT ROWID")
    rows = ((name,) for name in gazetteer.index.names.iterkeys())
    database.executemany("INSERT INTO names VALUES (?)", rows)
    query = "SELECT 1 FROM names WHERE name = ?"
    sql = rate(lambda key: database.execute(query, (key,)).fetchone(), keys)
    database.close()
    plain = dict.fromkeys(gazetteer.index.names.iterkeys(), 1)
    rates = {
        "exact look-ups": rate(gazetteer.contains, keys),
        "names that are not there": rate(gazetteer.contains, [f"{key}q" for key in keys]),
        "in a plain dict": rate(plain.get, keys),
        "in SQLite, in memory": sql,
        "all prefixes of a text": rate(gazetteer.prefixes, keys),
        "look-ups with all places, first time": rate(gazetteer.lookup, keys),
        "look-ups with all places, again": rate(gazetteer.lookup, keys[-5000:]),
    }
    return {name: f"{value:,.0f}/s, {value / sql:.2f} × SQLite" for name, value in rates.items()}


def misspellings(index: Index, keys: list[str]) -> Figures:
    """Time misspelt names, and count how often the right one is among those found."""
    names = [key for key in keys if is_fuzzy(key) and len(key) > 5][:MISSPELT]
    similar_names("warming", index)
    figures: Figures = {}
    for edits in (1, 2):
        times, found, possible = [], 0, 0
        for name in names:
            wrong = name
            for _ in range(edits):
                wrong = misspell(wrong)
            start = time.process_time()
            similar = similar_names(wrong, index)
            times.append((time.process_time() - start) * 1000)
            if wrong != name and allowed_edits(len(wrong)) >= edits:
                possible += 1
                found += any(other == name for _, other in similar)
        times.sort()
        p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
        figures[f"misspelt by {edits}, p50 and p99"] = f"{p50:.2f} and {p99:.2f} ms"
        figures[f"misspelt by {edits}, found"] = f"{found / possible:.3f}"
    return figures


def opening(folder: Path) -> Figures:
    """Open an index as a fresh process does, and look a few names up."""
    start = time.perf_counter()
    gazetteer = Gazetteer(Index(folder))
    opened = (time.perf_counter() - start) * 1000
    before = resident_mb()
    for name in ("Kharkiv", "Stepne", "Milano", "Запорожье"):
        gazetteer.lookup(name)
    after = resident_mb()
    for key in sample_names(gazetteer.index):
        gazetteer.contains(key)
    return {
        "opened in": f"{opened:.1f} ms",
        "whole process when opened": f"{before:.0f} MB",
        "after a few look-ups": f"{after:.0f} MB",
        f"after {SAMPLE:,} exact look-ups": f"{resident_mb():.0f} MB",
    }


def resident_mb() -> float:
    """Return the resident memory of this process in MB, mapped pages included (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def synthetic_records(times: int) -> Iterator[Record]:
    """Yield `times` as many places of one name as the embedded gazetteer has names.

    Each name is the beginning of a real one and the end of the next real one, cut elsewhere
    each time: letters follow each other as in names, so trigrams are shared as in names.
    """
    make = random.Random(2)
    number = 10**8
    for _ in range(times):
        names = (name.name for record in read_embedded() for name in record.names)
        for one, other in pairwise(names):
            number += 1
            name = one[: make.randint(2, 7)] + other[-make.randint(2, 7) :].lower()
            place = Place(
                id=f"gn:{number}", name=name, lon=0.0, lat=0.0, feature_class="P",
                feature_code="PPL", geonameid=number, sources=("synthetic",),
            )  # fmt: skip
            yield Record(place, (Name(name),))


def misspell(name: str) -> str:
    """Return `name` with one letter dropped, added, changed or swapped with the next."""
    at = random.randrange(1, len(name) - 1)
    letter = random.choice(LETTERS)
    return random.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def rate(function: Callable[[str], object], keys: Iterable[str]) -> float:
    """Return how many keys a second of processor time the function handles."""
    listed = list(islice(keys, SAMPLE))
    start = time.process_time()
    for key in listed:
        function(key)
    return len(listed) / (time.process_time() - start)


def format_table(figures: dict[int, Figures]) -> str:
    """Return the figures of each scale as a Markdown table."""
    scales = list(figures)
    lines = ["| | " + " | ".join(f"{scale} ×" for scale in scales) + " |"]
    lines.append("|---|" + "---:|" * len(scales))
    for name in figures[scales[0]]:
        values = (figures[scale][name] for scale in scales)
        lines.append(f"| {name} | " + " | ".join(values) + " |")
    return "\n".join(lines)


def about() -> str:
    """Return when and where this was measured."""
    now = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return (
        "# What the gazetteer costs\n\nMade by `python -m tests.gazetteer.benchmark --scale 10 "
        f"--save`: {now}, {cores} cores, load {load:.1f} at the end, Python "
        f"{platform.python_version()}. Look-ups and misspellings in processor time.\n"
    )


if __name__ == "__main__":
    main()
