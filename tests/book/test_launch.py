"""The quick part of the rehearsal: each page's button leads to a notebook of this repository, and Binder would build it."""

import json

import jupytext
import pytest
from binder import before, dockerfile, python_version, steps
from launch import EDITIONS, ROOT, buttons, pages, repository

LAUNCHER = "https://mybinder.org/v2/gh/"


@pytest.mark.parametrize("name", pages())
def test_button_leads_to_a_notebook(book, name):
    assert set(buttons(book, name)) == {f"{LAUNCHER}{repository()}?urlpath=lab/tree/{name}.md"}
    notebook = jupytext.read(ROOT / f"{name}.md")
    assert notebook.metadata.kernelspec.name == "python3"
    shown = (ROOT / f"{name}.md").read_text(encoding="utf-8").count("```{code-cell}")
    assert sum(cell.cell_type == "code" for cell in notebook.cells) == shown


def test_every_page_of_the_book_is_looked_at(book):
    written = {path.relative_to(book).with_suffix("").as_posix() for path in book.rglob("*.html")}
    made = {edition + page for edition in EDITIONS for page in ("index", "genindex", "search", "404")}
    assert {page for page in written if "_static/" not in page} - made == set(pages())


def test_binder_would_build_the_image():
    """repo2docker takes the repository: the Dockerfile has the Python of the runtime file and runs what stands in .binder."""
    text = dockerfile()
    assert f"python-{python_version(text)}" == (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    assert any(step.endswith('pip install --no-cache-dir -r ".binder/requirements.txt"') for step in steps(text))
    assert "./.binder/postBuild" in steps(text)
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/.binder/start"' in text
    assert before(python_version(text))


def test_pages_open_as_notebooks():
    """The settings of JupyterLab name jupytext's viewer, without which a page would open as text."""
    settings = json.loads((ROOT / ".binder" / "overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]["markdown"] == "Jupytext Notebook"
    assert ".binder/overrides.json" in (ROOT / ".binder" / "postBuild").read_text(encoding="utf-8")


@pytest.mark.parametrize("others", ["live", "print", "dev", "bench", "audit"])
def test_every_list_of_requirements_has_the_books_versions(others):
    """A live notebook has the versions that the book was built with, and the tests those of both."""
    def pins(name):
        lines = (ROOT / f"requirements{name}.txt").read_text(encoding="utf-8").splitlines()
        return {tuple(line.partition(";")[0].strip().split("==")) for line in lines if "==" in line}

    for known in {"", "-live"} - {f"-{others}"}:
        known = pins(known)
        different = pins(f"-{others}") - known
        assert {name for name, _version in different}.isdisjoint(name for name, _version in known)
