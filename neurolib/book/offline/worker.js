// The book from the copy that the reader keeps. A worker has one edition: all of its files came in one, and every answer is from
// them. Another edition comes with another worker, which waits until the pages of this one are closed, or its reader asks.
"use strict";
const EDITION = "{edition}";
const ARCHIVE = "{archive}";
const SIZE = Number("{size}");
const APART = new RegExp("{apart}"); // files that stand alone, and are not in the copy
const OURS = new Set("{ours}".split("|")); // how the paths of the book begin; others below its address are not the book's
const ROOT = new URL("./", location.href);
const NAME = `${ROOT.href} ${EDITION}`;
const WHOLE = `${ROOT.href}?whole`; // stands in the cache when all files do

async function tell(what) {
  const pages = await clients.matchAll({ includeUncontrolled: true, type: "window" });
  for (const page of pages) page.postMessage({ root: ROOT.href, ...what });
}

/** The archive: gzip of a line of JSON, which lists the files, and then the files. */
async function unpack() {
  const response = await fetch(new URL(ARCHIVE, ROOT), { cache: "no-store" });
  if (!response.ok) throw new Error(`${ARCHIVE}: ${response.status}`);
  let got = 0;
  let percent = 0;
  const count = new TransformStream({
    transform(chunk, next) {
      got += chunk.byteLength;
      const now = Math.min(100, Math.floor((100 * got) / SIZE));
      if (now > percent) tell({ percent: (percent = now) });
      next.enqueue(chunk);
    },
  });
  const plain = response.body.pipeThrough(count).pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer()); // fails where a byte is wrong or missing
  const end = bytes.indexOf(10);
  const { edition, files } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  if (edition !== EDITION) throw new Error(`the archive is of edition ${edition}, this is ${EDITION}`);
  const policy = response.headers.get("Content-Security-Policy"); // what the server asks of its pages holds for the copy
  const cache = await caches.open(NAME);
  let at = end + 1;
  const kept = files.map(([path, type, length]) => {
    const headers = { "Content-Type": type, ...(policy && { "Content-Security-Policy": policy }) };
    const body = bytes.subarray(at, (at += length));
    return cache.put(new URL(path, ROOT), new Response(body, { headers }));
  });
  await Promise.all(kept);
  await cache.put(WHOLE, new Response());
}

async function fill() {
  try {
    await unpack();
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

async function install() {
  // Who saves data keeps the edition there is; the next one is asked for again another day.
  if (registration.active && navigator.connection?.saveData) throw new Error("data are saved");
  await fill();
}

async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith(`${ROOT.href} `) && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function answer(request, path) {
  const kept = (file) => caches.match(new URL(file, ROOT), { cacheName: NAME });
  if (!(await kept(WHOLE))) return fetch(request); // the reader has removed it, or the browser has
  const found = await kept(/(^|\/)$/.test(path) ? `${path}index.html` : path);
  if (found) return found;
  if (path && (await kept(`${path}/index.html`))) return Response.redirect(`${new URL(path, ROOT)}/`);
  // What this edition lacks may be another's: a page of that one would be given the scripts of this.
  const lost = await kept("404.html");
  return new Response(lost?.body, { status: 404, headers: lost?.headers });
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data === "renew") skipWaiting();
  // A worker whose copy was removed lives on while a page is open.
  if (event.data === "fill") event.waitUntil(fill().then(() => tell({ filled: true }), () => tell({ filled: false })));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== ROOT.origin || !pathname.startsWith(ROOT.pathname)) return;
  const path = pathname.slice(ROOT.pathname.length);
  if (OURS.has(path.split("/")[0]) && !APART.test(path)) event.respondWith(answer(request, path));
});
