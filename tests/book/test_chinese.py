"""How the Chinese pages are set: one rule for spaces and marks throughout."""

import re
from pathlib import Path

import pytest
import yaml

ZH = Path(__file__).parents[2] / "zh"
PAGES = sorted(ZH.rglob("*.md"))
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
NOT_PROSE = re.compile(
    r"\A---\n.*?\n---\n|^```\{code-cell\}.*?^```$|^\$\$.*?\$\$|^\([\w-]+\)=$|^:\w+:[^\n]*$|^```[^\n]*$|^\|[-| ]+\|$",
    re.M | re.S,
)


def prose(text):
    """A page's prose as it is read: links by their words, formulas and code as a letter, page titles and numbers as a sign."""
    text = NOT_PROSE.sub("", text)
    text = re.sub(r"\{(?:doc|term|ref|numref)\}`([^`<]*?) ?<[^>`]*>`", r"\1", text)
    text = re.sub(r"\{(?:footcite:p|doc|term)\}`[^`]*`", "§", text)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|(?<!\\)\$[^$]*\$", "X", text)
    return re.sub(r"\*+|\[([^\]]*)\]\([^)]*\)", r"\1", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ZH)))
def test_spaces_and_marks(page):
    """A space between Chinese and Latin or digits, none before full-width marks; full-width marks after Chinese."""
    text = prose(page.read_text(encoding="utf-8"))
    for rule in (
        rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%°][{HAN}]",  # no space between Chinese and Latin
        rf"[{HAN}] +[{HAN}]|[{HAN}]\n[{HAN}]",  # a space within Chinese, or a line break, which becomes one
        r"(?<=[^|\s-]) [，。；：？！、（）“”《》]|[（“《] ",  # a space before a full-width mark, or within its brackets
        rf"[{HAN}][,;:?!()\"']|[\"'][{HAN}]",  # a half-width mark in Chinese
        r"(?<![\w.])-\d",  # a hyphen for a minus
        r"\d +%",  # a space between a number and its per cent sign
        r"(?<![A-Za-z])[mµn]M(?![A-Za-z])",  # mol/L is written out
    ):
        assert [text[max(0, m.start() - 12) : m.end() + 12] for m in re.finditer(rule, text)] == [], rule


def test_spaces_and_marks_of_the_claims():
    for name, claim in yaml.safe_load((ZH / "chapters" / "claims.yml").read_text(encoding="utf-8")).items():
        assert not re.search(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]|[{HAN}][,;:?!()]|\d +%", claim["claim"]), name
