// Lectures: lists of states of the book's figures, through which keys step on the stage. The lecturer's own is kept in this
// browser alone. Lists also come in links and files from others: those are data, and what is no state of this book is left out.

const place = document.querySelector(".lecture-own");
const { book, text } = JSON.parse(place.querySelector("script").textContent);
const KEY = "neurolib-lecture", MOST = 200, LONG = 2000, SENT = "#lecture=";

const named = (name) => book[name.replace(/-\d+$/, "")];

/** The states in a list from anywhere. */
function checked(list) {
  return (Array.isArray(list) ? list : []).slice(0, MOST)
    .map((one) => ({ name: String(one?.name), state: String(one?.state ?? ""), title: String(one?.title ?? "").slice(0, 200) }))
    .filter(({ name, state }) => /^\w+(-\d+)?$/.test(name) && Object.hasOwn(book, name.replace(/-\d+$/, "")) && state.length < LONG && /^[\w=.&;:%+-]*$/.test(state))
    .map((one) => ({ ...one, title: one.title || named(one.name)[0] }));
}

function kept() {
  try {
    return checked(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    return [];
  }
}

const addressOf = ({ name, state }, view = "") => {
  const page = new URL(named(name)[1], location.href);
  page.search = view;
  page.hash = `explorer-${name}?${state}`;
  return page.href;
};

/** A list as a part of an address, and back. */
const packed = (list) => SENT + list.map(({ name, state, title }) => encodeURIComponent(`${name}?${state}|${title}`)).join(",");
function unpacked(hash) {
  try {
    return checked(hash.slice(SENT.length).split(",").map((part) => {
      const [, name, state, title] = /^([^?|]*)\??([^|]*)\|?(.*)$/s.exec(decodeURIComponent(part));
      return { name, state, title };
    }));
  } catch {
    return []; // a broken escape
  }
}

/** Fill the screen with the states of a list, one at a time, in frames; the next one gets ready meanwhile. */
function stage(list, from) {
  const frames = new Map();
  const count = make("span", { class: "lecture-place" }), title = make("span", { class: "lecture-name" });
  const button = (sign, label, click) => make("button", { type: "button", title: label, "aria-label": label, click }, sign);
  const bar = make("div", { class: "lecture-bar" }, button("‹", text.previous, () => show(at - 1)), count, button("›", text.next, () => show(at + 1)), title, button("✕", text.leave, () => end()));
  const screen = make("div", { class: "lecture-stage", role: "dialog", "aria-label": text.stage, tabindex: "-1" }, bar);
  let at = from;
  const framed = (number) => {
    if (list[number] && !frames.has(number)) {
      const frame = make("iframe", { src: addressOf(list[number], "?view=stage"), title: list[number].title });
      frames.set(number, frame);
      bar.before(frame);
    }
    return frames.get(number);
  };
  const show = (number) => {
    at = Math.min(Math.max(number, 0), list.length - 1);
    for (const [other, frame] of frames) {
      if (Math.abs(other - at) < 2) continue;
      frame.remove();
      frames.delete(other);
    }
    const shown = framed(at);
    for (const frame of frames.values()) frame.classList.toggle("lecture-shown", frame === shown);
    count.textContent = `${at + 1} / ${list.length}`;
    typeset(title, list[at].title);
    screen.focus(); // what is not shown yet cannot have it, and what was shown shall not keep it
    arrived(shown);
  };
  /** The keys go to the frame, which hands those of the lecture back; and the next one may come. */
  const arrived = (frame) => {
    if (!("ready" in frame.dataset)) return;
    frame.focus();
    framed(at + 1);
  };
  const listen = ({ source, data }) => {
    const [number, frame] = [...frames].find(([, { contentWindow }]) => contentWindow === source) ?? [];
    if (!frame) return;
    if (data?.type === "neurolib-height" && !("ready" in frame.dataset)) {
      frame.dataset.ready = "";
      if (number === at) arrived(frame);
    }
    if (data?.type === "neurolib-step") step(Number(data.by));
  };
  const step = (by) => (by ? show(at + Math.sign(by)) : end());
  const keys = ({ key, target }) => {
    if (target.matches?.("button") && key.length === 1) return;
    const by = { PageDown: 1, ArrowRight: 1, n: 1, PageUp: -1, ArrowLeft: -1, p: -1, Escape: 0 }[key];
    if (by !== undefined) step(by);
  };
  const left = () => document.fullscreenElement || end();
  const before = document.activeElement;
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    removeEventListener("message", listen);
    removeEventListener("keydown", keys);
    document.removeEventListener("fullscreenchange", left);
    if (document.fullscreenElement) document.exitFullscreen();
    document.documentElement.classList.remove("lecture-on");
    screen.remove();
    before?.focus();
  };
  addEventListener("message", listen);
  addEventListener("keydown", keys);
  document.documentElement.classList.add("lecture-on");
  document.body.append(screen);
  const started = screen.requestFullscreen?.();
  (started ?? Promise.resolve()).then(() => document.addEventListener("fullscreenchange", left)).catch(() => {});
  show(from);
}

const button = (label, tool, click, attributes = {}) => make("button", { type: "button", "data-tool": tool, click, ...attributes }, label);
const told = make("p", { class: "lecture-told", role: "status" });
const rows = make("ol", { class: "lecture-mine" });
const sent = make("div", { class: "lecture-sent" });

const store = (list) => localStorage.setItem(KEY, JSON.stringify(list));
function keep(list) {
  store(list);
  showMine();
}
function take(list) {
  keep([...kept(), ...list].slice(0, MOST));
  told.textContent = text.taken.replace("{count}", kept().length);
}

/** The lecturer's list, each state with its title to be changed, its places and its way out. */
function showMine() {
  const list = kept();
  const put = (from, to) => {
    const moved = [...list];
    moved.splice(to, 0, ...moved.splice(from, 1));
    keep(moved);
    rows.children[to]?.querySelector("input").focus();
  };
  rows.replaceChildren(...list.map((one, i) => {
    const name = make("input", { type: "text", "aria-label": text.title, maxlength: "200", change: () => {
      one.title = name.value;
      store(list); // the rows stay: a button among them may be what took the reader away from the title
    } });
    name.value = one.title;
    const sign = (mark, label, tool, click, off) => button(mark, tool, click, { title: label, "aria-label": label.replace("{title}", () => one.title), disabled: off ? "" : undefined });
    return make("li", {}, name,
      sign("↑", text.up, "up", () => put(i, i - 1), i === 0),
      sign("↓", text.down, "down", () => put(i, i + 1), i === list.length - 1),
      sign("✕", text.away, "away", () => keep(list.filter((_, j) => j !== i))),
      make("a", { href: addressOf(one) }, `${named(one.name)[0]} ›`));
  }));
  none.hidden = list.length > 0;
  for (const tool of whole) tool.hidden = !list.length;
}

const chosen = make("input", { type: "file", accept: ".json,application/json", hidden: "", change: async () => {
  const [file] = chosen.files;
  chosen.value = "";
  if (!file) return;
  let list = [];
  try {
    const read = JSON.parse(await file.text());
    list = checked(read?.lecture ?? read);
  } catch {
    // no list
  }
  if (list.length) take(list);
  else told.textContent = text.nothing.replace("{what}", () => file.name);
} });
const none = make("p", {}, text.none);
const whole = [
  button(text.stage, "stage", () => stage(kept(), 0)),
  button(text.link, "link", async () => {
    const page = location.protocol === "file:" && document.querySelector('link[rel="canonical"]')?.href;
    const link = (page || location.href.replace(/[?#].*/s, "")) + packed(kept());
    try {
      await navigator.clipboard.writeText(link);
      told.textContent = text.copied;
    } catch {
      told.textContent = link; // where the clipboard is refused, it is copied by hand
    }
  }),
  button(text.file, "file", () => {
    const link = make("a", { href: URL.createObjectURL(new Blob([JSON.stringify({ lecture: kept() }, null, 1)], { type: "application/json" })), download: "lecture.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }),
  button(text.empty, "empty", () => confirm(text.sure) && keep([])),
];
place.replaceChildren(sent, none, rows, make("p", { class: "lecture-tools" }, ...whole, button(text.open, "open", () => chosen.click()), chosen), told, make("p", { class: "lecture-keys" }, text.keys));
showMine();
addEventListener("storage", ({ key }) => [KEY, null].includes(key) && showMine()); // null: all has been taken away

for (const list of document.querySelectorAll("ol.lecture")) {
  const states = [...list.children].map(({ dataset: { name, state, title } }) => ({ name, state, title }));
  list.before(make("p", { class: "lecture-tools" }, button(text.stage, "stage", () => stage(states, 0)), button(text.take, "take", () => take(states))));
}

const receive = () => {
  if (!location.hash.startsWith(SENT)) return;
  const list = unpacked(location.hash);
  const said = list.length ? text.came.replace("{count}", list.length) : text.nothing.replace("{what}", () => location.hash.slice(0, 80));
  const titles = list.map((one) => {
    const link = make("a", { href: addressOf(one) });
    typeset(link, one.title);
    return make("li", {}, link);
  });
  const tools = list.length ? [button(text.stage, "stage", () => stage(list, 0)), button(text.take, "take", () => take(list))] : [];
  sent.replaceChildren(make("p", {}, said), make("ol", {}, ...titles), make("p", { class: "lecture-tools" }, ...tools));
  place.scrollIntoView();
};
receive();
addEventListener("hashchange", receive);

// The report sheet, alone on paper.
const sheet = document.querySelector(".report-sheet");
sheet?.before(make("p", { class: "lecture-tools" }, button(text.print, "print", () => {
  document.documentElement.classList.add("sheet-alone");
  print();
  document.documentElement.classList.remove("sheet-alone");
})));
