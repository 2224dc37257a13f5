"""Tooltips of glossary terms in the built editions."""

import json
import re
from pathlib import Path

import pytest

from neurolib.book.languages.editions import editions

ROOT = Path(__file__).parents[2]
PLACES = [place.relative_to(ROOT) for place in editions(ROOT).values()]


def tips(folder, page):
    """The tooltips of a page by the id of what they explain."""
    (path,) = (folder / "_static" / "tippy").glob(f"{page}.*.js")
    found = json.loads(re.search(r"selector_to_html = (\{.*?\})\n", path.read_text(encoding="utf-8"))[1])
    return {match[1]: tip for key, tip in found.items() if (match := re.search(r"#(term-[^\"]+)\"", key))}


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_tooltip_shows_the_whole_entry(book, place):
    """Whichever term of an entry a link names: all terms of the page's own glossary, and the text."""
    source = (ROOT / place / "chapters" / "glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^((?:(?![`:(#])\S[^\n]*\n)+)(?=  \S)", source, re.M)
    assert len(entries) > 50
    found = list(tips(book / place, "chapters/action-potential/afterpotentials").values())
    assert len(found) > 3
    for tip in found:
        terms = re.findall(r"<dt[^>]*>(.*?)</dt>", tip)
        assert [terms for names in entries if names.split("\n")[:-1] == terms], tip
        assert "<dd><p>" in tip
