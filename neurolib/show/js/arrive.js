// A page answers before all of it is laid out: what is below the screen waits, and is laid out piece by piece when the browser
// and its reader have nothing else to do. Not where a place on the page is looked for, by a link or on the way back; not in a
// browser that would let the text jump when something above it grows (WebKit), nor where those that watch sizes then complain
// (Gecko).
(() => {
  "use strict";
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const fit = CSS.supports("overflow-anchor", "auto") && !CSS.supports("selector(::-moz-range-track)");
  if (came !== "navigate" || location.hash || location.search || !fit) return;
  const page = document.documentElement;
  page.classList.add("arriving");
  const REST = 500; // ms after the last move of a control
  const idle = window.requestIdleCallback ?? setTimeout;
  const pieces = () => [...document.querySelectorAll("article > section > section > *")];
  const arrived = () => {
    page.classList.remove("arriving");
    for (const piece of pieces()) {
      piece.style.removeProperty("content-visibility");
      if (!piece.getAttribute("style")) piece.removeAttribute("style");
    }
  };
  let touched = -REST;
  const touch = () => { touched = performance.now(); };
  for (const kind of ["input", "pointerdown"]) addEventListener(kind, touch, { capture: true, passive: true });
  const layOut = ([next, ...others]) => {
    if (!page.classList.contains("arriving")) return;
    if (!next) return arrived();
    const soon = touched + REST - performance.now();
    if (soon > 0) return setTimeout(layOut, soon, [next, ...others]);
    next.style.contentVisibility = "visible";
    idle(() => layOut(others));
  };
  addEventListener("load", () => idle(() => layOut(pieces())));
  // A link may lead to what is not laid out yet.
  addEventListener("click", ({ target }) => target.closest?.("a") && arrived(), { capture: true });
})();
