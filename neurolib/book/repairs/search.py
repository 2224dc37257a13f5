"""Search in Chinese: written without spaces, it is found by pairs of neighbouring characters.

The index holds every pair and every single character, and the browser cuts a query into pairs in the same way. So any
word is found, whether a dictionary knows it or not, and Latin words are found as in an English book.

Upstream (Sphinx) should cut Chinese by pairs of characters, in the index and in the browser alike. The file may go when a
search for a word of two characters, inside a longer one, finds its page without it.
"""

import re

from sphinx.search.en import SearchEnglish

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
RUN = re.compile(f"[{HAN}]+|[^\\W{HAN}]+")


def pairs(run):
    """Neighbouring characters, two by two; a single character stays alone."""
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


class SearchHan(SearchEnglish):
    """Words of Latin letters as English has them, Chinese by single characters and pairs."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = f"""
function splitQuery(query) {{
  const runs = query.match(/[{HAN}]+|(?:(?![{HAN}])[\\p{{L}}\\p{{N}}_])+/gu) || [];
  return runs.flatMap((run) => /[{HAN}]/.test(run)
    ? Array.from({{ length: Math.max(1, run.length - 1) }}, (_, at) => run.slice(at, at + 2))
    : [run]);
}}
"""

    def split(self, input):
        return [
            word
            for run in RUN.findall(input)
            for word in ([*run, *pairs(run)] if re.match(f"[{HAN}]", run) else [run])
        ]


def setup(app):
    app.add_search_language(SearchHan)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
