"""The solver against its peers, each at its best and at equal accuracy: one squid axon, and a thousand.

Every row has a time and an error. A ratio stands only beside a peer's row, and says how many times longer the peer takes than
the library at the coarsest of its steps whose error is no larger. Times are processor times, all in this one process and in
turn, best of several rounds, so that a busy machine matters less; the library's thousand are on all cores, in equal
parts, and their time is that of one core, which is the time by the clock on a machine that does nothing else.
The error of the axon is that of its peak, in mV and in ms, against :data:`PEAK`, the reference of golden.json; that of
the thousand is the largest of a firing rate above 45 Hz, in per cent, against runs at a step of 0.001 ms.
"""

import os
import sys
import time
import tracemalloc

import numpy as np

from benchmarks import gate_tables, peers
from neurolib import cells, lockstep
from neurolib.excitability import firing_rates
from neurolib.spikes import index_of_maximum, vertex

PEAK = 39.06694130395185, 2.513824325098744  # mV, ms
OWN = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.1)  # ms: steps of the library


def in_turn(runs, rounds, clock=time.process_time):
    """Best time of each of ``runs`` in ms, timed in turn, in batches of 20 ms; and what each returned."""
    results, batches, best = [], [], [np.inf] * len(runs)
    for run in runs:
        run()  # compiles
        start = clock()
        results.append(run())
        batches.append(max(1, int(0.02 / max(1e-6, clock() - start))))
    for _ in range(rounds):
        for i, (run, batch) in enumerate(zip(runs, batches, strict=True)):
            start = clock()
            for _ in range(batch):
                run()
            best[i] = min(best[i], 1e3 * (clock() - start) / batch)
    return best, results


def peak_errors(t, V):
    """Sizes of the errors of the peak's voltage (mV) and time (ms)."""
    t, V = np.ascontiguousarray(t, dtype=float), np.ascontiguousarray(V, dtype=float)
    t_peak, V_peak = vertex(t, V, index_of_maximum(V, 0, len(V)), len(V))
    return abs(V_peak - PEAK[0]), abs(t_peak - PEAK[1])


def ratio(elapsed, error, own):
    """How many times ``elapsed`` is of the fastest of ``own``, (time, error) pairs, that errs no more; None if none does."""
    equal = [t for t, e in own if all(a <= b for a, b in zip(e, error, strict=True))]
    return elapsed / min(equal) if equal else None


def measure_axon(rounds=7):
    """Rows of (name, ms, errors, ratio) for one axon."""
    table_time, table_trace, _ = gate_tables.measure(lambda run, n: (in_turn([run], n)[0][0], run()),
                                                     peers.neurolib_axon(0.01))
    runs = [(f"neurolib, dt {dt}", peers.neurolib_axon(dt)) for dt in OWN]
    others = [("C with cc -O3, the same scheme, dt 0.01", peers.c_axon())]
    others += [(f"SciPy {name}, tolerance {tolerance:g}", peers.scipy_axon(name, tolerance))
               for name in ("odeint", "solve_ivp") for tolerance in (1e-4, 1e-6, 1e-8)]
    others += [(f"NEURON, implicit Euler, dt {dt}{', tables' * tables}", peers.neuron_axon(dt, tables=tables))
               for dt, tables in ((0.01, 0), (0.01, 1), (0.0025, 1))]
    others += [(f"NEURON, Crank-Nicolson, dt {dt}{', tables' * tables}", peers.neuron_axon(dt, second_order=2, tables=tables))
               for dt, tables in ((0.01, 0), (0.01, 1))]
    others += [(f"NEURON, CVODE, atol {atol:g}", peers.neuron_axon(atol=atol)) for atol in (1e-2, 1e-4, 1e-6)]
    others = [(name, run) for name, run in others if run is not None]
    times, results = in_turn([run for _, run in runs + others], rounds)
    own = [(t, peak_errors(*result)) for t, result in zip(times, results, strict=True)][: len(runs)]
    rows = [(name, t, error, None) for (name, _), (t, error) in zip(runs, own, strict=True)]
    rows.append(("neurolib's scheme with gate tables, dt 0.01", table_time, peak_errors(*table_trace), None))
    for (name, _), t, result in list(zip(runs + others, times, results, strict=True))[len(runs) :]:
        rows.append((name, t, peak_errors(*result), ratio(t, peak_errors(*result), own)))
    for method, dt in (("exponential_euler", 0.01), ("rk2", 0.01), ("rk2", 0.025), ("rk4", 0.025)):
        run, prepare = peers.brian_axons(np.array([peers.AMPLITUDE]), peers.DURATION, method, dt)
        if run is not None:
            (whole, generation), (result, _) = in_turn([run, prepare], 3)
            rows.append((f"Brian2, {method}, dt {dt}, its {generation:.0f} ms of code generation apart", whole - generation,
                         peak_errors(*result), ratio(whole - generation, peak_errors(*result), own)))
    batch = 20
    in_v8 = peers.v8_axon(batch)
    if in_v8 is not None:
        rows.append(("the same kernel in V8, dt 0.01", in_turn([in_v8], rounds)[0][0] / batch, own[OWN.index(0.01)][1], None))
    return rows


def memory(run):
    """Largest memory that a run allocates, MB."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def measure_sweep(rounds=7):
    """Rows of (name, ms, errors, ratio) for the thousand axons."""
    exact = np.array([firing_rates(cells.squid_axon, [amplitude], 0.0, peers.SWEEP, dt=0.001)[0]
                      for amplitude in peers.amplitudes()[::50]])
    steady = exact > 45.0  # leaves out single spikes

    def error(rates):
        return (100.0 * np.abs(rates[::50][steady] / exact[steady] - 1.0).max(),)

    cores, steps = os.cpu_count(), (0.004, 0.009, 0.015, 0.025, 0.045, 0.1)
    runs = [lambda dt=dt: firing_rates(cells.squid_axon, peers.amplitudes(), 0.0, peers.SWEEP, dt=dt) for dt in steps]
    times, results = in_turn(runs, rounds)
    own = [(t / cores, error(result)) for t, result in zip(times, results, strict=True)]
    rows = [(f"neurolib, dt {dt}, {cores} cores, {memory(runs[0]):.1f} MB", t, e, None)
            for dt, (t, e) in zip(steps, own, strict=True)]
    others = [("exponential_euler", 0.01), *(("rk2", dt) for dt in (0.01, 0.025, 0.05)), *(("rk4", dt) for dt in (0.025, 0.05))]
    for method, dt in others:
        run, prepare = peers.brian_axons(peers.amplitudes(), peers.SWEEP, method, dt)
        if run is not None:
            (whole, generation), (rates, _) = in_turn([run, prepare], 3)
            rows.append((f"Brian2, {method}, dt {dt}, 1 core, its {generation:.0f} ms of code generation apart",
                         whole - generation, error(rates), ratio(whole - generation, error(rates), own)))
    return rows


def show():
    """Measure, and print both tables."""
    print(f"\none axon, {peers.DURATION:g} ms")
    print(f"{'':<78}{'ms':>9}{'peak, mV':>12}{'peak, ms':>12}{'at equal error':>16}")
    for name, elapsed, errors, times in measure_axon():
        print(f"{name:<78}{elapsed:>9.3g}{errors[0]:>12.2g}{errors[1]:>12.2g}{'' if times is None else f'{times:.1f} x':>16}")
    print(f"\n{peers.AXONS} axons, {peers.SWEEP:g} ms, times of spikes; blocks of {lockstep.BLOCK}")
    print(f"{'':<78}{'ms':>9}{'rate, %':>12}{'at equal error':>16}")
    for name, elapsed, errors, times in measure_sweep():
        print(f"{name:<78}{elapsed:>9.4g}{errors[0]:>12.2g}{'' if times is None else f'{times:.1f} x':>16}")


if __name__ == "__main__":
    show()
    sys.exit(0)
