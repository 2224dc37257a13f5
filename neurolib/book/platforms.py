"""The bank of questions as files that learning platforms import: Moodle XML, and a package of QTI 2.1 items.

Each question of ``bank`` stands in them as a choice, and once more as a number where its explorer lets the reader mark one.
The files are ``_static/questions/moodle.xml`` and ``_static/questions/qti.zip`` of each edition.

Sources: Moodle, "Moodle XML format"; 1EdTech, "Question and Test Interoperability 2.1" and "Content Packaging 1.1.4".
"""

import io
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from neurolib.book.bank import questions
from neurolib.book.chapters import chapters
from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import plain, symbols_html

FOLDER, MOODLE, QTI = "_static/questions", "moodle.xml", "qti.zip"
ITEM, PACKAGE = "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP's calendar: equal books make equal packages


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
    """Why: the right option, the reason with the model's numbers, and a link to the figure that shows it."""
    right = ET.fromstring(f"<p><b>{symbols_html(question.options[question.right])}</b></p>")
    parts = [right, paragraph(question.reason)]
    if base:
        setting = f"?{question.setting}" if question.setting else ""
        address = f"{base}{question.page}.html#explorer-{question.explorer}{setting}"
        parts.append(element("p", element("a", text=translate(_("See it in the figure")), href=address)))
    return element("div", *parts)


# Moodle


def moodle_text(name, part):
    """A field of HTML."""
    return element(name, element("text", text=ET.tostring(part, encoding="unicode")), format="html")


def moodle_question(kind, question, asks, base, *rest):
    return element(
        "question",
        element("name", element("text", text=plain(question.title))),
        moodle_text("questiontext", paragraph(asks)),
        moodle_text("generalfeedback", explained(question, base)),
        element("defaultgrade", text="1"),
        element("idnumber", text=f"{question.explorer}-{kind}"),
        *rest,
        type=kind,
    )


def moodle_choice(question, base):
    answers = []
    for word, option in question.options.items():
        text = element("text", text=symbols_html(option))
        answers.append(element("answer", text, fraction="100" if word == question.right else "0", format="html"))
    order = element("shuffleanswers", text="false")  # options go from less to more
    return moodle_question("multichoice", question, question.asks, base, element("single", text="true"), order, *answers)


def moodle_number(question, base):
    text, near = element("text", text=f"{question.value.value:.6g}"), element("tolerance", text=f"{question.value.near:g}")
    right = element("answer", text, near, fraction="100")
    return moodle_question("numerical", question, asked_as_number(question), base, right)


def moodle(asked, titles, base=""):
    """Moodle XML, as text, of questions, in a category for each page by its title."""
    quiz, page = element("quiz"), None
    for question in asked:
        if question.page != page:
            page = question.page
            path = f"$course$/top/{titles[page].replace('/', '//')}"
            quiz.append(element("question", element("category", element("text", text=path)), type="category"))
        quiz.append(moodle_choice(question, base))
        if question.value:
            quiz.append(moodle_number(question, base))
    ET.indent(quiz)
    return ET.tostring(quiz, encoding="unicode", xml_declaration=True)


# QTI


def item(identifier, question, correct, kind, body, right_if, base, language):
    """An item: the answer is scored, and whatever it was, what happens is told."""

    def outcome(name, kind, value):
        return element("setOutcomeValue", element("baseValue", text=value, baseType=kind), identifier=name)

    response = element("correctResponse", element("value", text=correct))
    zero = element("defaultValue", element("value", text="0"))
    made = element(
        "assessmentItem",
        element("responseDeclaration", response, identifier="RESPONSE", cardinality="single", baseType=kind),
        element("outcomeDeclaration", zero, identifier="SCORE", cardinality="single", baseType="float"),
        element("outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"),
        element("itemBody", body),
        element(
            "responseProcessing",
            element("responseCondition", element("responseIf", right_if, outcome("SCORE", "float", "1"))),
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
    return item(f"{question.explorer}-choice", question, question.right, "identifier", body, match, base, language)


def item_number(question, base, language):
    body = paragraph(asked_as_number(question))
    body.append(element("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="10"))
    near = f"{question.value.near:g}"
    equal = element("equal", *compared(), toleranceMode="absolute", tolerance=f"{near} {near}")
    return item(f"{question.explorer}-number", question, f"{question.value.value:.6g}", "float", body, equal, base, language)


def qti(asked, language, base=""):
    """A QTI package, as bytes of a ZIP file: an item a file, and the manifest that lists them."""
    items = [make(question, base, language) for question in asked
             for make in (item_choice, *([item_number] if question.value else []))]  # fmt: skip
    files = {f"{made.get('identifier')}.xml": made for made in items}
    resources = []
    for name in files:
        one = {"identifier": f"of-{name.removesuffix('.xml')}", "type": "imsqti_item_xmlv2p1", "href": name}
        resources.append(element("resource", element("file", href=name), **one))
    about = element("metadata", element("schema", text="QTIv2.1 Package"), element("schemaversion", text="1.0.0"))
    manifest = element("manifest", about, element("organizations"), element("resources", *resources),
                       xmlns=PACKAGE, identifier="neurolib-questions")  # fmt: skip
    made = {"imsmanifest.xml": manifest, **files}
    return zipped({name: ET.tostring(one, encoding="utf-8", xml_declaration=True) for name, one in made.items()})


def zipped(files):
    """A ZIP file, as bytes, of files by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def write_files(app, exception):
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    titles, base = {page: chapter.title for page, chapter in chapters(app).items()}, app.config.html_baseurl
    order = list(titles)
    asked = sorted((one for one in questions() if one.page in titles), key=lambda one: order.index(one.page))
    (folder / MOODLE).write_text(moodle(asked, titles, base), encoding="utf-8")
    (folder / QTI).write_bytes(qti(asked, app.config.language or "en", base))


def setup(app):
    app.connect("build-finished", write_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
