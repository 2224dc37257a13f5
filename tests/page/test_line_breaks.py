"""Numbers keep their units, formulas their punctuation."""

import re
import subprocess
import sys

import pytest

from neurolib.book.repairs.line_breaks import UNIT


@pytest.mark.parametrize(
    "text", ["−67.3 mV", "10 µA/cm²", "6.3 °C", "13 %", "21.2 m/s", "340 million", "0.3 mS/cm²", "20 µm", "2.5 ms", "5 mM"]
)
def test_a_unit_stays_with_its_number(text):
    assert UNIT.sub("\u00a0", f"at {text}, then") == f"at {text.replace(' ', chr(160))}, then"


@pytest.mark.parametrize("text", ["in 1952 many", "2 sodium ions", "the 3 mice", "from 5 to 10", "2 spikes"])
def test_a_word_may_leave_a_number(text):
    assert UNIT.sub("\u00a0", text) == text


def test_in_a_page(tmp_path):
    (tmp_path / "conf.py").write_text("extensions = ['neurolib.book.repairs.mathematics']")
    text = "Rest at −70 mV, :math:`V`, not ``70 mV``.\n\nOne [#a]_, 一 [#a]_\n\n"
    text += "二 [#a]_。:math:`W` 三 :math:`U`。\n\n.. [#a] Note\n"
    (tmp_path / "index.rst").write_text(f"Title\n=====\n\n{text}")
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", str(tmp_path), str(tmp_path / "html")], check=True, timeout=60)
    html = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert "−70\u00a0mV, " in html and "</span>,</span> not" in html and ">70</span> <span" in html
    assert "One\u00a0<a" in html and "一\u2060<a" in html
    sentences = re.sub("<[^>]*>", "", re.sub("<svg.*?</svg>|<math.*?</math>", "", html[html.index("二") :]))
    assert re.match("二\u2060\\[1\\]。 ?三 ?。\n", sentences), sentences[:40]  # each full stop where it was written
