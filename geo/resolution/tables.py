"""Resolve the place names of a table, each distinct name with its hints once.

A table says what an article leaves to be guessed: the country and the units around a place.
Those constrain: no resolution contradicts a hint that the gazetteer knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from gazetteer.distance import place_distance_km
from geo.models import Mention, RankedCandidate, Resolution, Span
from geo.resolution.precision import precision_of
from geo.resolution.table_hints import HintFinder, Hints
from geo.resolution.table_names import Reading, read_name

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import Candidate, Place

_MATCH_SCORES = {
    "exact": 3.0, "folded": 2.7, "inflected": 2.2, "transliterated": 1.6, "fuzzy": 1.0,
}  # fmt: skip
_SURE = ("exact", "folded")
_FAR_KM = 75.0  # a place farther than this from the point of its second-level unit is not in it
_NEAR_KM = 25.0
_MOST = 5
# Among the names of one country most misspellings are other places' names: only close ones
# count, and without a unit as hint only the closest.
_LEAST_SIMILARITY = {"transliterated": 0.9, "fuzzy": 0.8}
_LEAST_ALONE = {"transliterated": 0.95, "fuzzy": 0.88}
_PER_DIGIT = 0.6  # a place ten times as large is so much likelier
_SEATS = {"PPLC": 0.5, "PPLA": 0.5, "PPLA2": 0.2, "PPLA3": 0.1}
_LEAST_MARGIN = 0.5  # below it namesakes in other first-level units leave the name open


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuery:
    """Ask for a place as a table names it, with what the table says around it."""

    name: str | None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None


def resolve_places(
    queries: Iterable[PlaceQuery], gazetteer: Gazetteer
) -> dict[PlaceQuery, Resolution]:
    """Resolve each distinct query once.

    A name that is unknown is put at the smallest unit that the hints name: ``method`` is then
    ``unit``, and the precision that unit's. Without any it stays unresolved, and so does one
    that several places have alike; those are kept as candidates.
    """
    resolver = Resolver(gazetteer)
    return {query: resolver.resolve(query) for query in dict.fromkeys(queries)}


class Resolver:
    """Resolve queries, remembering the units that hints name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.finder = HintFinder(gazetteer)

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that the query means."""
        hints = self.finder.find(query.country, query.admin1, query.admin2)
        readings = read_name(query.name) if query.name else ()
        ranked = self._rank_elsewhere(readings, hints) or self._rank(readings, hints)
        mention = _mention(query.name or query.admin2 or query.admin1 or query.country or "")
        if ranked and not self._is_open(ranked):
            return _resolution(mention, ranked, hints)
        return _at_unit(mention, ranked, hints, is_named=bool(query.name))

    def _rank_elsewhere(self, readings: Sequence[Reading], hints: Hints) -> list[RankedCandidate]:
        """Score exact candidates in the second-level unit, where it lies outside the first.

        The smaller unit is the surer hint: first-level borders were redrawn since.
        """
        if hints.elsewhere is None:
            return []
        redrawn = hints._replace(admin1=None, admin2=hints.elsewhere)
        return [r for r in self._rank(readings, redrawn) if r.candidate.match in _SURE]

    def _rank(self, readings: Sequence[Reading], hints: Hints) -> list[RankedCandidate]:
        """Score the candidates of exact readings; alike names only where there are none."""
        for look_up in (self.gazetteer.lookup, self.gazetteer.transliterated, self.gazetteer.fuzzy):
            scored: dict[str, RankedCandidate] = {}
            for reading in readings:
                for candidate in look_up(reading.name):
                    self._score(candidate, reading, hints, scored)
            if scored:
                return sorted(scored.values(), key=lambda r: (-r.score, r.candidate.place.id))
        return []

    def _score(
        self,
        candidate: Candidate,
        reading: Reading,
        hints: Hints,
        scored: dict[str, RankedCandidate],
    ) -> None:
        place = candidate.place
        if not self._is_allowed(candidate, reading, hints):
            return
        reasons = tuple(_reasons(candidate, reading, hints))
        score = sum(weight for _, weight in reasons)
        known = scored.get(place.id)
        if known is None or known.score < score:
            scored[place.id] = RankedCandidate(candidate=candidate, score=score, reasons=reasons)

    def _is_allowed(self, candidate: Candidate, reading: Reading, hints: Hints) -> bool:
        place = candidate.place
        if candidate.name.kind == "demonym" or place.lon is None:
            return False
        if not _is_close(candidate, reading, hints):
            return False
        if hints.code and place.admin.country != hints.code:
            return False
        return all(self._is_in(place, u) for u in (hints.admin1, hints.admin2) if u is not None)

    def _is_in(self, place: Place, unit: Place) -> bool:
        """Tell whether a place lies in a unit: by codes, by distance where it has none."""
        if place.id == unit.id or self.gazetteer.within(place, unit):
            return True
        if unit.feature_code == "ADM1":
            return place.admin.admin1 is None and _is_near(place, unit)
        same = place.admin.admin1 in (unit.admin.admin1, None)
        return place.admin.admin2 is None and same and _is_near(place, unit)

    def _is_open(self, ranked: Sequence[RankedCandidate]) -> bool:
        """Tell whether a namesake elsewhere is about as likely as the best."""
        best = ranked[0].candidate.place
        return any(
            other.candidate.place.admin.admin1 != best.admin.admin1
            and not _is_near(other.candidate.place, best)
            for other in ranked[1:]
            if ranked[0].score - other.score < _LEAST_MARGIN
        )


def _is_near(place: Place, other: Place) -> bool:
    km = place_distance_km(place, other)
    return km is not None and km <= max(_FAR_KM, 1.5 * (other.radius_km or 0))


def _is_close(candidate: Candidate, reading: Reading, hints: Hints) -> bool:
    """Tell whether a name is alike enough: closely, where little else speaks for it."""
    least = _LEAST_SIMILARITY if hints.admin1 or hints.admin2 else _LEAST_ALONE
    if candidate.match not in least:
        return True
    first, second = reading.name[:1].casefold(), candidate.name.name[:1].casefold()
    alike = candidate.match == "transliterated" or first == second
    return alike and candidate.similarity >= least[candidate.match]


def _reasons(candidate: Candidate, reading: Reading, hints: Hints) -> Iterator[tuple[str, float]]:
    place = candidate.place
    yield candidate.match, _MATCH_SCORES[candidate.match] * candidate.similarity
    if reading.penalty:
        yield "reading", -reading.penalty
    if candidate.name.kind == "primary":
        yield "primary name", 0.3
    settlement = place.feature_class == "P"
    if reading.kind in ("settlement", "unit"):
        yield "kind", 3.0 if settlement == (reading.kind == "settlement") else -3.0
    elif place.feature_code.startswith(("ADM1", "PCL")):
        yield "well-known unit", 1.2
    elif place.feature_code.startswith("ADM"):
        yield "unit", 0.2
    if place.feature_code == "ADM4":
        yield "smallest unit", -0.1
    if settlement and place.population:
        yield "population", _PER_DIGIT * log10(1 + place.population)
    if place.feature_code in _SEATS:
        yield "seat", _SEATS[place.feature_code]
    if place.located == "unit":
        yield "not located", -0.3
    if hints.admin2 is not None:
        km = place_distance_km(place, hints.admin2)
        yield "distance to unit", -min(1.0, (km or 0) / _FAR_KM)


def _mention(text: str) -> Mention:
    return Mention(span=Span(0, len(text)), text=text, names=(text,))


def _resolution(mention: Mention, ranked: Sequence[RankedCandidate], hints: Hints) -> Resolution:
    best = ranked[0]
    margin = best.score - ranked[1].score if len(ranked) > 1 else best.score
    place = best.candidate.place
    precision, radius = _precision(place, mention)
    how = "table hints" if hints.country else "name alone"
    return Resolution(
        mention=mention,
        place=place,
        lon=place.lon,
        lat=place.lat,
        confidence=_confidence(best, margin, len(ranked)),
        margin=round(margin, 3),
        geo_precision=precision,
        radius_km=radius,
        method="unit" if place.located == "unit" else "gazetteer",
        candidates=tuple(ranked[:_MOST]),
        explanation=(
            how,
            *hints.notes,
            *(f"{name} {weight:+.2f}" for name, weight in best.reasons),
        ),
    )


def _precision(place: Place, mention: Mention) -> tuple[int, float | None]:
    """Return the precision of the place as the cell means it.

    "Taze township" at the town of Taze is a district; "outskirts of Qah" are near it.
    """
    precision, radius = precision_of(place, mention)
    kind = next(iter(read_name(mention.text)), Reading("", None)).kind
    if precision == 1 and kind == "unit":
        return 3, max(_NEAR_KM, radius or 0)
    if precision == 1 and kind == "near":
        return 2, _NEAR_KM
    return precision, radius


def _confidence(best: RankedCandidate, margin: float, rivals: int) -> float:
    """Return a number between 0 and 1 that grows with the match and the margin."""
    match = min(1.0, _MATCH_SCORES[best.candidate.match] * best.candidate.similarity / 3)
    alone = 1.0 if rivals == 1 else min(1.0, 0.5 + margin / 2)
    return round(match * alone, 3)


def _at_unit(
    mention: Mention, ranked: Sequence[RankedCandidate], hints: Hints, *, is_named: bool
) -> Resolution:
    """Put a name that is unknown or open at the smallest unit known, or nowhere."""
    unit = hints.smallest
    why = "several places have the name alike" if ranked else f"{mention.text!r} is unknown"
    why = why if is_named else "no place is named"
    located = unit is not None and unit.lon is not None
    precision, radius = precision_of(unit, mention) if unit and located else (9, None)
    return Resolution(
        mention=mention,
        place=unit,
        lon=unit.lon if unit else None,
        lat=unit.lat if unit else None,
        confidence=0.3 if located else 0.0,
        margin=0.0,
        geo_precision=precision,
        radius_km=radius,
        method="unit" if located else "unresolved",
        candidates=tuple(ranked[:_MOST]),
        explanation=(why, *hints.notes, *([f"put at {unit.name}"] if unit else [])),
    )
