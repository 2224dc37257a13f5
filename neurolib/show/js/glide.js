// From one state to another: the figure moves over, so that the eye can follow what changes.

const GLIDE = 500; // ms
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Between two values, or two curves of one length; log axes do not matter here, the way is short. */
function between(from, to, share) {
  if (typeof to === "number") return Number.isFinite(from) && Number.isFinite(to) ? from + share * (to - from) : to;
  return to.map((value, i) => (Number.isFinite(from[i]) && Number.isFinite(value) ? from[i] + share * (value - from[i]) : value));
}

/** Set controls as `set` does; the figure glides there. Returns a promise that is kept when it has arrived, or gave way. */
Explorer.prototype.glide = function (values, preset = "", step = "") {
  const before = this.fault || still.matches ? null : this.all();
  const from = before && Object.fromEntries(Object.entries(before).map(([name, value]) => [name, value.slice?.() ?? value]));
  const way = from && {};
  this.set(values, preset, step, way);
  if (!way) return Promise.resolve();
  const begun = performance.now();
  return new Promise((done) => {
    const frame = () => {
      if (this.gliding !== way) return done(); // something else moves now
      const share = Math.min(1, (performance.now() - begun) / GLIDE);
      const eased = share * share * (3 - 2 * share);
      if (share === 1) this.gliding = null;
      const to = this.all();
      this.paint(this.gliding ? Object.fromEntries(Object.entries(to).map(([name, value]) => [name, between(from[name], value, eased)])) : to);
      if (this.gliding) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
};
