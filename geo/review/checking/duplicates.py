"""Find rows that may tell of one event twice: near each other in space and time, and alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from math import cos, floor, isnan, radians
from typing import NamedTuple

from gazetteer.distance import distance_km
from geo.review.checking.findings import Finding
from geo.review.checking.survey import Survey

_KM = 5.0
_DAYS = 2
_CELL = 0.05  # degrees of latitude, above 5 km
_ALIKE = 0.5  # share of words that two descriptions have in common
_FEWEST_WORDS = 4
_COMPARED = 60  # rows of one block; more at one place within two days are a stream of events
_UNNAMED = 2


class Told(NamedTuple):
    """Hold what tells rows apart."""

    at: int
    day: int
    lon: float
    lat: float
    kind: str
    actors: frozenset[str]
    killed: float | None
    words: frozenset[str]
    precise: bool


Block = tuple[str, int, int, int]


def possible_duplicate(survey: Survey) -> Iterator[Finding]:
    """Find rows within 5 km and two days of an earlier one that tell of the same.

    The same: no other type, actors or figures, and the same killed, or descriptions alike, or,
    where a table has neither, the same day and place. Points of regions and countries are no
    evidence of nearness. Rows are compared within blocks of 0.05 degrees and one day.
    """
    blocks: dict[Block, list[Told]] = defaultdict(list)
    for told in sorted(_all_told(survey), key=lambda t: (t.day, t.at)):
        twin = next(
            (o for b in _blocks_around(told) for o in blocks.get(b, ()) if _same(told, o)), None
        )
        if twin is not None:
            km = distance_km(told.lon, told.lat, twin.lon, twin.lat)
            yield _finding(survey, told, twin, km)
        own = blocks[_block(told)]
        if len(own) < _COMPARED:
            own.append(told)


def _finding(survey: Survey, told: Told, twin: Told, km: float) -> Finding:
    days = told.day - twin.day
    when = "the same day" if not days else f"{days} day{'s' if days > 1 else ''} later"
    return survey.finding(
        told.at, "possible_duplicate", "event_id",
        f"like row {survey.numbers[twin.at]}: {km:.1f} km away, {when}, {_why(told, twin)}",
        "if it is one event, keep one row", survey.texts("event_id")[told.at] or "",
    )  # fmt: skip


def _why(told: Told, twin: Told) -> str:
    if told.words and twin.words and _likeness(told, twin) >= _ALIKE:
        return "described alike"
    return f"the same {told.killed:.15g} killed" if told.killed else "nothing tells them apart"


def _same(told: Told, other: Told) -> bool:
    if not told.precise or not other.precise:
        return False
    if told.actors and other.actors and told.actors != other.actors:
        return False
    figures = told.killed, other.killed
    if None not in figures and told.killed != other.killed:
        return False
    if distance_km(told.lon, told.lat, other.lon, other.lat) > _KM:
        return False
    if told.words and other.words:
        return _likeness(told, other) >= _ALIKE
    if None not in figures and told.killed:
        return True
    return told.killed is other.killed is None and (told.day, told.lon, told.lat) == (
        other.day,
        other.lon,
        other.lat,
    )


def _likeness(told: Told, other: Told) -> float:
    return len(told.words & other.words) / len(told.words | other.words)


def _all_told(survey: Survey) -> Iterator[Told]:
    days, kinds = survey.texts("date_start"), survey.texts("event_type")
    actors = [survey.texts(name) for name in ("actor1", "actor2")]
    texts = [survey.texts(name) for name in ("sentence", "title")]
    killed = survey.values("killed_best")
    for at in survey.located.nonzero()[0].tolist():
        day = days[at]
        if day is None:
            continue
        yield Told(
            at=at,
            day=date.fromisoformat(day).toordinal(),
            lon=float(survey.lon[at]),
            lat=float(survey.lat[at]),
            kind=(kinds[at] or "").casefold(),
            actors=frozenset(a.casefold() for c in actors if (a := c[at])),
            killed=None if isnan(killed[at]) else float(killed[at]),
            words=_words(texts[0][at] or texts[1][at]),
            precise=not survey.precision[at] > _UNNAMED,
        )


def _words(text: str | None) -> frozenset[str]:
    words = frozenset(re.findall(r"\w+", (text or "").casefold()))
    return words if len(words) >= _FEWEST_WORDS else frozenset()


def _block(told: Told) -> Block:
    row = floor(told.lat / _CELL)
    return told.kind, told.day, row, floor(told.lon / _width(row))


def _blocks_around(told: Told) -> Iterator[Block]:
    """Yield the blocks that rows within 5 km and two days before lie in."""
    middle = floor(told.lat / _CELL)
    for row in (middle, middle - 1, middle + 1):
        column = floor(told.lon / _width(row))
        for day in range(told.day, told.day - _DAYS - 1, -1):
            for near in (column, column - 1, column + 1):
                yield told.kind, day, row, near


def _width(row: int) -> float:
    """Return the width in degrees of the cells of a row, about as wide as high."""
    return _CELL / max(0.02, cos(radians(min(89.0, (abs(row) + 1) * _CELL))))
