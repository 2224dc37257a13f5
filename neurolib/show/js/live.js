// The live widget (anywidget): arrays come from the kernel, the drawing is the page's.

function render({ model, el }) {
  const figure = document.createElement("div");
  figure.className = "explorer-live";
  const sentence = document.createElement("p");
  sentence.className = "explorer-sentence";
  sentence.setAttribute("role", "status");
  figure.innerHTML = model.get("svg");
  el.append(figure, sentence);
  const update = () => {
    const { numbers, curves, fault } = model.get("frame");
    const values = { ...numbers };
    for (const [name, view] of Object.entries(curves)) {
      values[name] = new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
    }
    draw(figure, model.get("drawing"), fault ? null : values);
    typeset(sentence, model.get("sentence"));
    el.dataset.frames = Number(el.dataset.frames || 0) + 1;
  };
  model.on("change:frame", update);
  update();
}
