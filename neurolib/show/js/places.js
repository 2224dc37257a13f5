// What the reader has done of a chapter, beside its name in the navigation and on its card. Every page has this script.
(() => {
  "use strict";
  const show = () => {
    for (const place of document.querySelectorAll("[data-explorers]")) {
      const keys = place.dataset.explorers.split(" ").filter(Boolean)
        .flatMap((name) => [`neurolib:${name}:prediction`, `neurolib:${name}:challenge`]);
      const done = keys.filter((key) => localStorage.getItem(key)).length;
      if (done) place.dataset.done = done === keys.length ? "✓" : `${done}/${keys.length}`;
      else delete place.dataset.done;
    }
  };
  addEventListener("DOMContentLoaded", show);
  addEventListener("storage", show);
  document.addEventListener("neurolib-progress", show);
})();
