"""Read areas: so many square kilometres, liberated or captured, in a period or in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from geo.events.context import Counted, Sentence
from geo.loglinear import load_model
from geo.models import Direction, Quantity, Token

_CONCEPTS = (
    "liberate capture lose advance control_claim attacker_russia attacker_ukraine state_actor "
    "militant_actor total since update status burn mine ownership plan denial history subset "
    "speech frontline infrastructure additional talks"
).split()
_LONG = timedelta(days=25)
_SUMMING = ("since", "since_month", "since_weekday", "since_open", "this_month", "this_year")
_DIRECTIONS: dict[str, Direction] = {"liberated": "liberated", "captured": "captured"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hold an area in km² with what the sentence says of it; no direction means no claim."""

    count: Counted
    km2: Quantity
    direction: Direction | None
    cumulative: bool
    probability: float


def find_areas(
    sentence: Sentence, tokens: Sequence[Token], before: Sentence | None = None
) -> tuple[Area, ...]:
    """Return the areas that a sentence claims changed hands, in text order."""
    found = []
    for count, factor in measured(sentence, tokens):
        features = describe_area(sentence, count, before)
        directions = load_model("area_direction").probabilities(features)
        cumulative = load_model("area_cumulative").probabilities(features)
        best = max(directions, key=lambda name: directions[name])
        found.append(
            Area(
                count=count,
                km2=_scaled(count.quantity, factor),
                direction=_DIRECTIONS.get(best),
                cumulative="total&undated" in features
                or cumulative["cumulative"] > cumulative["period"],
                probability=directions[best],
            )
        )
    return tuple(found)


def measured(sentence: Sentence, tokens: Sequence[Token]) -> tuple[tuple[Counted, float], ...]:
    """Return the numbers that stand before an area unit, each with km² per unit.

    A number in a list of areas ("28 km² …, in all 158") takes the unit of the one before it
    when its own clause counts nothing else.
    """
    units = {t.first: t.value for t in sentence.terms if t.concept == "area_units"}
    found: list[tuple[Counted, float]] = []
    for count in sentence.counts:
        if count.implicit:
            continue
        for position in range(count.last, min(count.last + 4, sentence.stop)):
            if isinstance(units.get(position), float):
                found.append((count, float(units[position] or 0.0)))
                break
            if position > count.last and tokens[position].text in ",;.":
                break
    return tuple(found)


def describe_area(sentence: Sentence, count: Counted, before: Sentence | None) -> list[str]:
    """Return the features of an area in its sentence."""
    features = ["bias"]
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
    features += [f"date:{i.rule}" for i in sentence.intervals]
    features += [
        "date:long" for i in sentence.intervals if i.start and i.end and i.end - i.start >= _LONG
    ]
    if not sentence.intervals:
        features.append("undated")
        features += [f"{c}&undated" for c in ("total", "since", "update") if c in sentence.concepts]
    if any(i.rule in _SUMMING for i in sentence.intervals):
        features.append("date:since any")
    areas = [c for c in sentence.counts if not c.implicit]
    features.append(f"numbers:{min(len(areas), 3)}")
    features.append("first number" if areas and areas[0] is count else "later number")
    if not sentence.places:
        features.append("no place")
    return features


def _scaled(quantity: Quantity, factor: float) -> Quantity:
    def times(value: float | None) -> float | None:
        return None if value is None else round(value * factor, 4)

    return Quantity(
        low=times(quantity.low),
        best=times(quantity.best),
        high=times(quantity.high),
        qualifier=quantity.qualifier,
        text=quantity.text,
        span=quantity.span,
    )
