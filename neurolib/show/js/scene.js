// The scene: a picture whose parts follow the model's values, by the formulas of neurolib/explorer/moves.py.

/** Chances that are the same on every visit (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const clamp = (value) => Math.min(Math.max(value, 0), 1);
const share = ({ range: [low, high] }, value) => clamp((value - low) / (high - low));
const along = (move, value) => move.to[0] + share(move, value) * (move.to[1] - move.to[0]);

/** The outline of an arrow from the origin along x; a short one is all head, and a speck is not drawn. */
function arrow(length) {
  const size = Math.abs(length);
  if (size < 1.5) return "M0 0";
  const head = Math.min(9, size), neck = round(Math.sign(length) * (size - head)), half = round((6 * head) / 9), shaft = round((2.2 * head) / 9);
  return `M0 ${shaft}H${neck}V${half}L${round(length)} 0L${neck} ${-half}V${-shaft}H0z`;
}

/** Kinds that write one attribute: its name and what it is. */
const written = {
  show: ["opacity", (move, value) => round(along(move, value))],
  shift: ["transform", (move, value) => `translate(${move.to.map((by) => round(share(move, value) * by)).join(" ")})`],
  turn: ["transform", (move, value) => `rotate(${round(along(move, value))})`],
  scale: ["transform", (move, value) => `scale(${round(along(move, value))})`],
  arrow: ["d", (move, value) => arrow(along(move, value))],
  tint: ["color", (move, value) => `var(--nl-${move.to[Math.round(share(move, value) * (move.to.length - 1))]})`],
};

/** The other kinds: given the part, the move, the value. */
const staged = {
  fill(part, move, value) {
    const [top, height] = part.dataset.full.split(" ").map(Number), filled = share(move, value) * height;
    give(part, "y", round(top + height - filled));
    give(part, "height", round(filled));
  },
  write(part, move, value) {
    setText(part, withUnit(fixed(value, move.digits), move.unit));
  },
  count(part, move, value) {
    const number = share(move, value) * move.members.length;
    move.members.forEach((child, place) => fade(child, round(clamp(number - place))));
  },
  pick(part, move, value) {
    move.members.forEach((child, place) => fade(child, Number(place === Math.round(value))));
  },
  strip(part, move, values) {
    each(move, values, (stop, value) => give(stop, "stop-opacity", round(along(move, value))));
  },
  arrows(part, move, values) {
    each(move, values, (one, value) => give(one, "d", arrow(along(move, value))));
  },
  flow(part, move, value) {
    move.wanted = Math.max(move.rate * value, 0);
  },
  cycle(part, move, value) {
    move.wanted = move.rate * value;
    if (still.matches) staged.pick(part, move, 0);
  },
};
staged.crowd = staged.count;

/** What cannot be seen is not there for the browser either, which otherwise gives each such part a layer to sort. */
function fade(element, opacity) {
  give(element, "opacity", opacity);
  give(element, "visibility", opacity ? "inherit" : "hidden");
}

/** Every member with the value of a curve at its place along it. */
function each({ members }, values, action) {
  members.forEach((member, place) => action(member, values[Math.round((place / (members.length - 1)) * (values.length - 1))]));
}

/**
 * Bring a scene to life. Returns `show(values, moment)`: the parts go to these values (null: stay); a curve is read by
 * `moment(curve)`.
 */
function sceneOf(svg, { moves, most }) {
  const random = seeded(moves.length);
  for (const move of moves) {
    move.element = svg.querySelector(`[data-part="${move.part}"]`);
    move.members = [...move.element.children];
    if (move.kind === "crowd") {
      move.groups = move.members;
      move.members = Array.from({ length: move.most }, (_, place) => move.groups[place % move.groups.length].children[Math.floor(place / move.groups.length)]);
    } else if (move.kind === "flow") {
      move.dots = move.element.nextElementSibling;
      move.way = move.element.getTotalLength();
      move.going = [];
      move.wait = random();
    }
  }
  const flows = moves.filter(({ kind }) => kind === "flow");
  const alive = moves.filter(({ kind }) => ["flow", "cycle", "crowd"].includes(kind));
  let seen = false, frame = 0, last = 0, phase = 0;

  /** The dots of a flow at these shares of the way, the last one only as far as `whole` of it. */
  const place = (move, shares, faint = 1) => {
    while (move.dots.children.length < shares.length) {
      const dot = document.createElementNS(svg.namespaceURI, "circle");
      dot.setAttribute("r", move.radius);
      move.dots.append(dot);
    }
    [...move.dots.children].forEach((dot, i) => {
      const there = i < shares.length;
      fade(dot, there ? (i === shares.length - 1 ? faint : 1) : 0);
      if (!there) return;
      const { x, y } = move.element.getPointAtLength(shares[i] * move.way);
      give(dot, "cx", round(x)); // not as a transform, for which a browser sorts the whole page into layers anew
      give(dot, "cy", round(y));
    });
  };

  /** So many dots as are on the way at any moment, at rest. */
  const rest = () => {
    for (const move of flows) {
      const number = move.wanted * slower() * move.seconds, count = Math.ceil(number);
      place(move, Array.from({ length: count }, (_, i) => (i + 0.5) / count), round(number - count + 1));
    }
  };
  const slower = () => Math.min(1, most / Math.max(alive.reduce((sum, move) => sum + (move.wanted || 0) * (move.kind === "cycle" ? most : 1), 0), 1e-300));

  const step = (now) => {
    frame = 0;
    if (!seen || still.matches) return;
    const dt = Math.min(now - last, 50) / 1000, factor = slower();
    [last, phase] = [now, phase + dt];
    for (const move of alive) {
      if (move.kind === "crowd") {
        move.groups.forEach((group, i) => give(group, "transform", `translate(${round(3 * Math.sin(1.1 * phase + 2 * i))} ${round(3 * Math.cos(0.8 * phase + 3.1 * i))})`));
      } else if (move.kind === "cycle") {
        move.phase = ((move.phase ?? 0) + dt * (move.wanted || 0) * factor + 1) % 1;
        staged.pick(move.element, move, Math.floor(move.phase * move.members.length));
      } else {
        move.going = move.going.map((at) => at + dt / move.seconds).filter((at) => at < 1);
        move.wait -= dt * (move.wanted || 0) * factor;
        while (move.wait < 0) {
          move.going.push(0);
          move.wait += move.even ? 1 : -Math.log(1 - random());
        }
        place(move, move.going);
      }
    }
    frame = requestAnimationFrame(step);
  };
  const wake = () => {
    if (!alive.length || frame) return;
    if (still.matches) rest();
    else if (seen) {
      last = performance.now();
      frame = requestAnimationFrame(step);
    }
  };
  new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting;
    wake();
  }).observe(svg);
  still.addEventListener("change", wake);

  return (values, moment) => {
    if (values === null) return;
    for (const move of moves) {
      const held = values[move.value];
      const value = held.length === undefined || ["strip", "arrows"].includes(move.kind) ? held : moment(held);
      const hidden = Number.isNaN(value), faded = move.kind === "show" && !hidden && written.show[1](move, value) === 0;
      give(move.element, "visibility", hidden || faded ? "hidden" : "inherit");
      move.wanted = 0;
      if (hidden) continue;
      const plain = written[move.kind];
      if (plain) give(move.element, plain[0], plain[1](move, value));
      else staged[move.kind](move.element, move, value);
    }
    wake();
  };
}

/** The value of a curve where the play head stands: between two points of the time curve. */
function momentOf(times, t) {
  let low = 0, high = times.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle;
    else high = middle;
  }
  const part = clamp((t - times[low]) / (times[high] - times[low]) || 0);
  return (curve) => curve[low] + part * (curve[high] - curve[low]);
}

const atEnd = (curve) => curve[curve.length - 1];

function sceneTool(explorer) {
  const svg = explorer.root.querySelector(".explorer-scene");
  if (!svg) return;
  const { time, scene, controls } = explorer.spec;
  explorer.moveScene = (moved) => sceneOf(svg, moved);
  const show = explorer.moveScene(scene);
  explorer.picture = (values) => show(values, values?.[time]?.length ? momentOf(values[time], explorer.head) : atEnd);
  if (!scene.touch) return;
  const [name, from, to] = scene.touch;
  const control = controls.find((one) => one.name === name);
  svg.style.cursor = "pointer";
  svg.addEventListener("pointerdown", (event) => {
    const { a, e } = svg.getScreenCTM();
    const value = control.min + clamp(((event.clientX - e) / a - from) / (to - from)) * (control.max - control.min);
    explorer.change(control, at(control, positionOf(control, value)));
    explorer.play?.();
  });
}
tools.push(sceneTool);
