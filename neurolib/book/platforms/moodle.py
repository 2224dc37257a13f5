"""Moodle XML. Source: Moodle, "Moodle XML format"."""

import xml.etree.ElementTree as ET

from neurolib.book.platforms.elements import asked_as_number, element, explained, paragraph
from neurolib.explorer.typography import plain, symbols_html


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
        element("idnumber", text=f"{question.name}-{kind}"),
        *rest,
        type=kind,
    )


def moodle_choice(question, base):
    answers = []
    for word, option in question.options.items():
        text = element("text", text=symbols_html(option))
        said = moodle_text("feedback", paragraph(question.said[word])) if question.said.get(word) else None
        answers.append(element("answer", text, said, fraction="100" if word == question.right else "0", format="html"))
    order = element("shuffleanswers", text="false")  # options go from less to more
    letters = element("answernumbering", text="ABCD")
    one = element("single", text="true")
    return moodle_question("multichoice", question, question.asks, base, one, order, letters, *answers)


def moodle_words(question, base):
    """An essay; whoever marks it has the answer beside it, and who wrote it sees it after."""
    told = moodle_text("graderinfo", paragraph(question.reason))
    form = element("responseformat", text="editor"), element("responserequired", text="1"), element("attachments", text="0")
    return moodle_question("essay", question, question.asks, base, *form, told)


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
        quiz.append(moodle_choice(question, base) if question.options else moodle_words(question, base))
        if question.value:
            quiz.append(moodle_number(question, base))
    ET.indent(quiz)
    return ET.tostring(quiz, encoding="unicode", xml_declaration=True)
