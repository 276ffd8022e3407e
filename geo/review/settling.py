"""Turn a decision about a place into the resolution that it means."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from math import cos, radians
from typing import TYPE_CHECKING

from gazetteer.models import AdminCodes, Place
from geo.models import Resolution
from geo.resolution.precision import precision_of
from geo.review.cells import Offer
from geo.review.decisions import Decision, DecisionError

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_SAME_DEGREES = 0.15  # points of one name are told apart by a tenth, and published on that grid


def settle(decision: Decision, before: Resolution, gazetteer: Gazetteer) -> Resolution:
    """Return the resolution that a decision leads to; `before` where it was right already.

    A correction moves a relation such as "10 km north of" along with its place. Raises
    :class:`DecisionError` for a place that the gazetteer does not know.
    """
    if decision.kind == "rejected":
        return before
    if decision.kind == "unlocated":
        return _nowhere(decision, before)
    if decision.kind == "point":
        return _own(decision, before, gazetteer)
    if decision.place is None or _is_same(decision.place, before):
        return before
    if decision.kind == "ok" and decision.place.id is None:
        raise DecisionError("the point that was reviewed has moved since; review it again")
    return _at(decision, before, _find(decision.place, gazetteer))


def require_place(decision: Decision, gazetteer: Gazetteer) -> None:
    """Raise :class:`DecisionError` for a decision for a place that the gazetteer lacks."""
    if decision.kind not in ("rejected", "unlocated", "point") and decision.place is not None:
        _find(decision.place, gazetteer)


def _is_same(offer: Offer, before: Resolution) -> bool:
    if offer.id is not None and before.place is not None:
        return offer.id == before.place.id
    if offer.lon is None or offer.lat is None or before.lon is None or before.lat is None:
        return False
    apart = max(abs(offer.lon - before.lon), abs(offer.lat - before.lat))
    return before.place is None and apart <= _SAME_DEGREES


def _find(offer: Offer, gazetteer: Gazetteer) -> Place:
    found = gazetteer.find_place(offer.id) if offer.id else None
    if found is not None and found.lon is not None:
        return found
    if offer.lon is not None and offer.lat is not None:
        return _place(offer, offer.id or _identity(offer), gazetteer)
    if found is not None:
        raise DecisionError(f"{offer.id} has no point in the gazetteer; give latitude, longitude")
    raise DecisionError(
        f"no place {offer.id!r} in the gazetteer; find it with conflict-map gazetteer search, "
        "or give latitude, longitude"
    )


def _own(decision: Decision, before: Resolution, gazetteer: Gazetteer) -> Resolution:
    offer = decision.place
    if offer is None:
        raise DecisionError("own coordinates are decided, but there are none")
    named = replace(offer, name=offer.name or decision.text)
    return _at(decision, before, _place(named, _identity(named), gazetteer), shift=False)


def _identity(offer: Offer) -> str:
    words = f"{offer.name}|{offer.lon}|{offer.lat}"
    return f"review:{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _place(offer: Offer, identity: str, gazetteer: Gazetteer) -> Place:
    """Make a place of a point; the units around it are those whose outline holds it."""
    lon, lat = offer.lon or 0.0, offer.lat or 0.0
    units = [u for u in gazetteer.units_at(lon, lat) if u.feature_code.startswith(("ADM", "PCL"))]
    admin = units[0].admin if units else AdminCodes()
    return Place(
        id=identity, name=offer.name, lon=lon, lat=lat, feature_class="P", feature_code="PPL",
        admin=admin, sources=("review",),
    )  # fmt: skip


def _at(decision: Decision, before: Resolution, place: Place, *, shift: bool = True) -> Resolution:
    precision, radius = precision_of(place, before.mention)
    after = replace(
        before,
        place=place,
        lon=place.lon,
        lat=place.lat,
        confidence=1.0,
        margin=1.0,
        geo_precision=precision,
        radius_km=radius,
        method="review",
        geometry=None,
        explanation=(f"review: {decision.answer}",),
    )
    if shift and before.method == "relation":
        after = _shifted(after, before)
    return replace(
        after,
        geo_precision=decision.precision or after.geo_precision,
        radius_km=decision.radius_km or after.radius_km,
    )


def _shifted(after: Resolution, before: Resolution) -> Resolution:
    """Keep the way from the place to the point, and the outline around it."""
    old, new = before.place, after.place
    if not (old and new) or old.lon is None or old.lat is None or new.lat is None:
        return after
    if new.lon is None or before.lon is None or before.lat is None:
        return after
    stretch = cos(radians(old.lat)) / cos(radians(new.lat))
    east, north = (before.lon - old.lon) * stretch, before.lat - old.lat
    geometry = _translated(before.geometry, new.lon - old.lon, new.lat - old.lat)
    return replace(
        after,
        lon=new.lon + east,
        lat=new.lat + north,
        geo_precision=before.geo_precision,
        radius_km=before.radius_km,
        geometry=geometry,
    )


def _translated(wkt: str | None, east: float, north: float) -> str | None:
    if wkt is None:
        return None
    import shapely
    from shapely.affinity import translate

    moved = translate(shapely.from_wkt(wkt), xoff=east, yoff=north)
    return str(shapely.to_wkt(moved, rounding_precision=4))


def _nowhere(decision: Decision, before: Resolution) -> Resolution:
    return replace(
        before,
        place=None,
        lon=None,
        lat=None,
        confidence=0.0,
        margin=0.0,
        geo_precision=9,
        radius_km=None,
        method="review",
        geometry=None,
        explanation=(f"review: {decision.answer}",),
    )
