"""Sphinx extension: compiles the page script when the book is built, and keeps the theme quiet and at home."""

import os
import shutil
from pathlib import Path

from sphinx.util.fileutil import copy_asset_file

from neurolib.page.display import STATIC
from neurolib.page.language import VARIABLE, _, translate
from neurolib.page.script import page_script
from neurolib.portable import sources_digest

SCRIPT, STYLE, STORAGE = "neurolib.js", "neurolib.css", "storage.js"
TOOLTIP_SCRIPTS = ("popper.min.js", "tippy.min.js")


def prepare(app, config):
    """Before anything is read: cells are executed for a static page, in the book's language."""
    os.environ[STATIC] = "1"
    os.environ[VARIABLE] = config.language or "en"
    config.templates_path.append(str(Path(__file__).with_name("templates")))
    config.tippy_js = TOOLTIP_SCRIPTS


def without_thebe(app):
    """Live Code is off, yet Jupyter Book loads its extension, whose script then stands twice on every page."""
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [
            item for item in listeners if not item.handler.__module__.startswith("sphinx_thebe")
        ]


def write_assets(app):
    """Write the scripts and the styles to a folder of the build that Sphinx copies to ``_static``."""
    from neurolib.explorers import all_explorers

    folder = Path(app.doctreedir).parent / ".neurolib-assets"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / SCRIPT).write_text(page_script(all_explorers()), encoding="utf-8")
    copy_asset_file(str(Path(__file__).with_name("page.css")), str(folder / STYLE))
    copy_asset_file(str(Path(__file__).parent / "js" / STORAGE), str(folder / STORAGE))
    for script in TOOLTIP_SCRIPTS:
        copy_asset_file(str(Path(__file__).parent / "vendor" / script), str(folder / script))
    app.config.html_static_path.append(str(folder))


def add_references(app, docname, source):
    """End a page that cites with its references (a notebook in JupyterLab has no such directive)."""
    if "{footcite" in source[0]:
        heading = translate(_("References"))
        source[0] += f"\n\n## {heading}\n\n```{{footbibliography}}\n```\n"


def add_to_page(app, pagename, templatename, context, doctree):
    """Load the styles and the guard of the storage, and the script on the pages that hold an explorer."""
    app.add_css_file(STYLE)
    # Before the theme's own first script: among the meta tags, since what add_js_file adds comes after that.
    guard = f'<script src="{context["pathto"](f"_static/{STORAGE}", 1)}"></script>'
    context["metatags"] = f"\n    {guard}{context.get('metatags', '')}"
    if doctree is not None and 'data-explorer="' in context.get("body", ""):
        app.add_js_file(SCRIPT, priority=100, loading_method="async")


def setup(app):
    # Pages hold what neurolib made of them: when it changes, Sphinx has to read them again.
    app.add_config_value("neurolib_sources", sources_digest("**/*"), "env")
    for part in ("editions", "icons", "mathematics", "publish", "reproducible", "search", "standards", "status", "tooltips"):
        app.setup_extension(f"neurolib.page.{part}")
    app.connect("config-inited", prepare, priority=100)  # first: the others translate
    app.connect("builder-inited", without_thebe, priority=1)
    app.connect("builder-inited", write_assets)
    app.connect("source-read", add_references)
    app.connect("html-page-context", add_to_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
