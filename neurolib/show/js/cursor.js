// Read values: a line across the panels, moved by mouse, finger or a slider, with each curve's value beside it.

const HEARD = 400, SECONDS = 4; // places of a curve that is heard, and for how long

function cursorTool(explorer) {
  const { root, spec, text } = explorer;
  const about = Object.fromEntries(spec.curves.map((curve) => [curve.name, curve]));
  // Panels that share the values of their horizontal axis are read together.
  const groupsOf = (drawing) => {
    const curves = drawing.moving.filter((binding) => binding.kind === "curve");
    return [...new Set(curves.map((binding) => binding.x))]
      .map((x) => ({ x, curves: curves.filter((binding) => binding.x === x) }))
      .filter((group) => about[group.x].size > 4 || group.curves.some((binding) => about[binding.y].size > 4));
  };
  const groups = Object.fromEntries(Object.entries(spec.drawings).map(([format, drawing]) => [format, groupsOf(drawing)]));
  if (groups[explorer.format].length === 0) return;
  let current = null;
  const layers = Object.fromEntries(Object.entries(explorer.figures).map(([format, svg]) => {
    const layer = drawn("g", { class: "explorer-cursor" });
    svg.append(layer);
    return [format, layer];
  }));
  const add = (tag, attributes, content = "") => layers[explorer.format].append(drawn(tag, attributes, content));
  const hide = () => {
    current = null;
    Object.values(layers).forEach((layer) => layer.replaceChildren());
  };

  /** Draw the line at x and (unless `bare`) the values beside it; returns them as a sentence. */
  const show = (group, x, bare = false) => {
    const shown = current && bare && current[2] && current[0] === group && current[1] === x && layers[explorer.format].firstChild;
    if (shown && !explorer.fault && !("sealed" in root.dataset)) return ""; // a bare line does not move with the values
    hide();
    current = [group, x, bare];
    if (explorer.fault || "sealed" in root.dataset) return "";
    const parts = [];
    const { panels } = explorer.drawing;
    for (const number of new Set(group.curves.map((binding) => binding.panel))) {
      const panel = panels[number];
      const across = round(panel.toX?.(x));
      if (!(across >= panel.x.from - 1 && across <= panel.x.to + 1)) continue; // beyond what this panel shows
      add("line", { x1: across, x2: across, y1: panel.y.from, y2: panel.y.to, ...(group.x === spec.time && { class: "explorer-head-line" }) });
      if (bare) continue;
      const read = group.curves.filter((binding) => binding.panel === number).map((binding) => {
        const value = valueAt(explorer.results[binding.x], explorer.results[binding.y], x);
        // What is nothing at the scale of the panel but a rounding error is nothing.
        const nothing = panel.y.scale !== "log" && Math.abs(value) < 1e-5 * (panel.y.high - panel.y.low);
        return { binding, value: nothing ? 0 : value, y: panel.toY(value) };
      }).filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.y - b.y);
      for (const { binding, value } of read) parts.push(`${about[binding.y].label} ${withUnit(significant(value, 4), about[binding.y].unit)}`);
      const seen = read.filter(({ y }) => y >= panel.y.to - 1 && y <= panel.y.from + 1);
      for (const { y } of seen) add("circle", { cx: across, cy: round(y), r: 2.5 });
      // Each number above its curve, below the one before it, none twice and none outside the panel.
      const numbers = seen.map(({ value, y }) => ({ y, text: significant(value, 4) }))
        .filter(({ y, text }, i, all) => !(i && text === all[i - 1].text && y < all[i - 1].y + 1));
      let edge = panel.y.to + 8;
      for (const one of numbers) edge = (one.at = Math.max(one.y - 4, edge)) + 13;
      edge = panel.y.from - 2;
      for (const one of numbers.reverse()) edge = (one.at = Math.min(one.at, edge)) - 12;
      const left = across > (panel.x.from + panel.x.to) / 2;
      for (const { at, text } of numbers) add("text", { x: across + (left ? -6 : 6), y: round(at), "text-anchor": left ? "end" : "start" }, text);
    }
    if (group.x === spec.time) {
      const low = group.curves.map(({ panel }) => panels[panel]).reduce((a, b) => (b.y.from > a.y.from ? b : a));
      add("path", { class: "explorer-head-knob", d: `M${round(low.toX(x))} ${round(low.y.from)}l5 7h-10z` });
    }
    if (bare) return "";
    const when = withUnit(significant(x, 4), about[group.x].unit), half = 3 * when.length;
    const panel = widest(panels, group.curves);
    // Beside the panel's name, not on it.
    const foot = Math.min(Math.max(panel.toX(x), panel.name + half + 6), panel.x.to - half);
    add("text", { x: round(foot), y: panel.y.to - 3, "text-anchor": "middle" }, when);
    return plain(pair(text, `${about[group.x].label} ${when}`, parts.join(text.separator)));
  };

  /** The group of this axis in the format at hand. */
  const here = (x) => groups[explorer.format].find((group) => group.x === x);
  /** The play head is the reading line of the time axis: it stays when the pointer leaves. */
  explorer.readHead = (t, values) => here(spec.time) && (!current || current[0].x === spec.time) && show(here(spec.time), t, !values);
  const leave = () => {
    hide();
    if (spec.time) explorer.readHead(explorer.head, false);
  };

  for (const [format, svg] of Object.entries(explorer.figures)) {
    const read = (event) => {
      if (event.target.closest(".explorer-grip")) return leave();
      const [x, y] = pointIn(svg, event);
      const { panels } = spec.drawings[format];
      const number = panels.findIndex((p) => x >= p.x.from && x <= p.x.to && y <= p.y.from && y >= p.y.to);
      const group = groups[format].find((candidate) => candidate.curves.some((binding) => binding.panel === number));
      if (!group) return leave();
      const at = inverse(panels[number].x, x);
      if (group.x !== spec.time) show(group, at);
      else {
        if (current?.[0].x !== spec.time) hide();
        explorer.seek(at, event.buttons > 0);
      }
    };
    svg.addEventListener("pointermove", read);
    svg.addEventListener("pointerdown", read);
    // A mouse that leaves takes the reading along; what a finger has read stays when it is lifted.
    svg.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  }
  explorer.watch(() => {
    if (!current) return;
    const [{ x: axis }, x, bare] = current, group = here(axis); // in the format at hand: a phone may have been turned
    if (group) show(group, x, bare);
    else hide();
  });

  const sliders = groups[explorer.format].map((group) => {
    const axis = widest(explorer.drawing.panels, group.curves).x;
    const name = text.readAt.replace("{name}", plain(about[group.x].label));
    const slider = make("input", { type: "range", min: 0, max: 200, value: 0, "aria-label": name, "data-tool": "cursor" });
    const reading = make("output", { class: "explorer-reading" });
    const move = () => {
      const to = inverse(axis, axis.from + (Number(slider.value) / 200) * (axis.to - axis.from));
      if (current?.[0].x !== group.x) hide();
      const said = group.x === spec.time ? explorer.seek(to, true) : show(here(group.x) ?? group, to);
      slider.setAttribute("aria-valuetext", said);
      reading.textContent = said;
    };
    slider.addEventListener("input", () => {
      silence(); // the hand goes first
      move();
    });
    slider.addEventListener("focus", move);
    // As pitch, from left to right; what stands at the ends is said.
    const listen = make("button", { type: "button", "data-tool": "hear", click: () => {
      const [binding] = (here(group.x) ?? group).curves;
      const panel = explorer.drawing.panels[binding.panel];
      const places = Array.from({ length: HEARD }, (_, i) => inverse(axis, axis.from + (i / (HEARD - 1)) * (axis.to - axis.from)));
      const shares = places.map((x) => shareOf(panel, valueAt(explorer.results[binding.x], explorer.results[binding.y], x)));
      hear(shares, SECONDS, (i) => {
        slider.value = (200 * i) / (HEARD - 1);
        if (i === 0 || i === HEARD - 1) move();
        else show(here(group.x) ?? group, places[i], true);
      });
    } }, text.hear);
    return make("div", {}, make("label", {}, make("span", {}, name), slider, reading), ...(globalThis.AudioContext ? [listen] : []));
  });
  root.querySelector(".explorer-more").append(make("div", { class: "explorer-cursors" }, ...sliders));
}
tools.push(cursorTool);
