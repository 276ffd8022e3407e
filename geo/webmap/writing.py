"""Write the map: one HTML file that opens with no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from geo.errors import InputError
from geo.webmap.basemap import cut_basemap
from geo.webmap.cells import Cells
from geo.webmap.files import write_whole
from geo.webmap.kinds import kind_keys, read_kinds
from geo.webmap.labels import read_labels
from geo.webmap.listed import Listed, put_together
from geo.webmap.overlays import read_overlay, to_overlay
from geo.webmap.packing import pack_columns
from geo.webmap.page import build_page
from geo.webmap.payload import to_columns
from geo.webmap.regions import choose_units
from geo.webmap.shapes import to_shapes
from geo.webmap.skeleton import MAP_ID, choose_tiles
from geo.webmap.summing import Places, to_summed
from geo.webmap.text import clean_text

if TYPE_CHECKING:
    import pandas as pd

ATTRIBUTION = "Natural Earth · GeoNames"
EACH_UP_TO = 50_000  # more events are summed
MOST_EACH = 300_000  # some 60 MB and 5 seconds until ready: no browser should take more
_AT_ONCE = 50_000  # rows
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
    each_up_to: int


def write_map(
    frame: pd.DataFrame,
    path: str | Path,
    *,
    title: str = "Conflict events",
    ui_language: str = "en",
    tiles: str | None = None,
    overlay: Overlay | Sequence[Overlay] | None = None,
    embed: bool = False,
    each_up_to: int = EACH_UP_TO,
) -> Path:
    """Write the events of `frame` (columns of the schema) as one HTML file and return its path.

    Coordinates are read from ``longitude`` and ``latitude``, areas from the geometry. `tiles`
    is "osm", "carto" or a URL; without it the page asks the network for nothing. `overlay` is
    GeoJSON, as a file or parsed. More events than `each_up_to` are summed by place, kind and
    month; the most lethal still travel whole. Raises :class:`geo.errors.ExportError` when the
    file cannot be written, :class:`geo.errors.InputError` for unusable tiles or overlays.

    >>> import tempfile
    >>> import geo
    >>> frame = geo.read_frame("outputs/example/article.it.geojson")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     geo.write_map(frame, f"{folder}/map.html", title="Ferragosto").name
    'map.html'
    """
    return write_map_of_parts(
        [frame], path, title=title, ui_language=ui_language, tiles=tiles, overlay=overlay,
        embed=embed, each_up_to=each_up_to,
    )  # fmt: skip


def write_map_of_parts(
    parts: Iterable[pd.DataFrame], path: str | Path, **options: Unpack[MapOptions]
) -> Path:
    """Write a map of frames that come one after the other, as :func:`write_map` does of one.

    Beyond ``each_up_to`` events only their sums are held, so that any number can come.
    """
    page = render_parts(parts, **options)

    def save(partial: Path) -> None:
        partial.write_text(page, encoding="utf-8", newline="\n")

    return write_whole(Path(path), save)


def check_options(
    *,
    ui_language: str = "en",
    tiles: str | None = None,
    overlay: Overlay | Sequence[Overlay] | None = None,
    each_up_to: int = EACH_UP_TO,
) -> None:
    """Raise now what :func:`write_map` would raise of these options after the work is done.

    Raises :class:`geo.errors.InputError` for unusable tiles or overlays, or more single events
    than a page can carry, and :class:`geo.errors.UnknownLanguageError` for a language without
    labels.
    """
    if not 0 <= each_up_to <= MOST_EACH:
        raise InputError(f"{each_up_to:,} single events are not between 0 and {MOST_EACH:,}")
    read_labels(ui_language)
    choose_tiles(tiles)
    read_overlays(overlay)


def render_map(frame: pd.DataFrame, **options: Unpack[MapOptions]) -> str:
    """Return the page of :func:`write_map` as text."""
    return render_parts([frame], **options)


def render_parts(
    parts: Iterable[pd.DataFrame],
    *,
    title: str = "Conflict events",
    ui_language: str = "en",
    tiles: str | None = None,
    overlay: Overlay | Sequence[Overlay] | None = None,
    embed: bool = False,
    each_up_to: int = EACH_UP_TO,
) -> str:
    """Return the page of :func:`write_map_of_parts` as text."""
    check_options(each_up_to=each_up_to)
    labels = read_labels(ui_language)
    overlays = read_overlays(overlay)
    heading = clean_text(title, longest=200) or "—"
    held, rest = hold(parts, each_up_to)
    if rest is None:
        data = to_payload(put_together(held), ui_language=ui_language)
    else:
        data = to_summed_payload(chain(held, rest), ui_language=ui_language)
    data["columns"] = pack_columns(data["columns"])
    return build_page(
        data | {"overlays": overlays},
        title=heading, labels=labels, tiles=choose_tiles(tiles), embed=embed,
    )  # fmt: skip


def hold(
    parts: Iterable[pd.DataFrame], most: int
) -> tuple[list[pd.DataFrame], Iterator[pd.DataFrame] | None]:
    """Return the frames, and ``None``; where they are over `most` events those read, and the rest.

    >>> import pandas as pd
    >>> held, rest = hold([pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [3]})], 1)
    >>> len(held), sum(map(len, rest))
    (1, 1)
    """
    coming = iter(parts)
    held: list[pd.DataFrame] = []
    for part in coming:
        held.append(part)
        if sum(map(len, held)) > most:
            return held, coming
    return held, None


def to_summed_payload(parts: Iterable[pd.DataFrame], *, ui_language: str = "en") -> dict[str, Any]:
    """Return all that the page's scripts read of events too many to travel each."""
    cells, listed = Cells(), Listed()
    for whole in parts:
        for begin in range(0, len(whole), _AT_ONCE):
            part = whole.iloc[begin : begin + _AT_ONCE]
            cells.add(part)
            listed.add(part)
    table = cells.table()
    places = Places(table, cells)
    data = to_payload(listed.frame(), ui_language=ui_language, around=places.extent())
    units = places.units(data["basemap"])
    labels = words_of(ui_language, sums=True)
    return data | {"cells": to_summed(cells, table, places, units), "labels": labels}


def words_of(language: str, *, sums: bool) -> dict[str, str]:
    """Return the labels that a page needs: those of sums weigh on none that has no sums."""
    return {k: v for k, v in read_labels(language).items() if sums or not k.startswith("cells_")}


def to_payload(
    frame: pd.DataFrame,
    *,
    ui_language: str = "en",
    around: tuple[list[float], list[float]] = ([], []),
) -> dict[str, Any]:
    """Return all that the page's scripts read, as JSON-ready values.

    `around` are further longitudes and latitudes that the map has to show.
    """
    columns: dict[str, Any] = to_columns(frame)
    shapes, rows, bounds = to_shapes(frame, columns)
    if shapes:
        columns["shape"] = {"v": rows}
    lons, lats = _extent(columns, rows, bounds)
    basemap = cut_basemap(lons + around[0], lats + around[1], language=ui_language)
    units = choose_units(frame, columns, basemap)
    if units is not None:
        columns["unit"] = {"v": units}
    kinds = read_kinds()
    return {
        "n": len(frame),
        "map": MAP_ID,
        "language": ui_language,
        "labels": words_of(ui_language, sums=False),
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
