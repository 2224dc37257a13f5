// What a reader types, as a number: with a point or a comma, the page's own minus, spaces, exponents, the unit behind it.

/** The number that a text writes, or NaN: what could mean two things, such as 1,000, is not guessed. */
function parsed(text, unit = "") {
  let [written, bare] = [text, unit].map((each) => each.normalize("NFKC").replace(/[−–]/g, "-").replace(/\s/g, ""));
  if (bare && written.endsWith(bare)) written = written.slice(0, -bare.length);
  written = written.replace(/[×x·]10\^?(?=[-+]?\d)/, "e");
  if (/^[-+]?\d{1,3}(,\d{3})+$/.test(written)) return NaN;
  if (/^[-+]?\d*,\d+(e[-+]?\d+)?$/i.test(written)) written = written.replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(written) ? Number(written) : NaN;
}
