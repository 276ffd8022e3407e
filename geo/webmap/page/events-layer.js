// Events on the map: areas of the imprecise ones, symbols, stacks and clusters; and what was hit.

const SHAPES = DATA.shapes.map((polygons, k) => ({ ...pathOf(polygons, 1000, null), box: DATA.shape_bounds[k] }));
DATA.shapes = null;
const SHAPE = COLUMNS.shape ? COLUMNS.shape.v : null;
const AREAL = new Set([3, 4, 5, 7]);
const CELL = 56;
const CROWD = 160;
let drawn = []; // {x, y, r, members} in canvas pixels, last on top
let drawnAreas = []; // {shape | x, y, r, members}

const radiusPixels = (i, km, scale) => ((km / 40075.017) * 256 * scale) / Math.cos((get("lat", i) * Math.PI) / 180);

function paintEvents(context, view) {
  const look = colours();
  drawn = [];
  drawnAreas = [];
  if (state.mode === "heat") return paintHeat(context, view);
  if (state.mode === "regions") return;
  const inside = shown.filter((i) => onMap(i) && X[i] * view.scale - view.left > -40 && Y[i] * view.scale - view.top > -40 && X[i] * view.scale - view.left < view.width + 40 && Y[i] * view.scale - view.top < view.height + 40);
  if (state.showAreas) paintAreas(context, view, look);
  const groups = groupEvents(inside, view);
  groups.sort((a, b) => a.rank - b.rank);
  for (const group of groups) paintGroup(context, group, look);
  if (state.open !== null && onMap(state.open) && FAILS[state.open] === 0) paintOpen(context, view, look);
  paintAreaLabels(context, view, look, inside);
}

// Each distinct area once, whichever events share it.
function paintAreas(context, view, look) {
  const areas = new Map();
  for (const i of shown) {
    if (!AREAL.has(PRECISION[i]) || !onMap(i)) continue;
    const shape = SHAPE && SHAPE[i] !== null ? SHAPE[i] : null;
    const key = shape === null ? `${X[i]},${Y[i]},${get("geo_radius_km", i)}` : shape;
    if (!areas.has(key)) areas.set(key, { shape, members: [] });
    areas.get(key).members.push(i);
  }
  const faint = areas.size > 25; // many areas on each other: their outlines would hide the map
  for (const area of areas.values()) paintArea(context, view, look, area, faint);
}

function paintArea(context, view, look, area, faint) {
  const first = area.members.find((i) => i === state.open) ?? area.members[0];
  const kind = kindOf(first);
  const picked = first === state.open;
  const weight = (faint ? 0.05 : 0.1) + Math.min(0.16, area.members.length * 0.012) + (picked ? 0.1 : 0);
  let pixel = 1;
  if (area.shape !== null) {
    const shape = SHAPES[area.shape];
    if (!view.inView(shape.bounds)) return;
    pixel = view.toShapes(context);
  }
  const path = area.shape !== null ? SHAPES[area.shape].fill : circlePath(view, first);
  if (!path) return;
  context.globalAlpha = weight;
  context.fillStyle = kind.color;
  context.fill(path);
  context.globalAlpha = picked ? 1 : faint ? 0.25 : 0.85;
  context.lineWidth = (picked ? 2.6 : 1.4) * pixel;
  context.strokeStyle = picked ? look.ink : kind.color;
  context.setLineDash([5 * pixel, 4 * pixel]);
  context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = 1;
  view.toScreen(context);
  drawnAreas.push({ ...area, path, view });
}

function circlePath(view, i) {
  const km = get("geo_radius_km", i);
  const radius = km ? radiusPixels(i, km, view.scale) : 0;
  if (radius < 8 || radius > 40000) return null;
  const path = new Path2D();
  path.arc(X[i] * view.scale - view.left, Y[i] * view.scale - view.top, radius, 0, 7);
  return path;
}

// Events at one pixel stand in a stack; where many crowd, cells of them become clusters.
function groupEvents(inside, view) {
  const cells = new Map();
  const crowded = inside.length > CROWD && view.zoom < map.getMaxZoom();
  for (const i of inside) {
    const x = X[i] * view.scale;
    const y = Y[i] * view.scale;
    const key = crowded ? Math.floor(x / CELL) * 1e7 + Math.floor(y / CELL) : Math.round(x) * 1e9 + Math.round(y);
    if (cells.has(key)) cells.get(key).push(i);
    else cells.set(key, [i]);
  }
  const groups = [];
  for (const members of cells.values()) {
    if (!crowded || members.length < 5) crowded ? stacksOf(members, view, groups) : groups.push(stack(members, view));
    else groups.push(cluster(members, view));
  }
  return crowded ? joinClusters(groups, view) : groups;
}

// Clusters that would cover each other, and the stacks below them, become one.
function joinClusters(groups, view) {
  const order = groups.sort((a, b) => b.members.length - a.members.length);
  const kept = [];
  for (const group of order) {
    const host = kept.find((other) => other.cluster && Math.hypot(other.x - group.x, other.y - group.y) < (group.cluster ? 0.85 * (other.r + group.r) : other.r));
    if (!host) kept.push(group);
    else Object.assign(host, cluster(host.members.concat(group.members), view));
  }
  return kept;
}

function stacksOf(members, view, groups) {
  const places = new Map();
  for (const i of members) {
    const key = X[i] + "," + Y[i];
    if (places.has(key)) places.get(key).push(i);
    else places.set(key, [i]);
  }
  for (const list of places.values()) groups.push(stack(list, view));
}

function stack(members, view) {
  const top = members.reduce((best, i) => (radiusOf(i) > radiusOf(best) ? i : best), members[0]);
  const radius = radiusOf(top);
  return { top, members, x: X[top] * view.scale - view.left, y: Y[top] * view.scale - view.top, r: radius, rank: 1000 - radius };
}

function cluster(members, view) {
  let x = 0;
  let y = 0;
  const kinds = new Map();
  for (const i of members) {
    x += X[i];
    y += Y[i];
    const key = KIND.i[i];
    kinds.set(key, (kinds.get(key) || 0) + 1);
  }
  const one = members.every((i) => X[i] === X[members[0]] && Y[i] === Y[members[0]]);
  if (one) return stack(members, view);
  const radius = 11 + Math.min(17, 3.1 * Math.log2(members.length / 4));
  return { cluster: true, kinds, members, x: (x / members.length) * view.scale - view.left, y: (y / members.length) * view.scale - view.top, r: radius, rank: 2000 + members.length };
}

function paintGroup(context, group, look) {
  drawn.push(group);
  if (group.cluster) return paintCluster(context, group, look);
  const count = group.members.length;
  if (count > 1) for (const k of [2, 1]) paintUnder(context, group, look, k);
  drawSymbol(context, kindOf(group.top), group.x, group.y, group.r, reviewed(group.top), look);
  if (count > 1) paintBadge(context, group.x + group.r * 0.8, group.y - group.r * 0.8, count, look);
}

// The edges of the symbols below, so that a stack looks like one.
function paintUnder(context, group, look, k) {
  if (k > group.members.length - 1) return;
  const other = group.members[group.members.length > k ? k : 0];
  trace(context, kindOf(group.top).shape, group.x + 2.5 * k, group.y + 2.5 * k, group.r);
  context.fillStyle = kindOf(other).color;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = look.casing;
  context.stroke();
}

function paintBadge(context, x, y, count, look) {
  const text = count > 999 ? "999+" : String(count);
  context.font = '600 11px "Noto Sans", system-ui, sans-serif';
  const width = Math.max(16, context.measureText(text).width + 8);
  context.beginPath();
  context.roundRect(x - width / 2, y - 8, width, 16, 8);
  context.fillStyle = look.ink;
  context.fill();
  context.fillStyle = look.paper;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

function paintCluster(context, group, look) {
  const { x, y, r, members } = group;
  let turn = -Math.PI / 2;
  context.beginPath();
  context.arc(x, y, r + 1.2, 0, 7);
  context.fillStyle = look.casing;
  context.fill();
  for (const [key, count] of [...group.kinds].sort((a, b) => b[1] - a[1])) {
    const angle = (count / members.length) * 2 * Math.PI;
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, r, turn, turn + angle);
    context.closePath();
    context.fillStyle = DATA.kinds[KIND.d[key]].color;
    context.fill();
    turn += angle;
  }
  context.beginPath();
  context.arc(x, y, r * 0.66, 0, 7);
  context.fillStyle = look.paper;
  context.fill();
  const text = members.length > 9999 ? Math.round(members.length / 1000) + "k" : number(members.length);
  context.font = `600 ${members.length > 999 ? 10 : 11.5}px "Noto Sans", system-ui, sans-serif`;
  context.fillStyle = look.ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

// The open event: its radius of uncertainty and a ring around its symbol.
function paintOpen(context, view, look) {
  const i = state.open;
  const x = X[i] * view.scale - view.left;
  const y = Y[i] * view.scale - view.top;
  const km = get("geo_radius_km", i);
  if (km && !AREAL.has(PRECISION[i])) {
    context.beginPath();
    context.arc(x, y, radiusPixels(i, km, view.scale), 0, 7);
    context.fillStyle = kindOf(i).color;
    context.globalAlpha = 0.13;
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([5, 4]);
    context.lineWidth = 1.5;
    context.strokeStyle = look.ink;
    context.stroke();
    context.setLineDash([]);
  }
  drawSymbol(context, kindOf(i), x, y, radiusOf(i), reviewed(i), look);
  context.beginPath();
  context.arc(x, y, radiusOf(i) + 6, 0, 7);
  context.lineWidth = 3;
  context.strokeStyle = look.accent;
  context.stroke();
}

function areaWords(i) {
  const role = get("area_role", i);
  return `${number(get("area_km2", i))} km² ${role ? labelOr(role, role) : ""}`.trim();
}

// Territory carries its km² beside the symbol, with the words that tell a total from a period.
function paintAreaLabels(context, view, look, inside) {
  const territorial = inside.filter((i) => get("area_km2", i) !== null);
  if (territorial.length > 60) return;
  const lines = new Map();
  for (const i of territorial) {
    const host = drawn.find((group) => !group.cluster && group.members.includes(i));
    if (host) lines.set(host, [...(lines.get(host) || []), i]);
  }
  context.font = '600 12px "Noto Sans", system-ui, sans-serif';
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const taken = [];
  const free = (at, width) => !taken.some(([x, y, wide]) => Math.abs(y - at[1]) < 15 && at[0] < x + wide && x < at[0] + width);
  for (const [host, members] of lines) {
    members.slice(0, 3).forEach((i, k) => {
      const width = context.measureText(areaWords(i)).width + 6;
      const room = view.width * (1.2 / 1.4); // the canvas reaches 0.2 beyond the map on each side
      const right = host.x + host.r + (host.members.length > 1 ? 14 : 8);
      const side = right + width > room ? host.x - host.r - 4 - width : right;
      const places = [0, 16, -16, 32, -32].map((shift) => [side, host.y + shift + k * 16]);
      const at = places.find((place) => free(place, width));
      if (!at) return;
      taken.push([...at, width]);
      context.lineWidth = 4;
      context.strokeStyle = look.halo;
      context.strokeText(areaWords(i), ...at);
      context.fillStyle = look.ink;
      context.fillText(areaWords(i), ...at);
    });
  }
}

// Everything under a point of the canvas, symbols before areas.
function hit(point, slack) {
  for (let k = drawn.length - 1; k >= 0; k--) {
    const group = drawn[k];
    if (group.cluster && Math.hypot(group.x - point.x, group.y - point.y) <= group.r) return group;
  }
  const members = [];
  for (let k = drawn.length - 1; k >= 0; k--) {
    const group = drawn[k];
    if (!group.cluster && Math.hypot(group.x - point.x, group.y - point.y) <= group.r + slack) members.push(...group.members);
  }
  return members.length ? { members } : hitArea(point);
}

function hitArea(point) {
  const context = eventLayer.context;
  const members = [];
  for (const area of drawnAreas) {
    const ratio = area.view.ratio;
    if (area.shape !== null) area.view.toShapes(context);
    else area.view.toScreen(context);
    if (context.isPointInPath(area.path, point.x * ratio, point.y * ratio)) members.push(...area.members);
    area.view.toScreen(context);
  }
  return members.length ? { members } : null;
}

const baseLayer = new CanvasLayer(paintBase, { pane: "base", padding: 0.2 });
const eventLayer = new CanvasLayer(paintEvents, { pane: "overlayPane", padding: 0.2 });
