// Long work in slices between frames, so that the page answers while it goes on.

const SLICE = 10; // ms of work between two frames

/** The next frame, or, in a hidden tab, to which no frame comes, a moment. */
const nextFrame = (call) => (document.hidden ? setTimeout(call, 30) : requestAnimationFrame(call));

/**
 * Run a generator that yields its progress; the first slice at once.
 * @param {Generator} work @param {(progress: any) => void} say @param {(result: any) => void} finished
 * @returns {() => void} stops it
 */
function inSlices(work, say, finished) {
  let live = true;
  const turn = () => {
    if (!live) return;
    const began = performance.now();
    for (;;) {
      const { value, done } = work.next();
      if (done) return finished(value);
      if (performance.now() - began > SLICE) {
        say(value);
        break;
      }
    }
    nextFrame(turn);
  };
  turn();
  return () => {
    live = false;
  };
}
