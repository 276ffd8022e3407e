"""Turn spatial relations into geometry: points moved, halves of discs, lines between places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.distance import distance_km
from geo.languages import LanguagePack
from geo.models import Resolution, Span, Token
from geo.resolution.relations import Relation, find_pair, flank_of, half_disc, moved

_NEAR_KM = 25.0
_OFFSET_KM = 2.0  # the least radius of a point moved by a distance in round kilometres
_FARTHEST_KM = 600.0  # names farther apart are not joined by one road in a report
_MOVABLE = (1, 3, 5)


def related(resolution: Resolution, relation: Relation) -> Resolution:
    """Return a resolution moved or widened as the words before its name say.

    ``offset`` with a distance moves the point (radius half the distance); without one, and for
    a ``flank``, the half of a disc on that side is the geometry; ``near`` widens to 25 km.
    Regions and countries stay as they are.
    """
    if resolution.lon is None or resolution.geo_precision not in _MOVABLE:
        return resolution
    explained = replace(
        resolution,
        explanation=(*resolution.explanation, f"relation {relation.kind}: {relation.text}"),
    )
    if relation.kind == "flank":
        return _at_flank(explained, relation)
    if resolution.geo_precision == 5:
        return resolution if relation.bearing is None else _at_flank(explained, relation)
    if relation.kind == "offset":
        return _at_offset(explained, relation)
    return _near(explained)


def _at_flank(resolution: Resolution, relation: Relation) -> Resolution:
    lon, lat, bearing = resolution.lon, resolution.lat, relation.bearing
    if lon is None or lat is None or bearing is None:
        return resolution
    radius = relation.km or _NEAR_KM
    return replace(
        resolution,
        geo_precision=5,
        radius_km=radius,
        method="relation",
        geometry=half_disc(lon, lat, bearing, radius),
        flank=flank_of(bearing),
    )


def _at_offset(resolution: Resolution, relation: Relation) -> Resolution:
    lon, lat, bearing = resolution.lon, resolution.lat, relation.bearing
    if lon is None or lat is None or bearing is None:
        return _near(resolution)
    if relation.km:
        lon, lat = moved(lon, lat, bearing, relation.km)
        radius = max(_OFFSET_KM, relation.km / 2)
        return replace(
            resolution, lon=lon, lat=lat, geo_precision=2, radius_km=radius, method="relation"
        )
    return replace(
        _near(resolution),
        method="relation",
        geometry=half_disc(lon, lat, bearing, _NEAR_KM),
        flank=flank_of(bearing),
    )


def _near(resolution: Resolution) -> Resolution:
    return replace(
        resolution,
        geo_precision=max(2, resolution.geo_precision),
        radius_km=max(resolution.radius_km or 0.0, _NEAR_KM),
    )


def at_pairs(
    resolutions: Sequence[Resolution],
    tokens: Sequence[Token],
    starts: Sequence[int],
    pack: LanguagePack,
) -> list[Resolution]:
    """Return the resolutions, those of "between X and Y" and "the X-Y road" joined by a line.

    `starts` are the first characters of the tokens.
    The line is then the geometry of both, and half its length the radius. A line up to 50 km
    long is put at its middle; of a longer one each name keeps its own point, since the middle
    says no more.
    """
    found = list(resolutions)
    whole = [_tokens_of(resolution.mention.span, tokens, starts) for resolution in resolutions]
    for at, (first, second) in enumerate(pairwise(whole)):
        if first is None or second is None:
            continue
        relation = find_pair(tokens, first, second, pack)
        if relation is not None:
            found[at : at + 2] = _joined(resolutions[at], resolutions[at + 1], relation)
    return found


def _tokens_of(
    span: Span, tokens: Sequence[Token], starts: Sequence[int]
) -> tuple[int, int] | None:
    """Return the first and last token of a span, ``None`` where it begins or ends within one."""
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.stop) - 1
    whole = 0 <= first <= last and (tokens[first].start, tokens[last].stop) == span
    return (first, last) if whole else None


def _joined(one: Resolution, two: Resolution, relation: Relation) -> tuple[Resolution, Resolution]:
    ends = [(r.lon, r.lat) for r in (one, two) if r.geo_precision in (1, 2, 3)]
    if len(ends) < 2:
        return one, two
    (west, south), (east, north) = ends
    if west is None or south is None or east is None or north is None:
        return one, two
    km = distance_km(west, south, east, north)
    if not 0 < km <= _FARTHEST_KM:
        return one, two
    line = f"LINESTRING ({west} {south}, {east} {north})"
    middle = (round((west + east) / 2, 5), round((south + north) / 2, 5))
    points = (middle, middle) if km <= 2 * _NEAR_KM else ((west, south), (east, north))
    first, second = (
        replace(
            end,
            lon=point[0],
            lat=point[1],
            geo_precision=5,
            radius_km=round(max(_OFFSET_KM, km / 2), 1),
            method="relation",
            geometry=line,
            explanation=(*end.explanation, f"relation {relation.kind}: {relation.text}"),
        )
        for end, point in zip((one, two), points, strict=True)
    )
    return first, second
