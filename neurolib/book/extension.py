"""Sphinx extension: compiles the page script when the book is built, and keeps the theme quiet and at home."""

import os
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.util.fileutil import copy_asset_file

from neurolib.book import repairs
from neurolib.book.chapters import EXPLORER
from neurolib.explorer.language import VARIABLE, _, translate
from neurolib.explorers import explore
from neurolib.portable.cache import sources_digest
from neurolib.portable.reach import PACKAGE
from neurolib.show import extras, script
from neurolib.show.display import STATIC

CORE, TOOLS, STYLE, FIRST = "neurolib.js", "neurolib-tools.js", "neurolib.css", "first.js"
FIRST_PARTS = ("storage.js", "colours.js", "arrive.js", "places.js")
EXTENSIONS = (
    "languages.editions", "alone", "bench", "chapters", "check", "coursework.directives", "coursework.scorm", "elsewhere",
    "front", "lectures", "offline.footer", "pictures.directive", "platforms", "publish", "search", "self_test", "states",
    "status",
    "repairs.icons", "repairs.insertions", "repairs.mathematics", "repairs.policy", "repairs.ports", "repairs.reproducible",
    "repairs.scroll_spy", "repairs.standards", "repairs.styles", "repairs.tooltips",
)  # fmt: skip
TOOLTIP_SCRIPTS = ("popper.min.js", "tippy.min.js")


def prepare(app, config):
    """Before anything is read: cells are executed for a static page, in the book's language."""
    os.environ[STATIC] = "1"
    os.environ[VARIABLE] = config.language or "en"
    config.templates_path.append(str(Path(repairs.__file__).with_name("templates")))
    config.tippy_js = TOOLTIP_SCRIPTS


def without_thebe(app):
    """Live Code is off, yet Jupyter Book loads its extension, whose script then stands twice on every page."""
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [
            item for item in listeners if not item.handler.__module__.startswith("sphinx_thebe")
        ]


def write_assets(app):
    """Write the scripts and the styles to a folder of the build that Sphinx copies to ``_static``."""
    folder = Path(app.doctreedir).parent / ".neurolib-assets"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / CORE).write_text(script.core(), encoding="utf-8")
    (folder / TOOLS).write_text(script.tools(), encoding="utf-8")
    for name in script.EXTRAS:
        (folder / f"neurolib-{name}.js").write_text(extras.extra(name), encoding="utf-8")
    sheets = ("book.css", "front.css", "teaching.css", "offline/offline.css")
    styles = (script.STYLE, *(Path(__file__).parent / name for name in sheets))
    (folder / STYLE).write_text("".join(style.read_text(encoding="utf-8") for style in styles), encoding="utf-8")
    first = "".join(script.FOLDER.joinpath(part).read_text(encoding="utf-8") for part in FIRST_PARTS)
    (folder / FIRST).write_text(first, encoding="utf-8")
    for name in TOOLTIP_SCRIPTS:
        copy_asset_file(str(Path(repairs.__file__).with_name("vendor") / name), str(folder / name))
    app.config.html_static_path.append(str(folder))


def add_references(app, docname, source):
    """End a page that cites with its references (a notebook in JupyterLab has no such directive)."""
    if "{footcite" in source[0]:
        heading = translate(_("References"))
        source[0] += f"\n\n## {heading}\n\n```{{footbibliography}}\n```\n"


def mark_cells(app, doctree):
    """Give the cells that show an explorer a class: a style that looks into each cell is paid for in every frame."""
    for cell in doctree.findall(lambda node: "cell" in getattr(node, "attributes", {}).get("classes", [])):
        if any('class="explorer' in raw.astext() for raw in cell.findall(nodes.raw)):
            cell["classes"].append("explorer-cell")


def add_to_page(app, pagename, templatename, context, doctree):
    """Load the styles, the first script, and the explorers' script on the pages that hold one."""
    app.add_css_file(STYLE)
    # Before the theme's own first script: among the meta tags, since what add_js_file adds comes after that.
    first = f'<script src="{context["pathto"](f"_static/{FIRST}", 1)}"></script>'
    context["metatags"] = f"\n    {first}{context.get('metatags', '')}"
    shown = dict.fromkeys(EXPLORER.findall(context.get("body", ""))) if doctree is not None else {}
    if shown:
        for file in (CORE, write_models(app, pagename, shown)):
            app.add_js_file(file, priority=100, loading_method="async")
        app.add_js_file(TOOLS, priority=100, loading_method="async", fetchpriority="low")


def write_models(app, pagename, names):
    """Write the script with the models of a page's explorers; returns its file's name in ``_static``."""
    name = f"models-{pagename.replace('/', '-')}.js"
    file = Path(app.outdir) / "_static" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script.models_script([explore(explorer) for explorer in names]), encoding="utf-8")
    return name


def defer_scripts(app, pagename, templatename, context, doctree):
    """The theme's scripts wait until the page is read, in their order; first the one that scripts in the page extend."""
    if doctree is None:
        return  # the search page calls them at once
    context["script_files"] = [
        type(script)(script.filename, priority=script.priority, **{"defer": "defer", **script.attributes})
        if script.filename and "async" not in script.attributes and "options" not in str(script.filename) else script
        for script in context["script_files"]
    ]  # fmt: skip


def setup(app):
    # Pages hold what neurolib made of them: when it changes, Sphinx has to read them again.
    app.add_config_value("neurolib_sources", sources_digest(PACKAGE.rglob("*")), "env")
    for extension in EXTENSIONS:
        app.setup_extension(f"neurolib.book.{extension}")
    app.connect("config-inited", prepare, priority=100)  # first: the others translate
    app.connect("builder-inited", without_thebe, priority=1)
    app.connect("builder-inited", write_assets)
    app.connect("source-read", add_references)
    app.connect("doctree-read", mark_cells)
    app.connect("html-page-context", add_to_page)
    app.connect("html-page-context", defer_scripts, priority=900)  # when all have added theirs
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
