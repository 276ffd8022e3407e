"""Apply what people decided about places to a frame of the schema; the given one stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.models import Mention, Resolution, Review, Span
from geo.place_columns import PlaceNamer, geometry_of, place_columns
from geo.review.applying import Judge, note_of, status_of
from geo.trail import write_trail

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer

_PLACE = (
    "place_text place_context place_name place_id longitude latitude geo_precision geo_radius_km "
    "geo_method geo_confidence geo_margin review_json"
).split()
_UNITS = "geonameid katottg country iso2 iso3 admin1 admin1_code admin2 admin3".split()
_MOVED = [name for name in _PLACE if name not in ("place_text", "place_context")] + _UNITS
Row = dict[str, Any]


def review_frame(frame: GeoDataFrame, judge: Judge) -> GeoDataFrame:
    """Return the frame with its places as decided.

    Each distinct place is judged once. A row that was reviewed before is judged by what it was
    before that, as its ``review_json`` tells.
    """
    namer = PlaceNamer(judge.gazetteer)
    known: dict[tuple[Any, ...], tuple[Row, Any] | None] = {}
    columns = [frame[name].astype(object).where(frame[name].notna(), None) for name in _PLACE]
    shapes = list(frame.geometry)
    changes: dict[int, Row] = {}
    for at, values in enumerate(zip(*columns, strict=True)):
        if values[0] is None:
            continue
        outline = _outline(shapes[at])
        if (*values, outline) not in known:
            row = dict(zip(_PLACE, values, strict=True)) | {"outline": outline}
            known[*values, outline] = _judge(row, judge, namer)
        found = known[*values, outline]
        if found is not None:
            changes[at], shape = found
            shapes[at] = shape if shape is not _AS_IS else shapes[at]
    judge.count(len(changes))
    return _changed(frame, changes, shapes)


_AS_IS = object()


def _judge(row: Row, judge: Judge, namer: PlaceNamer) -> tuple[Row, Any] | None:
    before = _before(row, judge.gazetteer)
    judged = judge.judge(before, row["place_context"])
    if judged is None:
        return None
    after, review = judged
    columns: Row = {}
    shape: Any = _AS_IS
    if after != before or row["review_json"]:
        told = place_columns(after, namer)
        told.pop("geo_candidates_json", None)
        columns = {name: told.get(name) for name in _MOVED if name != "review_json"}
        shape = geometry_of(after)
    return columns | _trail(review, after), shape


def _trail(review: Review, after: Resolution) -> Row:
    return {
        "review_status": status_of(review),
        "reviewed_by": review.by,
        "review_note": note_of(review, after),
        "review_json": write_trail(review, after),
    }


def _before(row: Row, gazetteer: Gazetteer) -> Resolution:
    """Return what the row's place was before anybody reviewed it, as far as a row tells."""
    state = row
    if row["review_json"]:
        state = {"geo_precision": 9} | json.loads(row["review_json"]).get("before", {})
    place_id = state.get("place_id")
    place = gazetteer.find_place(place_id) if place_id else None
    text, radius = str(row["place_text"]), state.get("geo_radius_km")
    located = state.get("longitude") is not None and state.get("latitude") is not None
    return Resolution(
        mention=Mention(span=Span(0, len(text)), text=text),
        place=place,
        lon=float(state["longitude"]) if located else None,
        lat=float(state["latitude"]) if located else None,
        confidence=float(row["geo_confidence"] or 0),
        margin=float(row["geo_margin"] or 0),
        geo_precision=int(state.get("geo_precision") or 9) if located else 9,
        radius_km=None if radius is None else float(radius),
        method=str(state.get("geo_method") or "unresolved"),
        geometry=None if row["review_json"] else row["outline"],
    )


def _outline(shape: Any) -> str | None:  # noqa: ANN401 - a shapely geometry, or None
    return None if shape is None or shape.geom_type == "Point" else str(shape.wkt)


def _changed(frame: GeoDataFrame, changes: dict[int, Row], shapes: list[Any]) -> GeoDataFrame:
    import pandas as pd

    from geo.frame import conform

    table = pd.DataFrame(frame.drop(columns=frame.geometry.name)).astype(object)
    for name in sorted({name for row in changes.values() for name in row}):
        values = table[name].tolist()
        for at, row in changes.items():
            if name in row:
                values[at] = row[name]
        table[name] = pd.Series(values, index=table.index, dtype=object)
    result = conform(table, shapes)
    result.attrs = dict(frame.attrs)
    return result
