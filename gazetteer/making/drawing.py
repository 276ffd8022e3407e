"""Hold what Natural Earth drew: which towns lie in which feature, and how that fits a unit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.making.units import Unit

    Town = tuple[float, float, tuple[int, ...]]  # lon, lat, rows of its units
    _Held = list[list[tuple[int, ...]]]  # of each feature: of each town in it, its units

ALIKE = 0.7
COVERED = 0.6  # share of a unit's towns that makes an outline without a name its own
COMPLETE = 0.9
_TOWNS_WEIGH = 1.5  # towns inside an outline against its name
_CODE_WEIGHS = 0.15  # each of two codes that agree: only where names and towns do not tell
_ENOUGH_TOWNS = 3
_ENOUGH_MEMBERS = 2
_PURE = 0.8  # share of an outline's towns that makes it a unit's own, where a code agrees
_ALONE = 0.9  # the same where neither name nor code agree
_PARTLY = 0.3  # the same where the outline carries the unit's GeoNames id
_PART = 0.8  # a unit's share of the towns that it and the next unit have in a part of it
_HALF = 0.5  # the least share of an outline's towns, those of no unit counted too
_NOWHERE = "-1"  # country of what lies in none, such as bases and buffer zones
_FEW_TOWNS = range(3, 21)  # of a unit that may be merged from outlines of one town each
_FAR_MORE = 5  # times as many towns of another unit as of its own
_MUCH_OF_OTHER = 0.3  # share of that other unit's towns
_ASHORE = 0.03  # degrees from the nearest outline to a harbour or island that lies in none
_NAME_KEYS = re.compile(r"name|name_alt|name_local|name_\w\w")


@dataclass(slots=True, frozen=True)
class Fit:
    """Say how well a feature fits a unit."""

    names: float
    has_id: bool  # the unit's GeoNames id
    has_iso: bool  # its code of ISO 3166-2
    pure: float | None  # share of the towns inside that are the unit's, None without towns
    covers: float | None  # share of the unit's towns that lie inside, None without towns

    @property
    def score(self) -> float:
        """Return a number that is larger the better it fits."""
        pure, covers = self.pure or 0.0, self.covers or 0.0
        harmonic = 2 * pure * covers / (pure + covers) if pure + covers else 0.0
        return self.names + _CODE_WEIGHS * (self.has_id + self.has_iso) + _TOWNS_WEIGH * harmonic

    @property
    def is_good(self) -> bool:
        """Tell whether names, or towns with a code or without, say that it is the unit."""
        pure, covers = self.pure or 0.0, self.covers or 0.0
        return (
            self.names >= ALIKE
            or (pure >= _PURE and (self.has_id or self.has_iso))
            or (pure >= _ALONE and covers >= COVERED)
            or (pure >= _PARTLY and covers >= COVERED and self.has_id)
        )


class Drawing:
    """Hold which towns lie in which feature, and compare features with units."""

    def __init__(
        self, features: Sequence[dict[str, Any]], units: Sequence[Unit], towns: Sequence[Town]
    ) -> None:
        self.features = features
        self.units = {unit.row: unit for unit in units}
        self.sizes = Counter(row for _, _, rows in towns for row in rows)
        within, self.inside = _towns_inside(features, towns)
        self.within, self.counts = (
            [Counter(row for rows in held for row in rows) for held in towns_of]
            for towns_of in (within, self.inside)
        )

    def fit(self, number: int, unit: Unit) -> Fit:
        """Return how well the feature with this number fits a unit."""
        held, size = len(self.inside[number]), self.sizes[unit.row]
        both = self.counts[number][unit.row]
        properties = self.features[number]["properties"]
        return Fit(
            likeness(names_of(properties), (unit.name, *unit.aliases)),
            str(properties["gn_id"]) == unit.geonameid,
            properties["iso_3166_2"] == unit.iso,
            both / held if held else None,
            both / size if size else None,
        )

    def is_contradicted(self, number: int, unit: Unit) -> bool:
        """Tell whether the towns say that the feature is not the unit, or is far more than it."""
        held, size = len(self.inside[number]), self.sizes[unit.row]
        if held >= _ENOUGH_TOWNS and size >= _ENOUGH_MEMBERS and not self.counts[number][unit.row]:
            return True
        own = self.within[number][unit.row]
        others = [
            (count, count / self.sizes[row])
            for row, count in self.within[number].items()
            if self.units[row].level == unit.level == 1 and row != unit.row
        ]
        swallowed = sum(count for count, share in others if share >= COMPLETE)
        is_others = any(
            count >= _FAR_MORE * own and share >= _MUCH_OF_OTHER for count, share in others
        )
        return bool(own) and (swallowed > own or is_others)

    def may_be_further(self, number: int, unit: Unit) -> bool:
        """Tell whether a feature beside the best one is the unit's, not full of others' towns."""
        fit = self.fit(number, unit)
        return (
            (fit.has_id and fit.has_iso)
            or not self.inside[number]
            or self.counts[number][unit.row] > 0
        )

    def covered(self, numbers: Iterable[int], unit: Unit) -> float:
        """Return the share of a unit's towns that lie in these features."""
        held = sum(self.counts[number][unit.row] for number in numbers)
        return held / max(self.sizes[unit.row], 1)

    def main_unit(self, number: int, *, least: float = _PURE) -> Unit | None:
        """Return the first-level unit with a code that most towns of a feature lie in."""
        held = len(self.inside[number])
        for unit, count in self._first_level(number):
            return unit if count >= least * held and held > 1 else None
        return None

    def unit_around(self, number: int) -> Unit | None:
        """Return the first-level unit of its country that a feature is a part of, by its towns."""
        country, held = self.features[number]["properties"]["iso_a2"], len(self.inside[number])
        found = self._first_level(number)
        if not found or country not in (found[0][0].country, _NOWHERE):
            return None
        unit, count = found[0]
        others = max((k for _, k in found[1:]), default=0)
        if any(k > 1 and k >= COMPLETE * self.sizes[u.row] for u, k in found[1:]):
            return None
        is_enough = held > 1 or self.sizes[unit.row] in _FEW_TOWNS
        is_own = count >= max(_PART * (count + others), _HALF * held)
        return unit if is_enough and is_own else None

    def straddled(self, unit: Unit) -> float:
        """Return the share of a unit's towns in features of which as much is another unit's."""
        return sum(self._divided(number, unit) for number in range(len(self.features))) / max(
            self.sizes[unit.row], 1
        )

    def _divided(self, number: int, unit: Unit) -> int:
        """Return how many of a unit's towns lie in a feature, if that is divided between units."""
        counts, properties = self.counts[number], self.features[number]["properties"]
        own = counts[unit.row]
        if not own or number in unit.numbers or properties["iso_a2"] != unit.country:
            return 0
        others = max((k for other, k in self._first_level(number) if other is not unit), default=0)
        return own if own <= others < _PURE * len(self.inside[number]) else 0

    def _first_level(self, number: int) -> list[tuple[Unit, int]]:
        """Return the first-level units with a code that have towns in a feature, most first."""
        return [
            (self.units[row], count)
            for row, count in self.counts[number].most_common()
            if self.units[row].level == 1 and self.units[row].geonameid
        ]


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


def _towns_inside(features: Sequence[dict[str, Any]], towns: Sequence[Town]) -> tuple[_Held, _Held]:
    """Return, for each feature, the units of the towns in it, and those with the ones ashore."""
    import numpy as np
    import shapely

    shapes = shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in features])
    shapes = shapely.make_valid(shapes)
    points = shapely.points([town[:2] for town in towns])
    pairs = shapely.STRtree(points).query(shapes, predicate="intersects").T
    outside = np.setdiff1d(np.arange(len(towns)), pairs[:, 1])
    nearest = (
        shapely.STRtree(shapes)
        .query_nearest(points[outside], max_distance=_ASHORE, all_matches=False)
        .T
    )
    ashore = np.stack([nearest[:, 1], outside[nearest[:, 0]]], axis=1)

    held: tuple[_Held, _Held] = ([[] for _ in features], [[] for _ in features])
    for lists, found in zip(held, (pairs, np.concatenate([pairs, ashore])), strict=True):
        for number, town in sorted(map(tuple, found.tolist())):
            lists[number].append(towns[town][2])
    return held
