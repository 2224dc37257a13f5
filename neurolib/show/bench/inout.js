// In and out: link and Python are copied; what makes and opens files is brought when it is asked for.

/** The Python that runs the same experiment. */
const pythonOf = (letters) => `from neurolib.bench import read_link, run\n\nresult = run(read_link("${letters}"))`;

/** Where the script of files lies, beside this one; nowhere, in a document that has it in it. */
const OWN = document.currentScript?.src;

/** Use the script that opens and makes files: a rare wish, so it is brought when it is asked for. */
async function withFiles(bench, use) {
  const src = OWN?.replace("bench.js", "bench-open.js");
  try {
    if (!globalThis.neurolibOpen) await new Promise((load, error) => document.head.append(make("script", { src, load, error })));
  } catch (error) {
    console.info(error);
    return bench.tell(bench.text.lost);
  }
  return use(globalThis.neurolibOpen(kit, bench.tables));
}

groups.files = (bench) => {
  const { text } = bench, copied = (content) => copyOrTell(content, (words) => bench.tell(words, words === text.copied), text);
  const out = (tool, label, click) => make("button", { type: "button", "data-tool": tool, "data-key": tool, click }, label);
  const file = (kind, label) => out(kind, label, () => withFiles(bench, ({ write }) => write(bench, kind)));
  const opener = make("input", { type: "file", "data-key": "open", accept: ".json,.csv,.txt,.tsv,.nml,.xml", change: () => {
    const [chosen] = opener.files;
    if (chosen) withFiles(bench, ({ read }) => read(bench, chosen));
    opener.value = ""; // so that the same file can be opened once more
  } });
  return [
    make("div", { class: "bench-files" },
      out("link", text.copyLink, async () => copied(await bench.link())), out("python", text.copyPython, async () => copied(pythonOf(await written(bench.experiment)))),
      file("csv", text.saveCsv), file("svg", text.saveSvg), file("png", text.savePng), file("json", text.saveJson), file("neuroml", text.saveNeuroml)),
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
