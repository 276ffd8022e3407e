// The numbers of the page from sums: its events are too many to travel each, only some do. A row
// sums the events of one place, kind, pair of months and review state (geo/webmap/summing.py).

const KNOWS_EACH = false;
const CELLS = DATA.cells;
const ROWS = CELLS.n;
for (const name of Object.keys(CELLS.columns)) unpack(name, CELLS.columns, ROWS);

function rowsOf(name, otherwise) {
  const column = CELLS.columns[name];
  return Float64Array.from({ length: ROWS }, (_, r) => (column ? valueAt(column, r) ?? otherwise : otherwise));
}
const SUMS = ["best", "low", "high", "known", "open"];
const figuresOf = (name) => Object.fromEntries(SUMS.map((part) => [part, rowsOf(`${name}_${part}`, 0)]));
const SUMMED = { place: rowsOf("place", 0), kind: rowsOf("kind", -1), first: rowsOf("first", -1), more: rowsOf("more", 0), review: rowsOf("review", -1), n: rowsOf("n", 0), uncounted: rowsOf("uncounted", 0), killed: figuresOf("killed"), injured: figuresOf("injured"), direction: rowsOf("direction", -1), ground: rowsOf("ground", -1), series: rowsOf("series", -1), km2: rowsOf("km2", 0) };
for (let r = 1; r < ROWS; r++) SUMMED.place[r] += SUMMED.place[r - 1];
CELLS.columns = null;

const SPOTS = CELLS.places;
const SPOT_X = Float64Array.from(SPOTS.lon, (lon) => (lon === null ? NaN : worldX(lon)));
const SPOT_Y = Float64Array.from(SPOTS.lat, (lat) => (lat === null ? NaN : worldY(lat)));
const LEVEL = { point: 0, area: 1, country: 2, nowhere: 3 };
const PANEL = {
  kind: { d: CELLS.kinds, i: SUMMED.kind },
  review: { d: CELLS.reviews, i: SUMMED.review },
  admin1: { d: CELLS.admin1, i: Float64Array.from(SUMMED.place, (place) => SPOTS.admin1[place]) },
  source: { d: NONE, i: NONE },
};
const ROW_FAILS = new Uint8Array(ROWS);
let spotRows = []; // the rows that pass, by place
let spotSizes = new Float64Array(0);

// The most lethal first: what is known before what is not.
function listOrder(a, b) {
  const killed = (i) => (figure("killed", i) || [0, -1])[1];
  return killed(b) - killed(a) || (lastDay(b) ?? -1e9) - (lastDay(a) ?? -1e9);
}

// Months, or years where the sums are of years, counted from that of the first event.
const MONTHS = CELLS.years ? 12 : 1;
function monthOf(day) {
  const date = new Date(day * DAY);
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth() - CELLS.month) / MONTHS) * MONTHS;
}
function dayOfMonth(month) {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor((CELLS.month + month) / 12), (CELLS.month + month) % 12, 1);
  return Math.round(date.getTime() / DAY);
}

// Days asked for are widened to whole months, since the sums know no days.
function wholeSpan(from, to) {
  return [from === null ? null : dayOfMonth(monthOf(from)), to === null ? null : dayOfMonth(monthOf(to) + MONTHS) - 1];
}
const rangeNote = () => label("cells_months");

let lastMonth = -1;
for (let r = 0; r < ROWS; r++) if (SUMMED.first[r] >= 0) lastMonth = Math.max(lastMonth, SUMMED.first[r] + SUMMED.more[r]);
const HAS_DATES = lastMonth >= 0;
const DATED = HAS_DATES ? [dayOfMonth(0), dayOfMonth(lastMonth + MONTHS) - 1] : [0, 0];
const PER_BIN = Math.ceil((lastMonth + 1) / 240) * MONTHS || 1;
const BINS = Math.ceil((lastMonth + MONTHS) / PER_BIN) || 1;
const binAt = (day) => monthOf(day) / PER_BIN;
const dayOfBin = (bin) => dayOfMonth(bin * PER_BIN);

function fillBins(all, now) {
  for (let r = 0; r < ROWS; r++) {
    if (SUMMED.first[r] < 0) continue;
    const bin = Math.min(BINS - 1, Math.floor((SUMMED.first[r] + SUMMED.more[r]) / PER_BIN));
    all[bin] += SUMMED.n[r];
    if ((ROW_FAILS[r] & ~FAIL.date) === 0) now[bin] += SUMMED.n[r];
  }
}

// Which rows pass, and how many events they leave at each place.
function recount() {
  const hidden = { kind: CELLS.kinds.map((key) => filters.kinds.has(key)), review: CELLS.reviews.map((key) => filters.reviews.has(key)) };
  const admin1 = filters.admin1 === "" ? -2 : codeOf(PANEL.admin1, filters.admin1);
  const from = filters.from === null ? -Infinity : monthOf(filters.from);
  const to = filters.to === null ? Infinity : monthOf(filters.to);
  spotSizes = new Float64Array(SPOTS.lon.length);
  spotRows = Array.from(SPOTS.lon, () => null);
  for (let r = 0; r < ROWS; r++) {
    let fails = 0;
    if (hidden.kind[SUMMED.kind[r]]) fails |= FAIL.kind;
    if (hidden.review[SUMMED.review[r]]) fails |= FAIL.review;
    if (admin1 !== -2 && PANEL.admin1.i[r] !== admin1) fails |= FAIL.admin1;
    const first = SUMMED.first[r];
    if (first < 0 ? !filters.undated : first + SUMMED.more[r] < from || first > to) fails |= FAIL.date;
    ROW_FAILS[r] = fails;
    if (fails) continue;
    const place = SUMMED.place[r];
    spotSizes[place] += SUMMED.n[r];
    if (spotRows[place]) spotRows[place].push(r);
    else spotRows[place] = [r];
  }
}

function facet(column, bit) {
  const found = new Array(column.d.length).fill(0);
  for (let r = 0; r < ROWS; r++) if ((ROW_FAILS[r] & ~bit) === 0 && column.i[r] >= 0) found[column.i[r]] += SUMMED.n[r];
  return found;
}

const emptySum = () => ({ low: 0, best: 0, high: 0, known: 0, open: false });

function addRow(sum, figures, r) {
  for (const part of ["low", "best", "high", "known"]) sum[part] += figures[part][r];
  if (figures.open[r]) sum.open = true;
}

// As numbers-events.js adds events up: a period counts as part of a total told for its series.
function shownTotals() {
  const sums = { events: 0, killed: emptySum(), injured: emptySum(), areas: new Map() };
  const series = new Set();
  const parts = [];
  const sumOf = (r) => {
    const direction = CELLS.directions[SUMMED.direction[r]];
    if (!sums.areas.has(direction)) sums.areas.set(direction, { cumulative: 0, increment: 0, within: 0, part: 0 });
    return sums.areas.get(direction);
  };
  const keyOf = (r) => SUMMED.series[r] + "|" + SUMMED.direction[r];
  for (let r = 0; r < ROWS; r++) {
    if (ROW_FAILS[r]) continue;
    sums.events += SUMMED.n[r];
    for (const name of ["killed", "injured"]) addRow(sums[name], SUMMED[name], r);
    if (SUMMED.ground[r] < 0) continue;
    if (SUMMED.ground[r] === 2) parts.push(r);
    else sumOf(r)[SUMMED.ground[r] ? "increment" : "cumulative"] += SUMMED.km2[r];
    if (SUMMED.ground[r] < 2 && SUMMED.series[r] >= 0) series.add(keyOf(r));
  }
  for (const r of parts) sumOf(r)[series.has(keyOf(r)) ? "within" : "part"] += SUMMED.km2[r];
  for (const sum of sums.areas.values()) for (const name of Object.keys(sum)) sum[name] = Math.round(sum[name] * 1e4) / 1e4;
  return sums;
}

function sizeWhere(test) {
  let size = 0;
  for (let place = 0; place < spotSizes.length; place++) if (spotSizes[place] && test(place)) size += spotSizes[place];
  return size;
}

const isOnMap = (place) => SPOTS.level[place] <= LEVEL.area;
const vagueSize = () => sizeWhere((place) => SPOTS.level[place] === LEVEL.area);

function tabSize(name) {
  if (name === "country" || name === "nowhere") return sizeWhere((place) => SPOTS.level[place] === LEVEL[name]);
  if (name === "all") return sizeWhere(() => true);
  const seen = map.getBounds();
  const [west, east, north, south] = [worldX(seen.getWest()), worldX(seen.getEast()), worldY(seen.getNorth()), worldY(seen.getSouth())];
  return sizeWhere((place) => isOnMap(place) && SPOT_X[place] >= west && SPOT_X[place] <= east && SPOT_Y[place] >= north && SPOT_Y[place] <= south);
}

function undatedSize() {
  let size = 0;
  for (let r = 0; r < ROWS; r++) if (SUMMED.first[r] < 0) size += SUMMED.n[r];
  return size;
}

function unitSums(values) {
  for (let place = 0; place < spotSizes.length; place++) {
    if (SPOTS.unit[place] === null || !spotSizes[place]) continue;
    values[SPOTS.unit[place]] += measureOf([place]) ?? 0;
  }
  return values;
}

function eachDense(visit) {
  for (let place = 0; place < spotSizes.length; place++) if (spotSizes[place] && SPOTS.level[place] === LEVEL.point) visit(SPOT_X[place], SPOT_Y[place], spotSizes[place]);
}

function reachAll(take) {
  const none = !sizeWhere(isOnMap);
  for (let place = 0; place < spotSizes.length; place++) if (isOnMap(place) && (none || spotSizes[place])) take(SPOT_X[place], SPOT_Y[place], SPOT_X[place], SPOT_Y[place]);
}

// What is measured at some places; null where no event there gives the figure.
function measureOf(places) {
  if (state.measure === "events") return places.reduce((sum, place) => sum + spotSizes[place], 0);
  const sum = figureAt(places, state.measure);
  return sum.known ? sum.best : null;
}

function figureAt(places, name) {
  const sum = emptySum();
  for (const place of places) for (const r of spotRows[place] || NONE) addRow(sum, SUMMED[name], r);
  return sum;
}

const isThrong = () => true;

// Hexagons are never finer than the cells that the sums are of.
function paintThrong(context, view, look) {
  const radius = Math.max(HEX, 0.62 * (256 / 2 ** CELLS.depth) * view.scale);
  const inside = [];
  eachSpot((place) => {
    const x = SPOT_X[place] * view.scale - view.left;
    const y = SPOT_Y[place] * view.scale - view.top;
    if (x > -radius && y > -radius && x < view.width + radius && y < view.height + radius) inside.push(place);
  });
  const found = hexesOf(inside, SPOT_X, SPOT_Y, view, radius).map((hex) => ({ ...hex, value: measureOf(hex.members) }));
  paintHexes(context, view, look, found, radius);
  const i = state.open;
  if (i === null || !onMap(i) || FAILS[i]) return;
  if (AREA[i] >= 0) paintArea(context, view, look, AREAS[AREA[i]], [i], false);
  paintOpen(context, view, look);
}

function eachSpot(visit) {
  for (let place = 0; place < spotSizes.length; place++) if (spotSizes[place] && SPOTS.level[place] === LEVEL.point) visit(place);
}

function hexLegend(item) {
  const unknown = state.measure === "events" ? NONE : [item(patch("var(--line)"), number(0)), item(patch("var(--paper)"), label("unknown"))];
  const left = vagueSize();
  return rampLegend(item, label("cells_hexes", label("measure_" + state.measure)), state.hexBreaks || [], unknown, label("cells_note") + (left ? " " + label("heat_left_out", number(left)) : ""));
}

function groupWords({ members }) {
  const parts = [`${number(members.reduce((sum, place) => sum + spotSizes[place], 0))} ${label("measure_events")}`];
  for (const name of ["killed", "injured"]) parts.push(` · ${label(name)}: ${sumWords(figureAt(members, name))}`);
  return parts;
}

function sumWords(sum) {
  if (!sum.known) return label("unknown");
  return sum.low === sum.high && !sum.open ? number(sum.best) : `${number(sum.best)} (${number(sum.low)}–${sum.open ? "?" : number(sum.high)})`;
}

// The sums of a hexagon, its kinds, and those of its events that travelled.
function groupDetail({ members }) {
  const rows = members.flatMap((place) => spotRows[place] || NONE);
  const size = rows.reduce((sum, r) => sum + SUMMED.n[r], 0);
  const kinds = new Map();
  for (const r of rows) kinds.set(SUMMED.kind[r], (kinds.get(SUMMED.kind[r]) || 0) + SUMMED.n[r]);
  const known = (name) => {
    const sum = figureAt(members, name);
    return [make("dt", { text: label(name) }), make("dd", { text: sumWords(sum) + (sum.known ? ` · ${label("cells_known", number(sum.known))}` : "") })];
  };
  const left = rows.reduce((sum, r) => sum + SUMMED.uncounted[r], 0);
  const own = eventsOf(members);
  const line = (i) => make("li", {}, make("button", { type: "button", onclick: () => openEvent(i, { focus: true }) }, verbatim(placeName(i)), ` · ${shortDates(i)}`, rowFigures(i)));
  return make("article", { class: "event group", "aria-labelledby": "event-name" },
    make("h2", { id: "event-name", tabindex: -1, text: `${label("events")}: ${number(size)}` }),
    make("p", { class: "when", text: monthsOf(rows) }),
    make("dl", {}, known("killed"), known("injured"), left ? [make("dt", { text: label("not_counted") }), make("dd", { text: number(left) })] : []),
    make("ul", { class: "kinds" }, [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => make("li", {}, symbolIcon(DATA.kinds[CELLS.kinds[kind]], true), ` ${label("kind_" + CELLS.kinds[kind])}: `, make("b", { text: number(count) })))),
    own.length ? make("h3", { text: label("cells_own") }) : null,
    own.length ? make("ul", {}, own.slice(0, 8).map(line)) : null,
    map.getZoom() < map.getMaxZoom() ? make("button", { type: "button", class: "nearer", text: label("zoom_in"), onclick: () => nearTo(members) }) : null);
}

function monthsOf(rows) {
  const dated = rows.filter((r) => SUMMED.first[r] >= 0);
  if (!dated.length) return label("date_unknown");
  const first = dated.reduce((least, r) => Math.min(least, SUMMED.first[r]), Infinity);
  const last = dated.reduce((most, r) => Math.max(most, SUMMED.first[r] + SUMMED.more[r]), -1);
  const format = new Intl.DateTimeFormat(LANGUAGE, CELLS.years ? { year: "numeric", timeZone: "UTC" } : { month: "long", year: "numeric", timeZone: "UTC" });
  return format.formatRange(dayOfMonth(first) * DAY, dayOfMonth(last) * DAY);
}

// The events that travelled whole and lie in the cells of some places.
function eventsOf(members) {
  const cells = 2 ** CELLS.depth / 256;
  const keyOf = (x, y) => `${Math.floor(x * cells)},${Math.floor(y * cells)}`;
  const wanted = new Set(members.map((place) => keyOf(SPOT_X[place], SPOT_Y[place])));
  return Array.from(shown).filter((i) => onMap(i) && PRECISION[i] <= 3 && wanted.has(keyOf(X[i], Y[i])));
}

function nearTo(members) {
  closeEvent();
  const bounds = L.latLngBounds(members.map((place) => [SPOTS.lat[place], SPOTS.lon[place]]));
  const zoom = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 2, Math.min(map.getBoundsZoom(bounds.pad(0.15)), map.getZoom() + 4)));
  map.setView(bounds.getCenter(), zoom, { animate: false });
}

function openGroup(group, options) {
  closePopup();
  state.open = null;
  byId("hint").hidden = true;
  const content = groupDetail(group);
  if (options && options.focus) opener = document.activeElement;
  if (narrow()) showDrawer(null, content, { still: true });
  else {
    const at = map.layerPointToLatLng(L.point(group.x, group.y).add(eventLayer._bounds.min));
    showAt(at, content, { still: false, above: 0 });
  }
  if (options && options.focus) content.querySelector("h2").focus();
  eventLayer.repaint();
  markOpenRow();
  saveLink();
}

// Keys reach a hexagon too: Enter on the map opens the one in its middle.
function openMiddle() {
  const point = map.latLngToLayerPoint(map.getCenter()).subtract(eventLayer._bounds.min);
  const near = drawn.reduce((best, hex) => (!best || Math.hypot(hex.x - point.x, hex.y - point.y) < Math.hypot(best.x - point.x, best.y - point.y) ? hex : best), null);
  if (near) openGroup(near, { focus: true });
}

function methodSizes() {
  return [["m_total", CELLS.events], ...["point", "area", "country", "nowhere", "undated", "unreviewed", "uncounted"].map((name) => ["m_" + name, CELLS.facts[name]])];
}

const methodNotes = () => [make("p", { text: label("cells_method", number(N)) })];

// What sums cannot be filtered by is not offered, and what is saved says what it is.
function startNumbers() {
  for (const id of ["killed-min", "confidence-min", "source"]) byId(id).closest(".field").hidden = true;
  document.querySelector('label[for="query"]').textContent = label("cells_search");
  byId("do-csv").textContent = label("cells_csv");
  byId("do-geojson").textContent = label("cells_geojson");
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === map.getContainer() && !measuring.on && state.mode === "events") openMiddle();
  });
}
