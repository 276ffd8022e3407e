"""Measure processor time and memory, and show figures beside what they are measured against."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Hold one line of the table: a figure, its ratio to another of the same run, its target."""

    name: str
    value: float | None
    unit: str
    ratio: float | None = None
    to: str = ""
    target: str = ""
    met: bool | None = None
    note: str = ""


def cpu(function: Callable[[], Any], times: int = 3) -> float:
    """Return the least processor time of some calls; the clock would count the neighbours."""
    return cpu_in_turns([function], times)[0]


def cpu_in_turns(functions: Sequence[Callable[[], Any]], times: int = 3) -> list[float]:
    """Return the least processor time of each function, called turn by turn.

    What is compared is measured side by side: a machine changes its speed within minutes.
    """
    taken: list[list[float]] = [[] for _ in functions]
    for _ in range(times):
        for function, times_taken in zip(functions, taken, strict=True):
            begun = time.process_time()
            function()
            times_taken.append(time.process_time() - begun)
    return [min(times_taken) for times_taken in taken]


def command_seconds(command: Sequence[str], times: int = 5) -> tuple[float, float]:
    """Return the median clock and processor time of a command after one run to warm up."""
    clock, processor = [], []
    for _ in range(times + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        clock.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(clock[1:]), statistics.median(processor[1:])


def format_figures(figures: Sequence[Figure]) -> str:
    """Return figures as a Markdown table."""
    lines = ["| measured | figure | ratio | target | met |", "|---|---:|---|---|---|"]
    for f in figures:
        value = "not installed" if f.value is None else f"{_short(f.value)} {f.unit}"
        ratio = f"{f.ratio:.2f} × {f.to}" if f.ratio is not None else f.note
        met = "" if f.met is None else "yes" if f.met else "**no**"
        lines.append(f"| {f.name} | {value} | {ratio} | {f.target} | {met} |")
    return "\n".join(lines)


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def tell(message: str) -> None:
    """Say on standard error what is being measured."""
    print(message, file=sys.stderr)
