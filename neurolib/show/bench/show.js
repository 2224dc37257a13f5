// The group of the panels: which are shown, in which order, and of what.

const PANEL_KINDS = Object.keys(views);

groups.show = (bench) => {
  const { text } = bench, chosen = bench.kinds();
  const set = (panels) => bench.edit(["view"], { ...bench.experiment.view, panels });
  const move = (kind, by) => {
    const list = [...bench.kinds()], from = list.indexOf(kind), to = from + by;
    [list[from], list[to]] = [list[to], list[from]];
    set(list);
  };
  const row = (kind) => {
    const place = chosen.indexOf(kind), on = place >= 0;
    const box_ = make("input", { type: "checkbox", "data-key": `show ${kind}`, change: () => set(on ? bench.kinds().filter((one) => one !== kind) : [...bench.kinds(), kind]) });
    box_.checked = on;
    box_.disabled = (on && chosen.length === 1) || (!on && chosen.length >= MOST_PANELS);
    const arrow = (by, sign, label, out) => buttonField(`${kind} ${by}`, sign, () => move(kind, by), { "aria-label": filled(label, { name: text[`panel_${kind}`] }), class: "bench-arrow", ...out && { disabled: "" } });
    return make("div", { class: "explorer-control explorer-toggle bench-shown" }, make("label", {}, box_, text[`panel_${kind}`]), ...(on ? [make("span", {}, arrow(-1, "↑", text.earlier, place === 0), arrow(1, "↓", text.later, place === chosen.length - 1))] : []));
  };
  const gates = bench.result?.cell.gates ?? [];
  const gate = chosen.includes("phase") && gates.length ? [choiceField(bench, "gate", text.phaseGate, gates.map(({ label, state }, j) => [j, label, state]).filter(([, , state]) => state).map(([j, label]) => [j, label]), () => bench.experiment.view?.gate ?? gates.length - 1, (j) => bench.edit(["view"], { ...bench.experiment.view, panels: bench.kinds(), gate: Number(j) }))] : [];
  const most = chosen.length >= MOST_PANELS ? [make("p", {}, text.mostPanels)] : [];
  return [...most, ...[...chosen, ...PANEL_KINDS.filter((kind) => !chosen.includes(kind))].map(row), ...gate];
};
