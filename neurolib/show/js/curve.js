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

/** How far a line may pass by a point that it leaves out, in units of the drawing: less than an eye finds on any screen. */
const NEAR = 0.04;

let across = new Float64Array(0), up = across; // the places of one curve, in a memory that is kept

/**
 * Puts the places of a curve into `across` and `up`, a gap where a value is not finite as NaN; returns how many. Within a
 * hundredth of the panel's width only the first, lowest, highest and last point count, which draws the same line.
 */
function inColumns(xs, ys, toX, toY) {
  const { length } = xs;
  if (across.length <= length) [across, up] = [new Float64Array(2 * length + 2), new Float64Array(2 * length + 2)];
  let number = 0, column = 0, first = 0, low = 0, high = 0, x = 0, y = 0, count = 0;
  const put = (x, y) => {
    across[number] = x;
    up[number++] = y;
  };
  for (let i = 0; i <= length; i++) {
    const nextX = i < length ? toX(xs[i]) : NaN, nextY = i < length ? toY(ys[i]) : NaN;
    const drawn = Number.isFinite(nextX) && Number.isFinite(nextY), here = Math.round(nextX * 2.5);
    if (count > 1 && !(drawn && here === column)) {
      if (low < first && low < y) put(x, low);
      if (high > first && high > y) put(x, high);
      put(x, y);
    }
    if (!drawn || here !== column) count = 0;
    if (!drawn) {
      if (number && across[number - 1] === across[number - 1]) put(NaN, NaN);
      continue;
    }
    [x, y] = [nextX, nextY];
    if (count === 0) {
      put(x, y);
      [column, first, low, high] = [here, y, y, y];
    } else if (y < low) low = y;
    else if (y > high) high = y;
    count += 1;
  }
  return number;
}

/**
 * Path through points. One is left out where the line from the last one kept to a later one passes close by it and by all
 * between: the sector of Opheim's algorithm, of the directions in which each of them is met.
 */
function path(xs, ys, toX, toY) {
  const number = inColumns(xs, ys, toX, toY);
  let text = "", fromX = NaN, fromY = 0, far = 0, waits = false, bound = false, lx = 0, ly = 0, rx = 0, ry = 0;
  for (let i = 0; i < number; i++) {
    const x = across[i], y = up[i];
    let dx = x - fromX, dy = y - fromY, square = dx * dx + dy * dy;
    const met = square >= far && (!bound || (lx * dy >= ly * dx && rx * dy <= ry * dx)); // not where x is NaN
    if (waits && !met) {
      [fromX, fromY, waits, bound] = [across[i - 1], up[i - 1], false, false];
      text += `L${round(fromX)} ${round(fromY)}`;
      [dx, dy] = [x - fromX, y - fromY];
      square = dx * dx + dy * dy;
    }
    if (x !== x) fromX = NaN;
    else if (fromX !== fromX) {
      text += `M${round(x)} ${round(y)}`;
      [fromX, fromY, far] = [x, y, 0];
    } else {
      if (square > NEAR * NEAR) {
        const part = NEAR / Math.sqrt(square), ax = dx + part * dy, ay = dy - part * dx, bx = dx - part * dy, by = dy + part * dx;
        if (!bound || lx * ay > ly * ax) [lx, ly] = [ax, ay];
        if (!bound || rx * by < ry * bx) [rx, ry] = [bx, by];
        bound = true;
      }
      [far, waits] = [square, true];
    }
  }
  return text;
}
