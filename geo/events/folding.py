"""Fold drafts of one sentence that tell of one event: a town and its village, a list of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from geo.events.context import Sentence
from geo.events.drafts import Draft
from geo.events.levels import is_greater
from geo.events.listing import are_listed, is_told_within
from geo.events.occurrences import likeliest_type


def without_sharers(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Fold the places of a list that share one figure into the event at the first of them.

    "Strikes on A and B killed four" is told of both, "four dead in the former" is not.
    """
    if any(word in sentence.concepts for word in ("former", "latter", "each")):
        return list(drafts)
    kept = [drafts[0]]
    for last, other in pairwise(drafts):
        head = kept[-1]
        if head.told and not other.told and _are_listed(sentence, last, other):
            kept[-1] = replace(head, places=(*head.places, *filter(None, [other.place])))
        else:
            kept.append(other)
    return kept


def _are_listed(sentence: Sentence, one: Draft, other: Draft) -> bool:
    if one.place is None or other.place is None:
        return False
    if is_told_within(sentence, [one.place, other.place]):
        return False
    return are_listed(sentence, one.place, other.place)


def without_towns(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
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
