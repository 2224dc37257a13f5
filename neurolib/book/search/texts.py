"""What the search page knows: the text of every section, and names that mean the same."""

import html
import json
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from neurolib.book.languages import editions

# Symbols of what the glossary has under a name, as readers type them.
SYMBOLS = (("Na+", "sodium", "钠", "钠离子"), ("K+", "potassium", "钾", "钾离子"), ("Cl-", "chloride", "氯", "氯离子"),
           ("Ca2+", "calcium", "钙", "钙离子"), ("Vm", "membrane voltage", "膜电位"))  # fmt: skip
CALLED = re.compile(r"(?:[Aa]lso called|[也旧]称|也作|记作)(?: an?| the)?\s*([^.。；;（），：]+)")
WRITTEN_OUT = re.compile(r"([A-Z][^:,.;]{4,50})[:,]")
BETWEEN = re.compile(r"\s+or\s+|\s*[,、或]\s*")
HIDDEN = re.compile(r"<(script|style|svg|template)\b.*?</\1>", re.DOTALL)
TRADITIONAL = Path(__file__).with_name("traditional.txt")


def texts(app):
    """``pages`` with their sections, as ``[anchor, title, text]``; ``same``: groups of names; ``simple``: see the file.

    What a page says in its front matter it is ``about`` leads to it first: a term that many pages use, and one explains.
    """
    pages, same = [], [list(group) for group in SYMBOLS]
    for docname in editions.pages(Path(app.srcdir)):
        doctree = app.env.get_doctree(docname)
        sections = list(sections_of(doctree))
        looked_up = docname.count("/") == 1  # those that teach stand in folders of their subject, or in front
        about = json.loads(app.env.metadata[docname].get("about", "[]"))  # as MyST keeps a list
        pages.append({"name": docname, "title": sections[0][1], "taught": not looked_up, "about": about, "sections": sections})
        same += [names_of(item) for item in terms(doctree)]
    han = {character for page in pages for _anchor, _title, text in page["sections"] for character in text}
    pairs = re.findall("(.)(.)", TRADITIONAL.read_text(encoding="utf-8").partition("\n\n")[2])
    simple = "".join(old + new for old, new in pairs if new in han)
    return {"pages": pages, "same": same, "simple": simple}


def sections_of(doctree):
    """Each section with the text that is its own, and each entry of a glossary."""
    for section in doctree.findall(nodes.section):
        inside = [child for child in section.children if not isinstance(child, nodes.section)]
        title = next((child for child in inside if isinstance(child, nodes.title)), nodes.title())
        own = " ".join(text_of(child) for child in inside if child is not title and not isinstance(child, addnodes.glossary))
        yield section["ids"][0], text_of(title), tidy(own)
        for child in inside:
            for item in child.findall(nodes.definition_list_item) if isinstance(child, addnodes.glossary) else ():
                names = [text_of(term) for term in item.findall(nodes.term)]
                yield item.next_node(nodes.term)["ids"][0], ", ".join(names), tidy(text_of(item.children[-1]))


def terms(doctree):
    return [item for glossary in doctree.findall(addnodes.glossary) for item in glossary.findall(nodes.definition_list_item)]


def names_of(item):
    """A glossary entry's terms, and what it is also called."""
    names = [text_of(term).strip() for term in item.findall(nodes.term)]
    says = tidy(text_of(item.children[-1]))
    if names[0].isupper() and (full := WRITTEN_OUT.match(says)):  # AHP: "Afterhyperpolarisation: a voltage ..."
        names.append(full[1])
    for called in CALLED.findall(says):
        names += [name.strip() for name in BETWEEN.split(re.sub(r"^an? |(?<= or )an? ", "", called))]
    return [name for name in dict.fromkeys(names) if 1 < len(name) < 60]


def text_of(node):
    """A node's text; what is lowered keeps its mark, as in g_Na."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, (nodes.math, nodes.math_block)):
        plain = re.sub(r"\\(?:mathrm|text|left|right)\s*|[{}$]", "", node.astext().replace(r"\infty", "∞"))
        return " " + re.sub(r"\\(?:([A-Za-z]+) ?|.)", r" \1", plain) + " "
    if isinstance(node, nodes.raw):
        shown = HIDDEN.sub(" ", node.astext()).replace("<sub>", "_")
        return html.unescape(re.sub(r"<[^>]+>", "", shown)) if "html" in node.get("format", "") else ""
    if isinstance(node, (nodes.comment, nodes.literal_block, nodes.image)):
        return ""
    gap = "" if isinstance(node, nodes.TextElement) else " "
    return ("_" if isinstance(node, nodes.subscript) else "") + gap.join(text_of(child) for child in node.children)


def tidy(text):
    return re.sub(r"\s+", " ", text).strip()
