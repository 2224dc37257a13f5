// Hold: a faint copy of the figure as it is stays while the experiment changes.

function ghostPart(bench) {
  bench.held = null;
  bench.hold = () => {
    bench.held = bench.held ? null : Object.fromEntries(bench.kinds().map((kind) => [kind, bench.panels.get(kind).data?.plots.map(({ curves }) => curves.filter(({ faint }) => !faint).map(({ xs, ys, colour, loose }) => ({ xs, ys, colour, loose }))) ?? []]));
    bench.draw();
    for (const watcher of bench.watchers) watcher();
  };
  bench.whenDrawn(() => {
    for (const kind of bench.kinds()) {
      const { ghost, data } = bench.panels.get(kind), plots = bench.held?.[kind] ?? [];
      ghost.replaceChildren(...plots.flatMap((curves, i) => {
        const plot = data?.plots[i];
        if (!plot?.toX) return [];
        return curves.map(({ xs, ys, colour }) => drawn("path", { d: path(xs, ys, plot.toX, plot.toY), fill: "none", stroke: colourOf(colour), "stroke-width": 1.6, "clip-path": `url(#bench-clip-${kind}-${i})` }));
      }));
    }
  });
}
