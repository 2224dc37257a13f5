// The hand on the figure: artists that stand for a control carry a grip, and the control follows it.

const REACH = 22; // px on the screen: what a fingertip hits
const CURSORS = { x: "ew-resize", y: "ns-resize", xy: "move" };

/** The control that a handle's axis moves, and what its place is counted from. */
const target = (axis) => (Array.isArray(axis) ? axis : [axis, 0]);

function handlesTool(explorer) {
  const { spec } = explorer;
  const control = (name) => spec.controls.find((candidate) => candidate.name === name);
  for (const [format, svg] of Object.entries(explorer.figures)) {
    const drawing = spec.drawings[format];
    for (const binding of drawing.moving.filter(({ drag }) => drag)) {
      const axes = Object.keys(binding.drag).sort().join("");
      const grip = document.createElementNS(svg.namespaceURI, "g");
      grip.setAttribute("class", "explorer-grip");
      grip.setAttribute("data-drag", axes);
      grip.setAttribute("data-on", binding.kind);
      grip.style.cursor = CURSORS[axes];
      grip.innerHTML = `<circle class="explorer-reach" r="${REACH}"/><circle class="explorer-knob" r="5.5"/>`;
      svg.append(grip);
      explorer.watch(() => put(grip, binding, drawing));
      follow(grip, binding, drawing, svg);
    }
  }

  /** Where on the artist the grip sits: on its dot, at the end of its line, on the top of its bar. */
  function spot(binding, { x, y, toX, toY }) {
    const all = explorer.all();
    const value = (key) => toNumber(typeof binding[key] === "string" ? all[binding[key]] : binding[key]);
    const held = (at, { from, to }) => Math.min(Math.max(at, Math.min(from, to)), Math.max(from, to));
    const across = { level: () => x.to - 8, bar: () => toX((binding.left + binding.right) / 2), rung: () => toX(binding.right) };
    const up = { event: () => y.to + 8 };
    return [held((across[binding.kind] ?? (() => toX(value("x"))))(), x), held((up[binding.kind] ?? (() => toY(value("y"))))(), y)];
  }

  function put(grip, binding, drawing) {
    const panel = drawing.panels[binding.panel];
    if (drawing !== explorer.drawing || !panel.toX) return;
    const [x, y] = explorer.fault ? [NaN, NaN] : spot(binding, panel);
    const usable = Object.values(binding.drag).every((axis) => !explorer.input(control(target(axis)[0]), "slider")?.disabled);
    const there = usable && Number.isFinite(x) && Number.isFinite(y);
    give(grip, "display", there ? "inline" : "none");
    if (there) give(grip, "transform", `translate(${round(x)} ${round(y)})`);
  }

  function follow(grip, binding, drawing, svg) {
    const panel = drawing.panels[binding.panel];
    let from = null;
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      grip.classList.add("explorer-held");
      const [x, y] = spot(binding, panel), [px, py] = pointIn(svg, event);
      from = [x - px, y - py]; // the grip keeps its place under the finger
    });
    grip.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const [px, py] = pointIn(svg, event);
      const places = { x: inverse(panel.x, px + from[0]), y: inverse(panel.y, py + from[1]) };
      for (const [axis, aim] of Object.entries(binding.drag)) {
        const [name, origin] = target(aim);
        const moved = control(name);
        const wanted = places[axis] - (typeof origin === "string" ? explorer.all()[origin] : origin);
        const value = Math.min(Math.max(wanted, moved.min), moved.max);
        if (Number.isFinite(value)) explorer.change(moved, at(moved, positionOf(moved, value)));
      }
    });
    const release = () => {
      from = null;
      grip.classList.remove("explorer-held");
    };
    grip.addEventListener("pointerup", release);
    grip.addEventListener("pointercancel", release);
  }
}
tools.push(handlesTool);

const toNumber = (value) => (value?.length === undefined ? value : value[0]);
