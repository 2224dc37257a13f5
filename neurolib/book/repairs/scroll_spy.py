"""The list of a page's sections marks where the reader is; it alone, and not every link of the page.

The theme's body names a list that its page does not have, so that Bootstrap takes the whole page for the list: it watches every
link there is, and fails at an address that sets an explorer's controls, which is no selector.

Upstream (sphinx-book-theme) should keep the name that pydata-sphinx-theme's body looks for. The file may go when a page that
links to a state has no error without it.
"""

from pathlib import Path

WATCHES, LIST = 'data-bs-spy="scroll" data-bs-target=".bd-toc-nav"', "pst-page-toc-nav"


def watched(html):
    """The page, watching its own list of sections, or nothing where it has none."""
    return html.replace(WATCHES, f'data-bs-spy="scroll" data-bs-target="#{LIST}"' if f'id="{LIST}"' in html else "")


def watch_sections(app, exception):
    if exception or app.builder.format != "html":
        return
    for file in Path(app.outdir).rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        if WATCHES in html:
            file.write_text(watched(html), encoding="utf-8")


def setup(app):
    app.connect("build-finished", watch_sections)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
