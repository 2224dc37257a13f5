// The sentence keeps the room of the longest it has had, so that what stands below it does not jump while a control is moved.

function calmTool({ shown }) {
  let wide = 0, most = 0;
  new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (width !== wide) most = shown.style.minHeight ? 0 : height; // another screen, another type
    else if (height <= most) return;
    else most = height;
    wide = width;
    shown.style.minHeight = most ? `${most}px` : "";
  }).observe(shown);
}
tools.push(calmTool);
