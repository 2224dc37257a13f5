"""What both kinds of file are made of: elements, and the texts of a question as HTML."""

import xml.etree.ElementTree as ET

from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import symbols_html


def element(name, *children, text=None, **attributes):
    """An element with these children; an attribute's name may end in ``_`` where Python keeps the word for itself."""
    made = ET.Element(name, {key.rstrip("_"): value for key, value in attributes.items()})
    made.text = text
    made.extend(child for child in children if child is not None)
    return made


def paragraph(text):
    """A paragraph of HTML, symbols with their indices."""
    return ET.fromstring(f"<p>{symbols_html(text)}</p>")


def asked_as_number(question):
    """What is asked where the answer is a number."""
    value = question.value
    told = _("{question} Give a number: {name} ({unit}). Within {near} is right.") if value.unit else _(
        "{question} Give a number: {name}. Within {near} is right.")  # fmt: skip
    return translate(told).format(question=question.asks, name=value.label, unit=value.unit, near=f"{value.near:g}")


def explained(question, base):
    """Why: the right option, the reason with the model's numbers, and a link to where the book has it."""
    parts = [paragraph(question.reason)] if question.reason else []
    if question.right:
        parts.insert(0, ET.fromstring(f"<p><b>{symbols_html(question.options[question.right])}</b></p>"))
    if base:
        leads = _("See it in the figure") if question.place.startswith("explorer-") else _("The page of the book")
        address = f"{base}{question.page}.html#{question.place}"
        parts.append(element("p", element("a", text=translate(leads), href=address)))
    return element("div", *parts)
