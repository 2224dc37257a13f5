"""A cell that is data runs as the same cell does by its own kernel; its description is held to the book's declarations."""

import copy
import json
import re

import numpy as np
import pytest

from neurolib.bench import catalogue
from neurolib.bench.description import check_membrane
from neurolib.bench.pack import pack
from neurolib.channels.gating import evaluate
from neurolib.kernel import generic as at
from neurolib.kernel.build import generic_kernel
from neurolib.portable.compiler import compile_portable
from neurolib.protocols import levels, pulse
from neurolib.rest import find_rest

GENERIC = generic_kernel()
MEMBRANES = catalogue.membranes()
CLOSE = {"rtol": 0.0, "atol": 1e-9}


def both(name):
    """(p, state at rest) of the description and of the cell itself, whose state has no Ca where it has no pool."""
    rest, p = find_rest(catalogue.CELLS[name][0]), pack(MEMBRANES[name])
    state = np.zeros(2 + int(p[at.MOVING]))
    assert GENERIC.rest(p, 0.0, state) == pytest.approx(rest.V, abs=1e-9)
    assert np.allclose(state[: len(rest.state)], rest.state, **CLOSE)
    return p, state, rest


@pytest.mark.parametrize("name", MEMBRANES)
def test_same_traces(name):
    """30 ms, so that the pacemaker, which magnifies a last bit from spike to spike, has fired no more than once."""
    p, state, rest = both(name)
    cell, n, times = rest.cell, 301, np.linspace(0.0, 30.0, 301)
    rows, k = (pulse(100.0, 2.0, 25.0) if name == "morris_lecar" else pulse(30.0, 2.0, 1.0)).flat, len(cell.channels)
    found = []
    for kernel, start, numbers in ((GENERIC, state, p), (cell.kernel, rest.state, rest.parameters)):
        samples, G, I = np.zeros(len(start) * n), np.zeros(k * n), np.zeros(k * n)
        failed, _ = kernel.integrate(start.copy(), numbers, rows, 2, 0.0, 30.0, times, n, samples, np.zeros(1), 1, np.inf, 0.01)
        assert failed < 0.0
        found.append([samples[: len(rest.state) * n]])
        if name in ("squid_axon", "thalamic_relay"):  # one without calcium and one with it and a constant field
            held, command = np.zeros(len(start) * n), levels([-65.0, -20.0, -90.0], [1.0, 6.0]).flat
            kernel.clamp(start.copy(), numbers, command, 3, 0.0, 30.0, times, n, held, 0.01)
            kernel.channel_currents(numbers, samples, n, G, I)
            found[-1] += [held[: len(rest.state) * n], G, I]
    for ours, theirs in zip(*found, strict=True):
        assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-9)
    assert np.ptp(found[1][0][:n]) > 5.0


def test_curves_are_the_functions():
    """Each form gives its function's numbers; for constants of its own, V from −150 to 100 mV and on splits."""
    V = np.append(np.linspace(-150.0, 100.0, 101), np.nextafter(-63.0, -64.0))
    constants = {"V_T": -55.0, "T_shift": 2.0, "V1": -1.2, "V2": 18.0, "V3": 2.0, "V4": 30.0, "phi": 0.04, "SK_half": 0.001,
                 "Ca": 1.0}  # fmt: skip
    for function in catalogue.CURVES:
        curve = catalogue.curve_of(function, constants)
        gate = {"name": "x", "alpha": curve, "beta": catalogue.exp(1.0, 0.0, 10.0)}
        p = pack({"C_m": 1.0, "temperature": 20.0, "channels": [
            {"name": "X", "g": 1.0, "drive": {"form": "ohmic", "E": 0.0}, "gates": [gate]}]})  # fmt: skip
        values = []
        for v in V:
            GENERIC.module.values(v, p)
            values.append(p[at.VALUE])
        factor = (1.0 / constants["SK_half"]) ** 2 if function.__name__ == "sk_alpha" else 1.0  # that is the gate's "calcium"
        wanted = [evaluate(function, constants | {"V": v}) / factor for v in V]
        assert np.allclose(values, wanted, rtol=1e-13, atol=1e-15), function.__name__  # 1 + tanh loses digits below 1


def test_a_gate_at_once_and_a_hill_factor():
    """What no cell of the catalogue with moving calcium has: an instantaneous gate and a conductance that calcium opens."""
    membrane = copy.deepcopy(MEMBRANES["mammalian_l_type"])
    membrane["channels"].append({"name": "KCa", "g": 1.0, "drive": {"form": "nernst", "ion": "K"}, "scale": 0.5,
                                 "calcium": {"half": 0.002, "power": 2}})  # fmt: skip
    p = pack(membrane)
    state = np.zeros(2 + int(p[at.MOVING]))
    GENERIC.steady_state(-30.0, p, state)
    G, I = np.zeros(len(membrane["channels"])), np.zeros(len(membrane["channels"]))
    GENERIC.channel_currents(p, state, 1, G, I)
    part = state[-1] ** 2 / (state[-1] ** 2 + 0.002**2)
    E = 8.31446261815324 * 309.15 / 96.48533212331 * np.log(5.0 / 140.0)
    assert G[-1] == pytest.approx(0.5 * part, rel=1e-12)
    assert I[-1] == pytest.approx(G[-1] * (-30.0 - E), rel=1e-12)
    assert GENERIC.steady_current(-30.0, p, state) == pytest.approx(I.sum(), rel=1e-12)
    V, n = np.array([-60.0, -20.0]), 2
    lecar = pack(MEMBRANES["morris_lecar"])
    inf, tau = np.zeros(2 * n), np.zeros(2 * n)
    GENERIC.module.gate_curves(lecar, 1e-4, V, n, inf, tau)
    assert np.allclose(inf[n:], 0.5 * (1.0 + np.tanh((V + 1.2) / 18.0)), rtol=1e-12)
    assert np.allclose(tau[:n], 1.0 / (0.04 * np.cosh((V - 2.0) / 60.0)), rtol=1e-12)
    assert not tau[n:].any()


@pytest.mark.parametrize("name", ["mammalian_bk", "morris_lecar"])
def test_the_same_in_v8(name):
    mini_racer = pytest.importorskip("py_mini_racer")
    p, state, _ = both(name)
    script, (rest, integrate) = compile_portable([GENERIC.rest, GENERIC.integrate])
    engine, n = mini_racer.MiniRacer(), 21
    engine.eval(script + "const numbers = (a) => Float64Array.from(a);")
    finite = [repr(float(x)).replace("inf", "Infinity") for x in p]
    theirs = engine.eval(f"""(() => {{
        const p = numbers([{",".join(finite)}]), state = new Float64Array({len(state)});
        const samples = new Float64Array({len(state) * n}), stimulus = numbers([2, 30, 0, 3, 0, 0]);
        const times = Float64Array.from({{length: {n}}}, (_, i) => i / 2);
        {rest}(p, 0, state);
        {integrate}(state, p, stimulus, 2, 0, 10, times, {n}, samples, new Float64Array(1), 1, Infinity, 0.02);
        return JSON.stringify(Array.from(samples)); }})()""")
    samples = np.zeros(len(state) * n)
    GENERIC.integrate(state, p, np.array([2.0, 30.0, 0.0, 3.0, 0.0, 0.0]), 2, 0.0, 10.0, np.arange(n) / 2.0, n, samples,
                      np.zeros(1), 1, np.inf, 0.02)
    assert np.allclose(np.array(json.loads(theirs)), samples, **CLOSE)


WRONG = {
    "channel Na, gate m, alpha: scale = 0.0": lambda m: m["channels"][0]["gates"][0]["alpha"].update(scale=0.0),
    "channel Na, gate m, alpha: form = 'expo'": lambda m: m["channels"][0]["gates"][0]["alpha"].update(form="expo"),
    "channel Na, gate m, alpha: base: the fields here are form, rate": lambda m: (
        m["channels"][0]["gates"][0]["alpha"].update(base=1.0)),
    "channel Na, gate m: power = 2.5: channel Na, gate m: power has to be a whole number, between 1 and 8": lambda m: (
        m["channels"][0]["gates"][0].update(power=2.5)),
    "channel Na, gate m, beta: rate is missing": lambda m: m["channels"][0]["gates"][0]["beta"].pop("rate"),
    "channel Na, gate m: powr: did you mean 'power'": lambda m: m["channels"][0]["gates"][0].update(powr=3),
    "channel Na, gate m, beta, factor 2: form = 'bell'": lambda m: m["channels"][0]["gates"][0].update(
        beta={"form": "product", "factors": [catalogue.exp(1.0, 0.0, 5.0), {"form": "bell"}]}),
    "channel Na, gate m, beta, factor 1: rate = -1": lambda m: m["channels"][0]["gates"][0].update(
        beta={"form": "product", "factors": [catalogue.exp(-1.0, 0.0, 5.0)]}),
    "channel Na, gate m, beta: exponent = 0": lambda m: m["channels"][0]["gates"][0].update(
        beta={"form": "product", "factors": [catalogue.exp(1.0, 0.0, 5.0)], "exponent": 0}),
    "channel K, drive: the membrane's ions have no K": lambda m: (
        m["ions"].pop("K"), m["channels"][1].update(drive={"form": "nernst", "ion": "K"})),
    "channel K: it carries calcium": lambda m: m["channels"][1].update(carries_calcium=True),
    "channels: two are called Na": lambda m: m["channels"].append(m["channels"][0]),
    "channels: 13 are given": lambda m: m.update(channels=[m["channels"][2]] * 13),
    "channel Na, gates: 5 are given": lambda m: m["channels"][0].update(gates=[m["channels"][0]["gates"][0]] * 5),
    "membrane: C_m = -1": lambda m: m.update(C_m=-1),
}  # fmt: skip


@pytest.mark.parametrize("says", WRONG)
def test_errors_name_the_place(says):
    membrane = copy.deepcopy(MEMBRANES["squid_axon"])
    WRONG[says](membrane)
    with pytest.raises(ValueError, match=f"^{re.escape(says)}"):
        check_membrane(membrane)
    assert check_membrane(check_membrane(MEMBRANES["squid_axon"])) == check_membrane(MEMBRANES["squid_axon"])
