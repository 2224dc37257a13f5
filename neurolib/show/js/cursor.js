// Read values: a line across the panels, moved by the pointer or by a slider, with the values of the curves at it.

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

function inverse(axis, at) {
  const share = (at - axis.from) / (axis.to - axis.from);
  return axis.scale === "log" ? axis.low * (axis.high / axis.low) ** share : axis.low + share * (axis.high - axis.low);
}

function cursorTool(explorer) {
  const { root, spec, text } = explorer;
  const svg = root.querySelector("svg.explorer-figure");
  const curves = spec.drawing.moving.filter((binding) => binding.kind === "curve");
  const about = Object.fromEntries(spec.curves.map((curve) => [curve.name, curve]));
  // Panels that share the values of their horizontal axis are read together.
  const groups = [...new Set(curves.map((binding) => binding.x))]
    .map((x) => ({ x, curves: curves.filter((binding) => binding.x === x) }))
    .filter((group) => about[group.x].size > 4 || group.curves.some((binding) => about[binding.y].size > 4));
  if (groups.length === 0) return;

  const lines = spec.drawing.panels.map(() => document.createElementNS(svg.namespaceURI, "line"));
  lines.forEach((line) => {
    line.setAttribute("class", "explorer-cursor");
    line.setAttribute("visibility", "hidden");
    svg.append(line);
  });
  const output = make("output", { class: "explorer-reading" });
  let current = null;

  const hide = () => {
    current = null;
    lines.forEach((line) => line.setAttribute("visibility", "hidden"));
    output.textContent = "";
  };

  const show = (group, x) => {
    current = [group, x];
    lines.forEach((line) => line.setAttribute("visibility", "hidden"));
    if (explorer.fault) return "";
    const parts = [];
    for (const binding of group.curves) {
      const panel = spec.drawing.panels[binding.panel];
      const at = round(transform(panel.x)(x));
      if (!Number.isFinite(at)) continue; // left of a logarithmic axis
      const line = lines[binding.panel];
      for (const [name, value] of [["x1", at], ["x2", at], ["y1", panel.y.from], ["y2", panel.y.to]]) line.setAttribute(name, value);
      line.setAttribute("visibility", "visible");
      const value = valueAt(explorer.results[binding.x], explorer.results[binding.y], x);
      if (Number.isFinite(value)) parts.push(`${about[binding.y].label} ${withUnit(significant(value, 4), about[binding.y].unit)}`);
    }
    const where = `${about[group.x].label} ${withUnit(significant(x, 4), about[group.x].unit)}`;
    const reading = pair(text, where, parts.join(text.separator));
    typeset(output, reading);
    return plain(reading);
  };

  svg.addEventListener("pointermove", (event) => {
    const box = svg.viewBox.baseVal, place = svg.getBoundingClientRect();
    const x = ((event.clientX - place.left) / place.width) * box.width;
    const y = ((event.clientY - place.top) / place.height) * box.height;
    const number = spec.drawing.panels.findIndex((p) => x >= p.x.from && x <= p.x.to && y <= p.y.from && y >= p.y.to);
    const group = groups.find((candidate) => candidate.curves.some((binding) => binding.panel === number));
    if (group) show(group, inverse(spec.drawing.panels[number].x, x));
    else hide();
  });
  svg.addEventListener("pointerleave", hide);
  explorer.watch(() => current && show(...current));

  const sliders = groups.map((group) => {
    const axis = spec.drawing.panels[group.curves[0].panel].x;
    const name = text.readAt.replace("{name}", plain(about[group.x].label));
    const slider = make("input", { type: "range", min: 0, max: 200, value: 0, "aria-label": name, "data-tool": "cursor" });
    const move = () => {
      const x = inverse(axis, axis.from + (Number(slider.value) / 200) * (axis.to - axis.from));
      slider.setAttribute("aria-valuetext", show(group, x));
    };
    slider.addEventListener("input", move);
    slider.addEventListener("focus", move);
    slider.addEventListener("blur", hide);
    return make("label", {}, make("span", {}, name), slider);
  });
  const more = root.querySelector(".explorer-more");
  more.append(make("div", { class: "explorer-cursors" }, ...sliders));
  root.querySelector(".explorer-sentence").before(output);
}
tools.push(cursorTool);
