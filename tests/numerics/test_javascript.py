"""The kernels compiled to JavaScript, in V8, against the same kernels under Numba."""

import json
import math

import numpy as np
import pytest

from neurolib import cells, ischaemia, pump_leak
from neurolib.cable import squid_cable
from neurolib.homeostasis import PumpLeak
from neurolib.portable.compiler import compile_portable
from neurolib.protocols import levels, pulse
from neurolib.rest import find_rest

mini_racer = pytest.importorskip("py_mini_racer")


def in_v8(function, *arguments):
    """Call a portable function in V8; returns its arrays as they are afterwards, in order."""
    script, (name,) = compile_portable([function])
    engine = mini_racer.MiniRacer()
    engine.eval(script)
    texts = [f"new Float64Array({json.dumps(a.tolist())})" if isinstance(a, np.ndarray)
             else "Infinity" if a == math.inf else repr(float(a)) for a in arguments]
    back = "JSON.stringify(a.filter(x => x.length).map(x => Array.from(x)))"
    result = engine.eval(f"(() => {{ const a = [{', '.join(texts)}]; {name}(...a); return {back}; }})()")
    return [np.array(values, dtype=float) for values in json.loads(result)]


def agree(function, *arguments):
    """Both run the same call and leave the same numbers in every array."""
    theirs = in_v8(function, *arguments)
    ours = [a.copy() if isinstance(a, np.ndarray) else a for a in arguments]
    function(*ours)
    for a, b in zip([a for a in ours if isinstance(a, np.ndarray)], theirs, strict=True):
        assert np.allclose(a, b, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("cell", [cells.squid_axon, cells.mammalian_bk, cells.thalamic_relay, cells.ventricular_cell,
                                  cells.morris_lecar], ids=lambda cell: cell.name)
def test_integrate_and_rest(cell):
    rest, n, states = find_rest(cell), 41, len(cell.state_names)
    agree(cell.kernel.rest, rest.parameters, 0.5, np.zeros(states))
    agree(cell.kernel.integrate, rest.state, rest.parameters, pulse(30.0, 1.0, 0.5).flat, 2, 0.0, 4.0,
          np.linspace(0.0, 4.0, n), n, np.zeros(n * states), np.zeros(2), 2, -30.0, 0.02)


def test_clamp_currents_and_threshold():
    axon, rest, n = cells.squid_axon, find_rest(cells.squid_axon), 21
    command = levels([-65.0, -20.0], [1.0])
    samples = np.zeros(4 * n)
    times = np.linspace(0.0, 5.0, n)
    agree(axon.kernel.clamp, rest.state, rest.parameters, command.flat, 2, 0.0, 5.0, times, n, samples, 0.01)
    samples = np.linspace(0.1, 0.9, 4 * n)
    agree(axon.kernel.channel_currents, rest.parameters, samples, n, np.zeros(3 * n), np.zeros(3 * n))
    out = np.zeros(3)
    agree(axon.kernel.frequencies, rest.parameters, rest.state, np.zeros(4), np.array([1.0, 7.0, 20.0]), 3, 50.0, 150.0,
          0.0, 0.02, np.zeros(3), np.zeros(50), 50, out)


def test_cable():
    cable, n = squid_cable(8.0), 40
    rest = find_rest(cable.cell)
    electrodes = np.array([0.0, 5.0, 0.0, 0.2, 1000.0])
    agree(cable.cell.kernel.cable, np.repeat(rest.state, n), rest.parameters, n, cable.axial, electrodes, 1, 200, 20,
          0.01, np.zeros(n * 11), 20, np.zeros(4 * 11), np.zeros(n), -20.0, np.zeros(n), np.zeros(n))


def test_ions_over_hours():
    cell = PumpLeak().with_(pump=0.0)
    times = np.linspace(60.0, 7200.0, 20)
    state = np.array([cell.V, cell.Na, cell.K, cell.Cl])
    agree(pump_leak.pump_leak_run, cell._array(cell.I_max), state, 0.0, times, 20, np.zeros(80), np.zeros(2))
    times = np.linspace(0.0, 1000.0, 20)
    agree(ischaemia.ischaemia_run, np.array(ischaemia.REST), 0.0, 0.0, 500.0, 0.0, times, 20, np.zeros(120), 0.2, np.zeros(4))
