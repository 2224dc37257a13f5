// A reader's work as a text to send: EN1:name.minute.page.page:check; where a page is its mark and, three to a letter, what
// was done of each thing that it asks. It holds letters, digits, "+" and "-", which no messenger takes for a mark-up.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
const [BEGIN, END] = ["EN1:", ";"];
const NAME = 60; // characters of a name, at most
const MARK = 4; // letters of a page's mark
const MINUTE = 60000; // ms

/** Seven letters and digits that change when any character does (FNV-1a, 32 bits). It finds mistakes, not forgers. */
function checksum(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, "0");
}

/** Bytes of 6 bits as letters, from those of 8, and back. */
const toLetters = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
  .replaceAll("=", "").replaceAll("/", "-");
const fromLetters = (letters) =>
  new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(letters.replaceAll("-", "/")), (c) => c.charCodeAt(0)));

/** A name as it may stand in a list: one line, no signs that cannot be seen. */
const cleanName = (text) => [...text.normalize("NFC").replace(/[\p{C}\p{Z}\s]+/gu, " ").trim()].slice(0, NAME).join("");

/** The code of what was done: `pages` have their mark and, in order, the numbers of their items. */
function encoded(name, when, pages) {
  const segments = pages.filter(({ states }) => states.some(Boolean)).map(({ mark, states }) => {
    let packed = "";
    for (let i = 0; i < states.length; i += 3) {
      const [a, b = 0, c = 0] = states.slice(i, i + 3);
      packed += LETTERS[a * 16 + b * 4 + c];
    }
    return mark + packed.replace(/A+$/, "");
  });
  const body = [toLetters(cleanName(name)), Math.floor(when / MINUTE).toString(36), ...segments].join(".");
  return `${BEGIN}${body}:${checksum(body)}${END}`;
}

/** What a code says, or the word for what is wrong with it ("cut", "damaged"). Pages that this book does not have are counted
 *  in `strange`: they were asked by another version of it. */
function decoded(code, pages) {
  const match = /^EN1:([\w.+-]+):(\w{7});$/.exec(code);
  if (!match) return { fault: code.endsWith(END) ? "damaged" : "cut" };
  const [, body, sum] = match;
  if (checksum(body) !== sum) return { fault: "damaged" };
  const [letters, minute, ...segments] = body.split(".");
  const found = { name: "", when: parseInt(minute, 36) * MINUTE, states: {}, strange: 0 };
  try {
    found.name = cleanName(fromLetters(letters));
  } catch {
    return { fault: "damaged" };
  }
  if (!/^[0-9a-z]{1,8}$/.test(minute) || !(found.when < 8.64e15)) return { fault: "damaged" };
  for (const segment of segments) {
    const page = pages.find(({ mark }) => mark === segment.slice(0, MARK));
    const packed = [...segment.slice(MARK)].map((letter) => LETTERS.indexOf(letter));
    if (packed.includes(-1)) return { fault: "damaged" };
    if (!page) found.strange += 1;
    page?.items.forEach(({ key, kind }, place) => {
      const state = ((packed[Math.floor(place / 3)] ?? 0) >> (4 - 2 * (place % 3))) & 3;
      found.states[key] = state < KEPT[kind].length ? state : 0;
    });
  }
  return found;
}

/** The codes in a text, each as it was meant: mails and messengers break lines and put marks of quotation before them. */
function codesIn(text) {
  return text.split(/(?=EN1:)/).filter((part) => part.startsWith(BEGIN)).map((part) => {
    const end = part.indexOf(END);
    const code = (end < 0 ? part : part.slice(0, end + 1)).replace(/[\s>\u00ad\u200b]+/g, "");
    return end < 0 ? code.slice(0, 400) : code;
  });
}
