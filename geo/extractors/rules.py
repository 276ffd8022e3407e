"""Our own rules behind the protocol: their events as claims of the schema, to correct by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from geo.extractors.proposals import FIGURES, Answer
from geo.models import Document, Event, Quantity, Resolution

Json = Any
_KINDS = {"PPL": "city", "ADM1": "admin1", "PCL": "country", "ADM": "admin2"}
_CLASSES = {"P": "city", "S": "facility", "A": "admin2", "H": "water"}


class RulesExtractor:
    """Tell the rules' events of a document as claims; `read` is the pipeline."""

    name = "rules"

    def __init__(self, read: Callable[[Document], Iterable[Event]]) -> None:
        self._read = read

    def extract(self, document: Document) -> Answer:
        """Return the claims that the rules read."""
        return Answer(extractor=self.name, told=told_of(self._read(document)))


def told_of(events: Iterable[Event]) -> Json:
    """Return events as an answer of the schema."""
    return {"claims": [_claim(event) for event in events]}


def _claim(event: Event) -> Json:
    days = event.interval
    return {
        "evidence": event.evidence[0].text,
        "event_type": event.event_type,
        "place": _place(event.place) if event.place else None,
        "other_places": [_place(place) for place in event.places],
        **{name: _figure(getattr(event, name)) for name in FIGURES},
        "area": _area(event),
        "cumulative": event.cumulative,
        "date_text": days.text if days else None,
        "date_start": days.start.isoformat() if days and days.start else None,
        "date_end": days.end.isoformat() if days and days.end else None,
        "weapon": event.weapons[0] if event.weapons else None,
        "actor": event.actors[0][0] if event.actors else None,
        "actor_role": event.actors[0][1] if event.actors else None,
        "claimed_by": event.claimed_by,
        "claim_status": event.claim_status,
    }


def _place(resolution: Resolution) -> Json:
    place = resolution.place
    return {
        "text": resolution.mention.text,
        "name": place.name if place else None,
        "kind": _kind(resolution),
        "country": place.admin.country if place else None,
        "admin1": None,
    }


def _kind(resolution: Resolution) -> str:
    place = resolution.place
    if place is None:
        return "other"
    for prefix, kind in _KINDS.items():
        if place.feature_code.startswith(prefix):
            return kind
    return _CLASSES.get(place.feature_class, "other")


def _figure(quantity: Quantity | None) -> Json:
    if quantity is None:
        return None
    bounds = (quantity.low, quantity.best, quantity.high)
    low, best, high = (None if bound is None else int(bound) for bound in bounds)
    return {"low": low, "best": best, "high": high, "words": quantity.text.split(" + ")}


def _area(event: Event) -> Json:
    if event.area is None or event.area.best is None:
        return None
    return {
        "km2": event.area.best,
        "words": event.area.text,
        "direction": event.area_direction,
    }
