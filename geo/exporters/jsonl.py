"""Write one JSON record a line: full events, or the rows of a frame."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.coarsening import DECIMALS, coarsen_text, grid_of
from geo.exporters.rows import plain_rows
from geo.exporters.spreadsheet import write_metadata
from geo.models import Event
from geo.records import to_record

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Json = Any
_POINT = ("lon", "lat")


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write the rows of a frame, one JSON object a line, nulls left out."""
    _write_lines(map(_known, plain_rows(frame)), path)
    write_metadata(path, about)


def write_parts(parts: Iterable[GeoDataFrame], path: Path, *, about: About, located: bool) -> None:
    """Write the rows of frames that come one after the other, as :func:`write` does."""
    _write_lines((_known(row) for part in parts for row in plain_rows(part)), path)
    write_metadata(path, about)


def write_records(
    events: Iterable[Event], published: GeoDataFrame, path: Path, *, about: About, exact: bool
) -> None:
    """Write the rows of `published` in their order: nested records where `events` has them.

    Unless `exact`, coordinates have three decimals; where the published row is coarser, its
    point is the only one in the record, text included.
    """
    known = {event.id: event for event in events}
    lines = (
        _publish(to_record(known[row["event_id"]]), row, exact=exact)
        if row["event_id"] in known
        else _known(row)
        for row in plain_rows(published)
    )
    _write_lines(lines, path)
    write_metadata(path, about)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _write_lines(records: Iterable[Json], path: Path) -> None:
    import orjson

    with replacing(path) as temporary, temporary.open("wb") as stream:
        for record in records:
            stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def _publish(record: Json, row: dict[str, Any], *, exact: bool) -> Json:
    if row["geo_obfuscated"]:
        return _coarsen(record, row)
    return record if exact else _round(record)


def _round(value: Json) -> Json:
    if isinstance(value, dict):
        return {
            key: round(item, DECIMALS) if key in _POINT and item is not None else _round(item)
            for key, item in value.items()
        }
    return [_round(item) for item in value] if isinstance(value, list) else value


def _coarsen(record: Json, row: dict[str, Any]) -> Json:
    """Keep the published point alone: no other place, candidate or outline stands beside it."""
    fine = [
        (resolution[name], coarse)
        for resolution in record["resolutions"]
        for name, coarse in zip(_POINT, (row["longitude"], row["latitude"]), strict=True)
        if resolution.get(name) is not None
    ]
    change = partial(coarsen_text, points=fine, grid=grid_of(row))
    kept = record | {"resolutions": [_move(r, row) for r in record["resolutions"]]}
    return _change_texts(kept, change)


def _move(resolution: Json, row: dict[str, Any]) -> Json:
    point = {"lon": row["longitude"], "lat": row["latitude"]}
    hidden: Json = {"geometry": None, "candidates": []}
    place = resolution.get("place")
    return resolution | point | hidden | {"place": place and place | point}


def _change_texts(value: Json, change: Json) -> Json:
    if isinstance(value, dict):
        return {key: _change_texts(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_change_texts(item, change) for item in value]
    return change(value) if isinstance(value, str) else value
