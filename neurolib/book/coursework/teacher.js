// The page of a class: codes are pasted or dropped, and added up. Nothing is kept and nothing is sent; what a code holds is
// written as text, never as HTML.

const place = document.getElementById("coursework");
const { pages, text } = JSON.parse(place.querySelector("script").textContent);
const students = new Map(); // by name: what the latest code of each says
const LARGEST = 1e6; // bytes of a file that may hold codes

const doneOf = (student, items) => items.filter((item) => isDone(item, student.states[item.key] ?? 0)).length;
const all = pages.flatMap((page) => page.items);
const date = (time) => new Date(time).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });

const messages = make("ul", { class: "work-messages", role: "status" });
const table = make("div", { class: "work-table" });
const field = make("textarea", { rows: 5, spellcheck: "false", id: "work-codes" });
const files = make("input", { type: "file", multiple: "", accept: ".txt,.csv,.eml,text/plain", "aria-label": text.files });

/** Take the codes of a text; what came of them, in a sentence each. */
function take(content, from = "") {
  const found = codesIn(content);
  const said = [];
  const tell = (sentence) => said.push(from ? filled(text.from, { file: from, sentence }) : sentence);
  let taken = 0;
  for (const code of found) {
    const student = decoded(code, pages);
    if (student.fault) {
      tell(filled(text[student.fault], { code: `${code.slice(0, 16)}…` }));
      continue;
    }
    student.name ||= text.nameless;
    if (student.strange) tell(filled(text.strange, { name: student.name, count: student.strange }));
    const before = students.get(student.name);
    if (before) tell(filled(text.twice, { name: student.name }));
    if (!before || before.when <= student.when) students.set(student.name, student);
    taken += 1;
  }
  if (!found.length) tell(text.none);
  else if (taken) tell(filled(text.taken, { count: taken }));
  return said;
}

function report(said) {
  messages.replaceChildren(...said.map((sentence) => make("li", {}, sentence)));
  show();
}

async function takeFiles(list) {
  const said = [];
  for (const file of list) {
    try {
      if (file.size > LARGEST) throw new Error();
      said.push(...take(await file.text(), file.name));
    } catch {
      said.push(filled(text.from, { file: file.name, sentence: text.unread }));
    }
  }
  files.value = ""; // so that the same file can be chosen once more
  report(said);
}

const sorted = () => [...students.values()].sort((a, b) => a.name.localeCompare(b.name, document.documentElement.lang));
const cell = (content, tag = "td") => make(tag, tag === "th" ? { scope: "col" } : {}, content);

/** A row a student, a column a page; then, for each page, how the class did with each thing that it asks. */
function show() {
  buttons.hidden = !students.size;
  if (!students.size) return table.replaceChildren();
  const numbers = pages.map((page) => {
    const head = cell(String(page.number), "th");
    head.title = page.title;
    return head;
  });
  const head = make("tr", {}, cell(text.student, "th"), cell(text.date, "th"), ...numbers, cell(text.all, "th"), cell("", "th"));
  const rows = sorted().map((student) => {
    const counts = pages.map((page) => cell(`${doneOf(student, page.items)}/${page.items.length}`));
    const remove = make("button", { type: "button", "aria-label": filled(text.remove, { name: student.name }), click: () => {
      students.delete(student.name);
      show();
    } }, "×");
    return make("tr", {}, make("th", { scope: "row" }, student.name), cell(date(student.when)), ...counts, cell(`${doneOf(student, all)}/${all.length}`), cell(remove));
  });
  const whole = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
  table.replaceChildren(make("div", { class: "work-scroll" }, whole), make("h2", {}, text.questions), ...pages.map(questions));
}

function questions(page) {
  const rows = page.items.map((item) => {
    const label = make("td");
    typeset(label, item.label);
    label.append(" ", make("span", { class: "work-kind" }, text.kinds[item.kind]));
    const states = sorted().map((student) => student.states[item.key] ?? 0);
    const said = text.states[item.kind].map((word, state) => [word, states.filter((one) => one === state).length])
      .filter(([, count]) => count).map(([word, count]) => filled(text.count, { count, word }));
    return make("tr", {}, label, cell(said.join(text.separator)));
  });
  return make("details", {}, make("summary", {}, `${page.number} ${page.title}`), make("table", {}, make("tbody", {}, ...rows)));
}

/** CSV: a row a student, the pages' counts, then what was done of each thing. What begins like a formula is no formula. */
function csv() {
  const quote = (content) => {
    const held = String(content);
    return `"${(/^[=+\-@\t\r]/.test(held) ? `'${held}` : held).replaceAll('"', '""')}"`;
  };
  const heads = [text.student, text.date, ...pages.map((page) => `${page.number} ${page.title} (${page.items.length})`),
    `${text.all} (${all.length})`, ...all.map((item) => `${item.label} ${text.kinds[item.kind]}`)];
  const rows = sorted().map((student) => [student.name, new Date(student.when).toISOString().slice(0, 16).replace("T", " "),
    ...pages.map((page) => doneOf(student, page.items)), doneOf(student, all),
    ...all.map((item) => text.states[item.kind][student.states[item.key] ?? 0])]);
  // With a byte-order mark, without which some spreadsheets misread what is not ASCII.
  return `\ufeff${[heads, ...rows].map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
}

const save = () => {
  const link = make("a", { href: URL.createObjectURL(new Blob([csv()], { type: "text/csv" })), download: `${text.file}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
const button = (label, action) => make("button", { type: "button", click: action }, label);
const buttons = make("div", { class: "work-buttons", hidden: "" },
  button(text.csv, save), button(text.print, () => print()), button(text.forget, () => {
    students.clear();
    report([]);
  }));
const add = button(text.add, () => {
  report(take(field.value));
  field.value = "";
});
files.addEventListener("change", () => takeFiles(files.files));
const drop = make("div", { class: "work-drop" }, make("label", { for: "work-codes" }, text.paste), field,
  make("div", { class: "work-buttons" }, add, files));
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("work-over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("work-over"));
drop.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  takeFiles(event.dataTransfer.files);
});
place.append(drop, messages, buttons, table);
