// What is shown: the filters, the events that pass them, and their totals.

const REVIEW = coded("review_status");
const SOURCE = coded("source_name");
const ADMIN1 = coded("admin1");

const cleared = () => ({ kinds: new Set(), reviews: new Set(), text: "", from: null, to: null, undated: true, killed: 0, confidence: 0, source: "", admin1: "" });
let filters = cleared();

const FAILS = new Uint16Array(N);
const FAIL = { kind: 1, review: 2, text: 4, date: 8, killed: 16, confidence: 32, source: 64, admin1: 128 };
let shown = []; // indexes that pass, in the order of the list
const haystacks = new Array(N);

const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’ʼ`´]/g, "'").normalize("NFC");
const SEARCHED = ["title", "sentence", "place_text", "place_name", "place_local", "admin1", "admin2", "country", "source_name", "weapon", "actor1", "actor2", "claimed_by", "event_id"];

function haystack(i) {
  if (haystacks[i] === undefined) {
    haystacks[i] = fold(SEARCHED.map((name) => get(name, i)).filter(Boolean).join("\n") + "\n" + label("kind_" + KIND.d[KIND.i[i]]));
  }
  return haystacks[i];
}

const ORDERED = Int32Array.from({ length: N }, (_, i) => i).sort((a, b) => listOrder(a, b) || a - b);

// The code of a word, or one that no event has; -1 would be that of no word at all.
const codeOf = (column, word) => (column.d.includes(word) ? column.d.indexOf(word) : -3);

// Hidden kinds and review states are those in the sets: an empty set shows all.
function applyFilters() {
  const words = fold(filters.text.trim()).split(/\s+/).filter(Boolean);
  const source = filters.source === "" ? -2 : codeOf(SOURCE, filters.source);
  const admin1 = filters.admin1 === "" ? -2 : codeOf(ADMIN1, filters.admin1);
  const hiddenKinds = KIND.d.map((key) => filters.kinds.has(key));
  const hiddenReviews = REVIEW.d.map((key) => filters.reviews.has(key));
  const killed = COLUMNS.killed_best || COLUMNS.killed_low ? true : false;
  for (let i = 0; i < N; i++) {
    let fails = 0;
    if (hiddenKinds[KIND.i[i]]) fails |= FAIL.kind;
    if (hiddenReviews[REVIEW.i[i]]) fails |= FAIL.review;
    if (source !== -2 && SOURCE.i[i] !== source) fails |= FAIL.source;
    if (admin1 !== -2 && ADMIN1.i[i] !== admin1) fails |= FAIL.admin1;
    if (filters.killed > 0 && (!killed || (figure("killed", i) || [0, 0])[1] < filters.killed)) fails |= FAIL.killed;
    if (filters.confidence > 0 && (get("geo_confidence", i) ?? 0) < filters.confidence) fails |= FAIL.confidence;
    const first = firstDay(i);
    if (first === null ? !filters.undated : (filters.from !== null && lastDay(i) < filters.from) || (filters.to !== null && first > filters.to)) fails |= FAIL.date;
    if (words.length && !words.every((word) => haystack(i).includes(word))) fails |= FAIL.text;
    FAILS[i] = fails;
  }
  shown = ORDERED.filter((i) => FAILS[i] === 0);
}
