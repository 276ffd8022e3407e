"""Resolve a document's mentions together: a first reading of each, then each in its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from gazetteer.models import Candidate, Place
from geo.languages import LanguagePack
from geo.loglinear import LogLinear, load_model
from geo.models import Document, Mention, RankedCandidate, Resolution, Span, Token
from geo.resolution.candidate_features import describe_in_context, describe_itself, kind_of
from geo.resolution.context import Context, Guess, best_known, gather
from geo.resolution.peoples import find_peoples
from geo.resolution.precision import precision_of
from geo.resolution.relations import Relation, find_relation, half_disc, moved

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_MOST_CANDIDATES = 16
_MOST_NAMES = 6
_SHOWN = 5
_NEAR_KM = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionSettings:
    """Set what resolution may assume.

    ``country`` (ISO 3166-1 alpha-2) is where the text is known to play; ``least`` is the
    confidence below which a mention stays unresolved.
    """

    country: str | None = None
    least: float = 0.08


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
    settings = settings or ResolutionSettings()
    found = [_candidates(mention.text, mention.names, gazetteer) for mention in mentions]
    peoples = find_peoples(tokens, gazetteer, pack)
    context = read_context(document, mentions, found, gazetteer, pack, settings, peoples)
    starts = {token.start: index for index, token in enumerate(tokens)}
    model = load_model("candidates")
    resolved: dict[tuple[str, str | None], list[RankedCandidate]] = {}
    resolutions = []
    for index, mention in enumerate(mentions):
        behind = _place_behind(document.text, mentions, found, index)
        key = (mention.text, mention.hint)
        if key in resolved and behind is None:
            ranked = resolved[key]
        else:
            ranked = _rank(mention, gazetteer, context, behind, model)
            resolved.setdefault(key, ranked)
        first = starts.get(mention.span.start)
        relation = None if first is None else find_relation(tokens, first, pack)
        resolutions.append(_resolution(mention, ranked, relation, settings))
    return tuple(resolutions)


@lru_cache(maxsize=8192)
def _candidates(text: str, names: tuple[str, ...], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Look up a mention's names; ask for alike ones only when there is no other candidate."""
    found: dict[str, Candidate] = {}
    for order, name in enumerate((text, *names)[:_MOST_NAMES]):
        for candidate in gazetteer.lookup(name):
            if candidate.name.kind == "demonym":
                continue
            if order and candidate.match in ("exact", "folded"):
                candidate = replace(candidate, match="inflected")
            found.setdefault(candidate.place.id, candidate)
    if not found:
        for name in (text, *names)[:_MOST_NAMES]:
            for candidate in gazetteer.fuzzy(name):
                found.setdefault(candidate.place.id, candidate)
    ordered = sorted(
        found.values(),
        key=lambda c: (kind_of(c.place) == "settlement", -(c.place.population or 0)),
    )
    return tuple(ordered[: _MOST_CANDIDATES * 2])  # units and the largest settlements


@lru_cache(maxsize=8192)
def _own_features(
    text: str, names: tuple[str, ...], hint: str | None, gazetteer: Gazetteer
) -> tuple[tuple[str, ...], ...]:
    candidates = _candidates(text, names, gazetteer)
    return tuple(describe_itself(hint, candidate, candidates) for candidate in candidates)


def read_context(
    document: Document,
    mentions: Sequence[Mention],
    found: Sequence[Sequence[Candidate]],
    gazetteer: Gazetteer,
    pack: LanguagePack,
    settings: ResolutionSettings,
    peoples: frozenset[str] = frozenset(),
) -> Context:
    """Return the context of a document: first by fame, then by what is likeliest in that."""
    home = frozenset(pack.section("mentions").get("home", ()))
    outlet = _outlet_country(document.url)
    context = _assumed(gather(_famous(mentions, found), home, outlet, peoples), settings)
    model = load_model("candidates")
    guesses = []
    for index, mention in enumerate(mentions):
        behind = _place_behind(document.text, mentions, found, index)
        scored = _score(mention, gazetteer, context, behind, model)
        if scored:
            best = scored[0]
            guesses.append(Guess(mention=mention, place=best.candidate.place, weight=best.score))
    return _assumed(gather(guesses, home, outlet, peoples), settings)


def _famous(mentions: Sequence[Mention], found: Sequence[Sequence[Candidate]]) -> list[Guess]:
    guesses = []
    for mention, candidates in zip(mentions, found, strict=True):
        if not candidates:
            continue
        best = best_known(candidates)
        kind = kind_of(best.place)
        sure = kind in ("country", "admin1") or len(candidates) == 1
        big = (best.place.population or 0) >= 100_000
        weight = 1.0 if sure else 0.7 if big else 0.2
        guesses.append(Guess(mention=mention, place=best.place, weight=weight))
    return guesses


def _assumed(context: Context, settings: ResolutionSettings) -> Context:
    if settings.country is None:
        return context
    countries = {**context.countries, settings.country: 1.0}
    return replace(context, countries=countries, named=context.named | {(settings.country,)})


def _outlet_country(url: str | None) -> str | None:
    """Return the country of a web address by its top-level domain (``.it``), if it is one."""
    host = urlsplit(url).hostname if url else None
    domain = (host or "").rsplit(".", 1)[-1].upper()
    return {"UK": "GB"}.get(domain, domain) if len(domain) == 2 else None


def _place_behind(
    text: str,
    mentions: Sequence[Mention],
    found: Sequence[Sequence[Candidate]],
    index: int,
) -> Place | None:
    if index + 1 >= len(mentions) or not found[index + 1]:
        return None
    gap = text[mentions[index].span.stop : mentions[index + 1].span.start]
    if len(gap) > 12 or any(mark in gap for mark in ".;:\n"):
        return None
    if "," not in gap and "(" not in gap and len(gap.split()) > 2:
        return None
    return best_known(found[index + 1]).place


class _Scored(NamedTuple):
    score: float
    candidate: Candidate
    features: list[str]


def _score(
    mention: Mention,
    gazetteer: Gazetteer,
    context: Context,
    behind: Place | None,
    model: LogLinear,
) -> list[_Scored]:
    """Return the candidates with their chances, likeliest first."""
    own = _own_features(mention.text, mention.names, mention.hint, gazetteer)
    candidates = _candidates(mention.text, mention.names, gazetteer)
    scored = []
    for candidate, features in zip(candidates, own, strict=True):
        whole = [*features, *describe_in_context(mention, candidate, context, behind)]
        chance = model.probabilities(whole)["right"]
        scored.append(_Scored(round(chance, 4), candidate, whole))
    scored.sort(
        key=lambda s: (-s.score, -(s.candidate.place.population or 0), s.candidate.place.id)
    )
    return scored


def _rank(
    mention: Mention,
    gazetteer: Gazetteer,
    context: Context,
    behind: Place | None,
    model: LogLinear,
) -> list[RankedCandidate]:
    """Return the likeliest candidates with the reasons, as many as are ever shown."""
    return [
        RankedCandidate(
            candidate=item.candidate,
            score=item.score,
            reasons=model.reasons(item.features, "right", "wrong", 5),
        )
        for item in _score(mention, gazetteer, context, behind, model)[:_SHOWN]
    ]


def _resolution(
    mention: Mention,
    ranked: Sequence[RankedCandidate],
    relation: Relation | None,
    settings: ResolutionSettings,
) -> Resolution:
    best = ranked[0] if ranked else None
    place = best.candidate.place if best else None
    if best is None or place is None or best.score < settings.least or place.lon is None:
        return _unresolved(mention, ranked)
    second = ranked[1].score if len(ranked) > 1 else 0.0
    precision, radius = precision_of(place, mention)
    resolution = Resolution(
        mention=mention,
        place=place,
        lon=place.lon,
        lat=place.lat,
        confidence=best.score,
        margin=round(best.score - second, 4),
        geo_precision=precision,
        radius_km=radius,
        method="unit" if place.located == "unit" else "gazetteer",
        candidates=tuple(ranked),
        explanation=tuple(f"{name} {weight:+.2f}" for name, weight in best.reasons),
    )
    return resolution if relation is None else _related(resolution, relation)


def _related(resolution: Resolution, relation: Relation) -> Resolution:
    """Move or widen a settlement's point as the words before its name say."""
    lon, lat = resolution.lon, resolution.lat
    if lon is None or lat is None or resolution.geo_precision not in (1, 3, 5):
        return resolution
    explanation = (*resolution.explanation, f"relation {relation.kind}: {relation.text}")
    if relation.kind == "flank" and relation.bearing is not None:
        radius = relation.km or _NEAR_KM
        return replace(
            resolution,
            geo_precision=5,
            radius_km=radius,
            method="relation",
            geometry=half_disc(lon, lat, relation.bearing, radius),
            explanation=explanation,
        )
    if resolution.geo_precision == 5:
        return resolution
    if relation.kind == "offset" and relation.km and relation.bearing is not None:
        lon, lat = moved(lon, lat, relation.bearing, relation.km)
        return replace(
            resolution,
            lon=lon,
            lat=lat,
            geo_precision=2,
            radius_km=max(2.0, relation.km / 2),
            method="relation",
            explanation=explanation,
        )
    return replace(
        resolution,
        geo_precision=max(2, resolution.geo_precision),
        radius_km=max(resolution.radius_km or 0.0, _NEAR_KM),
        explanation=explanation,
    )


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
        candidates=tuple(ranked),
        explanation=("no candidate",) if not ranked else ("no candidate is likely enough",),
    )
