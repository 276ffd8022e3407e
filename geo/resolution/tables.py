"""Resolve the place names of a table, each distinct name with its hints once.

A table says what an article leaves to be guessed: the country and the units around a place.
Those constrain: no resolution contradicts a hint that the gazetteer knows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.distance import place_distance_km
from geo.models import Mention, RankedCandidate, Resolution, Span
from geo.resolution.precision import precision_of

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import Candidate, Place

_MATCH_SCORES = {
    "exact": 3.0, "folded": 2.7, "inflected": 2.2, "transliterated": 1.6, "fuzzy": 1.0,
}  # fmt: skip
_FAR_KM = 75.0  # a place farther than this from the point of its second-level unit is not in it
_MOST = 5
_LEAST_SIMILARITY = 0.72
_BRACKETS = re.compile(r"\(([^)]*)\)")
_SEVERAL = re.compile(r"\b(between|and|road|border|area)\b|[–—&]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuery:
    """Ask for a place as a table names it, with what the table says around it."""

    name: str | None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None


class _Hints(NamedTuple):
    """Hold the units that a query's hints were found to be, ``None`` where unknown."""

    country: str | None
    admin1: Place | None
    admin2: Place | None


class _Reading(NamedTuple):
    """Hold one way to read a cell: a name, what its generic word says, how far it departs."""

    name: str
    kind: str | None
    penalty: float


def resolve_places(
    queries: Iterable[PlaceQuery], gazetteer: Gazetteer
) -> dict[PlaceQuery, Resolution]:
    """Resolve each distinct query once.

    A name that is unknown is put at the smallest unit that the hints name: ``method`` is then
    ``unit``, and the precision that unit's. Without any it stays unresolved.
    """
    resolver = _Resolver(gazetteer)
    return {query: resolver.resolve(query) for query in dict.fromkeys(queries)}


class _Resolver:
    """Resolve queries, remembering the units that hints name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._countries: dict[str, Place | None] = {}
        self._units: dict[tuple[str, str | None, str | None, str], Place | None] = {}

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that the query means."""
        hints = self._hints(query)
        readings = list(read_name(query.name)) if query.name else []
        ranked = self._rank(readings, hints)
        mention = _mention(query.name or query.admin2 or query.admin1 or query.country or "")
        if ranked:
            return _resolution(mention, ranked, "table hints" if hints.country else "name alone")
        unit = self._smallest_unit(query, hints)
        return _at_unit(mention, unit) if unit else _unresolved(mention)

    def _rank(self, readings: Sequence[_Reading], hints: _Hints) -> list[RankedCandidate]:
        """Score the candidates of exact readings; alike names only where there are none."""
        for look_up in (self.gazetteer.lookup, self.gazetteer.transliterated, self._fuzzy):
            scored: dict[str, RankedCandidate] = {}
            for reading in readings:
                if look_up == self._fuzzy and reading.penalty > 1:
                    continue
                for candidate in look_up(reading.name):
                    self._score(candidate, reading, hints, scored)
            if scored:
                return sorted(scored.values(), key=lambda r: (-r.score, r.candidate.place.id))
        return []

    def _fuzzy(self, name: str) -> tuple[Candidate, ...]:
        return tuple(c for c in self.gazetteer.fuzzy(name) if c.similarity >= _LEAST_SIMILARITY)

    def _score(
        self,
        candidate: Candidate,
        reading: _Reading,
        hints: _Hints,
        scored: dict[str, RankedCandidate],
    ) -> None:
        place = candidate.place
        if not self._is_allowed(candidate, hints):
            return
        reasons = tuple(self._reasons(candidate, reading, hints))
        score = sum(weight for _, weight in reasons)
        known = scored.get(place.id)
        if known is None or known.score < score:
            scored[place.id] = RankedCandidate(candidate=candidate, score=score, reasons=reasons)

    def _is_allowed(self, candidate: Candidate, hints: _Hints) -> bool:
        place = candidate.place
        if candidate.name.kind == "demonym" or place.lon is None:
            return False
        if hints.country and place.admin.country != hints.country:
            return False
        if hints.admin1 and not self._is_in(place, hints.admin1):
            return False
        return hints.admin2 is None or self._is_in(place, hints.admin2)

    def _is_in(self, place: Place, unit: Place) -> bool:
        """Tell whether a place lies in a unit: by codes, by distance where it has none."""
        if place.id == unit.id or self.gazetteer.within(place, unit):
            return True
        if unit.feature_code == "ADM1":
            return place.admin.admin1 is None and self._is_near(place, unit)
        same = place.admin.admin1 in (unit.admin.admin1, None)
        return place.admin.admin2 is None and same and self._is_near(place, unit)

    def _is_near(self, place: Place, unit: Place) -> bool:
        km = place_distance_km(place, unit)
        return km is not None and km <= max(_FAR_KM, 1.5 * (unit.radius_km or 0))

    def _reasons(
        self, candidate: Candidate, reading: _Reading, hints: _Hints
    ) -> Iterator[tuple[str, float]]:
        place = candidate.place
        yield candidate.match, _MATCH_SCORES[candidate.match] * candidate.similarity
        if reading.penalty:
            yield "reading", -reading.penalty
        if candidate.name.kind == "primary":
            yield "primary name", 0.3
        settlement = place.feature_class == "P"
        if reading.kind is not None:
            yield "kind", 1.5 if settlement == (reading.kind == "settlement") else -1.5
        elif place.feature_code.startswith(("ADM1", "PCL")):
            yield "well-known unit", 1.2
        elif place.feature_code.startswith("ADM"):
            yield "unit", 0.2
        if settlement and place.population:
            yield "population", 0.35 * log10(1 + place.population)
        if place.feature_code in ("PPLC", "PPLA"):
            yield "seat", 0.5
        if place.located == "unit":
            yield "not located", -0.3
        if hints.admin2 is not None:
            km = place_distance_km(place, hints.admin2)
            yield "distance to unit", -min(1.0, (km or 0) / _FAR_KM)

    def _hints(self, query: PlaceQuery) -> _Hints:
        country = self._country(query.country) if query.country else None
        code = country.admin.country if country else None
        admin1 = self._unit(query.admin1, "ADM1", code, None) if query.admin1 else None
        inside = admin1.admin.admin1 if admin1 else None
        admin2 = self._unit(query.admin2, "ADM2", code, inside) if query.admin2 else None
        return _Hints(code, admin1, admin2)

    def _country(self, name: str) -> Place | None:
        if name not in self._countries:
            self._countries[name] = self._find_country(name)
        return self._countries[name]

    def _find_country(self, name: str) -> Place | None:
        for reading in read_name(name):
            for candidate in self.gazetteer.lookup(reading.name):
                if candidate.place.feature_code.startswith("PCL"):
                    return candidate.place
        code = name.strip().upper()
        return next(
            (
                place
                for place in (self.gazetteer.find_place(f"={code}"),)
                if place is not None and len(code) in (2, 3)
            ),
            None,
        )

    def _unit(self, name: str, level: str, country: str | None, inside: str | None) -> Place | None:
        key = (name, country, inside, level)
        if key not in self._units:
            self._units[key] = self._find_unit(name, level, country, inside)
        return self._units[key]

    def _find_unit(
        self, name: str, level: str, country: str | None, inside: str | None
    ) -> Place | None:
        for look_up in (self.gazetteer.lookup, self.gazetteer.transliterated, self._fuzzy):
            for reading in read_name(name):
                for candidate in look_up(reading.name):
                    place = candidate.place
                    if (
                        place.feature_code == level
                        and country in (place.admin.country, None)
                        and inside in (place.admin.admin1, None)
                    ):
                        return place
        return None

    def _smallest_unit(self, query: PlaceQuery, hints: _Hints) -> Place | None:
        country = self._country(query.country) if query.country else None
        return hints.admin2 or hints.admin1 or country


@cache
def _words() -> Mapping[str, str]:
    text = resources.files("geo.resolution").joinpath("table_words.toml").read_text("utf-8")
    return {
        word: kind for kind, table in tomllib.loads(text).items() for word in table["words"].split()
    }


def read_name(cell: str) -> Iterator[_Reading]:
    """Yield the names that a cell may mean, the likeliest first.

    >>> [reading.name for reading in read_name("Kobane/Ayn al Arab town")]
    ['Kobane/Ayn al Arab town', 'Kobane/Ayn al Arab', 'Kobane', 'Ayn al Arab']
    >>> [reading.name for reading in read_name("Myanmar (Burma)")]
    ['Myanmar (Burma)', 'Myanmar', 'Burma']
    """
    seen: set[str] = set()
    for reading in _readings(" ".join(cell.split())):
        name = reading.name.strip(" ,;.-")
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield reading._replace(name=name)


def _readings(cell: str) -> Iterator[_Reading]:
    name, kind = _strip_generic(cell)
    yield _Reading(cell, kind, 0.0)
    yield _Reading(name, kind, 0.0)
    outside = _BRACKETS.sub(" ", cell)
    if outside != cell:
        yield _Reading(*_strip_generic(outside), 0.1)
        for inner in _BRACKETS.findall(cell):
            yield _Reading(*_strip_generic(inner), 0.6)
    for part in re.split(r"\s*/\s*|\s+or\s+|\s+aka\s+", name) if _is_list(name) else ():
        yield _Reading(_strip_generic(part)[0], kind, 0.2)
    head, comma, _rest = cell.partition(",")
    if comma:
        yield _Reading(*_strip_generic(head), 0.3)
    words = name.split()
    if len(words) > 1 and words[0].casefold() in ("al", "el", "ad", "as", "ash", "ar", "at", "az"):
        yield _Reading(" ".join(words[1:]), kind, 0.5)


def _is_list(name: str) -> bool:
    return re.search(r"/|\bor\b|\baka\b", name) is not None and not _SEVERAL.search(name)


def _strip_generic(cell: str) -> tuple[str, str | None]:
    """Take generic words off both ends, and say which kind they name.

    >>> _strip_generic("province of Kirkuk"), _strip_generic("Det Khi Na district")
    (('Kirkuk', 'unit'), ('Det Khi Na', 'unit'))
    """
    words, kind = cell.split(), None
    while len(words) > 1 and _generic(words[-1]):
        last = _generic(words.pop())
        kind = kind or last
    if len(words) > 1 and _generic(words[0]) and (kind is None or _is_link(words[1])):
        first = _generic(words.pop(0))
        kind = kind or first
        while len(words) > 1 and _is_link(words[0]):
            words.pop(0)
    return " ".join(words), kind


def _generic(word: str) -> str | None:
    kind = _words().get(word.casefold().strip(".,"))
    return kind if kind != "links" else None


def _is_link(word: str) -> bool:
    return _words().get(word.casefold()) == "links"


def _mention(text: str) -> Mention:
    return Mention(span=Span(0, len(text)), text=text, names=(text,))


def _resolution(mention: Mention, ranked: Sequence[RankedCandidate], how: str) -> Resolution:
    best = ranked[0]
    margin = next((one.score - two.score for one, two in pairwise(ranked)), best.score)
    place = best.candidate.place
    precision, radius = precision_of(place, mention)
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
        explanation=(how, *(f"{name} {weight:+.2f}" for name, weight in best.reasons)),
    )


def _confidence(best: RankedCandidate, margin: float, rivals: int) -> float:
    """Return a number between 0 and 1 that grows with the match and the margin."""
    match = min(1.0, _MATCH_SCORES[best.candidate.match] * best.candidate.similarity / 3)
    alone = 1.0 if rivals == 1 else min(1.0, 0.5 + margin / 2)
    return round(match * alone, 3)


def _at_unit(mention: Mention, unit: Place) -> Resolution:
    precision, radius = precision_of(unit, mention)
    return Resolution(
        mention=mention,
        place=unit,
        lon=unit.lon,
        lat=unit.lat,
        confidence=0.3,
        margin=0.0,
        geo_precision=precision if unit.lon is not None else 9,
        radius_km=radius if unit.lon is not None else None,
        method="unit",
        explanation=(f"{mention.text!r} is unknown: put at {unit.name}",),
    )


def _unresolved(mention: Mention) -> Resolution:
    return Resolution(
        mention=mention,
        place=None,
        lon=None,
        lat=None,
        confidence=0.0,
        margin=0.0,
        geo_precision=9,
        radius_km=None,
        method="unresolved",
    )
