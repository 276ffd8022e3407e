// Start: put the layers on the map, tie the controls together, show what the link asks for.

function fitAll() {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  const take = ([a, b, c, d]) => {
    west = Math.min(west, a);
    south = Math.min(south, b);
    east = Math.max(east, c);
    north = Math.max(north, d);
  };
  const list = shown.length ? shown : Array.from({ length: N }, (_, i) => i);
  for (const i of list) {
    if (!onMap(i)) continue;
    if (SHAPE && SHAPE[i] !== null && AREAL.has(PRECISION[i])) take(SHAPES[SHAPE[i]].box);
    const reach = (AREAL.has(PRECISION[i]) ? get("geo_radius_km", i) || 0 : 0) / 111;
    take([get("lon", i) - reach, get("lat", i) - reach, get("lon", i) + reach, get("lat", i) + reach]);
  }
  if (west > east) map.fitBounds([[BASE.box[1], BASE.box[0]], [BASE.box[3], BASE.box[2]]], { animate: false });
  else map.fitBounds([[south, west], [north, east]], { animate: false, paddingTopLeft: [byId("legend").offsetWidth && !narrow() && byId("legend").firstElementChild.open ? byId("legend").offsetWidth + 20 : 30, 36], paddingBottomRight: [narrow() ? 30 : 60, 50], maxZoom: 9 });
}

// Everything that follows the filters.
function changed() {
  applyFilters();
  if (state.mode === "regions") sumRegions();
  showTotals();
  showFilters();
  showTimeline();
  showLegend();
  updateList();
  baseLayer.repaint();
  eventLayer.repaint();
  saveLink();
}

function hitAt(event) {
  const point = map.latLngToLayerPoint(event.latlng).subtract(eventLayer._bounds.min);
  return state.mode === "events" ? hit(point, event.originalEvent && event.originalEvent.pointerType === "touch" ? 12 : 4) : null;
}

function onClick(event) {
  if (measuring.on) return measurePoint(event.latlng);
  const found = hitAt(event);
  if (!found) return;
  if (found.cluster) {
    const bounds = L.latLngBounds(found.members.map((i) => [get("lat", i), get("lon", i)]));
    const zoom = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds.pad(0.15))));
    return map.setView(bounds.getCenter(), zoom, { animate: !stillMotion() });
  }
  pages = found.members;
  openEvent(pages[0], { keep: true });
}

function onMove(event) {
  showWhere(event.latlng);
  const found = measuring.on ? null : hitAt(event);
  const hint = byId("hint");
  map.getContainer().style.cursor = measuring.on ? "crosshair" : found ? "pointer" : "";
  const over = event.originalEvent ? event.originalEvent.target : null;
  hint.hidden = !found || found.cluster || narrow() || !(over === map.getContainer() || over instanceof HTMLCanvasElement);
  if (hint.hidden) return;
  const i = found.members[0];
  const more = found.members.length > 1 ? ` (+${number(found.members.length - 1)})` : "";
  hint.replaceChildren(verbatim(placeName(i)), ` · ${label("kind_" + kindOf(i).key)} · ${showDates(i)}${more}`);
  const at = map.latLngToContainerPoint(event.latlng);
  hint.style.left = Math.min(at.x + 14, map.getSize().x - 270) + "px";
  hint.style.top = at.y + 16 + "px";
}

function markView() {
  for (const button of document.querySelectorAll("#views button")) button.setAttribute("aria-pressed", String(button.dataset.view === document.body.dataset.view));
  if (document.body.dataset.view === "filters") byId("filters").open = true;
  map.invalidateSize({ animate: false });
  paintRows();
  showTimeline();
}

function startMap() {
  map.createPane("base").style.zIndex = 180;
  map.attributionControl.setPrefix("Leaflet");
  map.attributionControl.addAttribution(DATA.attribution);
  baseLayer.addTo(map);
  eventLayer.addTo(map);
  startOverlays();
  startTiles();
  map.addControl(new ModeControl());
  map.addControl(new ToolControl());
  map.on("click", onClick);
  map.on("mousemove", onMove);
  map.on("mouseout", () => (byId("hint").hidden = true));
  map.on("moveend", () => {
    updateList();
    if (narrow()) showWhere(map.getCenter());
    saveLink();
  });
  const container = map.getContainer();
  container.setAttribute("aria-label", label("map"));
  container.setAttribute("role", "group");
  for (const [look, key] of [["in", "zoom_in"], ["out", "zoom_out"]]) {
    const button = container.querySelector(".leaflet-control-zoom-" + look);
    button.title = label(key);
    button.setAttribute("aria-label", label(key));
  }
}

function startTools() {
  byId("do-theme").addEventListener("click", () => {
    state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    setTheme(state.theme);
    saveLink();
  });
  byId("do-share").addEventListener("click", copyLink);
  byId("do-csv").addEventListener("click", () => save("events.csv", "text/csv;charset=utf-8", toCsv()));
  byId("do-geojson").addEventListener("click", () => save("events.geojson", "application/geo+json", toGeoJson()));
  byId("do-print").addEventListener("click", () => window.print());
  byId("do-method").addEventListener("click", showMethod);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address keeps the link of the view
    byId("list").focus();
  });
  addEventListener("hashchange", () => {
    closePopup();
    state.open = null;
    const open = readLink();
    setMode(state.mode);
    if (open !== null) openEvent(open, { still: true });
  });
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
  addEventListener("resize", debounce(() => {
    map.invalidateSize({ animate: false });
    showTimeline();
    paintRows();
  }, 80));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && measuring.on) measure(false);
    else if (event.key === "Escape" && state.open !== null && !byId("method").open) closeEvent();
    else if (event.key === "Enter" && measuring.on && document.activeElement === map.getContainer()) measurePoint(map.getCenter());
  });
  for (const button of document.querySelectorAll("#views button")) {
    button.addEventListener("click", () => {
      closePopup();
      document.body.dataset.view = button.dataset.view;
      markView();
    });
  }
}

function start() {
  document.body.dataset.view = "map";
  if (narrow()) byId("legend").firstElementChild.open = false;
  applyFilters();
  startMap();
  startPanel();
  startList();
  startTimeline();
  startTools();
  const open = readLink();
  setTheme(state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  setMode(state.mode);
  if (open !== null) openEvent(open, { still: true });
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start();
