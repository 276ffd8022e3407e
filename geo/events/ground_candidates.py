"""Offer the places that an area may be ground of: those of its sentence, and some told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.context import Located, Sentence
from geo.events.landmarks import is_landmark
from geo.events.measures import Measured

FARTHEST = 3  # sentences back that a place is looked for
TOUCHING = 2  # tokens between two places that stand beside each other
AREAL = (4, 6, 7)  # geo_precision of regions, countries and waters
_MOST = 6  # places of sentences before
_COUNTRY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Hold a place that an area may belong to, and the sentence that names it, `steps` back.

    `rank` counts the places of earlier sentences named nearer to the area, `order` the places
    before it in its own sentence.
    """

    place: Located
    sentence: Sentence
    steps: int
    rank: int
    order: int

    @property
    def is_areal(self) -> bool:
        """Tell a region, a country or a water from a place with a point of its own."""
        return self.place.resolution.geo_precision in AREAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """Hold an area told before, and the place that it was given to (``None`` for no place)."""

    measured: Measured
    sentence: int
    place: Located | None


def grounds_of(sentences: Sequence[Sentence], at: int) -> tuple[Ground, ...]:
    """Return the places that an area of sentence number `at` may belong to, the nearest first.

    Those of its own sentence, then those of three sentences before and of the title, each once.
    """
    here = sentences[at]
    found = [
        Ground(place=place, sentence=here, steps=0, rank=0, order=order)
        for order, place in enumerate(here.places)
        if not _is_country_beside(here, order) and not is_landmark(here, order)
    ]
    known = {key for place in here.places for key in _keys(place)}
    earlier = list(range(at - 1, max(-1, at - 1 - FARTHEST), -1))
    if at and sentences[0].heading and 0 not in earlier:
        earlier.append(0)
    rank = 0
    for index in earlier:
        named = sentences[index].places
        for order in range(len(named) - 1, -1, -1):
            place = named[order]
            if rank == _MOST or known.intersection(_keys(place)):
                continue
            if is_landmark(sentences[index], order):
                continue
            known.update(_keys(place))
            found.append(
                Ground(
                    place=place,
                    sentence=sentences[index],
                    steps=at - index,
                    rank=rank,
                    order=order,
                )
            )
            rank += 1
    return tuple(found)


def _is_country_beside(sentence: Sentence, order: int) -> bool:
    """Tell "Russia's Kursk region" and "Goma, Congo": a country right beside a finer place."""
    place = sentence.places[order]
    if place.resolution.geo_precision != _COUNTRY:
        return False
    beside = sentence.places[max(0, order - 1) : order + 2]
    return any(
        other.resolution.geo_precision != _COUNTRY
        and max(place.first - other.last, other.first - place.last) <= TOUCHING
        and not any(
            min(place.last, other.last) < p < max(place.first, other.first)
            for p in sentence.concepts.get("and", ())
        )
        for other in beside
    )


def is_same_ground(one: Located | None, other: Located | None) -> bool:
    """Tell whether two mentions name one place."""
    if one is None or other is None:
        return one is other
    return not _keys(one).isdisjoint(_keys(other))


def _keys(place: Located) -> set[str]:
    resolution = place.resolution
    return {resolution.place.id} if resolution.place else {resolution.mention.text.casefold()}
