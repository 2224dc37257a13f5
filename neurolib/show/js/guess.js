// A guess that the reader sets into the figure before the answer: a dashed mark, dragged there or moved by a slider.

/** The mark of a prediction that asks for a value, and its slider. `explorer.guessing` tells the prediction how to `begin` with a
 *  mark where the value is now, to `take` it, whether it is a `hit`, and what is `said` of it. */
function guessTool(explorer) {
  const { root, spec, text } = explorer;
  if (!spec.prediction?.guess) return;
  const { of, near, label, unit, digits } = spec.prediction.guess;
  const isGuess = ({ y }) => y === "guess";
  const axisIn = (drawing) => drawing.panels[drawing.moving.find(isGuess).panel].y;
  const { scale, low, high } = axisIn(explorer.drawing);
  const log = scale === "log";
  const step = log ? 0.01 : 10 ** Math.floor(Math.log10((high - low) / 100)); // of the slider, along the axis
  const shown = make("output");
  const slider = make("input", {
    type: "range", min: log ? Math.log10(low) : low, max: log ? Math.log10(high) : high, step, "data-tool": "guess",
    "aria-label": text.guess.replace("{name}", () => plain(label)),
    input: () => set(log ? 10 ** slider.value : Number(slider.value)),
  });
  const button = make("button", { type: "button", "data-tool": "guessed", click: () => explorer.answer(GUESS) }, text.guessed);
  const name = make("span");
  typeset(name, text.guess.replace("{name}", () => label));
  const row = make("div", { class: "explorer-guess" }, make("p", {}, name, " ", shown), slider, button);
  root.querySelector(".explorer-plot").after(row);
  const grips = [];
  let touched = false;

  const set = (value, moved = true) => {
    const held = Math.min(Math.max(value, low), high);
    explorer.guess = log ? Number(held.toPrecision(2)) : Number((Math.round(held / step) * step).toPrecision(6));
    touched = moved;
    slider.value = log ? Math.log10(explorer.guess) : explorer.guess;
    shown.textContent = withUnit(significant(explorer.guess), unit);
    slider.setAttribute("aria-valuetext", shown.textContent);
    explorer.paint();
    for (const [grip, panel, x] of grips) {
      if (panel.toY) grip.setAttribute("transform", `translate(${round(x === undefined ? panel.x.to - 8 : panel.toX(x))} ${round(panel.toY(explorer.guess))})`);
    }
  };

  for (const [format, svg] of Object.entries(explorer.figures)) {
    const drawing = spec.drawings[format];
    const marks = drawing.moving.filter(isGuess);
    const panel = drawing.panels[marks[0].panel];
    const grip = document.createElementNS(svg.namespaceURI, "g");
    grip.setAttribute("class", "explorer-guess-grip");
    grip.innerHTML = `<circle class="explorer-reach" r="${REACH}"/><circle class="explorer-knob" r="5.5"/>`;
    svg.append(grip);
    grips.push([grip, panel, marks.find(({ kind }) => kind === "point")?.x]);
    let before = null;
    const follow = (event) => set(inverse(panel.y, pointIn(svg, event)[1]));
    svg.addEventListener("pointerdown", (event) => {
      const [x, y] = pointIn(svg, event);
      const inside = x > panel.x.from && x < panel.x.to && y < panel.y.from && y > panel.y.to;
      if (!("sealed" in root.dataset) || !(inside || grip.contains(event.target))) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      before = [explorer.guess, touched];
      follow(event);
    });
    svg.addEventListener("pointermove", (event) => before && follow(event));
    svg.addEventListener("pointerup", () => (before = null));
    svg.addEventListener("pointercancel", () => { // the browser scrolls
      if (before) set(...before);
      before = null;
    });
  }
  // The mark stands as long as the faint lines from before do.
  root.addEventListener("neurolib-held", () => {
    if (explorer.ghosts || "sealed" in root.dataset) return;
    explorer.guess = NaN;
    explorer.paint();
  });
  let fresh = "sealed" in root.dataset;
  explorer.watch((finished) => {
    if (!finished || !fresh || !("sealed" in root.dataset)) return;
    fresh = false;
    if (!("sealed" in root.dataset)) return;
    const now = explorer.readouts[of];
    set(Number.isFinite(now) ? now : inverse({ scale, low, high, from: 0, to: 1 }, 0.5), false);
  });
  explorer.guessing = {
    begin: () => (fresh = true),
    take: () => (touched ? explorer.guess : NaN),
    hit: (guess) => Math.abs(guess - explorer.readouts[of]) <= near,
    said: (guess) => {
      if (!Number.isFinite(guess)) return "";
      const truth = explorer.readouts[of];
      const [there, away] = [truth, Math.abs(guess - truth)].map((value) => numberText(value, digits));
      const values = { guess: significant(guess), truth: there, off: away };
      return text.off.replace(/\{(\w+)\}/g, (_, key) => withUnit(values[key], unit).replace(" ", "\u00a0"));
    },
  };
}
tools.push(guessTool);
