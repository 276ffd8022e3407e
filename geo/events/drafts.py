"""Draft events: occurrences joined with the numbers and areas that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.events.areas import Area, find_areas
from geo.events.context import Located, Sentence
from geo.events.figures import combine
from geo.events.occurrences import Occurrence, find_occurrences, told_at
from geo.events.place_features import is_greater
from geo.events.roles import RoleOf, find_roles, link_number
from geo.models import EventType, Quantity, Token

_TERRITORIAL = ("territorial_gain", "territorial_loss")
_AREAL = (3, 4, 6, 7)
_SHARE_REACH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Hold an event in the making. ``sentences`` are indexes into the view, the main one first."""

    sentences: tuple[int, ...]
    place: Located | None
    places: tuple[Located, ...] = ()
    event_type: EventType
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()
    killed: tuple[RoleOf, ...] = ()
    injured: tuple[RoleOf, ...] = ()
    area: Area | None = None

    def figure(self, role: str, sentences: Sequence[Sentence]) -> Quantity | None:
        """Return the number of persons `role` ("killed", "injured"), summed as told."""
        roles = self.killed if role == "killed" else self.injured
        return combine(roles, sentences[self.sentences[0]])


def draft_events(sentences: Sequence[Sentence], tokens: Sequence[Token]) -> tuple[Draft, ...]:
    """Return the drafts of a document's events, in text order."""
    occurrences = find_occurrences(sentences, tokens)
    drafts: list[Draft] = []
    for at, sentence in enumerate(sentences):
        roles = find_roles(sentence, tokens)
        here = [o for o in occurrences if o.sentence == at]
        here = _with_shares(sentences, at, here, roles, tokens)
        areas = find_areas(sentence, tokens, sentences[at - 1] if at else None)
        if here:
            told = _without_towns(sentence, _with_roles(at, sentence, here, roles))
            drafts += _with_areas(at, sentence, told, areas)
        else:
            drafts += _with_areas(at, sentence, [], areas)
            drafts = _attach(drafts, sentences, at, roles)
    return tuple(drafts)


def _with_shares(
    sentences: Sequence[Sentence],
    at: int,
    here: list[Occurrence],
    roles: Sequence[RoleOf],
    tokens: Sequence[Token],
) -> list[Occurrence]:
    """Add the places of "one dead in A, two in B" that the sentence shares its figures out to."""
    sentence = sentences[at]
    shared = [place for role in roles if (place := _right_behind(sentence, role)) is not None]
    if len({id(place) for place in shared}) < 2 or not here:
        return here
    taken = [o.place for o in here]
    added = [told_at(sentences, at, place, tokens) for place in shared if place not in taken]
    kind = here[0].event_type
    here = here + [replace(occurrence, event_type=kind) for occurrence in added]
    return sorted(here, key=lambda o: o.place.first if o.place else -1)


def _right_behind(sentence: Sentence, role: RoleOf) -> Located | None:
    """Return the place that stands a preposition, or a noun and one, behind a number."""
    last = role.count.last
    for place in sentence.places:
        if 0 < place.first - last <= _SHARE_REACH and not sentence.commas_between(
            last, place.first
        ):
            return place
    return None


def _with_roles(
    at: int, sentence: Sentence, here: Sequence[Occurrence], roles: Sequence[RoleOf]
) -> list[Draft]:
    places = [o.place for o in here if o.place is not None]
    shares: list[list[RoleOf]] = [[] for _ in here]
    for role in roles:
        shares[link_number(sentence, role.count, places)].append(role)
    return [
        Draft(
            sentences=(at,),
            place=occurrence.place,
            places=_beside(sentence, occurrence.place, places),
            event_type=occurrence.event_type,
            probability=occurrence.probability,
            reasons=occurrence.reasons,
            killed=tuple(r for r in share if r.role in ("killed", "both")),
            injured=tuple(r for r in share if r.role in ("injured", "both")),
        )
        for occurrence, share in zip(here, shares, strict=True)
    ]


def _without_towns(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """Fold a town without figures of its own into the event at the village that lies near it."""
    kept = list(drafts)
    for town in drafts:
        if town.killed or town.injured or town.place is None:
            continue
        for index, draft in enumerate(kept):
            if (
                draft.place is not None
                and is_greater(town.place, draft.place)
                and not sentence.breaks_between(town.place.first, draft.place.first)
            ):
                kept[index] = replace(draft, places=(*draft.places, town.place))
                kept.remove(town)
                break
    return kept


def _beside(
    sentence: Sentence, place: Located | None, taken: Sequence[Located]
) -> tuple[Located, ...]:
    """Return the other places named in the clause that have no event of their own."""
    if place is None:
        return ()
    return tuple(
        other
        for other in sentence.places
        if other not in taken and not sentence.breaks_between(place.first, other.first)
    )


def _with_areas(
    at: int, sentence: Sentence, drafts: list[Draft], areas: Sequence[Area]
) -> list[Draft]:
    """Give each area to the territorial draft it belongs to; a second one makes its own draft."""
    for area in areas:
        if area.direction is None:
            continue
        hosts = [d.place for d in drafts if d.place and d.event_type in _TERRITORIAL]
        places = hosts or list(sentence.places)
        place = places[link_number(sentence, area.count, places)] if places else None
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


def _attach(
    drafts: list[Draft], sentences: Sequence[Sentence], at: int, roles: Sequence[RoleOf]
) -> list[Draft]:
    """Give the casualties of a sentence without an event to the event told just before it."""
    if not roles or not drafts or not drafts[-1].sentences:
        return drafts
    last = drafts[-1]
    sentence, host = sentences[at], sentences[last.sentences[0]]
    elsewhere = any(
        p.resolution.geo_precision not in _AREAL
        and (last.place is None or p.resolution.place != last.place.resolution.place)
        for p in sentence.places
    )
    if elsewhere or sentence.paragraph != host.paragraph or at - last.sentences[-1] > 1:
        return drafts
    killed = tuple(r for r in roles if r.role in ("killed", "both"))
    injured = tuple(r for r in roles if r.role in ("injured", "both"))
    drafts[-1] = replace(
        last,
        sentences=(*last.sentences, at),
        killed=last.killed or killed,
        injured=last.injured or injured,
    )
    return drafts
