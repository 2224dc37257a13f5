// A link to what the reader sees: the part of the address after # carries the controls that were changed, and those of a
// figure that is held. What the reader has set also outlasts a reload and the way back.

function linkTool(explorer) {
  const { root, spec, text } = explorer;
  const prefix = `#${root.id}?`;
  const key = `neurolib:${location.pathname}:${root.id}`;
  const written = (values, join) => spec.controls.filter((control) => values[control.name] !== control.default)
    .map((control) => `${control.name}${join === "&" ? "=" : ":"}${values[control.name]}`).join(join);
  const state = () => {
    const held = explorer.heldValues ? [`held=${written(explorer.heldValues, ";")}`] : [];
    return [written(explorer.values, "&"), ...held].filter(Boolean).join("&");
  };
  explorer.link = (view = "") => location.href.replace(/[?#].*/s, "") + view + prefix + state();

  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part; // a broken escape is no control's name
    }
  };

  /** The values in a text, or the part of it that is not a control's allowed value. */
  const valuesOf = (written_, join) => {
    const values = {};
    for (const part of written_.split(join).filter(Boolean)) {
      const [name, number] = part.split(join === "&" ? "=" : ":");
      const control = spec.controls.find((candidate) => candidate.name === name);
      const value = number === undefined || number.trim() === "" ? NaN : Number(number);
      const whole = control?.kind === "slider" || Number.isInteger(value);
      if (!control || !(value >= control.min && value <= control.max) || !whole) return [null, part];
      values[name] = value;
    }
    return [{ ...explorer.defaults(), ...values }, ""];
  };

  /** Show a state that an address holds; one that is not possible is said, and puts all of it aside. */
  const show = async (hash) => {
    const parts = decoded(hash.slice(prefix.length)).split("&");
    const held = parts.find((part) => part.startsWith("held="));
    const [values, wrong] = valuesOf(parts.filter((part) => part !== held).join("&"), "&");
    const [heldValues, heldWrong] = held === undefined ? [null, ""] : valuesOf(held.slice(5), ";");
    const bad = wrong || heldWrong;
    if (!bad && parts.some(Boolean)) explorer.unseal?.();
    message.textContent = bad ? text.badLink.replace("{part}", bad) : "";
    if (heldValues && !bad) {
      explorer.set(heldValues);
      await finished(explorer);
      explorer.hold();
    }
    explorer.set(bad ? explorer.defaults() : values);
  };
  const read = (hash) => {
    if (!hash.startsWith(prefix)) return false;
    show(hash);
    root.scrollIntoView();
    return true;
  };

  const message = make("p", { class: "explorer-message", role: "status" });
  root.querySelector(".explorer-body").before(message);
  const kept = () => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const keep = () => {
    const changed = state();
    try {
      if (changed) sessionStorage.setItem(key, changed);
      else sessionStorage.removeItem(key);
    } catch {
      // refused: the address alone keeps it
    }
    if (changed === last) return;
    last = changed;
    if (changed) history.replaceState(history.state, "", prefix + changed);
    else if (location.hash.startsWith(prefix)) history.replaceState(history.state, "", `#${root.id}`);
  };
  let first = true, last = "";
  const rest = atRest(keep, 300);
  const begin = () => {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    const before = came === "reload" || came === "back_forward" ? kept() : null;
    if (before !== null) {
      show(prefix + before); // the browser puts the page where it was
      last = state();
    } else if (read(location.hash)) last = state();
  };
  explorer.watch(() => {
    if (first) {
      first = false;
      queueMicrotask(begin); // once the explorer stands
      return;
    }
    rest();
  });
  root.addEventListener("neurolib-held", () => setTimeout(keep));
  window.addEventListener("pagehide", keep);
  window.addEventListener("hashchange", ({ newURL }) => read(new URL(newURL).hash)); // by now `keep` may have written its own
  // To the page in another language the reader takes along what the explorers show.
  for (const link of document.querySelectorAll("a.edition-link")) {
    for (const kind of ["click", "auxclick"]) link.addEventListener(kind, () => (link.hash = location.hash));
  }
}
tools.push(linkTool);
