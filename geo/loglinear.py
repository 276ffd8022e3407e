"""Weigh named features: a multinomial logistic regression, read from data.

The weights are fitted on the project's own sentences by ``tests/fits/fit_events.py``; at run
time a decision is a sum of weights that can be printed, feature by feature.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import orjson

_CERTAIN = 700.0  # the largest sum whose exponential is a number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogLinear:
    """Hold the classes of a decision and the weight of each feature for each class."""

    classes: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each class, given the features that hold.

        Features without a weight are ignored.

        >>> model = LogLinear(classes=("no", "yes"), weights={"rain": (0.0, 2.0)})
        >>> round(model.probabilities(["rain", "unheard of"])["yes"], 3)
        0.881
        """
        return self.shares(self.totals(features))

    def shares(self, totals: Sequence[float]) -> dict[str, float]:
        """Return the probability of each class that sums of weights make."""
        top = max(totals)
        powers = [math.exp(total - top) for total in totals]
        whole = sum(powers)
        return {name: power / whole for name, power in zip(self.classes, powers, strict=True)}

    def totals(self, features: Iterable[str]) -> list[float]:
        """Return the sum of the weights for each class, before they become probabilities."""
        rows = list(filter(None, map(self.weights.get, features)))
        return list(map(sum, zip(*rows, strict=True))) if rows else [0.0] * len(self.classes)

    def chance(self, features: Iterable[str], name: str) -> float:
        """Return the probability of one of two classes, given the features that hold.

        >>> model = LogLinear(classes=("no", "yes"), weights={"rain": (0.0, 2.0)})
        >>> round(model.chance(["rain", "unheard of"], "yes"), 3)
        0.881
        """
        margins = _margins(self, name)
        margin = sum([margins[feature] for feature in features if feature in margins])
        return 1.0 / (1.0 + math.exp(-max(margin, -_CERTAIN)))

    def reasons(
        self, features: Iterable[str], chosen: str, over: str, limit: int = 4
    ) -> tuple[tuple[str, float], ...]:
        """Return the features that speak most for `chosen` over another class, with weights.

        >>> model = LogLinear(classes=("no", "yes"), weights={"rain": (-1.0, 2.0)})
        >>> model.reasons(["rain"], "yes", "no")
        (('rain', 3.0),)
        """
        losses = _losses(self, chosen, over)
        gains = sorted([(losses[feature], feature) for feature in features if feature in losses])
        return tuple((feature, -loss) for loss, feature in gains[:limit] if loss < 0)

    def gains(self, features: Iterable[str], chosen: str, over: str) -> list[tuple[str, float]]:
        """Return how much each feature speaks for `chosen` over another class, or against it.

        >>> model = LogLinear(classes=("no", "yes"), weights={"rain": (-1.0, 2.0)})
        >>> model.gains(["rain", "unheard of"], "no", "yes")
        [('rain', -3.0)]
        """
        one, other = self.classes.index(chosen), self.classes.index(over)
        rows = [(feature, self.weights.get(feature)) for feature in features]
        return [(feature, row[one] - row[other]) for feature, row in rows if row is not None]


@lru_cache(maxsize=64)
def _margins(model: LogLinear, name: str) -> dict[str, float]:
    """Return by how much each feature speaks for one of two classes."""
    (other,) = set(model.classes) - {name}
    for_it, against = model.classes.index(name), model.classes.index(other)
    return {feature: row[for_it] - row[against] for feature, row in model.weights.items()}


@lru_cache(maxsize=64)
def _losses(model: LogLinear, chosen: str, over: str) -> dict[str, float]:
    """Return the features that speak more for a class than for another, the most the lowest."""
    one, other = model.classes.index(chosen), model.classes.index(over)
    return {
        feature: round(row[other] - row[one], 2)
        for feature, row in model.weights.items()
        if row[one] > row[other]
    }


@lru_cache(maxsize=64)
def load_model(name: str) -> LogLinear:
    """Read the weights called `name` from ``geo/weights``."""
    return to_model(read_weights(name))


@lru_cache(maxsize=64)
def load_weights(name: str) -> dict[str, float]:
    """Read the weights of a conditional logit called `name` from ``geo/weights``."""
    weights: dict[str, float] = read_weights(name)["weights"]
    return weights


def read_weights(name: str) -> dict[str, Any]:
    """Return what the file called `name` in ``geo/weights`` holds, as it stands there."""
    file = resources.files("geo") / "weights" / f"{name}.json"
    table: dict[str, Any] = orjson.loads(file.read_bytes())
    return table


def to_model(table: Mapping[str, Any]) -> LogLinear:
    """Return the model that a file of weights describes.

    >>> to_model({"classes": ["no", "yes"], "weights": {"rain": [0.0, 2.0]}}).classes
    ('no', 'yes')
    """
    return LogLinear(classes=tuple(table["classes"]), weights=to_rows(table["weights"]))


def to_rows(weights: Mapping[str, Iterable[float]]) -> dict[str, tuple[float, ...]]:
    """Return the weights of each feature as a row that cannot be changed.

    >>> to_rows({"rain": [0.0, 2.0]})
    {'rain': (0.0, 2.0)}
    """
    return {feature: tuple(row) for feature, row in weights.items()}
