"""Draft events: occurrences joined with the numbers and areas that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.events.areas import Area, find_areas
from geo.events.companions import WORDS, find_companions
from geo.events.context import Located, Sentence
from geo.events.figures import combine
from geo.events.levels import is_greater
from geo.events.linking import Carried, Linker
from geo.events.occurrences import (
    LEAST,
    LEAST_COUNTED,
    LEAST_UNTOLD,
    Occurrence,
    likeliest_type,
    weigh_places,
)
from geo.events.place_features import PlaceFeatures
from geo.events.roles import RoleOf, find_roles
from geo.models import EventType, Quantity, Token

_TERRITORIAL = ("territorial_gain", "territorial_loss")
_FARTHEST = 3


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
        home = next(
            (s for s in (sentences[at] for at in self.sentences) if roles and roles[0].lies_in(s)),
            sentences[self.sentences[0]],
        )
        return combine([r for r in roles if r.lies_in(home)], home)

    def with_roles(self, roles: Sequence[RoleOf]) -> Draft:
        """Return the draft with more numbers."""
        killed, injured = _by_fate(roles)
        return replace(self, killed=(*self.killed, *killed), injured=(*self.injured, *injured))

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
    for at, sentence in enumerate(sentences):
        roles, weighed = counted[at], happening[at]
        chances = {id(o.place): o.probability for o in weighed}
        linker = Linker(sentence, chances, _carried(drafts, sentences, at) if roles else None)
        owned: dict[int, list[RoleOf]] = {}
        behind: list[RoleOf] = []
        for role, link in zip(roles, linker.link_roles(roles), strict=True):
            if link is not None and link.place is None:
                behind.append(role)
            elif link is not None:
                for place in (link.place, *link.too):
                    owned.setdefault(id(place), []).append(role)
        if behind:
            drafts[-1] = _continued(drafts[-1], at, behind)
        told = _told_here(sentence, weighed, owned)
        drafts += _with_areas(at, sentence, told, find_areas(sentences, at, tokens), linker)
    return tuple(drafts)


def _told_here(
    sentence: Sentence, weighed: Sequence[Occurrence], owned: dict[int, list[RoleOf]]
) -> list[Draft]:
    """Return the drafts of what happens at the places of a sentence."""
    here = [o for o in weighed if _happens(o, sentence, owned)]
    if not here:
        return []
    told = [_draft(sentence, o, here, owned.get(id(o.place), ())) for o in here]
    if len(told) > 1:
        told = _without_towns(sentence, told)
    return _with_companions(sentence, told)


def _carried(drafts: Sequence[Draft], sentences: Sequence[Sentence], at: int) -> Carried | None:
    """Return the event that the numbers of a sentence may go on about, if one was just told."""
    if not drafts:
        return None
    last = drafts[-1].sentences[-1]
    main = sentences[drafts[-1].sentences[0]]
    if not 0 < at - last <= _FARTHEST:
        return None
    if sentences[at].paragraph != sentences[last].paragraph and not main.heading:
        return None
    return Carried(steps=at - last, told=drafts[-1].told)


def _continued(draft: Draft, at: int, roles: Sequence[RoleOf]) -> Draft:
    """Return a draft with the numbers of a later sentence, for the roles not yet told."""
    new = [r for r in roles if not (r.role in draft.told or (r.role == "both" and draft.told))]
    if not new:
        return draft
    return replace(draft.with_roles(new), sentences=(*draft.sentences, at))


def _happens(occurrence: Occurrence, sentence: Sentence, owned: dict[int, list[RoleOf]]) -> bool:
    if id(occurrence.place) in owned:
        return occurrence.probability >= LEAST_COUNTED
    return occurrence.probability >= (LEAST if sentence.happening else LEAST_UNTOLD)


def _draft(
    sentence: Sentence,
    occurrence: Occurrence,
    here: Sequence[Occurrence],
    roles: Sequence[RoleOf],
) -> Draft:
    taken = [o.place for o in here]
    killed, injured = _by_fate(roles)
    return Draft(
        sentences=(occurrence.sentence,),
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


def _without_towns(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """Fold a town into the event at the village that lies near it, unless both have figures."""
    kept = list(drafts)
    for town in drafts:
        for index, draft in enumerate(kept):
            if _is_town_of(sentence, town, draft):
                figures = town if town.told else draft
                kinds = {name: draft.kinds[name] * town.kinds[name] for name in draft.kinds}
                kept[index] = replace(
                    draft,
                    event_type=likeliest_type(kinds),
                    kinds=kinds,
                    places=(*draft.places, *filter(None, [town.place])),
                    killed=figures.killed,
                    injured=figures.injured,
                )
                kept.remove(town)
                break
    return kept


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
    at: int,
    sentence: Sentence,
    drafts: list[Draft],
    areas: Sequence[Area],
    linker: Linker,
) -> list[Draft]:
    """Give each area to the territorial draft it belongs to; a second one makes its own draft."""
    for area in areas:
        if area.direction is None:
            continue
        place = linker.link_area(area.count)
        free = next(
            (i for i, d in enumerate(drafts)
             if d.place is place and d.event_type in _TERRITORIAL and d.area is None),
            None,
        )  # fmt: skip
        if free is not None and place is not None:
            drafts[free] = replace(drafts[free], area=area)
            continue
        drafts.append(
            Draft(
                sentences=(at,),
                place=place,
                places=_beside(sentence, place, [place] if place else []),
                event_type="territorial_gain",
                probability=area.probability,
                area=area,
            )
        )
    return drafts
