"""Keep the figures of each section as it ends, so that a run that was stopped can go on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from tests.benchmarks.measuring import Figure

KEPT = Path(__file__).parents[2] / "build" / "benchmarks.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Hold the figures of one section, the seconds it took, and the load when it began."""

    figures: tuple[Figure, ...]
    seconds: float
    load: float


def read_sections(run: dict[str, Any], path: Path = KEPT) -> dict[str, Section]:
    """Return the sections that an earlier run of the same commit and sizes has measured."""
    if not path.exists():
        return {}
    kept = orjson.loads(path.read_bytes())
    if kept["run"] != run:
        return {}
    return {
        name: Section(
            figures=tuple(Figure(**figure) for figure in section["figures"]),
            seconds=section["seconds"],
            load=section["load"],
        )
        for name, section in kept["sections"].items()
    }


def write_sections(run: dict[str, Any], sections: dict[str, Section], path: Path = KEPT) -> None:
    """Keep the sections measured so far."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {name: asdict(section) for name, section in sections.items()}
    waiting = path.with_suffix(".tmp")
    waiting.write_bytes(orjson.dumps({"run": run, "sections": told}, option=orjson.OPT_INDENT_2))
    waiting.replace(path)
