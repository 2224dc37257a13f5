// A membrane as the parameter array of neurolib.kernel.generic, as neurolib.bench.pack writes it. Places and codes (C_M, G,
// OHMIC …) stand in the script by their names there.

const VALENCES = {}, CURVE_CODES = {}, CURVE_NUMBERS = {}, DRIVE_CODES = {}; // by name, as the library has them
const NO_CALCIUM = 1e-4; // mM

/** The constant part of a curve, and its terms: what each adds, from which V on and up to which, and its form; a product's factors stand in it. */
function termsOf(curve, low = -Infinity, high = Infinity) {
  const { form } = curve, whole = low === -Infinity && high === Infinity;
  if (form === "split" || form === "sum") {
    const parts = form === "sum" ? curve.terms.map((term) => termsOf(term, low, high)) : [termsOf(curve.below, low, curve.at), termsOf(curve.above, curve.at, high)];
    return [parts.reduce((sum, [constant]) => sum + constant, 0), parts.flatMap(([, terms]) => terms)];
  }
  if (form === "product") return [0, [[curve.exponent ?? 1, curve.factors.flatMap((factor) => termsOf(factor)[1]).map((term) => [0, ...term]), 0, 0, 1, low, high, PRODUCT]]];
  if (form === "constant") return whole ? [curve.rate, []] : [0, [[curve.rate, 0, 1, 0, 1, low, high, CONSTANT]]];
  if (form !== "bell") return [0, [[curve.rate, curve.midpoint, curve.scale, 0, 1, low, high, CURVE_CODES[form]]]];
  const [base, terms] = termsOf({ form: "constant", rate: curve.base ?? 0 }, low, high);
  return [base, [...terms, [curve.amplitude, curve.midpoint, curve.scale, curve.midpoint_2, curve.scale_2, low, high, BELL]]];
}

/** The reversal potential of channel k, where it has a fixed one. */
const reversalOf = ({ p }, k) => p[FIRST_CHANNEL + k * CHANNEL_SIZE + E_REV];

const instantaneous = (gate) => Boolean(gate.inf) && !gate.tau;

/**
 * A membrane, packed: the array, and what stands where in a state.
 * @returns {{p: Float64Array, states: number, channels: number, gates: object[], order: number[], names: string[]}}
 */
function packed(membrane) {
  const { channels, pool, pump = 0, ions = {} } = membrane, head = zeros(FIRST_TERM);
  const all = channels.flatMap((channel, k) => (channel.gates ?? []).map((gate) => ({ gate, k })));
  const moving = all.filter(({ gate }) => !instantaneous(gate)), atOnce = all.filter(({ gate }) => instantaneous(gate)), gated = [...moving, ...atOnce];
  const [outside, inside] = ions.Ca ?? [0, NO_CALCIUM];
  const put = (start, values) => Object.entries(values).forEach(([place, value]) => (head[start + Number(place)] = value));
  put(0, { [C_M]: membrane.C_m, [TEMPERATURE]: membrane.temperature, [PUMP]: pump, [CHANNELS]: channels.length, [MOVING]: moving.length, [AT_ONCE]: atOnce.length,
    [CA_REST]: pool ? pool.rest : inside, [CA_TAU]: pool ? pool.tau : 1, [CA_OUT]: outside, [CA_GAIN]: pool ? pool.gain : 0, [CA_RECTIFIED]: pool && (pool.rectified ?? true) ? 1 : 0, [POOL_HERE]: pool ? 1 : 0 });
  const sorted = [[], [], [], [], []], own = [], records = []; // terms that are always there, by form, then the others
  gated.forEach(({ gate }, j) => {
    put(j, {
      [POWER]: gate.power ?? 1, [BY_CURVE]: gate.inf ? 1 : 0, [SPEED]: gate.speed ?? 1, [Q10]: gate.q10 ?? 1, [REFERENCE]: gate.reference ?? 6.3,
      ...gate.calcium && { [CA_SCALE]: gate.calcium.scale, [CA_POWER]: gate.calcium.power },
    });
    const terms = (gate.inf ? [gate.inf, gate.tau] : [gate.alpha, gate.beta]).flatMap((curve, i) => {
      const [base, found] = curve ? termsOf(curve) : [0, []];
      head[BASE + 2 * j + i] = base;
      return found.map((term) => [2 * j + i, ...term]);
    });
    if (j >= moving.length) own.push([j, terms]);
    else for (const term of terms) sorted[term[LOW] === -Infinity && term[HIGH] === Infinity ? Math.min(term[FORM], 4) : 4].push(term);
  });
  const place = () => FIRST_TERM + records.length * TERM_SIZE;
  sorted.forEach((terms, form) => {
    records.push(...terms);
    head[EXPS_END + form] = place();
  });
  for (const [j, terms] of own) {
    head[TERMS_FROM + j] = place();
    records.push(...terms);
    head[TERMS_END + j] = place();
  }
  channels.forEach((channel, k) => {
    const { drive, calcium } = channel, [out, into] = ions[drive.ion] ?? [0, 0], start = FIRST_CHANNEL + k * CHANNEL_SIZE;
    const mine = gated.flatMap((one, j) => (one.k === k ? [j] : [])), once = mine.filter((j) => j >= moving.length);
    put(start, {
      [G]: channel.g * (channel.scale ?? 1), [DRIVE]: DRIVE_CODES[drive.form], [E_REV]: drive.E ?? 0,
      ...drive.ion && { [VALENCE_OF]: VALENCES[drive.ion], [INSIDE]: into, [OUTSIDE]: out, [FOLLOWS]: drive.ion === "Ca" && pool ? 1 : 0 },
      ...once.length && { [ONCE_FROM]: once[0], [ONCE_END]: once.at(-1) + 1 },
      ...calcium && { [HILL_HALF]: calcium.half, [HILL_POWER]: calcium.power }, [CARRIES]: channel.carries_calcium ? 1 : 0,
    });
    for (let i = 0; i < 4; i++) head[start + GATES + i] = mine[i] < moving.length ? POWERED + mine[i] : NO_GATE;
  });
  for (const record of records) { // those that are pushed here are the factors
    if (record[FORM] !== PRODUCT) continue;
    const factors = record[FACTORS_FROM];
    record[FACTORS_FROM] = place();
    records.push(...factors);
    record[FACTORS_END] = place();
  }
  const p = new Float64Array(place());
  p.set(head);
  p.set(records.flat(), FIRST_TERM);
  kernel.prepare(p);
  const colours = channels.map(hueOf), letters = all.map(({ gate }) => gate.name);
  const gates = all.map((one) => ({
    label: letters.filter((name) => name === one.gate.name).length > 1 ? `${one.gate.name}_${channels[one.k].name}` : one.gate.name,
    name: one.gate.name, channel: one.k, colour: colours[one.k], power: one.gate.power ?? 1, state: moving.indexOf(one) + 1,
  }));
  return { p, states: moving.length + 2, channels: channels.length, gates, order: all.map((one) => gated.indexOf(one)), names: ["V", ...moving.map(({ gate }) => gate.name), "Ca"] };
}
