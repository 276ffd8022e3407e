"""Hold the dates of a text as rivals, of which one says when an occurrence was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from geo.events.context import Located, Sentence
from geo.models import Interval

Days = tuple[date | None, date | None]
MANY = 3  # dates are counted up to it
_NEAR = 3
_MOST = 40
_NEAREST = 16  # of a text with more than that: what it costs does not grow with its length


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Hold an interval with the sentence (an index into the view) and its tokens."""

    interval: Interval
    sentence: int
    first: int
    last: int

    @property
    def days(self) -> Days:
        """Return the first and the last day."""
        return self.interval.start, self.interval.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Hold what is to be dated: the sentences that tell it, the main one first, and its place."""

    told_in: tuple[int, ...]
    place: Located | None
    cumulative: bool = False

    @property
    def at(self) -> int:
        """Return the index of the main sentence."""
        return self.told_in[0]


class Rivals:
    """Hold the dates that are weighed for an occurrence, in text order, and what they share.

    ``alone`` are the features that each date has whatever it is weighed for.
    """

    def __init__(self, sentences: Sequence[Sentence], dates: Sequence[Dated]) -> None:
        self.sentences = sentences
        self.dates = dates
        self.days = [dated.days for dated in dates]
        self.different = str(min(len(set(self.days)), MANY))
        self.of_sentence: dict[int, list[Dated]] = {}
        for dated in dates:
            self.of_sentence.setdefault(dated.sentence, []).append(dated)
        self.alone = [tuple(self._alone(dated)) for dated in dates]

    def _alone(self, dated: Dated) -> Iterator[str]:
        """Say what a date is, and what stands around it."""
        there = self.sentences[dated.sentence]
        yield f"rule:{dated.interval.rule}"
        yield f"precision:{dated.interval.precision}"
        for position in there.concepts.get("speech", ()):
            if 0 <= dated.first - position <= _NEAR:
                yield "speech before"
                break
        for position in there.concepts.get("speech", ()):
            if 0 <= position - dated.last <= 2:
                yield "speech behind"
                break
        if dated.first - there.first <= 1:
            yield "opens sentence"
        if len(self.of_sentence[dated.sentence]) == 1:
            yield "only date in its sentence"
        for concept in ("history", "plan", "since", "total"):
            if concept in there.concepts:
                yield f"with {concept}"
        yield f"dates in text:{self.different}"

    def days_between(self, at: int) -> list[int]:
        """Count, for each date, the different days told between its sentence and another."""
        split = bisect_left(self.dates, at, key=sentence_of)
        counts = [0] * len(self.dates)
        for numbers in (range(split - 1, -1, -1), range(split, len(counts))):
            passed: set[Days] = set()
            told: set[Days] = set()  # in the sentence of the date before
            last = -1
            for number in numbers:
                if self.dates[number].sentence != last:
                    last = self.dates[number].sentence
                    passed |= told
                    told = set()
                counts[number] = min(len(passed), MANY)
                if last != at:
                    told.add(self.days[number])
        return counts


def nearest_dates(dates: Sequence[Dated], at: int) -> Sequence[Dated]:
    """Return the dates that are weighed for what sentence number `at` tells, in text order."""
    if len(dates) <= _MOST:
        return dates
    low = max(0, bisect_left(dates, at, key=sentence_of) - _NEAREST)
    low = bisect_left(dates, dates[low].sentence, key=sentence_of)
    high = bisect_right(dates, at, key=sentence_of) + _NEAREST
    window = dates[low:high]
    nearest = sorted(window, key=lambda d: (abs(d.sentence - at), d.first))[:_NEAREST]
    return sorted(nearest, key=lambda d: d.first)


def sentence_of(dated: Dated) -> int:
    """Return the index of a date's sentence: dates in text order can be bisected by it."""
    return dated.sentence
