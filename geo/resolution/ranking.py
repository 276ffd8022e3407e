"""Rank the candidates of mentions: a conditional logit over them and the answer "none".

A candidate's score is the sum of the weights of its features; the chance that it is meant is
the softmax over all candidates and "none of them" (McFadden 1974, discrete choice). The weights
are fitted by ``tests/fits/fit_candidates.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.models import Candidate
from geo.models import RankedCandidate
from geo.resolution.choices import REASONS
from geo.resolution.columns import Column, Slate
from geo.resolution.context import Context, Scene
from geo.resolution.describing import describe
from geo.resolution.weights import Gains, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN = 5
_DECIMALS = 9  # weights have three: sums are equal in whatever order they were added up


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Hold the candidates of a document's mentions with the chance of each to be meant.

    ``order`` are the rows of the slate, the likeliest of each mention first.
    """

    slate: Slate
    columns: tuple[Column, ...]
    none: Column
    chances: NDArray[Any]
    order: NDArray[Any]

    def likeliest(self) -> list[tuple[Candidate, float]]:
        """Return for each mention the candidate that is likeliest to be meant, with its chance."""
        first = self.order[self.slate.starts]
        chances = self.chances[first].tolist()
        local = (first - self.slate.starts).tolist()
        return [
            (choice.candidates[number], round(chance, 4))
            for choice, number, chance in zip(self.slate.choices, local, chances, strict=True)
        ]

    def best(self, mentions: Sequence[int]) -> list[list[RankedCandidate]]:
        """Return the likeliest candidates of some mentions with their reasons, best first."""
        slate = self.slate
        owners = [m for m in mentions for _ in slate.choices[m].candidates[:_SHOWN]]
        shown = [n for m in mentions for n in range(min(_SHOWN, len(slate.choices[m].candidates)))]
        found = self._told(owners, self.order[slate.starts[owners] + shown])
        return [found[mention] for mention in mentions]

    def best_within(self, mention: int, unit: int, level: int) -> list[RankedCandidate]:
        """Return the likeliest candidates of a mention that lie in a unit, as `best` does.

        `unit` is the number of a country, region or district, by its `level` (0 to 2).
        """
        slate = self.slate
        start, count = slate.starts[mention], len(slate.choices[mention].candidates)
        rows = self.order[start : start + count]
        units = (slate.codings.country, slate.codings.region, slate.codings.district)[level]
        return self._told([mention] * count, rows[units[rows] == unit][:_SHOWN])[mention]

    def _told(self, owners: Sequence[int], rows: NDArray[Any]) -> dict[int, list[RankedCandidate]]:
        """Return rows of the slate as candidates with their reasons, by the mention they are of."""
        slate = self.slate
        owners = owners[: len(rows)]
        numbers = (rows - slate.starts[owners]).tolist()
        chances = self.chances[rows].tolist()
        found: dict[int, list[RankedCandidate]] = defaultdict(list)
        in_document = zip(*[column.at(rows) for column in self.columns], strict=True)
        for mention, number, chance, parts in zip(
            owners, numbers, chances, in_document, strict=True
        ):
            choice = slate.choices[mention]
            found[mention].append(
                RankedCandidate(
                    candidate=choice.candidates[number],
                    score=round(chance, 4),
                    reasons=_reasons(choice.gains[number], parts),
                )
            )
        return found

    def features(self, mention: int) -> list[list[str]]:
        """Return the features of each candidate of a mention, and last those of "none"."""
        start, choice = int(self.slate.starts[mention]), self.slate.choices[mention]
        rows = np.arange(start, start + len(choice.candidates))
        in_document = zip(*[column.at(rows) for column in self.columns], strict=True)
        described = [
            [feature for part in (*own, *others) for feature in part.features]
            for own, others in zip(choice.parts, in_document, strict=True)
        ]
        (none,) = self.none.at(np.array([mention]))
        return [*described, list(none.features)]


def rank(slate: Slate, context: Context, scenes: Sequence[Scene]) -> Ranking:
    """Rank the candidates of a document, each mention's in its scene."""
    columns, none = describe(slate, context, scenes)
    scores = sum((column.weights for column in columns), start=slate.weights)
    scores = np.round(scores, _DECIMALS)
    nothing = none.weights
    top = np.maximum(np.maximum.reduceat(scores, slate.starts), nothing)
    powers = np.exp(scores - top[slate.owner])
    whole = np.exp(nothing - top) + np.add.reduceat(powers, slate.starts)
    return Ranking(
        slate=slate,
        columns=columns,
        none=none,
        chances=powers / whole[slate.owner],
        order=np.lexsort((slate.codings.order, -scores, slate.owner)),
    )


def _reasons(named: Gains, parts: Sequence[Part]) -> tuple[tuple[str, float], ...]:
    """Return the features that speak most for a candidate, with their weights."""
    gains = sorted(chain(named, *[part.gains for part in parts]))
    return tuple([(name, -loss) for loss, name in gains[:REASONS]])
