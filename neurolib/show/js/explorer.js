// One explorer on the page: reads its controls, runs its model, shows the result.

/** Models by explorer, put here by the script of the page, which may arrive before this one or after it. */
const models = (globalThis.neurolibModels ??= {});

/** The word of a model for which all is well. */
const OK = "ok";

/** Tools that every explorer gets: functions that are given the explorer once. */
const tools = [];

const SLICE = 10; // ms of a sweep between two frames

/** The screens on which the styles show the tall figure: asked in the same words, since to ask the page makes it lay itself out. */
const UPRIGHT = matchMedia("(max-width: 600px) and (orientation: portrait)");

/** Call when the next frame has been painted. */
const afterFrame = (call) => requestAnimationFrame(() => setTimeout(call));

class Explorer {
  constructor(root) {
    this.root = root;
    this.spec = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.name = this.spec.name;
    this.text = this.spec.text;
    this.model = models[root.dataset.explorer];
    this.form = root.querySelector("form");
    this.presets = root.querySelector("select[data-presets]");
    this.values = this.defaults();
    this.results = {};
    this.step = "";
    this.head = this.spec.scene?.at ?? -Infinity;
    this.watchers = [];
    this.run = 0;
    this.curves = Object.fromEntries(this.spec.curves.map(({ name, size }) => [name, new Float64Array(size)]));
    const { arrays = {}, numbers = [] } = this.spec.sweep ?? {};
    const kept = Object.entries(arrays).map(([name, size]) => [name, new Float64Array(size)]);
    this.arrays = { ...this.curves, ...Object.fromEntries(kept) };
    this.numbers = Object.fromEntries([...this.spec.readouts.map(({ name }) => name), ...numbers].map((name) => [name, NaN]));
    this.figures = Object.fromEntries([...root.querySelectorAll("svg.explorer-figure")].map((svg) => [svg.dataset.format, svg]));
    this.shown = root.querySelector(".explorer-sentence");
    this.speak = politely(root.querySelector(".explorer-spoken"));
    for (const control of this.spec.controls) this.connect(control);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.set(this.defaults());
    });
    this.presets?.addEventListener("change", () => {
      const preset = this.spec.presets[this.presets.value];
      if (preset) this.glide({ ...this.defaults(), ...preset }, this.presets.value);
    });
    this.choose();
    root.neurolib = this;
    for (const tool of tools) tool(this);
    this.set(this.values);
    new ResizeObserver(() => this.choose() && this.display()).observe(root);
    root.classList.add("explorer-ready");
  }

  /** The figure that the styles show on this screen; true when it is another than before. */
  choose() {
    const shown = UPRIGHT.matches && this.figures.tall ? "tall" : "wide";
    if (shown === this.format) return false;
    this.format = shown;
    this.svg = this.figures[shown];
    this.drawing = this.spec.drawings[shown];
    return true;
  }

  /** Call `watcher(finished)` after each update; `finished` is false while a sweep goes on. */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  defaults() {
    return Object.fromEntries(this.spec.controls.map((control) => [control.name, control.default]));
  }

  /** The controls that are not at their defaults. */
  moved() {
    return this.spec.controls.filter((control) => this.values[control.name] !== control.default);
  }

  input(control, role) {
    return ((control.inputs ??= {})[role] ??= this.form.querySelector(`[data-control="${control.name}"][data-role="${role}"]`));
  }

  change(control, value) {
    this.values[control.name] = value;
    this.gliding = null;
    if (this.presets) this.presets.value = "";
    this.step = "";
    this.show(control);
    this.schedule();
  }

  /** Set controls at once; `preset` names the preset that they are, if any, `step` the step of the story. `gliding` is the
   *  way that a glide paints, in place of the figure of the state itself. */
  set(values, preset = "", step = "", gliding = null) {
    this.gliding = gliding;
    Object.assign(this.values, values);
    if (this.presets) this.presets.value = preset;
    this.step = step;
    for (const control of this.spec.controls) {
      this.note(control, "");
      this.show(control);
    }
    this.update();
  }

  /** Update once before the next frame, however many events there were. */
  schedule() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.update();
    });
  }

  /** Run the model and show what it gives; a sweep goes on over the following frames, unless a control moves again. */
  update() {
    if (this.onlyViewMoved()) {
      this.view();
      this.display(...this.progress);
      return;
    }
    const run = (this.run += 1);
    const values = (this.ran = { ...this.values });
    for (const array of Object.values(this.arrays)) array.fill(0);
    const numbers = { ...this.numbers };
    this.take(this.model.compute(values, this.arrays, numbers), numbers);
    const count = this.fault || !this.model.step ? 0 : this.spec.sweep.count;
    this.kept = numbers;
    this.progress = [0, count];
    this.busy = count > 0;
    this.view();
    this.display(0, count);
    let done = 0, longest = 0; // ms that a step takes, by the longest of the last few
    const slice = () => {
      if (run !== this.run) return;
      const end = performance.now() + SLICE;
      let now = end - SLICE;
      do {
        this.take(this.model.step(values, this.arrays, numbers, done), numbers);
        done += 1;
        longest = Math.max(0.8 * longest, performance.now() - now);
        now = performance.now();
      } while (done < count && !this.fault && now + longest < end);
      this.busy = done < count && !this.fault;
      this.progress = [done, count];
      this.view();
      this.display(done, count);
      if (this.busy) requestAnimationFrame(slice);
    };
    if (this.busy) requestAnimationFrame(slice);
  }

  /** Whether the run at hand, under way or finished, is the one that is asked for, but for the moment of it to be shown. */
  onlyViewMoved() {
    const { view } = this.spec.sweep ?? {};
    if (!view || !this.ran || this.fault || this.ran[view] === this.values[view]) return false;
    this.ran[view] = this.values[view];
    return Object.keys(this.ran).every((name) => this.ran[name] === this.values[name]);
  }

  /** Show the moment of the run that the reader wants to see. */
  view() {
    if (!this.model.moment || this.fault) return;
    this.model.moment(this.values, this.arrays, this.kept);
    this.take(OK, this.kept);
  }

  /** The word that the model answered with, and its numbers; a word other than "ok" names a fault. */
  take(word, numbers) {
    this.fault = word === OK ? null : word;
    this.readouts = Object.fromEntries(this.spec.readouts.map(({ name }) => [name, numbers[name]]));
    this.results = { ...this.curves, ...this.readouts };
  }

  /** What an outcome of the model (say, check, answer) finds: its word, and the numbers for the sentence. */
  outcome(part) {
    const numbers = { ...this.readouts };
    return [this.model[part](this.values, numbers), { ...this.all(), ...numbers }];
  }

  /** Everything that a sentence or a figure can name. */
  all() {
    return { ...this.values, ...this.results, guess: this.guess ?? NaN };
  }

  /** Draw the figure with these values (the present ones). */
  paint(values = this.all()) {
    draw(this.root, this.drawing, this.fault ? null : values, this.step);
    this.picture?.(this.fault ? null : values);
  }

  display(done = 0, count = 1) {
    if (!this.gliding) this.paint();
    for (const readout of this.spec.readouts) {
      const element = (readout.element ??= this.root.querySelector(`data[data-readout="${readout.name}"]`) || false);
      if (!element) continue;
      const value = this.results[readout.name];
      const finite = !this.fault && Number.isFinite(value);
      element.value = finite ? String(value) : "";
      setText(element, finite ? withUnit(numberText(value, readout.digits), readout.unit) : "–");
    }
    this.root.classList.toggle("explorer-fault", this.fault !== null);
    if (this.root.getAttribute("aria-busy") !== String(this.busy)) this.root.setAttribute("aria-busy", String(this.busy));
    // Until the first run is over, the page says what it was built with.
    if (!this.busy) this.say(this.sentence());
    else if (this.said || this.moved().length) this.say(this.text.working.replace("{percent}", Math.round((100 * done) / count)));
    for (const watcher of this.watchers) watcher(!this.busy);
  }

  sentence() {
    const { faults, say } = this.spec;
    return fill(this.fault ? faults[this.fault] : say[this.outcome("say")[0]], this.all());
  }

  /** Show the sentence at once; have it read aloud when the reader has come to rest. */
  say(sentence) {
    if (this.said === sentence) return;
    this.said = sentence;
    typeset(this.shown, sentence);
    if (!("sealed" in this.root.dataset)) this.speak(plain(sentence));
  }
}

/** True when all of the element has been read: something follows it, or the page is complete. */
function complete(element) {
  while (element && !element.nextSibling) element = element.parentElement;
  return element !== null || document.readyState !== "loading";
}

let later = 0;

/** Bring the page's explorers to life as they arrive, one a frame. One that cannot start keeps its figure, and
 *  says so. */
function start() {
  clearTimeout(later);
  const root = [...document.querySelectorAll("[data-explorer]:not([data-started])")]
    .find((one) => models[one.dataset.explorer] && complete(one));
  if (root) {
    root.dataset.started = "";
    try {
      new Explorer(root);
      equipNext();
    } catch (error) {
      root.classList.remove("explorer-ready");
      delete root.dataset.sealed;
      console.error(error);
    }
  }
  if (root) afterFrame(start);
  if (root || document.readyState === "loading") later = setTimeout(start, root ? 200 : 10); // no frame comes in a hidden tab
}
