"""Merge drafts that tell the same occurrence: a heading and its body, a place named again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.names import fold
from geo.events.context import Located, Sentence
from geo.events.drafts import Draft

_ATTACKS = frozenset(
    {"shelling_or_airstrike", "missile_or_drone_strike", "explosion_or_mine", "armed_clash",
     "civilian_violence", "infrastructure_damage", "other"}
)  # fmt: skip
_FAR = 20  # sentences from one telling to the next: beyond, a long text speaks of something else


def merge_drafts(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> tuple[Draft, ...]:
    """Return the drafts with each occurrence told once, the body's sentence as main evidence."""
    kept: list[Draft] = []
    named: dict[str | None, list[int]] = {}  # by place: a long text has thousands of drafts
    for draft in drafts:
        near = {i for key in _keys(draft.place, *draft.places) for i in named.get(key, ())}
        if draft.area:  # a headline's square kilometres have no place, its body's have one
            near.update(named.get(None, [])[-_FAR:])
        same = (i for i in sorted(near) if same_occurrence(kept[i], draft, sentences))
        index = next(same, len(kept))
        if index == len(kept):
            kept.append(draft)
        else:
            kept[index] = _join(kept[index], draft, sentences)
        for key in _keys(kept[index].place):
            named.setdefault(key, []).append(index)
    return tuple(kept)


def _keys(*places: Located | None) -> set[str | None]:
    """Return all that places are compared by; equal places share one."""
    keys: set[str | None] = set()
    for place in places:
        if place is None:
            keys.add(None)
            continue
        keys.add(fold(place.resolution.mention.text))
        if place.resolution.place is not None:
            keys.add(place.resolution.place.id)
    return keys


def same_occurrence(one: Draft, other: Draft, sentences: Sequence[Sentence]) -> bool:
    """Tell whether two drafts of a document tell of one occurrence."""
    is_one_sentence = one.sentences[0] == other.sentences[0]
    if one.area and other.area:
        return not is_one_sentence and _is_headline(one, other, sentences)
    if one.area or other.area:
        return not is_one_sentence and _is_measured_later(one, other)
    if not _same_kind(one, other):
        return False
    if is_one_sentence:
        same = one.place is not None and _same_place(one.place, other.place)
        return same and _figures_agree(one, other, sentences)
    if sentences[one.sentences[0]].heading:
        if one.place is not None and _same_place(one.place, other.place):
            return True
        same = _same_name(one.place, other.place) or _beside(one.place, other)
    else:
        same = _same_place(one.place, other.place) and (
            not _has_figures(other)
            or _goes_on(one, other, sentences)
            or _is_retold(one, other, sentences)
        )
    return same and _figures_agree(one, other, sentences)


def _is_measured_later(one: Draft, other: Draft) -> bool:
    """Tell whether one draft tells of a gain in words, the other in km², of the same place."""
    return one.event_type == other.event_type and _same_name(one.place, other.place)


def _is_headline(one: Draft, other: Draft, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a heading gives the area that its body tells, of no place or of the same."""
    if not sentences[one.sentences[0]].heading or not one.area or not other.area:
        return False
    same = one.place is None or _same_name(one.place, other.place) or _beside(one.place, other)
    return same and one.area.km2.best == other.area.km2.best


def _goes_on(one: Draft, other: Draft, sentences: Sequence[Sentence]) -> bool:
    """Tell "Rockets hit A and B. Five people died in B.": a later sentence tells the figure.

    Not where it has a day of its own or tells of something further, nor of a role told before.
    """
    first, second = sentences[one.sentences[0]], sentences[other.sentences[0]]
    if second.index - first.index > _FAR or not one.told.isdisjoint(other.told):
        return False
    return not second.intervals and "additional" not in second.concepts


def _is_retold(one: Draft, other: Draft, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a later sentence gives a figure again, and speaks of nothing further."""
    first, second = sentences[one.sentences[0]], sentences[other.sentences[0]]
    if second.index - first.index > _FAR or "additional" in second.concepts:
        return False
    figures = [
        (one.figure(role, sentences), other.figure(role, sentences))
        for role in one.told & other.told
    ]
    return any(mine and its and mine.best == its.best != 0 for mine, its in figures)


def _same_kind(one: Draft, other: Draft) -> bool:
    return one.event_type == other.event_type or {one.event_type, other.event_type} <= _ATTACKS


def _figures_agree(one: Draft, other: Draft, sentences: Sequence[Sentence]) -> bool:
    for role in ("killed", "injured"):
        first, second = one.figure(role, sentences), other.figure(role, sentences)
        if first and second and first.best != second.best:
            return False
    return True


def _has_figures(draft: Draft) -> bool:
    return bool(draft.killed or draft.injured)


def _same_place(one: Located | None, other: Located | None) -> bool:
    if one is None or other is None:
        return one is other
    first, second = one.resolution, other.resolution
    if first.place is not None and second.place is not None:
        return first.place.id == second.place.id
    return fold(first.mention.text) == fold(second.mention.text)


def _same_name(one: Located | None, other: Located | None) -> bool:
    if _same_place(one, other):
        return True
    if one is None or other is None:
        return False
    return fold(one.resolution.mention.text) == fold(other.resolution.mention.text)


def _beside(place: Located | None, draft: Draft) -> bool:
    """Tell whether a heading's town stands beside the village that the body names."""
    return place is not None and any(_same_name(place, other) for other in draft.places)


def _join(one: Draft, other: Draft, sentences: Sequence[Sentence]) -> Draft:
    is_second = sentences[one.sentences[0]].heading or (other.area and not one.area)
    main, second = (other, one) if is_second else (one, other)
    return replace(
        main,
        sentences=(*main.sentences, *(s for s in second.sentences if s not in main.sentences)),
        killed=main.killed or second.killed,
        injured=main.injured or second.injured,
    )
