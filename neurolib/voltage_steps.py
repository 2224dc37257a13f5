"""What voltage-clamp experiments measure: peak currents, availability (h∞) by prepulses, and recovery."""

import numpy as np
from scipy.optimize import curve_fit

from neurolib.checks import require_array, require_positive
from neurolib.protocols import levels
from neurolib.simulate import voltage_clamp
from neurolib.spikes import index_of_maximum, vertex


def peak_current(trace, channel, after=0.0):
    """Time after ``after`` ms, and value, of the current of largest size through ``channel``: (ms, µA/cm²)."""
    I, t = trace.current(channel), trace.time
    first = int(np.searchsorted(t, after, side="right"))
    size = np.abs(I)
    i = index_of_maximum(size, first, len(size))
    t_peak, peak = vertex(t, I, i, len(I)) if i > first else (t[i], I[i])
    return float(t_peak - after), float(peak)


def peak_currents(cell, voltages, channel="Na", holding=-65.0, duration=10.0, sample_every=0.005, **changes):
    """Peak current through ``channel`` at each of ``voltages`` (mV), from ``holding``: times (ms) and µA/cm²."""
    traces = [voltage_clamp(cell, _to(v), duration, sample_every=sample_every,
                            holding=holding, **changes) for v in require_array("voltages", voltages, "mV")]
    found = np.array([peak_current(trace, channel) for trace in traces])
    return found[:, 0], found[:, 1]


def availability(cell, prepulses, gate="h", channel="Na", holding=-65.0, test=-21.0, duration=50.0, reference=-140.0,
                 **changes):
    """The two-pulse experiment of Hodgkin & Huxley 1952: how many channels a prepulse leaves available.

    From ``holding``, each of ``prepulses`` (mV) is held for ``duration`` ms and followed at once by ``test``. Returns
    (gate at the end of the prepulse, ratio of the peak test current to that after ``reference``); both arrays. The
    ratio is not the gate: a depolarised prepulse has activated m beforehand, so fit ratios at −50 mV and below only.
    """
    def run(prepulse):
        trace = voltage_clamp(cell, levels([prepulse, test], [duration]), duration + 5.0, sample_every=0.005,
                              holding=holding, **changes)
        return trace[gate][np.searchsorted(trace.time, duration + 1e-9) - 1], peak_current(trace, channel, duration)[1]

    control = run(reference)[1]
    found = np.array([run(prepulse) for prepulse in require_array("prepulses", prepulses, "mV")])
    return found[:, 0], found[:, 1] / control


def recovery(cell, voltage, times, gate="h", before=-21.0, before_duration=20.0, holding=-65.0, **changes):
    """``gate`` at ``times`` ms after a step from ``before`` to ``voltage`` mV: how inactivation is removed; an array.

    ``before`` lasts ``before_duration`` ms from a steady state at ``holding``.
    """
    times = require_array("times", times, "ms")
    before_duration = require_positive("before_duration", before_duration, "ms")
    first = voltage_clamp(cell, levels([before, voltage], [before_duration]), before_duration,
                          sample_every=before_duration, holding=holding, **changes)
    start = first.samples[:, -1]
    return np.array([
        voltage_clamp(cell, _to(voltage), t, sample_every=t, start=start, **changes)[gate][-1] if t > 0.0
        else start[cell.state_index(gate)] for t in times
    ])


def boltzmann(V, V_half, slope):
    """1/(1 + e^{(V − V_half)/slope}): half at ``V_half`` mV, falling with V for a positive ``slope`` (mV)."""
    return 1.0 / (1.0 + np.exp((np.asarray(V) - V_half) / slope))


def fit_boltzmann(V, values):
    """``(V_half, slope)`` in mV of the :func:`boltzmann` curve nearest to ``values`` at ``V``, by least squares.

    Raises ``ValueError`` for fewer than three points or lengths that differ.
    """
    V, values = require_array("V", V, "mV"), require_array("values", values)
    if len(V) != len(values) or len(V) < 3:
        raise ValueError(f"values: {len(values)} for {len(V)} voltages; there have to be as many, at least three")
    guess = V[np.argmin(np.abs(values - 0.5))], 7.0
    (V_half, slope), _ = curve_fit(boltzmann, V, values, p0=guess)
    return float(V_half), float(slope)


def _to(voltage):
    return levels([float(voltage), float(voltage)], [1.0])
