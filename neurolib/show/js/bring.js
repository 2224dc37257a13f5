// What is asked for rarely has a script of its own, which is brought when it is asked for; a document that stands alone has it in it.

/** Where the book keeps its scripts, by the address of this one; nowhere, in a document that stands alone. */
const beside = document.querySelector('script[src*="neurolib-tools.js"]')?.src;

const has = (name) => Boolean(beside || globalThis.neurolibExtras?.[name]);

/** The function of that name; a promise that is broken where its script cannot be read. */
async function bring(name) {
  const src = beside?.replace("neurolib-tools", `neurolib-${name}`);
  if (!globalThis.neurolibExtras?.[name]) await new Promise((load, error) => document.head.append(make("script", { src, load, error })));
  return globalThis.neurolibExtras[name](kit);
}
