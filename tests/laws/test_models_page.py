"""The page of models says what the models compute: every equation that it writes out, worked out as it stands there."""

import inspect
import math
import re
from pathlib import Path

import pytest

from neurolib.book.reference.equations import branches, equations, first_line, right_side
from neurolib.book.reference.models import RATES, used_cells, written
from neurolib.book.repairs.mathematics import typeset
from neurolib.explorers import all_explorers, explore
from neurolib.portable import python_function


def rectifier(channel):
    """The driving force that a channel has of its own."""
    return None if channel.drive is None or "GHK" in first_line(channel.drive) else channel.drive


EXPLORERS = list(all_explorers())
CHANNELS = [channel for group in RATES.values() for channel in group]
FUNCTIONS = {
    function: channel
    for cell_channels in (CHANNELS, *(cell.channels for cell in used_cells(EXPLORERS)))
    for channel in cell_channels
    for function in (channel.reversal, rectifier(channel), *(f for gate in channel.gates for f in gate.functions.values()))
    if function is not None
}
ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "chapters" / "models.md", *ROOT.glob("*/chapters/models.md")]
# What an explorer of a cell takes from the library that is no equation of the model: stimuli, measurements, points, Nernst.
TOOLS = {"protocols", "simulate", "spikes", "squid_clamp", "electrochemistry", "cells", "channels", "portable"}
TOOLS |= {"data", "explorer", "explorers"}


def brought(explorer):
    """The modules of the library with equations of their own that the module of an explorer takes something from."""
    source = inspect.getsource(inspect.getmodule(python_function(explorer.compute)))
    return set(re.findall(r"^from neurolib\.(\w+)", source, re.M)) - TOOLS


VALUES = {"Ca": 7e-4, "Ca_out": 2.0, "temperature_celsius": 36.0}


def python(text):
    """An equation of a docstring as Python."""
    for old, new in (("−", "-"), ("e^{", "exp("), ("}", ")"), ("[", "("), ("]", ")"), ("²", "**2"), ("½", "0.5"),
                     ("φ", "phi"), (" ln(", " log("), ("RT/2F", "RT_F/2")):  # fmt: skip
        text = text.replace(old, new)
    text = text.replace("≥", ">=")
    text = re.sub(r"(?<=[\w)]) ?(?=(?:exp|tanh|cosh|log)\()", "*", text)
    text = re.sub(r"(?<=[\d)]) ?(?=[(VC])|(?<=\)) (?=log)", "*", text)
    return text


def computed(function, quantities):
    text, short = right_side(function)
    names = {"exp": math.exp, "tanh": math.tanh, "cosh": math.cosh, "log": math.log} | quantities
    names["RT_F"] = 8.314462618 * 309.15 / 96485.33212 * 1e3
    if short:
        names["v"] = eval(python(short.split(" = ")[1]), names)
    for part, *condition in branches(text):
        if not condition or eval(python(condition[0]), names):
            return eval(python(part), names)
    raise ValueError(text)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f"{python_function(f).__module__}.{python_function(f).__name__}")
@pytest.mark.parametrize("V", [-97.3, -70.4, -41.7, 3.1, 38.6])
def test_what_is_written_is_what_is_computed(function, V):
    quantities = {**FUNCTIONS[function].constants, **VALUES, "V": V}
    arguments = [quantities[name] for name in inspect.signature(python_function(function)).parameters]
    assert computed(function, quantities) == pytest.approx(function(*arguments), rel=1e-9)


def test_every_equation_is_good_tex():
    for function in FUNCTIONS:
        assert typeset(equations({"x": function}), True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.parent.name)
def test_no_explorer_is_left_out(page):
    """Each is named where its equations stand, unless it runs a cell of the page and brings no equations of its own."""
    text = page.read_text(encoding="utf-8")
    unnamed = [explorer for explorer in EXPLORERS if f"`{explorer.name}`" not in text]
    assert not [(explorer.name, brought(explorer)) for explorer in unnamed if not explorer.cells or brought(explorer)]
    assert {"guarded_block", "load_line"} == brought(explore("use_dependent_block")) | brought(explore("steady_currents"))


def test_no_gate_is_left_out():
    """Every gate of a cell on the page has its rates there, and every cell of an explorer is on the page."""
    shown = {gate for channel in CHANNELS for gate in channel.gates}
    cells = used_cells(EXPLORERS)
    assert {gate for cell in cells for channel in cell.channels for gate in channel.gates} <= shown
    text = "\n".join(written(EXPLORERS))
    assert text.count("\n### ") == len(cells) + len(RATES)
    assert not re.search(r"-\d+ mV|cm2|read there|None", text)
