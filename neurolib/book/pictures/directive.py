"""The Sphinx directive ``{picture}``."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.book.pictures import FOLDER, picture_html


class Picture(SphinxDirective):
    """``{picture} NAME``: see :mod:`neurolib.book.pictures`."""

    required_arguments = 1

    def run(self):
        for kind in ("svg", "toml"):
            self.env.note_dependency(str(FOLDER / f"{self.arguments[0]}.{kind}"))
        try:
            html = picture_html(self.arguments[0], "../" * self.env.docname.count("/"))
        except ValueError as error:
            raise self.error(str(error)) from error
        return [nodes.raw("", html, format="html")]


def setup(app):
    app.add_directive("picture", Picture)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
