"""Choose the days on which an occurrence happened among the dates that its text tells.

A conditional logit over all dates of the document and the answer "no date" (McFadden 1974,
discrete choice): a date's score is the sum of the weights of its features, dates that name the
same days add their chances. The weights are fitted by ``tests/fits/fit_dates.py``.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.events.context import Located, Sentence
from geo.events.rival_dates import Dated, Days, Occasion, nearest_dates
from geo.events.timing_scores import MODEL, TimingScores
from geo.loglinear import load_weights
from geo.models import Interval, Token

_HISTORY = timedelta(days=365)
_REASONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Hold the days chosen, ``None`` for no date, how sure that is, and what spoke for them."""

    interval: Interval | None
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()


def is_history(interval: Interval | None, published: date | None) -> bool:
    """Tell whether an interval was over 365 days before the publication, or earlier.

    The line between news and history is that of the project's annotation guidelines. Unknown
    days are not history.

    >>> old = Interval(start=None, end=date(2014, 5, 2), precision=1, text=None, basis="explicit")
    >>> is_history(old, date(2024, 5, 2)), is_history(old, None), is_history(None, None)
    (True, False, False)
    """
    if interval is None or interval.end is None or published is None:
        return False
    return interval.end <= published - _HISTORY


def find_dates(
    sentences: Sequence[Sentence], tokens: Sequence[Token], published: date | None
) -> tuple[Dated, ...]:
    """Return the dates of a document that are known in days and not yet to come, in text order."""
    starts = [token.start for token in tokens]
    found = []
    for index, sentence in enumerate(sentences):
        for interval in sentence.intervals:
            if interval.span is None or not _has_been(interval, published):
                continue
            first = max(sentence.first, bisect_right(starts, interval.span.start) - 1)
            last = min(sentence.stop - 1, bisect_left(starts, interval.span.stop) - 1)
            found.append(
                Dated(interval=interval, sentence=index, first=first, last=max(first, last))
            )
    return tuple(found)


def _has_been(interval: Interval, published: date | None) -> bool:
    day = interval.start or interval.end
    return day is not None and (published is None or day <= published)


class Calendar:
    """Hold the dates of a document, to weigh them for one occurrence after the other."""

    def __init__(self, sentences: Sequence[Sentence], dates: Sequence[Dated]) -> None:
        self.sentences = sentences
        self.dates = dates
        self._of_sentence: dict[int, list[Dated]] = {}
        for dated in dates:
            self._of_sentence.setdefault(dated.sentence, []).append(dated)
        self._scores: tuple[Sequence[Dated], TimingScores] | None = None

    def dates_of(self, at: int) -> Sequence[Dated]:
        """Return the dates that sentence number `at` tells."""
        return self._of_sentence.get(at, ())

    def scores_for(self, at: int) -> TimingScores:
        """Return the dates that are weighed for what sentence number `at` tells."""
        rivals = nearest_dates(self.dates, at)
        if self._scores is None or self._scores[0] != rivals:
            self._scores = rivals, TimingScores(self.sentences, rivals)
        return self._scores[1]


def time_occurrence(
    calendar: Calendar,
    told_in: Sequence[int],
    place: Located | None,
    published: date | None,
    *,
    cumulative: bool = False,
) -> Timing:
    """Return when something happened: `told_in` are the sentences that tell it, the main first.

    A cumulative figure begins where the text says "since", and ends with the publication. The
    interval's ``rule`` says what decided.
    """
    occasion = Occasion(told_in=tuple(told_in), place=place, cumulative=cumulative)
    timing = _choose(calendar.scores_for(occasion.at), occasion)
    if cumulative:
        return replace(timing, interval=_up_to(timing.interval, published))
    if timing.interval is None:
        return timing
    names = ", ".join(name for name, _ in timing.reasons)
    rule = f"{timing.interval.rule} p={timing.probability:.2f} ({names})"
    return replace(timing, interval=replace(timing.interval, rule=rule))


def is_told_as_history(
    calendar: Calendar, at: int, place: Located | None, published: date | None
) -> bool:
    """Tell whether the dates beside an occurrence lie a year back or more.

    A date beyond a comma or a clause boundary may say when something else was.
    """
    own = calendar.dates_of(at)
    if not own:
        return False
    sentence = calendar.sentences[at]
    here = sentence.own(place)
    anchor = here.first if here else sentence.first
    clause = [d for d in own if not sentence.breaks_between(d.first, anchor)]
    return any(not sentence.commas_between(d.first, anchor) for d in clause) and all(
        is_history(d.interval, published) for d in clause
    )


def _choose(scores: TimingScores, occasion: Occasion) -> Timing:
    totals = scores.score(occasion)
    top = max(totals)
    no_date, *powers = [math.exp(total - top) for total in totals]
    whole = sum(powers, no_date)
    days = scores.features.rivals.days
    chances: dict[Days, float] = {}
    for own, power in zip(days, powers, strict=True):
        chances[own] = chances.get(own, 0.0) + power / whole
    best = max(chances.values(), default=0.0)
    if best <= no_date / whole:
        return Timing(interval=None, probability=no_date / whole)
    likeliest = max(
        (index for index, own in enumerate(days) if chances[own] == best),
        key=lambda index: round(powers[index], 12),  # sums of the same may differ in the last bit
    )
    return Timing(
        interval=scores.features.rivals.dates[likeliest].interval,
        probability=best,
        reasons=_reasons(scores.features.describe(occasion, likeliest), load_weights(MODEL)),
    )


def _reasons(features: Sequence[str], weights: dict[str, float]) -> tuple[tuple[str, float], ...]:
    gains = sorted((-weights.get(f, 0.0), f) for f in dict.fromkeys(features))
    return tuple((name, -loss) for loss, name in gains[:_REASONS] if loss < 0)


def _up_to(interval: Interval | None, published: date | None) -> Interval | None:
    """End a cumulative figure with the report; only a stated beginning gives it one."""
    if published is None:
        return None
    return Interval(
        start=interval.start if interval else None,
        end=published,
        precision=5,
        text=interval.text if interval else None,
        basis=interval.basis if interval else "relative_to_publication",
        span=interval.span if interval else None,
        rule="cumulative",
    )
