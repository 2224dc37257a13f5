// Run an experiment: the cell's rest, then each run of its protocol, in slices.

const MOST_SAMPLES = 40000, CHUNK = 250;
const WHERE_NONE = -65; // mV: where a run begins whose membrane has no rest

/** The times at which a run is seen: every 0.02 ms, or more seldom in a long run. */
function sampleTimes(duration) {
  const step = STEP * Math.max(2, Math.ceil(duration / MOST_SAMPLES / STEP));
  const count = Math.max(2, Math.round(duration / step) + 1);
  return Float64Array.from({ length: count }, (_, i) => (duration * i) / (count - 1));
}

/** @typedef {{times: Float64Array, states: Float64Array[], currents: Float64Array[], conductances: Float64Array[], total: Float64Array, command: number[][], failed: number}} Run */

/** One run from its first state, as a generator of its progress (0 to 1); gives a {@link Run}. */
function* oneRun(cell, protocol, rows, first) {
  const { p, states, channels } = cell, { clamp: clamped, duration } = protocol;
  const times = sampleTimes(duration), n = times.length;
  const run = {
    times, rows, failed: -1,
    states: Array.from({ length: states }, () => new Float64Array(n)),
    currents: Array.from({ length: channels }, () => new Float64Array(n)),
    conductances: Array.from({ length: channels }, () => new Float64Array(n)),
    total: new Float64Array(n).fill(p[PUMP]),
  };
  const state = first.slice(), crossings = zeros(1);
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(from + CHUNK, n), count = to - from, part = times.subarray(from, to);
    const samples = zeros(states * count), g = zeros(channels * count), I = zeros(channels * count);
    const begin = from === 0 ? 0 : times[from - 1], end = times[to - 1];
    if (clamped === "voltage") kernel.clamp(state, p, rows, rows.length / 3, begin, end, part, count, samples, STEP);
    else [run.failed] = kernel.integrate(state, p, rows, rows.length / 3, begin, end, part, count, samples, crossings, 1, Infinity, STEP);
    kernel.channel_currents(p, samples, count, g, I);
    for (let j = 0; j < states; j++) run.states[j].set(samples.subarray(j * count, (j + 1) * count), from);
    for (let k = 0; k < channels; k++) {
      run.currents[k].set(I.subarray(k * count, (k + 1) * count), from);
      run.conductances[k].set(g.subarray(k * count, (k + 1) * count), from);
      for (let i = 0; i < count; i++) run.total[from + i] += I[k * count + i];
    }
    if (run.failed >= 0) return run;
    yield to / n;
  }
  return run;
}

const ASIDE = 1; // mV: a run begins so far below a rest that is unstable, where it would stay for long

/** The rest under a constant current, or, where there is none, the steady state from which a run begins. */
function restOf(cell, I) {
  const state = zeros(cell.states);
  if (Number.isNaN(kernel.rest(cell.p, I, state))) kernel.steady_state(WHERE_NONE, cell.p, state);
  return state;
}

/** The rest under a constant current, its V (NaN where there is none), and the first state of a run that begins there. */
function beginning(cell, I) {
  const rest = zeros(cell.states), V = (rest[0] = kernel.rest(cell.p, I, rest)), some = Number.isFinite(V);
  const first = rest.slice(), stable = some && isStable(cell, rest, I);
  if (!some) kernel.steady_state(WHERE_NONE, cell.p, first);
  else if (!stable) first[0] -= ASIDE;
  return { first, rest, V, stable };
}

/** All runs of an experiment, as a generator of its progress; gives what the panels show. */
function* perform(experiment) {
  const cell = packed(experiment.membrane), { protocol } = experiment;
  const clamped = protocol.clamp === "voltage", { first, rest, V, stable } = beginning(cell, clamped ? 0 : protocol.base);
  if (clamped) kernel.steady_state(protocol.base, cell.p, first);
  const commands = commandsOf(protocol), runs = [];
  for (const { rows } of commands) {
    const work = oneRun(cell, protocol, rows, first);
    for (;;) {
      const { value, done } = work.next();
      if (done) {
        runs.push(value);
        break;
      }
      yield (runs.length + value) / commands.length;
    }
  }
  const failed = runs.find((run) => run.failed >= 0)?.failed ?? -1;
  return { experiment, cell, commands, runs, failed, rest: V, restState: rest, stable };
}
