"""What a page asks of its reader: the predictions and challenges of its explorers, and its checked exercises.

Each has a key, under which a browser keeps what was done, the same in every edition: ``goldman:prediction``,
``goldman:challenge``, ``resting-potential/goldman:check-x4nq``. That of an exercise is made of its answers: another exercise in
its place has nothing done.
"""

import base64
import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from docutils import nodes

from neurolib.book.chapters import chapters, explorers_of
from neurolib.explorer.language import translate
from neurolib.explorers import explore

TEX = re.compile(r"\\(?:text|mathrm|mathit)\{([^}]*)\}|[$*{}\\]")
MARK = 4  # letters of a page's mark, and of an exercise's


class Item(NamedTuple):
    """One thing to do; ``kind`` is ``prediction``, ``challenge`` or ``check``, ``label`` in the language of the edition."""

    key: str
    kind: str
    label: str


class Page(NamedTuple):
    """A page that asks something. ``mark`` is made of what it asks: an edition that asks otherwise has another."""

    docname: str
    title: str
    number: int
    mark: str
    items: tuple


def letters_of(text):
    """Four letters that stand for a text."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:MARK]


def check_key(docname, answers, serial):
    """The key of a page's checked exercise, of what is the same in every language: each answer's value, how near, and whether
    it is right. ``serial(name)`` counts, from 0, how often a page has asked for this name: two exercises may look alike."""
    made = letters_of("\n".join(f"{one.value} {one.near} {one.right}" for one in answers))
    again = serial(made)
    return f"{docname.removeprefix('chapters/')}:check-{made}" + (f"-{again}" if again else "")


def plain_label(text):
    """A label without its marks of mathematics and emphasis; an index stays, as in E_Na."""
    return TEX.sub(lambda match: match[1] or "", text)


def asked(doctree):
    """What a page asks: the explorers' predictions and challenges first, then the exercises, in their order."""
    found = []
    for name in explorers_of(doctree):
        explorer = explore(name)
        kinds = {"prediction": explorer.prediction, "challenge": explorer.challenge}
        found += [Item(f"{name}:{kind}", kind, translate(explorer.title)) for kind, there in kinds.items() if there]
    checks = [raw["check"] for raw in doctree.findall(nodes.raw) if "check" in raw]
    return tuple(found + [Item(key, "check", plain_label(label)) for key, label in checks])


def mark_of(docname, items):
    """Four letters that stand for a page and for what it asks."""
    return letters_of("\n".join([docname, *(item.key for item in items)]))


@lru_cache
def pages(app):
    """The pages of an edition that ask something, in order; call it when all have been read."""
    found = []
    for chapter in chapters(app).values():
        items = asked(app.env.get_doctree(chapter.docname))
        if chapter.number and items:
            found.append(Page(chapter.docname, chapter.title, chapter.number, mark_of(chapter.docname, items), items))
    return found
