// The figure as a slide, 16:9: its title, its sentence, the settings that were changed, and where it comes from.

const WIDE = 1600, HIGH = 900, MARGIN = 56;
const [TITLE, SAID, SET, SOURCE] = [46, 34, 28, 20]; // type, in units of the slide: on 1080 lines a fifth larger

function slide(explorer) {
  const { root, spec, figures } = explorer;
  const shown = figures.wide;
  // On a phone it is another figure that follows the controls.
  draw(root, spec.drawings.wide, explorer.fault ? null : explorer.all(), explorer.step);
  const style = getComputedStyle(root);
  const pen = make("canvas").getContext("2d");
  const wide = (words, size) => {
    pen.font = `${size === TITLE ? "bold " : ""}${size}px ${style.fontFamily}`;
    return pen.measureText(plain(words)).width;
  };
  /** A text in lines that fit; Chinese breaks anywhere, an address at its marks. */
  const lines = (words, size) => {
    const found = [""];
    for (const piece of words.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]*?[&;?#/](?=\S)|[^\s\u2e80-\uffef]+|\s+/gu) ?? []) {
      if (found.at(-1) && wide(found.at(-1) + piece, size) > WIDE - 2 * MARGIN) found.push("");
      if (found.at(-1) || piece.trim()) found[found.length - 1] += piece;
    }
    return found.map((line) => line.trimEnd());
  };
  /** A line with its symbols in italics and their index lowered. */
  const written = (line, size, attributes) => {
    const told = make("span");
    if (size === SOURCE) told.textContent = line; // an address has no symbols
    else typeset(told, line);
    let lowered = 0;
    const parts = [...told.childNodes].map((node) => {
      const drop = node.nodeName === "SUB" ? 0.22 * size : 0;
      const part = drawn("tspan", { dy: drop - lowered, "font-size": drop ? 0.75 * size : size }, node.textContent);
      if (node.nodeName === "I") part.setAttribute("font-style", "italic");
      lowered = drop;
      return part;
    });
    return drawn("text", { x: MARGIN, "font-size": size, fill: "var(--nl-ink)", "xml:space": "preserve", ...attributes }, ...parts);
  };

  const moved = explorer.moved().map((control) => {
    const value = explorer.values[control.name];
    return pair(explorer.text, control.label, control.kind === "slider" ? withUnit(significant(value), control.unit) : control.options[value]);
  });
  const settings = moved.length ? moved.join(explorer.text.separator) : text.defaults;
  const address = explorer.published().replace(/^(file|about|blob):.*/, ""); // which leads nobody there
  const book = document.querySelector('meta[property="og:site_name"]')?.content ?? "";
  const head = [
    ...lines(root.querySelector(".explorer-title").textContent, TITLE).map((line) => [line, TITLE, { "font-weight": "bold" }]),
    ...lines(explorer.sentence(), SAID).map((line) => [line, SAID, {}]),
  ];
  const foot = [
    ...lines(settings, SET).map((line) => [line, SET, {}]),
    ...lines([book, address].filter(Boolean).join(" · "), SOURCE).map((line) => [line, SOURCE, { fill: "var(--nl-muted)" }]),
  ];
  let down = MARGIN - 22;
  const put = ([line, size, attributes]) => {
    down += 1.22 * size;
    return written(line, size, { y: down, ...attributes });
  };
  const above = head.map(put);
  const top = down + 14;
  const tall = foot.reduce((sum, [, size]) => sum + 1.22 * size, 0);
  down = HIGH - MARGIN + 26 - tall;
  const room = down - 4 - top;
  const below = foot.map(put);

  const figure = new DOMParser().parseFromString(standalone(shown, rimmed), "image/svg+xml").documentElement;
  const { width, height } = shown.viewBox.baseVal;
  const scale = Math.min((WIDE - 2 * MARGIN) / width, room / height);
  for (const [name, value] of Object.entries({ x: (WIDE - scale * width) / 2, y: top, width: scale * width, height: scale * height })) figure.setAttribute(name, value);
  const paper = drawn("rect", { width: WIDE, height: HIGH, fill: "var(--nl-paper)" });
  const whole = drawn("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, "font-family": style.fontFamily }, paper, ...above, ...below, figure);
  return inColour(new XMLSerializer().serializeToString(whole), style);
}
