// Which controls have been moved: each is marked and can be put back; those folded away are counted.

function changesTool(explorer) {
  const { root, spec, text } = explorer;
  const folded = root.querySelector(".explorer-others"), told = folded?.querySelector(".explorer-moved");
  const rows = spec.controls.map((control) => {
    const row = explorer.input(control, control.kind).closest(".explorer-control");
    const name = pair(text, text.reset, plain(control.label));
    const reset = make("button", {
      type: "button", class: "explorer-reset-one", hidden: "", title: name, "aria-label": name, "data-reset": control.name,
      click: () => {
        explorer.note(control, "");
        explorer.change(control, control.default);
        explorer.input(control, control.kind).focus();
      },
    }, "↺");
    const number = row.querySelector(".explorer-number");
    if (number) number.prepend(reset);
    else row.querySelector("label").after(reset);
    return { control, row, reset };
  });
  explorer.watch(() => {
    let count = 0;
    for (const { control, row, reset } of rows) {
      const changed = explorer.values[control.name] !== control.default;
      row.classList.toggle("explorer-changed", changed);
      reset.hidden = !changed;
      if (changed && folded?.contains(row)) count += 1;
    }
    if (folded) setText(told, count ? text.moved.replace("{count}", count) : "");
  });
  // Some browsers put their own memory of the inputs back after the page is shown again: what counts is the explorer's.
  window.addEventListener("pageshow", () => setTimeout(() => spec.controls.forEach((control) => explorer.show(control))));
}
tools.push(changesTool);
