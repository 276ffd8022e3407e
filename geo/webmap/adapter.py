"""Hand events to folium, for people who add layers of their own.

branca runs what it is given as a template, and popups are JavaScript template literals: every
text that goes in is escaped so that neither reads code in it (:func:`geo.webmap.text.html_text`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.webmap.basemap import cut_basemap, decode_shape
from geo.webmap.kinds import read_kinds
from geo.webmap.labels import read_labels
from geo.webmap.packing import value_of
from geo.webmap.payload import to_columns
from geo.webmap.shapes import AREAL, PARTS, to_shapes
from geo.webmap.text import html_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

Value = Any  # of whatever type the column is
_COUNTRY = 6  # geo_precision: what is known to a country only is no point of the map
_LINES = ("title", "place_name", "sentence", "source_name")


def to_folium_map(
    frame: pd.DataFrame, *, ui_language: str = "en", overlays: Sequence[dict[str, Any]] = ()
) -> folium.Map:
    """Return a folium map with outlines, areas and one circle marker an event, coloured by type.

    `overlays` are drawn under the events, as :func:`geo.webmap.overlays.to_overlay` reads them.

    Tiles are not loaded; folium itself loads Leaflet from the network when the map is opened.
    Events without a place are left out.
    """
    import folium

    columns: dict[str, Any] = to_columns(frame)
    shapes, rows, _ = to_shapes(frame, columns)
    lons, lats = (
        [v for v in columns.get(n, {"v": []})["v"] if v is not None] for n in ("lon", "lat")
    )
    result = folium.Map(tiles=None, control_scale=True, maxZoom=18)
    _add_outlines(result, cut_basemap(lons, lats, language=ui_language))
    for overlay in overlays:
        _add_overlay(result, overlay)
    _add_events(
        result,
        columns,
        [None if at is None else shapes[at] for at in rows],
        read_labels(ui_language),
    )
    if lons:
        result.fit_bounds([[min(lats), min(lons)], [max(lats), max(lons)]], max_zoom=9)
    return result


def _add_events(
    target: folium.Map, columns: dict[str, Any], shapes: list[Any], labels: dict[str, str]
) -> None:
    import folium

    group = folium.FeatureGroup(name="Events")
    group.add_to(target)
    colours = {kind.key: kind.color for kind in read_kinds()}
    for row, shape in enumerate(shapes):
        lon, lat = _cell(columns, "lon", row), _cell(columns, "lat", row)
        precision = _cell(columns, "precision", row)
        if lon is None or lat is None or precision == _COUNTRY:
            continue
        colour = colours[_cell(columns, "kind", row)]
        radius = _cell(columns, "geo_radius_km", row)
        if shape is not None:
            _add_area(group, decode_shape(shape, PARTS), colour)
        elif precision in AREAL and radius:
            circle = folium.Circle(
                (lat, lon), radius=radius * 1000, color=colour, weight=1, fill=True
            )
            circle.add_to(group)
        _add_marker(group, columns, row, colour, labels)


def _cell(columns: dict[str, Any], name: str, row: int) -> Value:
    column = columns.get(name)
    return None if column is None else value_of(column, row)


def _add_outlines(target: folium.Map, basemap: dict[str, Any]) -> None:
    import folium
    import shapely

    shapes = [decode_shape(unit["g"], basemap["parts"]["units"]) for unit in basemap["units"]]
    shapes += [decode_shape(land, basemap["parts"]["rest"]) for land in basemap["rest"]]
    features = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(s)}
        for s in shapes
    ]
    style = {"color": "#8d8a80", "weight": 0.8, "fillColor": "#f4f1ea", "fillOpacity": 1}
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name="Outlines",
        style_function=lambda _: style,
        interactive=False,
    )
    layer.add_to(target)


def _add_overlay(target: folium.Map, overlay: dict[str, Any]) -> None:
    """Draw an overlay's shapes; what is written on them stays behind."""
    import folium

    style = {"color": overlay["color"], "weight": 2.5, "fillOpacity": 0.12}
    bare = [{**feature, "properties": {}} for feature in overlay["geojson"]["features"]]
    collection = {"type": "FeatureCollection", "features": bare}
    name = html_text(overlay["name"])
    folium.GeoJson(collection, name=name, style_function=lambda _: style).add_to(target)


def _add_area(group: folium.FeatureGroup, shape: BaseGeometry, colour: str) -> None:
    import folium
    import shapely

    style = {"color": colour, "weight": 1.5, "fillOpacity": 0.12, "dashArray": "5 4"}
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
    folium.GeoJson(feature, style_function=lambda _: style).add_to(group)


def _add_marker(
    group: folium.FeatureGroup,
    columns: dict[str, Any],
    row: int,
    colour: str,
    labels: dict[str, str],
) -> None:
    import folium

    kind = labels[f"kind_{_cell(columns, 'kind', row)}"]
    texts = [kind, *(text for name in _LINES if (text := _cell(columns, name, row)))]
    killed = _cell(columns, "killed_best", row)
    texts += [f"{killed} {labels['killed']}"] if killed is not None else []
    popup = "<br>".join(f"<bdi>{html_text(text)}</bdi>" for text in texts)
    reviewed = _cell(columns, "review_status", row) in ("ok", "corrected")
    folium.CircleMarker(
        (_cell(columns, "lat", row), _cell(columns, "lon", row)),
        radius=7 + min(19.0, 2.1 * float(killed or 0) ** 0.5),
        color=colour,
        weight=3,
        fill=True,
        fill_opacity=0.9 if reviewed else 0.15,
        popup=folium.Popup(popup, max_width=340),
    ).add_to(group)
