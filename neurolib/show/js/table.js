// A table of numbers in a text file: columns, whatever stands between them, with names and units where it has a header.

// What a unit counts in the first of its kind; a header in brackets may name any.
const MEASURES = [
  { ms: 1, s: 1e3, "µs": 1e-3, us: 1e-3 },
  { mV: 1, V: 1e3, "µV": 1e-3, uV: 1e-3 },
  { "µA/cm²": 1, "mA/cm²": 1e3, "A/cm²": 1e6, "nA/cm²": 1e-3, "A/m²": 1e2, "pA/µm²": 1e2 },
  { "": 1, "%": 0.01 },
];
const clean = (unit) => unit.normalize("NFC").replace(/μ/g, "µ").replace(/\^?2$/, "²").replace(/^u(?=A)/, "µ").trim();

/** How many of `to` a `from` is; NaN where they do not measure the same. */
function inUnits(from, to) {
  const kind = MEASURES.find((units) => to in units);
  return kind && from in kind ? kind[from] / kind[to] : NaN;
}

/** The text of a file: UTF-8, with or without its mark, UTF-16 as spreadsheets write it, or else the old Western code. */
async function textOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const NUMBER = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i;
const BEGINS = /^\s*"?[-+−]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?"?\s*([,;\t ]|$)/i;

/** The columns of a table: names and numbers; or what is wrong with it, a text and its values. */
function columnsOf(whole) {
  const lines = whole.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => BEGINS.test(line));
  if (first < 0) return { fault: "empty" };
  const sample = lines[first];
  const mark = ["\t", ";"].find((one) => sample.includes(one)) ?? (sample.includes(",") && !/\d,\d+\s+[-+\d]/.test(sample) ? "," : " ");
  const cells = (line) => {
    if (mark === " ") return line.trim().split(/\s+/);
    const outside = new RegExp(`${mark}(?=(?:[^"]*"[^"]*")*[^"]*$)`); // of quotes
    return line.split(line.includes('"') ? outside : mark).map((cell) => cell.trim().replace(/^"|"$/g, ""));
  };
  const width = cells(sample).length;
  const above = lines.slice(0, first).reverse().find((line) => line.trim());
  let names = above === undefined ? [] : cells(above.replace(/^[#\s]+/, ""));
  if (names.length !== width) {
    if (mark === "," && names.length && 2 * names.length === width) return { fault: "commas", line: first + 1, width, count: names.length };
    names = [];
  }
  if (width < 2) return { fault: "single", line: first + 1 };
  const comma = mark !== "," || sample.includes('"');
  const columns = Array.from({ length: width }, () => []);
  for (let i = first; i < lines.length; i++) {
    if (!lines[i].trim()) continue;
    const row = cells(lines[i]);
    for (let j = 0; j < width; j++) {
      const cell = (row[j] ?? "").replace(/−/g, "-");
      if (j < 2 && cell && !NUMBER.test(cell) && !/^nan$/i.test(cell)) return { fault: "word", line: i + 1, cell: cell.slice(0, 40) };
      columns[j].push(NUMBER.test(cell) ? Number(comma ? cell.replace(",", ".") : cell) : NaN);
    }
  }
  return { names, columns };
}

/** What a column's name says: the name itself, and the unit in its brackets. */
function heading(name = "") {
  const [, bare, unit] = /^(.*?)\s*(?:[([]\s*([^)\]]*?)\s*[)\]])?\s*$/.exec(name);
  return { bare, unit: unit === undefined ? undefined : clean(unit) };
}
