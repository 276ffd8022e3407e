"""No regular expression backtracks badly: each is fed the worst that its own words suggest.

Every pattern that a module of ours compiles at its top is found by itself, so that a new one is
tested without being listed. Processor time is looked at as a ratio of two lengths, not as a
figure: a cost that grows with the cube of the length, or faster, fails.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import gazetteer
import geo

LENGTH = 200
GROWTH = 10
MOST = 300.0  # times the cost for ten times the text: 100 is quadratic, 1000 cubic
SLOW = 0.05  # seconds below which a measurement is noise
SKIPPED = ("geo.__main__", "gazetteer.making")  # scripts that fetch
SEEDS = (
    "a", "0", "1.", "1,", "12.345", " ", "\n", "\t", "-", "'", "’", '"', ".", ",", "(", "{", "{a",
    "{{", "<", "<a", "&", "=", "|", "/", "\\", "_", "é", "ї", "̀", "а", "A", "Aa", "A.", "A. ",
    "a'", "a-", "a ", "a.b", "1 ", "1-", "1/1/", "1.1.", "+1", "-1.0", "(a|", "http://", "a=", "#",
    "0x", "10 km ", "48.5 ", "48°", "N ", "gn:1", ", ", "; ", "ab cd ",
)  # fmt: skip


def modules() -> Iterator[str]:
    for package in (geo, gazetteer):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(SKIPPED):
                yield found.name


def patterns() -> Iterator[tuple[str, re.Pattern[str], frozenset[str]]]:
    for name in modules():
        try:
            module = importlib.import_module(name)
        except ImportError:  # an extra that is not installed
            continue
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        for attribute, value in sorted(vars(module).items()):
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                used = re.findall(rf"\b{attribute}\.(\w+)\(", source)
                yield f"{name}.{attribute}", value, frozenset(used)


FOUND = {name: (pattern, used) for name, pattern, used in patterns()}


def seconds(pattern: re.Pattern[str], used: frozenset[str], text: str) -> float:
    """Return what the calls cost that the module makes: most are anchored by how they are made."""
    begun = time.process_time()
    if "match" in used:
        pattern.match(text)
    if "fullmatch" in used:
        pattern.fullmatch(text)
    if "search" in used:
        pattern.search(text)
    if used & {"sub", "split", "findall", "finditer"}:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - begun


def worst_texts(length: int) -> Iterator[str]:
    for seed in SEEDS:
        many = (seed * (length // len(seed) + 1))[:length]
        yield many
        yield many + "!"
        yield "a" + many + "\0"
        yield "1" + many + "x"


def test_there_are_patterns_to_test() -> None:
    assert len(FOUND) > 10


@pytest.mark.parametrize("name", sorted(FOUND))
def test_no_pattern_backtracks_badly(name: str) -> None:
    pattern, used = FOUND[name]
    for short, long in zip(worst_texts(LENGTH), worst_texts(LENGTH * GROWTH), strict=True):
        before = seconds(pattern, used, short)
        assert before < 0.5, f"{pattern.pattern!r} takes {before:.1f} s for {short[:20]!r}…"
        taken = seconds(pattern, used, long)
        if taken > SLOW:
            before = max(min(seconds(pattern, used, short) for _ in range(3)), 1e-5)
            taken = min(taken, seconds(pattern, used, long))
        assert taken < SLOW or taken / before < MOST, f"{pattern.pattern!r}: {long[:20]!r}…"
