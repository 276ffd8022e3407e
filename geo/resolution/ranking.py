"""Rank the candidates of a mention: a conditional logit over them and the answer "none".

A candidate's score is the sum of the weights of its features; the chance that it is meant is
the softmax over all candidates and "none of them" (McFadden 1974, discrete choice). The weights
are fitted by ``tests/fits/fit_candidates.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from geo.models import Hint, Mention, RankedCandidate
from geo.resolution.candidate_features import (
    describe_beside,
    describe_in_document,
    describe_names,
    describe_none,
)
from geo.resolution.candidates import find_candidates
from geo.resolution.context import Context, Scene

if TYPE_CHECKING:
    from gazetteer import Candidate, Gazetteer

_SHOWN = 5
_REASONS = 5
Weights = Mapping[str, float]


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Read the weights of the features of candidates."""
    file = resources.files("geo") / "weights" / "candidates.json"
    weights: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return weights


class _Scored(NamedTuple):
    score: float
    candidate: Candidate
    features: tuple[str, ...]


def rank(
    mention: Mention, context: Context, scene: Scene, gazetteer: Gazetteer, language: str
) -> list[RankedCandidate]:
    """Return the candidates that are likeliest to be meant, with the reasons, best first."""
    return [
        RankedCandidate(
            candidate=item.candidate,
            score=item.score,
            reasons=_reasons(item.features, load_weights()),
        )
        for item in _scored(mention, context, scene, gazetteer, language)[:_SHOWN]
    ]


def likeliest(
    mention: Mention, context: Context, scene: Scene, gazetteer: Gazetteer, language: str
) -> tuple[Candidate, float] | None:
    """Return the candidate that is likeliest to be meant, with its chance; ``None`` for none."""
    scored = _scored(mention, context, scene, gazetteer, language)
    return (scored[0].candidate, scored[0].score) if scored else None


def _scored(
    mention: Mention, context: Context, scene: Scene, gazetteer: Gazetteer, language: str
) -> list[_Scored]:
    """Return the candidates of a mention by their chance to be meant, the likeliest first."""
    candidates = find_candidates(mention.text, mention.names, gazetteer)
    if not candidates:
        return []
    weights = load_weights()
    names = weigh_names(mention.text, mention.names, mention.hint, gazetteer, language)
    inner = [_in_document(candidate, context, scene) for candidate in candidates]
    outer = [describe_beside(candidate, scene) for candidate in candidates]
    scores = [
        by_name + in_document + _total(features, weights)
        for (by_name, _), (in_document, _), features in zip(names, inner, outer, strict=True)
    ]
    none = _total(describe_none(candidates, scene), weights)
    top = max(*scores, none)
    whole = math.exp(none - top) + sum(math.exp(score - top) for score in scores)
    order = sorted(
        range(len(candidates)),
        key=lambda i: (
            -scores[i], -(candidates[i].place.population or 0), candidates[i].place.id
        ),
    )  # fmt: skip
    return [
        _Scored(
            round(math.exp(scores[i] - top) / whole, 4),
            candidates[i],
            (*names[i][1], *inner[i][1], *outer[i]),
        )
        for i in order[:_SHOWN]
    ]


@lru_cache(maxsize=20_000)
def weigh_names(
    text: str, names: tuple[str, ...], hint: Hint | None, gazetteer: Gazetteer, language: str
) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """Return the weight and the features that each candidate has by its name alone."""
    weights = load_weights()
    candidates = find_candidates(text, names, gazetteer)
    return tuple(
        (_total(features, weights), tuple(features))
        for features in describe_names(text, hint, candidates, language)
    )


def _in_document(
    candidate: Candidate, context: Context, scene: Scene
) -> tuple[float, tuple[str, ...]]:
    """Return the weight and the features of a candidate in its document, worked out once a name."""
    known = scene.named.described
    key = (candidate.place.id, candidate.match)
    if key not in known:
        features = describe_in_document(candidate, context, scene.named)
        known[key] = (_total(features, load_weights()), tuple(features))
    return known[key]


def _total(features: Iterable[str], weights: Weights) -> float:
    return sum([weights[feature] for feature in features if feature in weights])


def _reasons(features: Iterable[str], weights: Weights) -> tuple[tuple[str, float], ...]:
    """Return the features that speak most for a candidate, with their weights."""
    gains = [(-round(weights[name], 2), name) for name in features if weights.get(name, 0.0) > 0]
    return tuple((name, -loss) for loss, name in sorted(gains)[:_REASONS])
