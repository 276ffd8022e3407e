"""Let folium make the map's skeleton: the map, its scale, its tiles. No event passes here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geo.errors import InputError

MAP_ID = "map_conflict"
_OSM = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>'
_CARTO = '&copy; <a href="https://carto.com/attributions">CARTO</a>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Hold a tile service: its address with ``{z}/{x}/{y}``, and whom to thank."""

    name: str
    url: str
    attribution: str

    @property
    def origin(self) -> str:
        """Return what a content security policy has to allow."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


KNOWN_TILES = {
    "osm": Tiles(
        name="OpenStreetMap",
        url="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        attribution=_OSM,
    ),
    "carto": Tiles(
        name="CARTO",
        url="https://{s}.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png",
        attribution=f"{_OSM}, {_CARTO}",
    ),
}
_SAFE_URL = re.compile(r"https?://[A-Za-z0-9.:{}_-]+/[A-Za-z0-9._~:/?&=@{}-]*\Z")


def choose_tiles(name: str | None) -> Tiles | None:
    """Return the tile service of a name ("osm", "carto") or of a URL with {z}, {x} and {y}.

    Raises :class:`geo.errors.InputError` for anything else.
    """
    if name is None or name in KNOWN_TILES:
        return KNOWN_TILES[name] if name else None
    fields = set(re.findall(r"\{([^{}]*)\}", name))
    plain = re.sub(r"\{(s|z|x|y|r)\}", "", name)
    if not _SAFE_URL.match(name) or not {"z", "x", "y"} <= fields or set("{}") & set(plain):
        known = ", ".join(KNOWN_TILES)
        raise InputError(
            f"tiles {name[:80]!r}: give {known}, or an http(s) address with {{z}}, {{x}}, {{y}}"
        )
    return Tiles(name="Tiles", url=name, attribution=urlsplit(name).hostname or "")


def skeleton_script(tiles: Tiles | None = None) -> tuple[str, str | None]:
    """Return folium's script for an empty map, and the name of its tile layer.

    The same arguments give the same text: folium's random names are replaced by fixed ones.
    """
    import folium

    skeleton = folium.Map(
        location=(0, 0),
        zoom_start=3,
        tiles=None,
        control_scale=True,
        maxZoom=18,
        minZoom=2,
        fadeAnimation=False,
    )
    skeleton._id = MAP_ID.removeprefix("map_")
    layer = None
    if tiles is not None:
        layer = folium.TileLayer(tiles=tiles.url, attr=tiles.attribution, name=tiles.name)
        layer._id = "tiles"
        layer.add_to(skeleton)
    root: Any = skeleton.get_root()  # a branca Figure, which carries the script
    root.render()
    script = "\n".join(line.rstrip() for line in root.script.render().splitlines() if line.strip())
    return script, layer.get_name() if layer else None
