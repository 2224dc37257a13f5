"""``{bench}``: the bench, on a page of the book. The pages that hold it load its script and its styles, and no others do."""

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.show.bench.page import page_html
from neurolib.show.bench.script import STYLE, bench_script, open_script
from neurolib.show.script import smaller

SCRIPT, OPEN, STYLES = "bench.js", "bench-open.js", "bench.css"


class Bench(SphinxDirective):
    def run(self):
        return [nodes.raw("", page_html(), format="html")]


def write_assets(app):
    """Write script and styles to a folder of their own that Sphinx copies to ``_static``."""
    folder = Path(app.doctreedir).parent / ".bench-assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SCRIPT).write_text(bench_script(), encoding="utf-8")
    (folder / OPEN).write_text(open_script(), encoding="utf-8")
    (folder / STYLES).write_text(smaller(STYLE.read_text(encoding="utf-8"), "text/css"), encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def add_assets(app, pagename, templatename, context, doctree):
    if "data-bench" in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")
        app.add_css_file(STYLES, priority=900)


def setup(app):
    app.add_directive("bench", Bench)
    app.connect("builder-inited", write_assets)
    app.connect("html-page-context", add_assets)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
