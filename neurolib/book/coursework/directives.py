"""``{my-work}``: the list of what the reader has done, with its code; ``{class-work}``: the table of a class's codes.

Both stand on a page of their own, with a script of their own; what all pages ask is data in the page.
"""

import html
import json
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.book.coursework.items import pages
from neurolib.book.coursework.texts import CLASS, WORK
from neurolib.explorer.language import _, translate
from neurolib.show.script import enclosed
from neurolib.show.static import translated

FOLDER = Path(__file__).parent
SCRIPTS = {"work.js": ("states", "code", "work"), "teacher.js": ("states", "code", "teacher")}
TEXTS = {"work.js": WORK, "teacher.js": CLASS}
STYLE = "coursework.css"
PLACE = '<div id="coursework" data-script="'


class coursework(nodes.General, nodes.Element):
    """The place of a list or a table, by the name of its script."""


class MyWork(SphinxDirective):
    script = "work.js"

    def run(self):
        return [coursework("", script=self.script)]


class ClassWork(MyWork):
    script = "teacher.js"


def data(app, docname, script):
    """What the script of a page needs: what each page of the edition asks, and the words."""

    def entry(page):
        items = [item._asdict() for item in page.items]
        address = app.builder.get_relative_uri(docname, page.docname)
        return {"title": page.title, "number": page.number, "mark": page.mark, "href": address, "items": items}

    return {"pages": [entry(page) for page in pages(app)], "text": translated(TEXTS[script])}


def fill(app, doctree, docname):
    for place in list(doctree.findall(coursework)):
        held = json.dumps(data(app, docname, place["script"]), ensure_ascii=False).replace("<", "\\u003c")
        without = html.escape(translate(_("This page works with JavaScript, which did not run here.")))
        inside = f'<noscript><p>{without}</p></noscript><script type="application/json">{held}</script>'
        text = f'{PLACE}{place["script"]}">{inside}</div>'
        place.replace_self(nodes.raw("", text, format="html"))


def write_scripts(app):
    """Write the scripts to a folder that Sphinx copies to ``_static``."""
    folder = Path(app.doctreedir).parent / ".coursework-assets"
    folder.mkdir(parents=True, exist_ok=True)
    for name, parts in SCRIPTS.items():
        (folder / name).write_text(script(parts), encoding="utf-8")
    shutil.copy(FOLDER / STYLE, folder)
    app.config.html_static_path.append(str(folder))


def script(parts):
    """A script of this folder's parts, over the runtime's ``text``."""
    return enclosed(["text"], *(FOLDER / f"{part}.js" for part in parts))


def add_script(app, pagename, templatename, context, doctree):
    for name in SCRIPTS:
        if f'{PLACE}{name}"' in context.get("body", ""):
            app.add_js_file(name, loading_method="defer")
            app.add_css_file(STYLE)


def setup(app):
    app.add_node(coursework)
    app.add_directive("my-work", MyWork)
    app.add_directive("class-work", ClassWork)
    app.connect("builder-inited", write_scripts)
    app.connect("doctree-resolved", fill)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
