// The list: only the rows in sight exist; keys, clicks and the map move the same choice.

const ROW = 76;
let listed = [];
let whole = 0; // how many events the tab stands for, those that did not travel included
let active = -1;

const TABS = {
  view: () => {
    const seen = map.getBounds();
    const [west, east, north, south] = [worldX(seen.getWest()), worldX(seen.getEast()), worldY(seen.getNorth()), worldY(seen.getSouth())];
    return shown.filter((i) => onMap(i) && X[i] >= west && X[i] <= east && Y[i] >= north && Y[i] <= south);
  },
  all: () => shown,
  country: () => shown.filter((i) => PRECISION[i] === 6),
  nowhere: () => shown.filter((i) => !onMap(i) && PRECISION[i] !== 6),
};

function updateList() {
  for (const [name, select] of Object.entries(TABS)) {
    const list = select();
    const tab = byId("tab-" + name);
    const size = tabSize(name, list);
    tab.replaceChildren(make("b", { text: number(size) }), label("tab_" + name));
    tab.setAttribute("aria-selected", String(state.tab === name));
    tab.tabIndex = state.tab === name ? 0 : -1;
    if (state.tab === name) [listed, whole] = [list, size];
  }
  byId("list-panel").setAttribute("aria-labelledby", "tab-" + state.tab);
  const note = whole ? (state.tab === "country" ? "note_country" : state.tab === "nowhere" ? "note_nowhere" : "") : N ? "none" : "empty";
  const notes = [note && label(note), listed.length < whole ? label("cells_listed", number(listed.length), number(whole)) : ""].filter(Boolean);
  byId("no-match").hidden = note !== "none";
  byId("list-note").hidden = !notes.length;
  byId("list-note").textContent = notes.join(" ");
  byId("list-space").style.height = listed.length * ROW + "px";
  active = Math.min(active, listed.length - 1);
  paintRows();
}

function paintRows() {
  const list = byId("list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 3);
  const last = Math.min(listed.length, Math.ceil((list.scrollTop + (list.clientHeight || 600)) / ROW) + 3);
  const rows = [];
  for (let k = first; k < last; k++) rows.push(listRow(listed[k], k));
  byId("list-space").replaceChildren(...rows);
  const marked = byId("row-" + active);
  if (marked) list.setAttribute("aria-activedescendant", marked.id);
  else list.removeAttribute("aria-activedescendant");
}

function listRow(i, k) {
  const kind = kindOf(i);
  const item = make("div", { class: "row" + (k === active ? " active" : ""), id: "row-" + k, role: "option", "aria-selected": String(i === state.open), "aria-setsize": listed.length, "aria-posinset": k + 1 },
    symbolIcon(kind, reviewed(i)),
    make("b", {}, verbatim(placeName(i)), make("time", { text: shortDates(i) })),
    make("span", {}, label("kind_" + kind.key), rowFigures(i)),
    make("span", {}, verbatim(get("title", i) || get("sentence", i) || "")));
  item.style.top = k * ROW + "px";
  item.addEventListener("click", () => pick(k));
  return item;
}

function shortDates(i) {
  const start = get("date_start", i);
  const end = get("date_end", i);
  return start !== null && end !== null && end !== start ? shortFormat.formatRange(start * DAY, end * DAY) : showDates(i);
}

function rowFigures(i) {
  const parts = [];
  for (const name of ["killed", "injured"]) {
    const values = figure(name, i);
    if (values && values[2] > 0) parts.push(" · ", make("strong", { text: number(values[1]) }), " " + label(name));
  }
  if (get("area_km2", i) !== null) parts.push(" · ", make("strong", { text: areaWords(i) }));
  return parts;
}

function pick(k, options) {
  active = k;
  document.body.dataset.view = "map";
  markView();
  openEvent(listed[k], { ...options, fly: true });
}

function markOpenRow() {
  const k = state.open === null ? -1 : listed.indexOf(state.open);
  if (k >= 0) {
    active = k;
    const list = byId("list");
    if (k * ROW < list.scrollTop || (k + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = k * ROW - list.clientHeight / 3;
  }
  paintRows();
}

function moveActive(key) {
  const page = Math.max(1, Math.floor(byId("list").clientHeight / ROW) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (!(key in steps) || !listed.length) return false;
  active = Math.max(0, Math.min(listed.length - 1, active + steps[key]));
  const list = byId("list");
  const top = active * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  paintRows();
  return true;
}

function startList() {
  byId("list").addEventListener("scroll", soon(paintRows));
  byId("list").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && active >= 0) pick(active, { focus: true });
    else if (!moveActive(event.key)) return;
    event.preventDefault();
  });
  const tabs = [...document.querySelectorAll("#tabs button")];
  tabs.forEach((tab, k) => {
    tab.addEventListener("click", () => chooseTab(tab.dataset.tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(k + step + tabs.length) % tabs.length];
      chooseTab(next.dataset.tab);
      next.focus();
    });
  });
}

function chooseTab(name) {
  state.tab = name;
  active = -1;
  byId("list").scrollTop = 0;
  updateList();
  saveLink();
}
