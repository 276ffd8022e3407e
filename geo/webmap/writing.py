"""Write the map: one HTML file that opens with no network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from geo.errors import InputError
from geo.webmap.basemap import cut_basemap
from geo.webmap.files import write_whole
from geo.webmap.kinds import kind_keys, read_kinds
from geo.webmap.labels import read_labels
from geo.webmap.overlays import read_overlay, to_overlay
from geo.webmap.packing import pack_columns
from geo.webmap.page import build_page
from geo.webmap.payload import to_columns
from geo.webmap.regions import choose_units
from geo.webmap.shapes import to_shapes
from geo.webmap.skeleton import MAP_ID, choose_tiles
from geo.webmap.text import clean_text

if TYPE_CHECKING:
    import pandas as pd

ATTRIBUTION = "Natural Earth · GeoNames"
MOST_EVENTS = 300_000  # some 60 MB and 5 seconds until ready: no browser should take more
LICENCES = (
    "Outlines: Natural Earth 1:10m (public domain)",
    "Places and cities: GeoNames, CC BY 4.0",
    "Map: Leaflet (BSD-2-Clause), folium (MIT), conflict-event-mapper (MIT)",
)
Overlay = str | Path | dict[str, Any]


class MapOptions(TypedDict, total=False):
    """Hold what :func:`write_map` takes beside the frame and the path."""

    title: str
    ui_language: str
    tiles: str | None
    overlay: Overlay | Sequence[Overlay] | None
    embed: bool


def write_map(
    frame: pd.DataFrame,
    path: str | Path,
    *,
    title: str = "Conflict events",
    ui_language: str = "en",
    tiles: str | None = None,
    overlay: Overlay | Sequence[Overlay] | None = None,
    embed: bool = False,
) -> Path:
    """Write the events of `frame` (columns of the schema) as one HTML file and return its path.

    Coordinates are read from ``longitude`` and ``latitude``, areas from the geometry. `tiles`
    is "osm", "carto" or a URL; without it the page asks the network for nothing. `overlay` is
    GeoJSON, as a file or parsed. Raises :class:`geo.errors.ExportError` when the file cannot be
    written, :class:`geo.errors.InputError` for unusable tiles or overlays, or too many events.
    """
    page = render_map(
        frame, title=title, ui_language=ui_language, tiles=tiles, overlay=overlay, embed=embed
    )

    def save(partial: Path) -> None:
        partial.write_text(page, encoding="utf-8", newline="\n")

    return write_whole(Path(path), save)


def check_options(
    *,
    ui_language: str = "en",
    tiles: str | None = None,
    overlay: Overlay | Sequence[Overlay] | None = None,
) -> None:
    """Raise now what :func:`write_map` would raise of these options after the work is done.

    Raises :class:`geo.errors.InputError` for unusable tiles or overlays and
    :class:`geo.errors.UnknownLanguageError` for a language without labels.
    """
    read_labels(ui_language)
    choose_tiles(tiles)
    read_overlays(overlay)


def render_map(
    frame: pd.DataFrame,
    *,
    title: str = "Conflict events",
    ui_language: str = "en",
    tiles: str | None = None,
    overlay: Overlay | Sequence[Overlay] | None = None,
    embed: bool = False,
) -> str:
    """Return the page of :func:`write_map` as text."""
    if len(frame) > MOST_EVENTS:
        raise InputError(
            f"{len(frame):,} events are more than one page can show ({MOST_EVENTS:,}); "
            "map fewer: a shorter time, a smaller area, or one type"
        )
    labels = read_labels(ui_language)
    heading = clean_text(title, longest=200) or "—"
    data = to_payload(frame, ui_language=ui_language) | {"overlays": read_overlays(overlay)}
    data["columns"] = pack_columns(data["columns"])
    return build_page(data, title=heading, labels=labels, tiles=choose_tiles(tiles), embed=embed)


def to_payload(frame: pd.DataFrame, *, ui_language: str = "en") -> dict[str, Any]:
    """Return all that the page's scripts read, as JSON-ready values."""
    columns: dict[str, Any] = to_columns(frame)
    shapes, rows, bounds = to_shapes(frame, columns)
    if shapes:
        columns["shape"] = {"v": rows}
    lons, lats = _extent(columns, rows, bounds)
    basemap = cut_basemap(lons, lats, language=ui_language)
    units = choose_units(frame, columns, basemap)
    if units is not None:
        columns["unit"] = {"v": units}
    kinds = read_kinds()
    return {
        "n": len(frame),
        "map": MAP_ID,
        "language": ui_language,
        "labels": read_labels(ui_language),
        "kinds": {
            kind.key: {"key": kind.key, "color": kind.color, "shape": kind.shape} for kind in kinds
        },
        "kind_order": kind_keys([kind.key for kind in kinds]),
        "columns": columns,
        "shapes": shapes,
        "shape_bounds": bounds,
        "basemap": basemap,
        "attribution": ATTRIBUTION,
        "licences": [*map(str, frame.attrs.get("attribution", ())), *LICENCES],
    }


def _extent(
    columns: dict[str, Any], rows: list[int | None], bounds: list[list[float]]
) -> tuple[list[float], list[float]]:
    """Return the longitudes and latitudes that the map has to show."""
    lons = [v for v in columns["lon"]["v"] if v is not None] if "lon" in columns else []
    lats = [v for v in columns["lat"]["v"] if v is not None] if "lat" in columns else []
    for west, south, east, north in (bounds[row] for row in set(rows) if row is not None):
        lons += [west, east]
        lats += [south, north]
    return lons, lats


def read_overlays(overlay: Overlay | Sequence[Overlay] | None) -> list[dict[str, Any]]:
    """Return overlays, files or parsed GeoJSON, as name, colour and features each."""
    if overlay is None:
        return []
    several = [overlay] if isinstance(overlay, str | Path | dict) else list(overlay)
    return [
        to_overlay(item, name=f"overlay {number + 1}", position=number)
        if isinstance(item, dict)
        else read_overlay(item, number)
        for number, item in enumerate(several)
    ]
