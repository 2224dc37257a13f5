// Files that the page makes: a drawing with its colours written out, as SVG or PNG, and anything saved by name.

/** The figure as it is now, as a file that stands alone: colours and type written out, and what `also` does to the copy. */
function standalone(shown, also) {
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
  also?.(copy);
  copy.prepend(drawn("rect", { width, height, fill: "var(--nl-paper)" }));
  copy.querySelectorAll("text").forEach((text) => text.style.fill || text.setAttribute("fill", "var(--nl-ink)"));
  const text = new XMLSerializer().serializeToString(copy);
  return inColour(text, style);
}

const inColour = (svg, style) => svg.replace(/var\((--nl-\w+)\)/g, (_, name) => style.getPropertyValue(name).trim());

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // a slow machine has not begun to read it in a second
}

function savePng(name, svg, failed) {
  const image = new Image();
  image.onerror = failed; // a site's policy
  image.onload = () => {
    const canvas = make("canvas", { width: image.width * 2, height: image.height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    canvas.toBlob((blob) => save(name, blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
