// A reader's own recording over the figure: two columns of a text file, whatever stands between them. What the file holds is
// shown as text, and leaves this browser by no way.

const LARGEST = 20e6, FEW = 80; // bytes; so few points are drawn as points
const COLOUR = "var(--nl-Ca)"; // no curve's, in the figures that take a recording

async function recording(explorer, file) {
  const { root, spec } = explorer;
  const [base] = spec.tables.find((table) => table.includes(spec.overlay));
  const axes = [base, spec.overlay].map((place) => spec.curves[place]);
  const labels = axes.map(({ label, name }) => plain(label || name));
  root.querySelector(".explorer-recording-box")?.remove();
  const took = () => root.querySelectorAll(".explorer-recording").forEach((old) => old.remove());
  took();
  const status = make("p", { role: "status" });
  const box = make("div", { class: "explorer-recording-box" }, status);
  root.querySelector(".explorer-more").before(box);
  const say = (key, values) => filled(text[key], values);
  const names = { file: file.name.slice(0, 80), x: labels[0], y: labels[1] };
  if (file.size > LARGEST) {
    status.textContent = say("large", names);
    return;
  }
  const table = columnsOf(await textOf(file));
  if (!box.isConnected) return; // another file has been opened meanwhile
  if (table.fault) {
    status.textContent = say(table.fault, { ...names, ...table });
    return;
  }
  const heads = table.columns.map((_, i) => heading(table.names[i]));
  /** The column that bears a curve's name, as a file of the book does; or the one at this place. */
  const column = (axis, place) => Math.max(heads.findIndex(({ bare }) => bare === axis.name), -1) + 1 || place + 1;
  const choices = axes.map((axis, place) => {
    const select = make("select", { "aria-label": text[place ? "up" : "across"], change: () => lay() });
    select.append(...heads.map(({ bare }, i) => make("option", { value: i }, table.names[i] || bare || text.column.replace("{number}", i + 1))));
    select.selectedIndex = column(axis, place) - 1;
    return select;
  });
  const typed = (value) => make("input", { type: "text", inputmode: "decimal", size: "6", value, change: () => lay() });
  const shift = typed("0"), factor = typed("1");
  const field = (label, ...parts) => make("label", {}, `${label} `, ...parts);
  box.append(make("div", { class: "explorer-takeaway" }, ...(heads.length > 2 ? [field(text.across, choices[0]), field(text.up, choices[1])] : []),
    field(text.shift, shift, ` ${axes[0].unit}`), field(text.factor, factor), make("button", { type: "button", "data-tool": "unlay", click: () => {
      took();
      box.remove();
    } }, text.away)));

  const lay = () => {
    took();
    const notes = [];
    const taken = choices.map(({ selectedIndex }, place) => {
      const { unit } = heads[selectedIndex], wanted = axes[place].unit;
      const scale = inUnits(unit ?? wanted, wanted);
      const named = { name: labels[place], given: unit, unit: wanted || "1" };
      if (unit === undefined) notes.push(say("assumed", named));
      else if (Number.isNaN(scale)) notes.push(say("foreign", named));
      return table.columns[selectedIndex].map((value) => value * (Number.isNaN(scale) ? 1 : scale));
    });
    const by = parsed(shift.value) || 0, times = Number.isFinite(parsed(factor.value)) ? parsed(factor.value) : 1;
    const xs = taken[0].map((value) => value + by), ys = taken[1].map((value) => value * times);
    let within = false;
    for (const drawing of Object.values(spec.drawings)) within = put(drawing, xs, ys) || within;
    const ends = (values) => values.reduce(([low, high], value) => [value < low ? value : low, value > high ? value : high], [Infinity, -Infinity]);
    const told = (value, place) => withUnit(significant(value), axes[place].unit);
    const [[x0, x1], [y0, y1]] = [ends(xs), ends(ys)];
    const read = say("read", { ...names, count: xs.length, x0: told(x0, 0), x1: told(x1, 0), y0: told(y0, 1), y1: told(y1, 1) });
    status.textContent = [read, ...notes, ...(within ? [] : [text.outside])].join(" ").replace(/([。？！]) /g, "$1");
  };

  /** Draw it into one figure, above the curve it stands beside; whether any of it is in the panel. */
  const put = (drawing, xs, ys) => {
    const binding = drawing.moving.find(({ kind, y }) => y === axes[1].name && ["curve", "point"].includes(kind));
    const { x, y } = drawing.panels[binding.panel];
    const [toX, toY] = [transform(x), transform(y)];
    const beside_ = root.querySelector(`[id="${binding.id}"]`);
    const clip = (beside_.querySelector("[clip-path]") ?? beside_.closest("[clip-path]")).getAttribute("clip-path");
    const line = drawn("path", { d: path(xs, ys, toX, toY), fill: "none", stroke: COLOUR, "stroke-width": xs.length > FEW ? 1.4 : 0.8, "clip-path": clip });
    let marks = "", within = false;
    for (let i = 0; i < xs.length; i++) {
      const [across, up] = [round(toX(xs[i])), round(toY(ys[i]))];
      if (!Number.isFinite(across) || !Number.isFinite(up)) continue;
      within ||= across >= Math.min(x.from, x.to) && across <= Math.max(x.from, x.to) && up >= Math.min(y.from, y.to) && up <= Math.max(y.from, y.to);
      if (xs.length <= FEW) marks += `M${round(across - 3)} ${up}l3 -3l3 3l-3 3z`;
    }
    const name = drawn("text", { x: x.to, y: y.to + 9, "text-anchor": "end", "font-size": 10, style: `fill: ${COLOUR}` }, text.name);
    const dots = drawn("path", { d: marks, fill: COLOUR, "clip-path": clip });
    beside_.after(drawn("g", { class: "explorer-recording" }, line, dots, name));
    return within;
  };
  lay();
}
