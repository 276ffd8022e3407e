"""Describe a mention by features that no single language owns.

The log-linear model ``places`` weighs these names; ``explain`` prints them. A feature is a
concept with a place (``killed|clause``, ``strike|left``) or a relation between mentions
(``after:comma``, ``finer place here``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.events.concepts import CONTENT, OCCURRENCE
from geo.events.context import Located, Sentence
from geo.models import Token

_WEAPONS = ("missile", "drone", "rocket", "shelling", "airstrike", "mine")
_KINDS = (
    "missile", "drone", "rocket", "shelling", "airstrike", "clash", "ambush", "gunmen", "violence",
    "explosion", "mine", "sabotage", "capture", "liberate", "advance", "protest", "evacuated",
)  # fmt: skip
_PREPOSITIONS = ("in", "near", "on", "from", "to", "of")
_NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Hold what a document tells as a whole, gathered once for all of its mentions.

    ``weapons`` are told anywhere, ``earlier`` are the acts told last before each sentence;
    ``first`` and ``last`` map a place to the first and last sentence that names it.
    """

    weapons: tuple[str, ...]
    earlier: tuple[tuple[str, ...], ...]
    first: dict[str, int]
    last: dict[str, int]


def outline_of(sentences: Sequence[Sentence]) -> Outline:
    """Return the outline of a document's view."""
    earlier: list[tuple[str, ...]] = []
    acts: tuple[str, ...] = ()
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, sentence in enumerate(sentences):
        earlier.append(acts)
        acts = tuple(c for c in _KINDS if c in sentence.concepts) or acts
        for place in sentence.places:
            if place.resolution.place is not None:
                first.setdefault(place.resolution.place.id, at)
                last[place.resolution.place.id] = at
    told = {concept for sentence in sentences for concept in sentence.concepts}
    weapons = tuple(concept for concept in _WEAPONS if concept in told)
    return Outline(weapons=weapons, earlier=tuple(earlier), first=first, last=last)


def describe_place(
    sentences: Sequence[Sentence],
    at: int,
    place: Located,
    tokens: Sequence[Token],
    outline: Outline | None = None,
) -> list[str]:
    """Return the features of a mention in sentence number `at` of the view.

    Who describes many mentions of a document hands over its `outline`, else it is made anew.
    """
    outline = outline or outline_of(sentences)
    sentence = sentences[at]
    features = ["bias", *_place_kind(place)]
    features += _around(sentence, place)
    features += _nearest_triggers(sentence, place)
    features += _neighbours(sentences, at)
    features += _elsewhere(sentence, at, place, outline)
    features += _dated(sentence)
    relations = list(_relations(sentence, place, tokens))
    features += relations
    features += _shape(sentences, at, place, outline)
    features += [
        f"{relation}&{concept}"
        for relation in relations
        if relation.startswith("after:")
        for concept in sentence.concepts
        if concept in OCCURRENCE
    ]
    return features


def is_context(feature: str) -> bool:
    """Tell whether a feature says what is told elsewhere: only the model ``types`` sees these."""
    return feature.startswith(("document ", "earlier "))


def is_trigger(feature: str) -> bool:
    """Tell whether a feature says what happens, not where: the model ``types`` sees these."""
    head = feature.partition("|")[0]
    return (
        (head != feature and head in CONTENT)
        or feature.startswith("nearest ")
        or is_context(feature)
        or (feature in ("bias", "heading"))
    )


def _place_kind(place: Located) -> list[str]:
    resolution = place.resolution
    kind = f"kind:{resolution.geo_precision}"
    hint = resolution.mention.hint
    return [kind, f"hint:{hint}"] if hint else [kind]


def _around(sentence: Sentence, place: Located) -> Iterator[str]:
    for concept, positions in sentence.concepts.items():
        if concept not in CONTENT:
            continue
        nearest = min(positions, key=lambda p: abs(p - place.first))
        if any(not sentence.breaks_between(p, place.first) for p in positions):
            yield f"{concept}|clause"
        else:
            yield f"{concept}|sentence"
        if 0 < place.first - nearest <= _NEAR:
            yield f"{concept}|left"
        elif 0 < nearest - place.last <= _NEAR:
            yield f"{concept}|right"


def _nearest_triggers(sentence: Sentence, place: Located) -> Iterator[str]:
    """Name the two kinds of occurrence told nearest to the mention, casualties apart."""
    distances = sorted(
        (
            min(
                abs(p - place.first) + 12 * sentence.breaks_between(p, place.first)
                for p in positions
            ),
            concept,
        )
        for concept, positions in sentence.concepts.items()
        if concept in OCCURRENCE and concept not in ("killed", "injured", "casualties")
    )
    for rank, (_, concept) in enumerate(distances[:2]):
        yield f"nearest {rank}:{concept}"


def _neighbours(sentences: Sequence[Sentence], at: int) -> Iterator[str]:
    for step, name in ((-1, "before"), (1, "behind")):
        if 0 <= at + step < len(sentences):
            other = sentences[at + step]
            if other.paragraph == sentences[at].paragraph:
                for concept in other.concepts:
                    if concept in OCCURRENCE or concept in ("history", "accident", "exercise"):
                        yield f"{concept}|{name}"
                yield f"places {name}:{min(2, len(other.places))}"


def _elsewhere(sentence: Sentence, at: int, place: Located, outline: Outline) -> Iterator[str]:
    """Name the weapons told anywhere, and the acts told last, where the clause names no weapon."""
    if any(
        not sentence.breaks_between(p, place.first)
        for concept in _WEAPONS
        for p in sentence.concepts.get(concept, ())
    ):
        return
    yield from (f"document {concept}" for concept in outline.weapons)
    yield from (f"earlier {concept}" for concept in outline.earlier[at])


def _dated(sentence: Sentence) -> Iterator[str]:
    for interval in sentence.intervals:
        yield "dated"
        yield f"date:{interval.rule}"
    if not sentence.intervals:
        yield "undated"


def _relations(sentence: Sentence, place: Located, tokens: Sequence[Token]) -> Iterator[str]:
    before = tokens[place.first - 1].text if place.first > sentence.first else "^"
    starts = {
        concept: set(sentence.concepts.get(concept, ())) for concept in (*_PREPOSITIONS, "and")
    }
    for concept in _PREPOSITIONS:
        if any(
            i in starts[concept] for i in range(max(sentence.first, place.first - 3), place.first)
        ):
            yield f"prep:{concept}"
    if before == "^":
        yield "opens"
    behind = tokens[place.last + 1].text if place.last + 1 < sentence.stop else "$"
    if behind in ",:;()$.—":
        yield f"then:{behind}"
    order = sentence.places.index(place)
    yield f"order:{min(order, 3)}"
    if order:
        yield from _after(sentence, sentence.places[order - 1], place, tokens, starts)
    if order + 1 < len(sentence.places):
        for name in _after(sentence, place, sentence.places[order + 1], tokens, starts):
            yield "next " + name


def _after(
    sentence: Sentence,
    one: Located,
    other: Located,
    tokens: Sequence[Token],
    starts: dict[str, set[int]],
) -> Iterator[str]:
    between = range(one.last + 1, other.first)
    texts = [tokens[i].text for i in between]
    if len(between) <= 1 and all(text in ",-–/(" for text in texts):
        yield "after:comma"
    elif len(between) <= 4 and any(i in starts["and"] for i in between):
        yield "after:and"
    elif len(between) <= 5:
        linked = [c for c in _PREPOSITIONS if any(i in starts[c] for i in between)]
        yield from (f"after:{c}" for c in linked)
        if not linked:
            yield "after:close"
    else:
        yield "after:far"
    if any(i in between for c in ("killed", "injured") for i in sentence.concepts.get(c, ())):
        yield "after:casualties"
    if any(one.last < c.first < other.first for c in sentence.counts):
        yield "after:number"
    if _contains(other, one):
        yield "after:container"
    if _contains(one, other):
        yield "after:part"
    if sentence.breaks_between(one.first, other.first):
        yield "after:break"


def _contains(outer: Located, inner: Located) -> bool:
    big, small = outer.resolution, inner.resolution
    return big.geo_precision in (3, 4, 6, 7) and small.geo_precision < big.geo_precision


def _neighbourhood(sentence: Sentence, place: Located) -> Iterator[str]:
    """Tell a village from the town that only says where it lies."""
    for other in sentence.places:
        greater = is_greater(other, place)
        if other is place or greater is None:
            continue
        same = "" if sentence.breaks_between(other.first, place.first) else " in clause"
        yield ("greater" if greater else "smaller") + " neighbour" + same


def is_greater(other: Located, place: Located) -> bool | None:
    """Tell whether `other` is the town that a far smaller `place` lies near.

    ``False`` is the reverse, ``None`` that neither is: they are far apart, or of a size.
    """
    one, two = other.resolution, place.resolution
    if one.place is None or two.place is None or one.place.id == two.place.id:
        return None
    if max(one.geo_precision, two.geo_precision) > 3 or one.lon is None or two.lon is None:
        return None
    if abs(one.lon - two.lon) > 1 or abs((one.lat or 0) - (two.lat or 0)) > 0.7:
        return None
    ratio = ((one.place.population or 300) + 1) / ((two.place.population or 300) + 1)
    return True if ratio > 15 else False if ratio < 1 / 15 else None


def _shape(
    sentences: Sequence[Sentence], at: int, place: Located, outline: Outline
) -> Iterator[str]:
    sentence = sentences[at]
    yield f"sentences:{min(len(sentences), 3)}"
    if sentence.heading:
        yield "heading"
    if at == 0:
        yield "opening sentence"
    yield f"places:{min(len(sentence.places), 4)}"
    same = place.resolution.place
    if same is not None:
        if outline.first[same.id] < at:
            yield "told before"
        if outline.last[same.id] > at:
            yield "told later"
    finer = [p for p in sentence.places if _contains(place, p)]
    if finer:
        yield "finer place here"
        if any(not sentence.breaks_between(p.first, place.first) for p in finer):
            yield "finer place in clause"
    yield from _neighbourhood(sentence, place)
    if not any(concept in OCCURRENCE for concept in sentence.concepts):
        yield "nothing happens"
    numbers = sum(not c.implicit for c in sentence.counts)
    yield f"numbers:{min(numbers, 3)}"
