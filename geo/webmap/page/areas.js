// The areas that imprecise events lie in: regions, districts, circles, sectors and their flanks.

const SHAPES = DATA.shapes.map((polygons, k) => ({ ...pathOf(polygons, 1000, null), box: DATA.shape_bounds[k] }));
DATA.shapes = null;
const AREAL = new Set([3, 4, 5, 7]);
const isTotal = (i) => ["cumulative", "stock"].includes(get("area_role", i));
const AREAS = []; // each distinct area once: {shape | unit | km and a first event, total}
const AREA = areaNumbers();
let drawnAreas = []; // {path, shaped, members, view} in the order of drawing

// A region without an outline of its own is drawn as the unit of the basemap that it is.
function areaNumbers() {
  const known = new Map();
  return Int32Array.from({ length: N }, (_, i) => {
    if (!AREAL.has(PRECISION[i]) || !onMap(i)) return -1;
    const shape = SHAPE ? SHAPE[i] : null;
    const unit = shape === null && PRECISION[i] === 4 && UNIT ? UNIT[i] : null;
    const km = get("geo_radius_km", i);
    const place = shape !== null ? "s" + shape : unit !== null ? "u" + unit : `${X[i]},${Y[i]},${km}`;
    const key = isTotal(i) ? "t" + place : place;
    if (!known.has(key)) {
      known.set(key, AREAS.length);
      AREAS.push({ shape, unit, km, first: i, total: isTotal(i) });
    }
    return known.get(key);
  });
}

const outlineOfArea = (area) => (area.shape !== null ? SHAPES[area.shape] : area.unit !== null ? UNITS[area.unit] : null);

// Each area that events of the list lie in, with those events.
function areasOf(list) {
  const found = new Map();
  for (const i of list) {
    if (AREA[i] < 0) continue;
    if (found.has(AREA[i])) found.get(AREA[i]).push(i);
    else found.set(AREA[i], [i]);
  }
  return found;
}

function paintAreas(context, view, look) {
  drawnAreas = [];
  const areas = areasOf(shown);
  const faint = areas.size > 25; // many areas on each other: their outlines would hide the map
  for (const [number, members] of areas) {
    if (state.open === null || AREA[state.open] !== number) paintArea(context, view, look, AREAS[number], members, faint);
  }
  const own = state.open === null ? null : areas.get(AREA[state.open]);
  if (own) paintArea(context, view, look, AREAS[AREA[state.open]], own, false);
}

// A total is hatched within a whole line, anything else is tinted within a broken one.
function paintArea(context, view, look, area, members, faint) {
  const picked = members.includes(state.open);
  const colour = kindOf(picked ? state.open : members[0]).color;
  const outline = outlineOfArea(area);
  if (outline && !view.inView(outline.bounds)) return;
  const path = outline ? outline.fill : circlePath(view, area);
  if (!path) return;
  context.save();
  const pixel = outline ? view.toShapes(context) : 1;
  context.globalAlpha = (faint ? 0.05 : 0.1) + Math.min(0.16, members.length * 0.012) + (picked ? 0.08 : 0);
  context.fillStyle = colour;
  context.fill(path);
  context.globalAlpha = picked ? 1 : faint ? 0.25 : 0.9;
  context.lineWidth = (picked ? 2.6 : 1.5) * pixel;
  context.strokeStyle = picked ? look.ink : colour;
  if (!area.total) context.setLineDash([5 * pixel, 4 * pixel]);
  context.stroke(path);
  if (area.total) hatch(context, view, path, colour);
  context.restore();
  drawnAreas.push({ path, shaped: Boolean(outline), members, view });
}

// Slanted lines at the same distance whatever the zoom.
function hatch(context, view, path, colour) {
  context.clip(path);
  view.toScreen(context);
  context.beginPath();
  for (let x = -view.height; x < view.width; x += 7) {
    context.moveTo(x, view.height);
    context.lineTo(x + view.height, 0);
  }
  context.setLineDash([]);
  context.globalAlpha = 0.55;
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.stroke();
}

function circlePath(view, area) {
  const radius = area.km ? radiusPixels(area.first, area.km, view.scale) : 0;
  if (radius < 8 || radius > 40000) return null;
  const path = new Path2D();
  path.arc(X[area.first] * view.scale - view.left, Y[area.first] * view.scale - view.top, radius, 0, 7);
  return path;
}

const radiusPixels = (i, km, scale) => ((km / 40075.017) * 256 * scale) / Math.cos((get("lat", i) * Math.PI) / 180);

function hitArea(point) {
  const context = eventLayer.context;
  const members = [];
  for (const area of drawnAreas) {
    const ratio = area.view.ratio;
    if (area.shaped) area.view.toShapes(context);
    if (context.isPointInPath(area.path, point.x * ratio, point.y * ratio)) members.push(...area.members);
    area.view.toScreen(context);
  }
  return members.length ? { members } : null;
}
