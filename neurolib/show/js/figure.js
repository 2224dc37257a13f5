// The figure: artists that follow the model's values.
/**
 * @typedef {{id: string, kind: string, panel: number, [key: string]: any}} Binding
 * @typedef {{panels: {x: Axis, y: Axis}[], moving: Binding[]}} Drawing
 * @typedef {Object<string, number|Float64Array>} Values
 */

/** Value of the curve (xs, ys) at x, between its points; NaN outside. */
function valueAt(xs, ys, x) {
  for (let i = 1; i < xs.length; i++) {
    const low = Math.min(xs[i - 1], xs[i]), high = Math.max(xs[i - 1], xs[i]);
    if (x >= low && x <= high && high > low) {
      return ys[i - 1] + ((ys[i] - ys[i - 1]) * (x - xs[i - 1])) / (xs[i] - xs[i - 1]);
    }
  }
  return NaN;
}

/** Move a group to a place: its own drawing stands at its first place. With a `room` it stays within that. */
function place(element, x, y, [least, most] = [x, x]) {
  const text = (element.neurolibText ??= element.querySelector("text"));
  give(text, "x", round(Math.min(Math.max(x, least), most)));
  give(text, "y", round(y));
}

/** Whether a value that an artist follows, by name, lies out of its panel. */
const beyond = (name, at, { from, to }) => typeof name === "string" && (at < Math.min(from, to) - 9 || at > Math.max(from, to) + 9);

const many = (value) => (value.length === undefined ? [value] : value);
const box = (l, t, r, b) => `M${l} ${b} L${r} ${b} L${r} ${t} L${l} ${t} z`;

/** How each kind of artist moves: given its element, its binding, its panel and a value by key; false where it is not to be seen. */
const movers = {
  curve(element, binding, { toX, toY }, value) {
    line(element, path(value("x"), value("y"), toX, toY));
  },
  level(element, binding, { toY, x }, value) {
    const y = round(toY(value("y")));
    line(element, `M${round(x.from)} ${y} L${round(x.to)} ${y}`);
  },
  event(element, binding, { toX, y }, value) {
    const x = round(toX(value("x")));
    line(element, `M${x} ${round(y.from)} L${x} ${round(y.to)}`);
  },
  rung(element, binding, { toX, toY }, value) {
    const y = round(toY(value("y")));
    line(element, `M${round(toX(binding.left))} ${y} L${round(toX(binding.right))} ${y}`);
  },
  point(element, binding, { toX, toY }, value) {
    const xs = many(value("x")), ys = many(value("y"));
    const dots = (element.neurolibDots ??= element.querySelectorAll("use"));
    dots.forEach((dot, i) => {
      const x = toX(xs[i]), y = toY(ys[i]);
      const drawn = Number.isFinite(x) && Number.isFinite(y);
      give(dot, "display", drawn ? "inline" : "none");
      give(dot, "x", drawn ? round(x) : 0);
      give(dot, "y", drawn ? round(y) : 0);
    });
  },
  bar(element, binding, { toX, toY }, value) {
    line(element, box(...[toX(binding.left), toY(value("y")), toX(binding.right), toY(binding.base)].map(round)));
  },
  span(element, binding, { toX, x, y }, value) {
    const [left, right] = [toX(value("left")), toX(value("right"))].map((at) => Math.min(Math.max(at, x.from), x.to));
    line(element, box(...[left, y.to, right, y.from].map(round)));
  },
  label(element, binding, { toX, toY }, value) {
    place(element, toX(value("x")), toY(value("y")) - 3);
    setText(element.neurolibText, fixed(value("text"), binding.digits));
  },
  note(element, binding, { toX, toY, x, y }, value) {
    const across = toX(value("x")), up = toY(value("y"));
    place(element, across, up + 4 - (binding.lift ?? 0), binding.room);
    return !beyond(binding.x, across, x) && !beyond(binding.y, up, y);
  },
  tag(element, binding, { toX, toY, x, y }, value) {
    const at = value("at");
    const up = toY(valueAt(value("xs"), value("ys"), at)) + (binding.above ? -6 : 14);
    // A name stays in its panel, also where its curve does not.
    place(element, toX(at), Math.min(Math.max(up, y.to + 9), y.from - 3), binding.room);
  },
};

/** Give the path of an artist its new form. */
function line(element, form) {
  give((element.neurolibPath ??= element.querySelector("path")), "d", form);
}

/** Write an attribute unless it is as it was: what has been written is laid out and painted anew, also where nothing has changed. */
function give(element, name, value) {
  const kept = (element.neurolibKept ??= {});
  if (kept[name] !== value) element.setAttribute(name, (kept[name] = value));
}

/** Show an artist, or hide it. */
function see(element, seen) {
  if (element.neurolibSeen !== seen) element.style.visibility = (element.neurolibSeen = seen) ? "" : "hidden";
}

/** Which values an artist needs; it is hidden where one of them is not finite. */
const KEYS = ["x", "y", "text", "left", "right", "only_if"];

/**
 * Move every artist of a figure to these values; those without a finite value are hidden.
 * @param {Element} root holds the SVG @param {Drawing} drawing @param {Values|null} values null hides all that moves
 * @param {string} step the step of the story at hand: a note of another step is hidden
 */
function draw(root, drawing, values, step = "") {
  const finite = (held) => (held.length === undefined ? Number.isFinite(held) : held.some(Number.isFinite));
  for (const panel of Object.values(drawing.panels)) { // also of those in which nothing is drawn at present
    panel.toX ??= transform(panel.x);
    panel.toY ??= transform(panel.y);
  }
  for (const binding of drawing.moving) {
    const element = (binding.element ??= root.querySelector(`[id="${binding.id}"]`));
    const value = (key) => (typeof binding[key] === "string" ? values[binding[key]] : binding[key]);
    let drawn = values !== null && (binding.step === undefined || binding.step === step);
    drawn &&= KEYS.every((key) => !(key in binding) || finite(value(key)));
    if (drawn && binding.kind === "tag") drawn = Number.isFinite(valueAt(value("xs"), value("ys"), value("at")));
    see(element, drawn && movers[binding.kind](element, binding, drawing.panels[binding.panel], value) !== false);
  }
}

/** Of the panels of these curves, the one that shows most of their axis. */
const widest = (panels, curves) => curves.map(({ panel }) => panels[panel]).reduce((a, b) => (b.x.high - b.x.low > a.x.high - a.x.low ? b : a));
