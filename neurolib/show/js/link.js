// A link to what the reader sees: the part of the address after # carries the controls that were changed.

function linkTool(explorer) {
  const { root, spec, text } = explorer;
  const prefix = `#${root.id}?`;
  const state = () => {
    const changed = spec.controls.filter((control) => explorer.values[control.name] !== control.default);
    return changed.map((control) => `${control.name}=${explorer.values[control.name]}`).join("&");
  };
  explorer.link = () => location.href.replace(/#.*/s, "") + prefix + state();

  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part; // a broken escape is no control's name
    }
  };

  /** Read the address; a part that is not a control's allowed value puts all of it aside. */
  const read = () => {
    if (!location.hash.startsWith(prefix)) return;
    const values = {};
    for (const part of decoded(location.hash.slice(prefix.length)).split("&").filter(Boolean)) {
      const [name, written] = part.split("=");
      const control = spec.controls.find((candidate) => candidate.name === name);
      const value = written === undefined || written.trim() === "" ? NaN : Number(written);
      const whole = control?.kind === "slider" || Number.isInteger(value);
      if (!control || !(value >= control.min && value <= control.max) || !whole) {
        explorer.set(explorer.defaults());
        message.textContent = text.badLink.replace("{part}", part);
        root.scrollIntoView();
        return;
      }
      values[name] = value;
    }
    message.textContent = "";
    explorer.set({ ...explorer.defaults(), ...values });
    root.scrollIntoView();
  };

  const message = make("p", { class: "explorer-message", role: "status" });
  root.querySelector(".explorer-body").before(message);
  let first = true;
  let waiting = 0;
  explorer.watch(() => {
    if (first) {
      first = false;
      queueMicrotask(read); // once the explorer stands
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const changed = state();
      const mine = location.hash.startsWith(prefix);
      if (changed) history.replaceState(null, "", prefix + changed);
      else if (mine) history.replaceState(null, "", `#${root.id}`);
    }, 300);
  });
  window.addEventListener("hashchange", read);
  // To the page in another language the reader takes along what the explorers show.
  for (const link of document.querySelectorAll("a.edition-link")) {
    for (const kind of ["click", "auxclick"]) link.addEventListener(kind, () => (link.hash = location.hash));
  }
}
tools.push(linkTool);
