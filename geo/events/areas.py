"""Read areas: so many square kilometres, liberated or captured, in a period or in all.

Whether an area is claimed to have changed hands at all, and whose gain it was, is weighed; over
which time are rules, tried in order: weights on the areas of our texts do no better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from geo.events.context import Counted, Sentence
from geo.events.directions import find_direction
from geo.events.measures import Measured, find_measures
from geo.loglinear import load_model
from geo.models import Direction, Quantity, Token

CLAIM, NO_CLAIM = "claim", "none"
_CONCEPTS = (
    "liberate capture lose advance control_claim attacker_russia attacker_ukraine state_actor "
    "militant_actor total since update status burn mine ownership plan denial history subset "
    "speech frontline infrastructure additional talks"
).split()
_JOINING = ("total", "subset", "update", "additional", "since", "in", "near", "and", "previous")
_JOINED = 4
_SHORT = timedelta(days=14)
_LONG = timedelta(days=25)
_SUMMING = (
    "since", "since_month", "since_weekday", "since_open", "since_year", "since_season",
    "this_month", "this_year",
)  # fmt: skip
_SPEECH_DAYS = ("weekday", "today", "days_ago", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hold an area in km² with what the sentence says of it; no direction means no claim."""

    count: Counted
    km2: Quantity
    direction: Direction | None
    cumulative: bool
    probability: float
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """Hold a measured area with its sentence, its fellows, and the sentences before."""

    measured: Measured
    fellows: tuple[Measured, ...]
    sentence: Sentence
    before: Sequence[Sentence]

    @property
    def is_first(self) -> bool:
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


def find_areas(sentences: Sequence[Sentence], at: int, tokens: Sequence[Token]) -> tuple[Area, ...]:
    """Return the areas that sentence number `at` claims changed hands, in text order."""
    sentence, last = sentences[at], sentences[at - 1] if at else None
    fellows = find_measures(sentence, tokens, last)
    return tuple(
        _area(
            _Setting(measured=own, fellows=fellows, sentence=sentence, before=sentences[:at]), last
        )
        for own in fellows
    )


def _area(setting: _Setting, last: Sentence | None) -> Area:
    measured = setting.measured
    features = describe_area(setting.sentence, measured, last, setting.fellows)
    chance = load_model("areas").chance(features, CLAIM)
    direction, why = find_direction(setting.sentence, measured, setting.before)
    cumulative, when = _is_cumulative(setting)
    return Area(
        count=measured.count,
        km2=measured.km2,
        direction=direction if chance >= 0.5 else None,
        cumulative=cumulative,
        probability=chance,
        rules=(why, when),
    )


def _period_of_days(setting: _Setting) -> bool | None:
    if setting.is_first and setting.is_short:
        return False if len(setting.fellows) > 1 or not setting.dated(_SUMMING) else None
    return None


def _part_of_a_sum(setting: _Setting) -> bool | None:
    if not setting.is_first and "subset" in setting.sentence.concepts:
        return setting.dated(_SUMMING)
    return None


def _summed_since(setting: _Setting) -> bool | None:
    dated = setting.dated(_SUMMING)
    words = "since" in setting.sentence.concepts and not setting.is_short
    return True if dated or words else None


def _total_of_two(setting: _Setting) -> bool | None:
    words = ("total", "update")
    is_total = any(word in setting.sentence.concepts for word in words)
    return True if is_total and not setting.is_first else None


def _total(setting: _Setting) -> bool | None:
    return True if "total" in setting.sentence.concepts else None


def _held(setting: _Setting) -> bool | None:
    concepts = setting.sentence.concepts
    return True if "control_claim" in concepts and "liberate" not in concepts else None


def _long_with_parts(setting: _Setting) -> bool | None:
    has_parts = setting.is_first and len(setting.fellows) > 1
    is_year = setting.dated(("year",))
    return True if is_year or (has_parts and setting.lasts(_LONG)) else None


CUMULATIVE_RULES: tuple[Callable[[_Setting], bool | None], ...] = (
    _period_of_days,
    _part_of_a_sum,
    _summed_since,
    _total_of_two,
    _total,
    _held,
    _long_with_parts,
)


def _is_cumulative(setting: _Setting) -> tuple[bool, str]:
    """Return the answer of the first rule that has one, and its name."""
    for rule in CUMULATIVE_RULES:
        answer = rule(setting)
        if answer is not None:
            return answer, rule.__name__.strip("_").replace("_", " ")
    return False, "no sign of a sum"


def describe_area(
    sentence: Sentence, measured: Measured, before: Sentence | None, fellows: Sequence[Measured]
) -> list[str]:
    """Return the features of an area in its sentence, where `fellows` are told too."""
    count = measured.count
    features = ["bias", "inherited" if measured.inherited else "own unit"]
    features += _after_another(sentence, measured, fellows)
    for concept in _CONCEPTS:
        positions = sentence.concepts.get(concept)
        if positions:
            crossed = min(sentence.breaks_between(p, count.first) for p in positions)
            nearest = min(abs(p - count.first) for p in positions)
            features.append(f"{concept}|sentence")
            if not crossed:
                features.append(f"{concept}|clause")
            if nearest <= 6:
                features.append(f"{concept}|near")
        elif before is not None and concept in before.concepts:
            features.append(f"{concept}|before")
    features += _when(sentence)
    numbers = [c for c in sentence.counts if not c.implicit]
    features.append(f"numbers:{min(len(numbers), 3)}")
    features.append("first number" if numbers and numbers[0] is count else "later number")
    if not sentence.places:
        features.append("no place")
    return features


def _after_another(
    sentence: Sentence, measured: Measured, fellows: Sequence[Measured]
) -> Iterator[str]:
    """Say what makes a later area part of what an earlier one tells, or the sum of it."""
    if measured is fellows[0]:
        return
    yield "later area"
    for concept in _JOINING:
        if any(
            abs(p - measured.count.first) <= _JOINED for p in sentence.concepts.get(concept, ())
        ):
            yield f"later area:{concept}"


def _when(sentence: Sentence) -> Iterator[str]:
    yield from (f"date:{i.rule}" for i in sentence.intervals)
    if not sentence.intervals:
        yield "undated"
