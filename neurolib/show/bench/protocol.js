// Protocols: what the electrode does, as rows (time, value, slope) for the kernel, one set of rows a run.

const NOISE_STEP = 0.5, MOST_ROWS = 20000, SINE_PIECES = 64, LEAST_PIECES = 16; // ms; rows of a run; pieces of a period of a sine, and the fewest

/** The fields of a kind beyond base and duration, each with its quantity ("level" follows the clamp), and what a protocol starts
 *  with when its kind is chosen for the first time, by clamp and kind. */
const KIND_FIELDS = {}, KIND_DEFAULTS = {};

/** Uniform numbers from a seed, alike in Python: a linear congruence of 32 bits, of which the upper 24 count. */
function uniform(seed) {
  let state = (Math.imul(seed, 747796405) + 2891336453) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 8) + 0.5) / 2 ** 24;
  };
}

/** The rows of one member, and the level that is its own. */
function rowsOf(protocol, level = protocol.amplitude) {
  const { kind, base, onset, width } = protocol, rows = [];
  const row = (t, value, slope = 0) => rows.push(t, value, slope);
  row(0, base);
  const pulse = (t, value) => (row(t, value), row(t + width, base));
  if (kind === "pulse") pulse(onset, level);
  if (kind === "pair") {
    row(onset, level);
    if (width < protocol.interval) row(onset + width, base);
    pulse(onset + protocol.interval, protocol.second);
  }
  if (kind === "train") {
    for (let i = 0; i < protocol.count; i++) {
      row(onset + i * protocol.period, level);
      if (width < protocol.period || i === protocol.count - 1) row(onset + i * protocol.period + width, base);
    }
  }
  if (kind === "ramp") (row(onset, protocol.start, (level - protocol.start) / width), row(onset + width, base));
  if (kind === "sine") {
    const omega = (2 * Math.PI * protocol.frequency) / 1000;
    const pieces = Math.max(1, Math.min(MOST_ROWS, Math.ceil((width * protocol.frequency * SINE_PIECES) / 1000)));
    const step = width / pieces, value = (i) => base + (level - base) * Math.sin(omega * i * step);
    for (let i = 0; i < pieces; i++) row(onset + i * step, value(i), (value(i + 1) - value(i)) / step);
    row(onset + width, base);
  }
  if (kind === "noise") {
    const next = uniform(protocol.seed), steps = Math.max(1, Math.min(MOST_ROWS, Math.round(width / NOISE_STEP))), step = width / steps;
    const keep = Math.exp(-step / protocol.tau), spread = protocol.sd * Math.sqrt(1 - keep * keep);
    const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    let off = protocol.sd * normal();
    for (let i = 0; i < steps; i++) {
      row(onset + i * step, level + off);
      off = off * keep + spread * normal();
    }
    row(onset + width, base);
  }
  if (kind === "family") {
    if (protocol.pre_width > 0) row(Math.max(onset - protocol.pre_width, 0), protocol.pre);
    row(onset, level);
    row(onset + width, protocol.tail);
  }
  if (kind === "table") for (const [t, value] of [...protocol.rows].sort((a, b) => a[0] - b[0])) row(t, value);
  return Float64Array.from(rows);
}

/** One entry a run: its rows and its level. */
function commandsOf(protocol) {
  if (protocol.kind !== "family") return [{ rows: rowsOf(protocol), level: protocol.amplitude }];
  const { first, last, count } = protocol;
  return Array.from({ length: count }, (_, i) => {
    const level = count === 1 ? last : first + ((last - first) * i) / (count - 1);
    return { rows: rowsOf(protocol, level), level };
  });
}

/** The stimulus that a phase plane is drawn for: the pulse's level, or the holding current. */
const meanStimulus = ({ kind, width, duration, amplitude, base }) => (kind === "pulse" && width > duration / 3 ? amplitude : base);

/** The protocol after another kind or clamp has been chosen: levels and onset stay, times fit the kind, and the run holds it whole. */
function turned(protocol, clamp, kind) {
  const fresh = KIND_DEFAULTS[clamp][kind], stays = (name) => name in protocol && (name === "base" || ["level", "time"].includes(KIND_FIELDS[kind][name]));
  const made = { clamp, kind, ...fresh, ...clamp === protocol.clamp && Object.fromEntries(Object.keys(fresh).filter(stays).map((name) => [name, protocol[name]])) };
  const { onset = 0, width = 0, interval = 0, period = 0, count = 1, duration } = made;
  return { ...made, duration: Math.min(Math.max(duration, onset + interval + period * (count - 1) + width), QUANTITIES.duration.most) };
}

/** Where the drawn protocol can be taken by the hand: `at` gives time and level, `moved` the fields for another place. */
function gripsOf(protocol) {
  const { kind, onset, width, duration } = protocol, long = (t) => Math.min(Math.max(t, 0), duration);
  const last = kind === "family" ? "last" : "amplitude";
  if (kind === "table") return protocol.rows.map(([t, value], i) => ({ t, value, moved: (to, level) => ({ rows: protocol.rows.map((row, j) => (j === i ? [Math.min(Math.max(to, protocol.rows[i - 1]?.[0] ?? 0), protocol.rows[i + 1]?.[0] ?? duration), level] : row)) }) }));
  const grips = [
    { t: onset, value: kind === "ramp" ? protocol.start : protocol[last], moved: (to, level) => ({ onset: long(to), ...kind === "ramp" && { start: level } }) },
    { t: onset + width, value: protocol[last], moved: (to, level) => ({ width: Math.max(long(to) - onset, 0.05), [last]: level }) },
  ];
  if (kind === "pair") grips.push({ t: onset + protocol.interval, value: protocol.second, moved: (to, level) => ({ interval: Math.max(long(to) - onset, 0.1), second: level }) });
  if (kind === "train") grips.push({ t: onset + protocol.period, value: protocol.amplitude, moved: (to) => ({ period: Math.max(long(to) - onset, 0.1) }) });
  if (kind === "family") grips.push({ t: onset + width / 2, value: protocol.first, moved: (_, level) => ({ first: level }) });
  return grips;
}
