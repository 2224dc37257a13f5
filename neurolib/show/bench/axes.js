// Axes: limits that end on round numbers and stay while the curves move within them, and ticks.

/** The round step (1, 2 or 5 times a power of ten) that divides `span` into at most `most` parts. */
function roundStep(span, most) {
  const least = span / most, power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((part) => part * power).find((step) => step >= least * 0.999999);
}

/** Round numbers from low to high. */
function ticks({ low, high, step: own }, most) {
  const step = own ?? roundStep(high - low, most), found = [];
  for (let i = Math.ceil(low / step - 1e-6); i * step <= high + 1e-6 * step; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/** Least and greatest finite value of these arrays. */
function extent(arrays) {
  let low = Infinity, high = -Infinity;
  for (const array of arrays) {
    for (const value of array) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/** Round limits around low and high. Those of before stay while the data fit and fill at least a third of them. */
function limits([low, high], before, most) {
  if (!(low <= high)) return before ?? { low: 0, high: 1 };
  if (before && low >= before.low && high <= before.high && high - low > (before.high - before.low) / 3) return before;
  if (high - low < 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-6)) [low, high] = [low - (Math.abs(low) / 2 || 1), high + (Math.abs(high) / 2 || 1)];
  const step = roundStep(1.08 * (high - low), most);
  const room = 0.04 * (high - low);
  return { step, low: low >= 0 && low - room < 0 ? 0 : step * Math.floor((low - room) / step), high: high <= 0 && high + room > 0 ? 0 : step * Math.ceil((high + room) / step) };
}
