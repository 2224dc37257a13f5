// The explorer alone: filling the screen for a room, or inside another page, which is told its height.

function menuTool(explorer) {
  const { root, text } = explorer;
  const items = [];
  const item = (label, tool, action) => {
    const button = make("button", { type: "button", "data-tool": tool, click: () => { menu.open = false; action(); } }, label);
    items.push(button);
    return button;
  };
  const sure = (question, action) => () => confirm(question) && action();
  const stage = item(text.stage, "stage", () => setStage(!root.classList.contains("explorer-staged")));
  item(text.copyLink, "link", () => explorer.copy(explorer.link()));
  // The book has a document of this explorer alone, beside its scripts; such a document is one itself.
  const beside = document.querySelector('script[src*="neurolib-tools.js"]')?.src;
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
  document.addEventListener("keydown", (event) => {
    if (!root.classList.contains("explorer-staged") || event.composedPath()[0].matches("input, select, textarea")) return;
    const waits = "sealed" in root.dataset || root.querySelector(".explorer-body").inert;
    if (event.key === "Escape") setStage(false);
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
 *  `?view=embed#explorer-…`, where a page becomes it. */
function embed() {
  const alone = "alone" in document.body.dataset;
  if (!alone && new URLSearchParams(location.search).get("view") !== "embed") return;
  if (document.readyState !== "complete") {
    window.addEventListener("load", () => setTimeout(embed)); // when the theme's scripts have found what they look for
    return;
  }
  const root = alone ? document.querySelector(".explorer") : document.getElementById(location.hash.slice(1).split("?")[0]);
  if (!root?.matches(".explorer")) return;
  if (!alone) {
    document.documentElement.classList.add("explorer-embedded");
    document.body.replaceChildren(root);
  }
  const tell = () => parent.postMessage({ type: "neurolib-height", name: root.dataset.explorer, height: root.offsetHeight }, "*");
  new ResizeObserver(tell).observe(root, { box: "border-box" });
}
