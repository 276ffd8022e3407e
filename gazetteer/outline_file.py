"""Read the outlines of countries and admin units, one at a time, from one packed file.

The file is a line of text that says where the outlines come from, a line of JSON
(``{"UA.26": [offset, length, west, south, east, north], …}``), then one block a unit: its rings,
each vertex the difference from the one before, in variable-length integers, deflated. All
coordinates are whole thousandths of a degree. Neighbours keep their common border, because
rounding a vertex does not depend on the unit.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

FILE = "outlines.bin"
SCALE = 1000
_MORE = 0x80
_Ring = list[tuple[int, int]]


def outline_keys() -> tuple[str, ...]:
    """Return the keys of all outlines: ``UA`` a country, ``UA.26`` a unit by its GeoNames code.

    Units of ISO 3166-2 that GeoNames lacks have keys such as ``iso:AO-CCU``.
    """
    return tuple(_open()[0])


def read_outline(key: str) -> MultiPolygon | None:
    """Return the outline with this key (lon lat, degrees), ``None`` where there is none.

    >>> outline = read_outline("UA.20")  # Sevastopol
    >>> [round(value, 1) for value in outline.bounds]
    [33.4, 44.4, 33.9, 44.9]
    """
    index, blocks = _open()
    if key not in index:
        return None
    offset, length = index[key][:2]
    return unpack_outline(blocks[offset : offset + length])


def outline_keys_at(lon: float, lat: float) -> tuple[str, ...]:
    """Return the keys of the outlines whose box holds a point (degrees).

    >>> "UA.26" in outline_keys_at(35.3, 47.8), "IT" in outline_keys_at(35.3, 47.8)
    (True, False)
    """
    keys, west, south, east, north = _boxes()
    x, y = lon * SCALE, lat * SCALE
    inside = (west <= x) & (x <= east) & (south <= y) & (y <= north)
    return tuple(keys[position] for position in inside.nonzero()[0])


@lru_cache(maxsize=1)
def _boxes() -> tuple[Any, ...]:
    import numpy as np

    index = _open()[0]
    boxes = np.array([entry[2:] for entry in index.values()], dtype=np.int32)
    return tuple(index), *boxes.T


def read_outlines(keys: Iterable[str] | None = None) -> Iterator[tuple[str, MultiPolygon]]:
    """Yield the outlines with these keys (all when ``None``), keys without outline left out."""
    for key in outline_keys() if keys is None else keys:
        outline = read_outline(key)
        if outline is not None:
            yield key, outline


def outlines_source() -> str:
    """Return the line that says from what the outlines were made."""
    with (resources.files("gazetteer") / "data" / FILE).open("rb") as stream:
        return stream.readline().decode("utf-8").lstrip("# ").rstrip()


def pack_outlines(about: str, outlines: Iterable[tuple[str, BaseGeometry]]) -> bytes:
    """Return the content of an outline file."""
    index: dict[str, list[int]] = {}
    blocks = bytearray()
    for key, outline in outlines:
        block = pack_outline(outline)
        box = (round(bound * SCALE) for bound in unpack_outline(block).bounds)
        index[key] = [len(blocks), len(block), *box]
        blocks += block
    heading = json.dumps(index, separators=(",", ":"))
    return f"# {about}\n{heading}\n".encode() + bytes(blocks)


def pack_outline(outline: BaseGeometry) -> bytes:
    """Pack a polygon or multipolygon; rings that shrink to less than a triangle are left out."""
    polygons = [
        rings
        for part in getattr(outline, "geoms", [outline])
        if (rings := _rings(part)) is not None
    ]
    values = [len(polygons)]
    at = (0, 0)
    for rings in polygons:
        values.append(len(rings))
        for ring in rings:
            values.append(len(ring))
            for x, y in ring:
                values += (_zigzag(x - at[0]), _zigzag(y - at[1]))
                at = (x, y)
    return zlib.compress(_varints(values), 9)


def unpack_outline(block: bytes) -> MultiPolygon:
    """Return the outline that :func:`pack_outline` packed."""
    import shapely

    values = _read_varints(zlib.decompress(block))
    x = y = 0
    polygons = []
    for _ in range(next(values)):
        rings = []
        for _ in range(next(values)):
            ring = []
            for _ in range(next(values)):
                x += _unzigzag(next(values))
                y += _unzigzag(next(values))
                ring.append((x / SCALE, y / SCALE))
            rings.append(ring)
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    outline = shapely.MultiPolygon(polygons)
    if not outline.is_valid:  # rounding can make two edges touch
        outline = shapely.MultiPolygon(_polygons(shapely.make_valid(outline)))
    return outline


@lru_cache(maxsize=1)
def _open() -> tuple[dict[str, list[int]], bytes]:
    content = (resources.files("gazetteer") / "data" / FILE).read_bytes()
    _about, heading, blocks = content.split(b"\n", 2)
    index: dict[str, list[int]] = json.loads(heading)
    return index, blocks


def _rings(polygon: Polygon) -> list[_Ring] | None:
    shell, *holes = (_round(ring.coords) for ring in (polygon.exterior, *polygon.interiors))
    if shell is None:
        return None
    return [shell, *(hole for hole in holes if hole is not None)]


def _round(coordinates: Sequence[tuple[float, ...]]) -> _Ring | None:
    ring: _Ring = []
    for lon, lat, *_ in coordinates:
        vertex = (round(lon * SCALE), round(lat * SCALE))
        if not ring or ring[-1] != vertex:
            ring.append(vertex)
    return ring[:-1] if len(ring) > 3 and len(set(ring)) > 2 else None


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    parts = getattr(shape, "geoms", [shape])
    nested = [p for part in parts for p in getattr(part, "geoms", [part])]
    return [part for part in nested if part.geom_type == "Polygon"]


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _unzigzag(value: int) -> int:
    return value >> 1 if not value & 1 else -(value + 1) >> 1


def _varints(values: Iterable[int]) -> bytes:
    packed = bytearray()
    for value in values:
        rest = value
        while rest >= _MORE:
            packed.append(rest & (_MORE - 1) | _MORE)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)


def _read_varints(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        value |= (byte & (_MORE - 1)) << shift
        if byte & _MORE:
            shift += 7
        else:
            yield value
            value = shift = 0
