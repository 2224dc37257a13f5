// Take it away: the curves as CSV, the figure as SVG or PNG, the Python call that gives the same numbers, and the link.

/** The Python that reproduces these values. */
function pythonCall({ spec, values }, changed) {
  const given = changed.map(({ name }) => `${name}=${values[name]}`).join(", ");
  return `from neurolib.explorers import explore\nresult = ${spec.call}.model(${given})`;
}

/** CSV of the curves, one column each with its unit, and full precision; behind them every control with its value. All rows
 *  have as many fields, empty ones where a shorter column has ended. */
function csv({ spec, results, values }) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  const columns = [...spec.curves.map((curve) => [curve, results[curve.name]]),
    ...spec.controls.map((control) => [control, [control.options ? quote(plain(control.options[values[control.name]])) : values[control.name]]])];
  const header = columns.map(([{ name, unit }]) => quote(withUnit(name, unit && `(${unit})`)));
  const rows = Math.max(...columns.map(([, column]) => column.length));
  const body = Array.from({ length: rows }, (_, i) => columns.map(([, { [i]: value }]) => (Number.isNaN(value) ? "" : value ?? "")).join(","));
  return [header.join(","), ...body].join("\r\n") + "\r\n";
}

/** A file's name tells the settings that it is for. */
const fileName = ({ name, values }, changed, kind) =>
  `${[name, ...changed.map((control) => `${control.name}=${significant(values[control.name])}`)].join(" ").slice(0, 120)}.${kind}`;

function takeawayTool(explorer) {
  const { root, spec, text } = explorer;
  const code = make("code", { class: "explorer-python" });
  const told = make("p", { class: "explorer-told", role: "status" });
  explorer.copy = async (content) => {
    try {
      await navigator.clipboard.writeText(content);
      told.textContent = text.copied;
    } catch {
      told.textContent = content; // where the clipboard is refused, the reader copies by hand
    }
  };
  const button = (label, tool, action) => make("button", { type: "button", "data-tool": tool, click: action }, label);
  const file = (label, kind, action) => button(label, kind, () => {
    // A frame that allows no files keeps them back without a word.
    told.textContent = self === top ? "" : text.noFile.replace("{link}", explorer.link());
    action(fileName(explorer, explorer.moved(), kind));
  });
  const buttons = [
    file(text.saveSvg, "svg", (name) => save(name, new Blob([standalone(explorer.svg)], { type: "image/svg+xml" }))),
    file(text.savePng, "png", (name) => savePng(name, standalone(explorer.svg), () => (told.textContent = text.noPicture))),
    button(text.copyPython, "python", () => explorer.copy(code.textContent)),
  ];
  if (spec.curves.length) {
    // With a byte-order mark, without which some spreadsheets misread µ and ².
    buttons.unshift(file(text.saveCsv, "csv", (name) => save(name, new Blob(["\ufeff", csv(explorer)], { type: "text/csv" }))));
  }
  const more = root.querySelector(".explorer-more");
  more.append(make("div", { class: "explorer-takeaway" }, ...buttons), make("pre", { tabindex: "0" }, code));
  more.before(told);

  const values = root.querySelector(".explorer-values");
  const write = () => {
    code.textContent = pythonCall(explorer, explorer.moved());
    const settings = spec.controls.map((control) => {
      const value = explorer.values[control.name];
      const word = control.kind === "slider" ? withUnit(significant(value), control.unit) : control.options[value];
      return pair(text, control.label, word);
    });
    typeset(values, ` ${text.stop.replace("{sentence}", () => settings.join(text.separator))}`);
  };
  let waiting = 0;
  explorer.watch(() => {
    told.textContent = "";
    clearTimeout(waiting);
    waiting = setTimeout(write, 150);
  });
  // On paper the caption and the numbers stand open; where styles cannot open them, this does.
  let opened = false;
  window.addEventListener("beforeprint", () => {
    write();
    opened = !more.open;
    more.open = true;
  });
  window.addEventListener("afterprint", () => opened && (more.open = false));
}
tools.push(takeawayTool);

// A page printed from the dark is printed dark on white all the same.
let darkness = null;
window.addEventListener("beforeprint", () => {
  const { dataset } = document.documentElement;
  if (dataset.theme !== "dark") return;
  darkness = dataset.theme;
  dataset.theme = "light";
});
window.addEventListener("afterprint", () => {
  if (darkness) document.documentElement.dataset.theme = darkness;
  darkness = null;
});
