"""Lay events down as an Arrow table that is GeoParquet when written, without pandas.

The columns are those of :mod:`geo.schema`, then ``document_id``, ``record_json`` (the full nested
record), ``geometry`` (WKB, lon lat) and its ``bbox`` (GeoParquet 1.1 covering).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.exporters.geoparquet import CORNERS, geo_metadata
from geo.exporters.rows import clean
from geo.frame import event_row
from geo.models import Event, Resolution
from geo.place_columns import PlaceNamer
from geo.records import to_record
from geo.schema import COLUMNS, DEFAULTS, FLAGS, Column

if TYPE_CHECKING:
    import pyarrow as pa

    from gazetteer import Gazetteer

RECORD = "record_json"
DOCUMENT = "document_id"
_POINT = struct.Struct("<BIdd")  # little-endian, WKB type 1, lon, lat


class EventRow(NamedTuple):
    """Hold an event as it is laid down: the schema's columns, the full record, the geometry."""

    columns: dict[str, Any]
    document_id: str | None
    record: str
    geometry: bytes | None
    box: dict[str, float] | None


class Describer:
    """Turn events into rows; each place is described once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._namer = PlaceNamer(gazetteer)
        self._version = gazetteer.info().version

    def describe(self, event: Event) -> EventRow:
        """Return the row of an event."""
        import orjson

        columns = event_row(event, self._namer)
        columns["gazetteer_version"] = columns["gazetteer_version"] or self._version
        document_id = event.evidence[0].document_id if event.evidence else None
        record = orjson.dumps(to_record(event)).decode()
        return EventRow(columns, document_id, record, *_shape(event.place))


def to_table(rows: Sequence[EventRow]) -> pa.Table:
    """Return rows as a table, in order."""
    import pyarrow as pa

    records = [row.columns for row in rows]
    columns: dict[str, Any] = {column.name: _values(records, column) for column in COLUMNS}
    columns[DOCUMENT] = [row.document_id for row in rows]
    columns[RECORD] = [row.record for row in rows]
    columns["geometry"] = [row.geometry for row in rows]
    columns["bbox"] = [row.box for row in rows]
    return pa.table(columns, schema=schema())


@cache
def schema() -> pa.Schema:
    """Return the schema of a part, with the metadata of GeoParquet 1.1."""
    import pyarrow as pa

    kinds = {"count": pa.int64(), "integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    fields = [pa.field(column.name, kinds.get(column.type, pa.string())) for column in COLUMNS]
    fields += [pa.field(name, pa.string()) for name in (DOCUMENT, RECORD)]
    fields.append(pa.field("geometry", pa.binary()))
    corners = [pa.field(name, pa.float64()) for name in CORNERS]
    fields.append(pa.field("bbox", pa.struct(corners)))
    return pa.schema(fields, metadata={b"geo": geo_metadata()})


def _values(rows: Sequence[dict[str, Any]], column: Column) -> list[Any]:
    values = [row.get(column.name) for row in rows]
    default = FLAGS.get(column.name, DEFAULTS.get(column.name))
    if default is not None:
        values = [default if value is None else value for value in values]
    if column.type in ("count", "integer"):
        return [None if value is None else round(value) for value in values]
    if column.type in ("text", "day", "json"):
        return [None if value is None else clean(value) for value in values]
    return values


def _shape(place: Resolution | None) -> tuple[bytes | None, dict[str, float] | None]:
    if place is None or place.lon is None or place.lat is None:
        return None, None
    if place.geometry is None:
        lon, lat = place.lon, place.lat
        return _POINT.pack(1, 1, lon, lat), dict(zip(CORNERS, (lon, lat, lon, lat), strict=True))
    import shapely

    outline = shapely.from_wkt(place.geometry)
    return shapely.to_wkb(outline), dict(zip(CORNERS, outline.bounds, strict=True))


def events_of(table: pa.Table) -> Iterator[Event]:
    """Yield the events of a table that has the column ``record_json``."""
    import orjson

    from geo.records import from_record

    for text in table.column(RECORD).to_pylist():
        yield from_record(orjson.loads(text))
