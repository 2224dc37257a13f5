// The play head: where a model has time, one moment of it, which curves and scene show; it runs, or the reader moves it.

const RUN = 5000; // ms that a run takes
const SPEEDS = [["1×", 1], ["¼×", 0.25]];
const PLACES = 500; // of the slider

function playTool(explorer) {
  const { root, spec, text } = explorer;
  if (!spec.time) return;
  // Where time is a control, the head moves that; otherwise it reads the curves along theirs.
  const control = spec.controls?.find(({ name }) => name === spec.time);
  /** The axis of time as far as the model has values, 0 to 1. */
  const axis = () => {
    if (control) return { scale: control.scale, low: control.min, high: control.max, from: 0, to: 1 };
    const times = explorer.results[spec.time];
    const curves = explorer.drawing.moving.filter(({ kind, x }) => kind === "curve" && x === spec.time);
    const { scale = "linear", low = -Infinity, high = Infinity } = curves.length ? widest(explorer.drawing.panels, curves).x : {};
    return { scale, low: Math.max(low, times[0]), high: Math.min(high, times[times.length - 1]), from: 0, to: 1 };
  };
  const { label } = control ?? spec.curves.find(({ name }) => name === spec.time);
  let speed = 0, playing = false, fresh = true, last = 0;

  const play = make("button", { type: "button", class: "explorer-run", "data-tool": "play", click: () => run(!playing) });
  const pace = make("button", { type: "button", class: "explorer-pace", "data-tool": "speed", "aria-label": text.speed, click: () => {
    speed = (speed + 1) % SPEEDS.length;
    pace.textContent = SPEEDS[speed][0];
  } }, SPEEDS[0][0]);
  const slider = make("input", {
    type: "range", min: 0, max: PLACES, class: "explorer-moment", "data-tool": "head",
    "aria-label": text.head.replace("{name}", plain(label)),
    input: () => {
      slider.setAttribute("aria-valuetext", explorer.seek(inverse(axis(), slider.value / PLACES), true));
    },
  });
  const monitor = monitorOf(explorer);
  const picture = root.querySelector(".explorer-picture") ?? make("div", { class: "explorer-picture explorer-bare" });
  (root.querySelector(".explorer-view") ?? root).prepend(picture);
  picture.append(make("div", { class: "explorer-play" }, play, make("div", {}, pace, ...(monitor ? [monitor.button] : []))), slider);

  /** Show the moment `t` of the model; with `values`, the numbers at the curves too, which it returns as a sentence. */
  const go = (t, values) => {
    const here = axis();
    explorer.head = Math.min(Math.max(t, here.low), here.high);
    slider.value = transform(here)(explorer.head) * PLACES;
    if (control) {
      explorer.values[control.name] = explorer.head;
      explorer.show(control);
      explorer.update();
      return withUnit(significant(explorer.head), control.unit);
    }
    explorer.picture?.(explorer.fault ? null : explorer.all());
    return explorer.readHead?.(explorer.head, values) ?? "";
  };

  /** The reader moves the head. A pointer that merely passes over a run does not stop it. */
  explorer.seek = (t, held) => {
    if (playing && !held) return "";
    run(false);
    fresh = false;
    return go(t, true);
  };

  const run = (on) => {
    if (playing === on && play.textContent) return;
    playing = on;
    play.textContent = on ? "❚❚" : "▶";
    play.setAttribute("aria-label", on ? text.pause : text.play);
    if (!on) return monitor?.hush();
    const { low, high } = axis();
    if (fresh || explorer.head >= high) go(low, true);
    fresh = false;
    last = performance.now();
    requestAnimationFrame(frame);
  };
  const frame = (now) => {
    if (!playing) return;
    const here = axis();
    const at = transform(here)(explorer.head) + (SPEEDS[speed][1] * Math.min(now - last, 100)) / RUN;
    go(inverse(here, Math.min(at, 1)), true);
    monitor?.follow(explorer.head);
    last = now;
    if (at >= 1) run(false);
    else requestAnimationFrame(frame);
  };
  /** Play from the beginning. */
  explorer.play = () => {
    run(false);
    fresh = true;
    run(true);
  };
  run(false);
  new IntersectionObserver(([entry]) => !entry.isIntersecting && run(false)).observe(picture);
  explorer.watch(() => {
    if (explorer.fault) return;
    if (!control) go(explorer.head, !fresh);
    else slider.value = transform(axis())((explorer.head = explorer.values[control.name])) * PLACES;
  });
}
tools.push(playTool);
