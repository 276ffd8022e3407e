"""Weigh named features along a chain: a linear-chain conditional random field, read from data.

Where :mod:`geo.loglinear` decides one thing at a time, a chain decides neighbours together:
"two died in A, four in B" counts dead twice, for what stands between the numbers says so. The
weights are fitted by ``tests/fits/fit_events.py``; inference is the forward-backward algorithm
(Lafferty, McCallum and Pereira 2001, https://repository.upenn.edu/cis_papers/159).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import orjson

from geo.loglinear import LogLinear


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chain:
    """Hold the weights of single items (`items`) and of what joins two neighbours (`joints`).

    ``kinds`` maps the classes of two neighbours to the kind of their joint: the column of the
    weights in ``joints``.
    """

    items: LogLinear
    joints: dict[str, tuple[float, ...]]
    kinds: tuple[tuple[int, ...], ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the classes of an item."""
        return self.items.classes

    def probabilities(
        self, items: Sequence[Iterable[str]], joints: Sequence[Iterable[str]]
    ) -> list[dict[str, float]]:
        """Return the probability of each class for each item, given all of the chain.

        `items` are the features of each item, `joints` those of each pair of neighbours, one
        fewer. Features without a weight are ignored.

        >>> coin = LogLinear(classes=("no", "yes"), weights={"sure": (0.0, 5.0)})
        >>> chain = Chain(items=coin, joints={"and": (3.0, 0.0)}, kinds=((0, 1), (1, 0)))
        >>> one, other = chain.probabilities([["sure"], []], [["and"]])
        >>> one["yes"] > 0.99, other["yes"] > 0.9
        (True, True)
        """
        singles = [self._powers(self.items.totals(features)) for features in items]
        steps = [self._step(features) for features in joints]
        ahead = _forward(singles, steps)
        behind = _backward(singles, steps)
        return [self._named(one, other) for one, other in zip(ahead, behind, strict=True)]

    @staticmethod
    def _powers(totals: Sequence[float]) -> list[float]:
        top = max(totals)
        return [math.exp(total - top) for total in totals]

    def _step(self, features: Iterable[str]) -> list[list[float]]:
        rows = [self.joints[feature] for feature in features if feature in self.joints]
        size = 1 + max(max(row) for row in self.kinds)
        totals = list(map(sum, zip(*rows, strict=True))) if rows else [0.0] * size
        powers = self._powers(totals)
        return [[powers[kind] for kind in row] for row in self.kinds]

    def _named(self, ahead: Sequence[float], behind: Sequence[float]) -> dict[str, float]:
        products = [one * other for one, other in zip(ahead, behind, strict=True)]
        whole = sum(products)
        return {name: p / whole for name, p in zip(self.classes, products, strict=True)}


def _forward(
    singles: Sequence[list[float]], steps: Sequence[list[list[float]]]
) -> list[list[float]]:
    """Return, for each item, what it and all before it say of each class."""
    found = list(singles[:1])
    for single, step in zip(singles[1:], steps, strict=True):
        columns = zip(*step, strict=True)
        last = found[-1]
        found.append(
            _scaled(
                [
                    own * sum(map(float.__mul__, last, column))
                    for own, column in zip(single, columns, strict=True)
                ]
            )
        )
    return found


def _backward(
    singles: Sequence[list[float]], steps: Sequence[list[list[float]]]
) -> list[list[float]]:
    """Return, for each item, what all behind it say of each class."""
    found = [[1.0] * len(single) for single in singles[-1:]]
    for single, step in zip(singles[:0:-1], steps[::-1], strict=True):
        told = list(map(float.__mul__, single, found[-1]))
        found.append(_scaled([sum(map(float.__mul__, row, told)) for row in step]))
    return found[::-1]


def _scaled(values: list[float]) -> list[float]:
    top = max(values)
    return [value / top for value in values]


@lru_cache(maxsize=16)
def load_chain(name: str) -> Chain:
    """Read the chain called `name` from ``geo/weights``."""
    file = resources.files("geo") / "weights" / f"{name}.json"
    table = orjson.loads(file.read_bytes())
    return Chain(
        items=LogLinear(
            classes=tuple(table["classes"]),
            weights={feature: tuple(row) for feature, row in table["weights"].items()},
        ),
        joints={feature: tuple(row) for feature, row in table["joints"].items()},
        kinds=tuple(tuple(row) for row in table["kinds"]),
    )
