"""Every link of the built book that stays in it leads to a file, and to the place in it that the link names."""

from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

ATTRIBUTES = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "image": "href"}


class Page(HTMLParser):
    """The places and the links of a page."""

    def __init__(self, path):
        super().__init__()
        self.places, self.links, self.canonical = set(), set(), None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.places |= {values[name] for name in ("id", "name") if values.get(name)}
        if values.get("rel") == "canonical":
            self.canonical = values["href"]
        elif values.get(ATTRIBUTES.get(tag)):
            self.links.add(values[ATTRIBUTES[tag]])

    handle_startendtag = handle_starttag


page_at = cache(Page)


@pytest.fixture(scope="module")
def address(book):
    """The book's address on the web, from its first page's."""
    return page_at(book / "intro.html").canonical.removesuffix("intro.html")


def broken(book, address, path):
    """Links of the page at ``path`` that lead nowhere."""
    for link in sorted(page_at(path).links):
        inside = link.removeprefix(address)
        parts = urlsplit(inside)
        if parts.scheme or parts.netloc:
            continue  # another site's
        start = book if inside != link else path.parent
        prefix = urlsplit(address).path
        local = parts.path.removeprefix(prefix) if parts.path.startswith("/") else parts.path
        start = book if parts.path.startswith("/") else start
        target = (start / unquote(local)).resolve() if local else path
        if target.is_dir():
            target /= "index.html"
        if not target.is_file() or not target.is_relative_to(book):
            yield link
        place = unquote(parts.fragment).partition("?")[0]  # what follows is the state of an explorer
        if target.suffix == ".html" and target.is_file() and place and place not in page_at(target).places:
            yield link


def test_links_inside_the_book(book, address):
    paths = [path for path in sorted(book.rglob("*.html")) if "_static" not in path.parts]
    found = {path: list(broken(book, address, path)) for path in paths}
    assert sum(len(page_at(path).links) for path in paths) > 1000
    assert {str(path.relative_to(book)): links for path, links in found.items() if links} == {}
