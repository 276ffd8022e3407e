"""Draft events: occurrences joined with the numbers and areas that belong to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo.events.areas import Area, find_areas
from geo.events.companions import WORDS, find_companions
from geo.events.context import Located, Sentence
from geo.events.ground_features import Owned
from geo.events.grounds import Placed, place_areas
from geo.events.levels import is_greater
from geo.events.linking import Counting, link_roles, share_numbers
from geo.events.occurrences import (
    LEAST,
    LEAST_COUNTED,
    LEAST_SURE,
    LEAST_UNTOLD,
    Occurrence,
    likeliest_type,
    weigh_places,
)
from geo.events.place_features import PlaceFeatures
from geo.events.roles import RoleOf, find_roles, is_of_the_war
from geo.events.tolls import join_tolls
from geo.events.wholes import find_totals
from geo.models import EventType, Quantity, Token

_SURE = 0.8  # the chance that a number counts victims and belongs to a place
_BYGONE = frozenset({"memorial", "history", "accident", "exercise", "plan", "denial"})
_TERRITORIAL = ("territorial_gain", "territorial_loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Hold an event in the making. ``sentences`` are indexes into the view, the main one first."""

    sentences: tuple[int, ...]
    place: Located | None
    places: tuple[Located, ...] = ()
    event_type: EventType
    kinds: dict[str, float] = field(default_factory=dict)
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()
    killed: tuple[RoleOf, ...] = ()
    injured: tuple[RoleOf, ...] = ()
    area: Area | None = None

    def figure(self, role: str, sentences: Sequence[Sentence]) -> Quantity | None:
        """Return the number of persons `role` ("killed", "injured"), summed as told."""
        roles = self.killed if role == "killed" else self.injured
        return join_tolls(roles, [sentences[at] for at in sorted(self.sentences)])

    @property
    def told(self) -> frozenset[str]:
        """Return the roles that the draft has a figure of."""
        return frozenset(
            role
            for role in ("killed", "injured")
            if (self.killed if role == "killed" else self.injured)
        )


def draft_events(sentences: Sequence[Sentence], tokens: Sequence[Token]) -> tuple[Draft, ...]:
    """Return the drafts of a document's events, in text order."""
    drafts: list[Draft] = []
    counted = find_roles(sentences, tokens)
    happening = weigh_places(PlaceFeatures(sentences, tokens))
    chances = {id(o.place): o.probability for weighed in happening for o in weighed}
    links = link_roles(sentences, counted, chances)
    totals = find_totals(sentences, counted, links, tokens)
    owned = share_numbers(counted, totals.left_out(links))
    before: list[Owned] = []
    for at, (sentence, weighed) in enumerate(zip(sentences, happening, strict=True)):
        here = [one for one in weighed if not totals.is_unit(one.place)]
        told = _told_here(sentence, here, owned)
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
        told = _without_towns(sentence, told)
    return _with_companions(sentence, told)


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


def _without_towns(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Fold a town into the event at the village that lies near it, unless both have figures."""
    kept = list(drafts)
    for place in [draft.place for draft in drafts]:
        town = next((d for d in kept if d.place is place), None)
        if town is None:
            continue
        village = next((d for d in kept if _is_town_of(sentence, town, d)), None)
        if village is not None:
            kept[kept.index(village)] = _folded(village, town)
            kept.remove(town)
    return kept


def _folded(village: Draft, town: Draft) -> Draft:
    """Return the event at a village with what its town's tells more."""
    figures = town if town.told else village
    kinds = {name: village.kinds[name] * town.kinds[name] for name in village.kinds}
    return replace(
        village,
        sentences=(village.sentences[0], *sorted({*village.sentences[1:], *town.sentences[1:]})),
        event_type=likeliest_type(kinds),
        kinds=kinds,
        places=(*village.places, *filter(None, [town.place])),
        killed=figures.killed,
        injured=figures.injured,
    )


def _is_town_of(sentence: Sentence, town: Draft, draft: Draft) -> bool:
    if town.place is None or draft.place is None or (town.told and draft.told):
        return False
    if sentence.breaks_between(town.place.first, draft.place.first):
        return False
    return bool(is_greater(town.place, draft.place))


def _with_companions(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """Add the flights and arrests told of places where something else happened too."""
    if not any(word in sentence.concepts for words in WORDS.values() for word in words):
        return drafts
    have = {draft.event_type for draft in drafts}
    found = list(drafts)
    for draft in drafts:
        if draft.place is None:
            continue
        for kind, chance in find_companions(sentence, draft.place, draft.event_type):
            if kind not in have:
                found.append(
                    replace(draft, event_type=kind, probability=chance, killed=(), injured=())
                )
                have.add(kind)
    return found


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
