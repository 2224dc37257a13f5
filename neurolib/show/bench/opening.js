// What a file holds: an experiment (JSON), channels of NeuroML, or a recording.

async function read(bench, file) {
  const { text } = bench;
  if (file.size > 5e6) return bench.tell(text.tooLarge);
  const written_ = await textOf(file);
  if (written_.trimStart().startsWith("<")) {
    try {
      const found = channelsFrom(written_);
      const next = found.reduce(withChannel, bench.experiment), wrong = unsound(next);
      if (wrong) throw new Unsupported(wrong);
      bench.make(next);
      bench.choose("channels");
      return bench.tell(filled(text.opened, { names: found.map(({ name }) => name).join(", ") }));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return bench.tell(filled(text.unsupported, { part: error.message.slice(0, 60) }));
    }
  }
  if (written_.trimStart().startsWith("{")) {
    let experiment = null, wrong = "JSON";
    try {
      experiment = JSON.parse(written_);
      wrong = unsound(experiment);
    } catch {
      // said below
    }
    if (!wrong) bench.begin(experiment);
    return bench.tell(wrong ? filled(text.badFile, { part: wrong }) : "");
  }
  const recording = recordingOf(written_);
  if (recording.fault) return bench.tell(filled(text[recording.fault], { ...recording, file: file.name, x: text.t, y: "V" }));
  bench.recording = { ...recording, numbers: featuresOf(recording) };
  bench.tell(fill(text.recorded, bench.recording.numbers));
  bench.draw();
  for (const watcher of bench.watchers) watcher();
  bench.rebuild();
}
