"""The status page: what a build was made with, what it holds, and how long the cells of each page took.

``{status}`` stands for five tables. Two of them are filled when every page has been read, since they tell what was found.
"""

import ast
import gzip
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml
from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.util.docutils import SphinxDirective

from neurolib.book.commit import commit_of
from neurolib.book.languages import editions
from neurolib.book.reference.claims import VERDICTS, table
from neurolib.explorer.language import _, translate
from neurolib.explorers import all_explorers

PACKAGES = (
    "numpy", "scipy", "numba", "matplotlib", "pscript", "ipywidgets", "anywidget", "jupyter-book",
    "sphinx", "myst-nb", "sphinx-book-theme",
)  # fmt: skip


class found_later(nodes.General, nodes.Element):
    """The place of a table that is filled when every page has been read."""


class Status(SphinxDirective):
    def run(self):
        first = next(iter(editions.editions(Path(self.env.srcdir)).values()))
        read = "\n".join([*versions(first), "", *tests(first), "", *claims(Path(self.env.srcdir))])
        return [*self.parse_text_to_nodes(read), found_later(what="explorers"), found_later(what="pages")]


def versions(folder):
    """The commit and the libraries of the build."""
    rows = [(translate(_("Commit")), commit_of(folder)), ("Python", platform.python_version())]
    return table((_("Made with"), _("Version")), rows + [(name, version_of(name)) for name in PACKAGES])


def version_of(package):
    """The version of an installed package; some are optional."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"


def tests(folder):
    """How many tests each suite holds. Many of them run for every page or every explorer."""
    rows = []
    for suite in sorted((folder / "tests").iterdir()):
        trees = [ast.parse(file.read_text(encoding="utf-8")) for file in suite.glob("*.py")]
        names = [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        if count := sum(name.startswith("test_") for name in names):
            rows.append((f"`tests/{suite.name}`", str(count)))
    return table((_("Suite of tests"), _("Tests")), rows)


def claims(folder):
    """How many of the sources' statements there are for each verdict. (One that no place answers breaks the build.)"""
    statements = yaml.safe_load((folder / "chapters" / "claims.yml").read_text(encoding="utf-8"))
    given = [statement["verdict"] for statement in statements.values()]
    rows = [(translate(words), str(given.count(verdict))) for verdict, words in VERDICTS.items()]
    return table((_("Verdict on a statement"), _("Statements")), rows)


def explorers(app):
    """Each explorer of the pages: where it is, how many controls it has, and the kilobytes that it sends, compressed."""
    for explorer in all_explorers():
        docname = f"chapters/{explorer.chapter}"
        if docname in app.env.found_docs:
            mark = f'data-explorer="{explorer.name}"'
            sent = [raw.astext() for raw in app.env.get_doctree(docname).findall(nodes.raw) if mark in raw.astext()]
            size = sum(len(gzip.compress(html.encode(), mtime=0)) for html in sent)
            yield explorer.name, docname, str(len(explorer.controls)), f"{size / 1000:.1f}"


def pages(app):
    """Each page and the seconds that its cells took."""
    for docname in editions.pages(Path(app.srcdir)):
        executed = NbMetadataCollector.get_exec_data(app.env, docname)
        if executed and executed["runtime"] is not None:
            yield app.env.titles[docname].astext(), docname, f"{executed['runtime']:.1f}"


FOUND = {
    "explorers": (explorers, (_("Explorer"), _("Controls"), _("kB, compressed"))),
    "pages": (pages, (_("Title of the page"), _("Seconds to run"))),
}


def fill(app, doctree, docname):
    """Put the tables in their places: the first column of each links to the page that is meant."""
    for place in list(doctree.findall(found_later)):
        rows, heads = FOUND[place["what"]]
        group = nodes.tgroup(cols=len(heads))
        group += [nodes.colspec(colwidth=1) for _head in heads]
        group += nodes.thead("", row([nodes.Text(translate(head)) for head in heads]))
        body = nodes.tbody()
        for name, target, *cells in rows(app):
            address = app.builder.get_relative_uri(docname, target)
            link = nodes.reference("", name, refuri=address, internal=True)
            body += row([link, *map(nodes.Text, cells)])
        group += body
        place.replace_self(nodes.table("", group))


def row(cells):
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app):
    app.add_node(found_later)
    app.add_directive("status", Status)
    app.connect("doctree-resolved", fill)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
