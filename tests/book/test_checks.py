"""Answers that the page checks: their form, and what is wrong with one that has it not."""

import pytest

from neurolib.book.check import answers


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
