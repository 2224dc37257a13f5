// A state as a QR code: in a lecture hall every phone takes the figure along.

const QUIET = 4; // modules around the code that stay light

function qr(explorer) {
  const { root } = explorer;
  const address = explorer.published();
  const code = qrcode(0, "M"); // as large as the address asks for; an eighth of it may be hidden
  code.addData(address, "Byte");
  code.make();
  const size = code.getModuleCount(), whole = size + 2 * QUIET;
  let dark = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) dark += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  // Black on white, whatever the page: many cameras do not read it the other way round.
  const picture = drawn("svg", { viewBox: `0 0 ${whole} ${whole}`, width: 12 * whole, height: 12 * whole, role: "img", "aria-label": text.code, "shape-rendering": "crispEdges" },
    drawn("rect", { width: whole, height: whole, fill: "#fff" }), drawn("path", { d: dark, fill: "#000" }));
  const close = make("button", { type: "button", autofocus: "", click: () => dialog.close() }, text.close);
  const keep = make("button", { type: "button", click: () => saveSvg(`${explorer.name} qr.svg`, new XMLSerializer().serializeToString(picture)) }, text.save);
  const dialog = make("dialog", { class: "explorer-qr", "aria-label": text.code, close: () => dialog.remove(), click: ({ target }) => target === dialog && dialog.close() },
    picture, make("p", {}, make("a", { href: address }, address)), make("div", { class: "explorer-buttons" }, close, keep));
  root.append(dialog);
  dialog.showModal();
}
