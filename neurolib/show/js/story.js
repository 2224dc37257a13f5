// A story in steps, one in sight at a time: each sets the controls, and the figure goes there.

function storyTool(explorer) {
  const { root, spec, text } = explorer;
  const list = root.querySelector(".explorer-story");
  if (!list) return;
  const steps = [...list.children];
  const names = steps.map((item) => item.dataset.step);
  list.setAttribute("aria-live", "polite");
  let last = 0;
  const choose = (place) => {
    last = place;
    return explorer.glide({ ...spec.story[names[place]] }, "", names[place]);
  };
  const chips = steps.map((item, place) => make("button", {
    type: "button", "data-tool": "step", "aria-label": text.step.replace("{step}", place + 1).replace("{steps}", steps.length),
    click: () => choose(place),
  }, String(place + 1)));
  /** The step that is so many after the last one chosen. */
  explorer.nextStep = (by = 1) => choose(Math.min(Math.max(last + by, 0), steps.length - 1));
  const next = make("button", { type: "button", "data-tool": "next", click: () => explorer.nextStep() }, `${text.next} ›`);
  list.before(make("div", { class: "explorer-steps", role: "group", "aria-label": list.getAttribute("aria-label") }, ...chips, next));
  explorer.watch(() => {
    if (explorer.step) last = names.indexOf(explorer.step);
    steps.forEach((item, place) => {
      item.hidden = place !== last;
      item.classList.toggle("explorer-left", explorer.step !== names[place]);
      if (explorer.step === names[place]) chips[place].setAttribute("aria-current", "step");
      else chips[place].removeAttribute("aria-current");
    });
    next.hidden = last === steps.length - 1;
  });
}
tools.push(storyTool);
