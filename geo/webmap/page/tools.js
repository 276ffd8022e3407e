// Tools: the link of the view, downloads, measuring, coordinates, overlays, theme, print, method.

const COPIED = { kind: "event_kind", lon: "longitude", lat: "latitude", precision: "geo_precision", counted: "counts_in_total" };
const LEFT_OUT = new Set(["shape", "unit", "runners", "merged", "obfuscated", "evidence"]);
const DAYS = new Set(["date_start", "date_end", "period_start", "period_end", "published"]);

// The link: view, filters, mode and open event after the number sign.
function linkText() {
  const parts = new URLSearchParams();
  const centre = map.getCenter();
  parts.set("v", `${map.getZoom()}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}`);
  if (filters.kinds.size) parts.set("k", [...filters.kinds].join("~"));
  if (filters.reviews.size) parts.set("r", [...filters.reviews].join("~"));
  if (filters.text) parts.set("q", filters.text);
  if (filters.from !== null || filters.to !== null) parts.set("d", [filters.from, filters.to].map((day) => (day === null ? "" : isoDay(day))).join("~"));
  if (!filters.undated) parts.set("u", "0");
  if (filters.killed) parts.set("m", filters.killed);
  if (filters.confidence) parts.set("c", filters.confidence);
  if (filters.source) parts.set("s", filters.source);
  if (filters.admin1) parts.set("a", filters.admin1);
  if (state.mode !== "events" || state.measure !== "events") parts.set("w", state.mode + (state.measure === "events" ? "" : "~" + state.measure));
  if (state.tab !== "all") parts.set("l", state.tab);
  if (state.theme) parts.set("t", state.theme);
  const hidden = LAYERS.map(([key]) => key).filter((key) => !state[key]);
  if (hidden.length) parts.set("h", hidden.join("~"));
  if (state.open !== null) parts.set("o", get("event_id", state.open) ?? "#" + state.open);
  return parts.toString();
}

const saveLink = debounce(() => {
  try {
    history.replaceState(null, "", "#" + linkText());
  } catch (error) {
    saveLink.refused = error; // pages without an address of their own (srcdoc) keep none
  }
}, 120);

// Zoom, latitude and longitude of a link, or null where it leaves the view to the events.
function viewOf(parts) {
  const view = (parts.get("v") || "").split("/").map(Number);
  return view.length === 3 && view.every(Number.isFinite) ? view : null;
}

const hasView = () => viewOf(new URLSearchParams(location.hash.slice(1))) !== null;

function readLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const words = (key) => (parts.get(key) || "").split("~").filter(Boolean);
  filters = { ...cleared(), kinds: new Set(words("k")), reviews: new Set(words("r")), text: parts.get("q") || "", undated: parts.get("u") !== "0", killed: Number(parts.get("m")) || 0, confidence: Number(parts.get("c")) || 0, source: parts.get("s") || "", admin1: parts.get("a") || "" };
  const days = (parts.get("d") || "~").split("~").map(dayOf);
  [filters.from, filters.to] = wholeSpan(days[0] ?? null, days[1] ?? null);
  const [mode, measure] = words("w");
  state.mode = ["events", "regions", "heat"].includes(mode) ? mode : "events";
  state.measure = MEASURES.includes(measure) ? measure : "events";
  showLayers(new Set(words("h")));
  state.tab = parts.get("l") in TABS ? parts.get("l") : "all";
  if (["dark", "light"].includes(parts.get("t"))) state.theme = parts.get("t");
  byId("query").value = filters.text;
  byId("killed-min").value = filters.killed;
  const view = viewOf(parts);
  if (view) map.setView([view[1], view[2]], view[0], { animate: false });
  else fitAll();
  const open = parts.get("o");
  if (!open) return null;
  for (let i = 0; i < N; i++) if ((get("event_id", i) ?? "#" + i) === open) return i;
  return null;
}

function save(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  toast(label("saved", number(shown.length)));
}

function fields() {
  return Object.keys(COLUMNS).filter((name) => !LEFT_OUT.has(name));
}

function valueOf(name, i) {
  const value = get(name, i);
  if (value === null) return null;
  if (DAYS.has(name)) return isoDay(value);
  return name === "counted" ? value !== 0 : value;
}

// A spreadsheet runs cells that begin with = + - @: an apostrophe before text keeps them text.
function cell(value) {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

function toCsv() {
  const names = fields();
  const lines = [names.map((name) => COPIED[name] || name).join(",")];
  for (const i of shown) lines.push(names.map((name) => cell(valueOf(name, i))).join(","));
  return "\ufeff" + lines.join("\r\n") + "\r\n";
}

function toGeoJson() {
  const names = fields();
  const features = Array.from(shown, (i) => ({
    type: "Feature",
    id: get("event_id", i) ?? String(i),
    geometry: get("lon", i) === null ? null : { type: "Point", coordinates: [get("lon", i), get("lat", i)] },
    properties: Object.fromEntries(names.map((name) => [COPIED[name] || name, valueOf(name, i)])),
  }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

async function copyLink() {
  const address = location.href.split("#")[0] + "#" + linkText();
  try {
    await navigator.clipboard.writeText(address);
    toast(label("copied"));
  } catch {
    toast(label("link", address), 15);
  }
}

function toggleOverlay(overlay) {
  if (state[overlay.key]) overlay.layer.addTo(map);
  else overlay.layer.remove();
}

function startOverlays() {
  map.createPane("overlays").style.zIndex = 350;
  for (const overlay of overlays) {
    overlay.layer = L.geoJSON(overlay.geojson, {
      pane: "overlays",
      renderer: L.canvas({ pane: "overlays" }),
      style: { color: overlay.color, weight: 2.5, fillOpacity: 0.12 },
      pointToLayer: (_, at) => L.circleMarker(at, { pane: "overlays", radius: 5 }),
      onEachFeature: (feature, layer) => feature.properties.label && layer.bindPopup(() => verbatim(feature.properties.label, "div")),
    }).addTo(map);
  }
}

// Tiles that do not come leave the outlines in their place, without a word.
function startTiles() {
  for (const tiles of tileLayers) {
    let loaded = 0;
    let failed = 0;
    tiles.layer.on("tileload", () => {
      loaded += 1;
      if (state.tilesShown) return;
      state.tilesShown = true;
      baseLayer.repaint();
    });
    tiles.layer.on("tileerror", () => {
      failed += 1;
      if (failed >= 4 && !loaded) tiles.layer.remove();
    });
  }
}

function toggleTiles(tiles) {
  if (state[tiles.key]) tiles.layer.addTo(map);
  else tiles.layer.remove();
  if (!state[tiles.key]) state.tilesShown = false;
  baseLayer.repaint();
}

const measuring = { on: false, points: [], line: null };

function measure(on) {
  measuring.on = on;
  measuring.points = [];
  if (measuring.line) measuring.line.remove();
  measuring.line = on ? L.polyline([], { color: "#d55e00", weight: 3, dashArray: "6 5", interactive: false }).addTo(map) : null;
  byId("do-measure").setAttribute("aria-pressed", String(on));
  byId("do-measure").textContent = label("measure");
  map.getContainer().style.cursor = on ? "crosshair" : "";
  if (on) {
    toast(label("measuring"), 6);
    map.getContainer().focus();
  }
}

function measurePoint(at) {
  measuring.points.push(at);
  measuring.line.setLatLngs(measuring.points);
  let metres = 0;
  for (let k = 1; k < measuring.points.length; k++) metres += map.distance(measuring.points[k - 1], measuring.points[k]);
  byId("do-measure").textContent = `${label("measure")}: ${number(metres >= 20000 ? Math.round(metres / 1000) : Math.round(metres / 10) / 100)} km`;
}

const ToolControl = L.Control.extend({
  options: { position: "bottomright" },
  onAdd() {
    const fit = make("button", { type: "button", text: label("fit"), onclick: fitAll });
    const tape = make("button", { type: "button", id: "do-measure", "aria-pressed": "false", text: label("measure"), onclick: () => measure(!measuring.on) });
    const box = make("div", { class: "tools" }, make("span", { class: "where", id: "where" }), fit, tape);
    L.DomEvent.disableClickPropagation(box);
    return box;
  },
});

function showWhere(at) {
  if (byId("where")) byId("where").textContent = `${at.lat.toFixed(3)}, ${at.lng.toFixed(3)}`;
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("do-theme").textContent = label(theme === "dark" ? "light" : "dark");
  baseLayer.repaint();
  eventLayer.repaint();
}

// For paper: the light colours, the map at the size of the sheet, and the first events below.
let beforePrint = null;

function toPaper() {
  if (beforePrint) return;
  const stage = byId("stage");
  beforePrint = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom(), theme: document.documentElement.dataset.theme };
  document.documentElement.dataset.theme = "light";
  stage.style.width = "277mm";
  stage.style.height = "114mm";
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(beforePrint.bounds.pad(-0.12), { animate: false });
  baseLayer._update();
  eventLayer._update();
  layPaper();
  showPrintList();
}

// One picture of all canvases: printed as vectors, each would hide those below it with white.
function layPaper() {
  const own = eventLayer._container;
  const flat = new OffscreenCanvas(own.width, own.height);
  const context = flat.getContext("2d");
  context.fillStyle = colours().sea;
  context.fillRect(0, 0, flat.width, flat.height);
  const corner = L.DomUtil.getPosition(own);
  const ratio = own.width / parseFloat(own.style.width);
  const depth = (canvas) => Number(getComputedStyle(canvas.parentElement).zIndex) || 0;
  const canvases = [...map.getContainer().querySelectorAll("canvas")].sort((a, b) => depth(a) - depth(b));
  for (const canvas of canvases) {
    const at = L.DomUtil.getPosition(canvas).subtract(corner);
    context.drawImage(canvas, at.x * ratio, at.y * ratio, parseFloat(canvas.style.width) * ratio, parseFloat(canvas.style.height) * ratio);
  }
  const paper = make("canvas", { id: "paper", "aria-hidden": "true", width: flat.width, height: flat.height });
  paper.style.cssText = own.style.cssText;
  paper.getContext("bitmaprenderer").transferFromImageBitmap(flat.transferToImageBitmap());
  own.after(paper);
}

function fromPaper() {
  if (!beforePrint) return;
  byId("paper").remove();
  byId("stage").style.width = "";
  byId("stage").style.height = "";
  setTheme(beforePrint.theme);
  map.invalidateSize({ animate: false, pan: false });
  map.setView(beforePrint.centre, beforePrint.zoom, { animate: false });
  beforePrint = null;
}

function showPrintList() {
  const most = 8;
  const rows = Array.from(shown.slice(0, most), (i) => make("tr", {}, [placeName(i), showDates(i), label("kind_" + kindOf(i).key), ["killed", "injured"].map((name) => figure(name, i) && `${showFigure(figure(name, i))} ${label(name)}`).concat(get("area_km2", i) === null ? null : areaWords(i)).filter(Boolean).join(", "), (get("title", i) || "").slice(0, 90)].map((text) => make("td", { dir: "auto", text }))));
  const rest = tabSize("all", shown) - most;
  byId("print-list").replaceChildren(make("table", {}, rows), make("p", { text: [rest > 0 ? label("print_more", number(rest)) : "", DATA.licences.join(" · ")].filter(Boolean).join(". ") }));
}

function showMethod() {
  const lines = methodSizes();
  const table = make("table", {}, make("tbody", {}, lines.map(([key, value]) => make("tr", {}, make("th", { scope: "row", text: label(key) }), make("td", { text: number(value) })))));
  const bullets = (items) => make("ul", {}, items.filter(Boolean).map((text) => make("li", {}, verbatim(text, "span"))));
  const versions = ["extractor_version", "gazetteer_version", "language_pack_version"].flatMap((name) => coded(name).d.map((value) => `${name.replace("_version", "").replace("_", " ")}: ${value}`));
  byId("method-body").replaceChildren(make("h3", { text: label("m_what") }), make("p", { text: label("m_what_1") }), make("h3", { text: label("m_counts") }), table, ...methodNotes(), make("h3", { text: label("m_numbers") }), bullets([1, 2, 3].map((k) => label("m_numbers_" + k))), make("h3", { text: label("m_limits") }), make("p", { text: label("m_limits_1") }), ...(versions.length ? [make("h3", { text: label("m_versions") }), bullets(versions)] : []), make("h3", { text: label("m_licences") }), bullets(DATA.licences));
  byId("method").showModal();
}
