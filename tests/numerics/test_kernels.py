"""The form of the kernels: one text of the scheme for all cells, which runs by itself and is compiled once for each."""

import inspect
import json
import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from neurolib import cells
from neurolib.cell import Cell
from neurolib.channels import CalciumPool, Channel, leak
from neurolib.channels.calcium import L_TYPE, calcium_reversal
from neurolib.channels.gating import Gate
from neurolib.kernel import cable, no_calcium, reference, scheme, searches
from neurolib.kernel.build import Kernel, fingerprint, kernel_of, lockstep_of, synaptic_of, text_of
from neurolib.kernel.write import write_functions
from neurolib.portable import cache, portable, python_function
from neurolib.portable.compiler import compile_portable

REFERENCE = Cell("reference", 1.0, (leak("L", 0.1, -70.0), L_TYPE), 36.0, CalciumPool.shell(1.0, 80.0))
LEAK_ONLY = Cell("leak_only", 2.0, (leak("L", 0.3, -65.0),), 20.0)
PLACES = {function.name: place for place in (reference, scheme, searches, cable)
          for function in fields(Kernel) if function.name in vars(place)}  # fmt: skip


def calls(states):
    """A call of every kernel function, in an order in which each finds what it needs: arrays by name, arguments by order."""
    n, n_cable = 41, 5
    arrays = {"p": 11, "rest": states, "state": states, "spare": 1, "out": states, "samples": states * n, "crossings": 3,
              "trial": 6, "G": 2 * n, "I": 2 * n, "rates": 2, "V": n_cable * 6, "probed": states * 6, "passage": n_cable,
              "left": n_cable, "right": n_cable, "segments": states * n_cable}  # fmt: skip
    given = {"stimulus": [1.0, 30.0, 0.0, 3.0, 0.0, 0.2], "command": [1.0, -10.0, 0.0, 5.0, -60.0, -1.0],
             "nothing": [0.0, 0.0, 0.0, 2.0, 0.0, 0.0], "probe": [0.0, 1.0, 0.0, 2.0, 0.0, 0.0], "steps": [5.0, 15.0],
             "times": np.linspace(0.0, 10.0, n), "electrodes": [0.0, 2.0, 0.0, 1.0, 300.0]}  # fmt: skip
    order = [
        ("defaults", "p"), ("steady_state", -40.0, "p", "out"), ("steady_current", -40.0, "p", "out"),
        ("rest", "p", 0.5, "state"), ("rest", "p", 0.0, "rest"), ("derivative", "state", "p", 1.0, "out"),
        ("integrate", "state", "p", "stimulus", 2, 0.0, 10.0, "times", n, "samples", "crossings", 3, -20.0, 0.03),
        ("channel_currents", "p", "samples", n, "G", "I"),
        ("clamp", "state", "p", "command", 2, 0.0, 10.0, "times", n, "samples", 0.03),
        ("fires", "p", "rest", "state", "nothing", "probe", "trial", 2, 0.0, 10.0, -20.0, 40.0, 0.05, "spare"),
        ("threshold", "p", "rest", "state", "nothing", "probe", "trial", 2, 0.0, 10.0, -20.0, 0.0, 60.0, 1e-3, 0.05, "spare"),
        ("frequencies", "p", "rest", "state", "steps", 2, 5.0, 20.0, -45.0, 0.05, "trial", "crossings", 3, "rates"),
        ("cable", "segments", "p", n_cable, 2.0, "electrodes", 1, 100, 20, 0.02, "V", 1, "probed", "passage", -20.0, "left",
         "right"),
    ]  # fmt: skip
    return arrays, given, order


def results(place_of, arrays, given, order):
    """What ``order`` returns and leaves in its arrays, as lists of numbers."""
    known = {name: np.zeros(size) for name, size in arrays.items()} | {k: np.array(v) for k, v in given.items()}
    found = []
    for name, *arguments in order:
        if name == "cable":
            known["segments"][:] = np.repeat(known["rest"], arrays["passage"])
        values = [known[a] if isinstance(a, str) else a for a in arguments]
        returned = getattr(place_of[name], name)(*values)
        found.append([name, *np.ravel([] if returned is None else returned).tolist(),
                      *(x for v in values if isinstance(v, np.ndarray) for x in v.tolist())])
    return found


def test_the_reference_is_what_is_written():
    written, functions = write_functions(REFERENCE)
    source = inspect.getsource(reference)
    assert source.endswith("\n\n" + written)
    assert {role: vars(reference)[role] for role in functions} == functions


def test_the_scheme_by_itself_in_plain_python_agrees_with_a_compiled_cell():
    script = ("import json, sys, test_kernels as t; "
              "json.dump(t.results(t.PLACES, *t.calls(len(t.REFERENCE.state_names))), sys.stdout)")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True,
                          env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)})
    theirs = json.loads(done.stdout)
    kernel = REFERENCE.kernel
    ours = results(dict.fromkeys(PLACES, kernel), *calls(len(REFERENCE.state_names)))
    assert {name for name, *_ in ours} == {field.name for field in fields(Kernel)} - {"module"} == set(PLACES)
    for (name, *here), (_, *there) in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(here, there, rtol=1e-12, err_msg=name)
    first = {name: here[0] for name, *here in ours}
    assert first["fires"] == 1.0 and 0.0 < first["threshold"] < 40.0, "the calls find nothing to do"


@pytest.mark.parametrize("cell", [cells.squid_axon, cells.mammalian_sk, LEAK_ONLY], ids=lambda cell: cell.name)
def test_every_cell_has_the_same_text_of_the_scheme(cell):
    for name, place in PLACES.items():
        if place is not reference:
            function = python_function(getattr(cell.kernel, name))
            assert inspect.getsource(function) == inspect.getsource(python_function(vars(place)[name]))
            assert function.__module__ == cell.kernel.module.__name__
    if not cell.pool:
        assert inspect.getsource(no_calcium).endswith(inspect.getsource(python_function(cell.kernel.module.steady_calcium)))


@pytest.mark.parametrize("module_of", [kernel_of, lockstep_of, synaptic_of])
def test_threads_that_ask_at_once_are_given_one_module(monkeypatch, module_of):
    monkeypatch.setattr(cache, "FOLDER", None)
    for round_ in range(8):
        text_of.cache_clear()
        cell = replace(cells.squid_axon, name=f"asked_by_many_{round_}")
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(lambda _, cell=cell: module_of(cell), range(8)))) == 1


def test_a_membrane_without_gates_discharges_exponentially():
    kernel, p = LEAK_ONLY.kernel, LEAK_ONLY.parameters()
    times, samples, state = np.linspace(0.0, 30.0, 61), np.empty(61), np.array([-40.0])
    kernel.integrate(state, p, np.array([0.0, 0.0, 0.0]), 1, 0.0, 30.0, times, 61, samples, np.empty(1), 1, math.inf, 0.5)
    np.testing.assert_allclose(samples, -65.0 + 25.0 * np.exp(-0.15 * times), rtol=1e-13)


@portable
def closed_by_calcium(Ca):
    return 1.0 / (1.0 + Ca / 0.001)


@portable
def quick(Ca):
    return 0.5


@pytest.mark.parametrize("tau", [quick, None], ids=["a moving gate", "an instantaneous gate"])
def test_calcium_that_closes_its_own_channel_comes_to_rest(tau):
    gate = Gate("c", 1, inf=closed_by_calcium, tau=tau)
    channel = Channel("CaX", 0.05, (gate,), reversal=calcium_reversal, carries_calcium=True)
    cell = REFERENCE.with_(name="closing", channels=(leak("L", 0.1, -70.0), channel))
    p, state, out = cell.parameters(), np.empty(len(cell.state_names)), np.empty(len(cell.state_names))
    cell.kernel.steady_state(-30.0, p, state)
    cell.kernel.derivative(state, p, 0.0, out)
    assert state[-1] > 2.0 * p[cell.index("Ca_rest")]
    assert np.all(np.abs(out[1:]) < 1e-12 * np.maximum(state[1:], 1e-3))
    rested = solve_ivp(lambda t, y: follow(cell, p, y), (0.0, 2000.0), [0.9] * (len(state) - 2) + [1e-4], "LSODA",
                       rtol=1e-9, atol=1e-13).y[-1, -1]
    assert state[-1] == pytest.approx(rested, rel=1e-6)


def follow(cell, p, y):
    """How gates and calcium move at −30 mV."""
    out = np.empty(len(y) + 1)
    cell.kernel.derivative(np.concatenate(([-30.0], y)), p, 0.0, out)
    return out[1:].copy()


def test_an_unused_parameter_costs_nothing_in_the_page():
    axon = cells.squid_axon
    more = axon.with_channel(axon.channel("L").with_(constants={"unused": 1.0}))
    assert len(more.parameter_names) == len(axon.parameter_names) + 1
    assert compile_portable([more.kernel.rest]) == compile_portable([axon.kernel.rest])


@portable
def hill(V, n):
    return 1.0 / (1.0 + math.pow(0.5, n))


@portable
def of_hill(V, n):
    return n


@portable
def of_g_L(V, g_L):
    return g_L


def test_a_constant_keeps_its_name_unless_the_kernels_need_it():
    cell = REFERENCE.with_channel(Channel("X", 1.0, (Gate("x", 1, inf=hill, tau=of_hill),), 0.0, constants={"n": 3.0}))
    p, currents = cell.parameters(), np.empty(6)
    cell.kernel.steady_state(-50.0, p, state := np.empty(5))
    cell.kernel.channel_currents(p, np.repeat(state, 2), 2, np.empty(6), currents)
    np.testing.assert_allclose(currents[4:], -50.0 / 1.125, rtol=1e-14)
    taken = Channel("X", 1.0, reversal=of_g_L, constants={"g_L": 3.0})
    with pytest.raises(ValueError, match="parameter g_L of cell reference"):
        _ = REFERENCE.with_channel(taken).kernel


TABLE, OTHER_TABLE = np.array([1.0, 2.0]), np.array([1.0, 3.0])
SMALL, LARGE = np.int64(1), np.int64(2)


def grows(V):
    return math.exp(V)


def by_logarithm(V):
    return math.log(V)


def small(V):
    return V * SMALL


def large(V):
    return V * LARGE


def from_table(V):
    return V * TABLE[1]


def from_other_table(V):
    return V * OTHER_TABLE[1]


@pytest.mark.parametrize(("one", "other"), [(grows, by_logarithm), (small, large), (from_table, from_other_table)],
                         ids=["a function of math", "a number of NumPy", "an array"])
def test_functions_that_differ_in_what_they_use_do_not_share_code(one, other):
    other.__name__ = one.__name__
    assert one.__code__.co_code == other.__code__.co_code
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(one)


NOTEBOOK = """
import math
from neurolib.cell import Cell
from neurolib.channels import Channel, leak
from neurolib.channels.gating import Gate
from neurolib.portable import portable
from neurolib.rest import find_rest

@portable
def inf(V):
    return 1.0 / (1.0 + math.exp(-(V + 40.0) / 5.0))

@portable
def tau(V):
    return 5.0

own = Cell("own", 1.0, (leak("leak", 0.3, -60.0), Channel("X", 1.0, (Gate("x", 1, inf=inf, tau=tau),), -77.0)), 20.0)
rest = find_rest(own)
"""
RUN_NOTEBOOK = f"""
import gc
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.instance().run_cell({NOTEBOOK!r}).raise_error()
from numba.core.registry import CPUDispatcher
functions = [f for f in gc.get_objects() if isinstance(f, CPUDispatcher)]
print([sum(sum(getattr(f.stats, kind).values()) for f in functions) for kind in ("cache_hits", "cache_misses")])
"""


def test_a_cell_of_a_notebook_is_compiled_once(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "IPYTHONDIR": str(tmp_path)}
    first, second = (json.loads(subprocess.run([sys.executable, "-c", RUN_NOTEBOOK], capture_output=True, text=True,
                                               check=True, env=environment).stdout) for _ in range(2))
    assert first[1] > 10
    assert second[0] > 0 and second[1] == 0
