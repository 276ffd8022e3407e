"""Score the dates of a text for each occurrence: the sums of the weights of their features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from geo.events.context import Sentence
from geo.events.dates_apart import Pair, is_same_place
from geo.events.rival_dates import Dated, Occasion
from geo.events.timing_features import (
    APART,
    SAME_PLACE,
    WITHIN,
    TimingFeatures,
    describe_cumulative,
)
from geo.loglinear import load_weights

MODEL = "dates"
_TOLD = "told"


class TimingScores:
    """Score dates for one occurrence after the other; sums that several share are made once."""

    def __init__(self, sentences: Sequence[Sentence], dates: Sequence[Dated]) -> None:
        self.features = TimingFeatures(sentences, dates)
        self._own: dict[tuple[int, str], float] = {}

    def score(self, occasion: Occasion) -> list[float]:
        """Return the score of having no date, then those of the dates, in order."""
        outlook = self.features.outlook(occasion.at)
        scores = [_sum(load_weights(MODEL), self.features.describe_no_date(occasion))]
        for number, dated in enumerate(self.features.rivals.dates):
            pair = outlook.pairs[number]
            if pair is None:
                scores.append(self._within(occasion, number))
                continue
            if dated.sentence in occasion.told_in:
                pair = pair._replace(where=_TOLD)
            total = self._alone(number, pair.where) + _weigh(pair, outlook.shared)
            if is_same_place(self.features.rivals.sentences[dated.sentence], occasion.place):
                total += _weights_of(pair.where).get(SAME_PLACE, 0.0)
            scores.append(total)
        return self._as_sums(occasion, scores) if occasion.cumulative else scores

    def _within(self, occasion: Occasion, number: int) -> float:
        where = self.features.where(occasion, number)
        names = self.features.within(occasion, number)
        return self._alone(number, where) + _sum(_weights_of(where), names)

    def _alone(self, number: int, where: str) -> float:
        """Return what a date scores at a place, whatever it is weighed for."""
        known = self._own.get((number, where))
        if known is None:
            names = self.features.rivals.alone[number]
            if where in APART:
                names = (*names, *self.features.leads.own[number])
            rule = self.features.rivals.dates[number].interval.rule
            known = _sum(load_weights(MODEL), (where, f"rule:{rule}"))
            known += _sum(_weights_of(where), names)
            self._own[number, where] = known
        return known

    def _as_sums(self, occasion: Occasion, scores: list[float]) -> list[float]:
        """Add what dates weigh more or less for a cumulative figure."""
        for number, dated in enumerate(self.features.rivals.dates):
            names = describe_cumulative(self.features.where(occasion, number), dated.interval.rule)
            scores[1 + number] += _sum(load_weights(MODEL), names)
        return scores


@lru_cache(maxsize=1 << 15)
def _weigh(pair: Pair, shared: tuple[str, ...]) -> float:
    return _sum(_weights_of(pair.where), (*pair.names(), *shared))


def _sum(weights: Mapping[str, float], names: Iterable[str]) -> float:
    return sum([weights[name] for name in names if name in weights])


@lru_cache(maxsize=len(WITHIN + APART))
def _weights_of(where: str) -> dict[str, float]:
    """Return the weight of each name, when a date stands at a place."""
    table: dict[str, float] = {}
    for feature, weight in load_weights(MODEL).items():
        head, _, name = feature.partition("|")
        if name and (head == where or (head == "apart" and where in APART)):
            table[name] = table.get(name, 0.0) + weight
    return table
