// The head's totals and the filters of the panel.

function showTotals() {
  const sums = shownTotals();
  const item = (name, value, small) => make("div", {}, make("dt", {}, name, small && small.length > 12 ? make("small", { text: small }) : null), make("dd", { "data-total": name }, value, small && small.length <= 12 ? make("small", { text: " " + small }) : null));
  const range = (sum) => (!sum.open && sum.low === sum.high ? "" : `${number(sum.low)}–${sum.open ? "?" : number(sum.high)}`);
  const items = [item(label("measure_events"), number(sums.events))];
  for (const name of ["killed", "injured"]) items.push(item(label(name), sums[name].known ? number(sums[name].best) : "—", sums[name].known ? range(sums[name]) : label("unknown")));
  for (const [direction, area] of sums.areas) items.push(...areaItems(item, direction, area));
  byId("totals").replaceChildren(...items);
}

function areaItems(item, direction, area) {
  const name = `km² ${labelOr(direction, direction)}`;
  const items = [];
  if (area.cumulative) items.push(item(`${name}, ${label("cumulative")}`, number(area.cumulative), area.within ? label("of_which", number(area.within)) : ""));
  if (area.increment) items.push(item(`${name}, ${label("in_periods")}`, number(area.increment), area.cumulative || !area.within ? "" : label("of_which", number(area.within))));
  if (area.part) items.push(item(`${name}, ${label("in_periods")}`, number(area.part), label("area_part")));
  return items;
}

function choice(set, key, name, icon) {
  const box = make("input", { type: "checkbox", "data-key": key });
  box.checked = !set().has(key);
  box.addEventListener("change", () => {
    if (box.checked) set().delete(key);
    else set().add(key);
    changed();
  });
  return make("label", { class: "choice" }, box, icon, make("span", { class: icon ? "" : "plain", text: name }), make("output"));
}

const kindSet = () => filters.kinds;
const reviewSet = () => filters.reviews;

function startPanel() {
  const kinds = DATA.kind_order.filter((key) => PANEL.kind.d.includes(key));
  byId("kinds").append(...kinds.map((key) => choice(kindSet, key, label("kind_" + key), symbolIcon(DATA.kinds[key], true))));
  byId("reviews").append(...PANEL.review.d.map((key) => choice(reviewSet, key, labelOr(key, key))));
  byId("by-kind").hidden = !kinds.length;
  byId("by-review").hidden = PANEL.review.d.length < 2;
  options(byId("admin1"), PANEL.admin1);
  options(byId("source"), PANEL.source);
  const bind = (id, event, read) => byId(id).addEventListener(event, () => {
    read(byId(id).value);
    changed();
  });
  bind("admin1", "change", (value) => (filters.admin1 = value));
  bind("source", "change", (value) => (filters.source = value));
  bind("killed-min", "input", (value) => (filters.killed = Math.max(0, Math.round(Number(value)) || 0)));
  bind("confidence-min", "input", (value) => (filters.confidence = Number(value)));
  byId("query").addEventListener("input", debounce(() => {
    filters.text = byId("query").value;
    changed();
  }, 140));
  byId("do-reset").addEventListener("click", resetAll);
}

function options(select, column) {
  const sizes = facet(column, ~0);
  const order = column.d.map((_, k) => k).sort((a, b) => column.d[a].localeCompare(column.d[b], LANGUAGE));
  select.append(make("option", { value: "", text: label("all") }), ...order.map((k) => make("option", { value: column.d[k], dir: "auto", text: `${column.d[k].slice(0, 60)} (${number(sizes[k])})` })));
  select.parentElement.hidden = column.d.length < 2;
}

// Bring every control to what the filters say.
function showFilters() {
  for (const [id, set, column, bit] of [["kinds", filters.kinds, PANEL.kind, FAIL.kind], ["reviews", filters.reviews, PANEL.review, FAIL.review]]) {
    const found = facet(column, bit);
    for (const box of byId(id).querySelectorAll("input")) {
      const size = found[column.d.indexOf(box.dataset.key)];
      box.checked = !set.has(box.dataset.key);
      box.parentElement.classList.toggle("none", size === 0);
      box.parentElement.querySelector("output").textContent = number(size);
    }
  }
  if (document.activeElement !== byId("killed-min")) byId("killed-min").value = filters.killed;
  byId("confidence-min").value = filters.confidence;
  byId("confidence-out").textContent = number(filters.confidence);
  byId("admin1").value = filters.admin1;
  byId("source").value = filters.source;
  if (document.activeElement !== byId("query")) byId("query").value = filters.text;
  const used = [filters.kinds.size, filters.reviews.size, filters.text, filters.from !== null || filters.to !== null || !filters.undated, filters.killed, filters.confidence, filters.source, filters.admin1].filter(Boolean).length;
  byId("active-filters").textContent = used ? `(${number(used)})` : "";
}

function resetAll() {
  filters = cleared();
  byId("query").value = "";
  byId("killed-min").value = 0;
  stopPlay();
  changed();
  fitAll();
}
