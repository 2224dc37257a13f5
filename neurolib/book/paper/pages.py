"""A built page made ready for paper: nothing to click, everything open, a code at each figure, solutions apart.

Pictures and formulas are laid aside while a page is taken apart, and put back as they were.
"""

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import segno
from bs4 import BeautifulSoup

from neurolib.book.built_page import address_of, article_of, sheets_of
from neurolib.explorer.language import _, translate

SPOKEN = re.compile(r'<span class="formula-spoken">.*?</math></span>', re.DOTALL)
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
LAID = re.compile(r'<svg data-laid="(\d+)"></svg>')
TALL = re.compile(r'<svg [^>]*data-format="tall"')
NAMED = re.compile(r'(?<=[\s"])(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
POINTS = re.compile(r"""((?:xlink:)?href="#|url\(["']?#)""")
# What only a screen has use for; the tables of contents are the book's own.
ON_SCREEN = (
    "a.headerlink, form.explorer-controls, .explorer-without, .explorer-spoken, details.hide, .toctree-wrapper, "
    ".check button, .check input, .check-said, .check-status, .front-cards, .lecture-own, .toggle-button"
)  # fmt: skip


def code(address):
    """A QR code that leads to ``address``, as SVG."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=1, border=4, omitsize=True, svgclass="paper-code")


@dataclass(frozen=True)
class Page:
    """A page of the edition in the folder ``book``; ``name`` is its path without the ending."""

    book: Path
    name: str

    @cached_property
    def html(self):
        return (self.book / f"{self.name}.html").read_text(encoding="utf-8")

    @property
    def address(self):
        """Where the page is on the web."""
        return address_of(self.html)

    @property
    def key(self):
        """What the names of its places begin with, where all pages stand in one document."""
        return self.name.replace("/", "-")

    @property
    def styles(self):
        folder = (self.book / self.name).parent
        return [(folder / link).resolve().as_uri() for link in sheets_of(self.html)]

    def parts(self, inside):
        """Title, article and solutions, as HTML. Links to the pages named in ``inside`` lead into the same document."""
        article = SPOKEN.sub("", SCRIPT.sub("", article_of(self.html)))
        drawn = []

        def lay_aside(match):
            if TALL.match(match[0]):
                return ""
            drawn.append(match[0])
            return f'<svg data-laid="{len(drawn) - 1}"></svg>'

        soup = BeautifulSoup(DRAWN.sub(lay_aside, article), "html.parser")
        add_answers(soup)
        for element in soup.select(ON_SCREEN):
            element.decompose()
        unfold(soup)
        self.add_codes(soup)
        self.lead(soup, inside)
        solutions = [box.extract() for box in soup.select(".solution")]
        title = soup.h1.get_text()
        soup.h1["id"] = "top"

        def whole(parts):
            text = LAID.sub(lambda match: drawn[int(match[1])], "".join(map(str, parts)))
            text = NAMED.sub(lambda m: f'{m[1]}="{" ".join(f"{self.key}--{one}" for one in m[2].split())}"', text)
            return POINTS.sub(rf"\1{self.key}--", text).replace(f"#{self.key}--/", "#")

        return title, whole([soup]), whole(solutions)

    def add_codes(self, soup):
        """A code at each explorer that opens it, live."""
        for explorer in soup.select(".explorer[id]:has(.explorer-plot)"):
            address = f"{self.address}#{explorer['id']}"
            told = translate(_("Move it yourself:"))
            made = f'<div class="paper-live">{code(address)}<p>{told}<br><a href="{address}">{address}</a></p></div>'
            explorer.select_one(".explorer-plot").insert_after(BeautifulSoup(made, "html.parser"))

    def lead(self, soup, inside):
        """Links to other pages: into the same document, or to the web."""
        here = posixpath.dirname(self.name)
        start = self.address.removesuffix(f"{self.name}.html")
        for link in soup.select("a[href]"):
            parts = urlsplit(link["href"])
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
            page = target.removesuffix(".html")
            if page in inside:
                link["href"] = f"#/{page.replace('/', '-')}--{parts.fragment or 'top'}"  # (see `whole`)
            else:
                link["href"] = f"{start}{target}" + (f"#{parts.fragment}" if parts.fragment else "")


def add_answers(soup):
    """After each self-test its solution: to each question the right letter and what is said of it, or the answer in words."""
    for box in soup.select(".self-test"):
        told = soup.new_tag("ol")
        for check in box.select(".check"):
            line = soup.new_tag("li")
            right = check.select_one('[data-right="true"]')
            if right:
                line.append(f"{right.summary.get_text().partition('.')[0]}. ")
            answer = right or check.details
            line.append(answer.select_one(".check-said > span").extract())
            if not right:
                answer.decompose()
            told.append(line)
        title = soup.new_tag("p", attrs={"class": "admonition-title"}, string=box.select_one(".admonition-title").get_text())
        solution = soup.new_tag("div", attrs={"class": "solution admonition"})
        solution.extend((title, told))
        box.insert_after(solution)


def unfold(soup):
    """What opens on a screen stands open; the answers of a question stand below each other."""
    for details in soup.select("details"):
        asked = details.find_parent(class_=("check", "front-question"))
        summary = details.find("summary", recursive=False)
        if asked:
            summary.name, summary["class"] = "p", "paper-option"
            details.replace_with(summary.extract())
        else:
            summary.decompose()
            details.name = "div"
