"""Describe the pair of a number and a place: does the number count what happened there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geo.events.context import Counted, Located, Sentence

_ADJACENT = 4
_CHANCES = (0.1, 0.3, 0.5, 0.7, 0.9)
_LIKELY = 0.4
_FAR = 24
_PERSONAL = ("person", "single", "kin", "military", "killed", "injured", "casualties", "affected")
_TRIGGERS = ("killed", "injured", "casualties", "affected")


class LinkFeatures:
    """Describe the numbers of a sentence with each of its places; what pairs share is made once.

    `chances` gives, by the identity of each place of the sentence, how likely it is that
    something happens there.
    """

    def __init__(self, sentence: Sentence, chances: Mapping[int, float]) -> None:
        self._sentence = sentence
        self._chances = chances
        self._best = max(chances.values(), default=0.0)
        places, concepts = sentence.places, sentence.concepts
        self._of_place = {
            id(place): tuple(self._place(order, place)) for order, place in enumerate(places)
        }
        self._likely = {id(place) for place in places if chances[id(place)] >= _LIKELY}
        words = [p for c in _PERSONAL for p in concepts.get(c, ())]
        self._personal = {
            id(c) for c in sentence.counts if any(c.first <= p < c.last + 4 for p in words)
        }
        self._subsets: Sequence[int] = concepts.get("subset", ())
        self._triggers = [p for c in _TRIGGERS for p in concepts.get(c, ())]

    def _place(self, order: int, place: Located) -> Iterator[str]:
        """Describe a place for any number."""
        places, sentence = self._sentence.places, self._sentence
        yield "bias"
        yield f"rivals:{min(len(places), 4)}"
        yield f"order:{min(order, 3)}"
        level = place.resolution.geo_precision
        yield f"kind:{level}"
        if order == 0:
            yield "first of all"
        if order == len(places) - 1:
            yield "last of all"
        own = self._chances[id(place)]
        yield f"chance:{bucket(own)}"
        if own == self._best:
            yield "likeliest"
        finer = [p for p in places if p.resolution.geo_precision < level] if level >= 3 else ()
        if finer:
            yield "finer place here"
            if any(not sentence.breaks_between(p.first, place.first) for p in finer):
                yield "finer place in clause"

    def describe(self, count: Counted, role: str, place: Located) -> list[str]:
        """Return the features of a number with its role and one of the places."""
        ahead = count.last < place.first
        side = "ahead" if ahead else "behind"
        low, high = (count.last, place.first) if ahead else (place.last, count.first)
        features = [*self._of_place[id(place)], f"number {side}", f"{role}:{side}"]
        features += self._apart(side, low, high)
        is_bare = self._between(features, count, side, low, high)
        features += self._ranks(count, place, side)
        features += self._turns(count, place, side)
        if ahead and high - low <= _ADJACENT and is_bare:
            features.append("right behind the number")
        return features

    def _apart(self, side: str, low: int, high: int) -> tuple[str, ...]:
        distance = max(0, high - low)
        bucket = next((limit for limit in (3, 6, 12) if distance <= limit), _FAR)
        breaks = _cap(self._sentence.breaks_between(low, high))
        commas = _cap(self._sentence.commas_between(low, high))
        return f"{side}:{bucket}", f"{side}:breaks:{breaks}", f"{side}:commas:{commas}"

    def _between(self, features: list[str], count: Counted, side: str, low: int, high: int) -> bool:
        """Add what stands between a number and a place; tell whether neither kind does."""
        counts, places = self._sentence.counts, self._sentence.places
        numbers = sum([low < c.first < high for c in counts if c is not count])
        others = sum([low < r.first < high for r in places])
        features.append(f"{side}:numbers:{_cap(numbers)}")
        features.append(f"{side}:places:{_cap(others)}")
        is_bare = not numbers and not others
        if is_bare:
            features.append(f"{side}:bare")
        if any(low < p < high for p in self._subsets):
            features.append(f"{side}:subset")
        if any(low < p < high for p in self._triggers):
            features.append(f"{side}:trigger")
        if count.last < places[0].first:
            features.append(f"before all, {side}:{_cap(others)}")
        if count.first > places[-1].last:
            features.append(f"after all, {side}:{_cap(others)}")
        return is_bare

    def _ranks(self, count: Counted, place: Located, side: str) -> Iterator[str]:
        """Say whether a place is the nearest to a number, of all and of those in its clause."""
        rivals = self._sentence.places
        if len(rivals) == 1:
            yield from ("nearest", f"nearest {side}")
            yield from ("nearest in clause", f"nearest in clause {side}")
            return
        if min(rivals, key=lambda rival: _distance(count, rival)) is place:
            yield from ("nearest", f"nearest {side}")
        breaks = self._sentence.breaks_between
        clause = min(
            rivals,
            key=lambda rival: (breaks(count.first, rival.first), _distance(count, rival)),
        )
        if clause is place:
            yield from ("nearest in clause", f"nearest in clause {side}")

    def _turns(self, count: Counted, place: Located, side: str) -> Iterator[str]:
        """Say how numbers and likely places take turns: "2 in A, 3 in B" or "A: 2, B: 3"."""
        turns = [
            (p.first, "P", p is place)
            for p in self._sentence.places
            if p is place or id(p) in self._likely
        ]
        turns += [
            (c.first, "N", c is count)
            for c in self._sentence.counts
            if c is count or id(c) in self._personal
        ]
        turns.sort()
        line, folded = "", ""
        for _, kind, _ in turns:
            line += kind
            if folded[-1:] != kind:
                folded += kind
        first, last = (index for index, turn in enumerate(turns) if turn[2])
        yield f"turns:{folded[:4]}:{side}"
        yield f"turns:{folded[:4]}:{side}:{line[first + 1 : last][:3]}"


def bucket(chance: float) -> int:
    """Return the step that a chance reaches."""
    return sum([chance >= bound for bound in _CHANCES])


def _distance(count: Counted, place: Located) -> int:
    return place.first - count.last if count.last < place.first else count.first - place.last


def _cap(value: int) -> int:
    return min(value, 2)
