"""A package of QTI 2.1 items. Source: 1EdTech, "Question and Test Interoperability 2.1", "Content Packaging 1.1.4"."""

import xml.etree.ElementTree as ET

from neurolib.book.package import zipped
from neurolib.book.platforms.elements import asked_as_number, element, explained, paragraph
from neurolib.explorer.typography import plain, symbols_html

ITEM, PACKAGE = "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def item(identifier, question, kind, body, base, language, correct=None, right_if=None):
    """An item: the answer is scored where it can be, and whatever it was, what is right is told."""

    def outcome(name, kind, value):
        return element("setOutcomeValue", element("baseValue", text=value, baseType=kind), identifier=name)

    response = element("correctResponse", element("value", text=correct)) if correct else None
    scored = element("responseIf", right_if, outcome("SCORE", "float", "1")) if correct else None
    zero = element("defaultValue", element("value", text="0"))
    made = element(
        "assessmentItem",
        element("responseDeclaration", response, identifier="RESPONSE", cardinality="single", baseType=kind),
        element("outcomeDeclaration", zero, identifier="SCORE", cardinality="single", baseType="float"),
        element("outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"),
        element("itemBody", *(body if isinstance(body, list) else [body])),
        element(
            "responseProcessing",
            element("responseCondition", scored) if correct else None,
            outcome("FEEDBACK", "identifier", "WHY"),
        ),
        element("modalFeedback", explained(question, base), outcomeIdentifier="FEEDBACK", identifier="WHY", showHide="show"),
        xmlns=ITEM, identifier=identifier, title=plain(question.title), adaptive="false", timeDependent="false",
    )  # fmt: skip
    made.set(LANGUAGE, language)
    return made


def compared():
    return element("variable", identifier="RESPONSE"), element("correct", identifier="RESPONSE")


def item_choice(question, base, language):
    prompt = ET.fromstring(f"<prompt>{symbols_html(question.asks)}</prompt>")
    choices = [ET.fromstring(f"<simpleChoice>{symbols_html(option)}</simpleChoice>") for option in question.options.values()]
    for word, choice in zip(question.options, choices, strict=True):
        choice.set("identifier", word)
    body = element("choiceInteraction", prompt, *choices, responseIdentifier="RESPONSE", shuffle="false", maxChoices="1")
    match = element("match", *compared())
    return item(f"{question.name}-choice", question, "identifier", body, base, language, question.right, match)


def item_number(question, base, language):
    body = paragraph(asked_as_number(question))
    body.append(element("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="10"))
    near = f"{question.value.near:g}"
    equal = element("equal", *compared(), toleranceMode="absolute", tolerance=f"{near} {near}")
    return item(f"{question.name}-number", question, "float", body, base, language, f"{question.value.value:.6g}", equal)


def item_words(question, base, language):
    """An essay; a rubric for whoever marks it is the answer."""
    prompt = ET.fromstring(f"<prompt>{symbols_html(question.asks)}</prompt>")
    rubric = element("rubricBlock", paragraph(question.reason), view="scorer")
    return item(f"{question.name}-words", question, "string", [rubric, element(
        "extendedTextInteraction", prompt, responseIdentifier="RESPONSE", expectedLines="8")], base, language)  # fmt: skip


def items(question, base, language):
    """The items of a question."""
    if not question.options:
        return [item_words(question, base, language)]
    make = (item_choice, item_number) if question.value else (item_choice,)
    return [one(question, base, language) for one in make]


def qti(asked, language, base=""):
    """A QTI package, as bytes of a ZIP file: an item a file, and the manifest that lists them."""
    every = [made for question in asked for made in items(question, base, language)]
    files = {f"{made.get('identifier')}.xml": made for made in every}
    resources = []
    for name in files:
        one = {"identifier": f"of-{name.removesuffix('.xml')}", "type": "imsqti_item_xmlv2p1", "href": name}
        resources.append(element("resource", element("file", href=name), **one))
    about = element("metadata", element("schema", text="QTIv2.1 Package"), element("schemaversion", text="1.0.0"))
    manifest = element("manifest", about, element("organizations"), element("resources", *resources),
                       xmlns=PACKAGE, identifier="neurolib-questions")  # fmt: skip
    made = {"imsmanifest.xml": manifest, **files}
    return zipped({name: ET.tostring(one, encoding="utf-8", xml_declaration=True) for name, one in made.items()})
