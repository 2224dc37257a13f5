// Sweeps: how often the cell fires under steps of current, and how strong a pulse has to be that makes it fire.

const STEPS = 25, SECOND = 500, SETTLE = 100; // ms of each step; what of it is passed over
const DURATIONS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const STRONGEST = 1e4; // µA/cm²

/** @typedef {{xs: number[], ys: number[], anyway?: boolean}} Sweep points as far as they are there; whether it fires without a pulse */

/** Run the cell from `start` under these rows; the times at which V passes LEVEL upwards after `from`, at most so many. */
function crossingsOf({ p }, start, rows, from, to, most, step) {
  const state = start.slice(), found = zeros(most), none = zeros(0);
  if (from > 0) kernel.integrate(state, p, rows, rows.length / 3, 0, from, none, 0, none, found, 1, Infinity, step);
  return found.subarray(0, kernel.integrate(state, p, rows, rows.length / 3, from, to, none, 0, none, found, most, LEVEL, step)[1]);
}

/** Firing rate under steps of current that begin at rest: points (I, Hz), one after another; a generator of a {@link Sweep}. */
function* rates(membrane, [low, high]) {
  const cell = packed(membrane), found = { xs: [], ys: [] }, start = restOf(cell, 0);
  for (let i = 0; i < STEPS; i++) {
    const I = low + ((high - low) * i) / (STEPS - 1);
    const times = crossingsOf(cell, start, Float64Array.of(0, I, 0), SETTLE, SECOND, 2000, 2 * STEP), n = times.length;
    found.xs.push(I);
    found.ys.push(n > 1 ? (1000 * (n - 1)) / (times[n - 1] - times[0]) : 0);
    yield found;
  }
  return found;
}

/** Whether the membrane's own current raises V where it passes LEVEL; else the pulse alone does, and that is no spike. */
function drivesItself(cell, start, rows, to) {
  const [t] = crossingsOf(cell, start, rows, 0, to, 1, STEP), state = start.slice(), none = zeros(0), slopes = zeros(cell.states);
  kernel.integrate(state, cell.p, rows, rows.length / 3, 0, t, none, 0, none, zeros(1), 1, Infinity, STEP);
  kernel.derivative(state, cell.p, 0, slopes);
  return slopes[0] > 0;
}

/** Threshold of a rectangular pulse by its duration, by bisection; a generator of a {@link Sweep}. */
function* thresholds(membrane) {
  const cell = packed(membrane), found = { xs: [], ys: [] }, start = restOf(cell, 0);
  for (const width of [...DURATIONS].reverse()) {
    const pulse = (amplitude) => Float64Array.of(0, amplitude, 0, width, 0, 0);
    const fires = (amplitude) => crossingsOf(cell, start, pulse(amplitude), 0, width + 30, 1, STEP).length;
    if (fires(0)) return { ...found, anyway: true };
    let low = 0, high = 1;
    while (high < STRONGEST && !fires(high)) {
      [low, high] = [high, 2 * high];
      yield found;
    }
    if (high >= STRONGEST) break;
    while (high - low > 1e-3 * high) {
      const middle = 0.5 * (low + high);
      if (fires(middle)) high = middle;
      else low = middle;
      yield found;
    }
    if (drivesItself(cell, start, pulse(high), width + 30)) {
      found.xs.unshift(width);
      found.ys.unshift(high);
    }
    yield found;
  }
  return found;
}
