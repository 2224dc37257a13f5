// Take it away: the curves as CSV, the figure as SVG or PNG, the Python call that gives the same numbers, and the link.

/** The Python that reproduces these values. */
function pythonCall({ spec, values }, changed) {
  const given = changed.map(({ name }) => `${name}=${values[name]}`).join(", ");
  return `from neurolib.explorers import explore\nresult = ${spec.call}.model(${given})`;
}

/** One table as CSV: the curves that are drawn against one, each a column with its unit and full precision; then the value of
 *  every control, in every row, so that tables of several states can be put below one another. */
function csv({ name, spec, results, values }, curves) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  const kept = spec.controls.map((control) => (control.options ? quote(plain(control.options[values[control.name]])) : values[control.name]));
  const header = [...curves, ...spec.controls].map(({ name, unit }) => quote(withUnit(name, unit && `(${unit})`)));
  const columns = curves.map((curve) => results[curve.name]);
  const body = Array.from(columns[0], (_, i) => [...columns.map(({ [i]: value }) => (Number.isNaN(value) ? "" : value)), ...kept, name].join(","));
  return [[...header, "explorer"].join(","), ...body].join("\r\n") + "\r\n";
}

/** A file's name tells the settings that it is for. */
const fileName = ({ name, values }, changed, kind, table = []) =>
  `${[name, ...table, ...changed.map((control) => `${control.name}=${significant(values[control.name])}`)].join(" ").slice(0, 120)}.${kind}`;

const saveSvg = (name, svg) => save(name, new Blob([svg], { type: "image/svg+xml" }));

/** Words keep the rim that holds lines off them. */
function rimmed(copy) {
  const rim = ";paint-order:stroke;stroke:var(--nl-paper);stroke-width:3px;stroke-linejoin:round";
  copy.querySelectorAll("[data-kind] text").forEach((text) => (text.style.cssText += rim));
}

function takeawayTool(explorer) {
  const { root, spec, text } = explorer;
  const code = make("code", { class: "explorer-python" });
  const told = make("p", { class: "explorer-told", role: "status" });
  explorer.copy = (content) => copyOrTell(content, explorer.tell, text);
  explorer.tell = (...content) => told.replaceChildren(...content);
  /** Where others find what is shown: of a page that was read from disk, in the published book. */
  explorer.published = () => {
    const published = location.protocol === "file:" && document.querySelector('link[rel="canonical"]')?.href;
    return published ? published + new URL(explorer.link()).hash : explorer.link();
  };
  const button = (label, tool, action) => make("button", { type: "button", "data-tool": tool, click: action }, label);
  explorer.png = (name, svg) => savePng(name, svg, () => (told.textContent = text.noPicture));
  /** Have a file made that bears the settings in its name. */
  explorer.file = (kind, action, table) => {
    // A frame that allows no files keeps them back without a word.
    told.textContent = self === top ? "" : text.noFile.replace("{link}", explorer.link());
    action(fileName(explorer, explorer.moved(), kind, table));
  };
  const file = (label, kind, action) => button(label, kind, () => explorer.file(kind, action));
  const buttons = [
    file(text.saveSvg, "svg", (name) => saveSvg(name, standalone(explorer.svg, rimmed))),
    file(text.savePng, "png", (name) => explorer.png(name, standalone(explorer.svg, rimmed))),
    button(text.copyPython, "python", () => explorer.copy(code.textContent)),
  ];
  const all = spec.tables.map((places) => places.map((place) => spec.curves[place]));
  if (all.length) {
    const labels = all.map((curves) => curves.map(({ label, name }) => plain(label || name)));
    const options = labels.map(([base, ...others], i) => make("option", { value: i }, others.length ? pair(text, base, others.join(text.separator)) : base));
    const choice = make("select", { "data-tool": "table", "aria-label": text.table }, ...options);
    // With a byte-order mark, without which some spreadsheets misread µ and ².
    const saveOne = (name) => save(name, new Blob(["\ufeff", csv(explorer, all[choice.selectedIndex])], { type: "text/csv" }));
    const csvButton = button(text.saveCsv, "csv", () => explorer.file("csv", saveOne, all.length > 1 ? [all[choice.selectedIndex][0].name] : []));
    buttons.unshift(...(all.length > 1 ? [choice] : []), csvButton);
  }
  if ("overlay" in spec && has("recording")) {
    const lay = (file) => file && bring("recording").then((made) => made(explorer, file)).catch((error) => {
      told.textContent = text.lost;
      console.info(error);
    });
    const chosen = make("input", { type: "file", hidden: "", accept: ".csv,.txt,.tsv,.dat,.asc,.atf,text/*", change: () => {
      lay(chosen.files[0]);
      chosen.value = "";
    } });
    buttons.push(button(text.lay, "lay", () => chosen.click()), chosen);
    root.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    root.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      lay(event.dataTransfer.files[0]);
    });
  }
  const more = root.querySelector(".explorer-more");
  more.append(make("div", { class: "explorer-takeaway" }, ...buttons), make("pre", { tabindex: "0" }, code));
  more.before(told);

  const values = root.querySelector(".explorer-values");
  const renew = () => {
    code.textContent = pythonCall(explorer, explorer.moved());
    const settings = spec.controls.map((control) => {
      const value = explorer.values[control.name];
      const word = control.kind === "slider" ? withUnit(significant(value), control.unit) : control.options[value];
      return pair(text, control.label, word);
    });
    typeset(values, ` ${text.stop.replace("{sentence}", () => settings.join(text.separator))}`);
  };
  const rest = atRest(renew, 150);
  explorer.watch(() => {
    setText(told, "");
    rest();
  });
  // On paper the caption and the numbers stand open; where styles cannot open them, this does.
  let opened = false;
  window.addEventListener("beforeprint", () => {
    renew();
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
