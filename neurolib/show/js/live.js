// The live widget (anywidget): arrays come from the kernel, the drawing is the page's.

const PATIENCE = 6000; // ms

function render({ model, el }) {
  const figure = document.createElement("div");
  figure.className = "explorer-live";
  const sentence = document.createElement("p");
  sentence.className = "explorer-sentence";
  sentence.setAttribute("role", "status");
  const { svg, moves, most, time, at, text, curves: labels } = model.get("scene");
  figure.innerHTML = (svg ? `<div class="explorer-picture">${svg}</div>` : "") + model.get("svg");
  el.append(figure, sentence);
  // To the play head, the widget is an explorer like another.
  const watchers = [];
  const spec = { scene: svg && { moves, most, at }, time, curves: labels };
  const explorer = { root: figure, spec, text, head: at ?? -Infinity, drawing: model.get("drawing"), watch: (watcher) => watchers.push(watcher), all: () => explorer.results };
  sceneTool(explorer);
  playTool(explorer);
  let framed = 0; // when the kernel answered last
  const update = () => {
    const { numbers, curves, fault } = model.get("frame");
    // What is no number comes through JSON as null; there is no prediction to guess at.
    const values = { guess: NaN, ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value ?? NaN])) };
    for (const [name, view] of Object.entries(curves)) {
      values[name] = new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
    }
    draw(figure, model.get("drawing"), fault ? null : values);
    Object.assign(explorer, { fault, results: values });
    explorer.picture?.(fault ? null : values);
    watchers.forEach((watcher) => watcher());
    typeset(sentence, model.get("sentence"));
    framed = performance.now();
    figure.style.opacity = "";
    el.dataset.frames = Number(el.dataset.frames || 0) + 1;
  };
  model.on("change:frame", update);
  // A kernel may be lost without a word: then the controls have moved, and for some seconds no figure has followed.
  const controls = () => [...(el.closest(".widget-hbox")?.querySelectorAll("[aria-valuenow], input, select") ?? [])]
    .filter((control) => !el.contains(control)).map((control) => control.ariaValueNow ?? (control.checked || control.value)).join();
  let seen = "", moved = 0;
  const watch = setInterval(() => {
    const now = controls();
    if (seen && now !== seen) moved = performance.now();
    seen = now;
    if (!moved || performance.now() - moved < PATIENCE || framed > moved - 1000) return;
    sentence.textContent = text.lost;
    figure.style.opacity = 0.3;
  }, 500);
  update();
  return () => clearInterval(watch);
}
