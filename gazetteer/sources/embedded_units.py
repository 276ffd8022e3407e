"""Read the embedded countries, continents and administrative units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.datafiles import DATA
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.embedded_codifier import raion_names
from gazetteer.tables import number_or_none, read_table, split_names
from gazetteer.unit_names import display_name, regional_names

if TYPE_CHECKING:
    from collections.abc import Iterator

UNITS = "admin-units"
COUNTRIES = "countries"
_AROUND_SEAT_KM = 25.0
_CODES = ("iso_3166_2", "katottg", "pcode")


def read_units() -> Iterator[Record]:
    """Yield the administrative units of ``units.tsv.gz``."""
    seats = {row["id"]: row for row in read_table(DATA / "seats.tsv.gz")}
    middles = {
        (row["country"], row["admin1 (GeoNames)"], row["admin2 (GeoNames)"]): row
        for row in read_table(DATA / "unit-points.tsv")
    }
    for row in read_table(DATA / "units.tsv.gz"):
        names = _names(row["name"], row["names"])
        if row["iso2"] == "UA" and row["level"] == "2":
            names += raion_names().get(row["admin2"], ())
        names += tuple(
            Name(regional, language)
            for name in names
            for language, regional in regional_names(name.name)
        )
        seat = middles.get((row["iso2"], row["admin1"], row["admin2"])) or seats.get(row["id"])
        yield Record(_at_seat(_unit(row, names), seat), names)


def read_countries() -> Iterator[Record]:
    """Yield the countries and continents of ``countries.tsv.gz``, demonyms among their names."""
    for row in read_table(DATA / "countries.tsv.gz"):
        demonyms = (Name(n, language, "demonym") for language, n in split_names(row["demonyms"]))
        names = (*_names(row["name"], row["names"]), *demonyms)
        yield Record(_country(row), names)


def _unit(row: dict[str, str], names: tuple[Name, ...]) -> Place:
    english = [name.name for name in names if name.language == "en"]
    others = [name.name for name in names if name.language is None]
    codes = [(scheme, row[scheme]) for scheme in _CODES if row[scheme]]
    return Place(
        id=row["id"],
        name=display_name(row["name"], english, others),
        lon=number_or_none(row["lon"]),
        lat=number_or_none(row["lat"]),
        feature_class="A",
        feature_code=f"ADM{row['level']}",
        admin=AdminCodes(
            country=row["iso2"] or None,
            admin1=row["admin1"] or None,
            admin2=row["admin2"] or None,
            admin3=row["admin3"] or None,
        ),
        population=int(row["population"]) if row["population"] else None,
        located="unit" if row["point"] == "parent" else "exact",
        radius_km=number_or_none(row["radius_km"]),
        geonameid=_geonameid(row["id"]),
        codes=(*codes, *((("kind", row["kind"]),) if row["kind"] else ())),
        sources=(UNITS,),
    )


def _at_seat(unit: Place, seat: dict[str, str] | None) -> Place:
    """Put a unit without a point of its own at its middle, or the town it is named after."""
    if seat is None or unit.located == "exact":
        return unit
    return replace(
        unit,
        lon=float(seat["lon"]),
        lat=float(seat["lat"]),
        located="exact",
        radius_km=_AROUND_SEAT_KM,
        codes=(*unit.codes, ("approximate", "seat")),
    )


def _country(row: dict[str, str]) -> Place:
    schemes = (("iso3", row["iso3"]), ("continent", row["continent"]))
    return Place(
        id=row["id"],
        name=row["name"],
        lon=number_or_none(row["lon"]),
        lat=number_or_none(row["lat"]),
        feature_class="L" if row["code"] == "CONT" else "A",
        feature_code=row["code"],
        admin=AdminCodes(country=row["iso2"] or None),
        population=int(row["population"]) if row["population"] else None,
        located="exact" if row["lon"] else "none",
        radius_km=number_or_none(row["radius_km"]),
        geonameid=_geonameid(row["id"]),
        codes=tuple((scheme, value) for scheme, value in schemes if value),
        sources=(COUNTRIES,),
    )


def _names(name: str, names: str) -> tuple[Name, ...]:
    others = (
        Name(other, language) for language, other in split_names(names) if not other.islower()
    )
    return (Name(name, None, "primary"), *others)


def _geonameid(place_id: str) -> int | None:
    return int(place_id[3:]) if place_id.startswith("gn:") else None
