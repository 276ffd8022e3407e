"""Draw events: one HTML file that opens with no network, and static pictures."""

from geo.webmap.writing import render_map, write_map

__all__ = ["render_map", "write_map"]
