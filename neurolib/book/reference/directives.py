"""Sphinx directives of the reference pages."""

from pathlib import Path

from sphinx.util.docutils import SphinxDirective

from neurolib.book.reference import claims, models


class Claims(SphinxDirective):
    """``{claims} claims.yml``: a table of the sources' statements and the verdicts on them.

    A statement that no place of the book answers is an unresolved reference, which breaks the build.
    """

    required_arguments = 1

    def run(self):
        path = Path(self.env.doc2path(self.env.docname)).parent / self.arguments[0]
        self.env.note_dependency(str(path))
        return self.parse_text_to_nodes("\n".join(claims.claims(path)))


class Models(SphinxDirective):
    """``{models}``: every cell of the library."""

    def run(self):
        return self.parse_text_to_nodes("\n".join(models.written()), allow_section_headings=True)


def setup(app):
    app.add_directive("claims", Claims)
    app.add_directive("models", Models)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
