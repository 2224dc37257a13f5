// What is read off a run: spikes and their features, as neurolib.spikes defines them, and currents under a voltage clamp.

const LEVEL = 0, SLOPE = 10, HYSTERESIS = 5, DEAD_TIME = 0.5; // mV; mV/ms; mV; ms

/** Where V goes above LEVEL, and where it has come back below it by HYSTERESIS, or the end; as neurolib.recordings.excursions. */
function excursions(times, V) {
  const found = [], n = V.length;
  let above = false;
  for (let i = 0; i < n; i++) {
    if (!above && V[i] >= LEVEL) {
      above = true;
      if (found.length && times[i - 1] - times[found.at(-1).back] < DEAD_TIME) found.at(-1).back = n;
      else found.push({ up: i, back: n });
    } else if (above && V[i] < LEVEL - HYSTERESIS) {
      above = false;
      found.at(-1).back = i;
    }
  }
  return found.filter(({ up }) => up > 0); // none that is under way at the start
}

/**
 * The spikes of a trace, the last of which may not have come `down`. `slope(i)` is the membrane's own dV/dt at sample i (mV/ms).
 * @returns {{t: number, peak: number, threshold: number, width: number, trough: number, down: boolean}[]}
 */
function spikesOf(times, V, slope, rest) {
  const n = V.length, all = excursions(times, V);
  return all.map(({ up, back }, number) => {
    const next = all[number + 1]?.up ?? n;
    const top = kernel.index_of_maximum(V, up, back);
    const [t, peak] = kernel.vertex(times, V, top, n);
    let start = up;
    const floor = number ? all[number - 1].up : 0;
    while (start > floor && slope(start) > SLOPE) start -= 1;
    const [a, b] = [slope(start), slope(start + 1)];
    const share = start === up ? NaN : (SLOPE - a) / (b - a);
    const threshold = V[start] + share * (V[start + 1] - V[start]);
    const width = kernel.width_at(times, V, n, top, 0.5 * (rest + peak));
    const low = kernel.index_of_minimum(V, top, next);
    return { t, peak, threshold, width, trough: V[low], down: back < n };
  });
}

/** Mean rate over the intervals between spikes, Hz; none of a single one. */
const rateOf = (spikes) => (spikes.length > 1 ? (1000 * (spikes.length - 1)) / (spikes.at(-1).t - spikes[0].t) : NaN);

/** How many have come back down: what stays up is no spike yet. */
const counted = (spikes) => spikes.filter(({ down }) => down).length;

/** The numbers of a result by name: what the sentence, the table and the lessons read. */
function measured(result) {
  const { experiment, runs, rest, stable, commands } = result, C_m = experiment.membrane.C_m;
  const numbers = { rest, stable: Number(stable), runs: runs.length, step: runs[0].times[1] };
  const spikes = experiment.protocol.clamp === "current" ? runs.map((run) => spikesOf(run.times, run.states[0], (i) => -run.total[i] / C_m, rest)) : [];
  const run = spikes.reduce((best, list, k) => (list.length > spikes[best].length ? k : best), 0), most = spikes[run] ?? [], [first] = most;
  numbers.spikes = counted(most);
  numbers.end = runs[run].states[0].at(-1);
  numbers.stays = Number(most.at(-1)?.down === false && numbers.end >= LEVEL);
  Object.assign(numbers, {
    peak: first?.peak ?? NaN, time: first?.t ?? NaN, threshold: first?.threshold ?? NaN, width: first?.width ?? NaN, trough: first?.trough ?? NaN,
    rate: rateOf(most), firing: spikes.filter(counted).length,
  });
  const intervals = most.slice(1).map(({ t }, i) => t - most[i].t), { amplitude = NaN, base, interval = NaN, second = NaN, onset = 0, width = 0, duration } = experiment.protocol;
  Object.assign(numbers, {
    adaptation: intervals.at(-1) / intervals[0], temperature: experiment.membrane.temperature, channels: experiment.membrane.channels.length,
    amplitude, base, interval, second, pulse: width, level: commands.at(-1).level, voltage_clamp: Number(experiment.protocol.clamp === "voltage"), duration,
  });
  experiment.membrane.channels.forEach(({ name }, k) => {
    const run = runs.at(-1);
    numbers[`g_${name}`] = valueIn(run.times, run.conductances[k], Math.min(onset + width - 0.05, duration));
  });
  numbers.g_open = experiment.membrane.channels.reduce((sum, { g, scale = 1 }) => sum + g * scale, 0);
  [, numbers.highest] = extent(runs.map(({ states: [V] }) => V));
  if (experiment.protocol.clamp === "voltage") {
    // Where the command stands still, after the first jump.
    let inward = [0, 0, 0], outward = [0, 0, 0];
    runs.forEach((run, k) => {
      for (let i = 0; i < run.times.length; i++) {
        if (run.times[i] <= experiment.protocol.onset) continue;
        const here = [run.total[i], run.times[i], run.states[0][i], k];
        if (here[0] < inward[0]) inward = here;
        if (here[0] > outward[0]) outward = here;
      }
    });
    Object.assign(numbers, { inward: inward[0], inward_V: inward[2], outward: outward[0], outward_V: outward[2] });
  }
  return numbers;
}

/** Whether the numbers are what a lesson asks for. */
const reached = (numbers, goals) => goals.every(({ of, least = -Infinity, most = Infinity }) => numbers[of] >= least && numbers[of] <= most);
