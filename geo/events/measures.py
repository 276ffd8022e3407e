"""Find the numbers that measure an area: "3 km²", "two and a half square miles", "of them 21"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.events.context import Counted, Sentence
from geo.models import Quantity, Token

_REACH = 4
_HALF_WORDS = 3
_TOTAL_REACH = 3
_SHORT_UNIT = 2  # "ha" is a verb in Italian: only behind digits is it a unit
_HEADS = (
    "person", "military", "kin", "single", "nonperson", "killed", "injured", "missile", "drone",
    "rocket", "airstrike", "strike", "clash", "infrastructure", "generic_settlement", "displaced",
)  # fmt: skip
_UNITS = "area_units"
_STEADY = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Hold a number that measures an area in `factor` km²; `inherited` has no unit of its own."""

    count: Counted
    factor: float
    inherited: bool = False
    half: bool = False

    @property
    def km2(self) -> Quantity:
        """Return the area in km², to two decimals below ten and one above."""
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
        return round(area, 4 if self.factor < 1 else 2 if area < _STEADY else 1)


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
    for count in sentence.counts:
        own = _own_unit(sentence, count, tokens)
        if own is not None:
            last = own[0]
            half = _is_half(sentence, count, own[1])
            found.append(Measured(count=count, factor=own[0], half=half))
        elif last is not None and _may_inherit(sentence, count, tokens, is_first=not found):
            half = count.last + 1 in _halves(sentence)
            found.append(Measured(count=count, factor=last, inherited=True, half=half))
    return tuple(found)


def _units(sentence: Sentence) -> dict[int, float]:
    return {
        t.first: t.value
        for t in sentence.terms
        if t.concept == _UNITS and isinstance(t.value, float)
    }


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
    for position in range(count.last, min(count.last + reach, sentence.stop)):
        if position in units and (digits or len(tokens[position].text) > _SHORT_UNIT):
            return units[position], position
        if position > count.last and (tokens[position].text in ",;." or position in starts):
            return None
    return None


def _is_half(sentence: Sentence, count: Counted, unit: int) -> bool:
    """Tell "two and a half km²" and "due chilometri quadrati e mezzo"."""
    return any(p == count.last + 1 or 0 < p - unit <= _REACH for p in _halves(sentence))


def _halves(sentence: Sentence) -> tuple[int, ...]:
    return tuple(sentence.concepts.get("half", ()))


def _may_inherit(
    sentence: Sentence, count: Counted, tokens: Sequence[Token], *, is_first: bool
) -> bool:
    """Tell whether a number may be an area though no unit stands behind it."""
    if count.implicit or count.quantity.qualifier in ("article", "zero", "vague"):
        return False
    if any(True for _ in _heads(sentence, count)):
        return False
    behind = tokens[count.last + 1] if count.last + 1 < sentence.stop else None
    joints = {p for c in _LINKS for p in sentence.concepts.get(c, ())}
    ends = behind is None or not behind.text[0].isalnum() or count.last + 1 in joints
    totals = sentence.concepts.get("total", ())
    ends = ends or any(0 < p - count.last <= _TOTAL_REACH for p in totals)  # "to 51 the total"
    parts = sentence.concepts.get("subset", ())
    ends = ends or any(0 < count.first - p <= _TOTAL_REACH for p in parts)  # "of which 61 lie"
    around = ("total", "since", "subset", "update", "ownership", "control_claim", "liberate",
              "capture", "additional")  # fmt: skip
    return ends and (not is_first or any(c in sentence.concepts for c in around))


_LINKS = (
    "in",
    "near",
    "on",
    "of",
    "from",
    "to",
    "subset",
    "and",
    "additional",
    "frontline",
    "speech",
    "clause",
)


def _heads(sentence: Sentence, count: Counted) -> Iterator[int]:
    ahead = range(count.last + 1, count.last + 3)
    for concept in _HEADS:
        yield from (p for p in sentence.concepts.get(concept, ()) if p in ahead)
