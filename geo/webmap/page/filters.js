// What is shown: the filters, the events that pass them, and their totals.

const REVIEW = coded("review_status");
const SOURCE = coded("source_name");
const ADMIN1 = coded("admin1");

const cleared = () => ({ kinds: new Set(), reviews: new Set(), text: "", from: null, to: null, undated: true, killed: 0, confidence: 0, source: "", admin1: "" });
let filters = cleared();

const FAILS = new Uint16Array(N);
const FAIL = { kind: 1, review: 2, text: 4, date: 8, killed: 16, confidence: 32, source: 64, admin1: 128 };
let shown = []; // indexes that pass, latest first
const haystacks = new Array(N);

const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’ʼ`´]/g, "'").normalize("NFC");
const SEARCHED = ["title", "sentence", "place_text", "place_name", "place_local", "admin1", "admin2", "country", "source_name", "weapon", "actor1", "actor2", "claimed_by", "event_id"];

function haystack(i) {
  if (haystacks[i] === undefined) {
    haystacks[i] = fold(SEARCHED.map((name) => get(name, i)).filter(Boolean).join("\n") + "\n" + label("kind_" + KIND.d[KIND.i[i]]));
  }
  return haystacks[i];
}

const LATEST = Int32Array.from({ length: N }, (_, i) => i).sort((a, b) => (lastDay(b) ?? -1e9) - (lastDay(a) ?? -1e9) || a - b);

// Hidden kinds and review states are those in the sets: an empty set shows all.
function applyFilters() {
  const words = fold(filters.text.trim()).split(/\s+/).filter(Boolean);
  const source = filters.source === "" ? -2 : SOURCE.d.indexOf(filters.source);
  const admin1 = filters.admin1 === "" ? -2 : ADMIN1.d.indexOf(filters.admin1);
  const hiddenKinds = KIND.d.map((key) => filters.kinds.has(key));
  const hiddenReviews = REVIEW.d.map((key) => filters.reviews.has(key));
  const killed = COLUMNS.killed_best || COLUMNS.killed_low ? true : false;
  for (let i = 0; i < N; i++) {
    let fails = 0;
    if (hiddenKinds[KIND.i[i]]) fails |= FAIL.kind;
    if (hiddenReviews[REVIEW.i[i]]) fails |= FAIL.review;
    if (source !== -2 && SOURCE.i[i] !== source) fails |= FAIL.source;
    if (admin1 !== -2 && ADMIN1.i[i] !== admin1) fails |= FAIL.admin1;
    if (filters.killed > 0 && (!killed || (figure("killed", i) || [0, 0])[1] < filters.killed)) fails |= FAIL.killed;
    if (filters.confidence > 0 && (get("geo_confidence", i) ?? 0) < filters.confidence) fails |= FAIL.confidence;
    const first = firstDay(i);
    if (first === null ? !filters.undated : (filters.from !== null && lastDay(i) < filters.from) || (filters.to !== null && first > filters.to)) fails |= FAIL.date;
    if (words.length && !words.every((word) => haystack(i).includes(word))) fails |= FAIL.text;
    FAILS[i] = fails;
  }
  shown = LATEST.filter((i) => FAILS[i] === 0);
}

// How many events each value of a column would have if its own filter were off.
function facet(column, bit) {
  const found = new Array(column.d.length).fill(0);
  for (let i = 0; i < N; i++) if ((FAILS[i] & ~bit) === 0 && column.i[i] >= 0) found[column.i[i]]++;
  return found;
}

// Sums over events that count, as geo.totals adds them: the lower bound stands in for a missing
// best, and a figure that has a lower bound only leaves the upper sum open.
function totals(list) {
  const sums = { events: list.length, killed: emptySum(), injured: emptySum(), areas: new Map() };
  const parts = [];
  const series = new Set();
  for (const i of list) {
    if (get("area_km2", i) !== null) addArea(sums.areas, i, parts, series);
    if (counts(i)) for (const name of ["killed", "injured"]) addFigure(sums[name], name, i);
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
