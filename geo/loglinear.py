"""Weigh named features: a multinomial logistic regression, read from data.

The weights are fitted on the project's own sentences by ``tests/fits/fit_events.py``; at run
time a decision is a sum of weights that can be printed, feature by feature.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import orjson


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
        known = self.weights
        rows = [known[feature] for feature in features if feature in known]
        totals = list(map(sum, zip(*rows, strict=True))) if rows else [0.0] * len(self.classes)
        top = max(totals)
        powers = [math.exp(total - top) for total in totals]
        whole = sum(powers)
        return {name: power / whole for name, power in zip(self.classes, powers, strict=True)}

    def reasons(
        self, features: Iterable[str], chosen: str, over: str, limit: int = 4
    ) -> tuple[tuple[str, float], ...]:
        """Return the features that speak most for `chosen` over another class, with weights.

        >>> model = LogLinear(classes=("no", "yes"), weights={"rain": (-1.0, 2.0)})
        >>> model.reasons(["rain"], "yes", "no")
        (('rain', 3.0),)
        """
        one, other = self.classes.index(chosen), self.classes.index(over)
        gains = [
            (round(row[other] - row[one], 2), feature)
            for feature in features
            if (row := self.weights.get(feature)) is not None and row[one] > row[other]
        ]
        return tuple((feature, -loss) for loss, feature in sorted(gains)[:limit] if loss < 0)


@lru_cache(maxsize=64)
def load_model(name: str) -> LogLinear:
    """Read the weights called `name` from ``geo/weights``."""
    file = resources.files("geo") / "weights" / f"{name}.json"
    table = orjson.loads(file.read_bytes())
    return LogLinear(
        classes=tuple(table["classes"]),
        weights={feature: tuple(row) for feature, row in table["weights"].items()},
    )


@lru_cache(maxsize=64)
def load_weights(name: str) -> dict[str, float]:
    """Read the weights of a conditional logit called `name` from ``geo/weights``."""
    file = resources.files("geo") / "weights" / f"{name}.json"
    weights: dict[str, float] = orjson.loads(file.read_bytes())["weights"]
    return weights
