"""The example of CONTRIBUTING.md is complete: it makes an explorer that computes, speaks and compiles."""

import re
import sys
from pathlib import Path

import pytest

from neurolib.explorer.laws import holds
from neurolib.show.script import models_script
from neurolib.show.static import page_html

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
IMPORTS = """from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Curve, Readout
from neurolib.portable import math, outcome, portable

"""


def block(language, beginning):
    blocks = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    return next(text for text in blocks if beginning in text)


@pytest.fixture
def decay(tmp_path, monkeypatch):
    (tmp_path / "decay.py").write_text(IMPORTS + block("python", "V_0"), encoding="utf-8")
    (tmp_path / "decay.toml").write_text(block("toml", "title") + block("toml", "[laws"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield __import__("decay").explorer
    del sys.modules["decay"]


def test_the_example_is_an_explorer(decay):
    decay.check_words()
    results = decay.model(tau=20)
    assert results["half"] == pytest.approx(13.862943611198906, rel=1e-15)  # 20 ln 2
    assert results["V"][-1] == pytest.approx(50 * 2.718281828459045**-2.5, rel=1e-15)
    assert "decay" in models_script([decay]) and 'data-explorer="decay"' in page_html(decay)
    settings = decay.settings({"tau": 20})
    assert holds(decay, "say", "slow", settings, results) and not holds(decay, "say", "quick", settings, results)
    assert decay.sentence(settings, "ok", results) == "It takes {half} ms: slow."
