"""Draw the middle of a printed map: land, areas, symbols, names."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from geo.webmap.basemap import decode_shape
from geo.webmap.clusters import gather, middle
from geo.webmap.kinds import read_kinds
from geo.webmap.lettering import Box, Label, place_labels
from geo.webmap.mercator import project, stretch
from geo.webmap.shapes import AREAL
from geo.webmap.sheet import BORDER, INK, LAND, MUTED, TOTALS, UNIT, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

MARKERS = {"circle": "o", "triangle": "^", "star": "*", "diamond": "D", "square": "s",
           "pentagon": "p", "hexagon": "h", "cross": "P"}  # fmt: skip
Marker = Any  # a letter of matplotlib's or a path
_MOST_NAMES = 14
MANY_AREAS = 25  # more than this hide the map unless they are faint
CROWD = 120  # symbols; more than this are drawn as rings where they crowd
_CELL = 30.0  # points
_UP = [(0, 1.15), (1.1, -0.15), (0.5, -0.15), (0.5, -1), (-0.5, -1), (-0.5, -0.15), (-1.1, -0.15)]


def projected(shape: BaseGeometry) -> list[Any]:
    """Return the outer rings of a shape as lists of points in sheet metres."""
    import shapely

    parts = [p for p in shapely.get_parts([shape]) if p.geom_type == "Polygon"]
    return [[project(*point[:2]) for point in part.exterior.coords] for part in parts]


def draw_land(axes: Axes, basemap: dict[str, Any]) -> None:
    """Draw the outlines of the basemap: land far and near, units, borders of countries."""
    import shapely
    from matplotlib.collections import PolyCollection

    rest = [decode_shape(coded, basemap["parts"]["rest"]) for coded in basemap["rest"]]
    units = [decode_shape(unit["g"], basemap["parts"]["units"]) for unit in basemap["units"]]
    far = [ring for shape in rest for ring in projected(shape)]
    near = [ring for shape in units for ring in projected(shape)]
    axes.add_collection(PolyCollection(far, facecolor=LAND, edgecolor=UNIT, linewidth=0.4))
    axes.add_collection(PolyCollection(near, facecolor=LAND, edgecolor=UNIT, linewidth=0.6))
    countries: dict[str, list[BaseGeometry]] = {}
    for unit, shape in zip(basemap["units"], units, strict=True):
        countries.setdefault(unit["k"], []).append(shapely.make_valid(shape))
    outlines = [shapely.union_all(shapes) for shapes in countries.values()]
    rings = [ring for shape in outlines for ring in projected(shape)]
    axes.add_collection(PolyCollection(rings, facecolor="none", edgecolor=BORDER, linewidth=0.9))


def draw_areas(axes: Axes, sheet: Sheet) -> None:
    """Draw the area that each imprecise event lies in, once each; totals of ground are hatched."""
    from matplotlib.patches import Circle, Polygon

    colours = {kind.key: kind.color for kind in read_kinds()}
    kinds, roles = sheet.column("kind"), sheet.column("area_role")
    radii = sheet.column("geo_radius_km")
    areal = [row for row in sheet.located() if sheet.column("precision")[row] in AREAL]
    drawn: set[tuple[str, bool]] = set()
    for row in areal:
        key, outline = sheet.outline(row)
        total = roles[row] in TOTALS
        if (key, total) in drawn:
            continue
        drawn.add((key, total))
        look = area_look(colours[kinds[row]], total=total, faint=len(areal) > MANY_AREAS)
        if outline is not None:
            for ring in projected(outline):
                axes.add_patch(Polygon(ring, **look))
        elif radii[row]:
            lon, lat = sheet.column("lon")[row], sheet.column("lat")[row]
            axes.add_patch(Circle(project(lon, lat), radii[row] * 1000 * stretch(lat), **look))


def area_look(colour: str, *, total: bool, faint: bool = False) -> dict[str, Any]:
    """Return how an area is drawn: a total hatched in a whole line, others in a broken one."""
    line = colour + ("66" if faint else "")
    return {
        "edgecolor": line,
        "facecolor": colour + ("14" if faint else "22"),
        "linestyle": "-" if total else (0, (4, 3)),
        "linewidth": 1.0,
        "hatch": "////" if total else None,
    }


def marker_of(shape: str) -> Marker:
    """Return what matplotlib draws for a shape of the page."""
    from matplotlib.path import Path

    if shape not in ("up", "down"):
        return MARKERS[shape]
    turn = 1 if shape == "up" else -1
    return Path([(x, y * turn) for x, y in (*_UP, _UP[0])], closed=True)


def draw_symbols(axes: Axes, sheet: Sheet) -> list[Box]:
    """Draw the events, where they crowd as rings with their number; return the boxes taken.

    The most killed come first, so that small symbols stay on top.
    """
    rows = sheet.located()
    scale = 72 / sheet.figure.dpi
    spots = [axes.transData.transform(project(*sheet.place(row))) * scale for row in rows]
    points = [(float(x), float(y)) for x, y in spots]
    crowded = len(rows) > CROWD
    groups = gather(points, cell=_CELL) if crowded else [[index] for index in range(len(rows))]
    killed = sheet.column("killed_best")
    alone = [members[0] for members in groups if len(members) == 1]
    boxes = []
    for index in sorted(alone, key=lambda i: (-(killed[rows[i]] or 0), i)):
        boxes.append(_draw_event(axes, sheet, rows[index], points[index]))
    for members in groups:
        if len(members) > 1:
            kinds = Counter(sheet.column("kind")[rows[index]] for index in members)
            boxes.append(_draw_ring(axes, sheet, kinds, middle(points, members)))
    return boxes


def _draw_event(axes: Axes, sheet: Sheet, row: int, at: tuple[float, float]) -> Box:
    look = next(kind for kind in read_kinds() if kind.key == sheet.column("kind")[row])
    size = 7.5 + min(16.0, 1.9 * math.sqrt(max(0, sheet.column("killed_best")[row] or 0)))
    reviewed = sheet.column("review_status")[row] in ("ok", "corrected")
    place = project(*sheet.place(row))
    draw_symbol(axes, place, look.color, marker_of(look.shape), size, solid=reviewed)
    return Box(at[0] - size / 2, at[1] - size / 2, at[0] + size / 2, at[1] + size / 2)


def _draw_ring(axes: Axes, sheet: Sheet, kinds: Counter[str], at: tuple[float, float]) -> Box:
    """Draw a ring of the kinds of many events with their number, at a point of the sheet."""
    from matplotlib.patches import Circle, Wedge
    from matplotlib.transforms import Affine2D

    count = kinds.total()
    radius = 8.0 + min(8.0, 1.7 * math.log2(count / 3))
    points = Affine2D().scale(1 / 72) + sheet.figure.dpi_scale_trans
    colours = {kind.key: kind.color for kind in read_kinds()}
    axes.add_patch(Circle(at, radius + 0.7, facecolor=INK, transform=points, zorder=5.5))
    turn = 90.0
    for key, number in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
        end = turn - 360 * number / count
        axes.add_patch(Wedge(at, radius, end, turn, facecolor=colours[key], linewidth=0,
                             transform=points, zorder=5.6))  # fmt: skip
        turn = end
    axes.add_patch(Circle(at, radius * 0.64, facecolor="white", transform=points, zorder=5.7))
    axes.text(*at, f"{count}", transform=points, ha="center", va="center", fontsize=6.5,
              weight="bold", color=INK, zorder=5.8)  # fmt: skip
    return Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def draw_symbol(
    axes: Axes, at: tuple[float, float], colour: str, marker: Marker, size: float, *, solid: bool
) -> None:
    """Draw one symbol of `size` points at sheet metres; it is hollow unless `solid`."""
    look: dict[str, Any] = {"marker": marker, "linestyle": "none", "zorder": 5, "markersize": size}
    face = colour if solid else "white"
    axes.plot(*at, markerfacecolor=face, markeredgecolor=INK,
              markeredgewidth=0.9 if solid else 2.8, **look)  # fmt: skip
    if not solid:
        axes.plot(*at, markerfacecolor="none", markeredgecolor=colour, markeredgewidth=1.6, **look)


def draw_names(axes: Axes, sheet: Sheet, taken: list[Box]) -> None:
    """Name the weightiest events and then the larger cities, where there is room."""
    from matplotlib.patheffects import withStroke
    from matplotlib.textpath import TextPath

    frame = _points(axes, sheet)
    wanted = [(*item, 8.0, INK, "bold") for item in _event_names(sheet)]
    wanted += [
        (name, *project(lon, lat), 7.0, MUTED, "normal")
        for lon, lat, name in sheet.payload["basemap"]["cities"][:30]
    ]
    scale = 72 / sheet.figure.dpi
    labels = []
    for text, x, y, size, _, _ in wanted:
        width = TextPath((0, 0), text, size=size).get_extents().width * 1.12 + 2
        px, py = (v * scale for v in axes.transData.transform((x, y)))
        labels.append(Label(px, py, width, size * 1.25, 7.0 if size > 7 else 3.0))
    bar = Box(frame.left, frame.bottom, frame.left + 0.28 * (frame.right - frame.left),
              frame.bottom + 34)  # fmt: skip
    dots = [Box(label.x - 1, label.y - 1, label.x + 1, label.y + 1) for label in labels]
    corners = place_labels(labels, [*taken, bar, *dots], frame)
    halo = [withStroke(linewidth=2.2, foreground="white")]
    for (text, x, y, size, colour, weight), corner in zip(wanted, corners, strict=True):
        if corner is None:
            continue
        axes.annotate(text, corner, xycoords="figure points",
                      fontsize=size, color=colour, weight=weight, path_effects=halo,
                      va="bottom", zorder=6)  # fmt: skip
        if weight == "normal":
            axes.plot(x, y, ".", color=MUTED, markersize=2.5, zorder=3)


def _points(axes: Axes, sheet: Sheet) -> Box:
    box = axes.get_window_extent()
    scale = 72 / sheet.figure.dpi
    return Box(box.x0 * scale + 3, box.y0 * scale + 3, box.x1 * scale - 3, box.y1 * scale - 3)


def _event_names(sheet: Sheet) -> list[tuple[str, float, float]]:
    """Return words and place of the events to name, the weightiest first, each place once."""
    names, killed, area = (sheet.column(n) for n in ("place_name", "killed_best", "area_km2"))
    roles = sheet.column("area_role")
    found: dict[tuple[float, float], list[str]] = {}
    weight = {r: (-(area[r] or 0), -(killed[r] or 0), r) for r in sheet.located()}
    for row in sorted(weight, key=lambda r: weight[r]):
        words = found.setdefault(sheet.place(row), [names[row] or ""])
        if area[row] is not None and len(words) < 3:
            role = sheet.labels.get(roles[row] or "", "")
            words.append(f"{area[row]:.15g} km² {role}".strip())
        elif killed[row] and len(words) < 2:
            words.append(f"{killed[row]} {sheet.labels['killed']}")
    kept = list(found.items())[:_MOST_NAMES]
    return [(", ".join(w for w in words if w), *project(*at)) for at, words in kept]
