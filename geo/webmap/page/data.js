// The events as columns, read once from the page's JSON block.

const DATA = JSON.parse(byId("data").textContent);
const N = DATA.n;
const COLUMNS = DATA.columns;
const LANGUAGE = DATA.language;
const NONE = [];

// Undo what packing.py did; a column that follows from another waits for that one.
for (const name of Object.keys(COLUMNS)) unpack(name, COLUMNS, N);

function unpack(name, columns, size) {
  const column = columns[name];
  const base = column.a || column.m || column.r;
  const other = base && unpack(base, columns, size);
  if ("c" in column) Object.assign(column, { d: [column.c], i: new Uint8Array(size) });
  else if (column.a) Object.assign(column, other);
  else if (column.m) {
    column.v = Array.from(other.i, (code) => column.t[code < 0 ? column.t.length - 1 : code]);
    column.k.forEach((row, at) => (column.v[row] = column.x[at]));
  } else if (column.r) {
    column.v = column.v.map((value, i) => (value === null ? null : value + (valueAt(other, i) || 0)));
  } else if (column.k) {
    column[column.d ? "i" : "v"] = new Array(size).fill(column.d ? -1 : null);
    column.k.forEach((row, at) => (column[column.d ? "i" : "v"][row] = column.x[at]));
  }
  for (const key of "acmrktx") delete column[key];
  return column;
}

function label(key, value, other) {
  const text = DATA.labels[key];
  if (text === undefined) return key;
  return text.replace("{n}", value === undefined ? "" : value).replace("{m}", other === undefined ? "" : other);
}

// Labels that exist are translated; other words are shown as they came.
const labelOr = (key, word) => (DATA.labels[key] === undefined ? word : DATA.labels[key]);

function valueAt(column, i) {
  if (column.v) return column.v[i];
  const code = column.i[i];
  return code < 0 ? null : column.d[code];
}

const get = (name, i) => (COLUMNS[name] ? valueAt(COLUMNS[name], i) : null);

// All values of a column in their order, or null where there is no such column.
function valuesOf(name) {
  const column = COLUMNS[name];
  return column ? column.v || Array.from(column.i, (code) => (code < 0 ? null : column.d[code])) : null;
}

// A column as words and codes even where it travelled as plain values.
function coded(name) {
  const column = COLUMNS[name];
  if (!column) return { d: NONE, i: new Int32Array(N).fill(-1) };
  if (column.d) return column;
  const at = new Map();
  const words = [];
  const codes = column.v.map((value) => {
    if (value === null) return -1;
    if (!at.has(value)) {
      at.set(value, words.length);
      words.push(value);
    }
    return at.get(value);
  });
  return { d: words, i: codes };
}

const numberFormat = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 2 });
const shareFormat = new Intl.NumberFormat(LANGUAGE, { style: "percent", maximumFractionDigits: 0 });
const dayFormat = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const shortFormat = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", timeZone: "UTC" });
const DAY = 86400000;

const number = (value) => numberFormat.format(value);
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = (iso) => (/^\d{4}-\d{2}-\d{2}$/.test(iso) ? Math.round(Date.parse(iso) / DAY) : null);
const showDay = (day) => dayFormat.format(day * DAY);

const firstDay = (i) => {
  const start = get("date_start", i);
  return start === null ? get("date_end", i) : start;
};
const lastDay = (i) => {
  const end = get("date_end", i);
  return end === null ? get("date_start", i) : end;
};

function showDates(i) {
  const start = get("date_start", i);
  const end = get("date_end", i);
  if (start === null && end === null) return label("date_unknown");
  if (start === null) return label("until", showDay(end));
  if (end === null || end === start) return showDay(start);
  return dayFormat.formatRange(start * DAY, end * DAY);
}

const PRECISION = valuesOf("precision") || new Array(N).fill(9);
const KIND = coded("kind");
const kindOf = (i) => DATA.kinds[KIND.d[KIND.i[i]]];
const onMap = (i) => get("lon", i) !== null && PRECISION[i] !== 6;
const stands = (i) => get("duplicate_of", i) === null && get("review_status", i) !== "rejected";
const counts = (i) => get("counted", i) !== 0 && stands(i);
// A series is one of ground: where an area is part of a total, the persons told with it are not.
const countsPersons = (i) => counts(i) || (stands(i) && get("series_id", i) !== null && get("area_km2", i) !== null);
const reviewed = (i) => ["ok", "corrected"].includes(get("review_status", i));
const placeName = (i) => get("place_name", i) || get("place_text", i) || get("country", i) || label("unresolved");

// Low, best and high of a figure, the missing ones from those known; null if none is.
function figure(name, i) {
  const low = get(name + "_low", i);
  const best = get(name + "_best", i);
  const high = get(name + "_high", i);
  if (low === null && best === null && high === null) return null;
  const middle = best ?? low ?? high;
  return [low ?? middle, middle, high ?? middle];
}

function showFigure(figures) {
  const [low, best, high] = figures;
  return low === best && best === high ? number(best) : `${number(best)} (${number(low)}–${number(high)})`;
}

// Where the events lie on Leaflet's map of zoom 0 (256 pixels, Web Mercator).
const worldX = (lon) => ((lon + 180) / 360) * 256;
function worldY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256;
}
const SHAPE = valuesOf("shape");
const UNIT = valuesOf("unit"); // in which admin-1 unit of the basemap


// Where the symbol stands, lat lon: on a flank inside its half of the sector, not on the sector's
// own middle. The corners' mean lies inside, since half a disc is convex.
function placeOf(i) {
  if (get("area_flank", i) === null || !SHAPE || SHAPE[i] === null) return [get("lat", i), get("lon", i)];
  return MIDDLES[SHAPE[i]];
}

const MIDDLES = DATA.shapes.map(([[ring]]) => {
  let [x, y, lon, lat] = [0, 0, 0, 0];
  for (let k = 0; k < ring.length; k += 2) {
    lon += x += ring[k];
    lat += y += ring[k + 1];
  }
  return [(2 * lat) / ring.length / 1000, (2 * lon) / ring.length / 1000];
});

const X = new Float64Array(N);
const Y = new Float64Array(N);
for (let i = 0; i < N; i++) {
  if (!onMap(i)) continue;
  const [lat, lon] = placeOf(i);
  X[i] = worldX(lon);
  Y[i] = worldY(lat);
}

const state = { mode: "events", measure: "events", showAreas: true, showNames: true, tilesShown: false, open: null, tab: "all", theme: null };
const map = window[DATA.map];
