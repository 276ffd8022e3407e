// One event in full: what happened, in whose words, where and how surely.

let pages = []; // the events under the last click, leafed through in the popup
let popup = null;
let opener = null; // what had the focus when the event was opened by the keyboard

const row = (name, ...values) => {
  const known = values.flat().filter((value) => value !== null && value !== undefined && value !== "");
  return known.length ? [make("dt", { text: name }), make("dd", {}, known)] : [];
};
const word = (key, value) => (value === null ? null : labelOr(key + value, value));

// Parts with a middle dot between them.
function dotted(parts) {
  const known = parts.filter((part) => part !== null && part !== undefined && part !== "");
  return known.flatMap((part, k) => (k ? [" · ", part] : [part]));
}

const amount = (text, name) => make("span", { class: "amount" }, make("b", { text }), " " + name);

function figureWords(name, i) {
  const values = figure(name, i);
  if (values) return amount(showFigure(values), label(name));
  if (name !== "killed") return null;
  const status = get("casualty_status", i);
  return ["none_reported", "vague"].includes(status) ? `${label("killed")}: ${label(status)}` : null;
}

function single(name, i) {
  const value = get(name + "_best", i) ?? get(name + "_low", i);
  return value === null ? null : amount(number(value), label(name));
}

function areaFigure(i) {
  if (get("area_km2", i) === null) return [];
  const direction = get("area_direction", i);
  const role = get("area_role", i);
  const start = get("period_start", i);
  const end = get("period_end", i);
  const period = start !== null && end !== null && role === "increment" ? " " + dayFormat.formatRange(start * DAY, end * DAY) : "";
  return [amount(`${number(get("area_km2", i))} km²`, direction ? labelOr(direction, direction) : ""), role && labelOr(role, role) + period, counts(i) ? null : label("area_part")];
}

// Of several weapons those that say most: "S-300 missile" makes "missile" superfluous.
function weaponWords(i) {
  const all = (get("weapon", i) || "").split("; ").filter(Boolean);
  const kept = all.filter((one) => !all.some((other) => other !== one && other.includes(one)));
  return kept.length ? verbatim(kept.join(", ")) : null;
}

function claimWords(i) {
  const status = get("claim_status", i);
  return status === null || status === "claimed" ? label("as_reported") : labelOr(status, status);
}

// A settlement's size is told by its radius (village 2 km, town 5, city 10 and more).
function placeWords(i) {
  const km = get("geo_radius_km", i);
  const flank = get("area_flank", i);
  if (get("geo_method", i) === "unit" && PRECISION[i] === 3) return label("precision_unit");
  if (PRECISION[i] === 5 && flank) return label("precision_flank", labelOr("flank_" + flank, flank));
  if (PRECISION[i] !== 1 || km === null) return label("precision_" + PRECISION[i]);
  return label(km <= 1 ? "precision_site" : km <= 2 ? "precision_village" : km <= 5 ? "precision_town" : km <= 15 ? "precision_city" : "precision_1");
}

function precisionWords(i) {
  const km = get("geo_radius_km", i);
  return placeWords(i) + (km === null || !onMap(i) || PRECISION[i] === 4 ? "" : ", " + label("within", number(km)));
}

// The line that says it at once: how many, with what, who vouches for it, how exactly placed.
function keyLine(i) {
  const parts = [figureWords("killed", i), figureWords("injured", i), ...["missing", "detained", "displaced"].map((name) => single(name, i)), ...areaFigure(i), weaponWords(i), claimWords(i), precisionWords(i)];
  const whole = parts.map((part) => (typeof part === "string" && part.length < 40 ? make("span", { class: "amount", text: part }) : part));
  return make("p", { class: "key" }, dotted(whole));
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
  const words = ["place_text", "date_text", "actor1", "claimed_by"].map((name) => get(name, i));
  const weapons = (get("weapon", i) || "").split("; "); // a label may be ours; its names stand in the text
  words.push(...weapons, ...weapons.flatMap((weapon) => weapon.split(" ")).filter((part) => /[\p{Lu}\d]/u.test(part)));
  const spans = get("evidence", i) || [];
  if (!spans.length) for (const name of ["killed", "injured"]) if (figure(name, i)) words.push(String(figure(name, i)[1]));
  const marks = spans.flatMap((start, k) => (k % 2 ? [] : [[start, spans[k + 1]]]));
  for (const found of words.filter(Boolean)) {
    const at = wordAt(text, found);
    if (at >= 0) marks.push([at, at + found.length]);
  }
  return marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

// The first place where `found` stands as a whole word, whatever its case; -1 if nowhere.
function wordAt(text, found) {
  const plain = found.slice(0, 200).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "iu"));
}

function sourceLines(i) {
  const url = get("source_url", i);
  const name = get("source_name", i);
  const published = get("published", i);
  const claimed = get("claimed_by", i);
  const lines = [];
  if (claimed) lines.push(make("p", { class: "source" }, label("claimed_by") + " ", verbatim(claimed)));
  const parts = [name && verbatim(name), published === null ? null : `${label("published")} ${showDay(published)}`, url ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", class: "amount", text: label("read_source") + "\u00a0↗" }) : null];
  if (parts.some(Boolean)) lines.push(make("p", { class: "source" }, dotted(parts)));
  return lines;
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

// Every name once, the nearest first: place, district, region, country.
function placeChain(i, names) {
  const known = names.map((name) => get(name, i)).filter((name, k, all) => name && all.indexOf(name) === k);
  return known.flatMap((name, k) => (k ? [", ", verbatim(name)] : [verbatim(name)]));
}

const share = (value) => shareFormat.format(value);

function runnerList(i) {
  const runners = get("runners", i);
  if (!runners) return null;
  const lines = runners.map(([name, score]) => make("li", {}, verbatim(name), score === null ? "" : ` ${share(score)}`));
  return make("ul", {}, lines);
}

function placeRows(i) {
  const written = get("place_text", i);
  const confidence = get("geo_confidence", i);
  const km2 = get("area_km2", i);
  return [
    row(label("as_written"), written && verbatim(written)),
    row(label("resolved"), placeChain(i, ["place_name", "place_local", "admin3", "admin2", "admin1", "country"])),
    row(label("method_of"), word("", get("geo_method", i))),
    row(label("confidence"), confidence === null || !onMap(i) ? null : share(confidence)),
    row(label("runners"), runnerList(i)),
    row(label("coordinates"), onMap(i) ? `${get("lat", i)}, ${get("lon", i)}` : null, get("obfuscated", i) ? ` (${label("obfuscated")})` : null),
    row(label("area_size"), km2 ? label("area_square", number(Math.round(Math.sqrt(km2) * 10) / 10)) : null),
    row(label("date_words"), get("date_text", i) && verbatim(get("date_text", i)), get("date_basis", i) ? ` (${word("basis_", get("date_basis", i))})` : null),
    row(label("merged"), get("merged", i) && number(get("merged", i))),
    row(label("sources"), get("source_count", i) && number(get("source_count", i))),
    row(label("duplicate_of"), get("duplicate_of", i) && verbatim(get("duplicate_of", i))),
    row(label("acled"), get("event_type", i) && verbatim([get("event_type", i), get("event_subtype", i)].filter(Boolean).join(" · "))),
    row(label("warnings"), dotted([get("warnings", i) && verbatim(get("warnings", i)), counts(i) ? null : label("not_counted")])),
    row(label("review"), word("", get("review_status", i) || "unreviewed"), get("reviewed_by", i) ? [", ", verbatim(get("reviewed_by", i))] : null),
    row(label("note"), get("review_note", i) && verbatim(get("review_note", i))),
    row(label("identifier"), get("event_id", i) && verbatim(get("event_id", i))),
  ].flat();
}

function stateChip(i) {
  const review = get("review_status", i) || "unreviewed";
  return make("span", { class: "state" + (reviewed(i) ? " sure" : review === "rejected" ? " gone" : ""), text: labelOr(review, review) });
}

function dateLine(i) {
  const undated = firstDay(i) === null && lastDay(i) === null;
  return make("p", { class: "when" }, dotted([showDates(i), undated ? null : label("date_precision_" + (get("date_precision", i) ?? 9))]));
}

function detail(i) {
  const kind = kindOf(i);
  const local = get("place_local", i);
  const around = placeChain(i, ["admin1", "country"]).filter((part) => typeof part === "string" || part.textContent !== placeName(i));
  const actor = actorWords(i);
  return make("article", { class: "event", "aria-labelledby": "event-name" },
    make("p", { class: "kind" }, symbolIcon(kind, reviewed(i)), make("span", { text: label("kind_" + kind.key) }), stateChip(i)),
    make("h2", { id: "event-name", tabindex: -1 }, verbatim(placeName(i)), local && local !== placeName(i) ? [" ", make("bdi", { class: "local", text: local })] : []),
    make("p", { class: "when" }, around[0] === ", " ? around.slice(1) : around),
    keyLine(i),
    dateLine(i),
    quote(i),
    actor.length ? make("p", { class: "source" }, label("actor") + ": ", actor) : null,
    ...sourceLines(i),
    make("details", { ontoggle: () => popup && popup.update() }, make("summary", { text: label("how_placed") }), make("dl", {}, placeRows(i))));
}

function pager(i) {
  if (pages.length < 2) return null;
  const at = pages.indexOf(i);
  const turn = (step) => openEvent(pages[(at + step + pages.length) % pages.length], { keep: true, turned: step });
  return make("div", { class: "pager" },
    make("button", { type: "button", class: "back", text: "‹", "aria-label": label("previous"), onclick: () => turn(-1) }),
    make("span", { text: label("of", number(at + 1), number(pages.length)) }),
    make("button", { type: "button", class: "on", text: "›", "aria-label": label("next"), onclick: () => turn(1) }));
}

// Show an event in a popup at its place; in the drawer where it has none or the screen is narrow.
function openEvent(i, options) {
  const { keep, fly, still, focus, turned } = options || {};
  if (!keep) pages = [i];
  closePopup();
  byId("hint").hidden = true;
  state.open = i;
  const content = detail(i);
  const leafing = pager(i);
  if (leafing) content.prepend(leafing);
  if (onMap(i) && !narrow()) showPopup(i, content, { fly, still });
  else showDrawer(i, content, { fly, still });
  if (focus) opener = document.activeElement;
  if (focus) content.querySelector("h2").focus();
  if (turned) content.querySelector(turned < 0 ? ".back" : ".on").focus();
  eventLayer.repaint();
  markOpenRow();
  saveLink();
}

function showPopup(i, content, { fly, still }) {
  const at = placeOf(i);
  if (fly && (!map.getBounds().contains(at) || map.getZoom() < 6)) map.setView(at, Math.max(map.getZoom(), 6), { animate: false });
  showAt(at, content, { still, above: radiusOf(i) });
}

function showAt(at, content, { still, above }) {
  const [left, right] = sideRoom();
  popup = L.popup({ autoPan: !still, maxWidth: 404, minWidth: 404, offset: [0, -above], autoPanPaddingTopLeft: [left, 14], autoPanPaddingBottomRight: [right, 20] }).setLatLng(at).setContent(content);
  popup.on("remove", forget);
  popup.openOn(map);
  popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", label("close"));
  requestAnimationFrame(makeRoom);
  map.once("moveend", makeRoom); // the map may still glide to make the popup fit
}

// How much of the map's left and right is taken by the legend and the layer box.
function sideRoom() {
  const width = map.getSize().x;
  const boxes = [byId("legend"), document.querySelector(".modes")].map((box) => (box && box.offsetHeight > 60 ? box.offsetWidth + 30 : 20));
  if (boxes[0] + boxes[1] + 440 < width) return boxes;
  return boxes[0] + 460 < width ? [boxes[0], 20] : [20, 20];
}

// Fold the boxes that the popup would stand behind; they come back when it closes.
const folded = [];
function makeRoom() {
  if (!popup) return;
  const own = popup.getElement().getBoundingClientRect();
  for (const box of [byId("legend").firstElementChild, document.querySelector(".modes")]) {
    const other = box.getBoundingClientRect();
    const apart = other.right < own.left || own.right < other.left || other.bottom < own.top || own.bottom < other.top;
    if (apart || !box.open) continue;
    box.open = false;
    folded.push(box);
  }
}

function showDrawer(i, content, { fly, still }) {
  const close = make("button", { type: "button", class: "close", text: "×", "aria-label": label("close"), onclick: closeEvent });
  content.prepend(close);
  byId("drawer").replaceChildren(content);
  byId("drawer").hidden = false;
  byId("drawer").scrollTop = 0;
  if (still || !onMap(i)) return;
  map.setView(placeOf(i), Math.max(map.getZoom(), fly ? 6 : 0), { animate: false });
  map.panBy([0, byId("drawer").offsetHeight / 2], { animate: false }); // keep the symbol above the sheet
}

function closePopup() {
  byId("drawer").hidden = true;
  while (folded.length) folded.pop().open = true;
  if (!popup) return;
  popup.off("remove", forget);
  popup.remove();
  popup = null;
}

function forget() {
  popup = null;
  state.open = null;
  while (folded.length) folded.pop().open = true;
  if (opener && opener.isConnected) opener.focus();
  opener = null;
  eventLayer.repaint();
  markOpenRow();
  saveLink();
}

function closeEvent() {
  closePopup();
  forget();
}
