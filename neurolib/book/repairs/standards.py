"""What other extensions write against the HTML standard, put right.

Upstream: sphinx-exercise should give each exercise identifiers of its own; Jupyter Book should write a whole document for
``index.html``. Each function may go when the test of validity passes without it.
"""

from html import escape
from pathlib import Path

from docutils import nodes

from neurolib.book.languages.editions import language_tag

INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={first}">
<title>{title}</title>
</head>
<body><p><a href="{first}">{title}</a></p></body>
</html>
"""


def keep_identifiers_single(app, doctree, docname):
    """The contents of every exercise and solution of a page carry the same ``id``: only the first may keep it."""
    seen = set()
    for section in doctree.findall(nodes.section):
        section["ids"] = [name for name in section["ids"] if name not in seen]
        seen.update(section["ids"])


def write_index(app, exception):
    """``index.html``, which leads to the first page; what Jupyter Book writes there is not a whole document."""
    if not exception and app.builder.format == "html":
        language, title = language_tag(app.config.language), escape(app.config.html_title)
        index = INDEX.format(language=language, title=title, first=f"{app.config.root_doc}.html")
        (Path(app.outdir) / "index.html").write_text(index, encoding="utf-8")


def setup(app):
    app.connect("doctree-resolved", keep_identifiers_single)
    app.connect("build-finished", write_index)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
