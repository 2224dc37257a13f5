// Experiments as values: an edit makes a new one, so that to undo is to go back along a list.

/** A copy of `value` in which `path` leads to `to`; what the path does not touch is shared. */
function changed(value, [key, ...rest], to) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length) copy[key] = changed(value[key] ?? {}, rest, to);
  else copy[key] = to;
  return copy;
}

/** What a path leads to. */
const at_path = (value, path) => path.reduce((part, key) => part?.[key], value);

const REMEMBERED = 200; // edits

class History {
  constructor(first) {
    this.list = [first];
    this.place = 0;
    this.mark = "";
  }

  get present() {
    return this.list[this.place];
  }

  /** Make `next` the present; edits of the same `mark` in a row, such as the steps of one slider, are one edit. */
  edit(next, mark = "") {
    const same = mark && mark === this.mark && this.place > 0;
    this.list = [...this.list.slice(0, this.place + (same ? 0 : 1)), next].slice(-REMEMBERED);
    this.place = this.list.length - 1;
    this.mark = mark;
  }

  /** Go back (-1) or forward (1); whether there was somewhere to go. */
  go(by) {
    const to = this.place + by;
    if (!(to in this.list)) return false;
    this.place = to;
    this.mark = "";
    return true;
  }
}
