// Hold: a faint copy of the present figure stays while the controls move on.

/** Keep a faint copy of the figure as it is, in every format: a phone may be turned. The values are remembered for the link. */
Explorer.prototype.hold = function () {
  this.release();
  this.heldValues = { ...this.values };
  this.ghosts = [];
  for (const drawing of Object.values(this.spec.drawings)) draw(this.root, drawing, this.fault ? null : this.all(), this.step);
  for (const { kind, y, element } of Object.values(this.spec.drawings).flatMap(({ moving }) => moving)) {
    if (y === "guess" || ["label", "note", "tag", "span"].includes(kind) || element.style.visibility === "hidden") continue;
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
