// Fields of the hand: a number with its slider, a choice, a switch, a button; each knows the path of what it edits.

/** What a slider covers, by the name of the quantity, with its unit: `least` and `most` bound what may be typed. */
const QUANTITIES = {};

let fields = 0; // ids

const sliderOf = (quantity) => ({ scale: "linear", smallest: 0, ...quantity, positions: quantity.step ? Math.round((quantity.max - quantity.min) / quantity.step) : 200 });

/**
 * A number: label, typed value with unit, slider.
 * @param {Bench} bench @param {(string|number)[]} pathTo @param {string} label @param {string} kind of QUANTITIES
 */
function numberField(bench, pathTo, label, kind, bounds = () => ({})) {
  let quantity, slider; // its bounds may follow the experiment
  const measure = () => {
    quantity = { ...QUANTITIES[kind], ...bounds() };
    slider = sliderOf(quantity);
  };
  measure();
  const id = `bench-${(fields += 1)}`, key = pathTo.join("."), text = bench.text, told = make("span", { class: "explorer-note", role: "status" });
  const value = () => at_path(bench.experiment, pathTo) ?? quantity.fallback ?? 0;
  const range = make("input", { type: "range", id, min: 0, max: slider.positions, step: 1, "data-key": key });
  const typed = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", "data-key": `${key} typed`, "aria-label": quantity.unit ? `${plain(label)} (${quantity.unit})` : plain(label) });
  const name = make("label", { for: id });
  typeset(name, label);
  const set = (number, mark) => bench.edit(pathTo, quantity.whole ? Math.round(number) : number, mark);
  range.addEventListener("input", () => {
    let wanted = at(slider, Number(range.value));
    if (quantity.nonzero && wanted === 0) wanted = value() > 0 ? -quantity.step : quantity.step;
    told.textContent = "";
    set(wanted, key);
  });
  range.addEventListener("change", () => bench.settle());
  // A swipe that scrolls the page begins on the slider like a drag: when the browser takes it over, the value goes back.
  let before = null;
  range.addEventListener("pointerdown", () => (before = value()));
  range.addEventListener("pointercancel", () => before !== null && set(before, key));
  typed.addEventListener("focus", () => typed.select());
  typed.addEventListener("change", () => {
    const whole = parsed(typed.value, quantity.unit), [over, under] = typed.value.split("/");
    const wanted = Number.isNaN(whole) && under ? parsed(over) / parsed(under, quantity.unit) : whole; // 1/3, too
    if (!Number.isFinite(wanted) || (quantity.nonzero && wanted === 0)) {
      told.textContent = Number.isFinite(wanted) ? text.notZero : text.notANumber;
      return sync();
    }
    const held = Math.min(Math.max(wanted, quantity.least), quantity.most);
    told.textContent = held === wanted ? "" : text.clamped.replace("{range}", `${significant(quantity.least)} … ${significant(quantity.most)}`);
    set(held);
    sync();
  });
  const sync = () => {
    measure();
    const now = value();
    range.value = positionOf(slider, Math.min(Math.max(now, slider.min), slider.max));
    range.setAttribute("aria-valuetext", withUnit(significant(now), quantity.unit));
    if (document.activeElement !== typed || !typed.matches(":focus")) typed.value = minus(String(Number(now.toPrecision(6))));
    else if (parsed(typed.value, quantity.unit) !== now) typed.value = minus(String(Number(now.toPrecision(6))));
  };
  bench.follow(sync);
  return make("div", { class: "explorer-control" }, name, make("span", { class: "explorer-number" }, typed, make("span", { class: "explorer-unit" }, quantity.unit)), range, told);
}

/** A choice: `options` are [value, text]; `get` and `set` read and make the choice. */
function choiceField(bench, key, label, options, get, set) {
  const id = `bench-${(fields += 1)}`;
  const select = make("select", { id, "data-key": key, change: () => set(select.value) }, ...options.map(([value, shown]) =>
    Array.isArray(shown) ? make("optgroup", { label: value }, ...shown.map(([inner, name]) => make("option", { value: inner }, name))) : make("option", { value }, shown)));
  bench.follow(() => (select.value = get()));
  const name = make("label", { for: id });
  typeset(name, label);
  return make("div", { class: "explorer-control explorer-choice" }, name, select);
}

function switchField(bench, key, label, get, set) {
  const box_ = make("input", { type: "checkbox", "data-key": key, change: () => set(box_.checked) });
  bench.follow(() => (box_.checked = get()));
  const name = make("span");
  typeset(name, label);
  return make("div", { class: "explorer-control explorer-toggle" }, make("label", {}, box_, name));
}

/** Fields behind a line that opens them; one that is open stays so when the group is built anew. */
const fold = (key, label, ...children) => make("details", { class: "bench-fold", "data-fold": key }, make("summary", {}, label), ...children);

const buttonField = (key, label, click, attributes = {}) => make("button", { type: "button", "data-key": key, click, ...attributes }, label);
