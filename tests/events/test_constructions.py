"""Constructions that every language has: who was killed or hurt where, told in many ways.

Each line of ``tests/data/constructions.txt`` is a case; what is known to be read wrongly is marked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geo.models import Document, Event, Quantity
from geo.pipeline import extract

CASES = Path(__file__).parents[1] / "data" / "constructions.txt"


def read_cases() -> list[object]:
    """Return the cases: language, text, and the events as "place killed injured"."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    told = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    return [_case(number, line) for number, line in told]


def _case(number: int, line: str) -> object:
    known = line.startswith("! ")
    language, rest = line.removeprefix("! ").split(" ", 1)
    text, events = rest.rsplit(" |", 1)
    expected = sorted(event.strip() for event in events.split(";") if event.strip())
    marks = [pytest.mark.xfail(strict=True, reason="known to be read wrongly")] if known else []
    name = f"{language}-{number}"
    return pytest.param(language, text.replace(" // ", "\n\n"), expected, marks=marks, id=name)


@pytest.mark.parametrize(("language", "text", "expected"), read_cases())
def test_who_was_hurt_where(language: str, text: str, expected: list[str]) -> None:
    document = Document(id="case", text=text, language=language, published=date(2024, 11, 20))
    assert (
        sorted({_told(event) for event in extract(document, open_gazetteer()).events}) == expected
    )


def _told(event: Event) -> str:
    place = event.place.mention.text if event.place else "nowhere"
    return f"{place} {_figure(event.killed)} {_figure(event.injured)}"


def _figure(quantity: Quantity | None) -> str:
    return "-" if quantity is None or quantity.best is None else f"{quantity.best:g}"
