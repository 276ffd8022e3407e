"""Write what a review changed as JSON text: who, when, what was there before and after."""

from __future__ import annotations

import json
from typing import Any

from geo.models import Resolution, Review

_DECIMALS = 4


def write_trail(review: Review, after: Resolution | None) -> str:
    """Return a review and the place it led to as the text of ``review_json``."""
    record = {
        "decision": review.decision,
        "key": review.key,
        "answer": review.answer,
        "by": review.by,
        "on": review.on,
        "note": review.note,
        "before": describe_state(review.before),
        "after": describe_state(after),
    }
    known = {name: value for name, value in record.items() if value is not None}
    return json.dumps(known, ensure_ascii=False)


def describe_state(resolution: Resolution | None) -> dict[str, Any]:
    """Return the columns that say where a resolution lies; empty when it lies nowhere."""
    if resolution is None or resolution.lon is None or resolution.lat is None:
        return {}
    place = resolution.place
    state = {
        "place_name": place.name if place else None,
        "place_id": place.id if place else None,
        "longitude": round(resolution.lon, _DECIMALS),
        "latitude": round(resolution.lat, _DECIMALS),
        "geo_precision": resolution.geo_precision,
        "geo_radius_km": resolution.radius_km,
        "geo_method": resolution.method,
    }
    return {name: value for name, value in state.items() if value is not None}
