"""Readers' languages: the catalogues are complete, and nothing that a reader sees of an explorer escapes them."""

import ast
import html
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.pofile import read_po

from neurolib.book.languages.catalogue import languages, template
from neurolib.book.languages.theme import translate_written
from neurolib.explorer.drawing import drawings
from neurolib.explorer.language import VARIABLE, catalogue_file, language, translate
from neurolib.explorer.typography import SYMBOL
from neurolib.explorers import explore, names
from neurolib.show import live, static

ROOT = Path(__file__).parents[2]
FIELD = re.compile(r"\{[^}]+\}")
NUMBER = re.compile(r"(?<![\d.])\d+\.\d+|(?<![\d.])\d{2,}(?![\d.])")
MOLAR = re.compile(r"(?<![A-Za-z])[mµn]M(?![A-Za-z])")  # mol/L is written out
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
LATIN = {"Nernst", "Goldman", "Python", "JavaScript", "Hodgkin", "Huxley", "min", "mmol", "nmol"}  # names, and units


def stored(name):
    with catalogue_file(name).open("rb") as file:
        return read_po(file, locale=name)


@pytest.mark.parametrize("name", languages())
def test_catalogue_is_complete(name):
    """Exactly the messages of the sources, each translated; `make catalogues` brings the list up to date."""
    catalog = stored(name)
    theirs = {message.id: message for message in catalog if message.id}
    assert set(theirs) == {message.id for message in template() if message.id}
    assert [message.id for message in theirs.values() if not message.string or message.fuzzy] == []
    assert not catalog.obsolete


@pytest.mark.parametrize("name", languages())
def test_translations_keep_fields_symbols_and_numbers(name):
    for message in stored(name):
        if message.id:
            english, theirs = message.id, message.string.replace("10 万", "100,000")
            assert sorted(FIELD.findall(english)) == sorted(FIELD.findall(theirs)), english
            found = {match.group() for match in SYMBOL.finditer(FIELD.sub("", theirs))}
            assert {match.group() for match in SYMBOL.finditer(FIELD.sub("", english))} <= found, english
            decimals = {number for number in NUMBER.findall(FIELD.sub("", english)) if number not in ("10", "20")}
            assert decimals <= set(NUMBER.findall(FIELD.sub("", theirs))), english


def test_typography_of_the_chinese_catalogue():
    """A space between Chinese and Latin, none beside full-width marks or before %; no half-width marks after Chinese."""
    for message in stored("zh_CN"):
        if message.id:
            text = FIELD.sub("1", message.string)
            assert not re.search(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]", text), text
            assert not re.search(rf"[{HAN}] [{HAN}]| [，。；：？！（）]|[，。；：？！（）] ", text), text
            assert not re.search(rf"[{HAN}][,;:?!()]|\d +%", text), text
            assert not MOLAR.search(text), text


def test_a_notebook_speaks_the_language_of_its_book(monkeypatch, tmp_path):
    """The nearest _config.yml upwards decides; the environment goes first; outside of a book it is English."""
    monkeypatch.delenv(VARIABLE, raising=False)
    for folder, expected in ((ROOT / "chapters", "en"), (ROOT / "zh" / "chapters", "zh_CN"), (tmp_path, "en")):
        monkeypatch.chdir(folder)
        assert language() == expected
    monkeypatch.setenv(VARIABLE, "zh_CN")
    assert language() == "zh_CN" and translate("Reset") == "重置"
    monkeypatch.setenv(VARIABLE, "en")
    assert translate("Reset") == "Reset"


@pytest.mark.parametrize("text", ["a: [", "- a list", "sphinx: words", "sphinx: {config: {language: [1]}}", b"\xff\xfe\x00"])
def test_a_foreign_or_broken_configuration_is_passed_over(monkeypatch, tmp_path, text):
    """Site generators have a `_config.yml`, too: what they write there is no reason for an error of an explorer."""
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "zh" / "within").mkdir(parents=True)
    (tmp_path / "_config.yml").write_text("sphinx: {config: {language: zh_CN}}", encoding="utf-8")
    broken = tmp_path / "zh" / "_config.yml"
    broken.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.chdir(tmp_path / "zh" / "within")
    assert language() == "zh_CN"


def test_a_deleted_working_folder_is_no_hindrance(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert language() == "en"
    with pytest.raises(ValueError, match="not a control of goldman"):
        explore("goldman").model(P=1.0)


def test_no_space_before_the_brackets_of_an_exercise(tmp_path):
    page = '<p class="admonition-title"><span class="caption-number">{} </span>{}</p>'
    (tmp_path / "page.html").write_text(
        page.format("练习 1", "（跳变）") + page.format("Exercise 1", "(A jump)"), encoding="utf-8"
    )
    translate_written(SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(format="html")), None)
    written = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "练习 1</span>（跳变）" in written and "Exercise 1 </span>(A jump)" in written


def test_marked_texts_stand_outside_of_f_strings():
    """Where Babel finds them with every Python: before 3.12 an f-string is opaque to it."""
    for path in sorted((ROOT / "neurolib").rglob("*.py")):
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(string, ast.JoinedStr):
                calls = [node for node in ast.walk(string) if isinstance(node, ast.Call)]
                assert not [call for call in calls if getattr(call.func, "id", "") == "_"], f"{path}:{string.lineno}"


def texts(value):
    """Every text in a specification that a reader sees; names and the drawing are for the script alone."""
    if isinstance(value, dict):
        hidden = ("name", "kind", "scale", "only_if", "only", "drawings", "sweep", "scene", "time", "format", "of", "call")
        kept = {key: part for key, part in value.items() if key not in hidden}
        return [text for part in kept.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def english_words(text):
    """Words of small letters, or with one capital in front: not symbols, units or abbreviations."""
    bare = SYMBOL.sub("", FIELD.sub("", html.unescape(text)))
    return set(re.findall(r"(?<![\w-])[A-Za-z]?[a-z]{3,}(?![\w-])", bare)) - LATIN


@pytest.mark.parametrize("name", names())
def test_no_english_is_left_in_a_chinese_explorer(monkeypatch, name):
    """In the static page, in what its script says, and in the live widget."""
    monkeypatch.setenv(VARIABLE, "zh_CN")
    explorer = explore(name)
    figures = drawings(explorer, explorer.defaults | explorer.evaluate(explorer.defaults)[1])  # for the page and the widget
    monkeypatch.setattr(static, "drawings", lambda *_: figures)
    monkeypatch.setattr(live, "draw", lambda *_: figures[-1])
    page = static.page_html(explorer)
    spec = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page, re.S)[1])
    page = re.sub(r"<sub>|<tspan class=.index.[^>]*>", "_", re.sub(r"<script.*?</script>", "", page, flags=re.S))
    page = re.sub(r"</?(?:i|sub|tspan)\b[^>]*>", "", page)
    seen = re.findall(r">([^<]+)<", page) + re.findall(r'(?:aria-label|aria-valuetext|label)="([^"]+)"', page) + texts(spec)
    shown = live.Live(explorer, {})
    seen += [widget.description for control in shown.controls.values() for widget in vars(control).values()
             if getattr(widget, "description", "")]  # fmt: skip
    seen += [shown.figure.sentence, *re.findall(r">([^<]+)<", re.sub(r"</?(?:i|sub)>", "", shown.readouts.value))]
    assert {word for text in seen for word in english_words(text)} == set()
    assert [text for text in seen if MOLAR.search(text)] == []
