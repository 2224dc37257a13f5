// A reader's own recording, which lies over the model's voltage.

/** Times (ms, from 0) and voltages (mV) of a text, in s or V where its header says so; or the fault, as columnsOf has it. */
function recordingOf(written) {
  const table = columnsOf(written);
  if (table.fault) return table;
  const [ts, Vs] = ["ms", "mV"].map((wanted, i) => {
    const scale = inUnits(heading(table.names[i]).unit ?? wanted, wanted);
    return table.columns[i].map((value) => scale * value);
  });
  const rows = ts.map((t, i) => [t, Vs[i]]).filter((row) => row.every(Number.isFinite)); // a value may be missing
  if (rows.length < 3 || rows.some(([t], i) => i && t <= rows[i - 1][0])) return { fault: "unordered" };
  if (!heading(table.names[1]).unit && rows.every(([, V]) => Math.abs(V) < 1)) return { fault: "inVolts" };
  return { times: Float64Array.from(rows, ([t]) => t - rows[0][0]), V: Float64Array.from(rows, ([, V]) => V) };
}

/** Its features, as the model's are read, but for the threshold, for which the whole dV/dt counts. */
function featuresOf({ times, V }) {
  const rest = V[0], slope = (i) => (V[Math.min(i + 1, V.length - 1)] - V[Math.max(i - 1, 0)]) / (times[Math.min(i + 1, V.length - 1)] - times[Math.max(i - 1, 0)]);
  const spikes = spikesOf(times, V, slope, rest), [first] = spikes;
  return { rest, spikes: counted(spikes), ...first && { peak: first.peak, threshold: first.threshold, width: first.width, trough: first.trough }, rate: rateOf(spikes) };
}
