// From data to places in a drawing: axes, and the path of a curve.
/**
 * @typedef {{scale: string, low: number, high: number, from: number, to: number}} Axis
 */

/** @param {Axis} axis @returns {(value: number) => number} data to SVG coordinate */
function transform(axis) {
  const log = axis.scale === "log";
  const low = log ? Math.log10(axis.low) : axis.low;
  const high = log ? Math.log10(axis.high) : axis.high;
  const slope = (axis.to - axis.from) / (high - low);
  // Far outside the panel is outside: huge coordinates slow some browsers down.
  return (value) => {
    const at = axis.from + slope * ((log ? Math.log10(value) : value) - low);
    return at > 1e4 ? 1e4 : at < -1e4 ? -1e4 : at;
  };
}

/** SVG coordinate to data. */
function inverse(axis, at) {
  const share = (at - axis.from) / (axis.to - axis.from);
  return axis.scale === "log" ? axis.low * (axis.high / axis.low) ** share : axis.low + share * (axis.high - axis.low);
}

const round = (value) => Math.round(value * 100) / 100;

/**
 * Path through points, broken where a value is not finite. Within a hundredth of the panel's width only the first,
 * lowest, highest and last point are kept, which draws the same line.
 */
function path(xs, ys, toX, toY) {
  let text = "";
  let column = NaN, low = 0, high = 0, lastX = 0, lastY = 0, count = 0, pen = false;
  const close = () => {
    if (count > 1) {
      if (low !== lastY) text += `L${lastX} ${low} `;
      if (high !== lastY) text += `L${lastX} ${high} `;
      text += `L${lastX} ${lastY} `;
    }
    count = 0;
  };
  for (let i = 0; i < xs.length; i++) {
    const x = round(toX(xs[i])), y = round(toY(ys[i]));
    if (!(Number.isFinite(x) && Number.isFinite(y))) {
      close();
      pen = false;
      column = NaN;
      continue;
    }
    const here = Math.round(x * 2.5);
    if (here !== column || !pen) {
      close();
      text += `${pen ? "L" : "M"}${x} ${y} `;
      [column, low, high, pen] = [here, y, y, true];
    } else {
      if (y < low) low = y;
      if (y > high) high = y;
    }
    count += 1;
    [lastX, lastY] = [x, y];
  }
  close();
  return text.trim();
}
