"""The peers of the solver, each at its best, on two problems.

One squid axon of Hodgkin and Huxley (6.3 °C): a pulse of 10 µA/cm² for 1 ms from rest, 50 ms. V is recorded at every step, or
every 0.01 ms where the steps are finer than that or SciPy's own. And a thousand of them, each on a step of its own from 0 to
40 µA/cm², 100 ms, of which the times of the spikes are recorded. Each function here returns ``run``, which computes a
problem once, or None where its package is not installed.
"""

import ctypes
import importlib.util
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from scipy.integrate import odeint, solve_ivp

from neurolib import cells
from neurolib.protocols import pulse
from neurolib.rest import find_rest

AMPLITUDE, DURATION, EVERY = 10.0, 50.0, 0.01
STEPS = round(DURATION / EVERY)
AXONS, SWEEP = 1000, 100.0


def amplitudes():
    return np.linspace(0.0, 40.0, AXONS)


def rate_of(count, first, last):
    """Firing rate in Hz from the number of spikes and the times of the first and the last, ms."""
    return np.where(count > 1, 1e3 * (count - 1) / np.where(count > 1, last - first, 1.0), 0.0)


def neurolib_axon(dt):
    """The library's own kernel."""
    axon = cells.squid_axon
    rest, stimulus, n = find_rest(axon), pulse(AMPLITUDE, 1.0).flat, STEPS + 1
    times, samples, crossings = np.linspace(0.0, DURATION, n), np.empty(4 * n), np.empty(1)
    every = max(1, round(dt / EVERY))  # a step ends on every sample, so a coarser step is sampled at its ends
    times, n = times[::every].copy(), len(times[::every])

    def run():
        axon.kernel.integrate(rest.state.copy(), rest.parameters, stimulus, 2, 0.0, DURATION, times, n, samples, crossings, 1,
                              np.inf, dt)
        return times, samples[:n]

    return run


def c_axon():
    """The same scheme in C, built with ``cc -O3``; None without a compiler."""
    library = Path(tempfile.mkdtemp()) / "axon.so"
    source = Path(__file__).with_name("axon.c")
    try:
        subprocess.run(["cc", "-O3", "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    axon = ctypes.CDLL(str(library)).axon
    pointer = np.ctypeslib.ndpointer(float)
    axon.argtypes = [pointer, ctypes.c_double, ctypes.c_int, ctypes.c_int, ctypes.c_double, ctypes.c_double, pointer]
    start, V, times = find_rest(cells.squid_axon).state, np.empty(STEPS), EVERY * np.arange(1, STEPS + 1)

    def run():
        axon(start.copy(), AMPLITUDE, round(1.0 / EVERY), STEPS, EVERY, 6.3, V)
        return times, V

    return run


def scipy_axon(solver, tolerance):
    """LSODA on the same right-hand side, compiled, restarted at the stimulus' edge: by ``odeint`` or ``solve_ivp``."""
    axon = cells.squid_axon
    rest, out = find_rest(axon), np.empty(4)
    pieces = [(np.linspace(a, b, round((b - a) / EVERY) + 1), I) for a, b, I in ((0.0, 1.0, AMPLITUDE), (1.0, DURATION, 0.0))]
    derivative, p = axon.kernel.derivative, rest.parameters

    def rate(_, y, I):
        derivative(y, p, I, out)
        return out.copy()

    def run():
        y, found = rest.state, []
        for t, I in pieces:
            if solver == "odeint":
                states = odeint(rate, y, t, (I,), rtol=tolerance, atol=tolerance, tfirst=True)
            else:
                states = solve_ivp(rate, (t[0], t[-1]), y, "LSODA", t, args=(I,), rtol=tolerance, atol=tolerance).y.T
            y = states[-1]
            found.append(states[1:, 0])
        return EVERY * np.arange(1, STEPS + 1), np.concatenate(found)

    return run


def neuron_axon(dt=None, atol=None, second_order=0, tables=0):
    """NEURON by ``psolve``: fixed step ``dt``, implicit Euler or Crank-Nicolson (``second_order`` 2), or CVODE at ``atol``."""
    if importlib.util.find_spec("neuron") is None:
        return None
    from neuron import h

    h.load_file("stdrun.hoc")
    section = h.Section(name="patch")
    section.L = section.diam = 20.0
    section.insert("hh")
    section(0.5).hh.el = -54.387
    clamp = h.IClamp(section(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.0, 1.0, AMPLITUDE * section(0.5).area() * 1e-5
    solver, parallel = h.CVode(), h.ParallelContext()
    t, V = h.Vector().record(h._ref_t), h.Vector().record(section(0.5)._ref_v)
    rest = float(find_rest(cells.squid_axon).V)

    def run():
        h.celsius, h.usetable_hh, h.secondorder = 6.3, tables, second_order
        solver.active(1 if atol else 0)
        if atol:
            solver.atol(atol)
        else:
            h.dt = dt
        parallel.set_maxstep(10)
        h.finitialize(rest)
        parallel.psolve(DURATION)
        times, found = np.array(t), np.array(V)
        apart = np.append(True, np.diff(times) > 1e-9)  # it records an event twice
        return times[apart], found[apart]

    run.keep = section, clamp  # NEURON forgets what Python does not hold
    return run


def brian_axons(currents, duration, method, dt):
    """Brian2 on one core: (run, prepare), a run without its code generation being the first less the second.

    Its rates are written without removable singularities, as it computes them fastest; no V comes upon one.
    """
    if importlib.util.find_spec("brian2") is None:
        return None, None
    import brian2 as b

    b.prefs.codegen.target = "cython"
    rest = find_rest(cells.squid_axon).state
    equations = """
    dV/dt = (amplitude*int(t < until) - 120*m**3*h*(V - 50) - 36*n**4*(V + 77) - 0.3*(V + 54.387))/ms : 1
    dm/dt = (0.1*(V + 40)/(1 - exp(-(V + 40)/10))*(1 - m) - 4*exp(-(V + 65)/18)*m)/ms : 1
    dh/dt = (0.07*exp(-(V + 65)/20)*(1 - h) - h/(1 + exp(-(V + 35)/10)))/ms : 1
    dn/dt = (0.01*(V + 55)/(1 - exp(-(V + 55)/10))*(1 - n) - 0.125*exp(-(V + 65)/80)*n)/ms : 1
    amplitude : 1 (constant)
    until : second (constant, shared)
    """
    one = len(currents) == 1
    events = {} if one else {"threshold": "V > 0", "refractory": "V > 0"}
    group = b.NeuronGroup(len(currents), equations, method=method, dt=dt * b.ms, **events)
    group.amplitude, group.until = currents, (1.0 if one else duration + 1.0) * b.ms
    watch = b.StateMonitor(group, "V", record=[0]) if one else b.SpikeMonitor(group)
    network = b.Network(group, watch)
    network.store()

    def run(length=duration):
        network.restore()
        group.V, group.m, group.h, group.n = rest
        network.run(length * b.ms)
        if one:
            return np.array(watch.t / b.ms), np.array(watch.V[0])
        trains = [np.array(train / b.ms) for train in watch.spike_trains().values()]
        return rate_of(*(np.array(column) for column in zip(*((len(s), s[0], s[-1]) if len(s) else (0, 0.0, 0.0)
                                                              for s in trains), strict=True)))

    return run, lambda: run(0.0)


def v8_axon(batch=20):
    """The kernel compiled to JavaScript, ``batch`` runs of it in V8; None without py_mini_racer."""
    if importlib.util.find_spec("py_mini_racer") is None:
        return None
    from py_mini_racer import MiniRacer

    from neurolib.portable.compiler import compile_portable

    axon = cells.squid_axon
    script, (integrate,) = compile_portable([axon.kernel.integrate])
    rest = find_rest(axon)
    engine = MiniRacer()
    engine.eval(script)
    engine.eval(f"""
      const p = new Float64Array({rest.parameters.tolist()}), start = new Float64Array({rest.state.tolist()});
      const n = {STEPS + 1}, times = Float64Array.from({{length: n}}, (_, i) => i * {EVERY});
      const samples = new Float64Array(4 * n), crossings = new Float64Array(1);
      const stimulus = new Float64Array({pulse(AMPLITUDE, 1.0).flat.tolist()});
      function batch() {{
        for (let i = 0; i < {batch}; i++)
          {integrate}(start.slice(), p, stimulus, 2, 0, {DURATION}, times, n, samples, crossings, 1, Infinity, {EVERY});
        return 0;
      }}""")
    return lambda: engine.eval("batch()")
