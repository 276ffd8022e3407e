"""Look up the places that a mention may mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer.models import Candidate, Place
from geo.resolution.heard import hear

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_MOST_NAMES = 10
_MOST_CANDIDATES = 120
_WELL_KNOWN = 100_000  # a name of so large a place is not taken for a variant of another
_LEAST_ALIKE = 0.9
_SHORTEST_ALIKE = 4
_MOST_MISSPELT = 2
_VARIANTS = ("transliterated", "fuzzy")
_SEATS = frozenset({"PPLA", "PPLC"})
_UNITS = frozenset({"ADM1", "CONT", "RGN", "SEA", "OCN"})
_KINDS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "CONT": "continent"}
_CLASSES = {"P": "settlement", "H": "water", "S": "site", "A": "admin3"}


def kind_of(place: Place) -> str:
    """Return the broad kind of a place: country, admin1, admin2, settlement, water, region …."""
    return _kind_of(place.feature_code, place.feature_class)


@cache
def _kind_of(code: str, feature_class: str) -> str:
    if code.startswith("PCL"):
        return "country"
    return _KINDS.get(code) or _CLASSES.get(feature_class, "region")


@lru_cache(maxsize=20_000)
def find_candidates(
    text: str, names: tuple[str, ...], gazetteer: Gazetteer, countries: tuple[str, ...] = ()
) -> tuple[Candidate, ...]:
    """Return the candidates of a mention's `text` and of the `names` it may be a form of.

    Names that sound alike join them unless a well-known place is called so; misspellings are
    looked for only where there is nothing else; what sounds alike in another language's habit
    only in the `countries`. Units come first, then the largest places.
    """
    readings = tuple(dict.fromkeys((text, *names)))[:_MOST_NAMES]
    found = {c.place.id: c for c in reversed(list(_exact(readings, gazetteer)))}
    if not any(_settles(candidate) for candidate in found.values()):
        for candidate in _alike(readings, gazetteer):
            found.setdefault(candidate.place.id, candidate)
    if not found:
        for name in readings[:_MOST_MISSPELT]:
            for candidate in gazetteer.fuzzy(name):
                found.setdefault(candidate.place.id, candidate)
    if countries:
        found = _with_heard(found, hear(readings, countries, gazetteer))
    ordered = sorted(found.values(), key=_fame)
    return tuple(ordered[:_MOST_CANDIDATES])


def with_units(
    candidates: tuple[Candidate, ...], hint: str | None, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Add the regions of the seats among candidates where a region is meant and none was found.

    "Obwód charkowski" is made of the town's name; the region need not be known by it.
    """
    if hint != "admin1" or any(kind_of(c.place) == hint for c in candidates):
        return candidates
    added: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.place.feature_code not in _SEATS:
            continue
        for unit in gazetteer.ancestors(candidate.place):
            if kind_of(unit) == hint:
                name = replace(candidate.name, place_id=unit.id)
                added.setdefault(unit.id, replace(candidate, place=unit, name=name))
    return (*added.values(), *candidates)


def _with_heard(found: dict[str, Candidate], heard: tuple[Candidate, ...]) -> dict[str, Candidate]:
    """Return what was found with what was heard: by their sound one of these is likest.

    Where there is any, the variants and misspellings that were found in its country go.
    """
    countries = {candidate.place.admin.country for candidate in heard}
    kept = {
        place_id: candidate
        for place_id, candidate in found.items()
        if candidate.match not in _VARIANTS or candidate.place.admin.country not in countries
    }
    return {candidate.place.id: candidate for candidate in heard} | kept


def _exact(readings: tuple[str, ...], gazetteer: Gazetteer) -> Iterator[Candidate]:
    for order, name in enumerate(readings):
        for candidate in gazetteer.lookup(name):
            if candidate.name.kind == "demonym":
                continue
            inflected = order and name.casefold() != readings[0].casefold()
            yield replace(candidate, match="inflected") if inflected else candidate


def _alike(readings: tuple[str, ...], gazetteer: Gazetteer) -> Iterator[Candidate]:
    for name in readings:
        if len(name) >= _SHORTEST_ALIKE:
            for candidate in gazetteer.transliterated(name):
                if candidate.similarity >= _LEAST_ALIKE:
                    yield candidate


def _settles(candidate: Candidate) -> bool:
    """Tell whether a candidate is so well known by these very letters that no variant is meant."""
    place = candidate.place
    code = place.feature_code
    known = code.startswith("PCL") or code in _UNITS or (place.population or 0) >= _WELL_KNOWN
    return known and candidate.match in ("exact", "folded")


def _fame(candidate: Candidate) -> tuple[bool, int]:
    place = candidate.place
    return (kind_of(place) == "settlement", -(place.population or 0))
