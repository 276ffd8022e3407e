// Events on the map: symbols, stacks, clusters, hexagons where there are too many; what was hit.

const CELL = 56;
const CROWD = 160;
const THRONG = 20000; // more symbols than this in view would say nothing and take long: hexagons
const HEX = 25;
let drawn = []; // {x, y, r, members} in canvas pixels, last on top

function paintEvents(context, view) {
  const look = colours();
  drawn = [];
  drawnAreas = [];
  if (state.mode === "heat") paintHeat(context, view);
  if (state.mode !== "events") return paintNames(context, view, look, []);
  const inside = shown.filter((i) => onMap(i) && X[i] * view.scale - view.left > -40 && Y[i] * view.scale - view.top > -40 && X[i] * view.scale - view.left < view.width + 40 && Y[i] * view.scale - view.top < view.height + 40);
  if (markThrong(isThrong(inside))) return paintThrong(context, view, look, inside);
  if (state.showAreas) paintAreas(context, view, look);
  const groups = groupEvents(inside, view).sort((a, b) => a.rank - b.rank);
  drawn = groups;
  const taken = groups.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const lines = planAreaLabels(context, view, inside, taken);
  paintNames(context, view, look, taken);
  for (const group of groups) paintGroup(context, group, look);
  if (state.open !== null && onMap(state.open) && FAILS[state.open] === 0) paintOpen(context, view, look);
  for (const line of lines) write(context, look, line);
}

// The legend follows when symbols give way to hexagons and back.
function markThrong(now) {
  const before = Boolean(state.throng);
  state.throng = now;
  if (now !== before) setTimeout(showLegend);
  return now;
}

// Hexagons stand on the world, not on the screen, so that they keep still while the map moves.
// Each has a middle, members and a value; one whose value is not known is empty, 0 is grey.
function paintHexes(context, view, look, found, radius) {
  state.hexBreaks = breaksOf(found.map(({ value }) => value).filter((value) => value > 0));
  for (const { x, y, value } of found) {
    context.beginPath();
    for (let k = 0; k < 6; k++) context.lineTo(x + radius * 0.97 * Math.sin((k * Math.PI) / 3), y + radius * 0.97 * Math.cos((k * Math.PI) / 3));
    context.closePath();
    context.globalAlpha = 0.86;
    context.fillStyle = value === null ? look.paper : value ? shadeOf(value, state.hexBreaks) : look.line;
    context.fill();
    if (value !== null) continue;
    context.strokeStyle = look.muted;
    context.stroke();
  }
  drawn = found.map((hex) => ({ ...hex, cluster: true, r: radius * 0.9 }));
  context.globalAlpha = 1;
  paintNames(context, view, look, []);
  setTimeout(showLegend);
}

// Put numbers into the hexagons that their places lie in.
function hexesOf(numbers, east, south, view, radius) {
  const wide = radius * Math.sqrt(3);
  const cells = new Map();
  for (const i of numbers) {
    const [column, line] = hexOf(east[i] * view.scale, south[i] * view.scale, radius);
    const key = column * 1e7 + line;
    if (cells.has(key)) cells.get(key).members.push(i);
    else cells.set(key, { x: (column + (line & 1) / 2) * wide - view.left, y: line * radius * 1.5 - view.top, members: [i] });
  }
  return [...cells.values()];
}

// The nearest middle among the two rows of hexagons that a point may lie in.
function hexOf(x, y, radius) {
  const wide = radius * Math.sqrt(3);
  let best = null;
  const row = Math.floor(y / (radius * 1.5));
  for (const line of [row, row + 1]) {
    const column = Math.round(x / wide - (line & 1) / 2);
    const away = ((column + (line & 1) / 2) * wide - x) ** 2 + (line * radius * 1.5 - y) ** 2;
    if (!best || away < best[2]) best = [column, line, away];
  }
  return best;
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
  context.font = `600 11px ${FACE}`;
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
  context.font = `600 ${members.length > 999 ? 10 : 11.5}px ${FACE}`;
  context.fillStyle = look.ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

// The open event: its radius of uncertainty, the places it was weighed against, and a ring.
function paintOpen(context, view, look) {
  const i = state.open;
  const x = X[i] * view.scale - view.left;
  const y = Y[i] * view.scale - view.top;
  const km = get("geo_radius_km", i);
  if (km && AREA[i] < 0) {
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
  for (const runner of get("runners", i) || NONE) paintRunner(context, view, look, i, runner);
  drawSymbol(context, kindOf(i), x, y, radiusOf(i), reviewed(i), look);
  context.beginPath();
  context.arc(x, y, radiusOf(i) + 6, 0, 7);
  context.lineWidth = 3;
  context.strokeStyle = look.accent;
  context.stroke();
}

// A place that the words might also have meant: a small cross with how likely it was.
function paintRunner(context, view, look, i, [, score, lon, lat]) {
  if (lon === null || lat === null || Math.abs(lat) > 85 || (score !== null && score < 0.05)) return;
  const x = worldX(lon) * view.scale - view.left;
  const y = worldY(lat) * view.scale - view.top;
  if (Math.hypot(x - X[i] * view.scale + view.left, y - Y[i] * view.scale + view.top) < 24) return;
  for (const [width, colour] of [[4.5, look.halo], [1.8, look.ink]]) {
    context.beginPath();
    for (const side of [-1, 1]) {
      context.moveTo(x - 5, y - 5 * side);
      context.lineTo(x + 5, y + 5 * side);
    }
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  write(context, look, { text: `${label("runner")}${score === null ? "" : " " + share(score)}`, x: x + 9, y, font: `11px ${FACE}`, colour: look.ink });
}

const FACE = '"Noto Sans", system-ui, sans-serif';

// Text with a halo, so that it can be read on anything.
function write(context, look, { text, x, y, font, colour, align }) {
  context.font = font || `600 12px ${FACE}`;
  context.textAlign = align || "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = look.halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour || look.ink;
  context.fillText(text, x, y);
}

// The first of several boxes that meets none of those taken, or null.
function freeBox(boxes, taken) {
  return boxes.find((box) => !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) || null;
}

// The km² with the words that tell a total from a period.
function areaWords(i) {
  const role = get("area_role", i);
  const start = get("period_start", i);
  const end = get("period_end", i);
  const dated = role === "increment" && start !== null && end !== null;
  return `${number(get("area_km2", i))} km² ${dated ? shortFormat.formatRange(start * DAY, end * DAY) : role ? labelOr(role, role) : ""}`.trim();
}

// Territory carries its km² beside the symbol, where there is room.
function planAreaLabels(context, view, inside, taken) {
  const territorial = inside.filter((i) => get("area_km2", i) !== null);
  if (territorial.length > 60) return [];
  const lines = [];
  context.font = `600 12px ${FACE}`;
  const room = view.width * (1.2 / 1.4); // the canvas reaches 0.2 beyond the map on each side
  for (const group of drawn) {
    if (group.cluster) continue;
    group.members.filter((i) => get("area_km2", i) !== null).slice(0, 3).forEach((i, k) => {
      const text = areaWords(i);
      const width = context.measureText(text).width;
      const right = group.x + group.r + (group.members.length > 1 ? 12 : 5);
      const sides = [right, group.x - group.r - 5 - width];
      if (right + width > room) sides.reverse();
      const boxes = sides.flatMap((x) => [0, 16, -16, 32, -32].map((shift) => [x, group.y + shift + k * 16 - 8, x + width, group.y + shift + k * 16 + 8]));
      const box = freeBox(boxes, taken);
      if (!box) return;
      taken.push(box);
      lines.push({ text, x: box[0], y: box[1] + 8 });
    });
  }
  return lines;
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

const baseLayer = new CanvasLayer(paintBase, { pane: "base", padding: 0.2 });
const eventLayer = new CanvasLayer(paintEvents, { pane: "overlayPane", padding: 0.2 });
