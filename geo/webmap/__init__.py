"""Draw events: one HTML file that opens with no network, and static pictures."""

from geo.webmap.figure import write_figure
from geo.webmap.notebook import EventMap, to_map
from geo.webmap.writing import check_options, render_map, write_map, write_map_of_parts

__all__ = [
    "EventMap",
    "check_options",
    "render_map",
    "to_map",
    "write_figure",
    "write_map",
    "write_map_of_parts",
]
