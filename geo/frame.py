"""Turn events into the flat table of the schema: a GeoDataFrame, one row an event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.events.subtypes import acled_type
from geo.models import Event, Evidence, Interval, Quantity
from geo.place_columns import Ancestry, PlaceNamer, Row, geometry_of, place_columns
from geo.schema import COLUMNS, COUNTED, DEFAULTS, FLAGS, Column
from geo.trail import write_trail

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

CRS = "EPSG:4326"


def to_geodataframe(events: Iterable[Event], *, gazetteer: Ancestry | None = None) -> GeoDataFrame:
    """Return one row an event with exactly the columns of the schema, then ``geometry``.

    The geometry is a point in WGS84 (lon lat), the outline where the place has one, and null
    where ``geo_precision`` is 9. Counts are ``Int64``: null is unknown, 0 is "none". `gazetteer`
    names the units around each place; without one the embedded gazetteer is opened.

    >>> from geo import read_events
    >>> frame = to_geodataframe(read_events("outputs/example/article.it.events.jsonl"))
    >>> frame[["place_name", "admin1_code", "killed_best"]].head(2).to_dict("list")
    {'place_name': ['Kharkiv Oblast', 'Stepne'], 'admin1_code': ['UA-63', 'UA-23'], \
'killed_best': [1, 2]}
    """
    events = tuple(events)
    namer = PlaceNamer(gazetteer)
    rows = [event_row(event, namer) for event in events]
    for row in rows:  # known once the first place was named
        row["gazetteer_version"] = row["gazetteer_version"] or namer.version
    shapes = [geometry_of(event.place) for event in events]
    return make_frame(rows, shapes)


def make_frame(
    rows: Sequence[Mapping[str, Any]], shapes: Sequence[BaseGeometry | None]
) -> GeoDataFrame:
    """Return rows and their geometries as a frame of the schema's columns and types."""
    import pandas as pd

    columns = {column.name: [row.get(column.name) for row in rows] for column in COLUMNS}
    return conform(pd.DataFrame(columns, dtype=object), shapes)


def conform(frame: pd.DataFrame, shapes: Iterable[BaseGeometry | None]) -> GeoDataFrame:
    """Return a frame with exactly the schema's columns, order and types.

    Columns that `frame` lacks are null or their default; others are left out.
    """
    import geopandas as gpd
    import pandas as pd

    columns = {column.name: _conform_column(frame, column) for column in COLUMNS}
    data = pd.DataFrame(columns, index=frame.index)
    geometry = gpd.GeoSeries(list(shapes), index=frame.index, crs=CRS)
    return gpd.GeoDataFrame(data, geometry=geometry, crs=CRS)


def _conform_column(frame: pd.DataFrame, column: Column) -> pd.Series[Any]:
    import pandas as pd

    if column.name in frame.columns:
        values = frame[column.name]
    else:
        values = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    if column.name in FLAGS:
        return values.astype("boolean").fillna(FLAGS[column.name]).astype("bool")
    if column.name in DEFAULTS:
        values = values.where(values.notna(), DEFAULTS[column.name])
    if column.type in ("count", "integer"):
        numbers = pd.to_numeric(values, errors="coerce").astype("Float64").round()
        return numbers.astype("Int64")
    if column.type == "number":
        return pd.to_numeric(values, errors="coerce").astype("float64")
    return values.astype("str")


def event_row(event: Event, namer: PlaceNamer) -> Row:
    """Return the columns of the schema that an event fills; the others are null."""
    versions = dict(event.versions)
    return {
        "event_id": event.id,
        "event_type": acled_type(event.event_type),
        "event_subtype": event.event_subtype,
        "title": event.title,
        "weapon": "; ".join(event.weapons) or None,
        "area_km2": event.area.best if event.area else None,
        "area_role": event.area_role,
        "area_direction": event.area_direction,
        "area_flank": event.area_flank,
        "series_id": event.series_id,
        "counts_in_total": event.counts_in_total,
        "claimed_by": event.claimed_by,
        "claim_status": event.claim_status,
        "extraction_confidence": event.extraction_confidence,
        "extractor_version": versions.get("extractor") or _extractor_version(),
        "gazetteer_version": versions.get("gazetteer"),
        "language_pack_version": versions.get("language_pack"),
        "place_context": event.place_context,
        "review_status": event.review_status,
        "reviewed_by": event.reviewed_by,
        "review_note": event.review_note,
        "review_json": write_trail(event.review, event.place) if event.review else None,
        "sensitivity": event.sensitivity,
        "merged_ids_json": json.dumps(list(event.merged)) if event.merged else None,
        "warnings": "; ".join(event.warnings) or None,
        **_actors(event.actors),
        **_dates(event.interval, is_area=event.area is not None),
        **_figures(event),
        **_sources(event.evidence),
        **place_columns(event.place, namer),
    }


def _actors(actors: Sequence[tuple[str, str]]) -> Row:
    row: Row = {}
    for number, (name, role) in enumerate(actors[:2], start=1):
        row |= {f"actor{number}": name, f"actor{number}_role": role}
    return row


def _dates(interval: Interval | None, *, is_area: bool) -> Row:
    if interval is None:
        return {"date_precision": 9, "date_basis": "unknown"}
    start = interval.start.isoformat() if interval.start else None
    end = interval.end.isoformat() if interval.end else None
    row: Row = {
        "date_start": start,
        "date_end": end,
        "date_precision": interval.precision,
        "date_basis": interval.basis,
        "date_text": interval.text,
    }
    return row | ({"period_start": start, "period_end": end} if is_area else {})


def _figures(event: Event) -> Row:
    row: Row = {"casualty_status": casualty_status(event.killed, event.injured)}
    for name in COUNTED:
        quantity: Quantity | None = getattr(event, name)
        if quantity is not None:
            row |= {
                f"{name}_{bound}": getattr(quantity, bound) for bound in ("low", "best", "high")
            }
    return row


def casualty_status(*figures: Quantity | None) -> str:
    """Return reported, vague, none_reported or unknown, the first that any figure is.

    >>> casualty_status(None, None)
    'unknown'
    """
    known = [figure for figure in figures if figure is not None]
    if any(figure.best for figure in known):
        return "reported"
    if any(figure.best is None for figure in known):
        return "vague"
    return "none_reported" if known else "unknown"


def _sources(evidence: Sequence[Evidence]) -> Row:
    if not evidence:
        return {}
    first = evidence[0]
    return {
        "sentence": first.text,
        "text_start": first.span.start,
        "text_stop": first.span.stop,
        "sentence_index": first.sentence_index,
        "evidence_json": _matched(first),
        "source_name": first.source_name or first.document_id,
        "source_url": first.url,
        "source_language": first.language,
        "published": first.published.isoformat() if first.published else None,
        "source_count": len({item.document_id for item in evidence}),
    }


def _matched(evidence: Evidence) -> str | None:
    """Return where the matched words stand in the quoted sentence, as a JSON list of pairs."""
    start = evidence.span.start
    spans = [[m.start - start, m.stop - start] for m in evidence.matched]
    return json.dumps(spans) if spans else None


@cache
def _extractor_version() -> str | None:
    from importlib import metadata

    try:
        return metadata.version("conflict-event-mapper")
    except metadata.PackageNotFoundError:
        return None
