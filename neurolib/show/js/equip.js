// The tools come in a script of their own, before this one or after it; each explorer is given them when it has been painted,
// so that nothing stands between a reader and the first answer.

const late = [];
let equipping = false;

/** Give the explorers, those that run and those to come, the tools that have arrived. */
function equip() {
  const arrived = globalThis.neurolibTools;
  if (!arrived) return;
  globalThis.neurolibTools = null;
  const before = tools.length;
  arrived(parts);
  late.push(...tools.splice(before));
  equipNext();
}

/** One explorer after another, each in a task of its own after a frame. */
function equipNext() {
  if (equipping || !late.length) return;
  const root = document.querySelector(".explorer-ready:not(.explorer-equipped)");
  if (!root) return;
  equipping = true;
  afterFrame(() => {
    equipping = false;
    root.classList.add("explorer-equipped");
    equipNext(); // whatever becomes of this one
    for (const tool of late) tool(root.neurolib);
    root.neurolib.display(...root.neurolib.progress);
  });
}
