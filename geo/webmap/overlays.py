"""Read overlays, such as a front line, as plain shapes with one line of text each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.webmap.text import clean_text

Json = Any  # parsed, of any shape
COLOURS = ("#cc3311", "#0077bb", "#117733", "#882255")
_NAMED = ("name", "label", "title")


def read_overlay(path: str | Path, position: int = 0) -> dict[str, Any]:
    """Return a GeoJSON file (WGS84 lon lat) as name, colour and bare features.

    Raises :class:`geo.errors.InputError` when the file cannot be read as GeoJSON.
    """
    path = Path(path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"overlay {path}: {error.strerror}; give a GeoJSON file") from error
    except ValueError as error:
        raise InputError(
            f"overlay {path}: not valid JSON ({error}); give a GeoJSON file"
        ) from error
    return to_overlay(raw, name=path.stem, position=position)


def to_overlay(raw: Json, *, name: str, position: int = 0) -> dict[str, Any]:
    """Return parsed GeoJSON as name, colour and features that carry a label and nothing else.

    The name is that of the collection, or the label that all its features share, else `name`.
    """
    features = [feature for feature in map(_feature, _features(raw, name)) if feature]
    labels = {feature["properties"]["label"] for feature in features} - {None}
    own = clean_text(raw.get("name"), longest=60) or (labels.pop() if len(labels) == 1 else None)
    return {
        "name": clean_text(own or name, longest=60) or "overlay",
        "color": COLOURS[position % len(COLOURS)],
        "geojson": {"type": "FeatureCollection", "features": features},
    }


def _features(raw: Json, name: str) -> list[Any]:
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind == "FeatureCollection" and isinstance(raw.get("features"), list):
        return list(raw["features"])
    if kind == "Feature":
        return [raw]
    if isinstance(kind, str) and ("coordinates" in raw or "geometries" in raw):
        return [{"type": "Feature", "geometry": raw, "properties": {}}]
    raise InputError(f"overlay {name[:80]}: no GeoJSON Feature, FeatureCollection or geometry")


def _feature(raw: Json) -> dict[str, Any] | None:
    import shapely

    if not isinstance(raw, dict) or not raw.get("geometry"):
        return None
    shape = shapely.from_geojson(json.dumps(raw["geometry"]), on_invalid="ignore")
    if shape is None or shape.is_empty:
        return None
    properties = raw.get("properties")
    words = properties if isinstance(properties, dict) else {}
    label = next(
        (text for key in _NAMED if (text := clean_text(words.get(key), longest=300))), None
    )
    rounded = shapely.set_precision(shape, 0.0001, mode="valid_output")
    geometry = json.loads(shapely.to_geojson(shape if rounded.is_empty else rounded))
    return {"type": "Feature", "geometry": geometry, "properties": {"label": label}}
