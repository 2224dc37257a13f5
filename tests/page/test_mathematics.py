"""Formulas are drawn when the book is built: as SVG for the eye and MathML for the ear, with no script in the page."""

import re
import subprocess
import sys

import pytest

from neurolib.book.repairs.mathematics import typeset


def test_a_formula_is_drawn_and_spoken():
    html = typeset(r"V_\text{m} = \frac{RT}{F}\ln x", True)
    assert html.count("<path") == len("Vm=RTFlnx") and "<rect" in html  # the bar of the fraction
    assert "<mfrac><mrow><mi>R</mi><mi>T</mi></mrow><mi>F</mi></mfrac>" in html
    assert 'display="block"' in html and 'display="block"' not in typeset("x")


def test_chinese_words_in_a_formula_are_text():
    assert re.findall("<text[^>]*>(.*?)</text>", typeset(r"V_\text{静息}")) == ["静", "息"]


@pytest.mark.parametrize("tex, fault", [(r"\frac{1", "Missing close brace"), (r"\foo", r"Undefined control sequence \\foo")])
def test_wrong_tex_is_named(tex, fault):
    with pytest.raises(ValueError, match=fault):
        typeset(tex)


def test_wrong_tex_stops_the_build_and_says_where(tmp_path):
    (tmp_path / "conf.py").write_text("extensions = ['neurolib.book.repairs.mathematics']")
    page = tmp_path / "index.rst"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", str(tmp_path), str(tmp_path / "html")]
    page.write_text("Title\n=====\n\n.. math:: a &= b \\\\ c &= d\n   :label: two\n\nSee :eq:`two`, :math:`x^2`, and so on.\n")
    subprocess.run(command, check=True, timeout=60)
    html = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert html.count("<mtr>") == 2 and 'class="eqno">(1)' in html and 'id="equation-two"' in html
    assert re.search(r'class="formula-held">.*</span>,</span> and so on\.', html), "no line begins with a comma"
    page.write_text("Title\n=====\n\n.. math:: \\frac{1\n")
    wrong = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert wrong.returncode != 0 and "index.rst:4" in wrong.stderr and "Missing close brace" in wrong.stderr


def test_pages_carry_their_formulas(book):
    pages = [page for page in (book / "chapters").rglob("*.html") if 'class="formula' in page.read_text(encoding="utf-8")]
    assert len(pages) > 5
    for page in pages:
        html = page.read_text(encoding="utf-8")
        formulas = re.findall(r'<(span|div) class="[^"]*formula notranslate[^"]*"[^>]*>(.*?)</math></span>', html, re.DOTALL)
        assert len(formulas) == html.count("formula notranslate")
        for _tag, formula in formulas:
            assert formula.count("<svg") >= 1 and "merror" not in formula
        assert "MathJax" not in html
