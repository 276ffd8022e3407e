"""Describe a mention by features that no single language owns.

The chain ``places`` weighs these names; ``explain`` tells them in words. A feature is a
concept with a place (``killed|clause``, ``strike|left``) or a relation between mentions
(``after:comma``, ``finer place here``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.concepts import CONTENT, OCCURRENCE
from geo.events.context import Located, Sentence
from geo.events.listing import is_told_within, lists_of_places
from geo.events.place_relations import PlaceRelations
from geo.models import Token

_WEAPONS = ("missile", "drone", "rocket", "shelling", "airstrike", "mine")
_AGAINST = (
    "accident", "exercise", "siren", "history", "memorial", "denial", "plan", "talks",
)  # fmt: skip
_ARMED = frozenset((*_WEAPONS, "strike", "clash", "ambush", "gunmen", "intercept", "sabotage"))
_NEAR = 4
_BREAK_COST = 12
_TRIGGERS = OCCURRENCE - {"killed", "injured", "casualties"}
_BESIDE = OCCURRENCE | {"history", "accident", "exercise"}
_AROUND = {  # by concept: in the clause or not, then far, left, right
    concept: tuple(
        tuple((f"{concept}|{where}", *(f"{concept}|{side}" for side in sides))
              for sides in ((), ("left",), ("right",)))
        for where in ("sentence", "clause")
    )
    for concept in sorted(CONTENT)
}  # fmt: skip
_NEAREST = tuple({c: f"nearest {rank}:{c}" for c in sorted(_TRIGGERS)} for rank in (0, 1))
_ELSEWHERE = {f"{weapon}|sentence": f"{weapon}|elsewhere" for weapon in _WEAPONS}
_NEIGHBOURS = {
    name: {concept: f"{concept}|{name}" for concept in sorted(_BESIDE)}
    for name in ("before", "behind")
}


class PlaceFeatures:
    """Describe the mentions of a document, sentence by sentence.

    What the document tells as a whole is gathered when this is made, what a sentence tells
    once for all of its mentions.
    """

    def __init__(self, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> None:
        self.sentences = sentences
        self._tokens = tokens
        self._outline = _Outline(sentences)
        self._last: tuple[int, _Scene, PlaceRelations] | None = None

    def describe(self, at: int, place: Located) -> list[str]:
        """Return the features of a mention in sentence number `at` of the view."""
        scene, relations = self._scene(at)
        features = [*scene.shared, *_around(self.sentences[at], place, scene.reach(place))]
        features += relations.describe(place)
        features += self._outline.told(at, place)
        return features

    def joint(self, at: int, order: int) -> tuple[str, ...]:
        """Return what lies between mention number `order` of a sentence and the next."""
        return self._scene(at)[1].joint(order)

    def _scene(self, at: int) -> tuple[_Scene, PlaceRelations]:
        if self._last is None or self._last[0] != at:
            scene = _Scene(self.sentences, at)
            self._last = at, scene, PlaceRelations(self.sentences[at], self._tokens)
        return self._last[1:]


class _Outline:
    """Hold which sentence names each place first, and which last."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        for at, sentence in enumerate(sentences):
            for known in sentence.place_ids:
                self._first.setdefault(known, at)
                self._last[known] = at

    def told(self, at: int, place: Located) -> Iterator[str]:
        """Say whether other sentences name the same place."""
        same = place.resolution.place
        if same is not None:
            if self._first[same.id] < at:
                yield "told before"
            if self._last[same.id] > at:
                yield "told later"


class _Scene:
    """Hold the features that all mentions of a sentence share."""

    def __init__(self, sentences: Sequence[Sentence], at: int) -> None:
        self.shared = (
            "bias",
            *_neighbours(sentences, at),
            *_dated(sentences[at]),
            *_shape(sentences, at),
            *_unarmed(sentences[at]),
        )
        self._lists = [line for line in lists_of_places(sentences[at])
                       if not is_told_within(sentences[at], line)]  # fmt: skip

    def reach(self, place: Located) -> tuple[int, int]:
        """Return the first and last token of the list that a mention stands in, or its own.

        "Shells hit A, B and C": the shells stand as near to C as to A.
        """
        for line in self._lists:
            if place in line:
                return line[0].first, line[-1].last
        return place.first, place.last


def _unarmed(sentence: Sentence) -> Iterator[str]:
    """Say that a word against an attack stands in a sentence that names no weapon and no fight."""
    if _ARMED.isdisjoint(sentence.concepts):
        yield from (f"{word} alone" for word in _AGAINST if word in sentence.concepts)


def _around(sentence: Sentence, place: Located, reach: tuple[int, int]) -> list[str]:
    """Say where each concept stands, and which two kinds of occurrence stand nearest.

    Distances are those to the `reach`, from its first token to its last. Casualties are no kind.
    """
    breaks, start = sentence.breaks, sentence.first
    first, last = reach
    own = breaks[place.first - start]
    features: list[str] = []
    ranked: list[tuple[int, str]] = []
    weapons: list[str] = []
    for concept, positions in sentence.concepts.items():
        names = _AROUND.get(concept)
        if names is None:
            continue
        crossed = [abs(breaks[p - start] - own) for p in positions]
        gaps = [first - p if p < first else last - p for p in positions]
        gap = gaps[0] if len(gaps) == 1 else min(gaps, key=abs)
        is_near = 1 if 0 < gap <= _NEAR else 2 if 0 < -gap <= _NEAR else 0
        in_clause = 0 in crossed
        features += names[in_clause][is_near]
        if concept in _TRIGGERS:
            cost = min([abs(g) + _BREAK_COST * c for g, c in zip(gaps, crossed, strict=True)])
            ranked.append((cost, concept))
        if in_clause and concept in _WEAPONS:
            weapons.append(concept)
    ranked.sort()
    for nearest, (_, concept) in zip(_NEAREST, ranked, strict=False):
        features.append(nearest[concept])
    if len(weapons) == 1:
        features.append(f"nearest alone:{weapons[0]}")
    if weapons:  # "bombs on A, while missiles fell on B": the bombs are not B's
        features = [_ELSEWHERE.get(feature, feature) for feature in features]
    return features


def _neighbours(sentences: Sequence[Sentence], at: int) -> Iterator[str]:
    for step, name in ((-1, "before"), (1, "behind")):
        if 0 <= at + step < len(sentences):
            other = sentences[at + step]
            if other.paragraph == sentences[at].paragraph:
                table = _NEIGHBOURS[name]
                yield from (table[concept] for concept in other.concepts if concept in table)
                yield f"places {name}:{min(2, len(other.places))}"


def _dated(sentence: Sentence) -> Iterator[str]:
    for interval in sentence.intervals:
        yield "dated"
        yield f"date:{interval.rule}"
    if not sentence.intervals:
        yield "undated"


def _shape(sentences: Sequence[Sentence], at: int) -> Iterator[str]:
    sentence = sentences[at]
    yield f"sentences:{min(len(sentences), 3)}"
    if sentence.heading:
        yield "heading"
    if at == 0:
        yield "opening sentence"
    yield f"places:{min(len(sentence.places), 4)}"
    if not sentence.happening:
        yield "nothing happens"
    numbers = sum(not c.implicit for c in sentence.counts)
    yield f"numbers:{min(numbers, 3)}"
