// Take it away: the curves as CSV, the figure as SVG or PNG, the Python call that gives the same numbers, and the link.

/** The Python that reproduces these values. */
function pythonCall(name, controls, values) {
  const changed = controls.filter((control) => values[control.name] !== control.default);
  const given = changed.map((control) => `${control.name}=${values[control.name]}`).join(", ");
  return `from neurolib.explorers import explore\nresult = explore("${name}").model(${given})`;
}

/** CSV of the curves, one column each with its unit, and full precision; shorter curves end early. */
function csv(curves, results) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  const header = curves.map((curve) => quote(withUnit(curve.name, curve.unit ? `(${curve.unit})` : "")));
  const rows = Math.max(0, ...curves.map((curve) => curve.size));
  const body = Array.from({ length: rows }, (_, i) => curves.map((curve) => {
    const value = results[curve.name][i];
    return value === undefined || Number.isNaN(value) ? "" : String(value);
  }).join(","));
  return [header.join(","), ...body].join("\r\n") + "\r\n";
}

/** The figure as it is now, as a file that stands alone: colours and type written out. */
function standalone(shown) {
  const style = getComputedStyle(shown);
  const copy = shown.cloneNode(true);
  const { width, height } = shown.viewBox.baseVal;
  copy.setAttribute("width", width * 2);
  copy.setAttribute("height", height * 2);
  copy.setAttribute("font-family", style.fontFamily);
  copy.querySelectorAll(".explorer-cursor, .explorer-grip, .explorer-guess-grip").forEach((part) => part.remove());
  copy.querySelectorAll(".symbol").forEach((part) => part.setAttribute("font-style", "italic"));
  copy.querySelectorAll(".index").forEach((part) => part.setAttribute("font-size", "8.4"));
  copy.querySelectorAll(".explorer-ghost").forEach((ghost) => ghost.setAttribute("opacity", "0.35"));
  const paper = document.createElementNS(shown.namespaceURI, "rect");
  for (const [name, value] of [["width", width], ["height", height], ["fill", "var(--nl-paper)"]]) paper.setAttribute(name, value);
  copy.prepend(paper);
  copy.querySelectorAll("text").forEach((text) => text.style.fill || text.setAttribute("fill", "var(--nl-ink)"));
  const text = new XMLSerializer().serializeToString(copy);
  return text.replace(/var\((--nl-\w+)\)/g, (_, name) => style.getPropertyValue(name).trim());
}

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // a slow machine has not begun to read it in a second
}

function savePng(name, svg) {
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", { width: image.width * 2, height: image.height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    canvas.toBlob((blob) => save(name, blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

function takeawayTool(explorer) {
  const { root, spec, text, name } = explorer;
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
  const buttons = [
    button(text.saveSvg, "svg", () => save(`${name}.svg`, new Blob([standalone(explorer.svg)], { type: "image/svg+xml" }))),
    button(text.savePng, "png", () => savePng(`${name}.png`, standalone(explorer.svg))),
    button(text.copyPython, "python", () => explorer.copy(code.textContent)),
  ];
  if (spec.curves.length) {
    // With a byte-order mark, without which some spreadsheets misread µ and ².
    const curves = () => new Blob(["\ufeff", csv(spec.curves, explorer.results)], { type: "text/csv" });
    buttons.unshift(button(text.saveCsv, "csv", () => save(`${name}.csv`, curves())));
  }
  const more = root.querySelector(".explorer-more");
  more.append(make("div", { class: "explorer-takeaway" }, ...buttons), make("pre", { tabindex: "0" }, code));
  more.before(told);

  const values = root.querySelector(".explorer-values");
  const write = () => {
    code.textContent = pythonCall(name, spec.controls, explorer.values);
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
