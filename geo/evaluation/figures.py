"""The two kinds of figures, which can be added up: matches (P, R, F1) and shares of cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Count what is both in the gold and predicted, what is predicted, and what is gold.

    >>> half = Match(found=1, predicted=2, gold=1)
    >>> half.precision, half.recall, round(half.f1, 3)
    (0.5, 1.0, 0.667)
    """

    found: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Return the share of the predictions that are in the gold; 1 where both are empty."""
        if self.predicted:
            return self.found / self.predicted
        return 0.0 if self.gold else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the gold that was predicted; 1 where there is none."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Count the cases that are right, of how many."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Return the share that is right, ``None`` where there is no case."""
        return self.right / self.of if self.of else None


Figure = Match | Ratio


def add_figures(several: Iterable[dict[str, Figure]]) -> dict[str, Figure]:
    """Add figures of the same name; a name that some lack counts nothing there.

    >>> add_figures([{"x": Ratio(right=1, of=2)}, {"x": Ratio(right=3, of=3)}])
    {'x': Ratio(right=4, of=5)}
    """
    total: dict[str, Figure] = {}
    for figures in several:
        for name, figure in figures.items():
            total[name] = _added(total.get(name), figure)
    return total


def _added(one: Figure | None, other: Figure) -> Figure:
    if isinstance(one, Match) and isinstance(other, Match):
        return Match(
            found=one.found + other.found,
            predicted=one.predicted + other.predicted,
            gold=one.gold + other.gold,
        )
    if isinstance(one, Ratio) and isinstance(other, Ratio):
        return Ratio(right=one.right + other.right, of=one.of + other.of)
    return other


def to_json(figure: Figure) -> dict[str, float | int | None]:
    """Return a figure as plain numbers, shares with four decimals."""
    if isinstance(figure, Match):
        return {
            "p": round(figure.precision, 4),
            "r": round(figure.recall, 4),
            "f1": round(figure.f1, 4),
            "tp": figure.found,
            "pred": figure.predicted,
            "gold": figure.gold,
        }
    share = figure.share
    return {"acc": None if share is None else round(share, 4), "n": figure.of}
