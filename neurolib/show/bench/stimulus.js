// The group of the electrode: clamp, kind of protocol, its numbers; they can be dragged in the figure, too.

groups.stimulus = (bench) => {
  const { text, experiment } = bench, { protocol } = experiment, { clamp: clamped, kind } = protocol;
  const level = clamped === "current" ? "current" : "voltage";
  /** Turn to another clamp or kind; to one that was there before, as it was left. */
  const turn = (to, of) => {
    const before = bench.experiment.protocol;
    bench.left[`${before.clamp} ${before.kind}`] = before;
    bench.edit(["protocol"], bench.left[`${to} ${of}`] ?? turned(before, to, of));
  };
  const numbers = Object.entries(KIND_FIELDS[kind]).map(([name, quantity]) => {
    const bounds = () => {
      const { duration } = bench.experiment.protocol;
      return quantity === "time" ? { max: duration, step: duration / 500 } : quantity === "sd" && clamped === "voltage" ? { unit: "mV" } : {};
    };
    return numberField(bench, ["protocol", name], text[`s_${name}`], quantity === "level" ? level : quantity, bounds);
  });
  return [
    choiceField(bench, "clamp", text.clamp, [["current", text.currentClamp], ["voltage", text.voltageClamp]], () => bench.experiment.protocol.clamp, (to) => turn(to, to === "voltage" && kind === "pulse" ? "family" : kind)),
    choiceField(bench, "kind", text.kind, Object.keys(KIND_FIELDS).map((name) => [name, text[`kind_${name}`]]), () => bench.experiment.protocol.kind, (to) => turn(clamped, to)),
    ...(kind === "table" ? [tableField(bench)] : numbers),
    numberField(bench, ["protocol", "base"], clamped === "current" ? text.holdingCurrent : text.holdingVoltage, level),
    numberField(bench, ["protocol", "duration"], text.duration, "duration"),
  ];
};

/** A table of one's own: a line for each step, time and value. */
function tableField(bench) {
  const { text } = bench, id = `bench-${(fields += 1)}`, told = make("span", { class: "explorer-note", role: "status" });
  const area = make("textarea", { id, rows: 6, "data-key": "table", spellcheck: "false", change: () => {
    const lines = area.value.split("\n").filter((line) => line.trim());
    const rows = lines.map((line) => line.trim().split(/[\s;]+|,\s+/).filter(Boolean).map((word) => parsed(word)));
    const wrong = rows.findIndex((row) => row.length !== 2 || !row.every(Number.isFinite));
    told.textContent = wrong >= 0 || !rows.length || rows.length > 2000 ? filled(text.badTable, { line: wrong + 1 || 1 }) : "";
    if (!told.textContent) bench.edit(["protocol", "rows"], rows.sort((a, b) => a[0] - b[0]));
  } });
  bench.follow(() => {
    if (document.activeElement !== area) area.value = (bench.experiment.protocol.rows ?? []).map((row) => row.join("  ")).join("\n");
  });
  return make("div", { class: "explorer-control" }, make("label", { for: id }, text.tableHow), area, told);
}
