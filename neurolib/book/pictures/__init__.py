"""Pictures that stand still: ``{picture} NAME`` puts ``NAME.svg`` of this folder on a page.

A picture is an SVG drawn by hand, 480 units wide, in the book's colours alone (``fill="var(--nl-Na)"``). Its words are
``<text data-text="key"/>``; the texts stand in ``NAME.toml`` beside it, with a ``caption`` that all read and a
``description`` for those who do not see it. Where a picture is of something that a model computes, it is drawn from that
model: :mod:`neurolib.book.pictures.computed`. Text that leads to a page stands in ``<a data-page="chapters/models">``.
"""

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

from neurolib.book.pictures.computed import COMPUTED
from neurolib.explorer.drawing import typeset
from neurolib.explorer.language import translate
from neurolib.explorer.moves import SVG
from neurolib.explorer.scene import own_ids
from neurolib.explorer.typography import symbols_html, symbols_markdown

FOLDER = Path(__file__).parent


def names():
    """Every picture there is."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def words(name):
    """The English texts of a picture, by key."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def picture_html(name, root=""):
    """The picture with its words and its caption, for a page from which ``root`` leads to that of the book.

    Raises ``ValueError`` for a picture that does not exist, and for words that are missing or in vain.
    """
    if name not in names():
        raise ValueError(f"picture {name!r}: there is none of this name, only {', '.join(names())}")
    drawing, texts = ET.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8")), words(name)
    written = [text for text in drawing.iter(f"{SVG}text") if text.get("data-text")]
    wanted = {"caption", "description", *(text.get("data-text") for text in written)}
    if wanted != set(texts):
        raise ValueError(f"{name}.toml: lacks or has in vain {', '.join(sorted(wanted ^ set(texts)))}")
    if name in COMPUTED:
        COMPUTED[name](drawing)
    for text in written:
        text.text = translate(texts[text.get("data-text")])
        typeset(text, 4)
    links = list(drawing.iter(f"{SVG}a"))
    for link in links:
        link.set("href", f"{root}{link.get('data-page')}.html")
    role = "group" if links else "img"  # what is an image has no links in it
    drawing.attrib |= {"role": role, "aria-label": translate(texts["description"])}
    ET.register_namespace("", SVG[1:-1])
    svg = re.sub(r">\s+<", "><", ET.tostring(own_ids(drawing, f"picture-{name}"), encoding="unicode")).strip()
    caption = symbols_html(translate(texts["caption"]))
    return f'<figure class="book-picture">{svg}<figcaption>{caption}</figcaption></figure>'


def in_words(name):
    """The picture for a page that cannot show it, such as a notebook's: as Markdown."""
    return "> " + symbols_markdown(" ".join(translate(words(name)[key]) for key in ("caption", "description")))
