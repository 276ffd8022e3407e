"""Lay out a printed map: the map itself, legend, scale, inset, title, thanks."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from geo.totals import summarise
from geo.webmap.basemap import cut_basemap, decode_shape
from geo.webmap.drawing import (
    area_look,
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
from geo.webmap.sheet import INK, LAND, MUTED, SEA, TOTALS, UNIT, Sheet
from geo.webmap.writing import LICENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from geo.totals import Area


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
    points = [project(*sheet.place(row)) for row in sheet.located()]
    for row in sheet.located():
        if sheet.column("precision")[row] in AREAL:
            points += _corners(sheet, row)
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


def _corners(sheet: Sheet, row: int) -> list[tuple[float, float]]:
    """Return two corners of the area that a row lies in, in sheet metres."""
    _, outline = sheet.outline(row)
    if outline is not None:
        west, south, east, north = outline.bounds
        return [project(west, south), project(east, north)]
    lon, lat = sheet.column("lon")[row], sheet.column("lat")[row]
    x, y = project(lon, lat)
    reach = (sheet.column("geo_radius_km")[row] or 0) * 1000 * stretch(lat)
    return [(x - reach, y - reach), (x + reach, y + reach)]


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
    y = _draw_area_legend(axes, sheet, y)
    axes.text(0.02, y, sheet.labels["size"], va="center", fontsize=7.5, color=MUTED)
    for x, count in ((0.07, 0), (0.3, 10), (0.6, 50)):
        size = 7.5 + min(16.0, 1.9 * math.sqrt(count))
        axes.plot(x, y - 0.065, "o", markersize=size, markerfacecolor="none", markeredgecolor=INK,
                  markeredgewidth=0.8)  # fmt: skip
        axes.text(x + 0.03 + size / 330, y - 0.065, str(count), va="center", fontsize=7.5)


def _draw_area_legend(axes: Axes, sheet: Sheet, y: float) -> float:
    """Explain the areas that are on the map from height `y` down, and return the next height."""
    from matplotlib.patches import Rectangle

    colours = {kind.key: kind.color for kind in read_kinds()}
    found: dict[str, tuple[str, bool]] = {}
    for row in sheet.located():
        colour, role = colours[sheet.column("kind")[row]], sheet.column("area_role")[row]
        if sheet.column("precision")[row] not in AREAL:
            continue
        if sheet.column("area_km2")[row] is None:
            found.setdefault("precision_area", (colour, False))
        else:
            name = "area_cumulative" if role in TOTALS else "area_increment"
            found.setdefault(name, (colour, role in TOTALS))
    for name, (colour, total) in sorted(found.items(), reverse=True):
        axes.add_patch(Rectangle((0.02, y - 0.022), 0.09, 0.044, **area_look(colour, total=total)))
        words = textwrap.fill(sheet.labels[name], 26)
        axes.text(0.14, y, words, va="center", fontsize=7.5, linespacing=1.05, color=INK)
        y -= 0.07
    return y - 0.012


def _draw_words(sheet: Sheet) -> None:
    """Write title, totals and what is not on the map above, thanks below."""
    figure, labels = sheet.figure, sheet.labels
    figure.text(0.015, 0.955, sheet.title, fontsize=13, weight="bold", va="center", color=INK)
    lines = wrap_parts(_totals(sheet), sheet.figure.get_size_inches()[0] * 72 * 0.95)
    for height, line in zip((0.921, 0.897) if len(lines) > 1 else (0.91,), lines, strict=False):
        figure.text(0.015, height, line, fontsize=8, va="center", color=INK)
    away = len(sheet.frame) - len(sheet.located())
    if away:
        text = f"{labels['tab_country']} / {labels['tab_nowhere']}: {away}"
        figure.text(0.985, 0.028, text, fontsize=7.5, va="center", ha="right", color=MUTED)
    figure.text(0.015, 0.028, " · ".join(LICENCES[:2]) + " · conflict-event-mapper", fontsize=6.5,
                va="center", color=MUTED)  # fmt: skip


def wrap_parts(parts: list[str], width: float) -> list[str]:
    """Return the parts joined by dots in lines of at most `width` points, set in 8 points."""
    from matplotlib.textpath import TextPath

    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]}   ·   {part}"
        fits = TextPath((0, 0), longer, size=8).get_extents().width <= width
        lines = [*lines[:-1], longer] if fits else [*lines, part]
    return lines


def _totals(sheet: Sheet) -> list[str]:
    """Return the totals in words, as the page counts them: km² of periods apart from totals."""
    labels = sheet.labels
    if not len(sheet.frame):
        return [labels["empty"]]
    totals = summarise(sheet.frame)
    parts = [f"{totals.events} {labels['measure_events']}"]
    parts += [f"{totals.figures[name]} {labels[name]}" for name in ("killed", "injured")
              if totals.figures[name].known]  # fmt: skip
    return parts + _areas(totals.areas, labels)


def _areas(areas: Mapping[str, Area], labels: dict[str, str]) -> list[str]:
    found = []
    for direction, area in areas.items():
        name = labels.get(direction, direction)
        if area.total is not None:
            part = labels["of_which"].format(n=f"{area.within:.15g}") if area.within else ""
            within = f" ({part})" if part else ""
            found.append(f"{area.total:.15g} km² {name}, {labels['cumulative']}{within}")
        if area.periods is not None:
            found.append(f"{area.periods:.15g} km² {name}, {labels['in_periods']}")
    return found
