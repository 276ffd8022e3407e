// One event in full: what happened, in whose words, where and how surely.

let pages = []; // the events under the last click, leafed through in the popup
let popup = null;

const row = (name, ...values) => {
  const known = values.flat().filter((value) => value !== null && value !== undefined && value !== "");
  return known.length ? [make("dt", { text: name }), make("dd", {}, known)] : [];
};
const word = (key, value) => (value === null ? null : labelOr(key + value, value));

function figureLine(name, i) {
  const values = figure(name, i);
  if (values) return make("div", {}, make("b", { text: showFigure(values) }), make("span", { text: label(name) }));
  if (name !== "killed" && name !== "injured") return null;
  const status = get("casualty_status", i);
  if (name === "injured" || !["none_reported", "vague", "unknown"].includes(status)) return null;
  return make("div", {}, make("span", { text: `${label("killed")}: ${label(status)}` }));
}

function single(name, i) {
  const value = get(name + "_best", i);
  return value === null ? null : make("div", {}, make("b", { text: number(value) }), make("span", { text: label(name) }));
}

function areaLine(i) {
  if (get("area_km2", i) === null) return null;
  const direction = get("area_direction", i);
  const role = get("area_role", i);
  const start = get("period_start", i);
  const end = get("period_end", i);
  const period = start !== null && end !== null ? dayFormat.formatRange(start * DAY, end * DAY) : "";
  const words = [direction && labelOr(direction, direction), role && labelOr(role, role), period, counts(i) ? "" : label("area_part")];
  return make("div", {}, make("b", { text: `${number(get("area_km2", i))} km²` }), make("span", { text: words.filter(Boolean).join(" · ") }));
}

function quote(i) {
  const text = get("sentence", i);
  if (!text) return null;
  const block = make("blockquote", { dir: "auto" });
  const language = get("source_language", i);
  if (language && /^[a-z]{2,3}$/.test(language)) block.lang = language;
  let at = 0;
  for (const [start, stop] of marksOf(i, text)) {
    if (start < at) continue;
    block.append(text.slice(at, start), make("mark", { text: text.slice(start, stop) }));
    at = stop;
  }
  block.append(text.slice(at));
  return block;
}

// Where the words that the event was read from first stand in its sentence, in order.
function marksOf(i, text) {
  const words = ["place_text", "date_text", "weapon", "actor1", "claimed_by"].map((name) => get(name, i)).filter((found) => found && found.length > 1);
  for (const name of ["killed", "injured"]) if (figure(name, i)) words.push(String(figure(name, i)[1]));
  const places = words.map((found) => [found, text.search(new RegExp(`(?<![\\p{L}\\p{N}])${found.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{N}])`, "u"))]);
  return places.filter(([, start]) => start >= 0).map(([found, start]) => [start, start + found.length]).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function precisionWords(i) {
  const km = get("geo_radius_km", i);
  const words = [label("precision_" + PRECISION[i])];
  if (km !== null) words.push(label("within", number(km)));
  return words.join(", ");
}

function sourceLine(i) {
  const url = get("source_url", i);
  const name = get("source_name", i);
  const published = get("published", i);
  const parts = [];
  if (name) parts.push(verbatim(name));
  if (published !== null) parts.push(`${label("published")}: ${showDay(published)}`);
  if (url) parts.push(make("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", text: label("read_source") }));
  if (!parts.length) return null;
  return make("p", { class: "when" }, parts.flatMap((part, k) => (k ? [" · ", part] : [part])));
}

function actorWords(i) {
  const role = get("actor1_role", i);
  const first = get("actor1", i);
  const second = get("actor2", i);
  const parts = [];
  if (first) parts.push(verbatim(first), role && role !== "unknown" ? ` (${labelOr(role, role)})` : "");
  if (second) parts.push(first ? ", " : "", verbatim(second));
  return parts;
}

function placeRows(i) {
  const written = get("place_text", i);
  const confidence = get("geo_confidence", i);
  return [
    row(label("as_written"), written && verbatim(written)),
    row(label("resolved"), [get("place_name", i), get("admin2", i), get("admin1", i), get("country", i)].filter((name, k, all) => name && all.indexOf(name) === k).flatMap((name, k) => (k ? [", ", verbatim(name)] : [verbatim(name)]))),
    row(label("method_of"), word("", get("geo_method", i))),
    row(label("confidence"), confidence === null ? null : number(confidence)),
    row(label("runners"), get("runners", i) && verbatim(get("runners", i))),
    row(label("date_words"), get("date_text", i) && verbatim(get("date_text", i)), word("basis_", get("date_basis", i)) && ` (${word("basis_", get("date_basis", i))})`),
    row(label("merged"), get("merged", i) && number(get("merged", i))),
    row(label("sources"), get("source_count", i) && number(get("source_count", i))),
    row(label("duplicate_of"), get("duplicate_of", i) && verbatim(get("duplicate_of", i))),
    row(label("acled"), get("event_subtype", i) && verbatim([get("event_type", i), get("event_subtype", i)].filter(Boolean).join(" · "))),
    row(label("warnings"), get("warnings", i) && verbatim(get("warnings", i)), counts(i) ? null : " " + label("not_counted"), get("obfuscated", i) ? " " + label("obfuscated") : null),
    row(label("note"), get("review_note", i) && verbatim(get("review_note", i))),
    row(label("identifier"), get("event_id", i) && verbatim(get("event_id", i))),
  ].flat();
}

function detail(i) {
  const kind = kindOf(i);
  const local = get("place_local", i);
  const precise = label("date_precision_" + (get("date_precision", i) ?? 9));
  const dated = firstDay(i) === null && lastDay(i) === null;
  const status = get("claim_status", i);
  const review = get("review_status", i) || "unreviewed";
  return make("article", { class: "event" },
    make("h2", {}, symbolIcon(kind, reviewed(i), 24), make("span", {}, label("kind_" + kind.key), " — ", verbatim(placeName(i)))),
    make("p", { class: "local" }, local && local !== placeName(i) ? [verbatim(local), " · "] : [], precisionWords(i)),
    make("p", { class: "when" }, showDates(i), dated ? "" : `, ${precise}`),
    make("div", { class: "figures" }, figureLine("killed", i), figureLine("injured", i), single("missing", i), single("detained", i), single("displaced", i), areaLine(i)),
    quote(i),
    make("dl", {},
      row(label("weapon"), get("weapon", i) && verbatim(get("weapon", i))),
      row(label("actor"), actorWords(i)),
      row(label("claimed_by"), get("claimed_by", i) && verbatim(get("claimed_by", i)), status && ` (${labelOr(status, status)})`)),
    sourceLine(i),
    make("p", {}, make("span", { class: "state", text: labelOr(review, review) })),
    make("details", { ontoggle: () => popup && popup.update() }, make("summary", { text: label("how_placed") }), make("dl", {}, placeRows(i))));
}

function pager(i) {
  if (pages.length < 2) return null;
  const at = pages.indexOf(i);
  const turn = (step) => openEvent(pages[(at + step + pages.length) % pages.length], { keep: true });
  return make("div", { class: "pager" },
    make("button", { type: "button", text: "‹", "aria-label": label("previous"), onclick: () => turn(-1) }),
    make("span", { text: label("of", number(at + 1), number(pages.length)) }),
    make("button", { type: "button", text: "›", "aria-label": label("next"), onclick: () => turn(1) }));
}

// Show an event in a popup at its place; in the drawer where it has none or the screen is narrow.
function openEvent(i, options) {
  const { keep, fly, still } = options || {};
  if (!keep) pages = [i];
  closePopup();
  byId("hint").hidden = true;
  state.open = i;
  const content = detail(i);
  const leafing = pager(i);
  if (leafing) content.prepend(leafing);
  if (onMap(i) && !narrow()) {
    const at = [get("lat", i), get("lon", i)];
    if (fly && (!map.getBounds().contains(at) || map.getZoom() < 6)) map.setView(at, Math.max(map.getZoom(), 6), { animate: false });
    popup = L.popup({ autoPan: !still, maxWidth: 366, minWidth: 330, offset: [0, -radiusOf(i)], autoPanPaddingTopLeft: [20, 14], autoPanPaddingBottomRight: [map.getSize().x > 760 ? 190 : 20, 20] }).setLatLng(at).setContent(content);
    popup.on("remove", forget);
    popup.openOn(map);
  } else {
    showDrawer(content);
    if (onMap(i) && !still) {
      map.setView([get("lat", i), get("lon", i)], Math.max(map.getZoom(), fly ? 6 : 0), { animate: false });
      map.panBy([0, byId("drawer").offsetHeight / 2], { animate: false }); // keep the symbol above the sheet
    }
  }
  eventLayer.repaint();
  markOpenRow();
  saveLink();
}

function showDrawer(content) {
  const close = make("button", { type: "button", class: "close", text: "×", "aria-label": label("close"), onclick: closeEvent });
  content.prepend(close);
  byId("drawer").replaceChildren(content);
  byId("drawer").hidden = false;
}

function closePopup() {
  byId("drawer").hidden = true;
  if (!popup) return;
  popup.off("remove", forget);
  popup.remove();
  popup = null;
}

function forget() {
  popup = null;
  state.open = null;
  eventLayer.repaint();
  markOpenRow();
  saveLink();
}

function closeEvent() {
  closePopup();
  forget();
}
