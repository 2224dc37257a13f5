// A reader's own recording: any delimiter, decimal comma, header or none; it lies over the model's voltage.

/** Times (ms) and voltages (mV) of a text, or null: two columns of numbers, in s or V where a header says so. */
function recordingOf(written) {
  const lines = written.replace(/^\ufeff/, "").split(/\r\n?|\n/).filter((line) => line.trim());
  const delimiter = ["\t", ";"].find((sign) => lines.filter((line) => line.includes(sign)).length > lines.length / 2) ?? (lines.filter((line) => /\d\s*,\s*[-+.\d]/.test(line) && !/\s[-+]?\d+,\d/.test(line)).length > lines.length / 2 ? "," : /\s+/);
  const rows = lines.map((line) => line.trim().split(delimiter).map((word) => (delimiter === "," ? Number(word) : parsed(word)))).filter((row) => row.length > 1 && Number.isFinite(row[0]) && Number.isFinite(row[1]));
  if (rows.length < 3 || rows.some(([t], i) => i && t <= rows[i - 1][0])) return null;
  const head = lines[0].split(delimiter), unit = (i, name) => new RegExp(`[([\\s,]${name}[)\\]]?\\s*"?$`).test(head[i] ?? "");
  const [perTime, perVolt] = [unit(0, "s") ? 1000 : 1, unit(1, "V") ? 1000 : 1], zero = rows[0][0];
  return { times: Float64Array.from(rows, ([t]) => (t - zero) * perTime), V: Float64Array.from(rows, ([, V]) => V * perVolt) };
}

/** Its features, as the model's are read, but for the threshold, for which the whole dV/dt counts. */
function featuresOf({ times, V }) {
  const rest = V[0], slope = (i) => (V[Math.min(i + 1, V.length - 1)] - V[Math.max(i - 1, 0)]) / (times[Math.min(i + 1, V.length - 1)] - times[Math.max(i - 1, 0)]);
  const spikes = spikesOf(times, V, slope, rest), [first] = spikes;
  return { rest, spikes: spikes.length, ...first && { peak: first.peak, threshold: first.threshold, width: first.width, trough: first.trough }, rate: rateOf(spikes) };
}
