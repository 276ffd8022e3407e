"""Read gold items and predictions: the same record, one JSON object a line.

An item has ``id``, ``toponyms`` (``start, end, lat, lon``; gold also ``kind, literal``) and
``events`` (``place`` as an index into the toponyms or ``lat, lon``; ``type, killed, injured,
area_km2, area_direction, cumulative, date_start, date_end, evidence [start, end]``). Offsets
count code points. A gold item has ``text`` as well, and may have ``lang`` and ``tags``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.models import Span
from geo.readers.documents import Reject, read_records

Json = Any
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToponym:
    """Hold a mention; ``point`` is lon, lat. ``literal`` is ``None`` where nothing says so."""

    span: Span
    point: Point | None
    kind: str = "other"
    literal: bool | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """Hold an event; ``kind`` is its place's, ``None`` where it has no place or it is unsaid."""

    point: Point | None
    kind: str | None
    place_name: str | None
    event_type: str | None
    killed: float | None
    injured: float | None
    area_km2: float | None
    area_direction: str | None
    cumulative: bool
    days: tuple[str | None, str | None]
    evidence: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Hold a text's toponyms and events, gold or predicted; ``groups`` holds its lang and tags."""

    id: str
    text: str = ""
    toponyms: tuple[GoldToponym, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_gold(path: str | Path) -> dict[str, Item]:
    """Read gold items by id.

    Raises :class:`geo.errors.InputError`, naming the line, for what is no gold item.
    """
    return _read(path, gold=True)


def read_predictions(path: str | Path) -> dict[str, Item]:
    """Read predictions by id, as ``conflict-map extract`` writes them; gold files will do.

    Raises :class:`geo.errors.InputError`, naming the line, for what is no prediction.
    """
    return _read(path, gold=False)


def _read(path: str | Path, *, gold: bool) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for number, record in read_records(path):
        if isinstance(record, Reject):
            raise InputError(str(record))
        try:
            item = to_item(record, gold=gold)
        except InputError as error:
            raise InputError(f"{path}, line {number}: {error}") from None
        if item.id in items:
            raise InputError(f"{path}, line {number}: the id {item.id!r} is there already")
        items[item.id] = item
    return items


def to_item(record: dict[str, Json], *, gold: bool) -> Item:
    """Make an item of a JSON object; raise :class:`geo.errors.InputError` if it is none."""
    if not isinstance(record.get("id"), str | int):
        raise InputError("the field 'id' is missing")
    text = record.get("text")
    if gold and not isinstance(text, str):
        raise InputError("a gold item needs its text in the field 'text'")
    toponyms = tuple(_each(record, "toponyms", _toponym))
    return Item(
        id=str(record["id"]),
        text=text if isinstance(text, str) else "",
        toponyms=toponyms,
        events=tuple(_each(record, "events", lambda e: _event(e, toponyms, record))),
        groups={
            name: _words(record.get(name)) for name in ("lang", "tags", "difficulty", "source")
        },
    )


def _each(record: dict[str, Json], name: str, make: Callable[[dict[str, Json]], Json]) -> Json:
    listed = record.get(name) or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise InputError(f"{name!r} must be a list of objects")
    for number, one in enumerate(listed):
        try:
            yield make(one)
        except (InputError, KeyError, TypeError) as error:
            raise InputError(f"{name}[{number}]: {_said(error)}") from None


def _said(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _toponym(record: dict[str, Json]) -> GoldToponym:
    literal = record.get("literal")
    return GoldToponym(
        span=_span(record["start"], record["end"]),
        point=_point(record),
        kind=str(record.get("kind") or "other"),
        literal=literal if isinstance(literal, bool) else None,
        geonameid=record.get("geonameid"),
    )


def _event(
    record: dict[str, Json], toponyms: tuple[GoldToponym, ...], item: dict[str, Json]
) -> GoldEvent:
    at = record.get("place")
    if at is not None and (type(at) is not int or not 0 <= at < len(toponyms)):
        raise InputError(f"place {at!r} is no index of the {len(toponyms)} toponyms")
    named = toponyms[at] if at is not None else None
    return GoldEvent(
        point=_point(record) if "lat" in record else named.point if named else None,
        kind=named.kind if named else None,
        place_name=record.get("place_name") or _surface(item, named),
        event_type=record.get("type"),
        killed=number_of(record.get("killed")),
        injured=number_of(record.get("injured")),
        area_km2=number_of(record.get("area_km2")),
        area_direction=record.get("area_direction"),
        cumulative=bool(record.get("cumulative")),
        days=(_day(record.get("date_start")), _day(record.get("date_end"))),
        evidence=_evidence(record.get("evidence")),
    )


def _surface(item: dict[str, Json], toponym: GoldToponym | None) -> str | None:
    text = item.get("text")
    return toponym.span.of(text) if toponym and isinstance(text, str) else None


def _span(start: Json, stop: Json) -> Span:
    if type(start) is not int or type(stop) is not int or start < 0 or stop < start:
        raise InputError(f"{start!r} to {stop!r} is no span")
    return Span(start, stop)


def _evidence(value: Json) -> Span | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    return _span(*value)


def _point(record: dict[str, Json]) -> Point | None:
    lat, lon = number_of(record.get("lat")), number_of(record.get("lon"))
    return None if lat is None or lon is None else (lon, lat)


def number_of(value: Json) -> float | None:
    """Return a finite number, ``None`` for anything else.

    >>> number_of("3"), number_of(True), number_of(float("nan"))
    (3.0, None, None)
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _day(value: Json) -> str | None:
    return str(value)[:10] if value else None


def _words(value: Json) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, Iterable) else ()
