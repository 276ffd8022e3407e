"""Describe a number with a place of an earlier sentence, of which it may still tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geo.events.context import Counted, Located, Sentence
from geo.events.link_features import bucket

FARTHEST = 3
_LEAST = 0.05
_LIKELY = 0.4
_AROUND = 6
_MARKS = (
    "update", "additional", "previous", "subset", "total", "since", "umbrella", "history", "each",
    "former", "latter", "care", "military", "enemy_loss", "unit", "plan",
)  # fmt: skip
Told = Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Hold a place of an earlier sentence that a number may belong to.

    `rank` counts the likelier places named between it and the number, `told` are the figures
    that it has already.
    """

    place: Located
    sentence: Sentence
    steps: int
    chance: float
    rank: int
    fellows: int
    order: int
    told: Told = field(default_factory=dict)


def places_before(
    sentences: Sequence[Sentence],
    at: int,
    chances: Mapping[int, float],
    told: Mapping[int, Told],
) -> tuple[Back, ...]:
    """Return the places of the sentences before number `at` that it may go on about, nearest first.

    A sentence goes on about its paragraph and the heading, three sentences back at most.
    """
    found: list[Back] = []
    rank = 0
    for index in range(at - 1, max(-1, at - 1 - FARTHEST), -1):
        sentence = sentences[index]
        if sentence.paragraph != sentences[at].paragraph and not sentence.heading:
            continue
        likely = [p for p in sentence.places if chances[id(p)] >= _LIKELY]
        for place in reversed(sentence.places):
            chance = chances[id(place)]
            if chance >= _LEAST:
                found.append(
                    Back(
                        place=place,
                        sentence=sentence,
                        steps=at - index,
                        chance=chance,
                        rank=rank,
                        fellows=len(likely),
                        order=likely.index(place) if place in likely else -1,
                        told=told.get(id(place), {}),
                    )
                )
            rank += place in likely
    return tuple(found)


class BackFeatures:
    """Describe the numbers of a sentence with places of those before; what pairs share once."""

    def __init__(self, sentence: Sentence, chances: Mapping[int, float]) -> None:
        self._sentence = sentence
        best = max((chances[id(p)] for p in sentence.places), default=0.0)
        self._best = bucket(best)
        self._here = tuple(self._describe_here())

    def _describe_here(self) -> Iterator[str]:
        places = self._sentence.places
        yield f"here:places {min(len(places), 3)}"
        yield f"here:best {self._best}"
        towns = any(p.resolution.geo_precision in (1, 2) for p in places)
        yield "here:towns" if towns else "here:no town"
        yield "here:happens" if self._sentence.happening else "here:nothing happens"

    def describe(self, count: Counted, role: str, back: Back) -> list[str]:
        """Return the features of a number with its role and a place told before."""
        state = _state(back.told, role)
        return [
            "back",
            *self._here,
            f"back:{back.steps}",
            f"back:chance {bucket(back.chance)}",
            f"back:kind {back.place.resolution.geo_precision}",
            f"back:rank {min(back.rank, 3)}",
            f"back:fellows {min(back.fellows, 3)}:{_order(back)}",
            f"back:{role}",
            f"back:{state}",
            f"back:{state}:here {self._best}",
            f"back:{state}:rank {min(back.rank, 2)}",
            f"back:{_compared(back.told.get(role), count)}",
            *(["back:heading"] if back.sentence.heading else []),
            *self._around(count, state),
        ]

    def _around(self, count: Counted, state: str) -> Iterator[str]:
        """Say which words stand around a number, and whether places stand before it."""
        for concept in _MARKS:
            positions = self._sentence.concepts.get(concept, ())
            if positions:
                yield f"back:{concept}"
                if any(abs(p - count.first) <= _AROUND for p in positions):
                    yield f"back:{concept} near"
                    yield f"back:{concept} near:{state}"
        places = self._sentence.places
        if places:
            yield "back:before places" if count.last < places[0].first else "back:behind a place"


def _order(back: Back) -> str:
    if back.order < 0:
        return "unlikely"
    return "last" if back.order == back.fellows - 1 else "first" if not back.order else "between"


def _state(told: Told, role: str) -> str:
    if role in told:
        return "role told"
    return "other told" if told else "nothing told"


def _compared(told: float | None, count: Counted) -> str:
    """Compare a number with the figure of its role that was told before."""
    value = count.quantity.best
    if told is None or value is None:
        return "no figure"
    if value == told:
        return "same figure"
    return "one" if value == 1 else "greater figure" if value > told else "smaller figure"
