"""What stays together on a line: a number and its unit, a formula and its punctuation, a citation and its word.

Upstream (docutils, or Sphinx's smartquotes) should bind a number to its unit, as TeX's siunitx does. The file may go when a
plain "5 mV" in Markdown is written with a space that does not break.
"""

import re

from docutils import nodes

UNIT = re.compile(
    r"(?<=\d) (?=(?:[mµnp]?(?:[AFMSVW]|mol|m|s)|[mµ]A|k?Hz|cm|min|h|°C|%|million|billion|thousand|ATP)(?:/\w+[²³]?)?(?![\w]))"
)
PUNCTUATION = re.compile(r"[.,;:?!)\]’”，。、；：？！）》」]+")
HAN_BEFORE = re.compile(r"(?<=[\u3400-\u4dbf\u4e00-\u9fff”）]) $")
CODE = (nodes.literal, nodes.literal_block, nodes.raw, nodes.math, nodes.math_block)


def number_and_unit(app, doctree, docname):
    """Write a space that does not break between a number and its unit."""
    for text in list(doctree.findall(nodes.Text)):
        together = UNIT.sub("\u00a0", text)
        if together != text and not isinstance(text.parent, CODE):
            text.parent.replace(text, nodes.Text(together))


def formula_and_punctuation(app, doctree, docname):
    """Give each formula in a line the punctuation after it: a browser would break the line between the two."""
    for node in doctree.findall(nodes.math):
        place = node.parent.index(node) + 1
        following = node.parent[place] if place < len(node.parent) else None
        found = isinstance(following, nodes.Text) and PUNCTUATION.match(following)
        if found:
            node["punctuation"] = found.group()
            node.parent[place] = nodes.Text(following[found.end() :])  # replace() would take the first text that equals it


def citation_and_word(app, doctree, docname):
    """Give each citation the space before it that does not break; Chinese, which has none, a joiner without width."""
    for node in doctree.findall(nodes.footnote_reference):
        place = node.parent.index(node)
        before = node.parent[place - 1] if place else None
        if isinstance(before, nodes.Text) and before.endswith(" "):
            joined = HAN_BEFORE.sub("\u2060", before)
            node.parent[place - 1] = nodes.Text(re.sub(" $", "\u00a0", joined))


def setup(app):
    app.connect("doctree-resolved", number_and_unit)
    app.connect("doctree-resolved", formula_and_punctuation)
    app.connect("doctree-resolved", citation_and_word)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
