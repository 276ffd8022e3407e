"""Decide whether an area is a sum over a longer time, which would count periods twice."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from geo.events.context import Sentence
from geo.events.measures import Measured, belongs_to
from geo.loglinear import load_model
from geo.models import Interval, Token

SUM, PERIOD = "cumulative", "period"
_SHORT = timedelta(days=14)
_LONG = timedelta(days=25)
_LENGTHS = (3, 10, 20, 35, 100)
_SUMMING = (
    "since", "since_month", "since_weekday", "since_open", "since_year", "since_season",
    "this_month", "this_year",
)  # fmt: skip
_SPEECH_DAYS = ("weekday", "today", "days_ago", "day")
_SIGNS = (
    "total", "since", "update", "subset", "additional", "previous", "control_claim", "liberate",
    "capture", "lose", "advance", "ownership", "status", "there",
)  # fmt: skip
_OPENING = 2
_BESIDE = 3
_COMMA, _BREAK = 6, 12  # tokens that they count for
_AHEAD = 2  # sentences in which the parts of a sum may follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Hold a measured area with its sentence, its fellows, and the sentences around."""

    measured: Measured
    fellows: tuple[Measured, ...]
    sentence: Sentence
    before: Sequence[Sentence]
    after: Sequence[Sentence]
    tokens: Sequence[Token]

    @property
    def is_first(self) -> bool:
        """Tell whether it is the first area of its sentence."""
        return self.measured is self.fellows[0]

    def lasts(self, least: timedelta, most: timedelta = timedelta.max) -> bool:
        """Tell whether a period of the sentence lasts that long."""
        return any(
            i.start and i.end and least <= i.end - i.start <= most for i in self.sentence.intervals
        )

    def dated(self, rules: Sequence[str]) -> bool:
        """Tell whether the sentence has a date of one of these rules."""
        return any(i.rule in rules for i in self.sentence.intervals)

    @property
    def is_short(self) -> bool:
        """Tell whether the sentence speaks of days or weeks, not of the day it was said on."""
        return any(
            i.start and i.end and i.end - i.start <= _SHORT and i.rule not in _SPEECH_DAYS
            for i in self.sentence.intervals
        )


def _period_of_days(setting: Setting) -> bool | None:
    if setting.is_first and setting.is_short:
        return False if len(setting.fellows) > 1 or not setting.dated(_SUMMING) else None
    return None


def _part_of_a_sum(setting: Setting) -> bool | None:
    if not setting.is_first and "subset" in setting.sentence.concepts:
        return setting.dated(_SUMMING)
    return None


def _summed_since(setting: Setting) -> bool | None:
    dated = setting.dated(_SUMMING)
    words = "since" in setting.sentence.concepts and not setting.is_short
    return True if dated or words else None


def _total_of_two(setting: Setting) -> bool | None:
    words = ("total", "update")
    is_total = any(word in setting.sentence.concepts for word in words)
    return True if is_total and not setting.is_first else None


def _total(setting: Setting) -> bool | None:
    return True if "total" in setting.sentence.concepts else None


def _held(setting: Setting) -> bool | None:
    concepts = setting.sentence.concepts
    return True if "control_claim" in concepts and "liberate" not in concepts else None


def _long_with_parts(setting: Setting) -> bool | None:
    has_parts = setting.is_first and len(setting.fellows) > 1
    is_year = setting.dated(("year",))
    return True if is_year or (has_parts and setting.lasts(_LONG)) else None


CUMULATIVE_RULES: tuple[Callable[[Setting], bool | None], ...] = (
    _period_of_days,
    _part_of_a_sum,
    _summed_since,
    _total_of_two,
    _total,
    _held,
    _long_with_parts,
)


def is_sum(setting: Setting) -> tuple[bool, str]:
    """Return whether the model ``sums`` weighs an area as a sum, and what says so.

    A rule is the strongest of its features: where the model agrees with it, it is named.
    """
    ruled, why = rule_sum(setting)
    weighed = load_model("sums").chance(describe_sum(setting), SUM) >= 0.5
    return weighed, why if weighed == ruled else "weighed against: " + why


def rule_sum(setting: Setting) -> tuple[bool, str]:
    """Return the answer of the first rule that has one, and its name."""
    for rule in CUMULATIVE_RULES:
        answer = rule(setting)
        if answer is not None:
            return answer, rule.__name__.strip("_").replace("_", " ")
    return False, "no sign of a sum"


def describe_sum(setting: Setting) -> list[str]:
    """Return the features of an area for being a sum."""
    ruled, why = rule_sum(setting)
    features = ["bias", f"rule:{why}", f"ruled:{ruled}", *_place(setting), *_signs(setting)]
    own = list(_dates(setting))
    features += own
    if any(f"own date:{rule}" in own for rule in _SUMMING):
        features.append("own date sums")
    features += _parts(setting)
    return features


def _place(setting: Setting) -> Iterator[str]:
    at = next(n for n, m in enumerate(setting.fellows) if m is setting.measured)
    yield f"area {min(at, 2)} of {min(len(setting.fellows), 3)}"
    if setting.measured.inherited:
        yield "no unit"
    value = setting.measured.km2.best
    last = setting.fellows[at - 1].km2.best if at else None
    if value is not None and last is not None:
        yield "greater than the last" if value > last else "smaller than the last"
    if not setting.sentence.places:
        yield "no place"


def _signs(setting: Setting) -> Iterator[str]:
    """Say which words stand in the sentence, and nearer to the area than to another."""
    for concept in _SIGNS:
        positions = setting.sentence.concepts.get(concept, ())
        if positions:
            yield f"with {concept}"
        elif setting.before and concept in setting.before[-1].concepts:
            yield f"before {concept}"
        if any(belongs_to(p, setting.measured, setting.fellows) for p in positions):
            yield f"own {concept}"
        if any(_stands_beside(p, setting) for p in positions):
            yield f"beside {concept}"
        if positions and len(setting.fellows) == 1:
            yield f"only area, with {concept}"
        if any(p - setting.sentence.first <= _OPENING for p in positions):
            yield f"opens with {concept}"


def _stands_beside(position: int, setting: Setting) -> bool:
    """Tell "40 in total" and "in all 40": no comma between, and few tokens."""
    count, sentence = setting.measured.count, setting.sentence
    apart = min(abs(position - count.first), abs(position - count.last))
    return apart <= _BESIDE and not sentence.commas_between(position, count.first)


def _dates(setting: Setting) -> Iterator[str]:
    """Say which periods the sentence tells, and which of them the area."""
    dates = [i for i in setting.sentence.intervals if i.rule not in _SPEECH_DAYS]
    if not dates:
        yield "undated"
    for interval in dates:
        length = _length(interval)
        yield f"date:{interval.rule}"
        yield f"date lasts {length}"
        if _dates_area(interval, setting):
            yield f"own date:{interval.rule}"
            yield f"own date lasts {length}"
    nearest = min(
        dates, key=lambda interval: _gap(interval, setting, setting.measured), default=None
    )
    if nearest is not None:
        yield f"nearest date:{nearest.rule}"
        yield f"nearest date lasts {_length(nearest)}"
        if nearest.rule in _SUMMING:
            yield "nearest date sums"


def _dates_area(interval: Interval, setting: Setting) -> bool:
    """Tell whether no other area of the sentence stands nearer to a date."""
    gap = _gap(interval, setting, setting.measured)
    return all(gap <= _gap(interval, setting, fellow) for fellow in setting.fellows)


def _gap(interval: Interval, setting: Setting, measured: Measured) -> float:
    """Return the tokens between a date and an area; commas and clause boundaries count more."""
    if interval.span is None:
        return math.inf
    sentence, count = setting.sentence, measured.count
    own = range(sentence.first, sentence.stop)
    at = bisect_left(own, interval.span.start, key=lambda index: setting.tokens[index].start)
    first = min(at + sentence.first, sentence.stop - 1)
    apart = first - count.last if first > count.last else count.first - first
    commas = sentence.commas_between(count.first, first)
    return apart + _COMMA * commas + _BREAK * sentence.breaks_between(count.first, first)


def _length(interval: Interval) -> str:
    if not interval.start or not interval.end:
        return "unknown"
    days = (interval.end - interval.start).days
    return str(next((limit for limit in _LENGTHS if days <= limit), "long"))


def _parts(setting: Setting) -> Iterator[str]:
    """Say whether parts of the area may follow, in its sentence or in the next ones."""
    at = next(n for n, m in enumerate(setting.fellows) if m is setting.measured)
    long = setting.lasts(_LONG)
    if at + 1 < len(setting.fellows):
        part = setting.fellows[at + 1]
        subsets = setting.sentence.concepts.get("subset", ())
        if any(setting.measured.count.last < p < part.count.last for p in subsets):
            yield "a part follows"
            yield f"a part follows, long {long}"
        if (part.km2.best or 0.0) < (setting.measured.km2.best or 0.0):
            yield f"a smaller area follows, long {long}"
    ahead = setting.after[:_AHEAD]
    if any("area_units" in sentence.concepts for sentence in ahead):
        yield "areas in the next sentences"
        yield f"areas in the next sentences, long {long}"
