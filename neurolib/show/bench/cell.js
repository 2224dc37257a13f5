// The group of the membrane: capacitance, temperature, ions, pool of calcium, pump.

groups.cell = (bench) => {
  const { text, experiment } = bench, { membrane } = experiment, here = Object.keys(VALENCES).filter((name) => membrane.ions?.[name]);
  const ion = (name) => make("fieldset", { class: "bench-gate" }, make("legend", {}, filled(text.ion, { name: ION_NAMES[name] })),
    ...[text.outside, text.inside].map((side, i) => {
      const pooled = name === "Ca" && i === 1 && membrane.pool;
      return pooled ? make("p", {}, text.insidePool) : numberField(bench, ["membrane", "ions", name, i], side, "concentration");
    }), reversalLine(bench, name), ...fixedLine(bench, name));
  const absent = Object.keys(VALENCES).filter((name) => !here.includes(name));
  const pool = switchField(bench, "pool", text.pool, () => Boolean(bench.experiment.membrane.pool), (on) => {
    const off = { ...bench.experiment.membrane, pool: null, channels: bench.experiment.membrane.channels.map((channel) => ({ ...channel, carries_calcium: false })) };
    bench.edit(["membrane"], on ? { ...bench.experiment.membrane, ...FRESH_POOL } : off);
  });
  return [
    numberField(bench, ["membrane", "C_m"], "C_m", "C_m"),
    numberField(bench, ["membrane", "temperature"], text.temperature, "temperature"),
    numberField(bench, ["membrane", "pump"], text.pump, "pump"),
    ...here.map(ion),
    ...(absent.length ? [choiceField(bench, "ion", text.addIon, [["", text.choose], ...absent.map((name) => [name, ION_NAMES[name]])], () => "", (name) => name && bench.edit(["membrane", "ions"], { ...bench.experiment.membrane.ions, [name]: ORDINARY[name] }))] : []),
    pool,
    ...(membrane.pool ? [["rest", "concentration"], ["tau", "tau"], ["gain", "gain"]].map(([name, kind]) => numberField(bench, ["membrane", "pool", name], text[`pool_${name}`], kind)) : []),
  ];
};

const ION_NAMES = {}, FRESH_POOL = {};

/** Which reversal potentials of an ion's channels are plain numbers, that its concentrations do not move; and a way to change that. */
function fixedLine(bench, name) {
  const is = (channel) => channel.drive.form === "ohmic" && hueOf(channel) === name, { channels } = bench.experiment.membrane, line = make("p");
  if (!channels.some(is)) return [];
  typeset(line, filled(bench.text.fixed, { names: channels.filter(is).map((channel) => `E_${channel.name}`).join(", ") }));
  const follow = (channel) => (is(channel) ? { ...channel, drive: { form: "nernst", ion: name } } : channel);
  return [line, buttonField(`nernst ${name}`, bench.text.useNernst, () => bench.edit(["membrane", "channels"], bench.experiment.membrane.channels.map(follow)))];
}

/** The Nernst potential of an ion, beside its concentrations. */
function reversalLine(bench, name) {
  const line = make("p", { class: "bench-value" });
  bench.follow(() => {
    const { membrane } = bench.experiment;
    if (membrane.ions?.[name]) typeset(line, `E_${name} = ${withUnit(significant(reversal(bench, { drive: { ion: name } })), "mV")}`);
  });
  return line;
}
