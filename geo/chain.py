"""Weigh named features along a chain: a linear-chain conditional random field, read from data.

Where :mod:`geo.network` decides one thing at a time, a chain decides neighbours together:
"two died in A, four in B" counts dead twice, for what stands between the numbers says so. The
weights are fitted by ``tests/fits/fit_events.py``; inference is the forward-backward algorithm
(Lafferty, McCallum and Pereira 2001, https://repository.upenn.edu/cis_papers/159).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from geo.network import Network, as_text, from_arrays, from_text, read_arrays, to_arrays

_LEAST = 1e-100  # differences of near equal sums may fall to zero, and all would


class _Way(NamedTuple):
    """Say by which kinds one class is joined to all others: a common one, and the exceptions."""

    common: int
    others: tuple[tuple[int, int], ...]  # class and kind


@dataclass(frozen=True, kw_only=True, eq=False)
class Chain:
    """Hold the weights of single items (`items`) and of what joins two neighbours (`joints`).

    ``kinds`` maps the classes of two neighbours to the kind of their joint: the column of the
    weights in ``joints``. Most pairs of classes are of few kinds, so a step along the chain is a
    sum over all classes and some exceptions, not a product of matrices.
    """

    items: Network
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

        >>> from geo.network import plain_network
        >>> coin = plain_network(("no", "yes"), {"sure": (0.0, 5.0)})
        >>> chain = Chain(items=coin, joints={"and": (3.0, 0.0)}, kinds=((0, 1), (1, 0)))
        >>> one, other = chain.probabilities([["sure"], []], [["and"]])
        >>> one["yes"] > 0.99, other["yes"] > 0.9
        (True, True)
        """
        singles = [_powers(totals) for totals in self.items.totals(items)]
        steps = [_powers(self._totals(features)) for features in joints]
        ahead = self._forward(singles, steps)
        behind = self._backward(singles, steps)
        return [self._named(one, other) for one, other in zip(ahead, behind, strict=True)]

    @cached_property
    def _into(self) -> list[_Way]:
        """Return by which kinds each class is reached."""
        return [_way(column) for column in zip(*self.kinds, strict=True)]

    @cached_property
    def _out_of(self) -> list[_Way]:
        """Return by which kinds each class is left."""
        return [_way(row) for row in self.kinds]

    @cached_property
    def _none(self) -> list[float]:
        return [0.0] * (1 + max(max(row) for row in self.kinds))

    def _totals(self, features: Iterable[str]) -> list[float]:
        rows = list(filter(None, map(self.joints.get, features)))
        return list(map(sum, zip(*rows, strict=True))) if rows else self._none

    def _forward(
        self, singles: Sequence[list[float]], steps: Sequence[list[float]]
    ) -> list[list[float]]:
        """Return, for each item, what it and all before it say of each class."""
        found = list(singles[:1])
        for single, powers in zip(singles[1:], steps, strict=True):
            reached = _joined(self._into, powers, found[-1])
            found.append(_scaled(list(map(float.__mul__, single, reached))))
        return found

    def _backward(
        self, singles: Sequence[list[float]], steps: Sequence[list[float]]
    ) -> list[list[float]]:
        """Return, for each item, what all behind it say of each class."""
        found = [[1.0] * len(single) for single in singles[-1:]]
        for single, powers in zip(singles[:0:-1], steps[::-1], strict=True):
            told = list(map(float.__mul__, single, found[-1]))
            found.append(_scaled(_joined(self._out_of, powers, told)))
        return found[::-1]

    def _named(self, ahead: Sequence[float], behind: Sequence[float]) -> dict[str, float]:
        products = [one * other for one, other in zip(ahead, behind, strict=True)]
        whole = sum(products)
        return {name: p / whole for name, p in zip(self.classes, products, strict=True)}


def _way(kinds: Sequence[int]) -> _Way:
    common = max(kinds, key=kinds.count)
    return _Way(common, tuple((i, kind) for i, kind in enumerate(kinds) if kind != common))


def _joined(ways: Sequence[_Way], powers: Sequence[float], values: Sequence[float]) -> list[float]:
    """Return, for each class, the sum over all others of their value times the joint's power."""
    whole = sum(values)
    found = []
    for common, others in ways:
        usual = powers[common]
        total = usual * whole
        for other, kind in others:
            total += (powers[kind] - usual) * values[other]
        found.append(max(total, _LEAST))
    return found


def _powers(totals: Sequence[float]) -> list[float]:
    top = max(totals)
    return [math.exp(total - top) for total in totals]


def _scaled(values: list[float]) -> list[float]:
    top = max(values)
    return [value / top for value in values]


@lru_cache(maxsize=16)
def load_chain(name: str) -> Chain:
    """Read the chain called `name` from ``geo/weights``."""
    arrays = read_arrays(name)
    rows = arrays["joint_weights"].astype(float).tolist()
    names = from_text(arrays["joints"])
    return Chain(
        items=from_arrays(arrays),
        joints=dict(zip(names, map(tuple, rows), strict=True)),
        kinds=tuple(map(tuple, arrays["kinds"].tolist())),
    )


def chain_arrays(chain: Chain) -> dict[str, Any]:
    """Take a chain apart into the arrays that :func:`load_chain` reads."""
    import numpy as np

    return {
        **to_arrays(chain.items),
        "joints": as_text(chain.joints),
        "joint_weights": np.array(list(chain.joints.values()), dtype=np.float16),
        "kinds": np.array(chain.kinds, dtype=np.int8),
    }
