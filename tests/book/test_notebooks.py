"""The pages as JupyterLab gets them: nothing is left in them that only Sphinx understands."""

import os
import re
import shutil
import subprocess
import sys

import jupytext
import pytest
from launch import EDITIONS, ROOT, pages, pages_of

from neurolib.book.notebook import EXAMPLE, Edition

KNOWN = {"code-cell", "admonition", "exercise", "solution", "note", "tip", "important", "warning", "math", "table"}
BOOKS = {edition: Edition(ROOT / edition) for edition in EDITIONS}


@pytest.fixture(params=[(edition, page) for edition in EDITIONS for page in pages_of(edition)], ids="".join)
def page(request):
    edition, name = request.param
    return edition, name, BOOKS[edition].notebook(name)


def test_jupyterlab_understands_it(page):
    _edition, _name, text = page
    text = re.sub(EXAMPLE, "", text, flags=re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"^[`:]{3,}\{([\w-]+)\}", text, re.MULTILINE)) <= KNOWN
    assert set(re.findall(r"\{([a-z:-]+)\}`", text)) <= {"sub", "sup"}


def test_links_lead_to_pages(page):
    edition, name, text = page
    prose = re.sub(r"^```\{code-cell\}.*?^```$|\$[^$]+\$", "", text, flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", prose)
    for link in links:
        there = (ROOT / edition / os.path.dirname(name) / link.partition("#")[0]).is_file()
        assert link.startswith(("https://", "#")) or there, link


def test_cells_stay_as_they_are_and_checks_are_folded(page):
    edition, name, text = page
    before = jupytext.read(ROOT / edition / f"{name}.md")
    after = jupytext.reads(text, fmt="md:myst")
    code = [[cell.source for cell in notebook.cells if cell.cell_type == "code"] for notebook in (before, after)]
    assert code[0] == code[1]
    for cell in after.cells:
        hidden = "remove-cell" in cell.metadata.get("tags", [])
        assert cell.metadata.get("jupyter", {}).get("source_hidden", False) == hidden


def test_citations_name_authors_and_link_the_work():
    edition = BOOKS[""]
    assert edition.citation(["hodgkinkeynes1955a"], within_sentence=False).startswith("([Hodgkin & Keynes 1955](https://doi.org/")
    assert edition.citation(["goldman1943"], within_sentence=True).startswith("[Goldman (1943)](https://doi.org/")


def test_every_edition_is_written_in_its_language(tmp_path):
    for name in ["references.bib", *(f"{edition}_{kind}.yml" for edition in EDITIONS for kind in ("config", "toc"))]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for page in pages():
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"{page}.md", tmp_path / f"{page}.md")
    for edition in EDITIONS:
        for beside in (ROOT / edition / "chapters").glob("*.*"):
            if beside.suffix != ".md":
                shutil.copy(beside, tmp_path / edition / "chapters")
    subprocess.run([sys.executable, "-m", "neurolib.book.notebook"], cwd=tmp_path, check=True)
    assert "| holds |" in (tmp_path / "chapters" / "claims.md").read_text(encoding="utf-8")
    for edition in EDITIONS[1:]:
        assert "| holds |" not in (tmp_path / edition / "chapters" / "claims.md").read_text(encoding="utf-8")


def test_definitions_are_lists():
    lines = BOOKS[""].notebook("chapters/glossary").splitlines()
    assert lines[lines.index("absolute refractory period") + 1].startswith(": The time after")
