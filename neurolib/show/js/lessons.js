// Predict, then run; reach a goal. What the reader has done is kept in this browser alone.

/** Storage that a browser may refuse; then nothing is kept and everything else works. */
const progress = {
  key: (name, kind) => `neurolib:${name}:${kind}`,
  get(name, kind) {
    try {
      return localStorage.getItem(this.key(name, kind));
    } catch {
      return null;
    }
  },
  set(name, kind, value) {
    try {
      localStorage.setItem(this.key(name, kind), value);
    } catch {
      // refused: this visit only
    }
  },
  clear() {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("neurolib:")).forEach((key) => localStorage.removeItem(key));
    } catch {
      // nothing was kept
    }
  },
};

function lesson(explorer, heading, kind) {
  const done = make("span", { class: "explorer-done" });
  const forget = make("button", { type: "button", class: "explorer-forget", "data-tool": "forget", hidden: "" }, explorer.text.forget);
  const box = make("div", { class: `explorer-lesson explorer-${kind}` },
    make("p", { class: "explorer-lesson-title" }, heading, " ", done, " ", forget));
  const mark = () => {
    const kept = progress.get(explorer.name, kind);
    done.textContent = kept ? `✓ ${explorer.text.done}` : "";
    forget.hidden = !kept;
  };
  forget.addEventListener("click", () => {
    progress.clear();
    document.dispatchEvent(new Event("neurolib-progress"));
  });
  document.addEventListener("neurolib-progress", mark);
  window.addEventListener("storage", mark); // another tab kept or forgot something, or what this one kept arrives late
  mark();
  const keep = () => {
    progress.set(explorer.name, kind, "1");
    mark();
  };
  return { box, keep };
}

function predictionTool(explorer) {
  const { prediction } = explorer.spec;
  const { root, text } = explorer;
  if (!prediction) return;
  const { box, keep } = lesson(explorer, text.prediction, "prediction");
  const options = Object.entries(prediction.options).map(([word, option]) => {
    const radio = make("input", { type: "radio", name: `${explorer.name}-prediction`, value: word });
    const label = make("span");
    typeset(label, option);
    return make("label", {}, radio, " ", label);
  });
  const question = make("legend");
  typeset(question, prediction.question);
  const verdict = make("p", { class: "explorer-verdict", role: "status" });
  const run = make("button", { type: "button", disabled: "", "data-tool": "predict" }, text.run);
  const choices = make("fieldset", { change: () => (run.disabled = false) }, question, ...options);
  let asked = null;
  run.addEventListener("click", () => {
    asked = choices.querySelector("input:checked").value;
    explorer.set({ ...explorer.defaults(), ...prediction.setting });
  });
  explorer.watch((finished) => {
    if (asked === null || !finished) return;
    const [right] = explorer.outcome("answer");
    const opening = right === asked ? text.right : text.wrong.replace("{option}", () => ended(text, prediction.options[right]));
    typeset(verdict, `${opening} ${fill(prediction.reasons[right] ?? "", explorer.all())}`.replace(/([。？！]) /g, "$1"));
    verdict.dataset.right = String(right === asked);
    keep();
    asked = null;
  });
  box.append(choices, run, verdict);
  root.querySelector(".explorer-body").before(box);
}

function challengeTool(explorer) {
  const { challenge } = explorer.spec;
  const { root, text, spec } = explorer;
  if (!challenge) return;
  const { box, keep } = lesson(explorer, text.challenge, "challenge");
  const goal = make("p");
  typeset(goal, challenge.goal);
  const verdict = make("p", { class: "explorer-verdict" });
  const spoken = make("p", { class: "explorer-spoken", role: "status" });
  const speak = politely(spoken);
  let said = "";
  explorer.watch((finished) => {
    if (!finished) return;
    const moved = spec.controls.filter((control) => explorer.values[control.name] !== control.default);
    let text_ = "";
    if (moved.length && !explorer.fault) {
      const others = challenge.only.length ? moved.filter(({ name }) => !challenge.only.includes(name)).length : 0;
      const [word, numbers] = others ? ["others", { ...explorer.all(), off: others }] : explorer.outcome("check");
      text_ = fill(challenge[word], numbers);
      box.classList.toggle("explorer-met", word === "done");
      if (word === "done") keep();
    } else box.classList.remove("explorer-met");
    if (text_ === said) return;
    said = text_;
    typeset(verdict, text_);
    speak(plain(text_));
  });
  box.append(goal, verdict, spoken);
  root.querySelector(".explorer-body").after(box);
}
tools.push(predictionTool, challengeTool);
