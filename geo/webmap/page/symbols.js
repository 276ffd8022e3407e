// Symbols: colour and shape say the type, size the killed, a hollow middle "not reviewed".

const CORNERS = { triangle: [3, -90, 1.2], diamond: [4, -90, 1.15], square: [4, -45, 1.12], pentagon: [5, -90, 1.08], hexagon: [6, 0, 1.05] };

// Points of a shape around 0, 0 with radius 1, or null for a circle.
function outline(shape) {
  if (shape === "star") return ring(10, -90, (k) => (k % 2 ? 0.55 : 1.28));
  if (shape === "up") return [[0, -1.15], [1.1, 0.15], [0.5, 0.15], [0.5, 1], [-0.5, 1], [-0.5, 0.15], [-1.1, 0.15]];
  if (shape === "down") return outline("up").map(([x, y]) => [x, -y]);
  if (shape === "cross") return [[-0.4, -1], [0.4, -1], [0.4, -0.4], [1, -0.4], [1, 0.4], [0.4, 0.4], [0.4, 1], [-0.4, 1], [-0.4, 0.4], [-1, 0.4], [-1, -0.4], [-0.4, -0.4]];
  const corners = CORNERS[shape];
  return corners ? ring(corners[0], corners[1], () => corners[2]) : null;
}

function ring(count, turn, radius) {
  return Array.from({ length: count }, (_, k) => {
    const angle = ((turn + (360 * k) / count) * Math.PI) / 180;
    return [Math.cos(angle) * radius(k), Math.sin(angle) * radius(k)];
  });
}

const OUTLINES = {};
const outlineOf = (shape) => (shape in OUTLINES ? OUTLINES[shape] : (OUTLINES[shape] = outline(shape)));

function radiusOf(i) {
  const killed = figure("killed", i);
  return 7 + (killed && killed[1] > 0 ? Math.min(19, 2.1 * Math.sqrt(killed[1])) : 0);
}

function trace(context, shape, x, y, radius) {
  const points = outlineOf(shape);
  context.beginPath();
  if (!points) context.arc(x, y, radius, 0, 7);
  else points.forEach(([px, py], k) => context[k ? "lineTo" : "moveTo"](x + px * radius, y + py * radius));
  context.closePath();
}

function drawSymbol(context, kind, x, y, radius, solid, colours) {
  trace(context, kind.shape, x, y, radius);
  context.lineJoin = "round";
  context.fillStyle = solid ? kind.color : colours.paper;
  context.globalAlpha = solid ? 0.92 : 0.8;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = solid ? 1.6 : 4.6;
  context.strokeStyle = colours.casing;
  context.stroke();
  if (!solid) {
    context.lineWidth = 2.8;
    context.strokeStyle = kind.color;
    context.stroke();
  }
}

function symbolIcon(kind, solid, size) {
  const side = size || 22;
  const svg = makeSvg("svg", { width: side, height: side, viewBox: "-11 -11 22 22", "aria-hidden": "true", focusable: "false" });
  const points = outlineOf(kind.shape);
  const radius = 6.6;
  const shapes = solid
    ? [{ fill: kind.color, stroke: "var(--casing)", "stroke-width": 1.4 }]
    : [{ fill: "var(--paper)", stroke: "var(--casing)", "stroke-width": 4.4 }, { fill: "none", stroke: kind.color, "stroke-width": 2.6 }];
  for (const look of shapes) {
    const place = points
      ? { points: points.map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join(" ") }
      : { r: radius };
    svg.append(makeSvg(points ? "polygon" : "circle", { ...place, ...look, "stroke-linejoin": "round" }));
  }
  return svg;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue("--" + name).trim();
  const names = ["paper", "ink", "muted", "line", "accent", "land", "far", "sea", "border", "unit", "label", "halo", "casing"];
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}
