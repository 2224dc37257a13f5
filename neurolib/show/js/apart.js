// Words that meet give way: when the figure has come to rest, a word that lies on another moves to the nearest free place.

const REST = 120; // ms without a change
const HOME = [0, 0];

/** Where a word of this size may move, the nearest first: up and down by up to three lines, and aside by up to its width. */
function ways(wide, high) {
  const found = [];
  for (const aside of [0, -0.5, 0.5, -1, 1]) {
    for (let up = -3 * high; up <= 3 * high; up += 1) found.push([Math.round(aside * wide), Math.round(up)]);
  }
  return found.sort(([a, b], [c, d]) => Math.hypot(a, b) - Math.hypot(c, d));
}

function apartTool(explorer) {
  const rest = atRest(() => (explorer.busy || explorer.gliding ? rest() : part()), REST);
  /** Everything is read before anything is written. */
  const part = (explorer.part = () => {
    const { svg, drawing: { moving, panels } } = explorer;
    const frame = svg.getBoundingClientRect(), { width } = svg.viewBox.baseVal, scale = frame.width / width;
    if (!scale) return;
    const words = new Map();
    for (const text of svg.querySelectorAll("text")) {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      if (right === left || getComputedStyle(text).visibility !== "visible" || text.closest(".explorer-cursor")) continue;
      words.set(text, [(left - frame.left) / scale, (right - frame.left) / scale, (top - frame.top) / scale, (bottom - frame.top) / scale]);
    }
    const movable = moving.filter(({ element }) => words.has(element?.neurolibText));
    const stay = new Map(words);
    for (const { element } of movable) stay.delete(element.neurolibText);
    const taken = [...stay.values()];
    for (const { element, panel } of movable) {
      const [left, right, top, bottom] = words.get(element.neurolibText), shift = element.neurolibShift ?? HOME;
      const [across, up] = shift, box = [left - across, right - across, top - up, bottom - up], { from, to } = panels[panel].y;
      const moved = ([dx, dy]) => [box[0] + dx, box[1] + dx, box[2] + dy, box[3] + dy];
      const fits = (way) => {
        const [l, r, t, b] = moved(way);
        if (way !== HOME && !(l > 0 && r < width && t > Math.min(from, to) - 2 && b < Math.max(from, to) + 2)) return false;
        return !taken.some(([L, R, T, B]) => Math.min(r, R) - Math.max(l, L) > 1 && Math.min(b, B) - Math.max(t, T) > 2);
      };
      const way = fits(HOME) ? HOME : ways(right - left, bottom - top).find(fits) ?? HOME;
      taken.push(moved(way));
      if (way[0] !== across || way[1] !== up) element.style.transform = way === HOME ? "" : `translate(${way[0]}px, ${way[1]}px)`;
      element.neurolibShift = way;
    }
  });
  explorer.watch(rest);
}
tools.push(apartTool);
