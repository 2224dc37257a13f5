// A control that the keyboard reaches comes to rest where the whole figure is in sight: below it, or beside it.

function clearTool({ root }) {
  const [body, seat, view, hand] = ["body", "seat", "view", "hand"].map((part) => root.querySelector(`.explorer-${part}`));
  const keepClear = () => {
    const tall = view.offsetHeight, stacked = view.offsetWidth > 0.9 * body.offsetWidth;
    const within = seat.offsetHeight ? seat : body; // the box that the figure sticks in
    const { top: begin, height: room } = within.getBoundingClientRect();
    const items = [...root.querySelectorAll(":is(.explorer-hand, .explorer-challenge) :is(input, select, button, summary)")];
    const places = items.map((item) => [item, item.getBoundingClientRect()]); // all are read before one is written
    for (const [item, { top, height }] of places) {
      // What is folded away will be one of the last.
      const from = item.closest("details:not([open]) > div") ? room - 80 : top - begin;
      const above = stacked ? tall + 8 : hand.contains(item) ? Math.max(from + tall - room, 8) : 8;
      item.style.scrollMarginTop = `calc(${Math.round(above)}px + var(--nl-top, 0px))`;
      item.style.scrollMarginBottom = `${stacked ? 8 : Math.max(Math.round(tall - from - height), 8)}px`;
    }
  };
  const seen = new ResizeObserver(keepClear);
  seen.observe(root);
  seen.observe(hand);
}
tools.push(clearTool);
