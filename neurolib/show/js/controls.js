// The controls of an explorer: sliders with a typed number, choices, toggles; by mouse, finger and keyboard.

/** Put a value into an input unless it is there. */
const enter = (input, value) => {
  if (input.value !== value) input.value = value;
};

Object.assign(Explorer.prototype, {
  connect(control) {
    const main = this.input(control, control.kind);
    const read = () => {
      if (control.kind === "slider") return at(control, Number(main.value));
      return control.kind === "toggle" ? Number(main.checked) : Number(main.value);
    };
    main.addEventListener("input", () => {
      this.note(control, "");
      const brought = control.brings?.[read()];
      if (brought) this.set({ ...brought, [control.name]: read() });
      else this.change(control, read());
    });
    if (control.kind !== "slider") return;
    // A swipe that scrolls the page begins on the slider like a drag: when the browser takes it over, the value goes back.
    let before = null;
    main.addEventListener("pointerdown", () => (before = this.values[control.name]));
    main.addEventListener("pointercancel", () => {
      if (before !== null) this.change(control, before);
    });
    const typed = this.input(control, "number");
    typed.addEventListener("change", () => this.type(control, typed));
    typed.addEventListener("focus", () => typed.select());
    typed.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const position = Math.min(Math.max(positionOf(control, this.values[control.name]) + by, 0), control.positions);
      this.change(control, at(control, position));
    });
  },

  /** A typed number is held to the control's range, and the reader is told. */
  type(control, typed) {
    const wanted = parsed(typed.value, control.unit);
    if (!Number.isFinite(wanted)) {
      this.note(control, this.text.notANumber);
      this.show(control);
      return;
    }
    const value = Math.min(Math.max(wanted, control.min), control.max);
    const [least, most] = [significant(control.min), significant(control.max)];
    const range = withUnit(this.text.range.replace("{least}", least).replace("{most}", most), control.unit);
    this.note(control, value === wanted ? "" : this.text.clamped.replace("{range}", range));
    if (value === this.values[control.name]) this.show(control);
    else this.change(control, value);
  },

  note(control, text) {
    const note = this.form.querySelector(`[data-note="${control.name}"]`);
    if (note) setText(note, text);
  },

  /** Show a control's value in its inputs, and put controls that depend on it in or out of use. */
  show(control) {
    const value = this.values[control.name];
    const main = this.input(control, control.kind);
    if (control.kind === "toggle") main.checked = value === 1;
    else enter(main, String(control.kind === "slider" ? positionOf(control, value) : value));
    if (control.kind === "slider") {
      main.setAttribute("aria-valuetext", withUnit(significant(value), control.unit));
      enter(this.input(control, "number"), minus(String(Number(value.toPrecision(6)))));
    }
    for (const other of this.spec.controls) {
      if (other.only_if && other.only_if[0] === control.name) {
        const out = !other.only_if.includes(value, 1);
        for (const input of this.form.querySelectorAll(`[data-control="${other.name}"]`)) input.disabled = out;
      }
    }
  },
});
