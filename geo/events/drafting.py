"""Draft events: occurrences joined with the numbers and areas that belong to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from geo.events.areas import find_areas
from geo.events.bloodless import part_casualties
from geo.events.context import Located, Sentence
from geo.events.drafts import Draft
from geo.events.flights import find_flights
from geo.events.folding import without_sharers, without_towns
from geo.events.ground_candidates import Owned
from geo.events.grounds import Placed, place_areas
from geo.events.linking import Counting, Link, link_roles, share_numbers
from geo.events.occurrences import (
    LEAST,
    LEAST_COUNTED,
    LEAST_SURE,
    LEAST_UNTOLD,
    Occurrence,
    weigh_places,
)
from geo.events.place_features import PlaceFeatures
from geo.events.roles import RoleOf, find_roles, is_of_the_war
from geo.events.understanding import Understanding
from geo.events.wholes import Totals, find_totals
from geo.models import Token

_SURE = 0.8  # the chance that a number counts victims and belongs to a place
_BYGONE = frozenset({"memorial", "history", "accident", "exercise", "plan", "denial"})
_TERRITORIAL = ("territorial_gain", "territorial_loss")


class Decided(NamedTuple):
    """Hold what was decided sentence by sentence: what happens, what counts, and where.

    ``chances`` says, by the identity of each place, how likely something happens there.
    """

    happening: tuple[tuple[Occurrence, ...], ...]
    chances: dict[int, float]
    counted: tuple[tuple[RoleOf, ...], ...]
    links: tuple[tuple[Link | None, ...], ...]
    totals: Totals
    understanding: Understanding


def decide(sentences: Sequence[Sentence], tokens: Sequence[Token]) -> Decided:
    """Decide what happens at the places of a document, and what its numbers count and where."""
    understanding = Understanding(sentences, tokens)
    counted = find_roles(sentences, tokens, understanding)
    happening = weigh_places(PlaceFeatures(sentences, tokens), understanding)
    chances = {id(o.place): o.probability for weighed in happening for o in weighed}
    links = link_roles(sentences, counted, chances, understanding)
    totals = find_totals(sentences, counted, links, tokens)
    return Decided(happening, chances, counted, links, totals, understanding)


def draft_events(sentences: Sequence[Sentence], tokens: Sequence[Token]) -> tuple[Draft, ...]:
    """Return the drafts of a document's events, in text order."""
    drafts: list[Draft] = []
    happening, chances, counted, links, totals, understanding = decide(sentences, tokens)
    owned = share_numbers(counted, totals.left_out(links))
    before: list[Owned] = []
    for at, (sentence, weighed) in enumerate(zip(sentences, happening, strict=True)):
        here = [one for one in weighed if not totals.is_unit(one.place)]
        told = [p for d in _told_here(sentence, here, owned) for p in part_casualties(d, sentences)]
        told += find_flights(sentences, at, [*drafts, *told], understanding, tokens)
        areas = find_areas(sentences, at, tokens)
        placed = place_areas(sentences, at, areas, before, chances)
        before += [Owned(measured=p.area.measured, sentence=at, place=p.place) for p in placed]
        drafts += _with_areas(at, sentence, told, placed)
    return tuple(drafts)


def _told_here(
    sentence: Sentence, weighed: Sequence[Occurrence], owned: Mapping[int, Sequence[Counting]]
) -> list[Draft]:
    """Return the drafts of what happens at the places of a sentence."""
    here = [o for o in weighed if _happens(o, sentence, owned)]
    if not here:
        return []
    told = [_draft(sentence, o, here, owned.get(id(o.place), ())) for o in here]
    if len(told) > 1:
        told = without_sharers(sentence, without_towns(sentence, told))
    return told


def _happens(
    occurrence: Occurrence, sentence: Sentence, owned: Mapping[int, Sequence[Counting]]
) -> bool:
    numbers = owned.get(id(occurrence.place), ())
    is_sure = any(number.sure * number.role.probability >= _SURE for number in numbers)
    if is_sure and _BYGONE.isdisjoint(sentence.concepts):
        return occurrence.probability >= LEAST_SURE
    if numbers:
        return occurrence.probability >= LEAST_COUNTED
    if any(is_of_the_war(sentence, count) for count in sentence.counts):
        return False
    return occurrence.probability >= (LEAST if sentence.happening else LEAST_UNTOLD)


def _draft(
    sentence: Sentence,
    occurrence: Occurrence,
    here: Sequence[Occurrence],
    numbers: Sequence[Counting],
) -> Draft:
    taken = [o.place for o in here]
    killed, injured = _by_fate([number.role for number in numbers])
    later = sorted({number.at for number in numbers} - {occurrence.sentence})
    return Draft(
        sentences=(occurrence.sentence, *later),
        place=occurrence.place,
        places=_beside(sentence, occurrence.place, taken),
        event_type=occurrence.event_type,
        kinds=occurrence.kinds,
        probability=occurrence.probability,
        reasons=occurrence.reasons,
        killed=killed,
        injured=injured,
    )


def _by_fate(roles: Sequence[RoleOf]) -> tuple[tuple[RoleOf, ...], tuple[RoleOf, ...]]:
    """Return the numbers of killed and those of injured; some tell of both."""
    killed = tuple([r for r in roles if r.role in ("killed", "both")])
    return killed, tuple([r for r in roles if r.role in ("injured", "both")])


def _beside(
    sentence: Sentence, place: Located | None, taken: Sequence[Located]
) -> tuple[Located, ...]:
    """Return the other places named in the clause that have no event of their own."""
    if place is None or len(sentence.places) < 2:
        return ()
    return tuple(
        other
        for other in sentence.places
        if other not in taken and not sentence.breaks_between(place.first, other.first)
    )


def _with_areas(
    at: int, sentence: Sentence, drafts: list[Draft], areas: Sequence[Placed]
) -> list[Draft]:
    """Give each area to the territorial draft it belongs to; a second one makes its own draft."""
    for placed in areas:
        place = placed.place
        free = next(
            (i for i, d in enumerate(drafts)
             if d.place is place and d.event_type in _TERRITORIAL and d.area is None),
            None,
        )  # fmt: skip
        if free is not None and place is not None:
            drafts[free] = replace(drafts[free], area=placed.area)
            continue
        drafts.append(
            Draft(
                sentences=(at,) if placed.at == at else (at, placed.at),
                place=place,
                places=_beside(sentence, sentence.own(place), [place] if place else []),
                event_type="territorial_gain",
                probability=placed.area.probability,
                area=placed.area,
            )
        )
    return drafts
