// Lessons: experiments to rebuild. Each begins somewhere, asks for something, and is checked on what the model does.

/** What has been done is kept in this browser alone, under a name that "forget what I did in the whole book" finds. */
const kept = (key) => `neurolib:bench:${key}`;

groups.lessons = (bench) => {
  const { text, lessons } = bench, done = (key) => Boolean(localStorage.getItem(kept(key)));
  const chosen = lessons.find(({ key }) => key === bench.lesson);
  const list = make("ol", { class: "bench-lessons" }, ...lessons.map(({ key, title }) => make("li", {}, buttonField(`lesson ${key}`, `${done(key) ? "✓ " : ""}${title}`, () => {
    bench.lesson = key;
    bench.rebuild();
    bench.root.querySelector(".bench-lesson").focus({ preventScroll: true });
  }, { "aria-pressed": String(key === bench.lesson) }))));
  if (!chosen) return [make("p", {}, text.lessonsHow), list];
  const verdict = make("p", { class: "explorer-verdict", role: "status" });
  bench.judge = () => {
    const met = !bench.fault && bench.numbers && bench.begun === chosen.key && reached(bench.numbers, chosen.goals);
    verdict.dataset.right = String(Boolean(met));
    verdict.textContent = met ? chosen.said : "";
  };
  bench.judge();
  return [make("section", { class: "explorer-lesson bench-lesson", tabindex: "-1" },
    make("p", { class: "explorer-question" }, chosen.title), ...chosen.text.split("\n").map((words) => make("p", {}, words)),
    make("div", { class: "explorer-buttons" }, buttonField("begin", text.begin, () => {
      bench.begun = chosen.key;
      bench.begin({ ...bench.experiment, membrane: chosen.membrane ?? bench.catalogue.cells[chosen.cell].membrane, protocol: chosen.protocol, view: { panels: chosen.panels ?? DEFAULT_PANELS } });
    })), fold(chosen.key, text.hint, make("p", {}, chosen.hint)), verdict), list];
};

function lessonsPart(bench) {
  bench.watch(() => {
    bench.judge?.();
    const lesson = bench.lessons.find(({ key }) => key === bench.begun);
    if (!lesson || bench.fault || !reached(bench.numbers, lesson.goals) || localStorage.getItem(kept(lesson.key))) return;
    localStorage.setItem(kept(lesson.key), "done");
    if (bench.group === "lessons") bench.rebuild();
    else bench.tell(`${lesson.title}: ${lesson.said}`);
  });
}
