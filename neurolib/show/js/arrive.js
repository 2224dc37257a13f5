// A page answers before all of it is laid out: what is below the screen waits, and is laid out piece by piece when the browser
// and its reader have nothing else to do. Not where a place on the page is looked for, by a link or on the way back; not in a
// browser that would let the text jump when something above it grows (WebKit), nor where those that watch sizes then complain
// (Gecko). Text that has been laid out keeps its place, but far from the screen it is not painted with each frame of a figure.
(() => {
  "use strict";
  const page = document.documentElement;
  const REST = 500; // ms after the last move of a control, or after what has been waited for
  const came = performance.getEntriesByType("navigation")[0]?.type;
  // A link leads to its place at once, and to that place again when the page has grown: a glide would end beside it.
  if (came === "navigate" && location.hash) {
    let left = false;
    page.classList.add("landing");
    for (const kind of ["wheel", "pointerdown", "keydown"]) addEventListener(kind, () => { left = true; }, { once: true, passive: true });
    addEventListener("load", () => setTimeout(() => {
      if (!left) document.getElementById(location.hash.slice(1).split("?")[0])?.scrollIntoView();
      page.classList.remove("landing");
    }, REST));
  }
  if (!CSS.supports("overflow-anchor", "auto") || CSS.supports("selector(::-moz-range-track)")) return;
  if (came === "navigate" && !location.hash && !location.search) page.classList.add("arriving");
  const FEW = 8; // texts that are laid out at once; a figure is by itself
  const idle = window.requestIdleCallback ?? setTimeout;
  const pieces = () => [...document.querySelectorAll("article > section > section > *")];
  const arrived = () => {
    page.classList.remove("arriving");
    for (const piece of pieces()) {
      piece.style.removeProperty("content-visibility");
      if (!piece.getAttribute("style")) piece.removeAttribute("style");
    }
  };
  /** The texts of a piece whose place stays the same when they are laid out by themselves: no heading's margin, no figure. */
  const textsOf = (piece) => {
    if (piece.matches("section")) return [...piece.children].flatMap(textsOf);
    return piece.matches("h2, h3, .docutils, .explorer, form") || piece.querySelector(".explorer, form") ? [] : [piece];
  };
  let touched = -REST;
  const touch = () => { touched = performance.now(); };
  for (const kind of ["input", "pointerdown"]) addEventListener(kind, touch, { capture: true, passive: true });
  const layOut = (waiting, beside) => {
    if (!waiting.length) return arrived();
    const soon = touched + REST - performance.now();
    if (soon > 0) return setTimeout(layOut, soon, waiting, beside);
    const texts = waiting.findIndex((piece) => piece.querySelector(".explorer"));
    const next = waiting.splice(0, texts < 0 ? FEW : Math.min(Math.max(texts, 1), FEW));
    for (const piece of next) piece.style.contentVisibility = "visible";
    // The browser knows the size of what was in a frame.
    requestAnimationFrame(() => idle(() => {
      if (beside) for (const text of next.flatMap(textsOf)) text.classList.add("aside");
      layOut(waiting, beside);
    }));
  };
  addEventListener("load", () => idle(() => {
    const beside = document.querySelector(".explorer");
    if (beside || page.classList.contains("arriving")) layOut(pieces(), beside);
  }));
  // A link may lead to what is not laid out yet.
  addEventListener("click", ({ target }) => target.closest?.("a") && arrived(), { capture: true });
})();
