// The bar above the figure: what to start from, undo and redo, hold; and the numbers below it.

function barPart(bench) {
  const { text, root, catalogue } = bench;
  const cells = Object.entries(catalogue.cells), select = make("select", { "aria-label": text.start, "data-key": "start", change: () => {
    const cell = catalogue.cells[select.value];
    if (!cell) return;
    bench.begin({ ...bench.experiment, membrane: cell.membrane, protocol: cell.protocol });
    if (select.value === "empty") bench.choose("channels");
  } }, make("option", { value: "" }, text.start), ...cells.map(([key, { title }]) => make("option", { value: key }, title)));
  const button = (tool, sign, label, click) => make("button", { type: "button", "data-tool": tool, title: label, "aria-label": label, click }, sign);
  const undo = button("undo", "↶", text.undo, () => bench.go(-1)), redo = button("redo", "↷", text.redo, () => bench.go(1));
  const hold = button("hold", "", text.holdThis, () => bench.hold());
  root.querySelector(".bench-bar").replaceChildren(select, undo, redo, hold);
  const list = root.querySelector(".explorer-readouts");

  const refresh = () => {
    undo.disabled = bench.history.place === 0;
    redo.disabled = bench.history.place === bench.history.list.length - 1;
    hold.textContent = bench.held ? text.letGo : text.hold;
    for (const name of ["title", "aria-label"]) hold.setAttribute(name, bench.held ? text.release : text.holdThis);
    const same = cells.find(([, { membrane }]) => membrane === bench.experiment.membrane);
    select.value = same?.[0] ?? "";
    select.firstChild.textContent = same ? text.start : text.own;
    if (bench.fault || !bench.result) return;
    list.replaceChildren(...readouts(bench).map(({ label, value, digits, unit, yours }) => {
      const name = make("dt"), shown = make("dd", {}, Number.isFinite(value) ? withUnit(fixed(value, digits), unit) : "–");
      typeset(name, label);
      if (Number.isFinite(yours)) shown.append(make("span", { class: "bench-yours" }, ` (${text.yours}: ${withUnit(fixed(yours, digits), unit)})`));
      return make("div", {}, name, shown);
    }));
  };
  bench.watch(refresh);
  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches("input[type=text], textarea")) return;
    const by = event.key.toLowerCase() === "y" || (event.key.toLowerCase() === "z" && event.shiftKey) ? 1 : event.key.toLowerCase() === "z" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    bench.go(by);
  });
}
