"""Turn figures that several sentences give of one gold event into rows of features and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.back_features import FARTHEST
from geo.events.context import Annotation, Sentence
from geo.events.figures import combine, combine_quantities
from geo.events.roles import RoleOf
from geo.events.tolls import ADDS, KEEPS, REPLACES, describe_toll
from tests.fits.alignment import Aligned, Scorer, align, by_distance
from tests.fits.gold import Item
from tests.fits.rows import Row

_LIKE = -0.7  # the score of a number that seems to tell of an event without being its figure


def toll_rows(
    item: Item, view: Sequence[Sentence], annotation: Annotation, score: Scorer = by_distance
) -> Iterator[Row]:
    """Yield the figures that later sentences give of an event, with what they do to the first."""
    numbers = align(item, view, annotation.tokens, score)
    for index, event in enumerate(item["events"]):
        for role in ("killed", "injured"):
            if event[role] is not None:
                told = _told_of(numbers, (index, role), annotation, score)
                yield from _changes(told, role, event[role])


def _told_of(
    numbers: Sequence[Aligned], owner: tuple[int, str], annotation: Annotation, score: Scorer
) -> list[tuple[Sentence, list[RoleOf]]]:
    """Return the numbers of an event, sentence by sentence, and what looks like them later."""
    own = [n.sentence.index for n in numbers if owner in n.owners]
    found: dict[int, tuple[Sentence, list[RoleOf]]] = {}
    for number in numbers:
        sentence, count = number.sentence, number.count
        is_like = (
            own
            and not number.owners
            and own[0] < sentence.index <= own[0] + FARTHEST
            and sentence.index not in own
            and score(sentence, count, owner[1], annotation.tokens) >= _LIKE
        )
        if owner in number.owners or is_like:
            role = RoleOf(count=count, role=owner[1], probability=1.0)
            found.setdefault(sentence.index, (sentence, []))[1].append(role)
    return [found[at] for at in sorted(found)]


def _changes(
    told: Sequence[tuple[Sentence, list[RoleOf]]], role: str, final: float
) -> Iterator[Row]:
    figure = None
    for sentence, roles in told:
        here = combine(roles, sentence)
        if figure is None or here is None or figure.best is None or here.best is None:
            figure = figure or here
            continue
        features = describe_toll(sentence, roles[0].count, role, figure, here)
        if figure.best == final:
            yield features, KEEPS
        elif here.best == final:
            yield features, REPLACES
            figure = here
        elif figure.best + here.best == final:
            yield features, ADDS
            figure = combine_quantities([figure, here])
