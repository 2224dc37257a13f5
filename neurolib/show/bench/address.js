// The address holds the whole experiment: JSON, deflated, in letters that an address may have. What is edited in the last
// moment before a reload outlasts it, too.

const MARK = "#bench?e=";

const lettersOf = (bytes) => btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), "")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const bytesOf = (letters) => Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const through = async (bytes, stream) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

/** An experiment as the letters of a link: "d" and deflated JSON. */
const written = async (experiment) => `d${lettersOf(await through(new TextEncoder().encode(JSON.stringify(experiment)), new CompressionStream("deflate-raw")))}`;

/** The experiment in a link's letters. */
const readLetters = async (letters) => JSON.parse(new TextDecoder().decode(await through(bytesOf(letters.slice(1)), new DecompressionStream("deflate-raw"))));

function addressPart(bench) {
  const { text, root } = bench, key = `neurolib:${location.pathname}:bench-left`;
  let last = "", waiting = 0, held = bench.experiment; // what the address holds
  bench.link = async () => location.href.replace(/[?#].*/s, "") + MARK + await written(bench.experiment);

  /** Show what an address holds; what cannot be read is said. */
  const show = async (letters) => {
    let experiment = null, wrong = "";
    try {
      experiment = await readLetters(letters);
      wrong = unsound(experiment);
    } catch {
      wrong = text.link;
    }
    bench.tell(wrong ? filled(text.badLink, { part: wrong }) : "");
    if (wrong) return;
    bench.begin(experiment);
    held = bench.experiment;
  };
  const read = (hash) => {
    if (!hash.startsWith(MARK) || hash.slice(MARK.length) === last) return false;
    show(hash.slice(MARK.length));
    root.scrollIntoView();
    return true;
  };
  const keep = async () => {
    const { experiment } = bench;
    if (experiment === held) return;
    const letters = await written(experiment);
    held = experiment;
    last = letters;
    history.replaceState(history.state, "", MARK + letters);
  };
  bench.watch(() => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 400);
  });
  window.addEventListener("hashchange", () => read(location.hash));
  // On its way out the page has no time to deflate: what stands is kept as it is, with the address that it left.
  window.addEventListener("pagehide", () => {
    if (bench.experiment === held) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify([location.hash, bench.experiment]));
  });
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const [hash, before] = came === "reload" || came === "back_forward" ? JSON.parse(sessionStorage.getItem(key)) ?? [] : [];
  if (before && hash === location.hash && !unsound(before)) bench.begin(before);
  else read(location.hash);
  // To the page in another language the reader takes the experiment along.
  for (const link of document.querySelectorAll("a.edition-link")) for (const kind of ["click", "auxclick"]) link.addEventListener(kind, () => (link.hash = location.hash));
}
