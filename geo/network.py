"""Weigh named features together: a network with one hidden layer, read from data.

Where :mod:`geo.loglinear` adds up what each feature says alone, a network also knows pairs that
mean something only together ("wounded", and the place stands behind "taken to"). The weights are
fitted by ``tests/fits/fit_events.py``; a decision stays explained feature by feature, by the share
that each has in it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Bytes = npt.NDArray[np.uint8]

_CERTAIN = 700.0  # the largest number whose exponential is a number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """Hold the classes of a decision and the weights that lead from features to them.

    ``features`` gives each feature its row in ``weights``: what it adds to the hidden units, and
    behind them to the classes directly; the last row is zero and stands for "no feature".
    ``start`` is the row that all begin with, ``outward`` (hidden units x classes) leads from the
    units to the classes. A hidden unit passes on what is above zero.
    """

    classes: tuple[str, ...]
    features: Mapping[str, int]
    weights: Floats
    start: Floats
    outward: Floats

    def totals(self, items: Sequence[Iterable[str]]) -> list[list[float]]:
        """Return, for each item, what its features say of each class, as log odds.

        Features that the network does not know are ignored.

        >>> model = plain_network(("no", "yes"), {"rain": (0.0, 2.0)})
        >>> model.totals([["rain", "unheard of"], []])
        [[0.0, 2.0], [0.0, 0.0]]
        """
        if not items:
            return []
        sums = self._sums([self._rows(features) for features in items])
        units = len(self.outward)
        totals: list[list[float]] = (
            sums[:, :units].clip(0.0) @ self.outward + sums[:, units:]
        ).tolist()
        return totals

    def chances(self, items: Sequence[Iterable[str]], name: str) -> list[float]:
        """Return the probability of a class for each item.

        >>> model = plain_network(("no", "yes"), {"rain": (0.0, 2.0)})
        >>> [round(chance, 3) for chance in model.chances([["rain"], []], "yes")]
        [0.881, 0.5]
        """
        at = self.classes.index(name)
        return [
            1.0 / sum(math.exp(min(other - row[at], _CERTAIN)) for other in row)
            for row in self.totals(items)
        ]

    def gains(
        self, items: Sequence[Iterable[str]], chosen: Sequence[str], over: str
    ) -> list[dict[str, float]]:
        """Return how much each feature of an item adds to its class `chosen` over another.

        That is its share of the difference of the two, given which hidden units the features
        wake together: the shares add up to it, but for what all items start from.

        >>> model = plain_network(("no", "yes"), {"rain": (0.0, 2.0), "sun": (1.0, 0.0)})
        >>> model.gains([["rain", "sun"]], ["yes"], "no")
        [{'rain': 2.0, 'sun': -1.0}]
        """
        if not items:
            return []
        known = [[f for f in dict.fromkeys(item) if f in self.features] for item in items]
        rows = [[self.features[feature] for feature in item] for item in known]
        units, other = len(self.outward), self.classes.index(over)
        found = []
        for item, at, name, sums in zip(known, rows, chosen, self._sums(rows), strict=True):
            one = self.classes.index(name)
            outward = (self.outward[:, one] - self.outward[:, other]) * (sums[:units] > 0)
            weights = self.weights[at]
            shares = weights[:, :units] @ outward
            shares += weights[:, units + one] - weights[:, units + other]
            found.append(dict(zip(item, shares.tolist(), strict=True)))
        return found

    def reasons(
        self, items: Sequence[Iterable[str]], chosen: Sequence[str], over: str, limit: int = 4
    ) -> list[tuple[tuple[str, float], ...]]:
        """Return the features that speak most for each item's class, and how much.

        >>> model = plain_network(("no", "yes"), {"rain": (-1.0, 2.0)})
        >>> model.reasons([["rain"]], ["yes"], "no")
        [(('rain', 3.0),)]
        """
        return [_most(gains, limit) for gains in self.gains(items, chosen, over)]

    def _rows(self, features: Iterable[str]) -> list[int]:
        known = self.features
        return list({known[feature] for feature in features if feature in known})

    def _sums(self, items: Sequence[list[int]]) -> Floats:
        """Return the sum of the rows of each item."""
        import numpy as np

        starts: list[int] = []
        rows: list[int] = []
        for item in items:
            starts.append(len(rows))
            rows += item
            rows.append(-1)
        sums: Floats = np.add.reduceat(self.weights.take(rows, axis=0), starts) + self.start
        return sums


def _most(gains: Mapping[str, float], limit: int) -> tuple[tuple[str, float], ...]:
    most = sorted([(-round(gain, 2), feature) for feature, gain in gains.items() if gain > 0])
    return tuple((feature, -loss) for loss, feature in most[:limit] if loss < 0)


def plain_network(classes: Sequence[str], weights: Mapping[str, Sequence[float]]) -> Network:
    """Return a network without hidden units: the weights of features are added up."""
    import numpy as np

    count = len(classes)
    return Network(
        classes=tuple(classes),
        features={name: row for row, name in enumerate(weights)},
        weights=np.array([*weights.values(), (0.0,) * count]).reshape(-1, count),
        start=np.zeros(count),
        outward=np.zeros((0, count)),
    )


def from_arrays(arrays: Mapping[str, Any]) -> Network:
    """Return the network that :func:`to_arrays` took apart."""
    import numpy as np

    names = from_text(arrays["features"])
    weights = arrays["weights"].astype(np.float64)
    return Network(
        classes=tuple(from_text(arrays["classes"])),
        features={name: row for row, name in enumerate(names)},
        weights=np.vstack([weights, np.zeros(weights.shape[1])]),
        start=arrays["start"].astype(np.float64),
        outward=arrays["outward"].astype(np.float64),
    )


def to_arrays(network: Network) -> dict[str, Any]:
    """Take a network apart into arrays, in half precision: the files are small."""
    import numpy as np

    return {
        "features": as_text(network.features),
        "classes": as_text(network.classes),
        "weights": network.weights[:-1].astype(np.float16),
        "start": network.start.astype(np.float16),
        "outward": network.outward.astype(np.float16),
    }


def as_text(names: Iterable[str]) -> Bytes:
    """Return names as an array of bytes, a name a line."""
    import numpy as np

    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def from_text(lines: Bytes) -> list[str]:
    """Return the names of an array of bytes.

    >>> from_text(as_text(["a", "b"]))
    ['a', 'b']
    """
    return bytes(lines).decode().split("\n") if len(lines) else []


@lru_cache(maxsize=16)
def read_arrays(name: str) -> dict[str, Any]:
    """Read the arrays called `name` from ``geo/weights``."""
    import numpy as np

    file = resources.files("geo") / "weights" / f"{name}.npz"
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        return dict(arrays)


@lru_cache(maxsize=16)
def load_network(name: str) -> Network:
    """Read the network called `name` from ``geo/weights``."""
    return from_arrays(read_arrays(name))
