"""A Sphinx extension for other books: ``{explorer}`` shows an explorer of this one, or of a file of the author's own.

    extensions = ["neurolib.book.elsewhere"]

    ```{explorer} goldman
    :values: K_out=8, P_Na=0.1
    :caption: More potassium outside.
    ```

It needs nothing of our book. The explorer stands in a shadow tree, which no theme's styles reach, and in place of a picture,
which readers without JavaScript see. What is not HTML gets the caption alone.
"""

import os
import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from neurolib.explorer.language import CATALOGUES, VARIABLE
from neurolib.explorers._found import found, value_of
from neurolib.show.module import place_html, script_js

FOLDER = "neurolib"  # of the scripts, in _static
PAIR = re.compile(r"(\w+)\s*=\s*([^\s,]+)")


def values_in(text):
    """The values that ``K_out=8, P_Na=0.1`` gives, by name. Raises ``ValueError`` for what is not of this form."""
    rest = PAIR.sub("", text).replace(",", " ").strip()
    if rest:
        raise ValueError(f"values: {rest!r} is not of the form name=value, name=value")
    return {name: value_of(value) for name, value in PAIR.findall(text)}


class ExplorerDirective(SphinxDirective):
    required_arguments = 1
    option_spec = {"values": directives.unchanged, "caption": directives.unchanged, "name": directives.unchanged}

    def run(self):
        name, folder = self.arguments[0], Path(self.env.doc2path(self.env.docname)).parent
        try:
            explorer = found(name, folder)
            explorer.check_words()
            html = place_html(explorer, values_in(self.options.get("values", "")))
        except ValueError as error:
            raise self.error(str(error)) from error
        if name.endswith(".py"):
            for file in (folder / name, (folder / name).with_suffix(".toml")):
                self.env.note_dependency(str(file))
        place = nodes.raw("", html, format="html")
        place["explorer"] = (name, str(folder))
        if not {"caption", "name"} & set(self.options):
            return [place]
        figure = nodes.figure("", place)
        self.set_source_info(figure)
        if "caption" in self.options:
            figure += nodes.caption("", "", *self.parse_inline(self.options["caption"])[0])
        self.add_name(figure)
        return [figure]


def add_scripts(app, pagename, templatename, context, doctree):
    """Write the script of each explorer of a page, and load it there."""
    if doctree is None:
        return
    shown = {place["explorer"]: None for place in doctree.findall(nodes.raw) if "explorer" in place}
    for name, folder in shown:
        explorer = found(name, Path(folder))
        file = Path(app.outdir) / "_static" / FOLDER / f"{explorer.name}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script_js(explorer), encoding="utf-8")
        app.add_js_file(f"{FOLDER}/{explorer.name}.js", loading_method="defer")


def set_language(app, config):
    """The explorers' words in the site's language, where there is a catalogue of it."""
    if (CATALOGUES / (config.language or "en")).is_dir():
        os.environ.setdefault(VARIABLE, config.language)


def setup(app):
    app.add_directive("explorer", ExplorerDirective)
    app.connect("config-inited", set_language)
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
