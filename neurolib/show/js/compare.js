// Hold and compare: a faint copy of the present figure stays while the controls move on; changed controls are marked.

function compareTool(explorer) {
  const { root, spec, text, form } = explorer;
  const ghosts = [];
  const clear = () => ghosts.splice(0).forEach((ghost) => ghost.remove());

  const hold = () => {
    clear();
    for (const binding of spec.drawing.moving) {
      const element = root.querySelector(`[id="${binding.id}"]`);
      if (binding.kind === "label" || element.style.visibility === "hidden") continue;
      const ghost = element.cloneNode(true);
      for (const part of [ghost, ...ghost.querySelectorAll("[id]")]) part.removeAttribute("id");
      for (const key of ["kind", "x", "y"]) delete ghost.dataset[key];
      // A clone keeps its original's marker, whose definition may be inside it.
      for (const use of ghost.querySelectorAll("use")) use.setAttribute("href", use.getAttribute("href"));
      ghost.querySelectorAll("defs").forEach((defs) => defs.remove());
      ghost.setAttribute("class", "explorer-ghost");
      element.before(ghost);
      ghosts.push(ghost);
    }
  };

  const button = make("button", {
    type: "button", "aria-pressed": "false", "data-tool": "hold",
    click: () => {
      const held = ghosts.length === 0;
      if (held) hold();
      else clear();
      button.setAttribute("aria-pressed", String(held));
      button.textContent = held ? text.release : text.hold;
    },
  }, text.hold);
  form.querySelector(".explorer-buttons").append(button);

  for (const control of spec.controls) {
    const row = explorer.input(control, control.kind).closest(".explorer-control");
    const reset = make("button", {
      type: "button", class: "explorer-reset-one", hidden: "", title: pair(text, text.reset, plain(control.label)),
      "aria-label": pair(text, text.reset, plain(control.label)), "data-reset": control.name,
      click: () => {
        explorer.note(control, "");
        explorer.change(control, control.default);
        explorer.input(control, control.kind).focus();
      },
    }, "↺");
    const number = row.querySelector(".explorer-number");
    if (number) number.prepend(reset);
    else row.querySelector("label").after(reset);
    explorer.watch(() => {
      const changed = explorer.values[control.name] !== control.default;
      row.classList.toggle("explorer-changed", changed);
      reset.hidden = !changed;
    });
  }
}
tools.push(compareTool);
