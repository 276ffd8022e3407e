// The outline basemap: land, borders and names, drawn from the shapes in the page.

const BASE = DATA.basemap;
const ORIGIN = [worldX((BASE.box[0] + BASE.box[2]) / 2), worldY((BASE.box[1] + BASE.box[3]) / 2)];
const FINE = 64; // paths are kept in 1/64 pixels of zoom 0, so that canvas numbers stay exact

function decode(ring, parts, visit) {
  let x = 0;
  let y = 0;
  for (let k = 0; k < ring.length; k += 2) {
    x += ring[k];
    y += ring[k + 1];
    visit(x / parts, y / parts, k === 0);
  }
}

// A closed path for filling and an open one for borders, which leaves out the cut at the box.
function pathOf(polygons, parts, box) {
  const fill = new Path2D();
  const edge = new Path2D();
  const onCut = (a, b) => box && ((a[0] === b[0] && (a[0] === box[0] || a[0] === box[2])) || (a[1] === b[1] && (a[1] === box[1] || a[1] === box[3])));
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of polygons) {
    for (const ring of rings) {
      const points = [];
      decode(ring, parts, (lon, lat) => points.push([lon, lat]));
      const placed = points.map(([lon, lat]) => [(worldX(lon) - ORIGIN[0]) * FINE, (worldY(lat) - ORIGIN[1]) * FINE]);
      placed.forEach(([x, y], k) => {
        fill[k ? "lineTo" : "moveTo"](x, y);
        bounds[0] = Math.min(bounds[0], x);
        bounds[1] = Math.min(bounds[1], y);
        bounds[2] = Math.max(bounds[2], x);
        bounds[3] = Math.max(bounds[3], y);
      });
      fill.closePath();
      for (let k = 0; k < points.length; k++) {
        const next = (k + 1) % points.length;
        if (onCut(points[k], points[next])) continue;
        edge.moveTo(...placed[k]);
        edge.lineTo(...placed[next]);
      }
    }
  }
  return { fill, edge, bounds };
}

const UNITS = BASE.units.map((unit) => ({ ...unit, ...pathOf(unit.g, BASE.parts.units, BASE.box) }));
const BORDERS = countryBorders();
const REST = BASE.rest.map((polygons) => pathOf(polygons, BASE.parts.rest, BASE.box));
for (const unit of UNITS) unit.g = null;

// Edges that only one unit of a country has: its border or its coast.
function countryBorders() {
  const edges = new Map();
  const { parts, units, box } = { parts: BASE.parts.units, units: BASE.units, box: BASE.box };
  for (const unit of units) {
    for (const ring of unit.g.flat()) {
      const points = [];
      decode(ring, 1, (x, y) => points.push([x, y]));
      points.forEach((a, k) => {
        const b = points[(k + 1) % points.length];
        if ([0, 1].some((axis) => a[axis] === b[axis] && (a[axis] === box[axis] * parts || a[axis] === box[axis + 2] * parts))) return;
        const [low, high] = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? [a, b] : [b, a];
        const key = `${unit.k} ${low} ${high}`;
        edges.set(key, edges.has(key) ? null : [a, b]);
      });
    }
  }
  const path = new Path2D();
  for (const edge of edges.values()) {
    if (!edge) continue;
    edge.forEach(([x, y], k) => path[k ? "lineTo" : "moveTo"]((worldX(x / parts) - ORIGIN[0]) * FINE, (worldY(y / parts) - ORIGIN[1]) * FINE));
  }
  return path;
}

// The unit under a point, or null.
function unitAt(lat, lon) {
  const at = [(worldX(lon) - ORIGIN[0]) * FINE, (worldY(lat) - ORIGIN[1]) * FINE];
  const context = baseLayer.context;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  const found = UNITS.findIndex(({ fill, bounds }) => bounds[0] <= at[0] && at[0] <= bounds[2] && bounds[1] <= at[1] && at[1] <= bounds[3] && context.isPointInPath(fill, ...at));
  context.restore();
  return found < 0 ? null : found;
}

// A canvas that Leaflet moves and scales as it does its own; `paint` draws it.
const CanvasLayer = L.Renderer.extend({
  initialize(paint, options) {
    L.setOptions(this, options);
    L.stamp(this);
    this._layers = {};
    this.paint = paint;
    this.repaint = soon(() => this._map && this._update());
  },
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this.context = this._container.getContext("2d");
  },
  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },
  _updatePaths() {},
  _update() {
    if (!this._map || (this._map._animatingZoom && this._bounds)) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    canvas.style.width = size.x + "px";
    canvas.style.height = size.y + "px";
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paint(this.context, this._view(size, ratio));
  },
  // Pixels of this canvas from zoom-0 world pixels: x * scale - left.
  _view(size, ratio) {
    const scale = 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const view = { scale, left: origin.x, top: origin.y, width: size.x, height: size.y, zoom: this._map.getZoom(), ratio };
    view.toShapes = (context) => {
      const factor = (scale / FINE) * ratio;
      context.setTransform(factor, 0, 0, factor, (ORIGIN[0] * scale - view.left) * ratio, (ORIGIN[1] * scale - view.top) * ratio);
      return FINE / scale;
    };
    view.toScreen = (context) => context.setTransform(ratio, 0, 0, ratio, 0, 0);
    view.inView = (bounds) => {
      const at = (value, origin0, edge) => ((value / FINE + origin0) * scale) - edge;
      return at(bounds[2], ORIGIN[0], view.left) > 0 && at(bounds[0], ORIGIN[0], view.left) < size.x && at(bounds[3], ORIGIN[1], view.top) > 0 && at(bounds[1], ORIGIN[1], view.top) < size.y;
    };
    return view;
  },
});

function paintBase(context, view) {
  const look = colours();
  const pixel = view.toShapes(context);
  const tiles = state.tilesShown;
  context.lineJoin = "round";
  if (!tiles) {
    context.fillStyle = look.land;
    context.strokeStyle = look.unit;
    context.lineWidth = 0.7 * pixel;
    for (const land of REST) {
      if (!view.inView(land.bounds)) continue;
      context.fill(land.fill);
      context.stroke(land.edge);
    }
  }
  for (const [k, unit] of UNITS.entries()) {
    if (!view.inView(unit.bounds)) continue;
    const shade = state.mode === "regions" ? regionShade(k) : null;
    if (!tiles || shade) {
      context.fillStyle = shade || look.land;
      context.fill(unit.fill);
      if (!shade || tiles) continue;
    }
  }
  if (!tiles) {
    context.strokeStyle = look.unit;
    context.lineWidth = 1 * pixel;
    for (const unit of UNITS) if (view.inView(unit.bounds)) context.stroke(unit.edge);
    context.strokeStyle = look.border;
    context.lineWidth = 1.4 * pixel;
    context.stroke(BORDERS);
  }
  view.toScreen(context);
}

// Names keep clear of what is taken, and the larger ones go first.
function paintNames(context, view, look, taken) {
  if (!state.showNames || state.tilesShown) return;
  const place = (text, lon, lat, font, colour, dot) => {
    const x = worldX(lon) * view.scale - view.left;
    const y = worldY(lat) * view.scale - view.top;
    if (x < 0 || y < 0 || x > view.width || y > view.height) return;
    if (dot && !freeBox([[x - 3, y - 3, x + 3, y + 3]], taken)) return;
    context.font = font;
    const width = context.measureText(text).width;
    const lefts = dot ? [[x + 6, y], [x - 6 - width, y], [x - width / 2, y - 12], [x - width / 2, y + 12]] : [[x - width / 2, y], [x - width / 2, y + 16], [x - width / 2, y - 16]];
    const box = freeBox(lefts.map(([left, level]) => [left - 2, level - 7, left + width + 2, level + 7]), taken);
    if (!box) return;
    taken.push(box);
    write(context, look, { text, x: box[0] + 2, y: box[1] + 7, font, colour });
    if (!dot) return;
    taken.push([x - 3, y - 3, x + 3, y + 3]);
    context.beginPath();
    context.arc(x, y, 2, 0, 7);
    context.fill();
  };
  const zoom = view.zoom;
  for (const [name, lon, lat, rank] of BASE.countries) {
    if (zoom < 9 && rank <= zoom + 0.5) place(name.toUpperCase(), lon, lat, `600 11px ${FACE}`, look.muted, false);
  }
  if (zoom >= 5) BASE.cities.slice(0, 6 * 2 ** (zoom - 4)).forEach(([lon, lat, name]) => place(name, lon, lat, `12px ${FACE}`, look.label, true));
  const named = new Set();
  for (const unit of zoom >= 6 ? UNITS : NONE) if (named.size !== named.add(unit.n).size) place(unit.n, unit.p[0], unit.p[1], `italic 11px ${FACE}`, look.muted, false);
}
