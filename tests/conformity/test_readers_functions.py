"""A reader's own functions, compiled, give what Python gives: also after what they use has changed."""

import math
import os
import subprocess
import sys
import types
from pathlib import Path

import numba
import numpy as np
import pytest

from neurolib.cell import Cell
from neurolib.cells import squid_axon
from neurolib.channels import Channel, leak
from neurolib.channels.gating import Gate
from neurolib.portable import portable, python_function
from neurolib.portable.fresh import Fresh
from neurolib.portable.reach import fingerprint, of_library
from neurolib.protocols import pulse
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp

ROOT = Path(__file__).parents[2]
BARE = Cell("bare", 1.0, (leak("leak", 0.3, -60.0),), 20.0)  # soon compiled
NOTEBOOK = """
import math
from neurolib.portable import portable

@portable
def inner(V):
    return A * V + T[1]

@portable
def outer(V):
    return inner(V) + math.exp(rates.K) + N[0] + rates.fast.K + njitted(V)
"""




@numba.njit
def HELPER_OF_NUMBA(V):
    return V * 2.0


@pytest.fixture
def notebook():
    """A namespace in which cells of a notebook have been run, and a way to run another."""
    cells = {"__name__": "__main__", "A": 0.5, "T": (1.0, 2.0), "N": np.array([3.0]), "rates": types.ModuleType("rates")}
    cells["rates"].K = 1.0
    cells["rates"].fast = types.ModuleType("rates.fast")
    cells["rates"].fast.K = 0.25
    cells["njitted"] = HELPER_OF_NUMBA

    def run(code):
        exec(compile(code, "<cell>", "exec"), cells)
        return cells

    run(NOTEBOOK)
    return run


CHANGES = {
    "a constant": "A = 0.7",
    "a tuple": "T = (1.0, 5.0)",
    "a constant of a module": "rates.K = 2.0",
    "a constant of a module in a package": "rates.fast.K = 2.0",
    "a module": "import types\nrates.fast = types.ModuleType('rates.other')\nrates.fast.K = 3.0",
    "a function compiled by Numba alone": "import numba\n@numba.njit\ndef njitted(V):\n    return V * 3.0",
    "an array, in place": "N[0] = 9.0",
    "an array": "N = N + 1.0",
    "a helper": "@portable\ndef inner(V):\n    return V - 1.0",
    "a helper and its constant": "A = 4.0\n@portable\ndef inner(V):\n    return V - A",
    "nothing": "",
    "a type": "A = 2",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_by_the_next_call(notebook, change):
    cells = notebook("")
    outer = cells["outer"]
    before, expected = outer(3.0), python_function(outer)(3.0)
    assert before == expected
    notebook(change)
    after = outer(3.0)
    assert after == python_function(outer)(3.0) and (after != before) == bool(change)
    notebook("A = -1.0")
    assert cells["inner"](3.0) == python_function(cells["inner"])(3.0) and outer(3.0) == python_function(outer)(3.0)


def test_nothing_is_compiled_again_while_nothing_changes(notebook):
    outer = notebook("")["outer"]
    outer(3.0)
    compiled = list(outer.overloads.values())
    outer(4.0)
    assert list(outer.overloads.values()) == compiled and isinstance(outer, Fresh)


def test_a_closure_is_looked_into():
    factor = 2.0

    @portable
    def scaled(V):
        return factor * V

    assert scaled(1.0) == 2.0
    factor = 3.0
    assert scaled(1.0) == 3.0


def with_gate(inf, tau):
    return BARE.with_channel(Channel("X", 0.3, (Gate("x", 1, inf=inf, tau=tau),), -77.0, "K"), name="with_x")


RATES = """
@portable
def helper(V):
    return (V - HALF) / rates.K

@portable
def x_inf(V):
    return 1.0 / (1.0 + math.exp(-helper(V)))

def x_tau(V):
    return 5.0
"""


@pytest.mark.parametrize("change", [
    "HALF = -50.0", "rates.K = 9.0", "@portable\ndef helper(V):\n    return (V + 30.0) / 7.0",
])  # fmt: skip
def test_a_cell_is_compiled_anew_when_its_functions_have_changed(notebook, change):
    cells = notebook("HALF = -60.0\nrates.K = 5.0\n" + RATES)
    cell = with_gate(cells["x_inf"], cells["x_tau"])
    kernel, first = cell.kernel, find_rest(cell)
    assert cell.kernel is kernel and first["x"] == pytest.approx(cells["x_inf"].py_func(first.V), rel=1e-12)
    notebook(change)
    second = find_rest(cell)
    assert second["x"] == pytest.approx(cells["x_inf"].py_func(second.V), rel=1e-12) and second["x"] != first["x"]
    assert current_clamp(cell, pulse(1.0, 1.0), 1.0)["x"][0] == second["x"]
    notebook("HALF = -60.0\nrates.K = 5.0\n" + RATES.split("@portable\ndef x_inf")[0])  # and back
    assert find_rest(cell)["x"] == first["x"]


def test_two_cells_may_share_a_function_that_is_not_marked():
    def inf(V):
        return 1.0 / (1.0 + math.exp(-(V + 40.0) / 5.0))

    def tau(V):
        return 5.0

    channel = Channel("X", 0.3, (Gate("x", 1, inf=inf, tau=tau),), -77.0, "K")
    one, two = (BARE.with_channel(channel, name=name) for name in ("one", "two"))
    assert find_rest(one).V == find_rest(two).V


SCRIPT = """
import math, sys
from helpers import half
from neurolib.cell import Cell
from neurolib.channels import Channel, leak
from neurolib.channels.gating import Gate
from neurolib.portable import portable
from neurolib.rest import find_rest
import constants

@portable
def inf(V):
    return 1.0 / (1.0 + math.exp(-(V - half(V)) / constants.SLOPE))

@portable
def tau(V):
    return 5.0

cell = Cell("with_x", 1.0, (leak("leak", 0.3, -60.0), Channel("X", 0.3, (Gate("x", 1, inf=inf, tau=tau),), -77.0, "K")), 20.0)
rest = find_rest(cell)
assert inf(rest.V) == inf.py_func(rest.V) and abs(rest["x"] - inf.py_func(rest.V)) < 1e-12
print(repr(rest.V))
"""
HELPER = "from neurolib.portable import portable\n\n@portable\ndef half(V):\n    return {}\n"


def test_a_new_process_sees_what_was_edited(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)

    def run(half, slope):
        (tmp_path / "helpers.py").write_text(HELPER.format(half))
        (tmp_path / "constants.py").write_text(f"SLOPE = {slope}\n")
        done = subprocess.run([sys.executable, "-B", "script.py"], cwd=tmp_path, check=True, capture_output=True, text=True,
                              env=os.environ | {"PYTHONPATH": str(ROOT)})
        return float(done.stdout)

    found = [run(*edit) for edit in ((-40.0, 5.0), (-60.0, 5.0), (-60.0, 9.0))]
    assert len(set(found)) == 3  # and each is what plain Python gives, says the script


def test_what_is_the_librarys_own_is_known():
    assert of_library(squid_axon.channel("Na").gate("m").alpha) and of_library(squid_axon.kernel.integrate)
    assert not of_library(with_gate) and squid_axon.readers_functions == ()
    assert fingerprint(1.5) == "1.5" and fingerprint(np.array([1.0])) != fingerprint(np.array([2.0]))
