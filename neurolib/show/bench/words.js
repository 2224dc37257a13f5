// Sentences: what a run shows, what is wrong with an experiment and what to change.

/** What is wrong, as one sentence, or "". */
function faultOf({ membrane: { channels }, protocol: { kind, width, frequency } }, text) {
  if (kind === "sine" && (width * frequency / 1000) * LEAST_PIECES > MOST_ROWS) return text.periods;
  for (const [place, { name }] of channels.entries()) {
    if (!/^[A-Za-z_]\w{0,23}$/.test(name)) return filled(text.badName, { name });
    if (channels.findIndex((other) => other.name === name) !== place) return filled(text.sameName, { name });
  }
  for (const { name, gates = [] } of channels) {
    for (const gate of gates) {
      const { alpha, beta } = gate, still = (curve) => curve?.rate === 0 && !curve.terms;
      if (!gate.inf && still(alpha) && still(beta)) return filled(text.still, { name, gate: gate.name });
    }
  }
  return "";
}

/** What the run shows. */
function sentenceOf({ text, numbers, result }) {
  const { experiment, runs } = result, { protocol, membrane } = experiment, parts = [];
  if (!membrane.channels.length) return text.bare;
  if (protocol.clamp === "voltage") {
    if (numbers.inward < 0) parts.push(fill(text.inward, numbers));
    if (numbers.outward > 0) parts.push(fill(text.outward, numbers));
    return parts.join(text.space) || text.noCurrent;
  }
  parts.push(Number.isFinite(numbers.rest) ? fill(numbers.stable ? text.restStable : text.restUnstable, numbers) : fill(text.noRest, { V: WHERE_NONE }));
  if (runs.length > 1) parts.push(fill(text.firing, numbers));
  if (numbers.spikes === 0 && !numbers.stays) parts.push(fill(text.noSpike, numbers));
  if (numbers.spikes === 1) parts.push(fill(text.oneSpike, numbers));
  if (numbers.spikes > 1) parts.push(fill(text.manySpikes, numbers));
  if (numbers.stays) parts.push(fill(text.stays, numbers));
  if (numbers.step > 2.5 * STEP) parts.push(fill(text.coarse, numbers));
  return parts.join(text.space);
}

/** The numbers below the figure: label, number, unit and decimals of each that is there. */
function readouts({ text, numbers, result, recording }) {
  const entry = (key, digits, unit, label = text[`m_${key}`]) => [key, label, numbers[key], digits, unit];
  const list = result.experiment.protocol.clamp === "voltage"
    ? [entry("inward", 1, text.density), entry("inward_V", 1, "mV"), entry("outward", 1, text.density), entry("outward_V", 1, "mV")]
    : [entry("rest", 2, "mV"), entry("spikes", 0, ""), entry("peak", 1, "mV"), entry("threshold", 1, "mV"), entry("width", 2, text.ms), entry("trough", 1, "mV"), entry("rate", 1, "Hz")];
  const yours = recording?.numbers;
  return list.map(([key, label, value, digits, unit]) => ({ key, label, value, digits, unit, yours: yours?.[key] }));
}
