// The numbers of the page, counted from its events. Where they are too many to travel each,
// numbers-cells.js stands in this place and answers the same.

const KNOWS_EACH = true;
const PANEL = { kind: KIND, review: REVIEW, admin1: ADMIN1, source: SOURCE };
const recount = () => {};
const startNumbers = () => {};
const methodNotes = () => NONE;
const rangeNote = () => "";
const wholeSpan = (from, to) => [from, to];
const tabSize = (name, list) => list.length;

// The latest first, those without a day last.
function listOrder(a, b) {
  return (lastDay(b) ?? -1e9) - (lastDay(a) ?? -1e9);
}

// How many events each value of a column would have if its own filter were off.
function facet(column, bit) {
  const found = new Array(column.d.length).fill(0);
  for (let i = 0; i < N; i++) if ((FAILS[i] & ~bit) === 0 && column.i[i] >= 0) found[column.i[i]]++;
  return found;
}

// Sums over events that count, as geo.totals adds them: the lower bound stands in for a missing
// best, and a figure that has a lower bound only leaves the upper sum open.
function shownTotals() {
  const sums = { events: shown.length, killed: emptySum(), injured: emptySum(), areas: new Map() };
  const parts = [];
  const series = new Set();
  for (const i of shown) {
    if (get("area_km2", i) !== null) addArea(sums.areas, i, parts, series);
    if (countsPersons(i)) for (const name of ["killed", "injured"]) addFigure(sums[name], name, i);
  }
  for (const i of parts) {
    const key = get("series_id", i) + "|" + directionOf(i);
    areaSum(sums.areas, i)[series.has(key) ? "within" : "part"] += get("area_km2", i);
  }
  return sums;
}

const emptySum = () => ({ low: 0, best: 0, high: 0, known: 0, open: false });
const directionOf = (i) => get("area_direction", i) || "area";

function addFigure(sum, name, i) {
  const low = get(name + "_low", i);
  const high = get(name + "_high", i);
  const best = get(name + "_best", i) ?? low ?? high;
  if (best === null) return;
  sum.known += 1;
  sum.best += best;
  sum.low += low ?? best;
  if (high === null && low !== null) sum.open = true;
  else sum.high += high ?? best;
}

function areaSum(areas, i) {
  const direction = directionOf(i);
  if (!areas.has(direction)) areas.set(direction, { cumulative: 0, increment: 0, within: 0, part: 0 });
  return areas.get(direction);
}

// Areas of a period and cumulative areas are two sums; a period within a total is a third.
function addArea(areas, i, parts, series) {
  const whole = ["cumulative", "stock"].includes(get("area_role", i));
  if (counts(i)) {
    areaSum(areas, i)[whole ? "cumulative" : "increment"] += get("area_km2", i);
    if (get("series_id", i) !== null) series.add(get("series_id", i) + "|" + directionOf(i));
  } else if (!whole && get("series_id", i) !== null && stands(i)) parts.push(i);
}

const DATED = [Infinity, -Infinity];
for (let i = 0; i < N; i++) {
  const first = firstDay(i);
  if (first === null) continue;
  DATED[0] = Math.min(DATED[0], first);
  DATED[1] = Math.max(DATED[1], lastDay(i));
}
const HAS_DATES = DATED[0] <= DATED[1];
const DAYS_LONG = HAS_DATES ? DATED[1] - DATED[0] + 1 : 1;
const STEP = Math.ceil(DAYS_LONG / 120);
const BINS = Math.ceil(DAYS_LONG / STEP);
const binAt = (day) => (day - DATED[0]) / STEP;
const dayOfBin = (bin) => DATED[0] + bin * STEP;

// Count the events of each bin of the time line: all, and those that pass but for their days.
function fillBins(all, now) {
  for (let i = 0; i < N; i++) {
    if (firstDay(i) === null) continue;
    const bin = Math.min(BINS - 1, Math.floor(binAt(lastDay(i))));
    all[bin]++;
    if ((FAILS[i] & ~FAIL.date) === 0) now[bin]++;
  }
}

function undatedSize() {
  let size = 0;
  for (let i = 0; i < N; i++) if (firstDay(i) === null) size++;
  return size;
}

function unitSums(values) {
  if (!UNIT) return values;
  for (const i of shown) {
    if (UNIT[i] === null) continue;
    if (state.measure === "events") values[UNIT[i]] += 1;
    else if (countsPersons(i)) values[UNIT[i]] += (figure(state.measure, i) || [0, 0])[1];
  }
  return values;
}

// Only what is known to a place or district has a density; a region's middle would be a lie.
const isDense = (i) => onMap(i) && PRECISION[i] <= 3;
const vagueSize = () => shown.filter((i) => onMap(i) && !isDense(i)).length;

function eachDense(visit) {
  for (const i of shown) if (isDense(i)) visit(X[i], Y[i], 1);
}

// Hand on the boxes, in world pixels of zoom 0, that the events lie in.
function reachAll(take) {
  const list = shown.length ? shown : ORDERED;
  for (const i of list) {
    if (!onMap(i)) continue;
    const km = AREA[i] < 0 ? 0 : AREAS[AREA[i]].km;
    const reach = km ? radiusPixels(i, km, 1) : 0;
    take(X[i] - reach, Y[i] - reach, X[i] + reach, Y[i] + reach);
  }
  for (const number of areasOf(list).keys()) {
    const outline = outlineOfArea(AREAS[number]);
    if (outline) take(...outline.bounds.map((value, k) => value / FINE + ORIGIN[k % 2]));
  }
}

const isThrong = (inside) => inside.length > THRONG;

function paintThrong(context, view, look, inside) {
  const found = hexesOf(inside, X, Y, view, HEX).map((hex) => ({ ...hex, value: hex.members.length }));
  paintHexes(context, view, look, found, HEX);
}

const hexLegend = (item) => rampLegend(item, label("hexes"), state.hexBreaks || [], [], label("hexes_note"));
const groupWords = ({ members }) => [label("events") + ": " + number(members.length)];

// A click on many events goes nearer to them.
function openGroup({ members }) {
  const bounds = L.latLngBounds(members.map(placeOf));
  const zoom = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds.pad(0.15))));
  map.setView(bounds.getCenter(), zoom, { animate: !stillMotion() });
}

function methodSizes() {
  const all = Array.from({ length: N }, (_, i) => i);
  const size = (test) => all.filter(test).length;
  return [["m_total", N], ["m_point", size((i) => onMap(i) && !AREAL.has(PRECISION[i]))], ["m_area", size((i) => onMap(i) && AREAL.has(PRECISION[i]))], ["m_country", size((i) => PRECISION[i] === 6)], ["m_nowhere", size((i) => !onMap(i) && PRECISION[i] !== 6)], ["m_undated", size((i) => firstDay(i) === null)], ["m_unreviewed", size((i) => !reviewed(i) && get("review_status", i) !== "rejected")], ["m_uncounted", size((i) => !counts(i))]];
}
