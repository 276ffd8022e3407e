"""Sum up what the gazetteer knows of a name: what is known best by it, and how well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer import Candidate, Gazetteer

_MOST_CANDIDATES = 30
_BIG = 50_000
_CITY, _TOWN = 100_000, 5_000
_SIZES = (1, 1_000, 10_000, 100_000, 1_000_000)
_UNITS = (("PCLI", "country"), ("ADM1", "admin1"), ("ADM2", "admin2"), ("PPLC", "capital"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Hold the standing of a name, whatever text it stands in.

    ``rank`` is ``country``, ``capital``, ``admin1``, ``city``, ``town``, ``small`` or
    ``nothing``; ``homes`` are the countries of its places, ``home`` that of the best-known one
    where it is well known; ``features`` say the rest.
    """

    rank: str
    homes: frozenset[str | None]
    home: str | None
    features: tuple[str, ...]


@lru_cache(maxsize=20_000)
def standing_of(names: tuple[str, ...], alike: str | None, gazetteer: Gazetteer) -> Standing:
    """Return the standing of the names to look up, or of those that sound like `alike`."""
    if alike is None:
        found = [candidate for name in names for candidate in gazetteer.lookup(name)]
    else:
        found = list(gazetteer.transliterated(alike))
    found = found[:_MOST_CANDIDATES]
    return Standing(
        rank=_rank(found),
        homes=frozenset(candidate.place.admin.country for candidate in found),
        home=_home(found),
        features=tuple(_features(found)),
    )


def _rank(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "nothing"
    codes = {candidate.place.feature_code for candidate in candidates}
    if any(code.startswith("PCL") for code in codes):
        return "country"
    if "PPLC" in codes:
        return "capital"
    if "ADM1" in codes:
        return "admin1"
    population = _most_people(candidates)
    return "city" if population >= _CITY else "town" if population >= _TOWN else "small"


def _most_people(candidates: Sequence[Candidate]) -> int:
    return max((candidate.place.population or 0 for candidate in candidates), default=0)


def _home(candidates: Sequence[Candidate]) -> str | None:
    if not candidates:
        return None
    place = candidates[0].place
    known = place.feature_code.startswith("PCL") or place.feature_code == "ADM1"
    return place.admin.country if known or (place.population or 0) >= _BIG else None


def _features(candidates: Sequence[Candidate]) -> Iterator[str]:
    if not candidates:
        yield "no candidate"
        return
    codes = {candidate.place.feature_code for candidate in candidates}
    yield from (f"has {name}" for code, name in _UNITS if code in codes)
    if any(code.startswith("P") and not code.startswith("PCL") for code in codes):
        yield "has settlement"
    population = _most_people(candidates)
    yield f"best:{sum(population >= bound for bound in _SIZES)}"
    if all(candidate.place.located == "unit" for candidate in candidates):
        yield "by name only"
    if len(candidates) > 6:
        yield "many candidates"
    if all(candidate.name.kind == "demonym" for candidate in candidates):
        yield "demonym"
    if any(candidate.match == "exact" for candidate in candidates):
        yield "spelt so"
    if any(c.name.kind in ("primary", "official", "exonym") for c in candidates):
        yield "proper name"
    yield f"similarity:{int(max(candidate.similarity for candidate in candidates) * 5)}"
