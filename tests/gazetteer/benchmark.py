"""Time what users wait for: ``python -m tests.gazetteer.benchmark [--scale 10]``.

Prints look-ups a second against a plain dict and SQLite, the cost of misspellings, and build
time, size, opening time and resident memory of the index, at the embedded size and, on demand,
at a multiple of it with synthetic names. Ratios travel between machines, seconds do not.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer, Place, open_gazetteer
from gazetteer.fuzzy import allowed_edits, is_fuzzy, similar_names
from gazetteer.index import Index
from gazetteer.indexing import Name, Record, write_index
from gazetteer.sources.embedded import read_embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SAMPLE = 50_000
MISSPELT = 2_000
SYLLABLES = "ba be do dri fa go gra hu ja ka kla lo lu ma mi no nu pe po ra ro sa ske ta to u va zi"
LETTERS = "abcdefghiklmnoprstuvz"


def main() -> None:
    """Run all benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="also build with this many names")
    parser.add_argument("--open", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        report_opening(Path(options.open))
        return
    gazetteer = open_gazetteer()
    random.seed(1)
    keys = sample_names(gazetteer.index)
    report_lookups(gazetteer, keys)
    report_misspellings(gazetteer.index, keys)
    for scale in sorted({1, options.scale}):
        report_build(scale)


def sample_names(index: Index) -> list[str]:
    """Return a sample of the folded names of an index."""
    numbers = (random.randrange(len(index.names)) for _ in range(SAMPLE))
    return [str(index.names.restore_key(number)) for number in numbers]


def report_lookups(gazetteer: Gazetteer, keys: list[str]) -> None:
    """Compare exact look-ups with a dict and with SQLite holding the same names."""
    names = list(gazetteer.index.names.iterkeys())
    plain = dict.fromkeys(names, 1)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE names (name TEXT PRIMARY KEY) WITHOUT ROWID")
    database.executemany("INSERT INTO names VALUES (?)", ((name,) for name in names))
    query = "SELECT 1 FROM names WHERE name = ?"
    rates = {
        "dict": rate(plain.get, keys),
        "contains": rate(gazetteer.contains, keys),
        "contains, misses": rate(gazetteer.contains, [f"{key}q" for key in keys]),
        "prefixes": rate(gazetteer.prefixes, keys),
        "lookup, first time": rate(gazetteer.lookup, keys),
        "lookup, again": rate(gazetteer.lookup, keys[-5000:]),
        "SQLite": rate(lambda key: database.execute(query, (key,)).fetchone(), keys),
    }
    for name, value in rates.items():
        ratio = value / rates["SQLite"]
        print(f"{name:20} {value:12,.0f}/s {ratio:8.2f} x SQLite")


def report_misspellings(index: Index, keys: list[str]) -> None:
    """Time misspelt names, and count how often the right one is among those found."""
    names = [key for key in keys if is_fuzzy(key) and len(key) > 5][:MISSPELT]
    similar_names("warming", index)
    for edits in (1, 2):
        times, found, possible = [], 0, 0
        for name in names:
            wrong = name
            for _ in range(edits):
                wrong = misspell(wrong)
            start = time.perf_counter()
            similar = similar_names(wrong, index)
            times.append((time.perf_counter() - start) * 1000)
            if wrong != name and allowed_edits(len(wrong)) >= edits:
                possible += 1
                found += any(other == name for _, other in similar)
        times.sort()
        p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(
            f"misspelt by {edits}: p50 {p50:.2f} ms, p99 {p99:.2f} ms, found {found / possible:.3f}"
        )


def report_build(scale: int) -> None:
    """Build an index of `scale` times the embedded names and open it in a fresh process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = chain(read_embedded(), synthetic_records((scale - 1) * 1_160_000))
        start = time.perf_counter()
        write_index(folder, records, about={"version": "benchmark", "sources": []})
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{scale} x: built in {seconds:.1f} s, {size:.0f} MB, peak memory {peak:.0f} MB")
        command = [sys.executable, "-m", "tests.gazetteer.benchmark", "--open", name]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def report_opening(folder: Path) -> None:
    """Open an index as a fresh process does, and look a few names up."""
    start = time.perf_counter()
    gazetteer = Gazetteer(Index(folder))
    opened = (time.perf_counter() - start) * 1000
    before = resident_mb()
    for name in ("Kharkiv", "Stepne", "Milano", "Запорожье"):
        gazetteer.lookup(name)
    after = resident_mb()
    contains = rate(gazetteer.contains, sample_names(gazetteer.index))
    print(f"     opened in {opened:.1f} ms; whole process {before:.0f} MB, {after:.0f} MB after a")
    print(f"     few look-ups; contains {contains:,.0f}/s")


def resident_mb() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def synthetic_records(count: int) -> Iterator[Record]:
    """Yield `count` places of one made-up name each."""
    parts = SYLLABLES.split()
    make = random.Random(2)
    for number in range(count):
        name = "".join(make.choices(parts, k=make.randint(3, 6))).capitalize()
        place = Place(
            id=f"gn:{10**8 + number}", name=name, lon=0.0, lat=0.0, feature_class="P",
            feature_code="PPL", geonameid=10**8 + number, sources=("synthetic",),
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
    """Return how many keys a second the function handles."""
    listed = list(islice(keys, SAMPLE))
    start = time.perf_counter()
    for key in listed:
        function(key)
    return len(listed) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
