"""The solver against its peers: one Hodgkin-Huxley axon for 50 ms, and an f-I sweep of a thousand axons.

Every solver gets the same problem (10 µA/cm² for 1 ms from rest, 6.3 °C) and is timed in processor time, its best of
several runs in this one process, so that a busy machine matters less. "error" is that of the peak, in mV and ms,
against :data:`PEAK`, the reference of golden.json. A peer that is not installed is left out.
"""

import ctypes
import importlib.util
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

from benchmarks import gate_tables
from neurolib import cells
from neurolib.excitability import firing_rates
from neurolib.protocols import pulse
from neurolib.rest import find_rest
from neurolib.spikes import index_of_maximum, vertex

PEAK = 39.06694130395185, 2.513824325098744  # mV, ms
DT, DURATION, STEPS = 0.01, 50.0, 5000
AXONS, SWEEP_DURATION, COARSE = 1000, 100.0, 0.0625


def best(run, repeats):
    """Shortest processor time of ``repeats`` runs, in ms, and the last result.

    The first run, which compiles, is left out. Runs are timed in batches of 20 ms, for the clock's sake.
    """
    result, times = run(), []
    batch = max(1, int(0.02 / max(1e-6, timed(run, 1))))
    for _ in range(repeats):
        times.append(timed(run, batch))
    return 1e3 * min(times), result


def timed(run, batch):
    """Processor time of one of ``batch`` runs, s."""
    start = time.process_time()
    for _ in range(batch):
        run()
    return (time.process_time() - start) / batch


def peak_errors(t, V):
    """Errors of the peak's voltage (mV) and time (ms)."""
    t, V = np.ascontiguousarray(t, dtype=float), np.ascontiguousarray(V, dtype=float)
    t_peak, V_peak = vertex(t, V, index_of_maximum(V, 0, len(V)), len(V))
    return V_peak - PEAK[0], t_peak - PEAK[1]


def neurolib_axon(dt=DT):
    """Seconds and trace of the library's own kernel, V kept at every step."""
    axon = cells.squid_axon
    rest, stimulus = find_rest(axon), pulse(10.0, 1.0).flat
    n = round(DURATION / dt) + 1
    times, samples, crossings = np.linspace(0.0, DURATION, n), np.empty(4 * n), np.empty(1)

    def run():
        axon.kernel.integrate(rest.state.copy(), rest.parameters, stimulus, 2, 0.0, DURATION, times, n, samples,
                              crossings, 1, np.inf, dt)
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
    start, V, times = find_rest(cells.squid_axon).state, np.empty(STEPS), DT * np.arange(1, STEPS + 1)

    def run():
        axon(start.copy(), 10.0, round(1.0 / DT), STEPS, DT, 6.3, V)
        return times, V

    return run


def lsoda_axon():
    """SciPy's LSODA on the same right-hand side, compiled, at rtol 1e-6; restarted at the stimulus' edge."""
    axon = cells.squid_axon
    rest, out = find_rest(axon), np.empty(4)

    def run():
        y, t, V = rest.state, [], []
        for a, b, I in ((0.0, 1.0, 10.0), (1.0, DURATION, 0.0)):
            def rate(_, y, I=I):
                axon.kernel.derivative(y, rest.parameters, I, out)
                return out.copy()

            piece = solve_ivp(rate, (a, b), y, "LSODA", rtol=1e-6, atol=1e-6, t_eval=np.arange(a, b, DT))
            y = piece.y[:, -1]
            t.append(piece.t)
            V.append(piece.y[0])
        return np.concatenate(t), np.concatenate(V)

    return run


def neuron_axon(variable):
    """NEURON, with its fixed step (its default, exact rates) or CVODE at atol 1e-6; None where it is not installed."""
    if importlib.util.find_spec("neuron") is None:
        return None
    from neuron import h

    h.load_file("stdrun.hoc")
    section = h.Section(name=f"patch{variable}")
    section.L = section.diam = 20.0
    section.insert("hh")
    section(0.5).hh.el = -54.387
    h.usetable_hh = 0
    h.celsius = 6.3
    clamp = h.IClamp(section(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.0, 1.0, 10.0 * section(0.5).area() * 1e-5
    solver = h.CVode()
    t, V = h.Vector().record(h._ref_t), h.Vector().record(section(0.5)._ref_v)
    rest = float(find_rest(cells.squid_axon).V)

    def run():
        solver.active(variable)
        if variable:
            solver.atol(1e-6)
        h.dt, h.steps_per_ms = DT, round(1.0 / DT)
        h.finitialize(rest)
        h.continuerun(DURATION)
        return np.array(t), np.array(V)

    run.keep = section, clamp  # NEURON forgets what Python does not hold
    return run


def brian_model(amplitudes, duration):
    """A Brian2 network of one axon for each amplitude of a pulse (1 ms) or step; None where it is not installed."""
    if importlib.util.find_spec("brian2") is None:
        return None
    import brian2 as b

    b.prefs.codegen.target = "cython"
    rest = find_rest(cells.squid_axon).state
    model = """
    dV/dt = (I - 120*m**3*h*(V - 50) - 36*n**4*(V + 77) - 0.3*(V + 54.387))/ms : 1
    I = amplitude*int(t < until*ms) : 1
    dm/dt = (am*(1 - m) - bm*m)/ms : 1
    dh/dt = (ah*(1 - h) - bh*h)/ms : 1
    dn/dt = (an*(1 - n) - bn*n)/ms : 1
    am = 1/exprel(-(V + 40)/10) : 1
    bm = 4*exp(-(V + 65)/18) : 1
    ah = 0.07*exp(-(V + 65)/20) : 1
    bh = 1/(1 + exp(-(V + 35)/10)) : 1
    an = 0.1/exprel(-(V + 55)/10) : 1
    bn = 0.125*exp(-(V + 65)/80) : 1
    amplitude : 1 (constant)
    until : 1 (constant)
    """
    group = b.NeuronGroup(len(amplitudes), model, method="exponential_euler", threshold="V > 0", refractory="V > 0",
                          dt=DT * b.ms)
    group.amplitude, group.until = amplitudes, 1.0 if len(amplitudes) == 1 else duration
    watch = b.StateMonitor(group, "V", record=[0]) if len(amplitudes) == 1 else b.SpikeMonitor(group)
    network = b.Network(group, watch)
    network.store()

    def run():
        network.restore()
        group.V, group.m, group.h, group.n = rest
        network.run(duration * b.ms)
        if len(amplitudes) == 1:
            return np.array(watch.t / b.ms), np.array(watch.V[0])
        trains = watch.spike_trains()
        return np.array([rate_of(np.array(trains[i] / b.ms)) for i in range(len(amplitudes))])

    return run


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
      const n = {STEPS + 1}, times = Float64Array.from({{length: n}}, (_, i) => i * {DT});
      const samples = new Float64Array(4 * n), crossings = new Float64Array(1);
      const stimulus = new Float64Array({pulse(10.0, 1.0).flat.tolist()});
      function batch() {{
        for (let i = 0; i < {batch}; i++)
          {integrate}(start.slice(), p, stimulus, 2, 0, {DURATION}, times, n, samples, crossings, 1, Infinity, {DT});
        return 0;
      }}""")
    return lambda: engine.eval("batch()")


def sweep_amplitudes():
    return np.linspace(0.0, 40.0, AXONS)


def rate_of(times):
    """Firing rate in Hz from spike times in ms, as the library has it: intervals over the whole run."""
    return 1e3 * (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


def sweep(dt):
    """Firing rates of a thousand axons, each on a step of its own, by the library."""
    return lambda: firing_rates(cells.squid_axon, sweep_amplitudes(), 0.0, SWEEP_DURATION, dt=dt)


def memory(run):
    """Largest memory that a run allocates, MB."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def measure():
    """Rows of (name, value, unit, ratio to the library); ratio is None where there is nothing to compare."""
    ours = neurolib_axon()
    base, trace = best(ours, 40)
    rows = [("one axon, 50 ms, dt 0.01: neurolib under Numba", base, "ms", 1.0)]
    rows += [("  its error at the peak", value, unit, None)
             for value, unit in zip(peak_errors(*trace), ("mV", "ms"), strict=True)]
    rows.append(("  memory of a run that keeps V and gates at every step", memory(neurolib_axon()) + 4e-5 * STEPS, "MB",
                 None))
    table_time, table_trace, table_shift = gate_tables.measure(best, ours)
    rows.append(("  with gate tables of 0.1 mV in place of rates", table_time, "ms", table_time / base))
    rows.append(("    error at the peak", peak_errors(*table_trace)[0], "mV", None))
    rows.append(("    largest shift of a spike", table_shift, "ms", None))
    peers = [("C with cc -O3, the same scheme", c_axon(), 40), ("SciPy LSODA, rtol 1e-6", lsoda_axon(), 3),
             ("NEURON, fixed step", neuron_axon(0), 5), ("NEURON, CVODE atol 1e-6", neuron_axon(1), 5),
             ("Brian2, exponential Euler", brian_model(np.array([10.0]), DURATION), 2)]
    for name, run, repeats in peers:
        if run is not None:
            elapsed, result = best(run, repeats)
            rows.append((f"one axon: {name}", elapsed, "ms", elapsed / base))
            error = peak_errors(*result)
            rows += [("  its error at the peak", error[0], "mV", None), ("", error[1], "ms", None)]
    batch = 20
    in_v8 = v8_axon(batch)
    if in_v8 is not None:
        in_v8 = best(in_v8, 8)[0] / batch
        rows.append(("one axon: the same kernel in V8", in_v8, "ms", in_v8 / base))
    return rows + measure_sweep()


def measure_sweep():
    """Rows for the f-I sweep. The ratio is to the library at the step that still has a smaller error than Brian2's."""
    exact = firing_rates(cells.squid_axon, sweep_amplitudes()[::50], 0.0, SWEEP_DURATION, dt=0.001)
    steady = exact > 45.0  # leaves out single spikes

    def error(rates):
        return 100.0 * np.abs(rates[::50][steady] / exact[steady] - 1.0).max()

    swept, rates = best(sweep(COARSE), 4)
    same, same_rates = best(sweep(DT), 2)
    name = f"f-I sweep, {AXONS} axons, {SWEEP_DURATION:g} ms: neurolib, dt"
    rows = [(f"{name} {COARSE}", swept, "ms", 1.0), ("  largest error of a rate", error(rates), "%", None),
            (f"{name} {DT}", same, "ms", same / swept), ("  largest error of a rate", error(same_rates), "%", None)]
    brian = brian_model(sweep_amplitudes(), SWEEP_DURATION)
    if brian is not None:
        elapsed, rates = best(brian, 2)
        rows += [(f"f-I sweep: Brian2, exponential Euler, dt {DT}", elapsed, "ms", elapsed / swept),
                 ("  largest error of a rate", error(rates), "%", None)]
    return rows


def show(rows):
    """Print the rows as a table."""
    for name, value, unit, ratio in rows:
        print(f"{name:<72}{value:>12.4g} {unit:<4}{'' if ratio is None else f'{ratio:>9.2f} x'}")


if __name__ == "__main__":
    show(measure())
    sys.exit(0)
