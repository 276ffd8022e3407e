"""Weigh named features of candidates: those that stand or fall together are weighed once.

A description of a candidate is made of parts. A part is a function of a few plain values (a
band of distance, a kind of place) that names the features they make; what they weigh together
is worked out the first time and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, cast

from geo.loglinear import read_weights

_REMEMBERED = 20_000
_Arguments = ParamSpec("_Arguments")
_PARTS: list[Any] = []  # filled by the decorator, as modules are imported


Gains = tuple[tuple[float, str], ...]


class Part(NamedTuple):
    """Hold features with the sum of their weights.

    ``gains`` are those that speak for a candidate, each behind its weight below nought, so that
    they sort with the highest first.
    """

    features: tuple[str, ...]
    weight: float
    gains: Gains


@cache
def load_weights() -> dict[str, float]:
    """Read the weights of the features of candidates."""
    weights: dict[str, float] = read_weights("candidates")["weights"]
    return weights


def part(describe: Callable[_Arguments, Iterable[str]]) -> Callable[_Arguments, Part]:
    """Turn a function that names features into one that weighs them, once for each argument."""

    @lru_cache(maxsize=_REMEMBERED)
    @wraps(describe)
    def weighed(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> Part:
        return weigh(describe(*args, **kwargs))

    _PARTS.append(weighed)
    return cast("Callable[_Arguments, Part]", weighed)


def weigh(features: Iterable[str]) -> Part:
    """Return features as a part; those without a weight weigh nothing."""
    weights, named = load_weights(), tuple(features)
    gains = [(-round(weights[name], 2), name) for name in named if weights.get(name, 0.0) > 0]
    total = sum(weights.get(name, 0.0) for name in named)
    return Part(features=named, weight=total, gains=tuple(sorted(gains)))


def forget_weights() -> None:
    """Forget all that was weighed: new weights were fitted."""
    load_weights.cache_clear()
    for weighed in _PARTS:
        weighed.cache_clear()
