// What was done of each thing that a page asks: as the browser keeps it, as a number, as a word.

/** The kept word of each kind by its number; 0 is nothing. */
const KEPT = {
  prediction: ["", "right", "wrong", "waived"],
  challenge: ["", "1"],
  check: ["", "right", "wrong", "later"],
};

/** What counts as done: a prediction that was ventured, right or wrong; a challenge met; an exercise found, at last. */
const COUNTS = { prediction: [1, 2], challenge: [1], check: [1, 3] };

/** The number of what is kept of an item here. */
const stateOf = ({ key, kind }) => Math.max(KEPT[kind].indexOf(localStorage.getItem(`neurolib:${key}`) ?? ""), 0);

const isDone = ({ kind }, state) => COUNTS[kind].includes(state);
