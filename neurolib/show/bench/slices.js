// Long work in slices between frames, so that the page answers while it goes on.

const SLICE = 10; // ms of work between two frames

/** The next frame, or, in a hidden tab, to which no frame comes, a moment. */
const nextFrame = (call) => (document.hidden ? setTimeout(call, 30) : requestAnimationFrame(call));

/**
 * Run a generator that yields its progress; the first slice at once.
 * @param {Generator} work @param {(progress: any) => void} say @param {(result: any) => void} finished
 * @param {() => void} failed called after an error in any slice, or in what is done with its result
 * @returns {() => void} stops it; the same generator can go on later
 */
function inSlices(work, say, finished, failed) {
  let live = true;
  const turn = () => {
    if (!live) return;
    const began = performance.now();
    try {
      for (;;) {
        const { value, done } = work.next();
        if (done) return finished(value);
        if (performance.now() - began > SLICE) {
          say(value);
          break;
        }
      }
    } catch (error) {
      console.error(error);
      return failed();
    }
    nextFrame(turn);
  };
  turn();
  return () => {
    live = false;
  };
}
