"""An explorer's words: what is missing, idle or misspelt is an error that names its place."""

from dataclasses import replace

import pytest

from neurolib.explorer.laws import holds
from neurolib.explorer.words import read_words, texts_of
from neurolib.explorers import explore
from neurolib.portable import outcome, portable
from neurolib.portable.answers import answers
from neurolib.portable.compiler import Unit
from neurolib.portable.subset import NotPortable


@outcome
def deeper(c, r):
    return "far" if r.E > 0.0 else "near"


@outcome
def chooses(c, r):
    if c.x > 1.0:
        return deeper(c, r)
    return "low" if c.x < 0.0 else ("middle" if c.x < 0.5 else "high")


@outcome
def counts(c, r):
    return 1.0


@portable
def misspells(c, y, r):
    r.E = c.volume
    return "ok"


@outcome
def writes_a_control(c, r):
    c.x = 1.0
    return "ok"


def test_answers_follow_choices_and_calls():
    assert sorted(answers(chooses)) == ["far", "high", "low", "middle", "near"]


def test_an_answer_is_a_word():
    with pytest.raises(NotPortable, match=r"test_words\.py:\d+: counts: the answer is a word"):
        answers(counts)


REFUSED = [(misspells, "c has no volume: it has x"), (writes_a_control, "c is for reading")]


@pytest.mark.parametrize("function, message", REFUSED)
def test_unknown_and_unwritable_fields_are_refused(function, message):
    with pytest.raises(NotPortable, match=message):
        Unit().add(function, {"c": ["x"], "y": [], "r": ["E"]})


def test_a_text_too_few_or_too_many_is_named():
    nernst = explore("nernst")
    less = {word: text for word, text in nernst.words.say.items() if word != "balance"}
    with pytest.raises(ValueError, match=r"nernst\.toml: \[say\] lacks balance"):
        replace(nernst, words=replace(nernst.words, say=less)).check_words()
    with pytest.raises(ValueError, match=r"nernst\.toml: \[say\] has for nothing idle"):
        replace(nernst, words=replace(nernst.words, say=nernst.words.say | {"idle": "…"})).check_words()


UNLAWFUL = [
    ("E >", "is no Python expression"),
    ("voltage > 0", "voltage is no control, curve, readout or function"),
    ("ion == 'k'", "'k' is no option of a choice and no control"),
    ("E.real > 0", "is more than a law may have"),
    ("open('x')", "is more than a law may have"),
    ("off < 1", "off is no control"),
]


@pytest.mark.parametrize("law, message", UNLAWFUL)
def test_a_law_that_is_none_is_named(law, message):
    nernst = explore("nernst")
    with pytest.raises(ValueError, match=rf"nernst\.toml: \[laws\.say\] out: .*{message}"):
        replace(nernst, words=replace(nernst.words, laws={"say": {"out": law}})).check_words()
    with pytest.raises(ValueError, match=r"nernst\.toml: .*has for nothing idle"):
        replace(nernst, words=replace(nernst.words, laws={"say": {"idle": "E > 0"}})).check_words()
    with pytest.raises(ValueError, match=r"\[laws\.presets\]"):
        replace(nernst, words=replace(nernst.words, laws={"presets": {"blood_K": "E > 0"}})).check_words()


def test_a_law_knows_choices_toggles_and_what_has_moved():
    nernst = explore("nernst")
    laws = {"say": {"out": "ion == 'Na' and moved == {'ion', 'c_out'}", "in": "max(E_line) > E and min(1, 2) == 1"}}
    lawful = replace(nernst, words=replace(nernst.words, laws=laws))
    settings = nernst.settings({"ion": "Na", "c_out": 10})
    _word, results = nernst.evaluate(settings)
    assert holds(lawful, "say", "out", settings, results) and holds(lawful, "say", "in", settings, results)
    assert not holds(lawful, "say", "out", nernst.defaults, results)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "some.toml"
    for text, message in (("title = ", r"some\.toml: "), ("[extra]\na = 'b'", r"some\.toml: extra is not one of")):
        path.write_text(text)
        with pytest.raises(ValueError, match=message):
            read_words(path)
    with pytest.raises(ValueError, match=r"absent\.toml"):
        read_words(tmp_path / "absent.toml")


def test_texts_come_with_their_keys():
    tables = {"say": {"a": "A"}, "title": "T", "laws": {"say": {"a": "E > 0"}}}
    assert list(texts_of(tables)) == [(("say", "a"), "A"), (("title",), "T")]
