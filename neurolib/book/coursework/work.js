// The page of the reader's own work: what was done, page by page, and the code that tells it.

const place = document.getElementById("coursework");
const { pages, text } = JSON.parse(place.querySelector("script").textContent);
const NAME_KEY = "neurolib:my-name:kept"; // forgotten with all the rest

const told = make("p", { class: "work-told", role: "status" });
const list = make("div", { class: "work-list" });
const total = make("p", { class: "work-total" });
const stamp = make("p", { class: "work-stamp" });
const code = make("textarea", { readonly: "", rows: 4, spellcheck: "false", "aria-label": text.code });
const name = make("input", { type: "text", maxlength: NAME, autocomplete: "name", id: "work-name" });
name.value = localStorage.getItem(NAME_KEY) ?? "";

const when = (time) => new Date(time).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

/** One thing to do: its sign, its name, what was done of it in a word. */
function row(item) {
  const state = stateOf(item);
  const label = make("span");
  typeset(label, item.label);
  const sign = isDone(item, state) ? "✓" : state ? "·" : "";
  const kind = make("span", { class: "work-kind" }, text.kinds[item.kind]);
  return make("tr", {}, make("td", { class: "work-sign" }, sign), make("td", {}, label, " ", kind), make("td", {}, text.states[item.kind][state]));
}

function section(page) {
  const done = page.items.filter((item) => isDone(item, stateOf(item))).length;
  const link = make("p", {}, make("a", { href: page.href }, `${text.go} ›`));
  const count = make("span", { class: "work-count" }, `${done}/${page.items.length}`);
  const summary = make("summary", {}, `${page.number} ${page.title} `, count);
  const touched = page.items.some((item) => stateOf(item));
  const details = make("details", { "data-page": page.mark }, summary, link, make("table", {}, make("tbody", {}, ...page.items.map(row))));
  details.classList.toggle("work-untouched", !touched);
  details.open = list.childElementCount ? opened.has(page.mark) : touched; // then as the reader leaves it
  return details;
}

const opened = new Set();

function show() {
  list.querySelectorAll("details").forEach((one) => (one.open ? opened.add(one.dataset.page) : opened.delete(one.dataset.page)));
  list.replaceChildren(...pages.map(section)); // (all are made before the old ones go)
  const items = pages.flatMap((page) => page.items);
  const done = items.filter((item) => isDone(item, stateOf(item))).length;
  const now = Date.now();
  total.textContent = filled(text.total, { done, all: items.length });
  stamp.textContent = [cleanName(name.value), when(now)].filter(Boolean).join(" · ");
  code.value = encoded(name.value, now, pages.map(({ mark, items: own }) => ({ mark, states: own.map(stateOf) })));
}

const button = (label, action) => make("button", { type: "button", click: action }, label);
const copy = button(text.copy, async () => {
  code.select();
  try {
    await navigator.clipboard.writeText(code.value);
    told.textContent = text.copied;
  } catch {
    told.textContent = text.byHand;
  }
});
const save = button(text.save, () => {
  const lines = [document.title, stamp.textContent, total.textContent, "", code.value, ""];
  const link = make("a", { href: URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/plain" })) });
  link.download = `${cleanName(name.value).replace(/[\\/:*?"<>|.]+/g, " ").trim() || text.file}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
const forget = button(text.forget, () => {
  if (!confirm(text.sure)) return;
  Object.keys(localStorage).filter((key) => key.startsWith("neurolib:")).forEach((key) => localStorage.removeItem(key));
  name.value = "";
  document.dispatchEvent(new Event("neurolib-progress"));
});
name.addEventListener("input", () => {
  if (name.value) localStorage.setItem(NAME_KEY, name.value);
  else localStorage.removeItem(NAME_KEY);
  show();
});

const label = make("label", { for: "work-name" }, text.name);
place.append(
  make("div", { class: "work-who" }, label, name), total, stamp, list,
  make("div", { class: "work-code" }, make("p", {}, text.about), code,
    make("div", { class: "work-buttons" }, copy, save, button(text.print, () => print()), forget), told),
);
if (location.protocol === "file:") place.append(make("p", { class: "work-note" }, text.fromDisk));
addEventListener("beforeprint", () => list.querySelectorAll("details").forEach((one) => {
  one.dataset.was = one.open;
  one.open = true;
}));
addEventListener("afterprint", () => list.querySelectorAll("details").forEach((one) => (one.open = one.dataset.was === "true")));
document.addEventListener("neurolib-progress", show);
addEventListener("storage", show);
addEventListener("pageshow", show);
show();
