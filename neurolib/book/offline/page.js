// At the foot of a page: the reader keeps the whole book in the browser, renews the copy and removes it. Nothing of it is
// fetched unasked. Where a browser cannot keep it (a file, a sandbox, an old browser) none of this is shown.
(() => {
  "use strict";
  const able = () => {
    try {
      return top === self && isSecureContext && /^http/.test(location.protocol) && caches && new DecompressionStream("gzip") && navigator.serviceWorker;
    } catch {
      return null; // a sandbox refuses the mere mention
    }
  };
  const begin = () => {
    const place = document.querySelector(".book-offline[data-worker]:not([hidden])");
    const workers = able();
    if (!place || !workers) return;
    const root = new URL(place.dataset.root, location.href).href;
    const texts = JSON.parse(place.dataset.texts);
    const [told, button] = [place.querySelector("[role=status]"), place.querySelector("button")];
    const show = (words, label, action) => {
      told.textContent = words;
      button.textContent = label ?? "";
      button.hidden = !label;
      button.onclick = action ?? null;
    };
    const ours = async () => {
      const registration = await workers.getRegistration(root);
      return registration?.scope === root ? registration : undefined;
    };
    const look = async () => {
      const registration = await ours();
      const whole = await caches.match(`${root}?whole`);
      if (registration?.waiting) show(texts.newer, texts.renew, () => registration.waiting.postMessage("renew"));
      else if (registration?.active && whole) show(texts.kept, texts.remove, remove);
      else if (registration?.installing) show(texts.fetching.replace("{percent}", "0"));
      else show("", texts.keep, keep);
    };
    const fail = () => show(texts.failed, texts.keep, keep);
    const follow = (worker, first) => worker?.addEventListener("statechange", () => {
      if (worker.state === "redundant" && first) fail();
      else look();
    });
    const keep = async () => {
      show(texts.fetching.replace("{percent}", "0"));
      try {
        const registration = await workers.register(root + place.dataset.worker);
        if (registration.installing) follow(registration.installing, true);
        else registration.active.postMessage("fill"); // a worker that lives on without its copy
        navigator.storage?.persist?.(); // so that the browser does not throw it away when it wants room
      } catch {
        fail();
      }
    };
    const remove = async () => {
      await (await ours())?.unregister();
      const names = (await caches.keys()).filter((name) => name.startsWith(`${root} `));
      await Promise.all(names.map((name) => caches.delete(name)));
      await look();
    };
    // A page lives with one edition: when another has taken over, it begins again.
    if (workers.controller) workers.addEventListener("controllerchange", () => location.reload());
    workers.addEventListener("message", async ({ data }) => {
      if (data.root !== root) return;
      if (data.filled === false) fail();
      else if (data.filled) look();
      else if (button.hidden) show(texts.fetching.replace("{percent}", data.percent)); // not while an older copy is shown
    });
    const known = ours().then((registration) => {
      registration?.addEventListener("updatefound", () => follow(registration.installing));
      follow(registration?.installing, !registration?.active);
      registration?.update().catch(() => {}); // is there a newer edition? Without a network nobody knows
    });
    Promise.all([known, look()]).catch(() => {}); // a browser that keeps nothing after all
    document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: place.dataset.manifest }));
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
})();
