"""Answers that the page checks, and self-tests: their form, and what is wrong with one that has it not."""

import re
from collections import Counter

import pytest
from launch import EDITIONS, ROOT, pages_of

from neurolib.book.check import answers
from neurolib.book.coursework.items import Item, check_key, mark_of
from neurolib.book.self_test import as_boxes, for_the_bank, items

CHECK = re.compile(r"^```\{check\}[^\n]*\n(.*?)^```", re.M | re.S)


def test_numbers_and_choices():
    (right, wrong), typed = answers(["+ −0.54 ± 0.06 pA | The limit.", "", "- −1.73e-1 ± 0.02 pA | Go on to zero."])
    assert typed and (right.value, right.near, right.unit, right.right, right.said) == (-0.54, 0.06, "pA", True, "The limit.")
    assert (wrong.value, wrong.unit, wrong.right) == (-0.173, "pA", False)
    (one, other), typed = answers(["+ cell A", "- cell 2 | Its rate does not come from 0."])
    assert not typed and (one.text, one.right, one.said, other.text) == ("cell A", True, "", "cell 2")
    assert answers(["+ 13.5 ± 0.4%"])[0][0].unit == "%" and answers(["+ 1 ± 0.1"])[0][0].unit == ""


@pytest.mark.parametrize("lines, complaint", [
    (["13 mV"], "a line of check is"),
    (["- 1 ± 0.1 mV"], "0 of the answers begin with"),
    (["+ yes", "+ no"], "2 of the answers begin with"),
    (["+ 1 ± 0.1 mV", "- none"], "'none' is no .number ± number unit."),
    (["+ 1 ± 0.1 mV", "- 2 ± 0.1 V"], "the units differ: V, mV"),
    (["+ 1 ± 0.5 mV", "- 2 ± 0.6 mV"], "'2 ± 0.6 mV' and '1 ± 0.5 mV' overlap"),
])  # fmt: skip
def test_what_has_not_the_form_is_refused(lines, complaint):
    with pytest.raises(ValueError, match=complaint):
        answers(lines)


def keys(*exercises):
    """The keys of a page's exercises."""
    asked = Counter()

    def serial(name):
        asked[name] += 1
        return asked[name] - 1

    return [check_key("chapters/part/page", answers(lines)[0], serial) for lines in exercises]


def mark(*exercises):
    return mark_of("chapters/part/page", [Item(key, "check", "") for key in keys(*exercises)])


def test_what_was_done_of_an_exercise_is_not_taken_for_done_of_another():
    """The exercises' order, values, tolerances and right choices make a page's mark; their words, in any language, do not."""
    number, choice = ["+ 12 ± 1 mV | Yes.", "- 24 ± 1 mV"], ["+ more", "- less | Think."]
    others = [
        (choice, number), (number,), (number, choice, choice),
        (["+ 13 ± 1 mV", "- 24 ± 1 mV"], choice), (["+ 12 ± 2 mV", "- 24 ± 1 mV"], choice),
        (["- 12 ± 1 mV", "+ 24 ± 1 mV"], choice), (number, ["- more", "+ less"]), (number, ["+ more", "- less", "- as much"]),
    ]  # fmt: skip
    marks = [mark(number, choice), *(mark(*other) for other in others)]
    assert len(set(marks)) == len(marks)
    assert mark(["+ 12 ± 1 mV | 对。", "- 24 ± 1 mV | 再想。"], ["+ 更多", "- 更少"]) == marks[0]
    # One that has moved keeps what was done of it; two that look alike are kept apart.
    assert keys(choice, number) == keys(number, choice)[::-1] and set(keys(number)) < set(keys(choice, number))
    assert len(set(keys(choice, choice))) == 2


def test_the_editions_ask_the_same():
    def of_page(edition, page):
        text = (ROOT / edition / f"{page}.md").read_text(encoding="utf-8")
        blocks = CHECK.findall(text)
        assert len(blocks) == text.count("{check}")
        return keys(*(block.splitlines() for block in blocks))

    first, *others = [{page: of_page(edition, page) for page in pages_of(edition)} for edition in EDITIONS]
    assert sum(map(len, first.values())) > 20 and all(other == first for other in others)


def test_a_self_test_is_read_for_the_page_and_for_the_bank():
    lines = r"""
    ? Term: driving force
    = $V$ less $E_\mathrm{K}$.
    ? A1 型题：$h_\infty$ 是（　）
    - 零 | Not zero.
    + 一 | It is.
    """.splitlines()
    term, choice = items(lines)
    assert (term.form, term.asks, term.choices, term.answer) == ("Term: ", "driving force", [], r"$V$ less $E_\mathrm{K}$.")
    written = for_the_bank("chapters/part/page", 2, choice)
    assert (written.name, written.asks, written.right, written.reason) == ("page-2", "A1 型题：h_∞ 是（　）", "B", "It is.")
    assert written.options == {"A": "零", "B": "一"} and written.said == {"A": "Not zero.", "B": "It is."}
    assert for_the_bank("page", 1, term).reason == "V less E_K."
    boxes = as_boxes(lines)
    assert {r"2. **A1 型题：** $h_\infty$ 是（　）  A. 零  B. 一", "2. B. It is.", "1. **Term:** driving force"} <= set(boxes)


@pytest.mark.parametrize("lines, complaint", [
    (["= an answer"], "stands before the first question"),
    (["? no form", "= an answer"], "is .\\? form: what it asks"),
    (["? Term: a word"], "0 of the answers begin with"),
    (["? Term: a word", "= one", "= two"], "a line of check is"),
    (["? Number: how much", "+ 1 ± 0.1 mV"], "are no numbers with a tolerance"),
    (["? Term: a word", "= $x^2$"], "plain words and symbols"),
    (["? Term: a word", "= see {doc}`pump`"], "plain words and symbols"),
])  # fmt: skip
def test_a_self_test_without_the_form_is_refused(lines, complaint):
    with pytest.raises(ValueError, match=complaint):
        items(lines)
