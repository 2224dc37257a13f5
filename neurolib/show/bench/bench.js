// The bench: holds the experiment and its past, runs it, shows it, and gives the reader's hand its groups of controls.

const DEFAULT_PANELS = ["V", "currents", "gates", "steady", "tau"], MOST_PANELS = 8;

/** What the page's data fill in. */
const TABLES = { QUANTITIES, KIND_FIELDS, KIND_DEFAULTS, ROLE_FORMS, SCHEMA, VALENCES, CURVE_CODES, CURVE_NUMBERS, DRIVE_CODES, ORDINARY, ION_NAMES, FRESH_POOL };

/** Currents of an f–I curve: up to what carries the cell's capacitance far beyond its threshold. */
const sweepRange = ({ C_m }) => [0, C_m >= 10 ? 200 : 20];

/** The sweeps of a membrane by the kind of their panel: what is known of each, and the work that finds it. */
const sweepsOf = (membrane) => ({
  fI: { xs: [], ys: [], done: false, work: rates(membrane, sweepRange(membrane)) },
  strength: { xs: [], ys: [], done: false, work: thresholds(membrane) },
});

class Bench {
  constructor(root) {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    for (const [name, table] of Object.entries(TABLES)) Object.assign(table, data.tables[name]);
    Object.assign(this, { root, text: data.text, catalogue: data.catalogue, lessons: data.lessons, tables: data.tables });
    this.figure = root.querySelector(".bench-figure");
    this.hand = root.querySelector(".bench-hand");
    this.message = root.querySelector(".explorer-message");
    this.message.addEventListener("click", () => getSelection().isCollapsed && this.tell(""));
    this.shown = root.querySelector(".explorer-sentence");
    this.speak = politely(root.querySelector(".explorer-spoken"));
    this.memory = {}; // limits of axes
    this.left = {}; // protocols as they were left for another kind, by clamp and kind
    this.panels = new Map(); // by their keys
    this.swept = {}; // what the sweeps of the result's membrane have found
    this.watchers = [];
    this.followers = []; // of the group at hand
    this.group = "channels";
    this.open = null; // the channel whose editor is open
    const { membrane, protocol } = this.catalogue.cells[data.first];
    this.history = new History({ format: 1, membrane, protocol, view: { panels: DEFAULT_PANELS } });
    root.neurolib = this;
    this.arrange();
    for (const part of [handPart, readingPart, gripsPart, ghostPart, barPart, lessonsPart, addressPart]) part(this);
    new ResizeObserver(() => this.draw()).observe(this.figure);
    root.classList.add("explorer-ready");
    this.changed();
  }

  get experiment() {
    return this.history.present;
  }

  /** Call after each result. */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  /** Call now and whenever the experiment has changed, as long as the group at hand stands. */
  follow(sync) {
    this.followers.push(sync);
  }

  /** Say something over the figure, until the next edit or a tap; what is `brief` goes by itself. */
  tell(words, brief = false) {
    clearTimeout(this.telling);
    this.message.textContent = words;
    if (brief) this.telling = setTimeout(() => this.tell(""), 3000);
  }

  /** Edit what a path leads to; edits of one mark in a row are one step back. */
  edit(pathTo, value, mark = "") {
    if (Object.is(at_path(this.experiment, pathTo), value)) return;
    this.make(changed(this.experiment, pathTo, value), mark);
  }

  /** Make another experiment the present one, unless a link could not hold it: then the controls go back, and it is said. */
  make(experiment, mark = "") {
    const next = completed(experiment), wrong = unsound(next);
    this.tell(wrong && filled(this.text.refused, { part: wrong }));
    if (!wrong) this.history.edit(next, mark);
    this.schedule();
  }

  /** Begin with another experiment: what was remembered of the one before is forgotten. */
  begin(experiment) {
    Object.assign(this, { open: null, memory: {}, left: {} });
    this.make(experiment);
  }

  /** The slider has been let go: the next move of it is an edit of its own. */
  settle() {
    this.history.mark = "";
  }

  go(by) {
    if (this.history.go(by)) this.schedule();
  }

  /** Show the change in the controls at once, run once before the next frame. */
  schedule() {
    this.arrange();
    this.refresh();
    for (const sync of this.followers) sync();
    if (this.frame) return;
    this.frame = true;
    nextFrame(() => {
      this.frame = false;
      this.changed();
    });
  }

  /** Run the present experiment; what is shown stays until the run is whole. */
  changed() {
    this.arrange();
    this.stop?.();
    this.stopSweeps?.();
    const { experiment, result } = this, wrong = faultOf(experiment, this.text);
    if (wrong) return this.fail(wrong);
    if (["membrane", "protocol"].every((part) => result?.experiment[part] === experiment[part])) return this.take({ ...result, experiment });
    this.root.setAttribute("aria-busy", "true");
    this.stop = inSlices(perform(experiment), (share) => {
      this.shown.textContent = this.text.working.replace("{percent}", Math.round(100 * (share ?? 0)));
    }, (result) => this.take(result), () => this.fail(this.text.broken));
  }

  take(result) {
    this.root.setAttribute("aria-busy", "false");
    if (result.failed >= 0) return this.fail(fill(this.text.left, { t: result.failed }));
    this.result = result;
    this.numbers = measured(result);
    this.fault = null;
    this.root.classList.remove("explorer-fault");
    this.sweep();
    this.draw();
    this.say(sentenceOf(this));
    for (const watcher of this.watchers) watcher();
  }

  /** Say in one sentence what is wrong; the last whole figure stays, faint. */
  fail(sentence) {
    this.root.setAttribute("aria-busy", "false");
    this.fault = sentence;
    this.root.classList.add("explorer-fault");
    this.say(sentence);
    for (const watcher of this.watchers) watcher();
  }

  say(sentence) {
    typeset(this.shown, sentence);
    this.speak(plain(sentence));
  }

  /** Compute what the sweeps' panels show, in slices; after a change of anything but the membrane they go on where they were. */
  sweep() {
    const { membrane } = this.result.experiment;
    if (this.swept.membrane !== membrane) this.swept = { membrane, range: sweepRange(membrane), ...sweepsOf(membrane) };
    const next = this.kinds().find((kind) => this.swept[kind] && !this.swept[kind].done), of = this.swept[next];
    if (!of) return;
    const take = (found) => {
      Object.assign(of, found);
      this.draw([next]);
    };
    const finish = (found) => {
      take({ ...found, done: true });
      for (const watcher of this.watchers) watcher();
      this.sweep();
    };
    this.stopSweeps = inSlices(of.work, take, finish, () => finish({}));
  }

  /** The panels that the reader has chosen. */
  kinds() {
    return [...new Set(this.experiment.view?.panels ?? DEFAULT_PANELS)].filter((kind) => Object.hasOwn(views, kind)).slice(0, MOST_PANELS);
  }

  /** Panels in the order of the reader's choice, each an SVG of its own; those that stay keep their element. */
  arrange() {
    const kinds = this.kinds(), key = kinds.join();
    if (this.arranged === key) return;
    this.arranged = key;
    this.figure.dataset.count = kinds.length;
    for (const kind of kinds) {
      if (this.panels.has(kind)) continue;
      const svg = drawn("svg", { class: "bench-panel", "data-kind": kind, role: "img" });
      const layers = { still: drawn("g"), ghost: drawn("g", { class: "explorer-ghost" }), cursor: drawn("g", { class: "explorer-cursor" }), grips: drawn("g") };
      svg.append(...Object.values(layers));
      this.panels.set(kind, { svg, ...layers });
    }
    this.figure.replaceChildren(...kinds.map((kind) => this.panels.get(kind).svg));
  }

  /** Draw the panels (of these kinds). */
  draw(kinds = this.kinds()) {
    if (!this.result) return;
    const { text, result, open, swept: sweeps, recording } = this, gate = result.experiment.view?.gate;
    const openIndex = open === null ? null : result.experiment.membrane.channels.findIndex(({ name }) => name === open);
    const sizes = this.kinds().map((kind) => this.panels.get(kind).svg.getBoundingClientRect());
    this.kinds().forEach((kind, i) => {
      if (!kinds.includes(kind) || sizes[i].width < 80) return;
      const panel = this.panels.get(kind);
      panel.data = { key: kind, ...views[kind]({ text, result, open: openIndex === -1 ? null : openIndex, sweeps, recording, gate }) };
      panel.data.plots.forEach((plot, j) => (plot.also = [...(plot.also ?? []), ...this.heldCurves(kind, j, plot).filter(({ loose }) => !loose).map(({ ys }) => ys)]));
      const [width, height] = [sizes[i].width, sizes[i].height].map(Math.round);
      drawPanel(panel.still, panel.data, width, height, this.memory);
      panel.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      panel.svg.setAttribute("aria-label", panel.data.plots.map(({ label, unit }) => plain(unit ? `${label} (${unit})` : label)).join("; "));
    });
    for (const watcher of this.drawers ?? []) watcher();
  }

  /** Call after each drawing. */
  whenDrawn(watcher) {
    (this.drawers ??= []).push(watcher);
  }
}

function startBench() {
  for (const root of document.querySelectorAll("[data-bench]:not([data-started])")) {
    root.dataset.started = "";
    try {
      new Bench(root);
    } catch (error) {
      root.classList.remove("explorer-ready");
      console.error(error);
    }
  }
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startBench);
else startBench();
