"""The kernel of a cell that is data against the kernel that is written for the same cell, under Numba and in V8."""

import json

import numpy as np

from benchmarks.solver import in_turn
from neurolib.bench.catalogue import CELLS, membranes
from neurolib.bench.pack import pack
from neurolib.kernel.build import generic_kernel
from neurolib.portable.compiler import compile_portable
from neurolib.protocols import pulse
from neurolib.rest import find_rest

SHOWN = "squid_axon", "mammalian_neuron", "mammalian_bk", "thalamic_relay"
DURATION, N, STIMULUS = 40.0, 401, pulse(30.0, 2.0, 1.0).flat
TIMES = np.linspace(0.0, DURATION, N)


def runs_of(name):
    """The generic kernel and the cell's own, each with its state and parameters, both at rest."""
    rest, p, generic = find_rest(CELLS[name][0]), pack(membranes()[name]), generic_kernel()
    state = np.zeros(2 + len(rest.cell.moving_gates))
    generic.rest(p, 0.0, state)
    return (generic.integrate, state, p), (rest.cell.kernel.integrate, rest.state, rest.parameters)


def under_numba(integrate, state, p):
    """A function that makes one run."""
    samples, spare = np.empty(len(state) * N), np.empty(1)
    return lambda: integrate(state.copy(), p, STIMULUS, 2, 0.0, DURATION, TIMES, N, samples, spare, 1, np.inf, 0.01)


def in_v8(integrate, state, p, rounds=8, batch=40):
    """Best time of one run in V8, ms."""
    from py_mini_racer import MiniRacer

    script, (name,) = compile_portable([integrate])
    engine = MiniRacer()
    engine.eval(script)
    arrays = ", ".join("Float64Array.from(" + json.dumps(a.tolist()) + ")" for a in (state, p, STIMULUS, TIMES))
    return engine.eval(f"""(() => {{
        const [state, p, stimulus, times] = [{arrays}];
        const samples = new Float64Array({len(state) * N}), spare = new Float64Array(1);
        const run = () => {name}(state.slice(), p, stimulus, 2, 0, {DURATION}, times, {N}, samples, spare, 1, Infinity, 0.01);
        let best = Infinity;
        for (let i = 0; i < {rounds}; i++) {{
            const start = Date.now();
            for (let j = 0; j < {batch}; j++) run();
            best = Math.min(best, (Date.now() - start) / {batch});
        }}
        return best; }})()""")


def show():
    for name in SHOWN:
        both = runs_of(name)
        numba, _ = in_turn([under_numba(*run) for run in both], 15)
        v8 = [in_v8(*run) for run in both]
        for place, (generic, own) in (("Numba", numba), ("V8", v8)):
            print(f"  {name:18} {place:6} {generic:6.2f} ms as data, {own:6.2f} ms written, ratio {generic / own:4.2f}")
