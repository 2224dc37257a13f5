// The group of channels: add, remove, block, scale; the open one's drive and gates, by form and parameters.

/** Kinds of number by the name of a curve's parameter and the role of the curve. */
const curveKind = (name, role) => {
  if (name.startsWith("midpoint") || name === "at") return "midpoint";
  if (name.startsWith("scale")) return "slope";
  if (name === "exponent" || role === "factor") return name === "rate" ? "factor" : name;
  if (role === "inf") return "share";
  return role === "tau" ? "tau" : "rate";
};

/** What a curve starts with when its form is chosen: about where the old one stood. */
function curveOf(form, role, before = {}) {
  const rate = role === "inf" ? 1 : before.rate ?? (role === "tau" ? 5 : 1), midpoint = before.midpoint ?? -40, scale = before.scale ?? 10;
  if (form === "constant") return { form, rate };
  const [list, kind] = PARTS[form] ?? [];
  if (list) return { form, [list]: [ROLE_FORMS[kind].includes(before.form) ? before : curveOf("sigmoid", role, before)], ...kind === "factor" && { exponent: 1 } };
  if (form === "bell") return { form, base: 0.1, amplitude: rate, midpoint, scale: Math.abs(scale), midpoint_2: midpoint, scale_2: -Math.abs(scale) };
  return { form, rate, midpoint, scale };
}

const ROLE_FORMS = {}; // the forms to choose from, by role, or of a part of a curve
const PARTS = { sum: ["terms", "term"], product: ["factors", "factor"] }; // where the parts of a curve stand, and what each is

function freshGate(name) {
  return { name, power: 1, q10: 1, reference: 20, inf: curveOf("sigmoid", "inf"), tau: curveOf("constant", "tau") };
}

const freshName = (wanted, names) => {
  let name = wanted, number = 2;
  while (names.includes(name)) name = `${wanted}_${number++}`;
  return name;
};

/** Fields of one curve: its form, the formula, its numbers; of a curve of parts, those of its parts. `part`: what it is of another. */
function curveFields(bench, pathTo, role, title, part = "", ...beside) {
  const { text } = bench, curve = at_path(bench.experiment, pathTo), forms = ROLE_FORMS[part || role];
  const options = [...forms.map((form) => [form, text[`form_${form}`]]), ...(forms.includes(curve.form) ? [] : [[curve.form, text[`form_${curve.form}`]]]), ...(role === "tau" && !part ? [["none", text.form_none]] : [])];
  const parts = [choiceField(bench, `${pathTo.join(".")} form`, title, options, () => at_path(bench.experiment, pathTo)?.form ?? "none", (form) => bench.edit(pathTo, form === "none" ? null : curveOf(form, role, at_path(bench.experiment, pathTo)))), ...beside];
  const names = CURVE_NUMBERS[curve.form] ?? { split: ["at"], product: ["exponent"] }[curve.form] ?? [];
  for (const name of names) {
    if (role === "inf" && name === "rate" && !part) continue;
    parts.push(numberField(bench, [...pathTo, name], text[`p_${name}`], curveKind(name, part === "factor" ? part : role), () => (role === "tau" && name === "base" ? { min: 0, smallest: 0.001, least: 0 } : {})));
  }
  if (curve.form === "split") for (const side of ["below", "above"]) parts.push(curveFields(bench, [...pathTo, side], role, text[`p_${side}`], "side"));
  const [list, kind] = PARTS[curve.form] ?? [];
  if (list) {
    const to = [...pathTo, list], key = to.join("."), now = () => at_path(bench.experiment, to), { length } = now();
    for (let i = 0; i < length; i++) {
      const name = filled(text[kind], { number: i + 1 });
      parts.push(curveFields(bench, [...to, i], role, name, kind, ...length > 1 ? [buttonField(`${key} remove ${i}`, "×", () => bench.edit(to, now().filter((_, j) => j !== i)), { class: "bench-remove", "aria-label": filled(text.remove, { name }) })] : []));
    }
    if (length < 4) parts.push(buttonField(`${key} add`, text[`add_${kind}`], () => bench.edit(to, [...now(), curveOf(kind === "term" ? "constant" : "sigmoid", role)])));
  }
  return make("div", { class: "bench-curve" }, ...parts);
}

function gateFields(bench, pathTo, gate) {
  const { text } = bench, key = pathTo.join("."), [, , k, , j] = pathTo;
  const byRates = !gate.inf;
  const roles = byRates ? ["alpha", "beta"] : ["inf", ...(gate.tau ? ["tau"] : [])];
  const way = choiceField(bench, `${key} way`, text.gateBy, [["rates", text.byRates], ["curves", text.byCurves]], () => (byRates ? "rates" : "curves"), (to) => {
    const { alpha, beta: _b, inf: _i, tau: _t, ...rest } = at_path(bench.experiment, pathTo);
    bench.edit(pathTo, to === "rates" ? { ...rest, alpha: { form: "exp", rate: 0.1, midpoint: -40, scale: 20 }, beta: { form: "exp", rate: 0.1, midpoint: -40, scale: -20 } }
      : { ...rest, calcium: null, inf: curveOf("sigmoid", "inf", alpha ?? {}), tau: curveOf("constant", "tau") });
  });
  const instant = byRates || gate.tau ? [] : [choiceField(bench, `${key} tau`, text.c_tau, [["none", text.form_none], ...ROLE_FORMS.tau.map((form) => [form, text[`form_${form}`]])], () => "none", (form) => bench.edit([...pathTo, "tau"], curveOf(form, "tau")))];
  const calcium = byRates && gate.calcium ? [numberField(bench, [...pathTo, "calcium", "scale"], text.p_calcium, "half"), numberField(bench, [...pathTo, "calcium", "power"], text.p_calciumPower, "hill")] : [];
  const byCalcium = byRates ? [switchField(bench, `${key} calcium`, text.gateCalcium, () => Boolean(at_path(bench.experiment, pathTo)?.calcium), (on) => bench.edit([...pathTo, "calcium"], on ? { scale: 0.001, power: 1 } : null))] : [];
  return make("fieldset", { class: "bench-gate" },
    make("legend", {}, filled(text.gate, { name: gate.name }), buttonField(`${key} remove`, "×", () => bench.edit(pathTo.slice(0, -1), at_path(bench.experiment, pathTo.slice(0, -1)).filter((_, i) => i !== j)), { class: "bench-remove", "aria-label": filled(text.removeGate, { name: gate.name }) })),
    nameField(bench, [...pathTo, "name"], text.name),
    numberField(bench, [...pathTo, "power"], text.p_power, "power"), way,
    ...roles.map((role) => curveFields(bench, [...pathTo, role], role, text[`c_${role}`])), ...instant,
    fold(key, text.warmth, numberField(bench, [...pathTo, "q10"], "Q₁₀", "q10"), numberField(bench, [...pathTo, "reference"], text.p_reference, "temperature"), ...byCalcium, ...calcium));
}

/** A name: letters, digits and underscores. */
function nameField(bench, pathTo, label) {
  const id = `bench-${(fields += 1)}`, key = pathTo.join(".");
  const input = make("input", { type: "text", id, autocomplete: "off", spellcheck: "false", maxlength: 24, "data-key": key, class: "bench-named", change: () => {
    const name = input.value.trim();
    if (bench.open === at_path(bench.experiment, pathTo) && pathTo.length === 4) bench.open = name;
    bench.edit(pathTo, name);
  } });
  bench.follow(() => (input.value = at_path(bench.experiment, pathTo) ?? ""));
  return make("div", { class: "explorer-control" }, make("label", { for: id }, label), input);
}

/** The fields of what drives a channel's current. */
function driveFields(bench, pathTo, channel) {
  const { text } = bench, { drive } = channel, ions = Object.keys(VALENCES);
  const options = [["ohmic", text.drive_ohmic], ...["nernst", "constant_field"].map((form) => [text[`drive_${form}`], ions.map((ion) => [`${form} ${ion}`, filled(text[`drive_${form}_of`], { ion })])])];
  const chosen = choiceField(bench, `${pathTo.join(".")} drive`, text.drive, options, () => {
    const { form, ion } = at_path(bench.experiment, pathTo)?.drive ?? drive;
    return ion ? `${form} ${ion}` : form;
  }, (to) => {
    const [form, ion] = to.split(" "), before = at_path(bench.experiment, pathTo);
    const wide = (form === "constant_field") !== (before.drive.form === "constant_field");
    bench.edit(pathTo, { ...before, drive: ion ? { form, ion } : { form, E: reversal(bench, before) }, ...wide && { g: form === "constant_field" ? 1e-4 : 1 } });
  });
  return [chosen, ...(drive.form === "ohmic" ? [numberField(bench, [...pathTo, "drive", "E"], `E_${channel.name}`, "E")] : [])];
}

const ORDINARY = {}; // mM outside, inside: a mammal's

/** The reversal potential that a channel has now, mV. */
function reversal({ experiment: { membrane } }, { drive }) {
  if (!drive.ion) return drive.E;
  const [out, into] = membrane.ions[drive.ion];
  return Number(((8.314462618 * (membrane.temperature + 273.15)) / (VALENCES[drive.ion] * 96.48533212) * Math.log(out / into)).toPrecision(4));
}

function channelFields(bench, k) {
  const { text } = bench, channel = bench.experiment.membrane.channels[k], pathTo = ["membrane", "channels", k];
  const gates = channel.gates ?? [], field = channel.drive.form === "constant_field";
  return [
    numberField(bench, [...pathTo, "g"], field ? `P_${channel.name}` : `g_${channel.name}`, field ? "permeability" : "g"),
    numberField(bench, [...pathTo, "scale"], text.scale, "times"),
    ...driveFields(bench, pathTo, channel),
    ...gates.map((gate, j) => gateFields(bench, [...pathTo, "gates", j], gate)),
    ...(gates.length < 4 ? [buttonField(`${k} gate`, text.addGate, () => {
      const now = at_path(bench.experiment, [...pathTo, "gates"]) ?? [];
      bench.edit([...pathTo, "gates"], [...now, freshGate(freshName("x", now.map(({ name }) => name)))]);
    })] : []),
    fold(`${k}`, text.otherFields, nameField(bench, [...pathTo, "name"], text.name),
      switchField(bench, `${k} carries`, text.carries, () => Boolean(bench.experiment.membrane.channels[k]?.carries_calcium), (on) => bench.edit([...pathTo, "carries_calcium"], on)),
      switchField(bench, `${k} hill`, text.hill, () => Boolean(bench.experiment.membrane.channels[k]?.calcium), (on) => bench.edit([...pathTo, "calcium"], on ? { half: 0.001, power: 2 } : null)),
      ...(channel.calcium ? [numberField(bench, [...pathTo, "calcium", "half"], text.p_calcium, "half"), numberField(bench, [...pathTo, "calcium", "power"], text.p_calciumPower, "hill")] : []),
      ...(channel.source ? [make("p", { class: "explorer-caption" }, filled(text.begunWith, { source: channel.source }))] : [])),
    buttonField(`${k} remove`, filled(text.remove, { name: channel.name }), () => bench.edit(["membrane", "channels"], bench.experiment.membrane.channels.filter((_, i) => i !== k))),
  ];
}

/** The experiment with the ions and the pool that its channels need. */
function completed(experiment) {
  const { membrane } = experiment, { channels } = membrane;
  const pool = membrane.pool ?? (channels.some((channel) => channel.carries_calcium) ? FRESH_POOL.pool : null);
  const needed = [...channels.map(({ drive }) => drive.ion), ...(pool || channels.some(({ calcium, gates = [] }) => calcium || gates.some((gate) => gate.calcium)) ? ["Ca"] : [])];
  const missing = needed.filter((ion) => ion && !membrane.ions?.[ion]);
  if (!missing.length && pool === (membrane.pool ?? null)) return experiment;
  return { ...experiment, membrane: { ...membrane, pool, ions: { ...membrane.ions, ...Object.fromEntries(missing.map((ion) => [ion, ORDINARY[ion]])) } } };
}

/** The experiment with one more channel, under a name of its own. */
function withChannel(experiment, channel) {
  const { channels } = experiment.membrane;
  return changed(experiment, ["membrane", "channels"], [...channels, { scale: 1, ...channel, name: freshName(channel.name, channels.map(({ name }) => name)) }]);
}

groups.channels = (bench) => {
  const { text, experiment, catalogue } = bench, { channels } = experiment.membrane;
  const addChannel = (channel) => bench.make(withChannel(bench.experiment, channel));
  const rows = channels.map((channel, k) => {
    const on = make("input", { type: "checkbox", "data-key": `${k} on`, "aria-label": filled(text.works, { name: channel.name }), change: () => bench.edit(["membrane", "channels", k, "scale"], on.checked ? 1 : 0) });
    bench.follow(() => (on.checked = (bench.experiment.membrane.channels[k]?.scale ?? 1) > 0));
    const opened = bench.open === channel.name;
    const value = make("span", { class: "bench-value" });
    bench.follow(() => {
      const { g, scale = 1, drive } = bench.experiment.membrane.channels[k] ?? channel;
      value.textContent = scale === 0 ? text.blocked : withUnit(significant(g * scale), drive.form === "constant_field" ? "cm/s" : "mS/cm²");
    });
    const head = buttonField(`${k} open`, "", () => {
      bench.open = opened ? null : channel.name;
      bench.rebuild();
      bench.draw();
    }, { class: "bench-open", "aria-expanded": String(opened) });
    head.append(make("span", { class: "bench-swatch", style: `background: ${colourOf(hueOf(channel))}` }), make("b", {}, channel.name), value);
    return make("section", { class: "bench-channel" }, make("div", { class: "bench-head" }, on, head), ...(opened ? [make("div", { class: "bench-inside" }, ...channelFields(bench, k))] : []));
  });
  const quick = channels.length ? [] : [make("p", {}, text.firstSteps)];
  const suggested = ["squid_Na", "squid_K", "squid_leak"].filter((key) => catalogue.channels[key] && !channels.some(({ name }) => name === catalogue.channels[key].channel.name));
  const room = channels.length < 12;
  const add = choiceField(bench, "add", text.addChannel, [["", text.choose], ["own", text.ownChannel], ...Object.entries(catalogue.channels).map(([key, { title }]) => [key, title])], () => "", (key) => {
    if (key === "own") addChannel({ name: "X", g: 1, drive: { form: "ohmic", E: -80 }, gates: [freshGate("x")] });
    else if (key) addChannel(catalogue.channels[key].channel);
    if (key) bench.open = key === "own" ? bench.experiment.membrane.channels.at(-1).name : null;
    bench.rebuild();
  });
  return [
    ...quick, ...rows,
    ...(room && channels.length < 3 && suggested.length ? [make("div", { class: "explorer-buttons" }, ...suggested.map((key) => buttonField(`quick ${key}`, `+ ${catalogue.channels[key].title}`, () => addChannel(catalogue.channels[key].channel))))] : []),
    ...(room ? [add] : [make("p", {}, text.full)]),
  ];
};
