// A small maker of drawings, and where a pointer is in one.

/** An SVG element with attributes, of which those that are undefined are left out, and children. */
function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The place of a pointer in the coordinates of a drawing. */
function pointIn(svg, event) {
  const { width, height } = svg.viewBox.baseVal, on = svg.getBoundingClientRect();
  return [((event.clientX - on.left) / on.width) * width, ((event.clientY - on.top) / on.height) * height];
}
