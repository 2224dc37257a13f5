// The tools come in a script of their own, before this one or after it.

/** Give the explorers, those that run and those to come, the tools that have arrived. */
function equip() {
  const late = globalThis.neurolibTools;
  if (!late) return;
  globalThis.neurolibTools = null;
  const before = tools.length;
  late(parts);
  for (const { neurolib: explorer } of document.querySelectorAll(".explorer-ready")) {
    for (const tool of tools.slice(before)) tool(explorer);
    explorer.display(...explorer.progress);
  }
}
