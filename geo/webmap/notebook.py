"""Hold a map before it is written: to save, to show in a notebook, to take on to folium."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from geo.webmap.adapter import to_folium_map
from geo.webmap.writing import MapOptions, read_overlays, render_map, write_map

if TYPE_CHECKING:
    import folium
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class EventMap:
    """Hold events and how to draw them; nothing is drawn before it is asked for."""

    frame: pd.DataFrame
    options: MapOptions = field(default_factory=MapOptions)

    def __repr__(self) -> str:
        options = "".join(f", {name}={value!r}" for name, value in self.options.items())
        return f"<EventMap of {len(self.frame):,} events{options}>"

    def save(self, path: str | Path) -> Path:
        """Write the map as one HTML file; see :func:`geo.webmap.write_map`."""
        return write_map(self.frame, path, **self.options)

    def to_html(self) -> str:
        """Return the page as text."""
        return render_map(self.frame, **self.options)

    def to_folium(self) -> folium.Map:
        """Return a ``folium.Map`` to which layers and plugins can be added; its texts are inert."""
        language = self.options.get("ui_language", "en")
        overlays = read_overlays(self.options.get("overlay"))
        return to_folium_map(self.frame, ui_language=language, overlays=overlays)

    def _repr_html_(self) -> str:
        """Return the map in a frame of its own, so that a notebook's page cannot reach it."""
        return (
            f'<iframe srcdoc="{html.escape(self.to_html())}" title="Map of events" '
            'style="width:100%;height:620px;border:1px solid #ccc" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-modals"></iframe>'
        )


def to_map(frame: pd.DataFrame, **options: Unpack[MapOptions]) -> EventMap:
    """Return a map of the events of `frame`; options are those of :func:`write_map`.

    >>> import pandas as pd
    >>> to_map(pd.DataFrame(), title="Nothing yet").to_html()[:15]
    '<!DOCTYPE html>'
    """
    return EventMap(frame, options)
