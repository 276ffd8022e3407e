"""Describe a number by features that no single language owns: what it counts, and for whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from geo.events.context import Counted, Sentence
from geo.events.number_neighbours import NumberNeighbours
from geo.models import Token

ROLES = (
    "killed", "injured", "casualties", "missing", "detained", "abducted", "displaced",
    "evacuated", "exchange", "enemy_loss", "toll", "affected",
)  # fmt: skip
_HEADS = frozenset(
    "person military kin single nonperson killed injured casualties missing detained displaced "
    "evacuated area_units subset additional affected missile drone rocket shelling airstrike mine "
    "strike clash".split()
)
_MARKERS = (
    "subset", "previous", "additional", "total", "update", "since", "each", "enemy_loss",
    "military", "negation", "nobody",
)  # fmt: skip
NO_ROLE_WORD = "no role word"
_CLAIMING = ("killed", "injured", "casualties", "affected")
_CLAIMED = 3  # numbers that a word claims, the nearest first
_REACH = 4
_BESIDE = 3
_BREAK_COST = 8
_OTHER_COST = 2


class NumberFeatures:
    """Describe the numbers of one sentence; what they share is worked out once."""

    def __init__(self, sentence: Sentence, tokens: Sequence[Token]) -> None:
        self._sentence = sentence
        self._tokens = tokens
        self._neighbours = NumberNeighbours(sentence, tokens)
        concepts = sentence.concepts
        self._heads: dict[int, list[str]] = {}
        for term in sentence.terms:
            if term.concept in _HEADS:
                self._heads.setdefault(term.first, []).append(term.concept)
        self._explicit = [c.first for c in sentence.counts if not c.implicit]
        self._words = [(role, p) for role in ROLES for p in concepts.get(role, ())]
        self._markers = [(marker, concepts[marker]) for marker in _MARKERS if marker in concepts]
        self._claims = [
            (role, position, self._nearest(position))
            for role in _CLAIMING
            for position in concepts.get(role, ())
        ]

    def describe(self, count: Counted) -> list[str]:
        """Return the features of one of the sentence's numbers."""
        quantity = count.quantity
        features = ["bias", f"qualifier:{quantity.qualifier}"]
        if count.implicit:
            features.append("implicit")
        features += self._nouns(count)
        features += self._role_words(count)
        features += self._claims_on(count)
        features += self._neighbours.describe(count)
        features += self._elliptic(count)
        for marker, positions in self._markers:
            features += _marks(marker, positions, count)
        if self._is_partitive(count):
            features.append("partitive")
        if quantity.best is not None:
            size = "big" if quantity.best >= 300 else "one" if quantity.best == 1 else "some"
            features.append(size)
        return features

    def _is_partitive(self, count: Counted) -> bool:
        """Tell the whole of "Of the nine dead, five were in A" from what is told of one place."""
        start = self._sentence.first
        opening = range(start, start + _BESIDE)
        return count.first - start <= 2 * _BESIDE and any(
            p in opening and p < count.first
            for concept in ("of", "from", "subset")
            for p in self._sentence.concepts.get(concept, ())
        )

    def _nouns(self, count: Counted) -> Iterator[str]:
        """Name the nouns that head a number, up to a mark or the next number."""
        seen = False
        start = count.first if count.implicit else count.last + 1
        stop = min(start + _REACH, self._sentence.stop)
        for distance, index in enumerate(range(start, stop), 1):
            if self._tokens[index].text in ",;:.()":
                yield f"mark:{distance}"
                break
            if self._neighbours.begins_at(index, count):
                break
            heads = self._heads.get(index, ())
            for concept in heads:
                yield _head(concept, min(distance, _BESIDE))
                if not seen:
                    yield _first_head(concept)
            seen = seen or bool(heads)
        if not seen:
            yield "headless"

    def _role_words(self, count: Counted) -> Iterator[str]:
        """Say where each word for a fate stands, and which two stand nearest."""
        nearest: list[tuple[int, str]] = []
        for role, position in self._words:
            is_left = position < count.first
            distance = count.first - position if is_left else max(0, position - count.last)
            crossed = self._sentence.breaks_between(position, count.first)
            commas = self._sentence.commas_between(position, count.first)
            numbers = self._numbers_between(position, count)
            cost = distance + _BREAK_COST * crossed + _OTHER_COST * (numbers + commas)
            nearest.append((cost, _sided(role, is_left)))
            bucket = 1 if distance <= 1 else 3 if distance <= 3 else 6 if distance <= 6 else 9
            yield from _role_word(role, is_left, bucket, crossed > 0, numbers > 0, commas > 0)
        if not nearest:
            yield NO_ROLE_WORD
            return
        nearest.sort()
        yield f"nearest:{nearest[0][1]}"
        if len(nearest) > 1:
            yield f"second:{nearest[1][1]}"

    def _numbers_between(self, position: int, count: Counted) -> int:
        """Count the numbers in digits or words between a word and a number."""
        low, high = min(position, count.first), max(position, count.last)
        own = not count.implicit and low < count.first < high
        return bisect_left(self._explicit, high) - bisect_right(self._explicit, low) - own

    def _nearest(self, position: int) -> list[Counted]:
        """Return the numbers that a word claims, the nearest first."""
        counts = self._sentence.counts
        if len(counts) < 2:
            return list(counts)
        return sorted(counts, key=lambda c: _cost(self._sentence, c, position))[:_CLAIMED]

    def _claims_on(self, count: Counted) -> Iterator[str]:
        """Say which role words have this number as their nearest: each claims one number first."""
        for role, position, claimed in self._claims:
            for rank, other in enumerate(claimed):
                if other is count:
                    yield f"{role} claims {rank}"
                    if rank == 0:
                        yield f"{role} claims first {'left' if position < count.first else 'right'}"

    def _elliptic(self, count: Counted) -> Iterator[str]:
        """Notice "one dead in A, two in B": no noun but a place behind the number."""
        concepts, behind = self._sentence.concepts, count.last + 1
        placed = any(behind in concepts.get(c, ()) for c in ("in", "near", "on"))
        if not placed or not any(0 < p.first - count.last <= _REACH for p in self._sentence.places):
            return
        yield "elliptic"
        told = [
            (position, role)
            for role in ("killed", "injured", "affected")
            for position in concepts.get(role, ())
            if position < count.first
        ]
        if told:
            yield f"elliptic after {max(told)[1]}"


def _marks(marker: str, positions: Sequence[int], count: Counted) -> Iterator[str]:
    for position in positions:
        if count.first <= position <= count.last:
            yield f"{marker} at"
        elif 0 < count.first - position <= _BESIDE:
            yield f"{marker} before"
        elif 0 < position - count.last <= _BESIDE:
            yield f"{marker} behind"
    yield f"{marker} here"


def _cost(sentence: Sentence, count: Counted, position: int) -> float:
    inside = count.first <= position <= count.last
    gap = 0 if inside else min(abs(position - count.first), abs(position - count.last))
    return (
        gap
        + _BREAK_COST * sentence.breaks_between(position, count.first)
        + _OTHER_COST * sentence.commas_between(position, count.first)
        + 0.5 * (position > count.last)
    )


@lru_cache(maxsize=256)
def _head(concept: str, distance: int) -> str:
    return f"head:{concept}:{distance}"


@lru_cache(maxsize=64)
def _first_head(concept: str) -> str:
    return f"first head:{concept}"


@lru_cache(maxsize=64)
def _sided(role: str, is_left: bool) -> str:
    return f"{role}:{'left' if is_left else 'right'}"


@lru_cache(maxsize=1024)
def _role_word(
    role: str, is_left: bool, bucket: int, is_crossed: bool, has_number: bool, has_comma: bool
) -> tuple[str, ...]:
    """Return the names of a word for a fate: its distance, and what stands between."""
    head = _sided(role, is_left)
    names = [f"{head}:{bucket}", f"{head}:crossed" if is_crossed else f"{head}:clause"]
    if not is_crossed and not has_number:
        names.append(f"{head}:free")
        if not has_comma:
            names.append(f"{head}:bare")
    return tuple(names)
