// Search: the texts of all sections are at hand, so it can rank pages, forgive, and ask for nothing. Classic script.

globalThis.bookSearch = (() => {
  "use strict";
  const HAN = "\\u3400-\\u4dbf\\u4e00-\\u9fff";
  const WORDS = new RegExp(`(?:(?![${HAN}])[\\p{L}\\p{N}])+(?:[+-](?![\\p{L}\\p{N}]))?|[${HAN}]+`, "gu");
  const CHINESE = new RegExp(`[${HAN}]`);
  const IDLE = new Set("a an and are as at be by does do for from how in is it of on or that the to what when which why with".split(" "));

  /** One spelling for what is the same: widths, sub- and superscripts, case, ∞ and inf, g_Na and gNa, traditional and simplified. */
  function normal(text, simple) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/[−–]/g, "-").replace(/∞|infinity/g, "inf").replace(/_/g, "").replace(/['’]s\b/g, "");
    return plain.replace(/([\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, "$1 ").replace(new RegExp(CHINESE, "g"), (character) => simple.get(character) ?? character);
  }

  /** A word without its ending: spikes and spike, activated and activation. */
  const stem = (word) => word.replace(/^([a-z]{3,}?)(?:ations?|at(?:e|es|ed|ing)|ing|ed|es|s|e)$/, "$1");

  /** At most one letter more, less or other, or two neighbours changed over. */
  function near(one, other) {
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start++;
    let [a, b] = [one.length, other.length];
    while (a > start && b > start && one[a - 1] === other[b - 1]) [a, b] = [a - 1, b - 1];
    const [left, right] = [one.slice(start, a), other.slice(start, b)];
    return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
  }

  function occurrences(text, part) {
    let count = 0;
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
    return count;
  }

  function prepare({ pages, same, simple: pairs }) {
    const simple = new Map(Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i], pairs[2 * i + 1]]));
    const words = new Set();
    const counted = (text) => {
      const counts = new Map();
      for (const word of text.match(WORDS) ?? []) {
        const key = stem(word);
        words.add(key);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return { text: ` ${text} `, counts };
    };
    const known = pages.map((page) => ({
      ...page,
      about: new Set(page.about.map((name) => called(wanted(normal(name, simple), 1)))),
      head: counted(normal(page.title, simple)),
      sections: page.sections.map(([anchor, title, raw]) => ({
        anchor, title, raw, head: counted(normal(title, simple)), body: counted(normal(`${title}. ${raw}`, simple)),
      })),
    }));
    // A name of one entry may be one of another's, too: what is linked by any name means the same.
    const groups = same.map((names) => names.map((name) => normal(name, simple)));
    return { pages: known, words, simple, groups };
  }

  /** How often a word, or a phrase (Chinese, or of several words), or else all of its words, stand in a text. */
  function count({ text, counts }, { phrase, key, keys }) {
    if (keys) return Math.min(...keys.map((each) => counts.get(each) ?? 0));
    return phrase ? occurrences(text, phrase) : counts.get(key) ?? 0;
  }

  const wanted = (text, weight) => (CHINESE.test(text) || text.includes(" ") || !/^[\p{L}\p{N}]+[+-]?$/u.test(text)
    ? { phrase: text, weight } : { key: stem(text), weight });

  const called = ({ phrase, key }) => phrase ?? key;

  const somewhere = (index, want) => index.pages.some((page) => page.sections.some((section) => count(section.body, want)));

  /** What a query asks for: parts that all have to be there, each in any of several ways. */
  function asked(index, query) {
    let rest = ` ${normal(query, index.simple).match(WORDS)?.join(" ") ?? ""} `;
    const parts = [];
    const named = index.groups.flatMap((group) => group.map((name) => [name.match(WORDS)?.join(" ") ?? "", group]));
    for (const [name, group] of named.sort(([one], [other]) => other.length - one.length)) {
      const whole = CHINESE.test(name) && name.length > 1 && !rest.includes(` ${name} `) && name.length > 2 ? name : ` ${name} `;
      if (name && rest.includes(whole)) {
        rest = rest.replace(whole, "  ");
        const all = index.groups.filter((other) => other.includes(name) || other === group).flat();
        const scattered = name.split(" ").filter((word) => !CHINESE.test(word)).map(stem);
        const loose = scattered.length > 1 ? [{ keys: scattered, weight: 0.3 }] : [];
        parts.push([wanted(name, 1), ...loose, ...all.filter((other) => other !== name).map((other) => wanted(other, 0.7))]);
      }
    }
    const words = rest.match(WORDS) ?? [];
    const telling = words.filter((word) => !IDLE.has(word));
    for (const word of telling.length || parts.length ? telling : words) parts.push(...ways(index, word));
    return parts;
  }

  /** The ways in which one word may stand in the book: as it is; else as a beginning; else with one letter mistyped. */
  function ways(index, word) {
    const exact = wanted(word, 1);
    // Of a long word the spelling next to it, too: hyperkalemia stands in titles of papers, hyperkalaemia in the book.
    if (somewhere(index, exact)) return [[exact, ...(exact.key?.length > 6 ? alike(index, exact.key) : [])]];
    if (CHINESE.test(word)) {
      const names = index.groups.flat().filter((name) => word.length > 2 && CHINESE.test(name) && near(word, name));
      if (names.length) return [names.map((name) => wanted(name, 0.5))];
      const pairs = Array.from({ length: Math.max(1, word.length - 1) }, (_, at) => word.slice(at, at + 2));
      return pairs.map((pair) => [wanted(pair, 0.5)]);
    }
    const key = stem(word);
    const begun = [...index.words].filter((other) => word.length > 2 && other.startsWith(word));
    return [begun.length ? begun.map((other) => ({ key: other, weight: 0.7 })) : alike(index, key)];
  }

  /** The words that differ from one by one letter, and what means the same as these. */
  function alike(index, key) {
    const close = [...index.words].filter((other) => key.length > 3 && other !== key && other[0] === key[0] && near(key, other));
    const same = index.groups.filter((group) => group.some((name) => close.includes(stem(name)))).flat();
    return [...close.map((other) => ({ key: other, weight: 0.5 })), ...same.map((name) => wanted(name, 0.4))];
  }

  const most = (values) => Math.max(0, ...values);
  const log = (number) => Math.log2(1 + number);

  /** The pages that have all of it, the best first: `{page, section, score}`. */
  function find(index, query) {
    const parts = asked(index, query);
    const results = [];
    for (const page of parts.length ? index.pages : []) {
      const sum = (want) => page.sections.reduce((total, section) => total + count(section.body, want), 0);
      const heads = (want) => page.sections.filter((section) => count(section.head, want)).length;
      const scores = parts.map((ways) => most(ways.map((want) => {
        const all = sum(want);
        const told = (count(page.head, want) ? 8 : 0) + (page.about.has(called(want)) ? 12 : 0);
        return all && want.weight * (log(all) + 2 * log(heads(want)) + told);
      })));
      if (!scores.every((score) => score > 0)) continue;
      const place = (section) => parts.reduce((total, ways) => total + most(ways.map((want) => (
        want.weight * (log(count(section.body, want)) + (count(section.head, want) ? 3 : 0))
      ))), 0);
      const section = page.sections.reduce((best, other) => (place(other) > place(best) ? other : best));
      // A page that teaches comes before one to look things up in.
      const score = scores.reduce((total, part) => total + part, 0) * (page.taught ? 1 : 0.25);
      results.push({ page, section, score, parts });
    }
    return results.sort((one, other) => other.score - one.score);
  }

  /** Some words around the first that was found. */
  function around({ section, parts }, simple) {
    const text = normal(section.raw, simple);
    const places = parts.flat().map(({ phrase, key, keys }) => text.indexOf(phrase ?? key ?? keys[0])).filter((place) => place >= 0);
    const start = Math.max(0, Math.min(...places, text.length) - 60);
    const from = start < 60 || !places.length ? 0 : start;
    return (from ? "… " : "") + section.raw.slice(from, from + 200).trim() + (from + 200 < section.raw.length ? " …" : "");
  }

  return { prepare, find, around };
})();

// In the place of Sphinx's: `Search` is its, with the search page's elements.
globalThis.document?.addEventListener("DOMContentLoaded", () => {
  const index = bookSearch.prepared = bookSearch.prepare(bookTexts);
  Search.hasIndex = () => true; // the texts are there before the page is
  Search.query = (query) => {
    const results = bookSearch.find(index, query);
    for (const result of results) {
      const { page, section } = result;
      const link = document.createElement("a");
      const first = section === page.sections[0];
      link.href = `${page.name}.html${first ? "" : `#${section.anchor}`}`;
      link.textContent = first ? page.title : `${page.title} › ${section.title}`;
      const context = document.createElement("p");
      context.className = "context";
      context.textContent = bookSearch.around(result, index.simple);
      const item = document.createElement("li");
      item.append(link, context);
      Search.output.append(item);
    }
    _finishSearch(results.length);
  };
});
