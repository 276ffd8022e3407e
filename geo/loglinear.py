"""Weigh named features: a multinomial logistic regression, read from data.

The weights are fitted on the project's own sentences by ``tests/fits/fit_events.py``; at run
time a decision is a sum of weights that can be printed, feature by feature.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


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
        totals = [0.0] * len(self.classes)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                for index, weight in enumerate(row):
                    totals[index] += weight
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
            (feature, round(row[one] - row[other], 2))
            for feature in features
            if (row := self.weights.get(feature)) is not None
        ]
        gains.sort(key=lambda gain: (-gain[1], gain[0]))
        return tuple(gain for gain in gains[:limit] if gain[1] > 0)


@lru_cache(maxsize=8)
def load_model(name: str) -> LogLinear:
    """Read the weights called `name` from ``geo/weights``."""
    file = resources.files("geo") / "weights" / f"{name}.json"
    table = json.loads(file.read_text(encoding="utf-8"))
    return LogLinear(
        classes=tuple(table["classes"]),
        weights={feature: tuple(row) for feature, row in table["weights"].items()},
    )
