"""The files for learning platforms: of the forms that the platforms read, and with the model's answers.

(The items were also held to 1EdTech's schemas, QTI 2.1.1 and Content Packaging 1.1, which are too large to stand here.)
"""

import io
import math
import re
import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path

import pytest

from neurolib.book.bank import question, questions
from neurolib.book.platforms import FOLDER, MOODLE, QTI, moodle, qti
from neurolib.book.platforms.elements import paragraph
from neurolib.book.platforms.qti import ITEM, PACKAGE
from neurolib.book.self_test import self_tests
from neurolib.explorers import all_explorers, explore

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/book/"
# What may stand in what, of the parts of QTI 2.1 that are used, in this order (a star: any number of it).
HTML = {"p", "b", "i", "sub", "a", "div"}
ASKS = {"itemBody", "choiceInteraction", "prompt", "simpleChoice", "textEntryInteraction"}
ASKS_WORDS = {"itemBody", "rubricBlock", "extendedTextInteraction", "prompt"}

GRAMMAR = {
    "assessmentItem": "responseDeclaration outcomeDeclaration* itemBody responseProcessing modalFeedback",
    "responseDeclaration": "correctResponse",
    "correctResponse": "value",
    "outcomeDeclaration": "defaultValue*",
    "defaultValue": "value",
    "choiceInteraction": "prompt simpleChoice*",
    "responseProcessing": "responseCondition setOutcomeValue",
    "responseCondition": "responseIf",
    "match": "variable correct",
    "equal": "variable correct",
    "setOutcomeValue": "baseValue",
}
# An answer in words: nothing is right by itself, and nothing is scored; who marks it has the answer.
IN_WORDS = {
    **GRAMMAR,
    "responseDeclaration": "",
    "itemBody": "rubricBlock extendedTextInteraction",
    "rubricBlock": "p",
    "extendedTextInteraction": "prompt",
    "responseProcessing": "setOutcomeValue",
}


def local(element):
    return element.tag.rpartition("}")[2]


@cache
def asked():
    return questions()


def items(of):
    archive = zipfile.ZipFile(io.BytesIO(qti(of, "en", BASE)))
    assert archive.testzip() is None
    assert {(one.create_system, one.external_attr >> 16) for one in archive.infolist()} == {(3, 0o644)}  # on any system
    return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}


def test_each_item_is_of_the_form_that_qti_has():
    files = items([*asked(), *self_tests(ROOT / "zh")])
    manifest = files.pop("imsmanifest.xml")
    listed = [resource.get("href") for resource in manifest.iter(f"{{{PACKAGE}}}resource")]
    assert sorted(listed) == sorted(files) and len(set(listed)) == len(listed)
    assert sum(name.endswith("-words.xml") for name in files) > 20
    for name, item in files.items():
        words = name.endswith("-words.xml")
        grammar = IN_WORDS if words else GRAMMAR
        assert name == f"{item.get('identifier')}.xml" and item.tag == f"{{{ITEM}}}assessmentItem"
        for element in item.iter():
            inside = " ".join(local(child) for child in element)
            if (form := grammar.get(local(element))) is not None:
                wanted = re.sub(r"(\w+)(\*?) ?", r"(\1 ?)\2", form)
                assert re.fullmatch(wanted, inside), f"{name}: {local(element)} has {inside}"
        body = item.find(f"{{{ITEM}}}itemBody")
        assert {local(e) for e in body.iter()} <= HTML | (ASKS_WORDS if words else ASKS)
        declared = {e.get("identifier") for e in item.iter() if local(e).endswith("Declaration")}
        used = {e.get("identifier") for e in item.iter() if local(e) in ("variable", "correct", "setOutcomeValue")}
        assert declared == {"RESPONSE", "SCORE", "FEEDBACK"}
        assert used == ({"FEEDBACK"} if words else declared)


def correct(item):
    """What an item takes for right; a choice is one of those that it offers, and is scored by being it."""
    of = f"{{{ITEM}}}"
    value = item.findtext(f"{of}responseDeclaration/{of}correctResponse/{of}value")
    if offered := [choice.get("identifier") for choice in item.iter(f"{of}simpleChoice")]:
        assert value in offered and len(set(offered)) == len(offered)
        scored = item.find(f"{of}responseProcessing/{of}responseCondition/{of}responseIf")
        assert [local(part) for part in scored] == ["match", "setOutcomeValue"]
        assert [scored[1].get("identifier"), scored[1].findtext(f"{of}baseValue")] == ["SCORE", "1"]
    return value


@pytest.mark.parametrize("name", [explorer.name for explorer in all_explorers() if explorer.prediction])
def test_the_right_answer_is_the_models(name):
    explorer = explore(name)
    about = question(explorer)
    settings = explorer.settings(explorer.prediction.setting)
    _word, results = explorer.evaluate(settings)
    right, _off = explorer.outcome(explorer.prediction.answer, settings, results)
    files = items([about])
    assert correct(files[f"{name}-choice.xml"]) == right
    quiz = ET.fromstring(moodle([about], {about.page: "A page"}, BASE))
    category, choice, *number = quiz
    assert category.get("type") == "category" and category.findtext("category/text") == "$course$/top/A page"
    marks = [answer.get("fraction") for answer in choice.findall("answer")]
    assert marks == ["100" if word == right else "0" for word in explorer.words.prediction["options"]]
    assert f"#explorer-{name}" in choice.findtext("generalfeedback/text")
    for text in choice.iter("text"):
        ET.fromstring(f"<div>{text.text}</div>")  # HTML that is well-formed
        assert not re.search(r"[{}]|nan|None", text.text)
    assert len(number) == (about.value is not None)
    if about.value:
        truth = float(results[explorer.prediction.guess.of])
        near = explorer.prediction.guess.near
        answer, told = number[0].find("answer"), files[f"{name}-number.xml"]
        for written in (answer.findtext("text"), correct(told)):
            assert math.isclose(float(written), truth, rel_tol=1e-5)
        assert float(answer.findtext("tolerance")) == near > 0
        assert [float(part) for part in told.find(f".//{{{ITEM}}}equal").get("tolerance").split()] == [near, near]


def test_self_tests_are_choices_and_essays():
    tests = self_tests(ROOT / "zh")
    names = {one.name: one for one in tests}
    assert len(names) == len(tests) > 60
    files = items(tests)
    quiz = ET.fromstring(moodle(tests, {one.page: one.page for one in tests}, BASE))
    for made in quiz.iterfind("question"):
        for text in made.iter("text"):
            ET.fromstring(f"<div>{text.text}</div>")
        if made.get("type") == "category":
            continue
        name, kind = made.findtext("idnumber").rsplit("-", 1)
        one = names[name]
        assert kind == made.get("type") == ("multichoice" if one.options else "essay")
        assert made.findtext("generalfeedback/text").endswith(f'{one.page}.html#self-test">The page of the book</a></p></div>')
        marks = dict(zip(one.options, made.findall("answer"), strict=True))
        assert [letter for letter, answer in marks.items() if answer.get("fraction") == "100"] == [*one.right]
        item = files[f"{name}-{'choice' if one.options else 'words'}.xml"]
        assert correct(item) == (one.right or None)
        assert all(answer.findtext("feedback/text") for answer in marks.values())
        if not marks:
            assert made.findtext("graderinfo/text") == ET.tostring(paragraph(one.reason), encoding="unicode")
            (rubric,) = item.iter(f"{{{ITEM}}}rubricBlock")
            assert "".join(rubric.itertext()) == "".join(paragraph(one.reason).itertext())


def test_each_edition_has_its_own(book):
    for edition, word in ((book, "What"), (book / "zh", "什么")):
        folder = Path(edition) / FOLDER
        text = (folder / MOODLE).read_text(encoding="utf-8")
        own = self_tests(ROOT / Path(edition).name) if edition.name == "zh" else []
        assert word in text and text.count('type="multichoice"') == len(asked()) + sum(bool(one.options) for one in own)
        assert text.count('type="essay"') == sum(not one.options for one in own)
        assert zipfile.ZipFile(folder / QTI).testzip() is None
        assert f"_static/questions/{MOODLE}" in (Path(edition) / "intro.html").read_text(encoding="utf-8")
