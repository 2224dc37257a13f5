// A page on a learning platform, by SCORM 1.2: what was done before comes from the platform, what is done goes to it.

const { items, text } = JSON.parse(document.getElementById("scorm-data").textContent);
const [OPENED, FINAL] = [Date.now(), ["completed", "passed", "failed"]];
const said = {}; // by key: the answer that is under way

/** The platform's interface, in a window around this one or in the one that opened it. */
function findApi() {
  for (let win of [window, window.opener]) {
    try {
      for (let up = 0; win && up < 100; up += 1, win = win.parent) {
        if (win.API) return win.API;
        if (win.parent === win) break;
      }
    } catch {
      // a window of another site, which may not be asked
    }
  }
  return null;
}

const api = findApi();
let open = false, trouble = "", count = 0;

/** Call the platform: what it answers, as text, or "" and the trouble kept. */
function call(name, ...given) {
  try {
    const answer = String(api[name](...given));
    const error = String(api.LMSGetLastError());
    if (error === "0") return answer;
    trouble = `${error} ${api.LMSGetErrorString(error)}`;
  } catch (error) {
    trouble = String(error.message);
  }
  return "";
}
const get = (name) => call("LMSGetValue", name);
const put = (name, value) => call("LMSSetValue", name, String(value));
/** Set what a platform need not have. */
const offer = (name, value) => {
  const before = trouble;
  put(name, value);
  trouble = before;
};

/** A span of time as the platform wants it: HHHH:MM:SS. */
function span(ms) {
  const seconds = Math.floor(ms / 1000);
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, "0"));
  return parts.join(":");
}

/** What is kept on the platform: key=state, by commas; what this page does not ask is let go. */
function restore(kept) {
  for (const part of kept.split(",")) {
    const [key, state] = part.split("=");
    const item = items.find((one) => one.key === key);
    const word = item && KEPT[item.kind][Number(state)];
    if (word) localStorage.setItem(`neurolib:${key}`, word);
  }
}
const written = () => items.filter(stateOf).map((item) => `${item.key}=${stateOf(item)}`).join(",");

let before = {};
const states = () => Object.fromEntries(items.map((item) => [item.key, stateOf(item)]));

/** The answer to an item, with its right one where it is known. */
function answerOf(item) {
  const [name] = item.key.split(":");
  if (item.kind === "challenge") {
    const { neurolib } = document.querySelector(`[data-explorer="${name}"]`);
    const moved = neurolib.moved().map((control) => `${control.name}=${Number(neurolib.values[control.name].toPrecision(6))}`);
    return { type: "performance", response: moved.join(" ").slice(0, 255) };
  }
  return said[item.key] ?? { type: "choice", response: "" };
}

const RESULTS = { prediction: ["", "correct", "wrong", "neutral"], challenge: ["", "correct"], check: ["", "correct", "wrong", "correct"] };

/** One answer, as the platform lists it. */
function tell(item) {
  const { type, response, right } = answerOf(item);
  const at = `cmi.interactions.${count}.`;
  count += 1;
  const told = {
    id: item.key.replace(/[^\w]+/g, "-"), time: new Date().toTimeString().slice(0, 8), type,
    ...(right === undefined ? {} : { "correct_responses.0.pattern": right }),
    ...(response === "" ? {} : { student_response: response }), result: RESULTS[item.kind][stateOf(item)],
  };
  for (const [name, value] of Object.entries(told)) offer(at + name, value);
}

/** Tell the platform how far the student is. */
function report() {
  const done = items.filter((item) => isDone(item, stateOf(item))).length;
  const complete = done === items.length;
  if (open) {
    trouble = "";
    if (items.length) {
      put("cmi.core.score.raw", Math.round((100 * done) / items.length));
      offer("cmi.core.score.min", 0);
      offer("cmi.core.score.max", 100);
    }
    if (!FINAL.includes(get("cmi.core.lesson_status"))) put("cmi.core.lesson_status", complete ? "completed" : "incomplete");
    put("cmi.suspend_data", written());
    call("LMSCommit", "");
  }
  show(done, complete);
}

function show(done, complete) {
  const place = document.getElementById("scorm-status");
  if (!place) return; // the page is not yet there
  const sentence = !open ? (api ? text.refused : text.alone) : trouble ? text.trouble : complete ? text.complete : text.reported;
  place.textContent = filled(sentence, { done, all: items.length, trouble });
}

/** What has changed since the last time is told, and so is an answer given once more. */
function follow({ detail }) {
  const now = states();
  const changed = items.filter(({ key }) => now[key] && (now[key] !== before[key] || detail?.key === key));
  before = now;
  if (open) {
    changed.forEach(tell);
    if (changed.length) offer("cmi.core.lesson_location", changed.at(-1).key);
  }
  report();
}

/** An option's letter, as the platform names choices. */
const letter = (place) => "abcdefghijklmnopqrstuvwxyz"[place];

// A prediction's answer is read when it is given: before the explorer hears of it.
addEventListener("click", ({ target }) => {
  const button = target.closest?.(".explorer-prediction [data-option], [data-tool='waive'], [data-tool='guessed']");
  if (!button) return;
  const { neurolib } = button.closest(".explorer");
  const item = items.find(({ key }) => key === `${neurolib.name}:prediction`);
  const place = (word) => Object.keys(neurolib.spec.prediction.options).indexOf(word);
  if (!item) return;
  if (button.dataset.option) said[item.key] = { type: "choice", response: letter(place(button.dataset.option)), right: letter(place(item.right)) };
  else if (button.dataset.tool === "guessed") said[item.key] = { type: "numeric", response: Number.isFinite(neurolib.guess) ? String(neurolib.guess) : "" };
  else said[item.key] = { type: "choice", response: "", right: letter(place(item.right)) };
}, { capture: true });

document.addEventListener("neurolib-progress", (event) => {
  const { key, given } = event.detail ?? {};
  if (key) {
    const box = [...document.querySelectorAll(".check")].find(({ dataset }) => dataset.check === key);
    const options = [...box.querySelectorAll("details")];
    const right = box.querySelector('[data-right="true"]');
    const place = options.findIndex((option) => option.querySelector("summary").textContent === given);
    said[key] = options.length ? { type: "choice", response: letter(place), right: letter(options.indexOf(right)) }
      : { type: "numeric", response: given, right: right.dataset.value };
  }
  follow(event);
});

let closed = false;
function close() {
  if (!open || closed) return;
  closed = true;
  put("cmi.core.session_time", span(Date.now() - OPENED));
  put("cmi.core.exit", FINAL.includes(get("cmi.core.lesson_status")) ? "" : "suspend");
  call("LMSCommit", "");
  call("LMSFinish", "");
}
addEventListener("pagehide", close);
addEventListener("pageshow", ({ persisted }) => persisted && closed && location.reload());

if (api) open = call("LMSInitialize", "") === "true";
if (open) {
  restore(get("cmi.suspend_data"));
  count = Number(get("cmi.interactions._count")) || 0;
  before = states();
}
addEventListener("DOMContentLoaded", () => report());
addEventListener("load", () => {
  const [key, rest] = open ? get("cmi.core.lesson_location").split(":") : [];
  if (!key) return;
  const boxes = [...document.querySelectorAll(".check, .explorer")];
  boxes.find(({ dataset }) => dataset.check === `${key}:${rest}` || dataset.explorer === key)?.scrollIntoView();
});
