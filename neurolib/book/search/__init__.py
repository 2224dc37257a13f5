"""Search that forgives, in every language of the book.

Sphinx's own search wants each word as the book spells it, knows no synonyms, ranks by titles alone, finds Chinese only with
a dictionary, and asks for every page that it found, which from disk is refused. So the search page has the texts of all
sections at hand (:mod:`neurolib.book.search.texts`) and searches them itself (``search.js``). The package may go when Sphinx's
search knows synonyms and works from disk.
"""

import json
from pathlib import Path

from sphinx.search.en import SearchEnglish

from neurolib.book.search.texts import texts

SCRIPT, TEXTS = "search.js", "search-texts.js"
HERE = Path(__file__).parent


class SearchPlain(SearchEnglish):
    """For Sphinx's own index of Chinese, which is not used: without a dictionary."""

    lang = "zh"
    language_name = "Chinese"


def add_script(app, pagename, templatename, context, doctree):
    if pagename == "search":
        app.add_js_file(TEXTS)
        app.add_js_file(SCRIPT)


def write(app, exception):
    if exception or app.builder.format != "html":
        return
    pages = Path(app.outdir)
    folder = pages / "_static"
    found = json.dumps(texts(app), ensure_ascii=False, separators=(",", ":"))
    (folder / TEXTS).write_text(f"globalThis.bookTexts = {found};\n", encoding="utf-8")
    (folder / SCRIPT).write_text((HERE / SCRIPT).read_text(encoding="utf-8"), encoding="utf-8")
    page = (pages / "search.html").read_text(encoding="utf-8")
    (pages / "search.html").write_text(page.replace('<script src="searchindex.js"></script>', ""), encoding="utf-8")
    (pages / "searchindex.js").unlink(missing_ok=True)  # Sphinx's own


def setup(app):
    app.add_search_language(SearchPlain)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
