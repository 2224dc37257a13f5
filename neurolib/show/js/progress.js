// What the reader has done, kept in this browser alone; where storage is refused, for as long as the page is open.

const progress = {
  seen: {},
  key: (name, kind) => `neurolib:${name}:${kind}`,
  get(name, kind) {
    try {
      return localStorage.getItem(this.key(name, kind));
    } catch {
      return this.seen[this.key(name, kind)] ?? null;
    }
  },
  set(name, kind, value) {
    this.seen[this.key(name, kind)] = value;
    try {
      localStorage.setItem(this.key(name, kind), value);
    } catch {
      // refused: this visit only
    }
    document.dispatchEvent(new Event("neurolib-progress"));
  },
  /** Forget what was done in one figure, or, without a name, in the book. */
  clear(name = "") {
    const ours = (key) => key.startsWith(name ? `neurolib:${name}:` : "neurolib:");
    Object.keys(this.seen).filter(ours).forEach((key) => delete this.seen[key]);
    try {
      Object.keys(localStorage).filter(ours).forEach((key) => localStorage.removeItem(key));
    } catch {
      // nothing was kept
    }
    document.dispatchEvent(new Event("neurolib-progress"));
  },
};

/** Call `mark` now, and whenever something is done or forgotten, here or in another tab. */
function onProgress(mark) {
  document.addEventListener("neurolib-progress", mark);
  window.addEventListener("storage", mark);
  mark();
}
