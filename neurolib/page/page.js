/**
 * The page's side of an explorer: reads the controls, runs the compiled model, moves the figure.
 * The live widget uses `draw` of the same script. Plain JavaScript, no dependencies, no requests.
 *
 * @typedef {{scale: string, low: number, high: number, from: number, to: number}} Axis
 * @typedef {{id: string, kind: string, panel: number, [key: string]: any}} Binding
 * @typedef {{panels: {x: Axis, y: Axis}[], moving: Binding[]}} Drawing
 * @typedef {Object<string, number|Float64Array>} Values
 */
const neurolib = (() => {
  "use strict";

  /** Models by explorer, put here by the compiled part of the script. */
  const models = {};

  // ---- numbers as text, as neurolib.page.typography writes them

  const minus = (text) => text.replace(/^-/, "−");

  function fixed(value, digits) {
    const text = value.toFixed(digits);
    return minus(Number(text) === 0 ? text.replace("-", "") : text);
  }

  function significant(value, digits = 3) {
    if (value === 0) return "0";
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    if (exponent >= -3 && exponent < 5) {
      return minus(String(Number(value.toPrecision(digits))));
    }
    const raised = [...String(Number(exponent))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("");
    return minus(`${Number(mantissa)}×10${raised}`).replace(/^(−?)1×/, "$1");
  }

  const fill = (template, values) =>
    template.replace(/\{(\w+)(?::(\d+))?\}/g, (_, name, digits) => fixed(values[name], Number(digits || 1)));

  /** Write a text into an element, its symbols (V_m, g_Na) in italics with their index lowered. */
  function typeset(element, text) {
    const parts = text.split(/(\[\w+[⁺⁻²]*\]|[A-Za-zα-ωΔ])_(\w+)/u);
    element.replaceChildren(...parts.flatMap((part, i) => {
      if (i % 3 === 0) return part ? [part] : [];
      const markup = document.createElement(i % 3 === 1 ? "i" : "sub");
      markup.textContent = part;
      return [markup];
    }));
  }

  // ---- the figure

  /** @param {Axis} axis @returns {(value: number) => number} data to SVG coordinate */
  function transform(axis) {
    const log = axis.scale === "log";
    const low = log ? Math.log10(axis.low) : axis.low;
    const high = log ? Math.log10(axis.high) : axis.high;
    const slope = (axis.to - axis.from) / (high - low);
    // Far outside the panel is outside: huge coordinates slow some browsers down.
    return (value) => {
      const at = axis.from + slope * ((log ? Math.log10(value) : value) - low);
      return at > 1e4 ? 1e4 : at < -1e4 ? -1e4 : at;
    };
  }

  const round = (value) => Math.round(value * 100) / 100;

  /**
   * Path through points, broken where a value is not finite. Within a hundredth of the panel's width only the first,
   * lowest, highest and last point are kept, which draws the same line.
   */
  function path(xs, ys, toX, toY) {
    let text = "";
    let column = NaN, low = 0, high = 0, lastX = 0, lastY = 0, count = 0, pen = false;
    const close = () => {
      if (count > 1) {
        if (low !== lastY && high !== lastY) text += `L${lastX} ${low} `;
        if (high !== lastY || low !== lastY) text += `L${lastX} ${high} L${lastX} ${lastY} `;
        else text += `L${lastX} ${lastY} `;
      }
      count = 0;
    };
    for (let i = 0; i < xs.length; i++) {
      const x = round(toX(xs[i])), y = round(toY(ys[i]));
      if (!(Number.isFinite(x) && Number.isFinite(y))) {
        close();
        pen = false;
        column = NaN;
        continue;
      }
      const here = Math.round(x * 2.5);
      if (here !== column || !pen) {
        close();
        text += `${pen ? "L" : "M"}${x} ${y} `;
        [column, low, high, pen] = [here, y, y, true];
      } else {
        if (y < low) low = y;
        if (y > high) high = y;
      }
      count += 1;
      [lastX, lastY] = [x, y];
    }
    close();
    return text.trim();
  }

  /** How each kind of artist moves: given its element, its binding, the panel's transforms and a value by key. */
  const movers = {
    curve(element, binding, toX, toY, value) {
      element.querySelector("path").setAttribute("d", path(value("x"), value("y"), toX, toY));
    },
    level(element, binding, toX, toY, value, panel) {
      const y = round(toY(value("y")));
      element.querySelector("path").setAttribute("d", `M${round(panel.x.from)} ${y} L${round(panel.x.to)} ${y}`);
    },
    event(element, binding, toX, toY, value, panel) {
      const x = round(toX(value("x")));
      element.querySelector("path").setAttribute("d", `M${x} ${round(panel.y.from)} L${x} ${round(panel.y.to)}`);
    },
    point(element, binding, toX, toY, value) {
      const xs = [value("x")].flatMap((v) => (v.length === undefined ? [v] : [...v]));
      const ys = [value("y")].flatMap((v) => (v.length === undefined ? [v] : [...v]));
      element.querySelectorAll("use").forEach((dot, i) => {
        const x = toX(xs[i]), y = toY(ys[i]);
        const drawn = Number.isFinite(x) && Number.isFinite(y);
        dot.style.display = drawn ? "" : "none";
        dot.setAttribute("x", drawn ? round(x) : 0);
        dot.setAttribute("y", drawn ? round(y) : 0);
      });
    },
    bar(element, binding, toX, toY, value) {
      const [l, r, t, b] = [toX(binding.left), toX(binding.right), toY(value("y")), toY(binding.base)].map(round);
      element.querySelector("path").setAttribute("d", `M${l} ${b} L${r} ${b} L${r} ${t} L${l} ${t} z`);
    },
    label(element, binding, toX, toY, value) {
      const text = element.querySelector("text");
      const [x0, y0] = (text.dataset.from ||= `${binding.dx || 0} ${binding.dy || 0}`).split(" ").map(Number);
      text.setAttribute("x", round(toX(value("x")) + x0));
      text.setAttribute("y", round(toY(value("y")) + y0));
      text.textContent = fixed(value("text"), binding.digits);
    },
  };

  /**
   * Move every artist of a figure to these values; those whose values are not finite are hidden.
   * @param {Element} root holds the SVG @param {Drawing} drawing @param {Values|null} values null hides all that moves
   */
  function draw(root, drawing, values) {
    for (const binding of drawing.moving) {
      const element = root.querySelector(`[id="${binding.id}"]`);
      const value = (key) => (typeof binding[key] === "string" ? values[binding[key]] : binding[key]);
      const keys = ["x", "y", "text"].filter((key) => key in binding);
      const drawn = values !== null && keys.every((key) => value(key).length || Number.isFinite(value(key)));
      element.style.visibility = drawn ? "" : "hidden";
      if (drawn) {
        const panel = drawing.panels[binding.panel];
        movers[binding.kind](element, binding, transform(panel.x), transform(panel.y), value, panel);
      }
    }
  }

  // ---- controls

  /** The value at a position of a slider's handle; the same as `Slider.at` in Python. */
  function at(control, position) {
    const { min, max, positions, smallest } = control;
    if (control.scale === "linear") return Number((min + (position / positions) * (max - min)).toPrecision(12));
    const first = smallest ? 1 : 0;
    if (position < first) return 0;
    const low = smallest || min;
    const value = low * (max / low) ** ((position - first) / (positions - first));
    return Math.min(Math.max(Number(value.toExponential(2)), min), max);
  }

  /** The position of the handle nearest to a value. */
  function positionOf(control, value) {
    const { min, max, positions, smallest } = control;
    if (control.scale === "linear") return Math.round((positions * (value - min)) / (max - min));
    const first = smallest ? 1 : 0;
    const low = smallest || min;
    return value < low ? 0 : first + Math.round(((positions - first) * Math.log(value / low)) / Math.log(max / low));
  }

  /** One explorer on the page. */
  class Explorer {
    constructor(root) {
      this.root = root;
      this.spec = JSON.parse(root.querySelector("script[type='application/json']").textContent);
      this.model = models[this.spec.name];
      this.form = root.querySelector("form");
      this.values = {};
      this.results = {};
      this.frame = 0;
      this.curves = this.spec.curves.map(([name, size]) => [name, new Float64Array(size)]);
      this.scratch = this.spec.scratch.map((size) => new Float64Array(size));
      for (const control of this.spec.controls) this.connect(control);
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.set(this.defaults());
      });
      const presets = root.querySelector("select[data-presets]");
      presets?.addEventListener("change", () => {
        const preset = this.spec.presets[presets.value];
        if (preset) this.set({ ...this.defaults(), ...preset }, false);
      });
      root.neurolib = this;
      root.classList.add("explorer-ready");
      this.set(this.defaults());
    }

    defaults() {
      return Object.fromEntries(this.spec.controls.map((control) => [control.name, control.default]));
    }

    input(control, role) {
      return this.form.querySelector(`[data-control="${control.name}"][data-role="${role}"]`);
    }

    connect(control) {
      const main = this.input(control, control.kind);
      main.addEventListener("input", () => {
        this.note(control, "");
        if (control.kind === "slider") this.change(control, at(control, Number(main.value)));
        else if (control.kind === "toggle") this.change(control, main.checked ? 1 : 0);
        else this.change(control, Number(main.value));
      });
      const typed = this.input(control, "number");
      typed?.addEventListener("change", () => this.type(control, typed));
    }

    /** A typed number is held to the control's range, and the reader is told. */
    type(control, typed) {
      const wanted = typed.value.trim() === "" ? NaN : Number(typed.value);
      if (!Number.isFinite(wanted)) {
        this.note(control, this.spec.text.notANumber);
        this.show(control);
        return;
      }
      const value = Math.min(Math.max(wanted, control.min), control.max);
      const range = `${significant(control.min)} … ${significant(control.max)}${control.unit ? ` ${control.unit}` : ""}`;
      this.note(control, value === wanted ? "" : this.spec.text.clamped.replace("{range}", range));
      this.change(control, value);
    }

    note(control, text) {
      const note = this.form.querySelector(`[data-note="${control.name}"]`);
      if (note && note.textContent !== text) note.textContent = text;
    }

    change(control, value) {
      this.values[control.name] = value;
      const presets = this.root.querySelector("select[data-presets]");
      if (presets) presets.value = "";
      this.show(control);
      this.schedule();
    }

    /** Set every control at once. */
    set(values, clearPreset = true) {
      Object.assign(this.values, values);
      const presets = this.root.querySelector("select[data-presets]");
      if (presets && clearPreset) presets.value = "";
      for (const control of this.spec.controls) {
        this.note(control, "");
        this.show(control);
      }
      this.update();
    }

    /** Show a control's value in its inputs, and put controls that depend on it in or out of use. */
    show(control) {
      const value = this.values[control.name];
      const main = this.input(control, control.kind);
      if (control.kind === "toggle") main.checked = value === 1;
      else main.value = control.kind === "slider" ? positionOf(control, value) : value;
      if (control.kind === "slider") {
        const text = significant(value) + (control.unit ? ` ${control.unit}` : "");
        main.setAttribute("aria-valuetext", text);
        this.input(control, "number").value = Number(value.toPrecision(6));
      }
      for (const other of this.spec.controls) {
        if (other.only_if && other.only_if[0] === control.name) {
          const out = value !== other.only_if[1];
          for (const input of this.form.querySelectorAll(`[data-control="${other.name}"]`)) input.disabled = out;
        }
      }
    }

    /** Update once before the next frame, however many events there were. */
    schedule() {
      if (!this.frame) {
        this.frame = requestAnimationFrame(() => {
          this.frame = 0;
          this.update();
        });
      }
    }

    update() {
      const numbers = this.spec.controls.map((control) => this.values[control.name]);
      const arrays = [...this.curves.map(([, array]) => array), ...this.scratch];
      for (const array of arrays) array.fill(0);
      const [fault, ...readouts] = this.model.compute(...numbers, ...arrays);
      this.results = Object.fromEntries([...this.curves, ...this.spec.readouts.map((r, i) => [r.name, readouts[i]])]);
      this.fault = fault;
      const all = { ...this.values, ...this.results };
      draw(this.root, this.spec.drawing, fault ? null : all);
      for (const readout of this.spec.readouts) {
        const element = this.root.querySelector(`data[data-readout="${readout.name}"]`);
        if (!element) continue;
        const value = this.results[readout.name];
        const finite = !fault && Number.isFinite(value);
        element.value = finite ? String(value) : "";
        element.textContent = finite ? `${fixed(value, readout.digits)}${readout.unit ? ` ${readout.unit}` : ""}` : "–";
      }
      const template = fault ? this.spec.faults[fault - 1] : this.spec.sentences[this.model.say(...numbers, ...readouts)];
      this.say(fill(template, all));
      this.root.classList.toggle("explorer-fault", fault > 0);
    }

    /** Show the sentence at once; have it read aloud when the reader has come to rest. */
    say(sentence) {
      const shown = this.root.querySelector(".explorer-sentence");
      if (this.sentence === sentence) return;
      this.sentence = sentence;
      typeset(shown, sentence);
      clearTimeout(this.speaking);
      this.speaking = setTimeout(() => {
        this.root.querySelector(".explorer-spoken").textContent = sentence.replaceAll("_", "");
      }, 700);
    }
  }

  /** Bring every explorer of the page to life. One that cannot start keeps its figure and says so. */
  function start() {
    for (const root of document.querySelectorAll("[data-explorer]")) {
      if (root.neurolib) continue;
      try {
        new Explorer(root);
      } catch (error) {
        root.classList.add("explorer-failed");
        console.error(error);
      }
    }
  }

  // ---- the live widget (anywidget): arrays come from the kernel, the drawing is this script's

  function render({ model, el }) {
    const figure = document.createElement("div");
    figure.className = "explorer-live";
    const sentence = document.createElement("p");
    sentence.className = "explorer-sentence";
    sentence.setAttribute("role", "status");
    figure.innerHTML = model.get("svg");
    el.append(figure, sentence);
    const update = () => {
      const { numbers, curves, fault } = model.get("frame");
      const values = { ...numbers };
      for (const [name, view] of Object.entries(curves)) {
        values[name] = new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
      }
      draw(figure, model.get("drawing"), fault ? null : values);
      typeset(sentence, model.get("sentence"));
      el.dataset.frames = Number(el.dataset.frames || 0) + 1;
    };
    model.on("change:frame", update);
    update();
  }

  return { models, draw, start, render, fixed, significant, fill, at };
})();
