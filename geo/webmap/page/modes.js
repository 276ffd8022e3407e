// Other ways to see the events, by region and as heat; the layer control and the legend.

const overlays = DATA.overlays.map((overlay, k) => ({ ...overlay, key: "overlay" + k }));
const tileLayers = (DATA.tiles || NONE).map((tiles, k) => ({ ...tiles, key: "tiles" + k, layer: window[tiles.layer] }));
for (const layer of [...overlays, ...tileLayers]) state[layer.key] = true;
const RAMP = ["#fde5a8", "#f7b76d", "#e8804f", "#c44a4f", "#7d2a5c"];
let regions = { values: [], breaks: [] };

function sumRegions() {
  const values = unitSums(new Array(UNITS.length).fill(0));
  regions = { values, breaks: breaksOf(values.filter((value) => value > 0)) };
}

// Class limits near the quantiles, at round numbers, each once.
function breaksOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const found = [];
  for (let k = 1; k <= RAMP.length; k++) {
    const limit = roundUp(sorted[Math.ceil((k / RAMP.length) * sorted.length) - 1]);
    if (limit !== undefined && limit !== found[found.length - 1]) found.push(limit);
  }
  return found;
}

// The next number with one digit, or two where one would leap too far: 157 gives 160, 83 gives 85.
function roundUp(value) {
  if (value === undefined || value <= 10) return value;
  const step = 10 ** Math.floor(Math.log10(value)) / (value < 100 ? 2 : 10);
  return Math.ceil(value / step) * step;
}

const rampColour = (k, count) => RAMP[count === 1 ? 2 : Math.round((k * (RAMP.length - 1)) / (count - 1))];

function shadeOf(value, breaks) {
  const k = breaks.findIndex((limit) => value <= limit);
  return rampColour(k < 0 ? breaks.length - 1 : k, breaks.length);
}

const regionShade = (unit) => (regions.values[unit] ? shadeOf(regions.values[unit], regions.breaks) : null);

function paintHeat(context, view) {
  const grain = 4;
  const wide = Math.ceil(view.width / grain);
  const high = Math.ceil(view.height / grain);
  const field = new Float32Array(wide * high);
  eachDense((east, south, size) => {
    const x = Math.floor((east * view.scale - view.left) / grain);
    const y = Math.floor((south * view.scale - view.top) / grain);
    if (x >= 0 && y >= 0 && x < wide && y < high) field[y * wide + x] += size;
  });
  const smooth = blur(blur(blur(field, wide, high, 4), wide, high, 4), wide, high, 3);
  let top = 0;
  for (const value of smooth) if (value > top) top = value;
  if (!top) return;
  const image = new ImageData(wide, high);
  const colour = RAMP.map((hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16)));
  smooth.forEach((value, k) => {
    const share = Math.sqrt(value / top);
    if (share < 0.04) return;
    const place = share * (RAMP.length - 1);
    const low = Math.min(RAMP.length - 2, Math.floor(place));
    for (let c = 0; c < 3; c++) image.data[k * 4 + c] = colour[low][c] + (colour[low + 1][c] - colour[low][c]) * (place - low);
    image.data[k * 4 + 3] = Math.min(225, 60 + share * 260);
  });
  const canvas = document.createElement("canvas");
  canvas.width = wide;
  canvas.height = high;
  canvas.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(canvas, 0, 0, wide * grain, high * grain);
}

// A box blur, first along the rows and then along the columns.
function blur(field, wide, high, reach) {
  const across = new Float32Array(field.length);
  for (let y = 0; y < high; y++) slide(field, across, y * wide, 1, wide, reach);
  const done = new Float32Array(field.length);
  for (let x = 0; x < wide; x++) slide(across, done, x, wide, high, reach);
  return done;
}

function slide(from, to, start, step, count, reach) {
  let sum = 0;
  for (let k = -reach; k < count; k++) {
    if (k + reach < count) sum += from[start + (k + reach) * step];
    if (k - reach - 1 >= 0) sum -= from[start + (k - reach - 1) * step];
    if (k >= 0) to[start + k * step] = sum / (2 * reach + 1);
  }
}

const ModeControl = L.Control.extend({
  options: { position: "topright" },
  onAdd() {
    const radio = (mode) => {
      const input = make("input", { type: "radio", name: "mode", value: mode });
      input.checked = state.mode === mode;
      input.addEventListener("change", () => setMode(mode));
      return make("label", {}, input, make("span", { text: label("mode_" + mode) }));
    };
    const measure = make("select", { id: "measure", "aria-label": label("show"), hidden: true }, MEASURES.map((key) => make("option", { value: key, text: label("measure_" + key) })));
    measure.addEventListener("change", () => {
      state.measure = measure.value;
      setMode(state.mode);
    });
    const body = make("fieldset", {}, make("legend", { text: label("show") }), make("div", { class: "segments" }, ["events", "regions", "heat"].map(radio)), measure, ...LAYERS.map(layerTick));
    const box = make("details", { class: "box modes" }, make("summary", { text: label("show") }), body);
    box.open = !narrow();
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  },
});

const MEASURES = ["events", "killed", "injured"];
// What can be hidden: its key in the state and the link, its name, what to do when it changes.
const LAYERS = [
  ...(KNOWS_EACH ? [["showAreas", label("show_areas"), () => eventLayer.repaint()]] : NONE),
  ["showNames", label("show_labels"), () => eventLayer.repaint()],
  ...overlays.map((overlay) => [overlay.key, overlay.name, () => toggleOverlay(overlay), overlay.color]),
  ...tileLayers.map((tiles) => [tiles.key, tiles.name, () => toggleTiles(tiles)]),
];

function layerTick([key, name, change, colour]) {
  const input = make("input", { type: "checkbox", "data-layer": key });
  input.checked = state[key];
  input.addEventListener("change", () => {
    state[key] = input.checked;
    change();
    saveLink();
  });
  const swatch = colour ? make("i", { class: "swatch" }) : null;
  if (swatch) swatch.style.color = colour;
  return make("label", {}, input, verbatim(name, "span"), swatch);
}

// Bring the layers and their boxes to what a link says.
function showLayers(hidden) {
  for (const [key, , change] of LAYERS) {
    const wanted = !hidden.has(key);
    if (state[key] !== wanted) {
      state[key] = wanted;
      change();
    }
    const input = document.querySelector(`.modes input[data-layer="${key}"]`);
    if (input) input.checked = wanted;
  }
}

function setMode(mode) {
  state.mode = mode;
  for (const input of document.querySelectorAll('input[name="mode"]')) input.checked = input.value === mode;
  byId("measure").value = state.measure;
  byId("measure").hidden = mode === "heat" || (mode === "events" && KNOWS_EACH);
  byId("hint").hidden = true;
  changed();
}

function showLegend() {
  const body = byId("legend-body");
  const item = (icon, text) => make("div", { class: "item" }, icon, make("span", { text }));
  byId("legend").hidden = !N;
  if (state.mode === "regions") return body.replaceChildren(...rampLegend(item, label("measure_" + state.measure), regions.breaks, [item(patch("var(--land)"), label("no_events_here"))], label("choropleth_note")));
  if (state.mode === "heat") return body.replaceChildren(...heatLegend());
  if (state.throng) return body.replaceChildren(...hexLegend(item));
  const present = new Set(Array.from(shown, (i) => KIND.i[i]));
  const kinds = DATA.kind_order.filter((key) => present.has(KIND.d.indexOf(key)));
  const sample = kinds.length ? DATA.kinds[kinds[0]] : Object.values(DATA.kinds)[0];
  const has = (test) => shown.some(test);
  const parts = kinds.map((key) => item(symbolIcon(DATA.kinds[key], true), label("kind_" + key)));
  if (has((i) => !reviewed(i))) parts.push(make("p", { class: "sub", text: label("review_state") }), make("div", { class: "pair" }, item(symbolIcon(sample, false), label("not_reviewed")), item(symbolIcon(sample, true), label("reviewed"))));
  if (COLUMNS.killed_best) parts.push(make("p", { class: "sub", text: label("size") }), sizeLegend());
  parts.push(...areaLegend(item, sample, has));
  if (shown.length > CROWD) parts.push(item(ringIcon(kinds), label("cluster")));
  body.replaceChildren(...parts);
}

function heatLegend() {
  const ramp = make("span", { class: "ramp" }, RAMP.map((colour) => patch(colour)));
  const left = vagueSize();
  return [make("div", { class: "item" }, label("few"), ramp, label("many")), make("p", { text: label("heat_note") + (left ? " " + label("heat_left_out", number(left)) : "") })];
}

// Areas of uncertainty; territory apart, a total hatched and a period tinted.
function areaLegend(item, sample, has) {
  const territorial = (i) => get("area_km2", i) !== null;
  const own = (test) => shown.find(test);
  const total = own((i) => territorial(i) && isTotal(i));
  const period = own((i) => territorial(i) && !isTotal(i) && AREA[i] >= 0);
  const parts = [];
  if (has((i) => AREA[i] >= 0 && !territorial(i))) parts.push(item(areaIcon(sample, false), label("precision_area")));
  if (total !== undefined) parts.push(item(areaIcon(kindOf(total), true), label("area_cumulative")));
  if (period !== undefined) parts.push(item(areaIcon(kindOf(period), false), label("area_increment")));
  return parts;
}

function patch(colour) {
  const box = make("i", { class: "patch" });
  box.style.background = colour;
  return box;
}

function rampLegend(item, name, breaks, more, note) {
  let low = 1;
  const rows = breaks.map((limit, k) => {
    const text = low >= limit ? number(limit) : `${number(low)}–${number(limit)}`;
    low = limit + 1;
    return item(patch(rampColour(k, breaks.length)), text);
  });
  return [make("p", { class: "sub", text: name }), ...rows, ...more, make("p", { text: note })];
}

function sizeLegend() {
  const sizes = make("div", { class: "sizes" });
  for (const killed of [0, 10, 50]) {
    const radius = 7 + Math.min(19, 2.1 * Math.sqrt(killed));
    const side = Math.ceil(radius * 2 + 4);
    const svg = makeSvg("svg", { width: side, height: side, viewBox: `${-side / 2} ${-side / 2} ${side} ${side}`, "aria-hidden": "true" });
    svg.append(makeSvg("circle", { r: radius, fill: "none", stroke: "var(--ink)", "stroke-width": 1.5 }));
    sizes.append(make("span", { class: "item" }, svg, make("span", { text: number(killed) })));
  }
  return sizes;
}

function areaIcon(kind, total) {
  const svg = makeSvg("svg", { width: 22, height: 22, viewBox: "0 0 22 22", "aria-hidden": "true" });
  svg.append(makeSvg("rect", { x: 2, y: 3, width: 18, height: 16, rx: 4, fill: kind.color, "fill-opacity": 0.18, stroke: kind.color, "stroke-width": 1.6, "stroke-dasharray": total ? "none" : "4 3" }));
  if (total) svg.append(makeSvg("path", { d: "M2 13 12 3M4 19 19 4M12 19 20 11", stroke: kind.color, "stroke-width": 1.3 }));
  return svg;
}

function ringIcon(kinds) {
  const svg = makeSvg("svg", { width: 22, height: 22, viewBox: "-11 -11 22 22", "aria-hidden": "true" });
  kinds.slice(0, 4).forEach((key, k, all) => svg.append(makeSvg("circle", { r: 7.5, fill: "none", stroke: DATA.kinds[key].color, "stroke-width": 5, pathLength: all.length, "stroke-dasharray": `1 ${all.length}`, "stroke-dashoffset": -k })));
  return svg;
}
