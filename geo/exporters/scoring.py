"""Put an extraction into the record that gold sets of toponyms and events are scored on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.models import Event, Quantity, Resolution


def to_scored(
    document_id: str, events: Sequence[Event], resolutions: Sequence[Resolution]
) -> dict[str, Any]:
    """Return ``id``, ``toponyms`` and ``events`` of one document; offsets are code points.

    >>> to_scored("a", [], [])
    {'id': 'a', 'toponyms': [], 'events': []}
    """
    return {
        "id": document_id,
        "toponyms": [_toponym(resolution) for resolution in resolutions],
        "events": [_event(event) for event in events],
    }


def _toponym(resolution: Resolution) -> dict[str, Any]:
    mention, (lat, lon) = resolution.mention, _point(resolution)
    return {
        "start": mention.span.start,
        "end": mention.span.stop,
        "lat": lat,
        "lon": lon,
        "literal": mention.literal,
        "geonameid": resolution.place.geonameid if resolution.place else None,
    }


def _event(event: Event) -> dict[str, Any]:
    place, days = event.place, event.interval
    lat, lon = _point(place) if place else (None, None)
    return {
        "lat": lat,
        "lon": lon,
        "place_name": place.mention.text if place else None,
        "type": event.event_type,
        "killed": _best(event.killed),
        "injured": _best(event.injured),
        "area_km2": event.area.best if event.area else None,
        "area_direction": event.area_direction,
        "cumulative": event.cumulative,
        "date_start": days.start.isoformat() if days and days.start else None,
        "date_end": days.end.isoformat() if days and days.end else None,
        "weapon": event.weapons[0] if event.weapons else None,
        "actor": event.actors[0][0] if event.actors else None,
        "evidence": _evidence(event),
    }


def _point(resolution: Resolution) -> tuple[float | None, float | None]:
    """Return where the named place lies; the gold keeps "70 km north" of it apart."""
    place = resolution.place
    point = place if place is not None and resolution.method == "relation" else resolution
    return point.lat, point.lon


def _evidence(event: Event) -> list[int]:
    """Return the stretch of text from the first to the last sentence with the place or a number."""
    main = event.evidence[0]
    told = [e.span for e in event.evidence if e.matched and e.document_id == main.document_id]
    spans = [main.span, *told]
    return [min(span.start for span in spans), max(span.stop for span in spans)]


def _best(quantity: Quantity | None) -> int | None:
    return None if quantity is None or quantity.best is None else int(quantity.best)
