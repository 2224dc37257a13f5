// Reach a goal with the controls; hints cost nothing but pride.

function challengeTool(explorer) {
  const { challenge } = explorer.spec;
  const { root, text } = explorer;
  if (!challenge) return;
  const box = root.querySelector(".explorer-challenge");
  const status = make("span", { class: "explorer-done" });
  box.querySelector(".explorer-lesson-title").append(" ", status);
  const verdict = make("p", { class: "explorer-verdict" });
  const spoken = make("p", { class: "explorer-spoken", role: "status" });
  const speak = politely(spoken);
  const hints = make("ul", { class: "explorer-hints", hidden: "" });
  let shown = 0;
  const hint = make("button", {
    type: "button", class: "explorer-quiet", "data-tool": "hint",
    click: () => {
      const item = make("li");
      typeset(item, challenge.hints[shown]);
      hints.hidden = false;
      hints.append(item);
      shown += 1;
      hint.hidden = shown === challenge.hints.length;
    },
  }, text.hint);
  hint.hidden = !challenge.hints?.length;
  let said = "";
  explorer.watch((done) => {
    if (!done) return;
    const moved = explorer.moved();
    let verdict_ = "", met = false;
    if (moved.length && !explorer.fault) {
      const others = challenge.only.length ? moved.filter(({ name }) => !challenge.only.includes(name)).length : 0;
      const [word, numbers] = others ? ["others", { ...explorer.all(), off: others }] : explorer.outcome("check");
      verdict_ = fill(challenge[word], numbers);
      met = word === "done";
    }
    box.classList.toggle("explorer-met", met);
    if (met && !progress.get(explorer.name, "challenge")) progress.set(explorer.name, "challenge", "1");
    if (verdict_ === said) return;
    said = verdict_;
    typeset(verdict, verdict_);
    if (!("sealed" in root.dataset)) speak(plain(verdict_));
  });
  onProgress(() => (status.textContent = progress.get(explorer.name, "challenge") ? `✓ ${text.done}` : ""));
  box.append(verdict, spoken, hints, hint);
}
tools.push(challengeTool);
