// A membrane as NeuroML 2, letter for letter as neurolib.bench.neuroml writes it; what has no form there is named.

class Formless extends Error {}

const SPACE = "http://www.neuroml.org/schema/neuroml2", SIDE = "17.841241161527712"; // µm: a cylinder whose side is 1e-5 cm²
const ALWAYS_INWARD = 60; // mV: where the current into a pool reverses beyond, the pool never tells that it is rectified
const computed = (value) => String(Number(value.toPrecision(9))); // the last digits differ between machines

// [tag, attributes, children]; what is not there is left out.
const element = (tag, attributes = {}, ...children) => [tag, attributes, children.filter(Boolean)];
function lines([tag, attributes, children], depth = 0) {
  const room = "  ".repeat(depth), told = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`).join("");
  if (!children.length) return `${room}<${tag}${told}/>\n`;
  return `${room}<${tag}${told}>\n${children.map((child) => lines(child, depth + 1)).join("")}${room}</${tag}>\n`;
}

// Curves that NeuroML's standard types lack, as types of their own in LEMS.

const ROLES = { // the type that each extends, the name and the dimension of its value, and what gives it its unit
  alpha: ["baseVoltageDepRate", "r", "per_time", "/ MS"], beta: ["baseVoltageDepRate", "r", "per_time", "/ MS"],
  inf: ["baseVoltageDepVariable", "x", "none", ""], tau: ["baseVoltageDepTime", "t", "time", "* MS"],
};
const signed = (value) => (value >= 0 ? String(value) : `(0 - ${-value})`);

function along(midpoint, scale) {
  const low = midpoint >= 0 ? `V - ${midpoint}` : `V + ${-midpoint}`, high = midpoint >= 0 ? `${midpoint} - V` : `0 - ${-midpoint} - V`;
  return scale > 0 ? `(${low}) / ${scale}` : `(${high}) / ${-scale}`;
}

/** A curve that is not split, as an expression in V; to `rises` goes the x of each x/(1 − e⁻ˣ) in it. */
function expressionOf(curve, rises) {
  const { form, rate, midpoint, scale } = curve;
  if (form === "sum") return curve.terms.map((term) => expressionOf(term, rises)).join(" + ");
  if (form === "product") return `(${curve.factors.map((factor) => `(${expressionOf(factor, rises)})`).join(" * ")})^${curve.exponent ?? 1}`;
  if (form === "constant") return signed(rate);
  const x = along(midpoint, scale);
  if (form === "bell") return `${signed(curve.base ?? 0)} + ${signed(curve.amplitude)} / (exp(${x}) + exp(${along(curve.midpoint_2, curve.scale_2)}))`;
  if (form === "exp") return `${signed(rate)} * exp(${x})`;
  if (form === "sigmoid") return `${signed(rate)} / (1 + exp(${along(midpoint, -scale)}))`;
  return `${signed(rate)} * U${rises.push(x)}`;
}

const constant = (name, dimension, value) => element("Constant", { name, dimension, value });
const derived = (name, dimension, value, exposure) => element("DerivedVariable", { name, dimension, ...exposure && { exposure }, value });
const conditional = (name, dimension, cases, exposure) =>
  element("ConditionalDerivedVariable", { name, dimension, ...exposure && { exposure } }, ...cases.map(([condition, value]) => element("Case", { condition, value })));

function typeOf(name, description, base, calcium, constants, last, rises) {
  const first = [derived("V", "none", "v / MV"), ...rises.map((x, i) => derived(`X${i + 1}`, "none", x))];
  const risen = rises.map((_, i) => conditional(`U${i + 1}`, "none", [[`X${i + 1} .neq. 0`, `X${i + 1} / (1 - exp(0 - X${i + 1}))`], [`X${i + 1} .eq. 0`, "1"]]));
  (last[0] === "DerivedVariable" ? first : risen).push(last);
  return element("ComponentType", { name, extends: calcium ? base.replace("Voltage", "VoltageConc") : base, description },
    constant("MS", "time", "1ms"), constant("MV", "voltage", "1mV"), calcium && constant("MM", "concentration", "1mM"), ...constants,
    element("Dynamics", {}, ...first, ...risen));
}

function curveType(name, place, role, curve, calcium) {
  const [base, value, dimension, unit] = ROLES[role], rises = [];
  const valued = (part) => `(${expressionOf(part, rises)})${calcium ? ` * (caConc / MM / ${calcium.scale})^${calcium.power}` : ""} ${unit}`.trim();
  const split = curve.form === "split";
  const last = split ? conditional(value, dimension, [["V .lt. AT", valued(curve.below)], ["V .geq. AT", valued(curve.above)]], value) : derived(value, dimension, valued(curve), value);
  return typeOf(name, `${place}, ${role}`, base, calcium, split ? [constant("AT", "none", curve.at)] : [], last, rises);
}

function hillType(name, place, calcium) {
  const value = `1 / (1 + (${calcium.half} * MM / caConc)^${calcium.power})`;
  return typeOf(name, `${place}, calcium`, ROLES.inf[0], calcium, [], derived("x", "none", value, "x"), []);
}

const speedType = (name) => element("ComponentType", { name, extends: "baseQ10Settings" },
  ...Object.entries({ fixedQ10: "none", q10Factor: "none", experimentalTemp: "temperature" }).map(([of, dimension]) => element("Parameter", { name: of, dimension })),
  constant("TENDEGREES", "temperature", "10K"),
  element("Dynamics", {}, derived("q10", "none", "fixedQ10 * q10Factor^((temperature - experimentalTemp) / TENDEGREES)", "q10")));

/** The text of a membrane. Throws {@link Formless} with the name of what has no form in NeuroML. */
function neuromlOf(membrane, name = "bench") {
  const { channels, pool, ions = {} } = membrane, types = [], cell = packed(membrane), { first } = beginning(cell, 0);
  if (membrane.pump) throw new Formless("pump");
  while (channels.some((channel) => channel.name.startsWith(`${name}_`))) name += "0";
  const add = (make, ...given) => {
    const own = `${name}_type_${types.length + 1}`;
    types.push(make(own, ...given));
    return own;
  };
  let speeds = "";

  function curveOf(place, role, gate) {
    const curve = gate[role], calcium = role === "alpha" ? gate.calcium : null, shape = { exp: "Exp", sigmoid: "Sigmoid", exp_linear: "ExpLinear" }[curve.form];
    if (role === "tau" && curve.form === "constant") return { type: "fixedTimeCourse", tau: `${curve.rate}ms` };
    if (role === "tau" || !shape || calcium) return { type: add(curveType, place, role, curve, calcium) };
    return { type: `HH${shape}${role === "inf" ? "Variable" : "Rate"}`, rate: `${curve.rate}${role === "inf" ? "" : "per_ms"}`, midpoint: `${curve.midpoint}mV`, scale: `${curve.scale}mV` };
  }
  function speedOf({ q10 = 1, speed = 1, reference = 6.3 }) {
    const fixed = { fixedQ10: speed }, warm = { q10Factor: q10, experimentalTemp: `${reference}degC` };
    if (q10 === 1) return speed !== 1 && element("q10Settings", { type: "q10Fixed", ...fixed });
    if (speed === 1) return element("q10Settings", { type: "q10ExpTemp", ...warm });
    return element("q10Settings", { type: (speeds ||= add(speedType)), ...fixed, ...warm });
  }
  function gateOf(place, gate) {
    const kind = gate.inf ? (gate.tau ? "gateHHtauInf" : "gateHHInstantaneous") : "gateHHrates";
    const curves = Object.entries({ forwardRate: "alpha", reverseRate: "beta", timeCourse: "tau", steadyState: "inf" }).filter(([, role]) => gate[role]).map(([part, role]) => element(part, curveOf(place, role, gate)));
    return element(kind, { id: gate.name, instances: gate.power ?? 1 }, kind !== "gateHHInstantaneous" && speedOf(gate), ...curves);
  }
  function channelOf(channel) {
    const place = `channel ${channel.name}`;
    let gates = (channel.gates ?? []).map((gate) => gateOf(`${place}, gate ${gate.name}`, gate));
    if (channel.calcium) gates.push(element("gateHHInstantaneous", { id: "opened_by_calcium_at_once", instances: 1 }, element("steadyState", { type: add(hillType, place, channel.calcium) })));
    if (new Set(gates.map(([kind]) => kind)).size > 1) gates = gates.map(([type, { id, instances }, parts]) => element("gate", { id, type, instances }, ...parts));
    return element("ionChannelHH", { id: channel.name, conductance: "10pS" }, ...gates);
  }
  function densityOf(channel, k) {
    const { drive: { form, ion, E = reversalOf(cell, k) }, carries_calcium: carries } = channel, follows = ion === "Ca" && pool;
    const field = form === "constant_field", g = channel.g * (channel.scale ?? 1), about = { id: `${channel.name}_all`, ionChannel: channel.name };
    const leaves = carries && (pool?.rectified ?? true) && E < ALWAYS_INWARD && !follows;
    if ((field && ion !== "Ca") || (follows && !carries) || leaves) throw new Formless(channel.name);
    if (field) return element("channelDensityGHK", { ...about, permeability: `${g}cm_per_s`, ion: "ca" });
    about.condDensity = `${g}mS_per_cm2`;
    if (follows) return element("channelDensityNernst", { ...about, ion: "ca" });
    return element("channelDensity", { ...about, erev: `${form === "ohmic" ? E : computed(E)}mV`, ion: carries ? "ca" : ion && ion !== "Ca" ? ion.toLowerCase() : "non_specific" });
  }

  const made = channels.map(channelOf), order = ["channelDensity", "channelDensityNernst", "channelDensityGHK"];
  const densities = channels.map(densityOf).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const begins = { spikeThresh: "0mV", specificCapacitance: `${membrane.C_m}uF_per_cm2`, initMembPotential: `${computed(first[0])}mV` };
  const asks = pool || channels.some(({ calcium, drive, gates = [] }) => calcium || drive.form === "constant_field" || gates.some((gate) => gate.calcium));
  const { rest, tau, gain } = pool ?? { rest: ions.Ca?.[1], tau: 1, gain: 0 };
  const model = asks && element("fixedFactorConcentrationModel", { id: `${name}_pool`, ion: "ca", restingConc: `${rest}mM`, decayConstant: `${tau}ms`, rho: `${computed(1e-6 * gain)}mol_per_cm_per_uA_per_ms` });
  const species = asks && element("species", { id: "ca", ion: "ca", concentrationModel: `${name}_pool`, initialConcentration: `${computed(first.at(-1))}mM`, initialExtConcentration: `${ions.Ca[0]}mM` });
  const physics = element("biophysicalProperties", { id: "membrane" },
    element("membraneProperties", {}, ...densities, ...Object.entries(begins).map(([part, value]) => element(part, { value }))),
    element("intracellularProperties", {}, species, element("resistivity", { value: "0.1kohm_cm" })));
  const segment = element("segment", { id: 0 }, ...[["proximal", "0"], ["distal", SIDE]].map(([end, x]) => element(end, { x, y: 0, z: 0, diameter: SIDE })));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(element("neuroml", { "xmlns": SPACE, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": `${SPACE} https://raw.github.com/NeuroML/NeuroML2/development/Schemas/NeuroML2/NeuroML_v2.3.1.xsd`, "id": name },
  ...made, model, element("cell", { id: `${name}_cell` }, element("morphology", { id: "one" }, segment), physics),
  element("network", { id: `${name}_network`, type: "networkWithTemperature", temperature: `${membrane.temperature}degC` }, element("population", { id: "cells", component: `${name}_cell`, size: 1 })), ...types))}`;
}

/** Give the reader the membrane as a file, or say what it has that NeuroML has not. */
function saveNeuroml(bench, keep) {
  const { text, experiment } = bench, wrong = faultOf(experiment, text);
  if (wrong) return bench.tell(wrong);
  try {
    keep("nml", neuromlOf(experiment.membrane), "application/xml");
  } catch (error) {
    if (!(error instanceof Formless)) throw error;
    bench.tell(filled(text.formless, { part: error.message === "pump" && experiment.membrane.pump ? text.pump : error.message }));
  }
}
