"""The chapters of an edition: number, minutes and explorers of each, counted; the navigation and the front page show them."""

import math
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from docutils import nodes

from neurolib.explorer.language import _, translate

EXPLORER = re.compile(r'data-explorer="(\w+)"')
WORD, HAN = re.compile(r"[A-Za-zÀ-ž0-9−.,%]+"), re.compile(r"[\u4e00-\u9fff]")
# Slow enough for a text that is studied; an explorer is a prediction, a story and a try at its challenge.
WORDS_A_MINUTE, HAN_A_MINUTE, MINUTES_AN_EXPLORER, ROUND_TO = 180, 300, 5, 5
MINUTES = _("{minutes} min")
# What a reader passes over, or meets closed.
ASIDE = (nodes.literal_block, nodes.raw, nodes.comment, nodes.footnote, nodes.math_block, nodes.table)


@dataclass(frozen=True)
class Chapter:
    """``number`` runs through the parts that hold explorers; a page of another part has none (0)."""

    docname: str
    title: str
    number: int
    minutes: int
    explorers: tuple


def explorers_of(doctree):
    """The names of the explorers that stand on a page, in their order."""
    found = [name for raw in doctree.findall(nodes.raw) for name in EXPLORER.findall(raw.astext())]
    return tuple(dict.fromkeys(found))


def minutes_of(doctree):
    """The minutes that a page takes, to five: its words, its Chinese characters, its explorers."""
    texts = [text for text in doctree.findall(nodes.Text) if not is_aside(text)]
    prose = " ".join(text.astext() for text in texts)
    reading = len(WORD.findall(prose)) / WORDS_A_MINUTE + len(HAN.findall(prose)) / HAN_A_MINUTE
    return ROUND_TO * max(1, math.ceil((reading + MINUTES_AN_EXPLORER * len(explorers_of(doctree))) / ROUND_TO - 0.5))


def is_aside(node):
    while node is not None:
        if isinstance(node, ASIDE) or "solution" in getattr(node, "attributes", {}).get("classes", []):
            return True
        node = node.parent
    return False


@lru_cache
def chapters(app):
    """Every chapter by its docname, in order; call it when all pages have been read."""
    toc = yaml.safe_load((Path(app.srcdir) / "_toc.yml").read_text(encoding="utf-8"))
    found, number = {}, 0
    for part in toc.get("parts", []):
        names = [entry["file"] for entry in part["chapters"] if entry["file"] in app.env.found_docs]
        trees = {name: app.env.get_doctree(name) for name in names}
        counts = any(explorers_of(tree) for tree in trees.values())
        for name, tree in trees.items():
            number += counts
            title = app.env.titles[name].astext()
            found[name] = Chapter(name, title, number if counts else 0, minutes_of(tree), explorers_of(tree))
    return found


def minutes_text(chapter):
    return translate(MINUTES).format(minutes=chapter.minutes)


def number_navigation(app, pagename, templatename, context, doctree):
    """Each chapter in the side bar with its number, its minutes, and what its reader has done."""
    plain = context.get("generate_toctree_html")
    if plain is None:
        return

    def numbered(*args, **kwargs):
        soup = plain(*args, **kwargs)
        for link in soup.select("li.toctree-l1 > a"):
            href = link["href"].partition("#")[0].removesuffix(".html")
            name = posixpath.normpath(posixpath.join(posixpath.dirname(pagename), href)) if href else pagename
            chapter = chapters(app).get(name)
            if chapter and chapter.number:
                number, minutes = soup.new_tag("span"), soup.new_tag("span")
                number["class"], number.string = "chapter-number", str(chapter.number)
                minutes["class"], minutes.string = "chapter-minutes", minutes_text(chapter)
                minutes["data-explorers"] = " ".join(chapter.explorers)
                link.insert(0, number)
                link.append(minutes)
        return soup

    context["generate_toctree_html"] = numbered


def setup(app):
    app.connect("html-page-context", number_navigation, priority=950)  # the theme's own function comes first
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
