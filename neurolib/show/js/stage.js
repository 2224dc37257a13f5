// The explorer alone: filling the screen for a room, or inside another page, which is told its height.

const view = new URLSearchParams(location.search).get("view");
/** A lecture shows one state after another, each in a frame (lecture.js): there, these keys are the lecture's. */
const lectured = view === "stage" && parent !== self;
const LECTURE = { PageDown: 1, n: 1, PageUp: -1, p: -1, Escape: 0 };

/** Put a state at the end of the lecturer's own list, which this browser keeps; returns how many there are now. */
function keep(state) {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem("neurolib-lecture")) ?? [];
  } catch {
    // what is no list is written over
  }
  const list = [...(Array.isArray(kept) ? kept : []), state];
  localStorage.setItem("neurolib-lecture", JSON.stringify(list));
  return list.length;
}

function menuTool(explorer) {
  const { root, spec, text } = explorer;
  const items = [];
  const item = (label, tool, action) => {
    const button = make("button", { type: "button", "data-tool": tool, click: () => { menu.open = false; action(); } }, label);
    items.push(button);
    return button;
  };
  const sure = (question, action) => () => confirm(question) && action();
  const stage = item(text.stage, "stage", () => setStage(!root.classList.contains("explorer-staged")));
  item(text.copyLink, "link", () => explorer.copy(explorer.link()));
  const brought = (name, use) => bring(name).then((made) => use(made(explorer))).catch((error) => {
    explorer.tell(text.lost);
    console.info(error);
  });
  if (has("qr")) item(text.qr, "qr", () => brought("qr", () => {}));
  if (has("slide")) {
    item(text.slideSvg, "slide-svg", () => brought("slide", (svg) => explorer.file("svg", (name) => saveSvg(name, svg))));
    item(text.slidePng, "slide-png", () => brought("slide", (svg) => explorer.file("png", (name) => explorer.png(name, svg))));
  }
  if (beside) item(text.keep, "keep", () => {
    // A state in which nothing is set asks the prediction; what has been answered is shown.
    const [{ name, default: value }] = spec.controls;
    const state = explorer.link().split("?")[1] || ("sealed" in root.dataset ? "" : `${name}=${value}`);
    const settings = explorer.moved().map(({ name }) => `${name} = ${significant(explorer.values[name])}`);
    const title = [plain(root.querySelector(".explorer-title").textContent), settings.join(", ")].filter(Boolean).join(": ");
    const count = keep({ name: explorer.name, state, title });
    explorer.tell(make("a", { href: new URL("../chapters/teaching.html#my-lecture", beside).href }, text.kept.replace("{count}", count)));
  });
  // The book has a document of this explorer alone, beside its scripts; such a document is one itself.
  const file = () => (beside ? new URL(`explorers/${root.id}.html${new URL(explorer.link()).hash}`, beside).href : explorer.link());
  if (beside) item(text.file, "file", async () => {
    try {
      const answer = await fetch(file());
      if (!answer.ok) throw new Error(answer.statusText);
      const html = await answer.text();
      const state = JSON.stringify(new URL(explorer.link()).hash);
      save(`${explorer.name}.html`, new Blob([html.replace("<script data-state>", () => `<script>location.hash ||= ${state};`)], { type: "text/html" }));
    } catch {
      open(file()); // a page from disk may not read others: the reader saves what opens, or sees why not
    }
  });
  item(text.embed, "embed", () => {
    const address = file().replaceAll("&", "&amp;");
    explorer.copy(`<iframe src="${address}" style="width: 100%; height: 40em; border: 0" title="${plain(root.querySelector(".explorer-title").textContent)}"></iframe>`);
  });
  const forget = item(text.forget, "forget", sure(text.sureHere, () => progress.clear(explorer.name)));
  const forgetAll = item(text.forgetAll, "forget-all", sure(text.sureAll, () => progress.clear()));
  const summary = make("summary", { title: text.menu, "aria-label": text.menu }, "⋯");
  const menu = make("details", { class: "explorer-menu" }, summary, make("div", {}, ...items));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation(); // it has done what it is for
    menu.open = false;
    summary.focus();
  });
  document.addEventListener("pointerdown", (event) => !event.composedPath().includes(menu) && (menu.open = false));
  root.querySelector(".explorer-head").append(menu);
  onProgress(() => {
    forget.hidden = !["prediction", "challenge"].some((kind) => progress.get(explorer.name, kind));
    forgetAll.hidden = forget.hidden;
  });

  /** Fill the screen; where a browser refuses, the window. */
  const setStage = (staged) => {
    root.classList.toggle("explorer-staged", staged);
    stage.textContent = staged ? text.leaveStage : text.stage;
    if (staged) root.requestFullscreen?.().catch(() => {});
    else if (root.getRootNode().fullscreenElement === root) document.exitFullscreen();
  };
  root.addEventListener("fullscreenchange", () => {
    if (!root.getRootNode().fullscreenElement && root.classList.contains("explorer-staged")) setStage(false);
  });
  root.tabIndex = -1;
  // Where a lecture shows nothing but the beginning, it asks.
  if (lectured && location.hash === `#${root.id}?`) root.querySelector('[data-tool="again"]')?.click();
  document.addEventListener("keydown", (event) => {
    // A key that a grip has used is used; Escape is always taken by Sphinx, which puts out the words of a search.
    const used = event.defaultPrevented && event.key !== "Escape";
    if (!root.classList.contains("explorer-staged") || used || root.querySelector("dialog[open]")) return;
    const [target] = event.composedPath(), typing = target.matches("input, select, textarea");
    const by = lectured && !(typing && event.key.length === 1) ? LECTURE[event.key] : undefined;
    if (typing && by === undefined) return;
    const waits = "sealed" in root.dataset || root.querySelector(".explorer-body").inert;
    if (by !== undefined) parent.postMessage({ type: "neurolib-step", by }, "*");
    else if (event.key === "Escape") setStage(false);
    else if (waits) return;
    else if (event.key === "ArrowRight" || event.key === "PageDown") explorer.nextStep?.(1);
    else if (event.key === "ArrowLeft" || event.key === "PageUp") explorer.nextStep?.(-1);
    else if (event.key === "r" || event.key === "Home") explorer.glide(explorer.defaults());
    else return;
    event.preventDefault();
  });
}
tools.push(menuTool);

/** In a frame the page around learns the height of the one explorer there is: in a document of its own, or with
 *  `?view=embed#explorer-…`, where a page becomes it; `?view=stage` fills the frame with it. */
function embed() {
  const alone = "alone" in document.body.dataset;
  if (!alone && view !== "embed" && view !== "stage") return;
  if (document.readyState !== "complete") {
    window.addEventListener("load", () => setTimeout(embed)); // when the theme's scripts have found what they look for
    return;
  }
  const root = alone ? document.querySelector(".explorer") : document.getElementById(location.hash.slice(1).split("?")[0]);
  if (!root?.matches(".explorer")) return;
  if (!alone) {
    document.documentElement.classList.add("explorer-embedded");
    document.body.replaceChildren(root);
    root.classList.toggle("explorer-staged", view === "stage");
  }
  const tell = () => parent.postMessage({ type: "neurolib-height", name: root.dataset.explorer, height: root.offsetHeight }, "*");
  new ResizeObserver(tell).observe(root, { box: "border-box" });
}
