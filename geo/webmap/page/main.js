// Start: put the layers on the map, tie the controls together, show what the link asks for.

// The whole of what is shown, with its areas, clear of the legend.
function fitAll() {
  const box = [Infinity, Infinity, -Infinity, -Infinity]; // world pixels of zoom 0
  const take = (west, north, east, south) => {
    box[0] = Math.min(box[0], west);
    box[1] = Math.min(box[1], north);
    box[2] = Math.max(box[2], east);
    box[3] = Math.max(box[3], south);
  };
  reachAll(take);
  if (box[0] > box[2]) return map.fitBounds([[BASE.box[1], BASE.box[0]], [BASE.box[3], BASE.box[2]]], { animate: false });
  const corners = [map.unproject([box[0], box[1]], 0), map.unproject([box[2], box[3]], 0)];
  const left = narrow() ? 30 : sideRoom()[0];
  map.fitBounds(corners, { animate: false, paddingTopLeft: [left, 30], paddingBottomRight: [narrow() ? 30 : 50, 44], maxZoom: 9 });
}

// Everything that follows the filters.
function changed() {
  applyFilters();
  recount();
  if (state.mode === "regions") sumRegions();
  showTotals();
  showFilters();
  showTimeline();
  showLegend();
  updateList();
  if (state.mode === "regions" || baseLayer.shaded) baseLayer.repaint();
  baseLayer.shaded = state.mode === "regions";
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
  if (!found) return state.mode === "regions" ? showHint(event, regionWords(event.latlng)) : null;
  if (found.cluster) return openGroup(found);
  pages = found.members;
  openEvent(pages[0], { keep: true });
}

function onMove(event) {
  showWhere(event.latlng);
  const found = measuring.on ? null : hitAt(event);
  map.getContainer().style.cursor = measuring.on ? "crosshair" : found ? "pointer" : "";
  const over = event.originalEvent ? event.originalEvent.target : null;
  const free = !measuring.on && !narrow() && (over === map.getContainer() || over instanceof HTMLCanvasElement);
  showHint(event, free ? hintWords(event, found) : null);
}

function hintWords(event, found) {
  if (state.mode === "regions") return regionWords(event.latlng);
  if (!found) return null;
  if (found.cluster) return groupWords(found);
  const i = found.members[0];
  const more = found.members.length > 1 ? ` (+${number(found.members.length - 1)})` : "";
  return [verbatim(placeName(i)), ` · ${label("kind_" + kindOf(i).key)} · ${showDates(i)}${more}`];
}

function regionWords({ lat, lng }) {
  const unit = unitAt(lat, lng);
  return unit === null ? null : [verbatim(UNITS[unit].n), ` · ${label("measure_" + state.measure)}: ${number(regions.values[unit])}`];
}

function showHint(event, words) {
  const hint = byId("hint");
  hint.hidden = !words;
  if (!words) return;
  hint.replaceChildren(...words);
  const at = map.latLngToContainerPoint(event.latlng);
  hint.style.left = Math.max(4, Math.min(at.x + 14, map.getSize().x - hint.offsetWidth - 8)) + "px";
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
  if (stillMotion()) map.panBy = (by) => L.Map.prototype.panBy.call(map, by, { animate: false }); // popups glide into view by it
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
  byId("no-match").addEventListener("click", resetAll);
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
    else if (event.key === "Escape" && (state.open !== null || popup) && !byId("method").open) closeEvent();
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
  recount();
  startMap();
  startPanel();
  startList();
  startTimeline();
  startTools();
  startNumbers();
  showLegend(); // its size counts when the view is chosen
  const open = readLink();
  setTheme(state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  setMode(state.mode);
  if (open !== null) openEvent(open, { still: hasView() });
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start();
