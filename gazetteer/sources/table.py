"""Read the user's own places, areas and named sectors: CSV, xlsx, GeoJSON, GeoPackage.

Columns (in any order, case and of these spellings; only a name and a position are needed):

- ``name``; ``names`` (further ones, parted by ``;``, with a language as ``uk:Степне``),
- ``lat``/``latitude``/``y`` and ``lon``/``lng``/``longitude``/``x`` in degrees, or ``wkt``, or the
  feature's own shape,
- ``kind`` (village, town, city, site, area, sector, line, district, region …), ``radius_km``,
- ``country`` (ISO alpha-2), ``admin1`` (GeoNames code), ``population``,
- ``id``, ``geonameid``, ``katottg``, ``pcode``: what joins it with places already known.

These places win over all other sources. Options: ``country``, ``encoding``, ``layer``.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.names import fold
from gazetteer.sources.importing import known_options
from gazetteer.sources.vector import Feature, Spot, read_features, spot_of, text_of
from gazetteer.sources.workbook import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from gazetteer.sources.importing import Skip

TITLE = "a table of places (name, lat, lon …)"
LICENCE = "the user's own"
WINS = True
_ALIASES = {
    "latitude": "lat", "y": "lat", "lng": "lon", "long": "lon", "longitude": "lon", "x": "lon",
    "place": "name", "title": "name", "type": "kind", "radius": "radius_km", "geometry": "wkt",
    "iso2": "country", "country_code": "country", "alt_names": "names", "aliases": "names",
    "geoname_id": "geonameid", "geonames_id": "geonameid",
}  # fmt: skip
_KINDS = {
    "village": ("P", "PPL"), "town": ("P", "PPL"), "city": ("P", "PPL"), "place": ("P", "PPL"),
    "settlement": ("P", "PPL"), "hamlet": ("P", "PPL"), "quarter": ("P", "PPLX"),
    "area": ("L", "RGN"), "sector": ("L", "RGN"), "front": ("L", "RGN"), "region": ("A", "ADM1"),
    "oblast": ("A", "ADM1"), "district": ("A", "ADM2"), "raion": ("A", "ADM2"),
    "community": ("A", "ADM3"), "hromada": ("A", "ADM3"), "site": ("S", "SITE"),
    "base": ("S", "INSM"), "bridge": ("S", "BDG"), "airport": ("S", "AIRP"), "road": ("R", "RD"),
    "line": ("L", "LCTY"), "river": ("H", "STM"), "lake": ("H", "LK"), "sea": ("H", "SEA"),
    "forest": ("V", "FRST"), "mountain": ("T", "MT"), "island": ("T", "ISL"),
}  # fmt: skip
_SECTOR_RADIUS_KM = 25.0
_SPREADSHEETS = frozenset({".xlsx"})
_TEXTS = frozenset({".csv", ".tsv", ".txt"})
_LANGUAGE = re.compile(r"([a-z]{2,3}):(.+)")
_COUNTRY = re.compile(r"[A-Za-z]{2}")


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield the rows that have a name and a position."""
    known_options(options, "country", "encoding", "layer")
    for feature in _read_rows(path, skip, options):
        row = _normalise(feature.properties)
        try:
            spot = _spot(row, feature)
            yield _record(row, spot, name, options.get("country", ""))
        except ValueError as error:
            skip(feature.number, str(error))


def _read_rows(path: Path, skip: Skip, options: Mapping[str, str]) -> Iterator[Feature]:
    ending = path.suffix.lower()
    if ending in _TEXTS:
        return _read_csv(path, options.get("encoding", "utf-8-sig"))
    if ending in _SPREADSHEETS:
        return _read_sheet(path)
    return read_features(path, skip, layer=options.get("layer"))


def _read_csv(path: Path, encoding: str) -> Iterator[Feature]:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            heading = stream.readline()
            delimiter = max(";\t,", key=heading.count)
            stream.seek(0)
            reader = csv.DictReader(stream, delimiter=delimiter)
            _check_heading(path, reader.fieldnames or ())
            for row in reader:
                yield Feature(reader.line_num, {str(k): v for k, v in row.items()}, None)
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(
            f"{path} cannot be read as {encoding} ({error}); give the option encoding"
        ) from error
    except csv.Error as error:
        raise SourceError(f"{path} is no CSV table ({error})") from error


def _read_sheet(path: Path) -> Iterator[Feature]:
    with open_workbook(path) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        heading = [str(cell or "") for cell in next(rows, ())]
        _check_heading(path, heading)
        for number, row in enumerate(rows, start=2):
            yield Feature(number, dict(zip(heading, row, strict=False)), None)


def _check_heading(path: Path, heading: Sequence[str]) -> None:
    columns = {_column(column) for column in heading}
    if "name" not in columns or not ({"lat", "lon"} <= columns or "wkt" in columns):
        raise SourceError(
            f"{path}: the first line must name the columns name, lat and lon (or name and wkt); "
            f"it has {', '.join(heading) or 'nothing'}"
        )


def _column(heading: str) -> str:
    column = heading.strip().lower().replace(" ", "_")
    return _ALIASES.get(column, column)


def _normalise(properties: Mapping[str, Any]) -> dict[str, str]:
    return {_column(str(key)): text_of(value) for key, value in properties.items()}


def _spot(row: Mapping[str, str], feature: Feature) -> Spot:
    if feature.shape is not None:
        return spot_of(feature.shape)
    if row.get("wkt"):
        import shapely

        try:
            return spot_of(shapely.make_valid(shapely.from_wkt(row["wkt"])))
        except shapely.GEOSException as error:
            raise ValueError(f"unreadable wkt ({error})") from error
    lat, lon = (_degrees(row.get(column, ""), column) for column in ("lat", "lon"))
    if abs(lat) > 90:
        raise ValueError(f"latitude {lat} is beyond 90; are lat and lon swapped?")
    return Spot(lon, lat, None, None)


def _degrees(text: str, column: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"{column} is {text!r}, not a number of degrees") from None


def _record(row: Mapping[str, str], spot: Spot, source: str, country: str) -> Record:
    if not row.get("name"):
        raise ValueError("no name")
    letter, code = _feature(row.get("kind", "").lower(), spot)
    place = Place(
        id=_identifier(row, spot, source),
        name=row["name"],
        lon=spot.lon,
        lat=spot.lat,
        feature_class=letter,
        feature_code=code,
        admin=AdminCodes(country=_country(row, country), admin1=row.get("admin1") or None),
        population=_whole(row, "population"),
        radius_km=_radius(row, spot, code),
        geonameid=_whole(row, "geonameid"),
        codes=tuple((scheme, row[scheme]) for scheme in ("katottg", "pcode") if row.get(scheme)),
        sources=(source,),
    )
    return Record(place, tuple(_names(row)), spot.outline)


def _identifier(row: Mapping[str, str], spot: Spot, source: str) -> str:
    if row.get("geonameid"):
        return f"gn:{_whole(row, 'geonameid')}"
    if row.get("katottg"):
        return f"katottg:{row['katottg']}"
    own = row.get("id") or f"{fold(row['name'])}.{spot.lon:.3f}.{spot.lat:.3f}"
    return f"user:{source}:{own}"


def _feature(kind: str, spot: Spot) -> tuple[str, str]:
    if not kind:
        return ("L", "RGN") if spot.outline else ("P", "PPL")
    if kind not in _KINDS:
        raise ValueError(f"unknown kind {kind!r}; known: {', '.join(sorted(_KINDS))}")
    return _KINDS[kind]


def _country(row: Mapping[str, str], default: str) -> str | None:
    country = row.get("country") or default
    if country and not _COUNTRY.fullmatch(country):
        raise ValueError(f"country is {country!r}, not two letters of ISO 3166-1 such as UA")
    return country.upper() or None


def _whole(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "").replace(" ", "").removesuffix(".0")
    if not text:
        return None
    if not text.isdigit():
        raise ValueError(f"{column} is {text!r}, not a whole number")
    return int(text) or None


def _radius(row: Mapping[str, str], spot: Spot, code: str) -> float | None:
    if row.get("radius_km"):
        radius = _degrees(row["radius_km"], "radius_km")
        if radius <= 0:
            raise ValueError(f"radius_km is {radius}, not more than 0")
        return radius
    return spot.radius_km or (_SECTOR_RADIUS_KM if code == "RGN" else None)


def _names(row: Mapping[str, str]) -> Iterator[Name]:
    yield Name(row["name"], None, "primary")
    for entry in row.get("names", "").split(";"):
        tagged = _LANGUAGE.fullmatch(entry.strip())
        if tagged:
            yield Name(tagged[2].strip(), tagged[1])
        elif entry.strip():
            yield Name(entry.strip())
    for column, value in row.items():
        language = column.removeprefix("name_")
        if language != column and value and 2 <= len(language) <= 3:
            yield Name(value, language)
