"""The scripts of a page: a small runtime for all, and the models of its own explorers."""

import gzip
import re

import pytest

from neurolib.explorers import all_explorers

CHAPTERS = sorted({explorer.chapter for explorer in all_explorers()})
LARGEST = 30_000  # bytes, gzipped: runtime and models of a page together


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_page_loads_its_own_models_and_no_others(book, chapter):
    html = (book / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'data-explorer="(\w+)"', html))
    scripts = re.findall(r'src="[^"]*_static/((?:neurolib|models-)[\w.-]*\.js)', html)
    assert len(scripts) == 2 and shown == {e.name for e in all_explorers() if e.chapter == chapter}
    texts = [(book / "_static" / script).read_text(encoding="utf-8") for script in scripts]
    assert {name for text in texts for name in re.findall(r'models\["(\w+)"\]', text)} == shown
    assert sum(len(gzip.compress(text.encode(), mtime=0)) for text in texts) <= LARGEST
    assert all("eval(" not in text and "new Function" not in text for text in texts)


def test_the_front_page_loads_the_model_of_its_axon(book):
    html = (book / "intro.html").read_text(encoding="utf-8")
    assert re.findall(r'data-explorer="(\w+)"', html) == ["propagation"]
    assert len(re.findall(r'src="[^"]*_static/((?:neurolib|models-intro)\.js)', html)) == 2


def test_pages_without_explorers_load_neither(book):
    for page in ("chapters/glossary", "chapters/models"):
        assert not re.search(r"_static/(neurolib|models-[\w-]*)\.js", (book / f"{page}.html").read_text(encoding="utf-8"))
