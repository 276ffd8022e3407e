"""Read OpenStreetMap places: Overpass JSON (``out center``) or GeoJSON made of it.

Tags read: name, name:xx, old_name, alt_name, int_name, place, admin_level, boundary, wikidata,
population, katotth, ISO3166-2. Option: ``country`` (ISO 3166-1 alpha-2, which OSM leaves out).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.importing import known_options
from gazetteer.sources.vector import Feature, Spot, read_features, spot_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.models import NameKind
    from gazetteer.sources.importing import Skip

TITLE = "OpenStreetMap places (Overpass JSON or GeoJSON)"
LICENCE = "OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"
WINS = False
_SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "isolated_dwelling", "farm"})
_QUARTERS = frozenset({"suburb", "quarter", "neighbourhood", "borough"})
_WATERS = {"river": "STM", "stream": "STM", "canal": "CNL"}
_LEVELS = {"2": "PCLI", "4": "ADM1", "6": "ADM2", "7": "ADM3"}
_NAME_TAGS: tuple[tuple[str, NameKind], ...] = (
    ("int_name", "alternate"),
    ("official_name", "official"),
    ("alt_name", "alternate"),
    ("old_name", "historic"),
)
_LONGEST_LANGUAGE = 3
_CODES = (("katotth", "katottg"), ("ISO3166-2", "iso_3166_2"), ("wikidata", "wikidata"))


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield named settlements, quarters, admin units, waters and other places."""
    known_options(options, "country")
    country = options.get("country", "").upper() or None
    for feature in _read(path, skip):
        tags = {key: text_of(value) for key, value in feature.properties.items()}
        if not tags.get("name"):
            skip(feature.number, "no name")
        elif feature.shape is None:
            skip(feature.number, "no coordinates; ask Overpass for 'out center' or 'out geom'")
        else:
            yield _record(spot_of(feature.shape), tags, name, country)


def _read(path: Path, skip: Skip) -> Iterator[Feature]:
    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise SourceError(f"{path} is no JSON ({error})") from error
    elements = content.get("elements") if isinstance(content, dict) else None
    if isinstance(elements, list):
        return (_element(number, element) for number, element in enumerate(elements, start=1))
    return (_flatten(feature) for feature in read_features(path, skip))


def _element(number: int, element: Any) -> Feature:  # noqa: ANN401  whatever the file holds
    import shapely

    known = element if isinstance(element, dict) else {}
    at = known.get("center") or known
    tags = dict(known.get("tags") or {}) | {"@id": f"{known.get('type')}/{known.get('id')}"}
    try:
        shape = shapely.Point(float(at["lon"]), float(at["lat"]))
    except (KeyError, TypeError, ValueError):
        shape = None
    return Feature(number, tags, shape)


def _flatten(feature: Feature) -> Feature:
    tags = feature.properties.get("tags")
    properties = feature.properties | (tags if isinstance(tags, dict) else {})
    properties.setdefault("@id", properties.get("id") or str(feature.number))
    return feature._replace(properties=properties)


def _record(spot: Spot, tags: Mapping[str, str], source: str, country: str | None) -> Record:
    letter, code = _feature_code(tags)
    population = tags.get("population", "").replace(" ", "")
    place = Place(
        id=f"user:{source}:{tags['@id']}",
        name=tags.get("name:en") or tags["name"],
        lon=spot.lon,
        lat=spot.lat,
        feature_class=letter,
        feature_code=code,
        admin=AdminCodes(country=tags.get("ISO3166-1:alpha2") or country),
        population=int(population) if population.isdigit() and int(population) else None,
        radius_km=spot.radius_km,
        codes=tuple((scheme, tags[tag]) for tag, scheme in _CODES if tags.get(tag)),
        sources=(source,),
    )
    return Record(place, tuple(_names(place.name, tags)), spot.outline)


def _feature_code(tags: Mapping[str, str]) -> tuple[str, str]:
    kind, level = tags.get("place", ""), tags.get("admin_level", "")
    if kind in _SETTLEMENTS:
        return "P", "PPL"
    if kind in _QUARTERS:
        return "P", "PPLX"
    if tags.get("boundary") == "administrative" and level in _LEVELS:
        return "A", _LEVELS[level]
    if tags.get("waterway") in _WATERS:
        return "H", _WATERS[tags["waterway"]]
    return "L", "LCTY"


def _names(primary: str, tags: Mapping[str, str]) -> Iterator[Name]:
    yield Name(primary, None, "primary")
    yield Name(tags["name"], None, "official")
    for tag, value in tags.items():
        language = tag.removeprefix("name:")
        if language != tag and value and len(language) <= _LONGEST_LANGUAGE:
            yield Name(value, language)
    for tag, kind in _NAME_TAGS:
        for value in tags.get(tag, "").split(";"):
            if value.strip():
                yield Name(value.strip(), None, kind)
