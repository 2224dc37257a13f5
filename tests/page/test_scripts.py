"""The scripts of a page: a core and its tools, the same for all, and the models of its own explorers."""

import gzip
import re

import pytest

from neurolib.explorers import all_explorers

CHAPTERS = sorted({explorer.chapter for explorer in all_explorers()})
LARGEST, TOOLS = 20_000, 13_200  # bytes, gzipped: the core with the models of a page; the tools, for which nobody waits


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_page_loads_its_own_models_and_no_others(book, chapter):
    html = (book / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'data-explorer="(\w+)"', html))
    scripts = re.findall(r'src="[^"]*_static/((?:neurolib|models-)[\w.-]*\.js)', html)
    assert len(scripts) == 3 and shown == {e.name for e in all_explorers() if e.chapter == chapter}
    texts = {script: (book / "_static" / script).read_text(encoding="utf-8") for script in scripts}
    models = texts[f"models-chapters-{chapter.replace('/', '-')}.js"]
    assert {explorer.name for explorer in all_explorers() if re.search(rf"\b{explorer.name}\b", models)} == shown
    weights = {script: len(gzip.compress(text.encode(), mtime=0)) for script, text in texts.items()}
    tools = weights.pop("neurolib-tools.js")
    assert sum(weights.values()) <= LARGEST and tools <= TOOLS
    assert all("eval(" not in text and "new Function" not in text for text in texts.values())


def test_the_front_page_loads_the_model_of_its_axon(book):
    html = (book / "intro.html").read_text(encoding="utf-8")
    assert re.findall(r'data-explorer="(\w+)"', html) == ["propagation"]
    assert len(re.findall(r'src="[^"]*_static/((?:neurolib|neurolib-tools|models-intro)\.js)', html)) == 3


def test_pages_without_explorers_load_neither(book):
    for page in ("chapters/glossary", "chapters/models"):
        assert not re.search(r"_static/(neurolib[\w-]*|models-[\w-]*)\.js", (book / f"{page}.html").read_text(encoding="utf-8"))
