// What each kind of panel shows of a result.

const SPAN = [-110, 70], PLACES = 181; // mV: the voltages of curves over V

/** The colour of a channel: that of its ion, told by its drive or its name. */
function hueOf({ name, drive }) {
  const word = drive.ion ?? ["Na", "K", "Ca", "Cl"].find((ion) => new RegExp(`^${ion}(?![a-z])`).test(name));
  if (word) return word;
  if (/^(T|L_?type|N_?type)$/i.test(name)) return "Ca";
  return /^(M|A|BK|SK|AHP)/.test(name) ? "K" : "leak";
}

/** A dash for each channel or gate whose colour is taken already. */
function dashesOf(colours) {
  const seen = {};
  return colours.map((colour) => DASHES[(seen[colour] = (seen[colour] ?? -1) + 1) % DASHES.length]);
}

const inTime = (text, duration) => ({ axis: "t", x: { label: text.t, unit: text.ms, low: 0, high: duration } });
const VOLTAGES = Float64Array.from({ length: PLACES }, (_, i) => SPAN[0] + ((SPAN[1] - SPAN[0]) * i) / (PLACES - 1));
const overV = (text) => ({ axis: "V", x: { label: "V", unit: "mV", low: SPAN[0], high: SPAN[1] } });

/** Points of a command, with its jumps. */
function commandPoints(rows, duration) {
  const ts = [], values = [];
  for (let i = 0; i < rows.length && rows[i] <= duration; i += 3) {
    const [t, value, slope] = rows.subarray(i, i + 3), end = Math.min(rows[i + 3] ?? duration, duration);
    ts.push(t, end);
    values.push(value, value + slope * (end - t));
  }
  return [ts, values];
}

/** Of a family the runs are drawn thin, and one of them, the last, carries the names. */
function perRun(result, curvesOf) {
  const { runs } = result;
  return runs.flatMap((run, k) => curvesOf(run, k).map((curve) => ({
    ...curve, width: runs.length > 1 ? 1.1 : curve.width, label: k === runs.length - 1 ? curve.label : undefined, hidden: runs.length > 1 && k < runs.length - 1,
  })));
}

const decade = (value, how) => 10 ** how(Math.log10(value) + 1e-9);

/** A curve for each channel over time. */
function ofChannels({ text, result }, what, unit, letter, shows) {
  const { channels } = result.experiment.membrane, colours = channels.map(hueOf), dashes = dashesOf(colours);
  return {
    ...inTime(text, result.experiment.protocol.duration),
    plots: [{ label: text[what], unit: text[unit], also: [[0]], curves: perRun(result, (run) => channels.map(({ name }, k) => ({ xs: run.times, ys: run[what][k], colour: colours[k], dash: dashes[k], label: `${letter}_${name}` })).filter((_, k) => shows(channels[k]))) }],
  };
}

/** A curve for each gate over V; those of other channels than the open one are faint. */
function overVoltage({ result, open }, what, named) {
  const { gates } = result.cell, dashes = dashesOf(gates.map(({ colour }) => colour)), found = gateCurves(result);
  return gates.map(({ label, colour, channel, state }, j) => ({ state, xs: found.Vs, ys: found[what][j], colour, dash: dashes[j], label: named(label), faint: open !== null && channel !== open })).filter(({ state }) => state || what === "inf");
}

/** The points of a sweep as they come. */
const swept = ({ xs, ys }) => ({ curves: [{ xs, ys, colour: "ink", width: 1.6 }], dots: xs.map((x, i) => ({ x, y: ys[i], colour: "ink", r: 2.5 })) });

const views = {
  V({ text, result, recording }) {
    const { protocol } = result.experiment, current = protocol.clamp === "current";
    const command = perRun(result, (run) => {
      const [xs, ys] = commandPoints(run.rows, protocol.duration);
      return [{ xs, ys, colour: "stimulus" }];
    });
    const response = current
      ? perRun(result, (run) => [{ xs: run.times, ys: run.states[0], colour: "ink", width: 2 }])
      : perRun(result, (run) => [{ xs: run.times, ys: run.total, colour: "ink", width: 2 }]);
    if (current && recording) response.push({ xs: recording.times, ys: recording.V, colour: "accent", width: 1.2, label: text.yours });
    return {
      ...inTime(text, protocol.duration),
      plots: [
        { label: current ? text.voltage : text.totalCurrent, unit: current ? "mV" : text.density, share: 3.2, curves: response, ...current && { also: [[-90, 30]] } },
        { label: current ? text.stimulus : text.command, unit: current ? text.density : "mV", share: 1, curves: command },
      ],
    };
  },

  currents: (shown) => ofChannels(shown, "currents", "density", "I", () => true),

  conductances: (shown) => ofChannels(shown, "conductances", "siemens", "g", ({ drive }) => drive.form !== "constant_field"),

  gates({ text, result, open }) {
    const { cell } = result, dashes = dashesOf(cell.gates.map(({ colour }) => colour));
    return {
      ...inTime(text, result.experiment.protocol.duration),
      plots: [{ label: text.gates, unit: "", low: 0, high: 1, curves: perRun(result, (run) => cell.gates.map(({ label, colour, channel, state }, j) => ({ xs: run.times, ys: state ? run.states[state] : [], colour, dash: dashes[j], label, faint: open !== null && channel !== open }))) }],
    };
  },

  calcium({ text, result }) {
    const last = result.cell.states - 1;
    return {
      ...inTime(text, result.experiment.protocol.duration),
      note: result.experiment.membrane.pool ? "" : text.noPool,
      plots: [{ label: text.calcium, unit: text.micromolar, also: [[0]], curves: perRun(result, (run) => [{ xs: run.times, ys: run.states[last].map((value) => 1000 * value), colour: "Ca", width: 2 }]) }],
    };
  },

  steady: (shown) => ({ ...overV(shown.text), plots: [{ label: shown.text.steady, unit: "", low: 0, high: 1, curves: overVoltage(shown, "inf", (name) => `${name}${name.includes("_") ? "" : "_"}∞`) }] }),

  tau(shown) {
    const curves = overVoltage(shown, "tau", (name) => `τ_${name.replace("_", "")}`), [low, high] = extent(curves.map(({ ys }) => ys));
    return {
      ...overV(shown.text),
      plots: [{ label: shown.text.tau, unit: shown.text.ms, logarithmic: true, low: low > 0 ? Math.max(decade(low, Math.floor), 1e-4) : 0.1, high: high > 0 ? Math.min(Math.max(decade(high, Math.ceil), 10 * low), 1e6) : 10, curves }],
    };
  },

  iv({ text, result }) {
    const { channels } = result.experiment.membrane, { protocol } = result.experiment;
    const { Vs, currents, total } = steadyCurrents(result), colours = channels.map(hueOf), dashes = dashesOf(colours);
    const dots = protocol.clamp === "current" && Number.isFinite(result.rest) ? [{ x: result.rest, y: protocol.base, colour: "accent", hollow: !result.stable, r: 5 }] : [];
    const peaks = protocol.clamp === "voltage" ? clampPoints(result) : [];
    return {
      ...overV(text),
      plots: [{
        label: peaks.length ? text.ivClamp : text.iv, unit: text.density,
        curves: [
          ...channels.map(({ name }, k) => ({ xs: Vs, ys: currents[k], colour: colours[k], dash: dashes[k], width: 1.2, label: `I_${name}`, loose: true, faint: peaks.length > 0 })),
          { xs: Vs, ys: total, colour: "ink", width: 2, label: text.total, loose: true },
        ],
        also: [boundedCurrents(result, total), peaks.map(({ y }) => y)],
        dots: [...peaks, ...dots],
      }],
    };
  },

  phase({ text, result, gate }) {
    const { cell } = result, of = cell.gates[gate] ?? cell.gates.at(-1);
    const Vaxis = { label: "V", unit: "mV", low: SPAN[0], high: SPAN[1] };
    if (!of?.state) return { axis: "none", x: Vaxis, note: text.noGate, plots: [{ label: text.phase, unit: "", low: 0, high: 1, curves: [] }] };
    const { Vs, inf } = gateCurves(result), nullcline = voltageNullcline(result, of);
    const dots = Number.isFinite(result.rest) ? [{ x: result.rest, y: result.restState[of.state], colour: "accent", hollow: !result.stable, r: 5 }] : [];
    return {
      axis: "phase", x: Vaxis, gate: of,
      plots: [{
        label: filled(text.phaseOf, { gate: of.label }), unit: "", low: 0, high: 1, dots,
        curves: [
          { xs: Vs, ys: inf[cell.gates.indexOf(of)], colour: of.colour, dash: "6 3", label: `${of.label}_∞`, width: 1.4 },
          { xs: Vs, ys: nullcline, colour: "muted", dash: "2 3", label: text.Vstill, width: 1.6 },
          ...perRun(result, (run) => [{ xs: run.states[0], ys: run.states[of.state], colour: "ink" }]),
        ],
      }],
    };
  },

  fI({ text, sweeps }) {
    const { xs, done } = sweeps.fI;
    return {
      axis: "none", x: { label: text.stimulus, unit: text.density, low: sweeps.range[0], high: sweeps.range[1] }, note: xs.length || done ? "" : text.computing,
      plots: [{ label: text.fI, unit: "Hz", also: [[0]], ...swept(sweeps.fI) }],
    };
  },

  strength({ text, sweeps }) {
    const { xs, ys, done, anyway } = sweeps.strength, [low, high] = xs.length ? extent([ys]) : [1, 100];
    return {
      axis: "none", x: { label: text.width, unit: text.ms, low: DURATIONS[0], high: DURATIONS.at(-1), scale: "log" },
      note: xs.length ? "" : anyway ? text.firesAnyway : done ? text.noThreshold : text.computing,
      plots: [{ label: text.strength, unit: text.density, logarithmic: true, low: decade(low, Math.floor), high: Math.max(decade(high, Math.ceil), 10 * low), ...swept(sweeps.strength) }],
    };
  },
};

/** Steady states and time constants of all gates over V, at the resting calcium. */
function gateCurves(result) {
  return (result.gateCurves ??= (() => {
    const { p, gates } = result.cell, Vs = VOLTAGES;
    const inf = zeros(gates.length * PLACES), tau = zeros(gates.length * PLACES);
    const Ca = result.restState[result.cell.states - 1] || p[CA_REST];
    kernel.gate_curves(p, Number.isFinite(Ca) ? Ca : p[CA_REST], Vs, PLACES, inf, tau);
    const split = (array) => result.cell.order.map((j) => array.subarray(j * PLACES, (j + 1) * PLACES));
    return { Vs, inf: split(inf), tau: split(tau) };
  })());
}

/** Steady currents of all channels over V. */
function steadyCurrents(result) {
  return (result.steadyCurrents ??= (() => {
    const { p, states, channels } = result.cell, state = zeros(states), Vs = VOLTAGES;
    const currents = Array.from({ length: channels }, () => zeros(PLACES)), g = zeros(channels), I = zeros(channels);
    const total = Vs.map((V, i) => {
      kernel.steady_state(V, p, state);
      kernel.channel_currents(p, state, 1, g, I);
      currents.forEach((array, k) => (array[i] = I[k]));
      return I.reduce((sum, value) => sum + value, p[PUMP]);
    });
    return { Vs, currents, total };
  })());
}

/** The part of the steady current that is worth a look: near the rest, not where everything runs away. */
function boundedCurrents({ rest }, total) {
  const at = Math.round(((Number.isFinite(rest) ? rest : -65) - SPAN[0]) / (SPAN[1] - SPAN[0]) * (PLACES - 1));
  return total.subarray(Math.max(0, at - 40), Math.max(10, at + 40));
}

/** Under a voltage clamp: the largest inward or outward current of each run (filled), and that at the step's end (hollow). */
function clampPoints({ experiment, runs, commands }) {
  const { onset, width = 0 } = experiment.protocol;
  if (onset === undefined) return [];
  return runs.flatMap((run, k) => {
    const inside = (i) => run.times[i] > onset + 0.05 && run.times[i] <= onset + width;
    let peak = -1, last = -1;
    for (let i = 0; i < run.times.length; i++) {
      if (!inside(i)) continue;
      last = i;
      if (peak < 0 || run.total[i] < run.total[peak]) peak = i;
    }
    if (last < 0) return [];
    const V = run.states[0][last];
    return [{ x: V, y: run.total[peak], colour: "Na" }, { x: V, y: run.total[last], colour: "K", hollow: true }];
  });
}

/** Where V stands still: the gate's value at which the currents at V sum to the stimulus, the other gates being steady. */
function voltageNullcline(result, gate) {
  const { p, states, channels } = result.cell, state = zeros(states), g = zeros(channels), I = zeros(channels);
  const { protocol } = result.experiment, k = gate.channel;
  const held = protocol.clamp === "current" ? meanStimulus(protocol) : 0;
  return gateCurves(result).Vs.map((V) => {
    kernel.steady_state(V, p, state);
    state[gate.state] = 1;
    kernel.channel_currents(p, state, 1, g, I);
    const rest = I.reduce((sum, value) => sum + value, p[PUMP] - held) - I[k];
    const share = -rest / I[k];
    return share >= 0 ? share ** (1 / gate.power) : NaN;
  });
}
