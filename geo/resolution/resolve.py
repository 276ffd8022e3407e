"""Resolve a document's mentions: each to the place that its document speaks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from gazetteer.models import Place
from gazetteer.names import fold
from geo.annotators.inflection import nominative_forms
from geo.languages import LanguagePack
from geo.models import Document, Mention, RankedCandidate, Resolution, Span, Token
from geo.resolution.country_words import at_country
from geo.resolution.precision import precision_of
from geo.resolution.related import at_pairs, related
from geo.resolution.relations import Relation, find_relation
from geo.resolution.waters import nearest_part

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_SHOWN = 5
_SURE = 0.5
_UNSURE = 0.49  # the most where a namesake without a point may be meant
_RIVAL = 0.08
_LEAST_HEARD = 0.6  # of a name that sounds less alike than this:
_ALIKE = 0.9
_MOST_FORMS = 8
_MOST_BESIDE = 5
_PART_KM = 50.0  # of a river or sea that stands for the part near a place


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionSettings:
    """Set what resolution may assume.

    ``country`` (ISO 3166-1 alpha-2) is where the text is known to play; ``least`` is the
    confidence below which a mention stays unresolved.
    """

    country: str | None = None
    least: float = 0.15


def resolve_mentions(
    document: Document,
    mentions: Sequence[Mention],
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    pack: LanguagePack,
    *,
    settings: ResolutionSettings | None = None,
) -> tuple[Resolution, ...]:
    """Return each mention with its place, or with none and the candidates that lost."""
    from geo.resolution.in_context import rank_mentions

    settings = settings or ResolutionSettings()
    read = [with_forms(mention, pack) for mention in mentions]
    ranked = rank_mentions(document, read, tokens, gazetteer, pack, settings.country)
    starts = [token.start for token in tokens]
    resolutions = []
    for mention, candidates in zip(mentions, ranked, strict=True):
        first = bisect_left(starts, mention.span.start)
        begins = first < len(starts) and starts[first] == mention.span.start
        relation = find_relation(tokens, first, pack) if begins else None
        resolutions.append(_resolution(mention, candidates, relation, settings))
    resolutions = at_country(at_pairs(resolutions, tokens, starts, pack), gazetteer, pack)
    settled = [
        r for r in resolutions
        if r.place is not None and r.geo_precision <= 3 and r.confidence >= _SURE
    ]  # fmt: skip
    return tuple(_at_part(resolution, settled) for resolution in resolutions)


def with_forms(mention: Mention, pack: LanguagePack) -> Mention:
    """Give a name that nothing explained the dictionary forms that it may be a form of."""
    if mention.names:
        return mention
    forms = nominative_forms(fold(mention.text), pack)[:_MOST_FORMS]
    return replace(mention, names=forms)


def _at_part(water: Resolution, settled: Sequence[Resolution]) -> Resolution:
    """Put a river or sea at its part nearest to the settlements named with it."""
    place = water.place
    if place is None or place.feature_class != "H" or water.method == "relation":
        return water
    near = nearest_part(place, list(islice(_around(water, place, settled), _MOST_BESIDE)))
    if near is None:
        return water
    return replace(
        water,
        lon=near.lon,
        lat=near.lat,
        radius_km=min(water.radius_km or _PART_KM, _PART_KM),
        explanation=(*water.explanation, f"its part nearest to {near.place.name}"),
    )


def _around(water: Resolution, own: Place, settled: Sequence[Resolution]) -> Iterator[Place]:
    """Yield the places named around a water, the nearest first; of two the earlier."""
    start = water.mention.span.start

    def distance(other: Resolution) -> int:
        return abs(other.mention.span.start - start)

    middle = bisect_left(settled, start, key=lambda other: other.mention.span.start)
    before = (settled[number] for number in range(middle - 1, -1, -1))
    behind = (settled[number] for number in range(middle, len(settled)))
    for other in merge(before, behind, key=distance):
        if other.place is not None and other.place.id != own.id:
            yield other.place


def _resolution(
    mention: Mention,
    ranked: Sequence[RankedCandidate],
    relation: Relation | None,
    settings: ResolutionSettings,
) -> Resolution:
    best = ranked[0] if ranked else None
    place = best.candidate.place if best else None
    if best is None or place is None or best.score < _least(best, settings) or place.lon is None:
        return _unresolved(mention, ranked)
    second = ranked[1].score if len(ranked) > 1 else 0.0
    precision, radius = precision_of(place, mention)
    resolution = Resolution(
        mention=mention,
        place=place,
        lon=place.lon,
        lat=place.lat,
        confidence=min(best.score, _UNSURE) if _may_be_elsewhere(ranked) else best.score,
        margin=round(best.score - second, 4),
        geo_precision=precision,
        radius_km=radius,
        method="unit" if place.located == "unit" else "gazetteer",
        candidates=tuple(ranked[:_SHOWN]),
        explanation=tuple(f"{name} {weight:+.2f}" for name, weight in best.reasons),
    )
    return resolution if relation is None else related(resolution, relation)


def _least(best: RankedCandidate, settings: ResolutionSettings) -> float:
    """Return the confidence that a candidate needs: more where it only sounds a little alike."""
    candidate = best.candidate
    if candidate.match != "heard" or candidate.similarity >= _ALIKE:
        return settings.least
    return max(settings.least, _LEAST_HEARD)


def _may_be_elsewhere(ranked: Sequence[RankedCandidate]) -> bool:
    """Tell whether a village in another region that few sources know may be meant.

    A located village is found too easily where the one that is meant has no point, or a rough one.
    """
    best = ranked[0].candidate.place
    return any(
        rival.score >= _RIVAL
        and rival.candidate.place.geonameid is None
        and rival.candidate.place.feature_class == "P"
        and _region(rival.candidate.place) != _region(best)
        for rival in ranked[1:]
    )


def _region(place: Place) -> tuple[str | None, str | None]:
    return place.admin.country, place.admin.admin1


def _unresolved(mention: Mention, ranked: Sequence[RankedCandidate]) -> Resolution:
    return Resolution(
        mention=mention,
        place=None,
        lon=None,
        lat=None,
        confidence=0.0,
        margin=0.0,
        geo_precision=9,
        radius_km=None,
        method="unresolved",
        candidates=tuple(ranked[:_SHOWN]),
        explanation=("no candidate",) if not ranked else ("no candidate is likely enough",),
    )
