// Files that the bench makes, by kind: curves, the figure, the experiment.

const TYPE = ["fill", "font-size", "font-style", "font-weight", "paint-order", "stroke", "stroke-linejoin", "stroke-width"];

/** All panels as one drawing. */
function wholeFigure({ figure }) {
  const { left, top } = figure.getBoundingClientRect(), whole = drawn("svg", { viewBox: `0 0 ${figure.scrollWidth} ${figure.scrollHeight}` });
  for (const svg of figure.children) {
    const inner = svg.cloneNode(true), on = svg.getBoundingClientRect();
    for (const [name, value] of Object.entries({ x: on.left - left + figure.scrollLeft, y: on.top - top, width: on.width, height: on.height })) inner.setAttribute(name, value);
    // Its words as they stand here, in their sizes and colours and with the paper around them.
    const [shown, copied] = [svg, inner].map((of) => [...of.querySelectorAll("text, tspan")]);
    shown.forEach((text, i) => {
      const style = getComputedStyle(text);
      for (const name of TYPE) copied[i].style.setProperty(name, style.getPropertyValue(name));
    });
    whole.append(inner);
  }
  whole.style.cssText = "position: absolute; visibility: hidden; width: 0";
  figure.append(whole); // where its colours are
  const text = standalone(whole).replace(/ style="position[^"]*"/, "");
  whole.remove();
  return text;
}

/** Every curve over time, a column each; of a family, run by run. */
function csvOf({ result }) {
  const { runs, cell, experiment } = result, { channels, pool } = experiment.membrane, many = runs.length > 1;
  const columns = runs.flatMap((run, k) => {
    const name = (word) => (many ? `${word}_${k + 1}` : word), gates = cell.gates.filter(({ state }) => state);
    return [[name("V (mV)"), run.states[0]], ...gates.map((gate) => [name(`${channels[gate.channel].name}.${gate.name}`), run.states[gate.state]]), ...(pool ? [[name("Ca (mM)"), run.states.at(-1)]] : []),
      ...channels.map((channel, i) => [name(`I_${channel.name} (µA/cm²)`), run.currents[i]])];
  });
  const { times } = runs[0];
  const lines = Array.from(times, (t, i) => [t, ...columns.map(([, values]) => values[i])].join(","));
  return `${["t (ms)", ...columns.map(([name]) => name)].map((name) => `"${name}"`).join(",")}\r\n${lines.join("\r\n")}\r\n`;
}

/** What a file of a kind holds, and its type. */
const contents = {
  csv: (bench) => [`\ufeff${csvOf(bench)}`, "text/csv"],
  svg: (bench) => [wholeFigure(bench), "image/svg+xml"],
  json: (bench) => [JSON.stringify(bench.experiment, null, 1), "application/json"],
};

const keep = (kind, content, type) => save(`bench.${kind}`, new Blob([content], { type }));

function write(bench, kind) {
  bench.tell("");
  if (kind === "neuroml") return saveNeuroml(bench, keep);
  if (kind === "png") return savePng("bench.png", wholeFigure(bench), () => bench.tell(bench.text.noPicture));
  keep(kind, ...contents[kind](bench));
}
