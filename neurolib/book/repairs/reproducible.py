"""Two builds of the same sources give the same bytes: here is counted or derived what the libraries draw at random.

Upstream: nbformat's cell ids, sphinx-tippy's file names and the order in its sets should follow from their content; Sphinx
should leave ``.buildinfo`` in its doctree folder. Each function may go when two builds agree without it (`make reproducible`).
"""

import hashlib
import itertools
from pathlib import Path

import nbformat.v4.nbbase as notebooks
import sphinx_tippy


def count_cells(app, docname, source):
    """The cells of a page get numbers for names, from the first one on."""
    numbers = itertools.count(1)
    notebooks.random_cell_id = lambda: f"cell-{next(numbers)}"


def name_tooltips(app, env):
    """The files of tooltips carry a mark, lest browsers keep an old one: that of all the sources they are made from."""
    digest = hashlib.sha256(app.config.neurolib_sources.encode())
    for docname in sorted(env.found_docs):
        digest.update(Path(env.doc2path(docname)).read_bytes())
    sphinx_tippy.uuid4 = lambda: digest.hexdigest()[:16]


def order_tooltips(app, exception):
    """The tooltips of a page are gathered in a set: written, they stand in order."""
    for page in sphinx_tippy.get_tippy_data(app)["pages"].values():
        page["refs_in_page"] = sorted(page["refs_in_page"], key=str)


def forget_settings(app, exception):
    """Sphinx leaves a note of its settings, with this machine's paths, for the next build into the same folder."""
    Path(app.outdir, ".buildinfo").unlink(missing_ok=True)


def setup(app):
    app.connect("source-read", count_cells)
    app.connect("env-updated", name_tooltips)
    app.connect("build-finished", order_tooltips, priority=100)
    app.connect("build-finished", forget_settings)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
