"""Describe who speaks or acts in a sentence: a capital that denies, a ministry in a capital."""

from __future__ import annotations

from collections.abc import Iterator

from geo.annotators.spotted import Spotted
from geo.annotators.surroundings import Surroundings
from geo.annotators.word_classes import HAPPENING, PREPOSITIONS, SAYING

_CLAUSE = 12
_BODIES = ("institutions", "organisations", "offices")
_REACH = 6


def describe_clause(item: Spotted, around: Surroundings, kind: str, before: str) -> Iterator[str]:
    """Yield features of the sentence around a name of a `kind`, with the class before it."""
    start, stop = around.sentence(item.first)
    power = kind in ("country", "capital") or item.match == "seat"
    bare = before not in PREPOSITIONS
    first = _first_act(item.last + 1, min(stop, item.last + 1 + _CLAUSE), around)
    if first is not None:
        yield f"{first} first behind"
        yield f"{first} first behind&{'bare' if bare else before}&{'power' if power else kind}"
    for index in range(item.first - 1, max(start, item.first - _REACH) - 1, -1):
        for name in around.cues.lists_of[around.tokens[index].folded]:
            if name in _BODIES:
                yield f"{name} in the clause&{'power' if power else 'place'}"
                yield f"{name} in the clause&{before}"
    if power and bare and item.first in around.opens:
        says = _says(item.last + 1, min(stop, item.last + 1 + _CLAUSE), around)
        where = "heading" if item.first in around.headings else "text"
        yield f"power opens&{'says' if says else 'mute'}&{where}"


def _first_act(start: int, stop: int, around: Surroundings) -> str | None:
    """Return whether speaking or an attack comes first among some tokens."""
    for index in range(start, stop):
        if index in around.spotted:
            continue
        concepts = around.concepts.get(index, frozenset())
        for group, name in ((SAYING, "says"), (HAPPENING, "happens")):
            if concepts & group:
                return name
    return None


def _says(start: int, stop: int, around: Surroundings) -> bool:
    return any(around.concepts.get(index, frozenset()) & SAYING for index in range(start, stop))
