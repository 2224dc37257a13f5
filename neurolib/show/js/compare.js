// Hold and compare: a faint copy of the present figure stays while the controls move on.

/** Keep a faint copy of the figure as it is; returns what lets it go. The values are remembered for the link. */
Explorer.prototype.hold = function () {
  this.release();
  this.heldValues = { ...this.values };
  this.ghosts = [];
  for (const binding of this.drawing.moving) {
    const element = binding.element;
    if (["label", "note", "tag", "span"].includes(binding.kind) || !element || element.style.visibility === "hidden") continue;
    const ghost = element.cloneNode(true);
    for (const part of [ghost, ...ghost.querySelectorAll("[id]")]) part.removeAttribute("id");
    for (const key of ["kind", "x", "y"]) delete ghost.dataset[key];
    ghost.querySelectorAll("defs").forEach((defs) => defs.remove());
    ghost.setAttribute("class", "explorer-ghost");
    element.before(ghost);
    this.ghosts.push(ghost);
  }
  this.root.dispatchEvent(new Event("neurolib-held"));
};

Explorer.prototype.release = function () {
  this.ghosts?.forEach((ghost) => ghost.remove());
  this.ghosts = null;
  this.heldValues = null;
  this.root.dispatchEvent(new Event("neurolib-held"));
};

function compareTool(explorer) {
  const { text, form, root } = explorer;
  const button = make("button", {
    type: "button", "aria-pressed": "false", "data-tool": "hold",
    click: () => (explorer.ghosts ? explorer.release() : explorer.hold()),
  }, text.hold);
  root.addEventListener("neurolib-held", () => {
    button.setAttribute("aria-pressed", String(Boolean(explorer.ghosts)));
    button.textContent = explorer.ghosts ? text.release : text.hold;
  });
  form.querySelector(".explorer-buttons").append(button);
}
tools.push(compareTool);
