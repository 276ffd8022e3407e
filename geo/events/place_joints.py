"""Describe what joins two mentions that follow each other: a list, a container, a new act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.concepts import OCCURRENCE
from geo.events.context import Located, Sentence


def describe_place_joint(
    one: Sentence, place: Located, other: Sentence, behind: Located, gap: Sequence[str]
) -> list[str]:
    """Return the features of two mentions that follow each other in sentences `one`, `other`.

    `gap` says what lies between the two in one sentence.
    """
    features = ["bias"]
    if one is other:
        features += ["same", *gap, *_acts(one, place, behind)]
    else:
        features += _across(one, other)
    before, after = place.resolution, behind.resolution
    if before.place and after.place and before.place.id == after.place.id:
        features.append("same place")
    features.append(f"kinds:{before.geo_precision}>{after.geo_precision}")
    return features


def _acts(sentence: Sentence, one: Located, other: Located) -> Iterator[str]:
    """Name what is told between two mentions of a sentence."""
    acts = sorted(
        concept
        for concept in OCCURRENCE.intersection(sentence.concepts)
        if any(one.last < position < other.first for position in sentence.concepts[concept])
    )
    yield f"acts:{min(2, len(acts))}"
    yield from (f"act {act}" for act in acts)
    if sentence.breaks_between(one.first, other.first):
        yield f"break:{bool(acts)}"
    yield f"commas:{min(3, sentence.commas_between(one.first, other.first))}"


def _across(one: Sentence, other: Sentence) -> Iterator[str]:
    yield f"sentence:{min(3, other.index - one.index)}"
    if one.paragraph != other.paragraph:
        yield "paragraph"
    acts = OCCURRENCE.intersection(other.concepts)
    yield f"acts there:{min(2, len(acts))}"
    if acts & OCCURRENCE.intersection(one.concepts):
        yield "acts shared"
    if one.heading:
        yield "heading"
