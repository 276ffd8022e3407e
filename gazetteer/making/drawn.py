"""Join Natural Earth's first-level units to the units of GeoNames by names and by towns.

No code can be trusted alone: ISO 3166-2 was renumbered (Iran 2020, Morocco 2015, Uganda), gn_id
of some features names the neighbour (Guyana, Ecuador), and some outlines are those of units that
were since divided or merged (Congo, Viet Nam, Norway). Whether an outline is a unit's is decided
by the towns that lie in it; whether its names are, by the names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.making.units import Unit

    Town = tuple[float, float, tuple[int, ...]]  # lon, lat, rows of its units

ALIKE = 0.7
_TOWNS_WEIGH = 1.5  # towns inside an outline against its name
_ENOUGH_TOWNS = 3
_ENOUGH_MEMBERS = 2
_PART = 0.8  # share of an outline's towns that makes it a part of a unit
_COVERED = 0.6  # share of a unit's towns that its parts together must hold
_COMPLETE = 0.9
_NAME_KEYS = re.compile(r"name|name_alt|name_local|name_\w\w")


@dataclass(slots=True, frozen=True)
class _Fit:
    """Say how well a feature fits a unit."""

    names: float
    pure: float | None  # share of the towns inside that are the unit's, None without towns
    covers: float | None  # share of the unit's towns that lie inside, None without towns

    @property
    def score(self) -> float:
        pure, covers = self.pure or 0.0, self.covers or 0.0
        harmonic = 2 * pure * covers / (pure + covers) if pure + covers else 0.0
        return self.names + _TOWNS_WEIGH * harmonic


class Drawing:
    """Hold which towns lie in which feature, and compare features with units."""

    def __init__(
        self, features: Sequence[dict[str, Any]], units: Sequence[Unit], towns: Sequence[Town]
    ) -> None:
        self.features = features
        self.units = {unit.row: unit for unit in units}
        self.sizes = Counter(row for _, _, rows in towns for row in rows)
        self.inside = _towns_inside(features, towns)
        self.counts = [Counter(row for rows in held for row in rows) for held in self.inside]

    def fit(self, number: int, unit: Unit) -> _Fit:
        """Return how well the feature with this number fits a unit."""
        held, size = len(self.inside[number]), self.sizes[unit.row]
        both = self.counts[number][unit.row]
        properties = self.features[number]["properties"]
        return _Fit(
            likeness(names_of(properties), (unit.name, *unit.aliases)),
            both / held if held else None,
            both / size if size else None,
        )

    def is_contradicted(self, number: int, unit: Unit) -> bool:
        """Tell whether the towns say that the feature is not the unit, or is far more than it."""
        held, size = len(self.inside[number]), self.sizes[unit.row]
        own = self.counts[number][unit.row]
        if held >= _ENOUGH_TOWNS and size >= _ENOUGH_MEMBERS and not own:
            return True
        swallowed = sum(
            count
            for row, count in self.counts[number].items()
            if self.units[row].level == unit.level == 1
            and row != unit.row
            and count >= _COMPLETE * self.sizes[row]
        )
        return bool(own) and swallowed > own

    def covered(self, numbers: Iterable[int], unit: Unit) -> float:
        """Return the share of a unit's towns that lie in these features."""
        held = sum(self.counts[number][unit.row] for number in numbers)
        return held / max(self.sizes[unit.row], 1)

    def main_unit(self, number: int, *, least: float = _PART) -> Unit | None:
        """Return the first-level unit with a code that most towns of a feature lie in."""
        held = len(self.inside[number])
        for row, count in self.counts[number].most_common():
            if self.units[row].level == 1 and self.units[row].geonameid:
                return self.units[row] if count >= least * held and held > 1 else None
        return None


def join_features(drawing: Drawing) -> None:
    """Give each unit its outline's features (``numbers``), its names and its label point."""
    pairs = [
        (number, unit, drawing.fit(number, unit))
        for number, candidates in enumerate(_candidates(drawing))
        for unit in candidates
    ]
    _give_names(drawing, pairs)
    _give_parts(drawing, _give_outlines(drawing, pairs))


def names_of(properties: dict[str, Any]) -> Iterator[str]:
    """Yield all names of a feature, without those of its GeoNames id."""
    for key, value in properties.items():
        if _NAME_KEYS.fullmatch(key) and isinstance(value, str):
            yield from filter(None, re.split(r"[|/]", value))


def likeness(some: Iterable[str], others: Iterable[str]) -> float:
    """Return how alike the two most alike names are, from 0 to 1, whatever the order of words.

    >>> likeness(["West Azarbaijan"], ["Māzandarān"]) < ALIKE < likeness(["Fars"], ["Fārs"])
    True
    """
    from rapidfuzz import fuzz

    folded = {fold(name) for name in others}
    ratios = (fuzz.token_sort_ratio(fold(a), b) for a in set(some) for b in folded)
    return max(ratios, default=0.0) / 100


def _candidates(drawing: Drawing) -> Iterator[list[Unit]]:
    units = list(drawing.units.values())
    by_id = {unit.geonameid: unit for unit in units if unit.geonameid}
    by_code = {unit.code: unit for unit in units if unit.code}
    by_iso = {unit.iso: unit for unit in units if unit.iso}
    by_name: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.level <= 2:
            for name in {fold(name) for name in (unit.name, *unit.aliases)}:
                by_name[unit.country, name].append(unit)
    for number, feature in enumerate(drawing.features):
        known = feature["properties"]
        found = [
            by_id.get(str(known["gn_id"])),
            by_code.get(known["gn_a1_code"] or ""),
            by_iso.get(known["iso_3166_2"]),
        ]
        for name in (known["name"], known["name_en"]):
            namesakes = by_name[known["iso_a2"], fold(name or "")]
            found += namesakes if len(namesakes) == 1 else []
        found.append(drawing.main_unit(number))
        yield list({unit.row: unit for unit in found if unit is not None}.values())


def _give_names(drawing: Drawing, pairs: list[tuple[int, Unit, _Fit]]) -> None:
    """Name units by the feature whose own name is most like theirs."""
    everything = [feature["properties"] for feature in drawing.features]
    shared = Counter((known["iso_a2"], known["name_en"]) for known in everything)
    best: dict[int, tuple[float, float, int]] = {}
    for number, unit, fit in pairs:
        known = drawing.features[number]["properties"]
        agreed = str(known["gn_id"]) == unit.geonameid and known["iso_3166_2"] == unit.iso
        own = filter(None, (known["name_en"], known["name"]))
        alike = likeness(own, (unit.name, *unit.aliases))
        if shared[known["iso_a2"], known["name_en"]] > 1:  # of the province that was divided
            alike = likeness([known["name_en"] or ""], (unit.name, *unit.aliases))
            agreed = False
        if agreed or alike >= ALIKE:
            rank = (fit.score, alike, -number)
            best[unit.row] = max(best.get(unit.row, rank), rank)
    for row, (_, _, negative) in best.items():
        drawing.units[row].named = drawing.features[-negative]["properties"]


def _give_outlines(drawing: Drawing, pairs: list[tuple[int, Unit, _Fit]]) -> dict[int, Unit]:
    """Give each feature to the unit that it fits best; return the owners by number."""
    best: dict[int, tuple[float, bool, int, int, Unit]] = {}
    for number, unit, fit in pairs:
        by_iso = unit.iso == drawing.features[number]["properties"]["iso_3166_2"]
        fits = fit.names >= ALIKE or (
            (fit.pure or 0) >= _PART and (by_iso or (fit.covers or 0) >= _COVERED)
        )
        if fits and not drawing.is_contradicted(number, unit):
            rank = (round(fit.score, 3), bool(unit.geonameid), -unit.level, -unit.row, unit)
            best[number] = max(best.get(number, rank), rank, key=lambda rank: rank[:4])
    given: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, (score, *_, unit) in best.items():
        given[unit.row].append((score, -number))
    for row, found in given.items():
        numbers = [-negative for _, negative in sorted(found, reverse=True)]
        drawing.units[row].numbers = numbers
        known = drawing.features[numbers[0]]["properties"]
        if known["latitude"]:
            drawing.units[row].label = (known["longitude"], known["latitude"])
    return {number: unit for number, (*_, unit) in best.items()}


def _give_parts(drawing: Drawing, owners: dict[int, Unit]) -> None:
    """Complete units that were merged from several features, unless too little is found."""
    firsts = {unit.code: unit for unit in drawing.units.values() if unit.level == 1 and unit.code}
    parts: dict[int, list[int]] = defaultdict(list)
    for number in range(len(drawing.features)):
        owner = owners.get(number)
        above = firsts.get(owner.code.rpartition(".")[0]) if owner else None
        unit = above or drawing.main_unit(number)
        if unit is not None and (owner is None or not owner.geonameid or owner.level > 1):
            parts[unit.row].append(number)
    for row, numbers in parts.items():
        unit = drawing.units[row]
        if drawing.covered(unit.numbers, unit) < _COMPLETE:
            unit.numbers, unit.label = [*unit.numbers, *numbers], None
            if drawing.covered(unit.numbers, unit) < _COVERED:
                unit.numbers = []


def _towns_inside(
    features: Sequence[dict[str, Any]], towns: Sequence[Town]
) -> list[list[tuple[int, ...]]]:
    """Return, for each feature, the units of the towns that lie in it."""
    import shapely

    shapes = shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in features])
    tree = shapely.STRtree(shapely.points([town[:2] for town in towns]))
    held: list[list[tuple[int, ...]]] = [[] for _ in features]
    pairs = tree.query(shapely.make_valid(shapes), predicate="intersects")
    for number, town in sorted(zip(*pairs.tolist(), strict=True)):
        held[number].append(towns[town][2])
    return held
