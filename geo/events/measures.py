"""Find the numbers that measure an area: "3 km²", "two and a half square miles", "of them 21"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.events.context import Counted, Sentence
from geo.models import Quantity, Token

_REACH = 4
_AROUND = 8  # tokens from an area to the words that are its own
_HALF_WORDS = 3
_TOTAL_REACH = 3
_SHORT_UNIT = 2  # "ha" is a verb in Italian: only behind digits is it a unit
_HEADS = (
    "person", "military", "kin", "single", "nonperson", "killed", "injured", "missile", "drone",
    "rocket", "airstrike", "strike", "clash", "infrastructure", "generic_settlement", "displaced",
)  # fmt: skip
_UNITS = "area_units"
_STEADY = 10.0
_CONVERTED = 8  # tokens from a number to the same in another unit
_ROUNDED = 0.06  # by what part such numbers are rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Hold a number that measures an area in `factor` km²; `inherited` has no unit of its own."""

    count: Counted
    factor: float
    inherited: bool = False
    half: bool = False

    @property
    def km2(self) -> Quantity:
        """Return the area in km², as told; of other units to two decimals, above ten to one."""
        quantity = self.count.quantity
        return replace(
            quantity,
            low=self._scaled(quantity.low),
            best=self._scaled(quantity.best),
            high=self._scaled(quantity.high),
        )

    def _scaled(self, value: float | None) -> float | None:
        if value is None:
            return None
        area = (value + 0.5 * self.half) * self.factor
        return round(area, 4 if self.factor <= 1 else 2 if area < _STEADY else 1)


def find_measures(
    sentence: Sentence, tokens: Sequence[Token], before: Sentence | None = None
) -> tuple[Measured, ...]:
    """Return the numbers of a sentence that measure an area, in text order.

    A number with no noun behind it ("in all 158", "of them 21 near X") takes the unit of the
    area told before it, in its sentence or in the one `before`.
    """
    if not any(_UNITS in s.concepts for s in (sentence, before) if s is not None):
        return ()
    found: list[Measured] = []
    last = max(_units(before).values(), default=None) if before is not None else None
    for at, count in enumerate(sentence.counts):
        own = _own_unit(sentence, count, tokens)
        if own is None and last is None:
            last = _unit_of_list(sentence, at, tokens)
        if own is not None:
            last = own[0]
            half = _is_half(sentence, count, own[1])
            found.append(Measured(count=count, factor=own[0], half=half))
        elif last is not None and _may_inherit(sentence, count, tokens):
            half = count.last + 1 in _halves(sentence)
            found.append(Measured(count=count, factor=last, inherited=True, half=half))
    return _without_conversions(found)


def _without_conversions(measures: Sequence[Measured]) -> tuple[Measured, ...]:
    """Join a number with what it comes to in another unit: "41 square km (about 16 sq miles)".

    The figure in km² is the one that counts, whichever stands first.
    """
    kept: list[Measured] = []
    for measured in measures:
        if not kept or not _is_converted(kept[-1], measured):
            kept.append(measured)
        elif measured.factor == 1:
            kept[-1] = replace(kept[-1], factor=_ratio(measured, kept[-1]) * kept[-1].factor)
    return tuple(kept)


def _is_converted(one: Measured, other: Measured) -> bool:
    if one.inherited or other.inherited or one.factor == other.factor:
        return False
    near = other.count.first - one.count.last <= _CONVERTED
    return near and abs(_ratio(one, other) - 1) <= _ROUNDED


def _ratio(one: Measured, other: Measured) -> float:
    first, second = one.km2.best, other.km2.best
    return first / second if first and second else math.inf


def _unit_of_list(sentence: Sentence, at: int, tokens: Sequence[Token]) -> float | None:
    """Return the unit behind the last number of a list: "11 in A, 14 in B and 19 km² in C"."""
    for one, other in pairwise(sentence.counts[at:]):
        joints = sentence.concepts.get("and", ())
        listed = sentence.commas_between(one.last, other.first) or any(
            one.last < p < other.first for p in joints
        )
        if not listed or not _may_inherit(sentence, one, tokens):
            return None
        own = _own_unit(sentence, other, tokens)
        if own is not None:
            return own[0]
    return None


def belongs_to(position: int, measured: Measured, fellows: Sequence[Measured]) -> bool:
    """Tell whether a token stands near an area, and no nearer to another of its sentence."""
    apart = _apart(position, measured.count)
    return apart <= _AROUND and all(apart <= _apart(position, f.count) for f in fellows)


def _apart(position: int, count: Counted) -> int:
    return min(abs(position - count.first), abs(position - count.last))


def _units(sentence: Sentence) -> dict[int, float]:
    return {
        t.first: t.value
        for t in sentence.terms
        if t.concept == _UNITS and isinstance(t.value, float)
    }


def _short_units(sentence: Sentence, tokens: Sequence[Token]) -> set[int]:
    """Return where units of one short word stand."""
    units = [t for t in sentence.terms if t.concept == _UNITS and t.first == t.last]
    return {t.first for t in units if len(tokens[t.first].text) <= _SHORT_UNIT}


def _own_unit(
    sentence: Sentence, count: Counted, tokens: Sequence[Token]
) -> tuple[float, int] | None:
    """Return the factor of the unit behind a number, and where the unit stands."""
    if count.implicit:
        return None
    units = _units(sentence)
    starts = {c.first for c in sentence.counts if c is not count}
    reach = _REACH + _HALF_WORDS * (count.last + 1 in _halves(sentence))  # "and a half"
    digits = tokens[count.last].text[0].isdigit()
    short = _short_units(sentence, tokens)
    for position in range(count.last, min(count.last + reach, sentence.stop)):
        if position in units and (digits or position not in short):
            return units[position], position
        is_short = position == count.last + 1 and tokens[position].text == "." and not digits
        is_end = tokens[position].text in ",;." or position in starts
        if position > count.last and is_end and not is_short:  # "1,2 тыс. кв. км" goes on
            return None
    return None


def _is_half(sentence: Sentence, count: Counted, unit: int) -> bool:
    """Tell "two and a half km²" and "due chilometri quadrati e mezzo"."""
    return any(p == count.last + 1 or 0 < p - unit <= _REACH for p in _halves(sentence))


def _halves(sentence: Sentence) -> tuple[int, ...]:
    return tuple(sentence.concepts.get("half", ()))


def _may_inherit(sentence: Sentence, count: Counted, tokens: Sequence[Token]) -> bool:
    """Tell whether a number may be an area though no unit stands behind it."""
    if count.implicit or count.quantity.qualifier in ("article", "zero", "vague"):
        return False
    behind = count.last + 1
    starts = {i.span.start for i in sentence.intervals if i.span is not None}
    if any(t.start in starts for t in tokens[behind : behind + _DATE_REACH]):
        return True  # "51 last week", "68 la semana anterior"
    if any(True for _ in _heads(sentence, count)):
        return False
    if behind >= sentence.stop or not tokens[behind].text[0].isalnum():
        return True
    if any(behind in sentence.concepts.get(c, ()) for c in _LINKS):
        return True
    totals = [p for c in ("total", "previous") for p in sentence.concepts.get(c, ())]
    if any(0 < p - count.last <= _TOTAL_REACH for p in totals):  # "to 51 the total"
        return True
    parts = sentence.concepts.get("subset", ())
    return any(-_TOTAL_REACH <= p - count.first <= behind - count.first for p in parts)


_LINKS = (
    "in", "near", "on", "of", "from", "to", "subset", "and", "additional", "frontline", "speech",
    "clause", "since", "there", "quarter", "previous", "total", "umbrella", "status",
)  # fmt: skip
_DATE_REACH = 2


def _heads(sentence: Sentence, count: Counted) -> Iterator[int]:
    """Yield where nouns of another kind stand behind a number; "two more" may be anything."""
    more = sentence.concepts.get("additional", ())
    ahead = [p for p in range(count.last + 1, count.last + 3) if p not in more]
    for concept in _HEADS:
        yield from (p for p in sentence.concepts.get(concept, ()) if p in ahead)
