// Predict first: until the reader has answered, or has asked to be shown, what gives the answer away is not on the screen.

const GUESS = "guess"; // in place of an option's word: the reader has set a mark
const ROOM = 250; // pixels for the verdict, which is yet to come

function predictionTool(explorer) {
  const { prediction } = explorer.spec;
  const { root, text } = explorer;
  if (!prediction) return;
  const box = root.querySelector(".explorer-prediction");
  const status = make("span", { class: "explorer-done" });
  box.querySelector(".explorer-lesson-title").append(" ", status);
  const verdict = make("p", { class: "explorer-verdict", role: "status" });
  const choices = make("div", { class: "explorer-choices", role: "group" });
  const buttons = Object.entries(prediction.options).map(([word, option]) => {
    const label = make("span");
    typeset(label, option);
    return make("button", { type: "button", "data-option": word, click: () => answer(word) }, label);
  });
  const waive = make("button", { type: "button", class: "explorer-quiet", "data-tool": "waive", click: () => answer("") }, text.waive);
  const again = make("button", { type: "button", class: "explorer-quiet", "data-tool": "again", click: () => {
    seal(true);
    buttons[0].focus();
  } }, text.again);
  const body = root.querySelector(".explorer-body");
  choices.append(...buttons, waive);
  box.querySelector(".explorer-options").replaceWith(choices);
  box.append(verdict, again);

  const seal = (sealed) => {
    root.toggleAttribute("data-sealed", sealed);
    explorer.guess = NaN;
    choices.hidden = !sealed;
    again.hidden = sealed;
    box.classList.toggle("explorer-folded", !sealed);
    box.classList.toggle("explorer-untold", !verdict.firstChild);
    // The question stands above the figure; what came of it, beside the figure that shows it.
    if (sealed) body.before(box);
    else root.querySelector(".explorer-hand").prepend(box);
    if (!sealed) {
      explorer.guess = NaN; // the reader's own is put back with the answer
      return;
    }
    verdict.replaceChildren();
    delete verdict.dataset.right;
    explorer.release();
    explorer.guessing?.begin();
    explorer.set(explorer.defaults());
  };

  /** Without an answer: a link shows what its sender saw. */
  explorer.unseal = () => {
    seal(false);
    explorer.paint();
  };

  /** Show what happens: from the defaults, which stay as a faint copy, to the setting that was asked about. */
  const answer = async (word) => {
    const { guessing } = explorer;
    const guess = guessing?.take();
    document.documentElement.dataset.answering = ""; // the styles keep the page where it is
    seal(false);
    const low = Math.max(...[explorer.svg, box].map((part) => part.getBoundingClientRect().bottom));
    if (low + ROOM > innerHeight) body.scrollIntoView();
    body.inert = true; // what is said is about this setting
    explorer.set(explorer.defaults());
    await finished(explorer); // so that curves which a sweep draws stay, too
    explorer.hold();
    explorer.guess = guess;
    await explorer.glide({ ...explorer.defaults(), ...prediction.setting });
    await finished(explorer);
    body.inert = false;
    if (document.activeElement === document.body) again.focus({ preventScroll: true }); // the choices, which had it, are gone
    const [right, numbers] = explorer.outcome("answer");
    const option = ended(text, prediction.options[right]);
    const hit = word === GUESS ? guessing.hit(guess) : word === right;
    const opening = (hit ? text.right : word ? text.wrong : text.waived).replace("{option}", () => option);
    const said = [opening, guessing?.said(guess), fill(prediction.reasons[right] ?? "", numbers), text.before].filter(Boolean).join(" ");
    typeset(verdict, said.replace(/([。？！]) /g, "$1"));
    verdict.dataset.right = String(hit);
    box.classList.remove("explorer-untold");
    progress.set(explorer.name, "prediction", hit ? "right" : word ? "wrong" : "waived");
    afterFrame(() => delete document.documentElement.dataset.answering);
  };

  explorer.answer = answer;
  onProgress(() => {
    const kept = progress.get(explorer.name, "prediction");
    status.textContent = kept ? (kept === "right" ? `✓ ${text.answered}` : text.answered) : "";
  });
  seal(!progress.get(explorer.name, "prediction"));
}

/** A promise that is kept when no sweep is under way. */
function finished(explorer) {
  return new Promise((done) => {
    const look = () => (explorer.busy ? requestAnimationFrame(look) : done());
    look();
  });
}
tools.push(predictionTool);
