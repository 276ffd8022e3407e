"""Keep outlines in an index, and find the units that a point lies in."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Index

_DECIMALS = 4  # about 10 m; the embedded outlines are simplified at 1 km


def write_outlines(folder: Path, outlines: Mapping[int, bytes]) -> None:
    """Write outlines (place number -> WKB), with a box for each, into an index folder."""
    offsets, boxes = array("I", [0]), b""
    if outlines:
        import numpy as np
        import shapely

        shapes = shapely.from_wkb(list(outlines.values()))
        boxes = shapely.bounds(shapes).astype(np.float32).tobytes()
    for outline in outlines.values():
        offsets.append(offsets[-1] + len(outline))
    (folder / "outlines.bin").write_bytes(b"".join(outlines.values()))
    (folder / "outline_boxes.bin").write_bytes(boxes)
    (folder / "outline_places.array").write_bytes(array("I", outlines).tobytes())
    (folder / "outline_offsets.array").write_bytes(offsets.tobytes())


def numbers_at(index: Index, lon: float, lat: float) -> tuple[int, ...]:
    """Return the numbers of the places whose outline holds the point, smallest area first."""
    if not index.outline_boxes:
        return ()
    import numpy as np
    import shapely

    boxes = np.frombuffer(index.outline_boxes, dtype=np.float32).reshape(-1, 4)
    west, south, east, north = boxes.T
    slack = np.float32(1e-4)  # boxes are rounded to 32 bits
    inside = (west - slack <= lon) & (lon <= east + slack) & (south - slack <= lat)
    positions = np.flatnonzero(inside & (lat <= north + slack))
    point = shapely.Point(lon, lat)
    shapes = [(shape_at(index, int(position)), int(position)) for position in positions]
    found = [(shape.area, position) for shape, position in shapes if shape.covers(point)]
    return tuple(index.arrays["outline_places"][position] for _, position in sorted(found))


def shape_of(index: Index, number: int) -> BaseGeometry | None:
    """Return the outline of a place, ``None`` where the index has none."""
    position = _positions(index).get(number)
    return None if position is None else shape_at(index, position)


@lru_cache(maxsize=512)
def shape_at(index: Index, position: int) -> BaseGeometry:
    """Return the outline at a position, as a shapely geometry."""
    import shapely

    shape: BaseGeometry = shapely.from_wkb(index.outline(position))
    return shape


def to_wkt(shape: BaseGeometry) -> str:
    """Return the WKT of an outline, lon lat, four decimals."""
    import shapely

    text: Any = shapely.to_wkt(shape, rounding_precision=_DECIMALS)
    return str(text)


@lru_cache(maxsize=8)
def _positions(index: Index) -> dict[int, int]:
    return {number: position for position, number in enumerate(index.arrays["outline_places"])}
