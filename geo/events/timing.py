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
from geo.events.timing_features import (
    Dated,
    Occasion,
    describe_no_date,
    describe_timing,
    rivals_of,
    sentence_of,
)
from geo.loglinear import load_weights
from geo.models import Interval, Token

_HISTORY = timedelta(days=365)
_REASONS = 3
_LATEST_CANDIDATES = 40  # a book-long text: the dates nearest to the occurrence


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


def time_occurrence(
    sentences: Sequence[Sentence],
    told_in: Sequence[int],
    place: Located | None,
    dates: Sequence[Dated],
    published: date | None,
    *,
    cumulative: bool = False,
) -> Timing:
    """Return when something happened: `told_in` are the sentences that tell it, the main first.

    A cumulative figure begins where the text says "since", and ends with the publication. The
    interval's ``rule`` says what decided.
    """
    occasion = Occasion(told_in=tuple(told_in), place=place, cumulative=cumulative)
    timing = _choose(sentences, occasion, _near(dates, occasion.at))
    if cumulative:
        return replace(timing, interval=_up_to(timing.interval, published))
    if timing.interval is None:
        return timing
    names = ", ".join(name for name, _ in timing.reasons)
    rule = f"{timing.interval.rule} p={timing.probability:.2f} ({names})"
    return replace(timing, interval=replace(timing.interval, rule=rule))


def is_told_as_history(
    sentences: Sequence[Sentence],
    at: int,
    place: Located | None,
    dates: Sequence[Dated],
    published: date | None,
) -> bool:
    """Tell whether the dates beside an occurrence lie a year back or more.

    A date beyond a comma or a clause boundary may say when something else was.
    """
    sentence = sentences[at]
    anchor = place.first if place else sentence.first
    own = dates[bisect_left(dates, at, key=sentence_of) :
                bisect_right(dates, at, key=sentence_of)]  # fmt: skip
    clause = [d for d in own if not sentence.breaks_between(d.first, anchor)]
    return any(not sentence.commas_between(d.first, anchor) for d in clause) and all(
        is_history(d.interval, published) for d in clause
    )


def _near(dates: Sequence[Dated], at: int) -> Sequence[Dated]:
    if len(dates) <= _LATEST_CANDIDATES:
        return dates
    low = max(0, bisect_left(dates, at, key=sentence_of) - _LATEST_CANDIDATES)
    low = bisect_left(dates, dates[low].sentence, key=sentence_of)
    high = bisect_right(dates, at, key=sentence_of) + _LATEST_CANDIDATES
    window = dates[low:high]
    nearest = sorted(window, key=lambda d: (abs(d.sentence - at), d.first))[:_LATEST_CANDIDATES]
    return sorted(nearest, key=lambda d: d.first)


def _choose(sentences: Sequence[Sentence], occasion: Occasion, dates: Sequence[Dated]) -> Timing:
    weights = load_weights("dates")
    rivals = rivals_of(sentences, occasion, dates)
    options = [describe_timing(sentences, occasion, dated, rivals) for dated in dates]
    no_date = describe_no_date(sentences, occasion, dates)
    scores = [_total(features, weights) for features in (no_date, *options)]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    chances: dict[tuple[date | None, date | None], float] = {}
    for dated, power in zip(dates, powers[1:], strict=True):
        chances[_days(dated)] = chances.get(_days(dated), 0.0) + power / whole
    best = max(chances.values(), default=0.0)
    if best <= powers[0] / whole:
        return Timing(interval=None, probability=powers[0] / whole)
    likeliest = max(
        (index for index, dated in enumerate(dates) if chances[_days(dated)] == best),
        key=lambda index: powers[1 + index],
    )
    return Timing(
        interval=dates[likeliest].interval,
        probability=best,
        reasons=_reasons(options[likeliest], weights),
    )


def _days(dated: Dated) -> tuple[date | None, date | None]:
    return dated.interval.start, dated.interval.end


def _total(features: Sequence[str], weights: dict[str, float]) -> float:
    return sum([weights[feature] for feature in features if feature in weights])


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
