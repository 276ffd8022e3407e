"""Decide whose gain an area is: liberated by who held it before the war, or captured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Sentence
from geo.events.measures import Measured
from geo.loglinear import load_model
from geo.models import Direction

_SIDES = ("attacker_russia", "attacker_ukraine")
_SIGNS = ("lose", "capture", "liberate", "control_claim", "counteroffensive", "advance", *_SIDES)
_TOLD_ON = ("lose", "capture", "liberate", "counteroffensive")
_FARTHEST = 2  # clause boundaries that are told apart


def find_direction(
    sentence: Sentence,
    measured: Measured,
    before: Sequence[Sentence],
    after: Sequence[Sentence] = (),
) -> tuple[Direction, str]:
    """Return the direction that the model ``directions`` weighs, and what says so.

    A rule is the strongest of its features: where the model agrees with it, it is named.
    """
    direction, why = rule_direction(sentence, before)
    chance = load_model("directions").chance(
        describe_direction(sentence, measured, before, after), "liberated"
    )
    weighed: Direction = "liberated" if chance >= 0.5 else "captured"
    return weighed, why if weighed == direction else "weighed against: " + why


def describe_direction(
    sentence: Sentence,
    measured: Measured,
    before: Sequence[Sentence],
    after: Sequence[Sentence] = (),
) -> list[str]:
    """Return the features of the direction of an area that `sentence` tells."""
    direction, why = rule_direction(sentence, before)
    side, countries = _side(sentence), _countries(sentence)
    where = "in Russia" if "RU" in countries else "in Ukraine" if "UA" in countries else "elsewhere"
    return [
        "bias",
        f"rule:{why}",
        f"ruled:{direction}",
        f"side:{side}",
        f"side before:{_side_before(before)}",
        *(f"country:{country}" for country in ("RU", "UA") if country in countries),
        f"side:{side} {where}",
        *_signs(sentence, measured, side),
        *(f"{c}&{side} {where}" for c in _TOLD_ON if c in sentence.concepts),
        *(f"{c}|after" for c in _TOLD_ON if after and c in after[0].concepts),
        *(f"{c}|before" for c in _SIGNS if before and c in before[-1].concepts),
    ]


def rule_direction(sentence: Sentence, before: Sequence[Sentence]) -> tuple[Direction, str]:
    """Say who gained by a rule: land is liberated by the side that held it before the war."""
    side = _side(sentence)
    if side is None and "liberate" in sentence.concepts:
        return "liberated", "a word for liberating"
    side = side or _side_before(before)
    is_beyond = "RU" in _countries(sentence)
    if side == "attacker_russia":
        return ("liberated", "regained") if is_beyond else ("captured", "the attacker gained")
    if side == "attacker_ukraine":
        return ("captured", "gained abroad") if is_beyond else ("liberated", "the defender gained")
    return "captured", "no word for liberating"


def _signs(sentence: Sentence, measured: Measured, side: str | None) -> Iterator[str]:
    """Say where the words for gains, losses and the sides stand from the number."""
    count = measured.count
    for concept in _SIGNS:
        positions = sentence.concepts.get(concept)
        if not positions:
            continue
        nearest = min(positions, key=lambda position: abs(position - count.first))
        where = "ahead" if nearest < count.first else "behind"
        crossed = min(sentence.breaks_between(nearest, count.first), _FARTHEST)
        yield from (f"{concept}|sentence", f"{concept}:{where}:{crossed}", f"{concept}&{side}")
        if not crossed:
            yield f"{concept}|clause"


def _side(sentence: Sentence) -> str | None:
    """Return the side of the war that a sentence names; of two the first, which acts."""
    sides = [c for c in _SIDES if c in sentence.concepts]
    return min(sides, key=lambda side: min(sentence.concepts[side]), default=None)


def _side_before(before: Sequence[Sentence]) -> str | None:
    return next(filter(None, map(_side, reversed(before))), None)


def _countries(sentence: Sentence) -> set[str | None]:
    places = (p.resolution.place for p in sentence.places)
    return {place.admin.country for place in places if place is not None}
