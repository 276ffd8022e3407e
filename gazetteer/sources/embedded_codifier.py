"""Read the Ukrainian codifier: every settlement by name, most of them without a point.

A settlement that no point is known for stands at its hromada, raion or oblast, the first of
them that is located, with that unit's radius: known, not located. Points of GeoNames' postal codes
and those of villages of the front, from general knowledge, are marked as approximate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.datafiles import DATA
from gazetteer.distance import distance_km
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.names import fold
from gazetteer.russian_names import russian_names
from gazetteer.tables import read_table
from gazetteer.transliteration import HABITS, romanise

if TYPE_CHECKING:
    from collections.abc import Iterator

CODIFIER = "codifier"
_FRONT_VILLAGES = "front-villages.tsv"
_FRONT_RADIUS_KM = 5.0
_FROM_HROMADA_KM = 30.0
_SETTLEMENTS = "MTXC"  # city, town, settlement, village
_DISTRICT = "B"
_PCODE_LENGTHS = {"O": 4, "K": 4, "P": 6, "H": 9}
_PCODE_OF_SETTLEMENT = 12
_CODE = {"H": "ADM3", _DISTRICT: "PPLX"}


class CodifierEntry(NamedTuple):
    """Hold what the codifier adds to a point of GeoNames."""

    admin: AdminCodes
    codes: tuple[tuple[str, str], ...]
    names: tuple[Name, ...]


class _Spot(NamedTuple):
    lon: float
    lat: float
    radius_km: float


def read_codifier() -> Iterator[Record]:
    """Yield the hromadas, and the settlements and city districts that GeoNames' points lack."""
    spots: dict[str, _Spot] = {}
    points = _front_villages()
    named: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in _rows():
        pcode = row["katottg"][: _PCODE_LENGTHS.get(row["category"], _PCODE_OF_SETTLEMENT)]
        if row["lon"] and row["category"] in _PCODE_LENGTHS:
            spots[pcode] = _Spot(float(row["lon"]), float(row["lat"]), float(row["radius_km"]))
        if row["category"] == "H" or (_is_settlement(row) and not row["geonameid"]):
            record = Record(_place(row, pcode, spots), _names(row))
            key = (row["admin2"], fold(row["name"]))
            if key in points and record.place.located == "unit":
                named[key].append(record)
            else:
                yield record
    for key, records in named.items():
        yield from _at_own_point(records, *points[key])


def _front_villages() -> dict[tuple[str, str], tuple[float, float]]:
    """Return the points of ``front-villages.tsv`` by raion and name."""
    rows = (
        line.split("\t")
        for line in (DATA / _FRONT_VILLAGES).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    return {(raion, fold(name)): (float(lon), float(lat)) for raion, name, lon, lat in rows}


def _at_own_point(records: list[Record], lon: float, lat: float) -> list[Record]:
    """Put a village at the point that is known roughly, unless its hromada lies elsewhere.

    Of villages of one name in a raion the one whose hromada is nearest is meant.
    """

    def km(record: Record) -> float:
        place = record.place
        return distance_km(lon, lat, place.lon or 0.0, place.lat or 0.0)

    nearest, *others = sorted(records, key=km)
    if km(nearest) > _FROM_HROMADA_KM:
        return records
    place = replace(
        nearest.place,
        lon=lon,
        lat=lat,
        located="exact",
        radius_km=_FRONT_RADIUS_KM,
        codes=(*nearest.place.codes, ("approximate", "point")),
    )
    return [nearest._replace(place=place), *others]


@lru_cache(maxsize=1)
def codifier_entries() -> dict[int, CodifierEntry]:
    """Return what the codifier knows of GeoNames' points, by geonameid."""
    return {
        int(row["geonameid"]): CodifierEntry(_admin(row), _codes(row), _names(row))
        for row in _rows()
        if row["geonameid"] and row["category"] in _SETTLEMENTS
    }


@lru_cache(maxsize=1)
def raion_names() -> dict[str, tuple[Name, ...]]:
    """Return the names of Ukraine's raions by their second-level code, such as ``2306``."""
    return {
        row["admin2"]: (
            Name(f"{row['name']} район", "uk", "official"),
            Name(f"{romanise(row['name'])} Raion"),
        )
        for row in _rows()
        if row["category"] == "P"
    }


def _rows() -> Iterator[dict[str, str]]:
    return read_table(DATA / "codifier.tsv.gz")


def _is_settlement(row: dict[str, str]) -> bool:
    return row["category"] in _SETTLEMENTS or row["category"] == _DISTRICT


def _place(row: dict[str, str], pcode: str, spots: dict[str, _Spot]) -> Place:
    is_unit = row["category"] == "H"
    has_point = bool(row["lon"])
    nearest = (spots[pcode[:n]] for n in (12, 9, 6, 4) if pcode[:n] in spots)
    spot = next(nearest, None)
    if has_point and not is_unit:
        spot = _Spot(float(row["lon"]), float(row["lat"]), float(row["radius_km"] or 0.0))
    return Place(
        id=f"katottg:{row['katottg']}",
        name=_display_name(row),
        lon=spot.lon if spot else None,
        lat=spot.lat if spot else None,
        feature_class="A" if is_unit else "P",
        feature_code=_CODE.get(row["category"], "PPL"),
        admin=_admin(row),
        located="exact" if has_point else "unit" if spot else "none",
        radius_km=(spot.radius_km or None) if spot else None,
        codes=(*_codes(row), *([("approximate", "postal")] if row["point"] == "postal" else [])),
        sources=(CODIFIER,),
    )


def _display_name(row: dict[str, str]) -> str:
    suffix = {"H": " hromada", _DISTRICT: " District"}.get(row["category"], "")
    return romanise(row["name"]) + suffix


def _admin(row: dict[str, str]) -> AdminCodes:
    return AdminCodes(
        country="UA",
        admin1=row["admin1"] or None,
        admin2=row["admin2"] or None,
        admin3=row["admin3"] or None,
    )


def _codes(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    length = _PCODE_LENGTHS.get(row["category"], _PCODE_OF_SETTLEMENT)
    return (("katottg", row["katottg"]), ("pcode", row["katottg"][:length]))


def _names(row: dict[str, str]) -> tuple[Name, ...]:
    name, category = row["name"], row["category"]
    if category == "H":
        return (
            Name(f"{romanise(name)} hromada", "en", "primary"),
            Name(f"{name} громада", "uk", "official"),
        )
    if category == _DISTRICT:
        return (
            Name(f"{romanise(name)} District", "en", "primary"),
            Name(romanise(name), "en"),
            Name(f"{name} район", "uk", "official"),
            Name(name, "uk"),
        )
    return _settlement_names(name)


def joined_name(name: str) -> str | None:
    """Return an adjective and noun as the one word that adjectives are made of, if a name is that.

    >>> joined_name("Велика Новосілка"), joined_name("Степне")  # великоновосілківський
    ('Великоновосілка', None)
    """
    first, _, rest = name.partition(" ")
    if not rest or " " in rest or first[-1:] not in "аеий":
        return None
    stem = first[:-2] if first.endswith("ий") else first[:-1]
    return f"{stem}о{rest.casefold()}"


def polish_neuter(name: str) -> str | None:
    """Return a name in -ське as Polish newspapers decline it, like an adjective of Polish.

    >>> polish_neuter("Новотроїцьке"), polish_neuter("Липці")
    ('Nowotroickie', None)
    """
    if not name.endswith(("ське", "цьке", "зьке")):
        return None
    return romanise(name, "pl")[:-1].replace("oji", "oi") + "ie"


@lru_cache(maxsize=1 << 15)  # half of the villages are namesakes
def _settlement_names(name: str) -> tuple[Name, ...]:
    others = (Name(romanise(name, habit), habit) for habit in HABITS[1:])
    russian = (Name(spelt, "ru") for spelt in russian_names(name))
    more = ((joined_name(name), "uk"), (polish_neuter(name), "pl"))
    return (
        Name(romanise(name), None, "primary"),
        Name(name, "uk", "official"),
        *others,
        *russian,
        *(Name(other, language) for other, language in more if other is not None),
    )
