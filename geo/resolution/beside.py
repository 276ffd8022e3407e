"""Put a place that the gazetteer lacks beside one that its sentence names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.names import fold
from geo.models import Resolution, Span

_NEAR_KM = 25.0
_FARTHEST = 80  # characters between the two names
_SURE = 0.5
_CONFIDENCE = 0.3  # of the unknown places of the training texts, four of ten lay within 25 km
_AREAL = frozenset({"country", "admin1", "region", "water"})


def beside_known(
    resolutions: Sequence[Resolution], sentences: Sequence[Span]
) -> tuple[Resolution, ...]:
    """Return the resolutions, unknown settlements put at the nearest one of their sentence.

    What a text tells of a village that no source knows is not lost from the map: it is shown
    near the settlement (or in the district) that the same sentence names, with a radius of at
    least 25 km and little confidence. One name stays at one place.
    """
    starts = [sentence.start for sentence in sentences]
    anchors: dict[int, list[Resolution]] = {}
    for resolution in resolutions:
        if _is_anchor(resolution):
            at = bisect_right(starts, resolution.mention.span.start)
            anchors.setdefault(at, []).append(resolution)
    hosts: dict[str, Resolution] = {}
    for resolution in filter(_is_unknown, resolutions):
        near = anchors.get(bisect_right(starts, resolution.mention.span.start), ())
        host = _nearest(resolution, near)
        if host is not None:
            hosts.setdefault(fold(resolution.mention.text), host)
    return tuple(_settled(resolution, hosts) for resolution in resolutions)


def _settled(resolution: Resolution, hosts: dict[str, Resolution]) -> Resolution:
    host = hosts.get(fold(resolution.mention.text)) if _is_unknown(resolution) else None
    if host is None:
        return resolution
    return replace(put_beside(resolution, host), confidence=_CONFIDENCE)


def put_beside(unknown: Resolution, named: Resolution) -> Resolution:
    """Put a place that the gazetteer lacks at one that the document names beside it.

    Its precision is "near" (2) at a settlement, else that of the unit; its radius at least 25 km.
    """
    assert named.place is not None  # noqa: S101 - the caller chose a resolved one
    text = unknown.mention.text
    radius = max(_NEAR_KM, named.radius_km or 0.0)
    return replace(
        named,
        mention=unknown.mention,
        place=replace(
            named.place,
            id=f"text:{fold(text)}",
            name=text,
            feature_class="P",
            feature_code="PPL",
            population=None,
            located="unit",
            radius_km=radius,
            geonameid=None,
            codes=(),
            local_name=None,
            sources=("text",),
            provenance=(),
        ),
        geo_precision=max(2, named.geo_precision),
        radius_km=radius,
        margin=0.0,
        method="unit",
        geometry=None,
        flank=None,
        candidates=unknown.candidates,
        explanation=(
            f"the gazetteer lacks {text!r}; put at {named.mention.text!r}, "
            "which the document names beside it",
        ),
    )


def _is_unknown(resolution: Resolution) -> bool:
    mention = resolution.mention
    return resolution.place is None and mention.literal and mention.hint not in _AREAL


def _is_anchor(resolution: Resolution) -> bool:
    """Tell a settlement or district that is resolved well enough to stand in for its neighbour."""
    place = resolution.place
    return (
        place is not None
        and place.located == "exact"
        and resolution.mention.literal
        and resolution.geo_precision <= 3
        and resolution.confidence >= _SURE
    )


def _nearest(unknown: Resolution, anchors: Sequence[Resolution]) -> Resolution | None:
    """Return the anchor with the fewest characters between; of two the one that follows."""

    def gap(anchor: Resolution) -> tuple[int, bool]:
        one, other = sorted((unknown.mention.span, anchor.mention.span))
        return other.start - one.stop, anchor.mention.span < unknown.mention.span

    near = [anchor for anchor in anchors if gap(anchor)[0] <= _FARTHEST]
    return min(near, key=gap, default=None)
