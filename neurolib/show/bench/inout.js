// In and out: link, Python, CSV, SVG, PNG and JSON out; files in.

/** All panels as one drawing. */
function wholeFigure({ figure }) {
  const { left, top } = figure.getBoundingClientRect(), whole = drawn("svg", { viewBox: `0 0 ${figure.scrollWidth} ${figure.scrollHeight}` });
  for (const svg of figure.children) {
    const inner = svg.cloneNode(true), on = svg.getBoundingClientRect();
    for (const [name, value] of Object.entries({ x: on.left - left + figure.scrollLeft, y: on.top - top, width: on.width, height: on.height })) inner.setAttribute(name, value);
    for (const text of inner.querySelectorAll("text")) text.setAttribute("font-size", 12);
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

/** The Python that runs the same experiment. */
const pythonOf = (letters) => `from neurolib.bench import read_link, run\n\nresult = run(read_link("${letters}"))`;

/** Where the script that opens files lies, beside this one; nowhere, in a document that has it in it. */
const OWN = document.currentScript?.src;

/** Do something with the script that reads files and writes NeuroML: a rare wish, so it is brought when it is asked for. */
async function withFiles(bench, act) {
  const src = OWN?.replace("bench.js", "bench-open.js");
  try {
    if (!globalThis.neurolibOpen) await new Promise((load, error) => document.head.append(make("script", { src, load, error })));
    await act(globalThis.neurolibOpen(kit, bench.tables));
  } catch (error) {
    console.info(error);
    bench.tell(bench.text.lost);
  }
}

groups.files = (bench) => {
  const { text } = bench, copied = (content) => copyOrTell(content, (words) => bench.tell(words), text);
  const out = (tool, label, click) => make("button", { type: "button", "data-tool": tool, "data-key": tool, click }, label);
  const keep = (kind, content, type) => {
    bench.tell("");
    save(`bench.${kind}`, new Blob([content], { type }));
  };
  const opener = make("input", { type: "file", "data-key": "open", accept: ".json,.csv,.txt,.tsv,.nml,.xml", change: () => {
    const [file] = opener.files;
    if (file) withFiles(bench, ({ read }) => read(bench, file));
    opener.value = ""; // so that the same file can be opened once more
  } });
  return [
    make("div", { class: "bench-files" },
      out("link", text.copyLink, async () => copied(await bench.link())), out("python", text.copyPython, async () => copied(pythonOf(await written(bench.experiment)))),
      out("csv", text.saveCsv, () => keep("csv", `\ufeff${csvOf(bench)}`, "text/csv")), out("svg", text.saveSvg, () => keep("svg", wholeFigure(bench), "image/svg+xml")),
      out("png", text.savePng, () => savePng("bench.png", wholeFigure(bench), () => bench.tell(text.noPicture))), out("json", text.saveJson, () => keep("json", JSON.stringify(bench.experiment, null, 1), "application/json")),
      out("neuroml", text.saveNeuroml, () => withFiles(bench, ({ saveNeuroml }) => saveNeuroml(bench, keep)))),
    make("p", {}, text.openHow),
    make("div", { class: "bench-files" }, make("label", {}, opener, text.open), ...(bench.recording ? [out("forget", text.forget, () => {
      bench.recording = null;
      bench.tell("");
      bench.draw();
      for (const watcher of bench.watchers) watcher();
      bench.rebuild();
    })] : [])),
  ];
};
