// The figure: artists that follow the model's values.
/**
 * @typedef {{scale: string, low: number, high: number, from: number, to: number}} Axis
 * @typedef {{id: string, kind: string, panel: number, [key: string]: any}} Binding
 * @typedef {{panels: {x: Axis, y: Axis}[], moving: Binding[]}} Drawing
 * @typedef {Object<string, number|Float64Array>} Values
 */

/** @param {Axis} axis @returns {(value: number) => number} data to SVG coordinate */
function transform(axis) {
  const log = axis.scale === "log";
  const low = log ? Math.log10(axis.low) : axis.low;
  const high = log ? Math.log10(axis.high) : axis.high;
  const slope = (axis.to - axis.from) / (high - low);
  // Far outside the panel is outside: huge coordinates slow some browsers down.
  return (value) => {
    const at = axis.from + slope * ((log ? Math.log10(value) : value) - low);
    return at > 1e4 ? 1e4 : at < -1e4 ? -1e4 : at;
  };
}

const round = (value) => Math.round(value * 100) / 100;

/**
 * Path through points, broken where a value is not finite. Within a hundredth of the panel's width only the first,
 * lowest, highest and last point are kept, which draws the same line.
 */
function path(xs, ys, toX, toY) {
  let text = "";
  let column = NaN, low = 0, high = 0, lastX = 0, lastY = 0, count = 0, pen = false;
  const close = () => {
    if (count > 1) {
      if (low !== lastY) text += `L${lastX} ${low} `;
      if (high !== lastY) text += `L${lastX} ${high} `;
      text += `L${lastX} ${lastY} `;
    }
    count = 0;
  };
  for (let i = 0; i < xs.length; i++) {
    const x = round(toX(xs[i])), y = round(toY(ys[i]));
    if (!(Number.isFinite(x) && Number.isFinite(y))) {
      close();
      pen = false;
      column = NaN;
      continue;
    }
    const here = Math.round(x * 2.5);
    if (here !== column || !pen) {
      close();
      text += `${pen ? "L" : "M"}${x} ${y} `;
      [column, low, high, pen] = [here, y, y, true];
    } else {
      if (y < low) low = y;
      if (y > high) high = y;
    }
    count += 1;
    [lastX, lastY] = [x, y];
  }
  close();
  return text.trim();
}

/** How each kind of artist moves: given its element, its binding, the panel's transforms and a value by key. */
const movers = {
  curve(element, binding, toX, toY, value) {
    element.querySelector("path").setAttribute("d", path(value("x"), value("y"), toX, toY));
  },
  level(element, binding, toX, toY, value, panel) {
    const y = round(toY(value("y")));
    element.querySelector("path").setAttribute("d", `M${round(panel.x.from)} ${y} L${round(panel.x.to)} ${y}`);
  },
  event(element, binding, toX, toY, value, panel) {
    const x = round(toX(value("x")));
    element.querySelector("path").setAttribute("d", `M${x} ${round(panel.y.from)} L${x} ${round(panel.y.to)}`);
  },
  point(element, binding, toX, toY, value) {
    const xs = [value("x")].flatMap((v) => (v.length === undefined ? [v] : [...v]));
    const ys = [value("y")].flatMap((v) => (v.length === undefined ? [v] : [...v]));
    element.querySelectorAll("use").forEach((dot, i) => {
      const x = toX(xs[i]), y = toY(ys[i]);
      const drawn = Number.isFinite(x) && Number.isFinite(y);
      dot.style.display = drawn ? "" : "none";
      dot.setAttribute("x", drawn ? round(x) : 0);
      dot.setAttribute("y", drawn ? round(y) : 0);
    });
  },
  bar(element, binding, toX, toY, value) {
    const [l, r, t, b] = [toX(binding.left), toX(binding.right), toY(value("y")), toY(binding.base)].map(round);
    element.querySelector("path").setAttribute("d", `M${l} ${b} L${r} ${b} L${r} ${t} L${l} ${t} z`);
  },
  label(element, binding, toX, toY, value) {
    const text = element.querySelector("text");
    const [x0, y0] = (text.dataset.from ||= `${binding.dx || 0} ${binding.dy || 0}`).split(" ").map(Number);
    text.setAttribute("x", round(toX(value("x")) + x0));
    text.setAttribute("y", round(toY(value("y")) + y0));
    text.textContent = fixed(value("text"), binding.digits);
  },
};

/**
 * Move every artist of a figure to these values; those without a finite value are hidden.
 * @param {Element} root holds the SVG @param {Drawing} drawing @param {Values|null} values null hides all that moves
 */
function draw(root, drawing, values) {
  for (const binding of drawing.moving) {
    const element = root.querySelector(`[id="${binding.id}"]`);
    const value = (key) => (typeof binding[key] === "string" ? values[binding[key]] : binding[key]);
    const keys = ["x", "y", "text"].filter((key) => key in binding);
    const finite = (held) => (held.length ? held.some(Number.isFinite) : Number.isFinite(held));
    const drawn = values !== null && keys.every((key) => finite(value(key)));
    element.style.visibility = drawn ? "" : "hidden";
    if (drawn) {
      const panel = drawing.panels[binding.panel];
      movers[binding.kind](element, binding, transform(panel.x), transform(panel.y), value, panel);
    }
  }
}
