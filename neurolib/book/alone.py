"""Each explorer of the book by itself, in ``_static/explorers``: to embed, to save, to send, to show in another book.

``explorer-NAME.html`` is a document, ``explorer-NAME.js`` a module in anywidget's form.
"""

import re
from pathlib import Path

from neurolib.explorers import explore
from neurolib.show.module import module_js
from neurolib.show.standalone import standalone_html

# An explorer in a page, as its template writes it.
PIECE = re.compile(r'<div class="explorer" data-explorer="(\w+)" id="([\w-]+)".*?</script>\n</div>', re.DOTALL)


def write(app, pagename, templatename, context, doctree):
    folder = Path(app.outdir) / "_static" / "explorers"
    for piece in PIECE.finditer(context.get("body", "") if doctree is not None else ""):
        name, identifier = piece.groups()
        folder.mkdir(parents=True, exist_ok=True)
        explorer, address = explore(name), f"{app.config.html_baseurl}_static/explorers/{identifier}.html"
        (folder / f"{identifier}.html").write_text(standalone_html(explorer, piece=piece[0]), encoding="utf-8")
        (folder / f"{identifier}.js").write_text(module_js(explorer, address, piece[0]), encoding="utf-8")


def setup(app):
    app.connect("html-page-context", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
