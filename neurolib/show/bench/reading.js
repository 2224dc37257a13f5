// Reading values: a line at one time or one voltage through all panels that share the axis, and the play head.

const RUN = 5000; // ms that a run takes to play

function readingPart(bench) {
  const { text, root } = bench;
  let shown = null, playing = false, last = 0; // shown: [axis, value]

  /** The last moment of what is shown, which may be of another length than what is being run. */
  const end = () => bench.result?.runs[0].times.at(-1) ?? bench.experiment.protocol.duration;

  const layer = (panel, tag, attributes, content = "") => {
    panel.cursor.append(drawn(tag, attributes, content));
  };

  /** The line and the values in one panel; returns them as words. */
  function mark(panel, value, numbers) {
    const { data } = panel, words = [];
    data.plots.forEach((plot) => {
      const { x, y } = plot.axes, across = round(plot.toX(value));
      if (!(across >= x.from - 1 && across <= x.to + 1)) return;
      layer(panel, "line", { x1: across, x2: across, y1: y.from, y2: y.to, ...(data.axis === "t" && { class: "explorer-head-line" }) });
      const read = plot.curves.filter(({ hidden }) => !hidden).map((curve) => ({ curve, value: valueIn(curve.xs, curve.ys, value) }))
        .map((one) => ({ ...one, up: plot.toY(one.value) })).filter(({ up }) => up >= y.to - 1 && up <= y.from + 1).sort((a, b) => a.up - b.up);
      let edge = y.to + 8;
      for (const { curve, value: here, up } of read) {
        layer(panel, "circle", { cx: across, cy: round(up), r: 2.5 });
        if (numbers) words.push(`${plain(curve.label ?? plot.label)} ${withUnit(significant(here, 4), plot.unit)}`);
        if (!numbers || read.length > 6) continue;
        const base = Math.max(up - 4, edge), left = across > (x.from + x.to) / 2;
        edge = base + 12;
        if (base < y.from) layer(panel, "text", { x: across + (left ? -6 : 6), y: round(base), "text-anchor": left ? "end" : "start" }, significant(here, 4));
      }
    });
    return words;
  }

  /** Read all panels of an axis at a value; of the time axis, the phase plane shows where the cell is. */
  function read(axis, value, numbers = true) {
    clear();
    if (bench.fault) return "";
    shown = [axis, value];
    const words = [];
    for (const kind of bench.kinds()) {
      const panel = bench.panels.get(kind), { data } = panel;
      if (!data?.plots[0].toX) continue;
      if (data.axis === axis) words.push(...mark(panel, value, numbers));
      if (axis === "t" && data.axis === "phase") {
        const run = bench.result.runs.at(-1), at_ = (ys) => valueIn(run.times, ys, value), plot = data.plots[0];
        layer(panel, "circle", { cx: round(plot.toX(at_(run.states[0]))), cy: round(plot.toY(at_(run.states[data.gate.state]))), r: 5 });
      }
      if (axis === "t" && data.axis === "V" && (kind === "steady" || kind === "tau")) {
        const V = valueIn(bench.result.runs.at(-1).times, bench.result.runs.at(-1).states[0], value), plot = data.plots[0];
        layer(panel, "line", { x1: round(plot.toX(V)), x2: round(plot.toX(V)), y1: plot.axes.y.from, y2: plot.axes.y.to });
      }
    }
    if (axis === "t") slider.value = (1000 * value) / end();
    return `${axis === "t" ? "t" : "V"} ${withUnit(significant(value, 4), axis === "t" ? text.ms : "mV")}: ${words.join(text.separator)}`;
  }
  function clear() {
    shown = null;
    for (const { cursor } of bench.panels.values()) cursor.replaceChildren();
  }

  const slider = make("input", { type: "range", min: 0, max: 1000, value: 0, class: "explorer-moment", "data-tool": "head", "aria-label": text.head, input: () => {
    stop();
    slider.setAttribute("aria-valuetext", read("t", (slider.value / 1000) * end()));
  } });
  const button = make("button", { type: "button", class: "explorer-run", "data-tool": "play", "aria-label": text.play, click: () => (playing ? stop() : start()) }, "▶");
  root.querySelector(".bench-play").append(make("div", { class: "explorer-play" }, button), slider);

  function stop() {
    playing = false;
    button.textContent = "▶";
    button.setAttribute("aria-label", text.play);
  }
  function start() {
    playing = true;
    button.textContent = "❚❚";
    button.setAttribute("aria-label", text.pause);
    if (Number(slider.value) >= 1000) read("t", 0, false);
    last = performance.now();
    requestAnimationFrame(frame);
  }
  /** A frame began before the call that asked for the first one. */
  function frame(now) {
    if (!playing) return;
    const duration = end(), before = shown?.[0] === "t" ? shown[1] : (slider.value / 1000) * duration;
    const t = Math.min(before + (duration * Math.min(Math.max(now - last, 0), 100)) / RUN, duration);
    last = now;
    read("t", t, false);
    if (t >= duration) stop();
    else requestAnimationFrame(frame);
  }

  // Where the panels stand side by side beyond the figure's edge, a button says so and leads on.
  const { figure } = bench, more = make("button", { type: "button", class: "bench-more", "data-tool": "more", click: () => figure.scrollBy({ left: figure.clientWidth }) }, text.more);
  slider.after(more);
  const aside = () => (more.hidden = figure.scrollLeft + figure.clientWidth > figure.scrollWidth - 8);
  figure.addEventListener("scroll", aside);
  bench.whenDrawn(aside);

  bench.figure.addEventListener("pointermove", follow);
  bench.figure.addEventListener("pointerdown", follow);
  function follow(event) {
    const svg = event.target.closest?.("svg.bench-panel");
    if (!svg || event.target.closest(".explorer-grip") || playing) return;
    const panel = bench.panels.get(svg.dataset.kind), plot = panel.data?.plots[0];
    if (!plot?.toX || !["t", "V"].includes(panel.data.axis)) return;
    const across = pointIn(svg, event)[0], { x } = plot.axes;
    if (across < x.from || across > x.to) return;
    read(panel.data.axis, inverse(x, across));
  }
  bench.figure.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && !playing && clear());
  bench.whenDrawn(() => {
    if (shown) read(shown[0], Math.min(shown[1], shown[0] === "t" ? end() : SPAN[1]), !playing);
  });
}
