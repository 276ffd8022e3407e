"""Describe the pair of an area and a place, to tell whether it is ground of that place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geo.events.context import Counted, Located, Sentence
from geo.events.ground_candidates import (
    AREAL,
    FARTHEST,
    TOUCHING,
    Ground,
    Owned,
    is_same_ground,
)
from geo.events.link_features import LinkFeatures, bucket
from geo.events.listing import are_listed
from geo.events.measures import Measured, belongs_to

AREA = "area"
_LIKELY = 0.4
_MARKS = ("total", "since", "subset", "additional", "update", "previous", "ownership", "there",
          "frontline", "umbrella", "control_claim")  # fmt: skip
_GAINS = ("capture", "liberate", "lose", "advance", "control_claim", "speech")
_QUARTER = "quarter"  # "in the south"
_QUARTER_REACH = 5
_PUT, _PUT_FAR = 4, 12
_PARTING = ("and", "speech", "seat")
_SEAT = 3
_BESIDE = ("in", "near", "on", "of", "from", "to", "frontline", "generic_region", "speech", "seat")


class GroundFeatures:
    """Describe the areas of a sentence with the places that they may belong to.

    `chances` gives, by the identity of each place of the document, how likely it is that
    something happens there.
    """

    def __init__(self, sentence: Sentence, chances: Mapping[int, float]) -> None:
        self._sentence = sentence
        self._chances = chances
        self._links = LinkFeatures(sentence, chances)

    def describe(
        self,
        measured: Measured,
        fellows: Sequence[Measured],
        before: Sequence[Owned],
        ground: Ground,
    ) -> list[str]:
        """Return the features of an area with one of the places it may belong to.

        `fellows` are all areas of its sentence, `before` those told earlier with their places.
        """
        count = measured.count
        marks = list(self._marks(measured, fellows))
        features = list(self._ground(ground))
        side = features[0]
        state = _state(measured, before, ground)
        features += [f"{state}", f"{state}&{side}"]
        features += [f"{mark}&{side}" for mark in marks]
        features += [f"{mark}&{state}" for mark in marks]
        features.append(f"{state}&{_compared(measured, before)}")
        if ground.steps:
            features += self._apart(measured, ground)
        else:
            features += self._links.describe(count, AREA, ground.place)
            features += self._between(measured, fellows, ground.place)
        return features

    def _ground(self, ground: Ground) -> Iterator[str]:
        """Describe a place for any area of the sentence; the first name is where it stands."""
        resolution = ground.place.resolution
        side = "here" if not ground.steps else "back"
        yield side
        yield f"{side}:kind {resolution.geo_precision}"
        yield f"{side}:chance {bucket(self._chances[id(ground.place)])}"
        if resolution.flank is not None:
            yield f"{side}:flank"
        place, sentence = ground.place, ground.sentence
        for concept in _GAINS:
            positions = sentence.concepts.get(concept, ())
            if any(not sentence.breaks_between(p, place.first) for p in positions):
                yield f"{side}:{concept} in clause"
        yield from (f"{side}:{name}" for name in _listed(sentence, ground.order))
        ahead = place.first - 1
        for concept in _BESIDE:
            positions = sentence.concepts.get(concept, ())
            if any(0 <= ahead - p <= 1 for p in positions):
                yield f"{side}:behind {concept}"
            if any(0 < p - place.last <= 1 for p in positions):
                yield f"{side}:followed by {concept}"
        seats = (p for c in ("seat", "speech") for p in sentence.concepts.get(c, ()))
        if any(0 <= ahead - p <= _SEAT for p in seats):
            yield f"{side}:where one speaks"
        behind = sentence.places[ground.order + 1 : ground.order + 2]
        if behind and behind[0].first - place.last <= TOUCHING:
            yield f"{side}:kind {resolution.geo_precision}, another place right behind"

    def _marks(self, measured: Measured, fellows: Sequence[Measured]) -> Iterator[str]:
        """Say which words stand around an area, and where in its sentence it stands."""
        sentence, count = self._sentence, measured.count
        for concept in _MARKS:
            positions = sentence.concepts.get(concept, ())
            if not positions:
                continue
            yield f"with {concept}"
            if any(belongs_to(p, measured, fellows) for p in positions):
                yield f"own {concept}"
        quarters = [p for p in sentence.concepts.get(_QUARTER, ()) if not _leads_to(sentence, p)]
        if quarters:
            yield "with quarter"
        if any(belongs_to(p, measured, fellows) for p in quarters):
            yield "own quarter"
        at = next(n for n, fellow in enumerate(fellows) if fellow.count is count)
        yield f"area {min(at, 2)} of {min(len(fellows), 3)}"
        yield "before all places" if _leads(sentence, count) else "behind a place"
        yield f"places {min(len(sentence.places), 3)}"

    def _apart(self, measured: Measured, ground: Ground) -> Iterator[str]:
        """Compare an area with a place of an earlier sentence."""
        sentence = self._sentence
        yield f"back:{min(ground.steps, FARTHEST + 1)}"
        yield f"back:rank {min(ground.rank, 3)}"
        yield f"back:order {min(ground.order, 2)}"
        if ground.order == len(ground.sentence.places) - 1:
            yield "back:last of its sentence"
        if ground.sentence.heading:
            yield "back:heading"
        if ground.sentence.paragraph != sentence.paragraph:
            yield "back:another paragraph"
        yield "back:something happens" if ground.sentence.happening else "back:nothing happens"
        yield f"back:areas {'area_units' in ground.sentence.concepts}"
        only = "only place" if len(ground.sentence.places) == 1 else "several places"
        lone = "no place here" if not sentence.places else "places here"
        steps = min(ground.steps, FARTHEST + 1)
        yield f"back:{lone}, {only} {steps} back"
        yield f"back:{lone}, rank {min(ground.rank, 3)}, {steps} back"
        best = max((self._chances[id(p)] for p in sentence.places), default=0.0)
        yield f"back:best here {bucket(best)}"
        yield f"back:places here {min(len(sentence.places), 2)}"
        finer = any(p.resolution.geo_precision <= 2 for p in ground.sentence.places)
        if ground.is_areal and finer:
            yield "back:finer place beside"
        if measured.inherited:
            yield "back:no unit"

    def _between(
        self, measured: Measured, fellows: Sequence[Measured], place: Located
    ) -> Iterator[str]:
        """Say what stands between an area and a place of its sentence."""
        count, sentence = measured.count, self._sentence
        ahead = count.last < place.first
        side = "ahead" if ahead else "behind"
        low, high = (count.last, place.first) if ahead else (place.last, count.first)
        areas = sum(low < f.count.first < high for f in fellows)
        if ahead and not areas and is_put(sentence, count, place):
            yield "ahead:put there"
        yield f"{side}:areas {min(areas, 2)}"
        for concept in ("since", "total", "subset", "additional", "speech", "lose", "capture",
                        "liberate"):  # fmt: skip
            if any(low < p < high for p in sentence.concepts.get(concept, ())):
                yield f"{side}:{concept} between"
                yield f"{side}:{concept} between&areas {min(areas, 2)}"
        finer = [p for p in sentence.places if p.resolution.geo_precision <= 2]
        if place.resolution.geo_precision in AREAL and finer:
            crossed = min(sentence.breaks_between(p.first, count.first) for p in finer)
            yield f"{side}:finer place, {min(crossed, 2)} breaks from the area"


def is_put(sentence: Sentence, count: Counted, place: Located) -> bool:
    """Tell "2.5 km² last week around X": a preposition between, no comma, clause or other place."""
    gap = range(count.last + 1, place.first)
    if not 0 < len(gap) <= _PUT_FAR or any(p.first in gap for p in sentence.places):
        return False
    if sentence.commas_between(count.last, place.first):
        return False
    if sentence.breaks_between(count.last, place.first):
        return False
    concepts = sentence.concepts
    if any(p in gap for c in _PARTING for p in concepts.get(c, ())):
        return False
    return any(p in gap[-_PUT:] for c in ("in", "near", "on") for p in concepts.get(c, ()))


def _leads_to(sentence: Sentence, position: int) -> bool:
    """Tell "in the south of X", which names the place, from "in the south"."""
    return any(0 < place.first - position <= _QUARTER_REACH for place in sentence.places)


def _listed(sentence: Sentence, order: int) -> Iterator[str]:
    """Say where in a list of places one stands."""
    places = sentence.places
    behind = order > 0 and are_listed(sentence, places[order - 1], places[order])
    ahead = order + 1 < len(places) and are_listed(sentence, places[order], places[order + 1])
    if behind:
        yield "further down a list"
    elif ahead:
        yield "first of a list"


def _leads(sentence: Sentence, count: Counted) -> bool:
    return not sentence.places or count.last < sentence.places[0].first


def _state(measured: Measured, before: Sequence[Owned], ground: Ground) -> str:
    """Say whether areas told before were given to a place."""
    if not before:
        return "first area"
    if is_same_ground(before[-1].place, ground.place):
        return "has the last area"
    if any(is_same_ground(one.place, ground.place) for one in before):
        return "has an earlier area"
    return "others have areas" if any(one.place for one in before) else "areas of no place"


def _compared(measured: Measured, before: Sequence[Owned]) -> str:
    """Compare an area with the last one told before."""
    value = measured.km2.best
    last = before[-1].measured.km2.best if before else None
    if value is None or last is None:
        return "none to compare"
    return "greater" if value > last else "smaller"
