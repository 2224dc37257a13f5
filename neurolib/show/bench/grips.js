// The hand on the protocol: its corners in the drawn command can be dragged, and its numbers follow.

const REACH = 18; // px: what a fingertip hits

function gripsPart(bench) {
  let held = null;

  const round2 = (value, least) => Number((Math.round(value / least) * least).toPrecision(8));

  bench.whenDrawn(() => {
    const panel = bench.panels.get("V");
    if (!panel?.data || !bench.kinds().includes("V") || panel.data.plots.length < 2) return;
    const plot = panel.data.plots[1], { x, y } = plot.axes, wanted = gripsOf(bench.experiment.protocol);
    while (panel.grips.children.length > wanted.length) panel.grips.lastChild.remove();
    while (panel.grips.children.length < Math.min(wanted.length, 12)) panel.grips.append(fresh(panel));
    [...panel.grips.children].forEach((grip, i) => {
      const { t, value } = wanted[i], within = (place, { from, to }) => Math.min(Math.max(place, Math.min(from, to)), Math.max(from, to));
      if (held?.grip !== grip || bench.fault) grip.style.display = t > bench.experiment.protocol.duration ? "none" : "";
      grip.setAttribute("transform", `translate(${round(within(plot.toX(t), x))} ${round(within(plot.toY(value), y))})`);
    });
  });

  function fresh(panel) {
    const grip = drawn("g", { class: "explorer-grip", style: "cursor: move" }, drawn("circle", { class: "explorer-reach", r: REACH }), drawn("circle", { class: "explorer-knob", r: 5.5 }));
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      const plot = panel.data.plots[1], place = [...panel.grips.children].indexOf(grip), { t, value } = gripsOf(bench.experiment.protocol)[place];
      const [px, py] = pointIn(panel.svg, event);
      // The axes of the moment it was taken stay while it is held, so that it keeps its place under the finger.
      held = { grip, place, axes: plot.axes, off: [plot.toX(t) - px, plot.toY(value) - py] };
    });
    grip.addEventListener("pointermove", (event) => {
      if (held?.grip !== grip) return;
      const { protocol } = bench.experiment, current = protocol.clamp === "current", [px, py] = pointIn(panel.svg, event), { x, y } = held.axes;
      const bounds = QUANTITIES[current ? "current" : "voltage"];
      const level = Math.min(Math.max(round2(inverse(y, py + held.off[1]), current ? 0.5 : 1), bounds.min), bounds.max);
      const t = round2(inverse(x, px + held.off[0]), protocol.duration > 200 ? 1 : protocol.duration > 20 ? 0.1 : 0.02);
      const moved = gripsOf(protocol)[held.place].moved(t, level);
      bench.make(changed(bench.experiment, ["protocol"], { ...protocol, ...moved }), `grip ${held.place}`);
    });
    const release = () => {
      if (held) bench.settle();
      held = null;
    };
    grip.addEventListener("pointerup", release);
    grip.addEventListener("pointercancel", release);
    return grip;
  }
}
