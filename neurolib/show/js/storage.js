// The first script of every page. Where a browser refuses storage, its mere mention is an error, and the theme mentions it
// at once: there, keep what is stored for as long as the page is open.
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
    try {
      window[name].getItem("");
    } catch {
      Object.defineProperty(window, name, { value: Object.create(methods) });
    }
  }
})();
