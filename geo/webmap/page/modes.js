// Other ways to see the events, by region and as heat; the layer control and the legend.

const RAMP = ["#fde5a8", "#f7b76d", "#e8804f", "#c44a4f", "#7d2a5c"];
const UNIT = COLUMNS.unit ? COLUMNS.unit.v : null;
let regions = { values: [], breaks: [] };

function sumRegions() {
  const values = new Array(UNITS.length).fill(0);
  if (UNIT) {
    for (const i of shown) {
      if (UNIT[i] === null) continue;
      if (state.measure === "events") values[UNIT[i]] += 1;
      else if (counts(i)) values[UNIT[i]] += (figure("killed", i) || [0, 0])[1];
    }
  }
  regions = { values, breaks: breaksOf(values.filter((value) => value > 0)) };
}

// Class limits at quantiles, each once.
function breaksOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const found = [];
  for (let k = 1; k <= RAMP.length; k++) {
    const limit = sorted[Math.ceil((k / RAMP.length) * sorted.length) - 1];
    if (limit !== undefined && limit !== found[found.length - 1]) found.push(limit);
  }
  return found;
}

const rampColour = (k, count) => RAMP[count === 1 ? 2 : Math.round((k * (RAMP.length - 1)) / (count - 1))];

function regionShade(unit) {
  const value = regions.values[unit];
  if (!value) return null;
  const k = regions.breaks.findIndex((limit) => value <= limit);
  return rampColour(k < 0 ? regions.breaks.length - 1 : k, regions.breaks.length);
}

function paintHeat(context, view) {
  const grain = 4;
  const wide = Math.ceil(view.width / grain);
  const high = Math.ceil(view.height / grain);
  const field = new Float32Array(wide * high);
  for (const i of shown) {
    if (!onMap(i)) continue;
    const x = Math.floor((X[i] * view.scale - view.left) / grain);
    const y = Math.floor((Y[i] * view.scale - view.top) / grain);
    if (x >= 0 && y >= 0 && x < wide && y < high) field[y * wide + x] += 1;
  }
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
    const tick = (name, key, change) => {
      const input = make("input", { type: "checkbox" });
      input.checked = state[key];
      input.addEventListener("change", () => {
        state[key] = input.checked;
        change();
      });
      return make("label", {}, input, verbatim(name, "span"));
    };
    const measure = make("select", { id: "measure", "aria-label": label("mode_regions") }, ["events", "killed"].map((key) => make("option", { value: key, text: label("measure_" + key) })));
    measure.addEventListener("change", () => {
      state.measure = measure.value;
      setMode("regions");
    });
    const body = make("fieldset", {}, make("legend", { text: label("show") }), radio("events"), radio("regions"), measure, radio("heat"), make("hr"),
      tick(label("show_areas"), "showAreas", () => eventLayer.repaint()),
      tick(label("show_labels"), "showNames", () => baseLayer.repaint()),
      overlays.map((overlay) => tick(overlay.name, overlay.key, () => toggleOverlay(overlay))),
      tileLayers.map((tiles) => tick(tiles.name, tiles.key, () => toggleTiles(tiles))));
    const box = make("details", { class: "box modes" }, make("summary", { text: label("show") }), body);
    box.open = !narrow();
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  },
});

function setMode(mode) {
  state.mode = mode;
  for (const input of document.querySelectorAll('input[name="mode"]')) input.checked = input.value === mode;
  if (byId("measure")) byId("measure").value = state.measure;
  changed();
}

function showLegend() {
  const body = byId("legend-body");
  const item = (icon, text) => make("div", { class: "item" }, icon, make("span", { text }));
  if (state.mode === "regions") return body.replaceChildren(...regionLegend(item));
  if (state.mode === "heat") {
    const ramp = make("span", { class: "ramp" }, RAMP.map((colour) => patch(colour)));
    return body.replaceChildren(make("div", { class: "item" }, label("few"), ramp, label("many")), make("p", { text: label("heat_note") }));
  }
  const present = new Set(shown.map ? Array.from(shown, (i) => KIND.d[KIND.i[i]]) : []);
  const kinds = DATA.kind_order.filter((key) => present.has(key));
  const parts = kinds.map((key) => item(symbolIcon(DATA.kinds[key], true), label("kind_" + key)));
  const sample = kinds.length ? DATA.kinds[kinds[0]] : Object.values(DATA.kinds)[0];
  const all = Array.from(shown);
  if (all.some((i) => !reviewed(i))) parts.push(make("p", { class: "sub", text: label("review_state") }), item(symbolIcon(sample, false), label("not_reviewed")), item(symbolIcon(sample, true), label("reviewed")));
  if (COLUMNS.killed_best) parts.push(make("p", { class: "sub", text: label("size") }), sizeLegend());
  if (all.some((i) => AREAL.has(PRECISION[i]))) parts.push(item(areaIcon(sample), label("precision_area")));
  body.replaceChildren(...parts);
}

function patch(colour) {
  const box = make("i");
  box.style.background = colour;
  return box;
}

function regionLegend(item) {
  let low = 1;
  const rows = regions.breaks.map((limit, k) => {
    const text = low >= limit ? number(limit) : `${number(low)}–${number(limit)}`;
    low = limit + 1;
    return item(make("span", { class: "ramp" }, patch(rampColour(k, regions.breaks.length))), text);
  });
  return [make("p", { class: "sub", text: label("measure_" + state.measure) }), ...rows, make("p", { text: label("choropleth_note") })];
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

function areaIcon(kind) {
  const svg = makeSvg("svg", { width: 22, height: 22, viewBox: "0 0 22 22", "aria-hidden": "true" });
  svg.append(makeSvg("rect", { x: 2, y: 3, width: 18, height: 16, rx: 4, fill: kind.color, "fill-opacity": 0.18, stroke: kind.color, "stroke-width": 1.6, "stroke-dasharray": "4 3" }));
  return svg;
}
