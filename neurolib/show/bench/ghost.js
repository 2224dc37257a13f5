// Hold: a faint copy of the figure as it is stays while the experiment changes.

function ghostPart(bench) {
  bench.held = null;
  bench.hold = () => {
    bench.held = bench.held ? null : new Map(bench.kinds().map((kind) => [kind, bench.panels.get(kind).data?.plots]));
    bench.draw();
    for (const watcher of bench.watchers) watcher();
  };
  /** The held curves that belong into a plot: those of the same quantity. */
  bench.heldCurves = (kind, place, { label, unit }) => {
    const held = bench.held?.get(kind)?.[place];
    return held?.label === label && held.unit === unit ? held.curves.filter(({ faint }) => !faint) : [];
  };
  bench.whenDrawn(() => {
    for (const kind of bench.kinds()) {
      const { ghost, data } = bench.panels.get(kind);
      ghost.replaceChildren(...(data?.plots ?? []).flatMap((plot, i) => (plot.toX ? bench.heldCurves(kind, i, plot) : []).map(({ xs, ys, colour }) =>
        drawn("path", { d: path(xs, ys, plot.toX, plot.toY), fill: "none", stroke: colourOf(colour), "stroke-width": 1.6, "clip-path": `url(#bench-clip-${kind}-${i})` }))));
    }
  });
}
