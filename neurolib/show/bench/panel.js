// One panel: axes, curves with their names beside them, dots and marks, as SVG whose unit is the pixel of the screen.
/**
 * @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>, colour: string, label?: string, dash?: string, width?: number, faint?: boolean}} Curve
 * @typedef {{label: string, unit: string, low?: number, high?: number, share?: number, curves: Curve[], dots?: object[]}} Plot
 * @typedef {{key: string, axis: string, x: {label: string, unit: string, low: number, high: number}, plots: Plot[], note?: string}} Panel
 */

const LEFT = 50, RIGHT = 12, TOP = 21, BOTTOM = 20, BETWEEN = 26, LETTER = 6.6; // px
const DASHES = ["", "7 3", "2 3", "9 3 2 3"];

/** Text whose symbols (g_Na) stand in italics with their index lowered. */
function drawnText(text, attributes) {
  const parts = text.split(/(\[\w+[⁺⁻²]*\]|[A-Za-zα-ωΔτ])_(\w+|∞)/u);
  let lowered = false;
  return drawn("text", attributes, ...parts.flatMap((part, i) => {
    if (!part) return [];
    if (i % 3 === 1) return [drawn("tspan", { class: "symbol" }, part)];
    const dy = i % 3 === 2 ? 3 : lowered ? -3 : undefined;
    lowered = i % 3 === 2;
    return [drawn("tspan", { dy, class: lowered ? "index" : undefined }, part)];
  }));
}

const colourOf = (name) => `var(--nl-${name})`;

/** Value of a curve at x, between its points, whose xs rise; NaN outside. */
function valueIn(xs, ys, x) {
  let low = 0, high = xs.length - 1;
  if (!(x >= xs[0] && x <= xs[high])) return NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle;
  }
  return xs[high] > xs[low] ? ys[low] + ((ys[high] - ys[low]) * (x - xs[low])) / (xs[high] - xs[low]) : ys[high];
}

/** Divide the panel's height among its plots and give each its axes; `memory` keeps the limits of before. */
function layOut(panel, width, height, memory) {
  const room = height - TOP - BOTTOM - BETWEEN * (panel.plots.length - 1);
  const shares = panel.plots.reduce((sum, { share = 1 }) => sum + share, 0);
  const narrow = width < 420;
  const x = { ...panel.x, scale: panel.x.scale ?? "linear", from: narrow ? 42 : LEFT, to: width - RIGHT };
  let top = TOP;
  panel.plots.forEach((plot, i) => {
    const tall = (room * (plot.share ?? 1)) / shares, key = `${panel.key}:${plot.label}`;
    const inside = plot.curves.filter(({ loose }) => !loose).map(({ ys }) => ys);
    const most = Math.max(2, Math.min(5, Math.floor(tall / 30)));
    const y = plot.low !== undefined ? { low: plot.low, high: plot.high } : limits(extent([...inside, ...(plot.also ?? [])]), memory[key], most);
    if (plot.low === undefined) memory[key] = y;
    Object.assign(plot, { axes: { x, y: { scale: "linear", ...plot.logarithmic && { scale: "log" }, ...y, from: top + tall, to: top } }, most });
    [plot.toX, plot.toY] = [transform(plot.axes.x), transform(plot.axes.y)];
    top += tall + BETWEEN;
  });
}

/** Decades of a logarithmic axis. */
const decades = ({ low, high }) => Array.from({ length: 20 }, (_, i) => 10 ** (i - 8)).filter((value) => value >= low * 0.999 && value <= high * 1.001);

function drawFrame(plot, panel, last) {
  const { x, y } = plot.axes, parts = [];
  for (const value of y.scale === "log" ? decades(y) : ticks(y, plot.most)) {
    const up = round(plot.toY(value));
    parts.push(drawn("path", { d: `M${x.from} ${up}H${x.to}`, stroke: colourOf("grid") }));
    parts.push(drawn("text", { x: x.from - 5, y: up + 4, "text-anchor": "end", class: "bench-tick" }, significant(value, 4)));
  }
  const name = `${panel.x.label} (${panel.x.unit})`, ends = x.to - LETTER * name.replace(/[^ -ÿ]/g, "xx").length - 6;
  for (const value of x.scale === "log" ? decades(x) : ticks(x, Math.max(3, Math.floor((x.to - x.from) / 70)))) {
    const across = round(plot.toX(value));
    parts.push(drawn("path", { d: `M${across} ${y.to}V${round(y.from)}`, stroke: colourOf("grid") }));
    const text = significant(value, 4);
    if (last && across + 3 * text.length < ends) parts.push(drawn("text", { x: across, y: y.from + 14, "text-anchor": "middle", class: "bench-tick" }, text));
  }
  if (last) parts.push(drawnText(name, { x: x.to, y: y.from + 14, "text-anchor": "end", class: "bench-axis" }));
  const unit = plot.unit ? ` (${plot.unit})` : "";
  parts.push(drawnText(plot.label + unit, { x: x.from > 45 ? 4 : 2, y: y.to - 8, class: "bench-name" }));
  if (y.scale !== "log" && y.low < 0 && y.high > 0) parts.push(drawn("path", { d: `M${x.from} ${round(plot.toY(0))}H${x.to}`, stroke: colourOf("muted") }));
  parts.push(drawn("path", { d: `M${x.from} ${y.to}V${round(y.from)}H${x.to}`, stroke: colourOf("muted"), fill: "none" }));
  return parts;
}

/** A name beside each curve that has one, where it is farthest from the other curves and on no other name. */
function drawNames(plot) {
  const { x, y } = plot.axes, placed = [], parts = [];
  const shown = plot.curves.filter(({ hidden }) => !hidden);
  for (const curve of shown) {
    if (!curve.label) continue;
    const wide = LETTER * curve.label.length + 8;
    let best = null;
    for (let share = 0.06; share < 0.97; share += 0.045) {
      const across = x.from + share * (x.to - x.from);
      const value = valueIn(curve.xs, curve.ys, inverse(x, across)), up = plot.toY(value);
      if (!(up >= y.to - 1 && up <= y.from + 1)) continue;
      for (const lift of [-7, 13]) {
        const base = Math.min(Math.max(up + lift, y.to + 9), y.from - 3);
        const left = Math.min(Math.max(across - wide / 2, x.from + 2), x.to - wide), middle = base - 4;
        if (placed.some((box) => left < box.left + box.wide && box.left < left + wide && Math.abs(box.middle - middle) < 13)) continue;
        let clear = 60;
        for (const other of shown) {
          for (const part of [0, 0.5, 1]) {
            const there = plot.toY(valueIn(other.xs, other.ys, inverse(x, left + part * wide)));
            if (Number.isFinite(there)) clear = Math.min(clear, Math.abs(there - middle) * (other === curve ? 2 : 1));
          }
        }
        const away = Math.abs(plot.toY(y.low <= 0 && y.high >= 0 ? 0 : y.low) - up);
        const score = Math.min(clear, 16) + 0.12 * Math.min(away, 80);
        if (!best || score > best.score) best = { score, left, wide, middle, base };
      }
    }
    if (!best) continue;
    placed.push(best);
    parts.push(drawnText(curve.label, { x: round(best.left + best.wide / 2), y: round(best.base), "text-anchor": "middle", style: `fill: ${colourOf(curve.colour)}`, class: "bench-label" }));
  }
  return parts;
}

function drawCurves(plot) {
  return plot.curves.map(({ xs, ys, colour, dash, width = 1.8, faint }) =>
    drawn("path", { d: path(xs, ys, plot.toX, plot.toY), fill: "none", stroke: colourOf(colour), "stroke-width": width, "stroke-dasharray": dash || undefined, "stroke-linejoin": "round", opacity: faint ? 0.32 : undefined }));
}

function drawDots(plot) {
  return (plot.dots ?? []).map(({ x, y, colour, hollow, r = 4 }) => {
    const [across, up] = [round(plot.toX(x)), round(plot.toY(y))];
    if (!Number.isFinite(across) || !Number.isFinite(up)) return "";
    return drawn("circle", { cx: across, cy: up, r, fill: hollow ? colourOf("paper") : colourOf(colour), stroke: colourOf(colour), "stroke-width": 1.6 });
  });
}

/** The panel as the content of a layer of an SVG of this size. */
function drawPanel(layer, panel, width, height, memory) {
  layOut(panel, width, height, memory);
  panel.plots.forEach((plot, i) => {
    const { x, y } = plot.axes, id = `bench-clip-${panel.key}-${i}`;
    const clip = drawn("clipPath", { id }, drawn("rect", { x: x.from, y: y.to - 1, width: Math.max(x.to - x.from, 0), height: Math.max(y.from - y.to + 2, 0) }));
    plot.parts = [clip, ...drawFrame(plot, panel, i === panel.plots.length - 1), drawn("g", { "clip-path": `url(#${id})` }, ...drawCurves(plot), ...drawDots(plot)), ...drawNames(plot)];
  });
  const note = panel.note ? [drawn("text", { x: width / 2, y: height / 2, "text-anchor": "middle", class: "bench-note" }, panel.note)] : [];
  layer.replaceChildren(...panel.plots.flatMap(({ parts }) => parts), ...note);
}
