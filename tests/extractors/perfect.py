"""Gold items as the answers that a model would give which makes no mistake.

The gold's coordinates and GeoNames ids are left out: an answer holds words and numbers only.
"""

from __future__ import annotations

from typing import Any

from geo.extractors.proposals import FIGURES

Json = Any


def answer_of(item: Json) -> Json:
    """Return the claims of a gold item."""
    return {"claims": [_claim(item, event) for event in item["events"]]}


def record_of(item: Json) -> Json:
    """Return the answer as a line of a recording."""
    return {"id": item["id"], "extractor": "gold", "answer": answer_of(item)}


def _claim(item: Json, event: Json) -> Json:
    start, stop = event["evidence"]
    evidence = item["text"][start:stop]
    dated = event["date_start"] or event["date_end"]
    return {
        "evidence": evidence,
        "event_type": event["type"],
        "place": None if event["place"] is None else _place(item["toponyms"][event["place"]]),
        "other_places": [_place(item["toponyms"][index]) for index in event["places"]],
        **{name: _figure(event, name) for name in FIGURES},
        "area": _area(event, evidence),
        "cumulative": event["cumulative"],
        "date_text": evidence if dated else None,
        "date_start": event["date_start"],
        "date_end": event["date_end"],
        "weapon": event["weapon"],
        "actor": event["actor"],
        "actor_role": "unknown" if event["actor"] else None,
        "claimed_by": None,
        "claim_status": "claimed",
    }


def _place(toponym: Json) -> Json:
    return {
        "text": toponym["surface"],
        "name": toponym["name"],
        "kind": toponym["kind"],
        "country": toponym["country"],
        "admin1": toponym["admin1"],
    }


def _figure(event: Json, name: str) -> Json:
    bounds = [event.get(f"{name}_low"), event.get(name), event.get(f"{name}_high")]
    if bounds == [None, None, None]:
        return None
    return {"low": bounds[0], "best": bounds[1], "high": bounds[2], "words": []}


def _area(event: Json, evidence: str) -> Json:
    if event["area_km2"] is None:
        return None
    return {
        "km2": event["area_km2"],
        "words": evidence,
        "direction": event["area_direction"],
    }
