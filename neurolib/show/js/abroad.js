// An explorer in another's page, by anywidget's contract: values come from the model that the page gives and go back to it,
// links lead to the book. It stands in a shadow tree, where neither page's styles nor its identifiers meet the other's.

const DARK = 0.35; // luminance of a background below which the dark colours are taken

/** Where the explorer stands alone, with its present values; where that is not known, the page at hand. */
function addressTool(explorer) {
  const state = () => explorer.moved().map(({ name }) => `${name}=${explorer.values[name]}`).join("&");
  explorer.link = (view = "") => (ADDRESS ? `${ADDRESS}${view}#${explorer.root.id}?${state()}` : location.href);
}
tools.push(addressTool);

/** Whether the first background behind an element is dark. */
function isDark(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    const [r, g, b, opaque = 1] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    if (opaque > 0.5) return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 < DARK;
  }
  return false;
}

/** The values that a model gives for controls, by name, and the first that is none. */
function givenBy(model, controls) {
  const values = {};
  for (const { name, kind, min, max } of controls) {
    const given = model.get(name);
    if (given === undefined) continue;
    const value = typeof given === "boolean" || typeof given === "number" ? Number(given) : NaN;
    if (!(value >= min && value <= max) || (kind !== "slider" && !Number.isInteger(value))) return [{}, `${name}: ${JSON.stringify(given)}`];
    values[name] = value;
  }
  return [values, ""];
}

function render({ model, el }) {
  const host = make("div");
  el.append(host);
  const page = make("div", { class: "neurolib-page" });
  page.innerHTML = PAGE;
  const inside = host.attachShadow({ mode: "open" });
  const styles = new CSSStyleSheet(); // which a site's policy allows where it refuses a style element
  styles.replaceSync(STYLES);
  inside.adoptedStyleSheets = [styles];
  inside.append(page);
  const colour = () => (page.dataset.theme = isDark(host) ? "dark" : "light");
  const seen = new MutationObserver(colour);
  for (const element of [document.documentElement, document.body]) seen.observe(element, { attributes: true });
  colour();

  const explorer = new Explorer(page.querySelector(".explorer"));
  for (const tool of afterwards) tool(explorer);
  explorer.root.classList.add("explorer-equipped");
  explorer.display(...explorer.progress);
  if (!ADDRESS) page.querySelectorAll("[data-tool='link'], [data-tool='embed']").forEach((item) => item.remove());
  const bound = explorer.spec.controls.filter(({ name }) => model.get(name) !== undefined);
  const message = make("p", { class: "explorer-message", role: "status" });
  explorer.root.querySelector(".explorer-body").before(message);
  const follow = () => {
    const [values, wrong] = givenBy(model, bound);
    message.textContent = wrong ? explorer.text.badLink.replace("{part}", () => wrong) : "";
    if (Object.keys(values).every((name) => values[name] === explorer.values[name])) return;
    explorer.unseal?.(); // as a link does
    explorer.set(values);
  };
  follow();
  for (const { name } of bound) model.on(`change:${name}`, follow);
  explorer.watch((finished) => {
    if (!finished || message.textContent) return;
    const moved = bound.filter(({ name }) => Number(model.get(name)) !== explorer.values[name]);
    for (const { name } of moved) model.set(name, explorer.values[name]);
    if (moved.length) model.save_changes?.();
  });
  return () => {
    for (const { name } of bound) model.off?.(`change:${name}`, follow);
    seen.disconnect();
    explorer.root.classList.remove("explorer-staged"); // so that it takes no more keys
    host.remove();
  };
}
