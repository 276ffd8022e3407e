"""Describe how a mention stands to the words and the mentions beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Located, Sentence
from geo.events.levels import contains, is_greater
from geo.models import Token

_PREPOSITIONS = ("in", "near", "on", "from", "to", "of")
_REACH = 3  # tokens before a mention
_ENUMERATED = 4
_CLOSE = 6
_OWNED = 3
_KINDS = tuple(f"kind:{level}" for level in range(10))
_ORDERS = tuple(f"order:{number}" for number in range(4))


class PlaceRelations:
    """Describe the mentions of one sentence by what stands between them and before them."""

    def __init__(self, sentence: Sentence, tokens: Sequence[Token]) -> None:
        self._sentence = sentence
        self._tokens = tokens
        self._linking: dict[int, list[str]] = {}
        for concept in _PREPOSITIONS:
            for position in sentence.concepts.get(concept, ()):
                self._linking.setdefault(position, []).append(concept)
        places = sentence.places
        self._after = [
            tuple(self._between(self._joined_to(order), other))
            for order, other in enumerate(places[1:])
        ]

    def describe(self, place: Located) -> list[str]:
        """Return the features of a mention among the others of the sentence."""
        sentence = self._sentence
        features = [_KINDS[place.resolution.geo_precision]]
        if place.resolution.mention.hint:
            features.append(f"hint:{place.resolution.mention.hint}")
        features += self._beside(place)
        order = sentence.places.index(place)
        features.append(_ORDERS[min(order, 3)])
        if len(sentence.places) > 1:
            if order:
                features += self._after[order - 1]
                features += [
                    f"{name}&{concept}"
                    for name in self._after[order - 1]
                    for concept in sentence.happening
                ]
            if order < len(self._after):
                features += ["next " + name for name in self._after[order]]
            features += _finer(sentence, place)
            features += _neighbourhood(sentence, place)
        return features

    def joint(self, order: int) -> tuple[str, ...]:
        """Return what lies between mention number `order` of the sentence and the next."""
        return self._after[order]

    def _beside(self, place: Located) -> list[str]:
        """Name the prepositions before a mention, and the mark behind it."""
        sentence, linking = self._sentence, self._linking
        found: list[str] = []
        for position in range(max(sentence.first, place.first - _REACH), place.first):
            for concept in linking.get(position, ()):
                if (name := f"prep:{concept}") not in found:
                    found.append(name)
        if place.first <= sentence.first:
            found.append("opens")
        behind = self._tokens[place.last + 1].text if place.last + 1 < sentence.stop else "$"
        if behind in ",:;()$.—":
            found.append(f"then:{behind}")
        return found

    def _joined_to(self, order: int) -> Located:
        """Return the mention that the one behind number `order` is joined to.

        An owner ("near Rylsk in Russia's Kursk region") is looked past.
        """
        places = self._sentence.places
        owner, owned = places[order], places[order + 1]
        if order and contains(owner, owned) and owned.first - owner.last <= _OWNED:
            return places[order - 1]
        return owner

    def _between(self, one: Located, other: Located) -> Iterator[str]:
        sentence = self._sentence
        between = range(one.last + 1, other.first)
        yield from self._joint(between)
        if any(i in between for c in ("killed", "injured") for i in sentence.concepts.get(c, ())):
            yield "after:casualties"
        if any(one.last < c.first < other.first for c in sentence.counts):
            yield "after:number"
        if contains(other, one):
            yield "after:container"
        if contains(one, other):
            yield "after:part"
        if sentence.breaks_between(one.first, other.first):
            yield "after:break"

    def _joint(self, between: range) -> Iterator[str]:
        """Say by what a mention is joined to the one before: a comma, a word, nothing."""
        marks = ",-–/("
        if len(between) <= 1 and all(self._tokens[i].text in marks for i in between):
            yield "after:comma"
        elif len(between) <= _ENUMERATED and any(
            i in between for i in self._sentence.concepts.get("and", ())
        ):
            yield "after:and"
        elif len(between) <= _CLOSE:
            linked = {concept for i in between for concept in self._linking.get(i, ())}
            yield from (f"after:{c}" for c in _PREPOSITIONS if c in linked)
            if "near" in linked and ("of" in linked or "from" in linked):
                yield "after:near of"
            if not linked:
                yield "after:close"
        else:
            yield "after:far"


def _finer(sentence: Sentence, place: Located) -> Iterator[str]:
    """Say that a place of the sentence lies within this one."""
    finer = [p for p in sentence.places if contains(place, p)]
    if finer:
        yield "finer place here"
        if any(not sentence.breaks_between(p.first, place.first) for p in finer):
            yield "finer place in clause"


def _neighbourhood(sentence: Sentence, place: Located) -> Iterator[str]:
    """Tell a village from the town that only says where it lies."""
    for other in sentence.places:
        greater = is_greater(other, place)
        if other is place or greater is None:
            continue
        same = "" if sentence.breaks_between(other.first, place.first) else " in clause"
        yield ("greater" if greater else "smaller") + " neighbour" + same
