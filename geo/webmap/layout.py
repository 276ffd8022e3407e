"""Lay out a printed map: the map itself, legend, scale, inset, title, thanks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.totals import summarise
from geo.webmap.basemap import cut_basemap, decode_shape
from geo.webmap.drawing import (
    draw_areas,
    draw_land,
    draw_names,
    draw_symbol,
    draw_symbols,
    marker_of,
    projected,
)
from geo.webmap.kinds import kind_keys, read_kinds
from geo.webmap.lettering import Box
from geo.webmap.mercator import project, round_length, stretch
from geo.webmap.shapes import AREAL
from geo.webmap.sheet import INK, LAND, MUTED, SEA, UNIT, Sheet
from geo.webmap.writing import ATTRIBUTION

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_sheet(sheet: Sheet) -> None:
    """Draw the whole sheet on its figure."""
    axes = sheet.figure.add_axes((0.015, 0.06, 0.735, 0.82))
    axes.set_facecolor(SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_edgecolor(UNIT)
    window = _window(sheet)
    axes.set_xlim(window.left, window.right)
    axes.set_ylim(window.bottom, window.top)
    axes.set_autoscale_on(False)
    draw_land(axes, sheet.payload["basemap"])
    draw_areas(axes, sheet)
    taken = draw_symbols(axes, sheet)
    draw_names(axes, sheet, taken)
    _draw_scale(axes, window)
    _draw_inset(sheet, window)
    _draw_legend(sheet)
    _draw_words(sheet)


def _window(sheet: Sheet) -> Box:
    """Return the part of the world to show, in sheet metres, in the shape of the axes."""
    lon, lat = sheet.column("lon"), sheet.column("lat")
    points = [project(lon[row], lat[row]) for row in sheet.located()]
    for west, south, east, north in sheet.payload["shape_bounds"]:
        points += [project(west, south), project(east, north)]
    if not points:
        west, south, east, north = sheet.payload["basemap"]["box"]
        points = [project(west, south), project(east, north)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide = max((max(xs) - min(xs)) * 1.25, 160_000.0)
    high = max((max(ys) - min(ys)) * 1.25, 160_000.0)
    size = sheet.figure.get_size_inches()
    shape = (size[0] * 0.735) / (size[1] * 0.82)
    wide, high = max(wide, high * shape), max(high, wide / shape)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _draw_scale(axes: Axes, window: Box) -> None:
    """Draw a bar of a round length, true at the middle of the sheet."""
    middle = (window.bottom + window.top) / 2
    lat = math.degrees(2 * math.atan(math.exp(middle / 6378137.0)) - math.pi / 2)
    metres = round_length((window.right - window.left) / stretch(lat) / 5)
    share = metres * stretch(lat) / (window.right - window.left)
    look: dict[str, Any] = {
        "transform": axes.transAxes,
        "color": INK,
        "zorder": 7,
        "solid_capstyle": "butt",
    }
    axes.plot([0.03, 0.03 + share], [0.035, 0.035], linewidth=2.4, **look)
    for end in (0.03, 0.03 + share):
        axes.plot([end, end], [0.028, 0.045], linewidth=1.0, **look)
    axes.text(0.03 + share / 2, 0.052, f"{metres / 1000:g} km", transform=axes.transAxes,
              ha="center", fontsize=7.5, color=INK, zorder=7)  # fmt: skip


def _draw_inset(sheet: Sheet, window: Box) -> None:
    """Draw where in the world the map lies."""
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Rectangle

    axes = sheet.figure.add_axes((0.775, 0.075, 0.2, 0.2))
    axes.set_facecolor(SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    world = cut_basemap([], [])
    rings = [
        ring
        for coded in world["rest"]
        for ring in projected(decode_shape(coded, world["parts"]["rest"]))
    ]
    axes.add_collection(PolyCollection(rings, facecolor=LAND, edgecolor=UNIT, linewidth=0.25))
    x, y = (window.left + window.right) / 2, (window.bottom + window.top) / 2
    reach = max(2_600_000.0, (window.right - window.left) * 1.6)
    wide, high = sheet.figure.get_size_inches()
    axes.set_xlim(x - reach * wide / high, x + reach * wide / high)
    axes.set_ylim(y - reach, y + reach)
    size = (window.right - window.left, window.top - window.bottom)
    axes.add_patch(Rectangle((window.left, window.bottom), *size, fill=False, edgecolor="#d55e00",
                             linewidth=1.3))  # fmt: skip


def _draw_legend(sheet: Sheet) -> None:
    """Draw the types on the map, what hollow means, sizes and areas, in the right margin."""
    axes = sheet.figure.add_axes((0.765, 0.3, 0.23, 0.58))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    looks = {kind.key: kind for kind in read_kinds()}
    rows = sheet.located()
    kinds, reviews = sheet.column("kind"), sheet.column("review_status")
    keys = kind_keys([kinds[row] for row in rows])
    lines = [(sheet.labels[f"kind_{key}"], looks[key], True) for key in keys]
    if keys and any(reviews[row] not in ("ok", "corrected") for row in rows):
        lines += [(sheet.labels["not_reviewed"], looks[keys[0]], False)]
    y = 0.97
    for text, look, solid in lines:
        draw_symbol(axes, (0.06, y), look.color, marker_of(look.shape), 8, solid=solid)
        axes.text(0.14, y, text, va="center", fontsize=8, color=INK)
        y -= 0.062
    if keys and any(sheet.column("precision")[row] in AREAL for row in rows):
        colour = looks[keys[0]].color
        axes.plot([0.02, 0.1], [y, y], color=colour, linestyle=(0, (3, 2)), linewidth=1.2)
        axes.text(0.14, y, sheet.labels["precision_area"], va="center", fontsize=8, color=INK)
        y -= 0.075
    axes.text(0.02, y, sheet.labels["size"], va="center", fontsize=7.5, color=MUTED)
    for x, count in ((0.07, 0), (0.3, 10), (0.6, 50)):
        size = 7.5 + min(16.0, 1.9 * math.sqrt(count))
        axes.plot(x, y - 0.065, "o", markersize=size, markerfacecolor="none", markeredgecolor=INK,
                  markeredgewidth=0.8)  # fmt: skip
        axes.text(x + 0.03 + size / 330, y - 0.065, str(count), va="center", fontsize=7.5)


def _draw_words(sheet: Sheet) -> None:
    """Write title, totals and what is not on the map above, thanks below."""
    figure, labels = sheet.figure, sheet.labels
    figure.text(0.015, 0.955, sheet.title, fontsize=13, weight="bold", va="center", color=INK)
    figure.text(0.015, 0.91, _totals(sheet), fontsize=8.5, va="center", color=INK)
    away = len(sheet.frame) - len(sheet.located())
    if away:
        text = f"{labels['tab_country']} / {labels['tab_nowhere']}: {away}"
        figure.text(0.75, 0.91, text, fontsize=8.5, va="center", ha="right", color=MUTED)
    figure.text(0.015, 0.028, f"{ATTRIBUTION} (CC BY 4.0) · conflict-event-mapper", fontsize=6.5,
                va="center", color=MUTED)  # fmt: skip


def _totals(sheet: Sheet) -> str:
    """Return one line of totals, as the page counts them."""
    labels = sheet.labels
    if not len(sheet.frame):
        return labels["empty"]
    totals = summarise(sheet.frame)
    parts = [f"{labels['events']}: {totals.events}"]
    parts += [f"{labels[name]}: {totals.figures[name]}" for name in ("killed", "injured")
              if totals.figures[name].known]  # fmt: skip
    for direction, area in totals.areas.items():
        within = f" ({labels['of_which'].format(n=f'{area.within:g}')})" if area.within else ""
        parts.append(f"{labels.get(direction, direction)}: {area.km2:g} km²{within}")
    return "   ·   ".join(parts)
