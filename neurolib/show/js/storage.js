// The first script of every page. Where a browser refuses storage, its mere mention is an error, and where it is full, to
// keep anything is one; the theme does both at once. There, keep what is stored for as long as the page is open.
(() => {
  "use strict";
  const methods = {
    getItem(key) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(key, value) {
      this[key] = String(value);
    },
    removeItem(key) {
      delete this[key];
    },
    clear() {
      Object.keys(this).forEach((key) => delete this[key]);
    },
    key(place) {
      return Object.keys(this)[place] ?? null;
    },
    get length() {
      return Object.keys(this).length;
    },
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    const instead = Object.create(methods);
    try {
      Object.assign(instead, window[name]);
      window[name].setItem("neurolib", "x".repeat(4000)); // is there room?
      window[name].removeItem("neurolib");
    } catch {
      Object.defineProperty(window, name, { value: instead });
    }
  }
})();
