// Events over time: a histogram to brush, dates to type, and a window that plays.

const HEIGHT = 66;
const FLOOR = 50;
let playing = 0;

function showTimeline() {
  byId("undated").checked = filters.undated;
  byId("from").value = filters.from === null ? "" : isoDay(filters.from);
  byId("to").value = filters.to === null ? "" : isoDay(filters.to);
  const svg = byId("histogram");
  const width = svg.clientWidth || 800;
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  if (!HAS_DATES) return svg.replaceChildren();
  const all = new Array(BINS).fill(0);
  const now = new Array(BINS).fill(0);
  fillBins(all, now);
  const top = Math.max(1, ...all);
  const wide = width / BINS;
  byId("range").textContent = filters.from === null && filters.to === null ? dayFormat.formatRange(DATED[0] * DAY, DATED[1] * DAY) : rangeNote();
  const bar = (count, bin, look) => makeSvg("rect", { class: look, x: (bin * wide + 0.5 + Math.max(0, wide - 61) / 2).toFixed(2), width: Math.max(0.8, Math.min(wide - 1, 60)).toFixed(2), y: (FLOOR - (count / top) * (FLOOR - 4)).toFixed(2), height: ((count / top) * (FLOOR - 4)).toFixed(2) });
  const parts = [makeSvg("line", { x1: 0, x2: width, y1: FLOOR + 0.5, y2: FLOOR + 0.5 })];
  all.forEach((count, bin) => count && parts.push(bar(count, bin, "all")));
  now.forEach((count, bin) => count && parts.push(bar(count, bin, "now")));
  parts.push(...ticks(width, wide));
  if (filters.from !== null || filters.to !== null) parts.push(brush(width, wide));
  svg.replaceChildren(...parts);
}

function ticks(width, wide) {
  const every = Math.ceil(BINS / Math.max(2, Math.min(8, Math.floor(width / 120))));
  const format = DATED[1] - DATED[0] > 400 ? dayFormat : shortFormat;
  return Array.from({ length: Math.ceil(BINS / every) }, (_, k) => {
    const bin = k * every;
    const text = makeSvg("text", { x: (bin * wide + 1 + Math.max(0, wide - 61) / 2).toFixed(1), y: HEIGHT - 4 });
    text.textContent = (k ? format : dayFormat).format(dayOfBin(bin) * DAY);
    return text;
  });
}

function brush(width, wide) {
  const left = filters.from === null ? 0 : Math.max(0, binAt(filters.from) * wide);
  const right = filters.to === null ? width : Math.min(width, binAt(filters.to + 1) * wide);
  return makeSvg("rect", { class: "brush", x: left.toFixed(1), y: 1, width: Math.max(1, right - left).toFixed(1), height: FLOOR });
}

function setRange(from, to) {
  [filters.from, filters.to] = wholeSpan(from, to);
  changed();
}

function startTimeline() {
  byId("time").hidden = !HAS_DATES;
  document.querySelector('#views [data-view="time"]').hidden = !HAS_DATES;
  const undated = undatedSize();
  byId("undated-label").textContent = `${label("undated")} (${number(undated)})`;
  byId("undated").parentElement.hidden = !undated;
  byId("undated").addEventListener("change", () => {
    filters.undated = byId("undated").checked;
    changed();
  });
  for (const id of ["from", "to"]) byId(id).addEventListener("change", () => setRange(dayOf(byId("from").value), dayOf(byId("to").value)));
  byId("do-play").addEventListener("click", () => (playing ? stopPlay() : play()));
  const svg = byId("histogram");
  let start = null;
  const dayAt = (event) => {
    const box = svg.getBoundingClientRect();
    return dayOfBin(Math.floor(Math.max(0, Math.min(0.9999, (event.clientX - box.left) / box.width)) * BINS));
  };
  svg.addEventListener("pointerdown", (event) => {
    stopPlay();
    start = dayAt(event);
    svg.setPointerCapture(event.pointerId);
  });
  const drag = soon(() => start !== null && drag.at !== undefined && setRange(...spanOf(start, drag.at)));
  svg.addEventListener("pointermove", (event) => {
    if (start === null) return;
    drag.at = dayAt(event);
    if (drag.at !== start) drag();
  });
  svg.addEventListener("pointerup", (event) => {
    const stop = dayAt(event);
    if (start !== null && stop === start && (filters.from !== null || filters.to !== null)) setRange(null, null);
    else if (start !== null) setRange(...spanOf(start, stop));
    start = null;
    drag.at = undefined;
  });
}

const spanOf = (a, b) => {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return [dayOfBin(Math.floor(binAt(low))), dayOfBin(Math.floor(binAt(high)) + 1) - 1];
};

function play() {
  const windowBins = Math.max(1, Math.round(BINS / 12));
  let bin = filters.from === null || filters.to === null || filters.to >= DATED[1] ? 0 : Math.floor(binAt(filters.from));
  const step = () => {
    if (bin > BINS - 1) return stopPlay();
    setRange(dayOfBin(bin), dayOfBin(bin + windowBins) - 1);
    bin += 1;
  };
  playing = setInterval(step, stillMotion() ? 1400 : 420);
  byId("do-play").textContent = label("pause");
  byId("do-play").setAttribute("aria-pressed", "true");
  byId("totals").setAttribute("aria-live", "off"); // a voice could not follow
  step();
}

function stopPlay() {
  clearInterval(playing);
  playing = 0;
  byId("do-play").textContent = label("play");
  byId("do-play").setAttribute("aria-pressed", "false");
  byId("totals").setAttribute("aria-live", "polite");
}
