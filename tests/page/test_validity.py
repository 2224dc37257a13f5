"""Every page is valid HTML: html5lib, which reads as a browser does, reports no parse error, and what refers finds its mark.

The Nu checker, which knows more rules, needs Java; what it found was put right, and what can be told without it is here.
"""

import re
from collections import Counter
from functools import cache

import html5lib
import pytest
from test_pages import pages

# What a name in such an attribute points to has to be on the page.
REFERENCES = ("for", "list", "form", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "details"}
PHRASING_ONLY = {"p", "span", "label", "button", "summary", "legend", "dt", "data", "h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "figure", "form", "section", "pre", "blockquote", "details"}
# MyST-NB's own, in the buttons that show a code cell; its styles need it so.
FOREIGN = {("summary", "p", "collapsed admonition-title"), ("summary", "p", "expanded admonition-title")}
GENERATED = ("index", "search", "genindex", "404")


def inside(element, above=()):
    """Every element below with those above it, outermost first."""
    for child in element:
        if isinstance(child.tag, str):
            yield child, (*above, element)
            yield from inside(child, (*above, element))


@cache
def parsed(path):
    """The tree of a page, and what was wrong with it. (Kept, since to read a page takes a second.)"""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    text = path.read_text(encoding="utf-8")
    tree = parser.parse(text)
    lines = text.split("\n")
    return tree, [(where, error, lines[where[0] - 1][:200]) for where, error, _ in parser.errors]


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in (*pages(), *GENERATED)])
def page(request, book):
    """A page parsed, without a parse error."""
    tree, errors = parsed(book / f"{request.param}.html")
    assert errors == []
    return tree


def test_document(page):
    assert page.get("lang") and page.findtext("head/title").strip()
    assert page.find("head/meta[@charset]") is not None


def test_identifiers_are_single_and_found(page):
    identifiers = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    assert {name: count for name, count in identifiers.items() if count > 1} == {}
    assert all(name and not re.search(r"\s", name) for name in identifiers)
    for element in page.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                assert name in identifiers, f"<{element.tag} {attribute}={name}>"
    names = {element.get("name") for element in page.iter("a")}
    for link in page.iter("a"):
        target = link.get("href") or ""
        assert len(target) < 2 or target[0] != "#" or target[1:] in set(identifiers) | names, target


def test_elements_stand_where_they_may(page):
    for element, above in inside(page):
        nearest = above[-1]
        around = [parent.tag for parent in above]
        said = f"<{element.tag} {element.attrib}> in <{nearest.tag} {nearest.attrib}>"
        if element.tag in INTERACTIVE - {"details"}:
            assert not {"a", "button"} & set(around), said
        if element.tag == "label":
            assert "label" not in around, said
        if element.tag in BLOCKS and nearest.tag in PHRASING_ONLY:
            assert (nearest.tag, element.tag, element.get("class")) in FOREIGN, said
        if element.tag in ("dt", "dd"):
            assert nearest.tag in ("dl", "div") and "dl" in around, said
        if nearest.tag == "dl":
            assert element.tag in ("dt", "dd", "div", "script", "template"), said
        if nearest.tag in ("ul", "ol"):
            assert element.tag in ("li", "script", "template"), said
        if element.tag in ("summary", "legend", "figcaption"):
            expected = {"summary": "details", "legend": "fieldset", "figcaption": "figure"}[element.tag]
            assert nearest.tag == expected, said
        if element.tag == "img":
            assert element.get("alt") is not None, said


def test_explorers_are_read_in_order(page):
    """A screen reader comes to the question, the figure, what it shows, and then to what moves it."""
    for explorer in page.iterfind(".//div[@data-explorer]"):
        parts = ["explorer-prediction", "explorer-figure", "explorer-sentence", "explorer-controls", "explorer-challenge"]
        found = [part for element in explorer.iter() for part in parts if part in (element.get("class") or "").split()]
        assert list(dict.fromkeys(found)) == [part for part in parts if part in found] and "explorer-controls" in found


def test_explorers_name_their_inputs(page):
    """Every native input has a label, by ``for``, around it or as an attribute; a group has a name."""
    labels = {label.get("for") for label in page.iter("label")}
    for element, above in inside(page):
        if element.tag in ("input", "select", "textarea") and element.get("type") != "hidden":
            around = any(parent.tag == "label" for parent in above)
            named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labels
            assert around or named, element.attrib
        if element.get("role") in ("group", "region", "dialog"):
            assert element.get("aria-label") or element.get("aria-labelledby"), element.attrib
