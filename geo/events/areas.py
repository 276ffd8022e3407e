"""Read areas: so many square kilometres, liberated or captured, in a period or in all.

Whether an area is claimed to have changed hands at all, whose gain it was and whether it is a sum
over a longer time are weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.events.context import Counted, Sentence
from geo.events.directions import find_direction
from geo.events.measures import Measured, belongs_to, find_measures
from geo.events.sums import Setting, is_sum
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
_OWN = (
    "liberate", "capture", "lose", "advance", "control_claim", "total", "since", "subset", "there",
    "quarter", "additional", "update", "ownership", "burn", "status", "mine", "clearance",
)  # fmt: skip
_COMPARED = 3
_SIZES = (0.3, 3.0, 30.0, 300.0, 3000.0, 30000.0)  # km²


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hold an area in km² with what the sentence says of it; no direction means no claim."""

    measured: Measured
    direction: Direction | None
    cumulative: bool
    probability: float
    rules: tuple[str, ...] = ()

    @property
    def count(self) -> Counted:
        """Return the number that measures it."""
        return self.measured.count

    @property
    def km2(self) -> Quantity:
        """Return its size in km²."""
        return self.measured.km2


def find_areas(sentences: Sequence[Sentence], at: int, tokens: Sequence[Token]) -> tuple[Area, ...]:
    """Return the areas that sentence number `at` measures, in text order.

    Those that it does not claim changed hands have no direction.
    """
    sentence, last = sentences[at], sentences[at - 1] if at else None
    fellows = find_measures(sentence, tokens, last)
    return tuple(
        _area(
            Setting(
                measured=own,
                fellows=fellows,
                sentence=sentence,
                before=sentences[:at],
                after=sentences[at + 1 :],
                tokens=tokens,
            )
        )
        for own in fellows
    )


def _area(setting: Setting) -> Area:
    measured, before = setting.measured, setting.before
    features = describe_area(
        setting.sentence, measured, before[-1] if before else None, setting.fellows
    )
    chance = load_model("areas").chance(features, CLAIM)
    direction, why = find_direction(setting.sentence, measured, before, setting.after)
    cumulative, when = is_sum(setting)
    return Area(
        measured=measured,
        direction=direction if chance >= 0.5 else None,
        cumulative=cumulative,
        probability=chance,
        rules=(why, when),
    )


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
    features += _beside(sentence, measured, fellows)
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


def _beside(sentence: Sentence, measured: Measured, fellows: Sequence[Measured]) -> Iterator[str]:
    """Say which words stand nearer to an area than to another of its sentence."""
    kind = "inherited" if measured.inherited else "own unit"
    for concept in _OWN:
        positions = sentence.concepts.get(concept, ())
        if any(belongs_to(p, measured, fellows) for p in positions):
            yield f"{concept}|own"
            yield f"{concept}|own, {kind}"
    count = measured.count
    if any(0 < p - count.last <= _COMPARED for p in sentence.concepts.get("compared", ())):
        yield "compared"
    yield f"{kind}, area {min(len(fellows), 3)}"
    value = measured.km2.best or 0.0
    yield f"{kind}, {next((n for n, top in enumerate(_SIZES) if value < top), len(_SIZES))}"


def _when(sentence: Sentence) -> Iterator[str]:
    yield from (f"date:{i.rule}" for i in sentence.intervals)
    if not sentence.intervals:
        yield "undated"
