"""A cable of segments of one cell.

Text of the module of every cell (see :mod:`neurolib.kernel.build`); imported as it is, it works on the cell of
:mod:`neurolib.kernel.reference`.
"""

from neurolib.kernel.calcium import move_calcium
from neurolib.kernel.reference import C_M, current_and_slope, gains, move_gates, put, rates, speeds, take
from neurolib.portable import math, portable


@portable
def cable(
    states, p, n, axial, electrodes, count, steps, every, h, V_samples, probe, probed, passage, level, diagonal, right
):
    """Run ``n`` segments of the cell in a row, coupled by ``axial`` mS/cm2, for ``steps`` steps of exactly ``h`` ms.

    State j of segment c at ``states[j * n + c]``. ``electrodes``: ``count`` groups of five numbers, (first segment,
    one after the last, onset, duration, current in uA/cm2); edges act to the nearest step. Every ``every`` steps V of
    segment c goes to ``V_samples[c * taken_max + taken]`` and state j of segment ``probe`` to
    ``probed[j * taken_max + taken]``, with taken_max = steps / every + 1 samples. ``passage[c]``: time of the first
    upward crossing of ``level``, or -1. Room to work in: ``diagonal``, ``right`` (n numbers each). Sealed ends.
    The voltage step is Crank-Nicolson over the tridiagonal system; with half gate steps around it, second order.
    Returns -1, or the time at which some V left -250 to 250 mV.
    """
    C_m = p[C_M]
    speed = speeds(p)
    half = 0.5 * h
    taken_max = math.floor(steps / every + 1e-9) + 1
    taken = 0
    for c in range(n):
        passage[c] = -1.0
    for step in range(steps + 1):
        sample = 0
        if step == taken * every:
            sample = 1
        t = h * (step + 0.5)
        for c in range(n):
            V, gates, Ca = take(states, n, c)
            if step > 0:
                Ca = move_calcium(V, gates, Ca, p, half)
            rate = rates(V, Ca, p)
            gain = gains(rate, speed, half)
            if step > 0:
                gates = move_gates(gates, rate, gain)
            if sample == 1:
                V_samples[c * taken_max + taken] = V
                if c == probe:
                    put(probed, taken_max, taken, V, gates, Ca)
            if step < steps:
                gates = move_gates(gates, rate, gain)
                Ca = move_calcium(V, gates, Ca, p, half)
                I_ion, slope = current_and_slope(V, gates, Ca, p)
                neighbours = 0.0
                flow = 0.0
                if c > 0:
                    neighbours = neighbours + 1.0
                    flow = flow + states[c - 1] - V
                if c < n - 1:
                    neighbours = neighbours + 1.0
                    flow = flow + states[c + 1] - V
                I_stim = 0.0
                for k in range(count):
                    if c >= electrodes[5 * k] and c < electrodes[5 * k + 1]:
                        if t >= electrodes[5 * k + 2] and t < electrodes[5 * k + 2] + electrodes[5 * k + 3]:
                            I_stim = I_stim + electrodes[5 * k + 4]
                diagonal[c] = C_m / h + 0.5 * slope + 0.5 * axial * neighbours
                right[c] = I_stim - I_ion + axial * flow
            put(states, n, c, V, gates, Ca)
        if sample == 1:
            taken = taken + 1
        if step == steps:
            break
        for c in range(1, n):
            factor = -0.5 * axial / diagonal[c - 1]
            diagonal[c] = diagonal[c] + 0.5 * axial * factor
            right[c] = right[c] - factor * right[c - 1]
        for back in range(n):
            if back > 0:
                right[n - 1 - back] = right[n - 1 - back] + 0.5 * axial * right[n - back]
            right[n - 1 - back] = right[n - 1 - back] / diagonal[n - 1 - back]
        for c in range(n):
            V = states[c]
            if passage[c] < 0.0 and V < level and V + right[c] >= level:
                passage[c] = h * (step + (level - V) / right[c])
            states[c] = V + right[c]
            if not (states[c] >= -250.0 and states[c] <= 250.0):
                return h * (step + 1.0)
    return -1.0
