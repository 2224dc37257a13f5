// Positions of a slider's handle and the values they stand for.

/** The value at a position of a slider's handle; the same as `Slider.at` in Python. */
function at(control, position) {
  const { min, max, positions, smallest } = control;
  if (control.scale === "linear") return Number((min + (position / positions) * (max - min)).toPrecision(12));
  const first = smallest ? 1 : 0;
  if (position < first) return 0;
  const low = smallest || min;
  const value = low * (max / low) ** ((position - first) / (positions - first));
  return Math.min(Math.max(Number(value.toExponential(2)), min), max);
}

/** The position of the handle nearest to a value. */
function positionOf(control, value) {
  const { min, max, positions, smallest } = control;
  if (control.scale === "linear") return Math.round((positions * (value - min)) / (max - min));
  const first = smallest ? 1 : 0;
  const low = smallest || min;
  return value < low ? 0 : first + Math.round(((positions - first) * Math.log(value / low)) / Math.log(max / low));
}
