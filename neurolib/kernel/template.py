"""The fixed part of a cell's kernels. A line ``@@NAME`` stands for what :mod:`neurolib.kernel.write` writes for the cell.

A stimulus is an array of rows (time, current, slope) of three numbers: from ``time`` on, until the next row, the
current is ``current + slope * (t - time)``; before the first row it is 0. A voltage command has the same form.
"""

CORE = '''"""Kernels of {name}, written by neurolib.kernel.write. Do not edit: change the cell."""

import math

from neurolib.portable import exprel, portable


@portable
def defaults(p):
    """Fill ``p`` with the cell's parameters."""
    @@DEFAULTS


@portable
def steady_state(V, p, state):
    """Fill ``state`` with V and the gates and calcium that are steady at V."""
    @@LOAD
    @@STEADY
    @@STORE


@portable
def steady_current(V, p, state):
    """Fill ``state`` as ``steady_state`` does; returns the sum of the currents there, µA/cm²."""
    steady_state(V, p, state)
    @@LOAD
    @@STATE
    @@CURRENT
    return I_ion


@portable
def rest(p, I_stim, state):
    """Lowest voltage at which the steady current rises through ``I_stim``; fills ``state``, returns V.

    Scans upwards from -200 mV by 1 mV, then halves the interval until no double is left between its ends.
    Returns nan if there is no such voltage below 200 mV; ``state`` then has no meaning.
    """
    low = -200.0
    I_low = steady_current(low, p, state) - I_stim
    high = low
    I_high = I_low
    while high < 200.0:
        low = high
        I_low = I_high
        high = low + 1.0
        I_high = steady_current(high, p, state) - I_stim
        if I_low <= 0.0 and I_high > 0.0:
            break
    if not (I_low <= 0.0 and I_high > 0.0):
        return math.nan
    for halving in range(100):
        V = 0.5 * (low + high)
        if V <= low or V >= high:
            break
        if steady_current(V, p, state) - I_stim > 0.0:
            high = V
        else:
            low = V
    if steady_current(high, p, state) + steady_current(low, p, state) < 2.0 * I_stim:
        low = high
    steady_state(low, p, state)
    return low


@portable
def derivative(state, p, I_stim, out):
    """Fill ``out`` with the time derivatives of the states, per ms."""
    @@LOAD
    @@SPEEDS
    @@STATE
    @@DERIVATIVES


@portable
def integrate(state, p, stimulus, rows, t_start, t_end, times, n_times, samples, crossings, capacity, level, dt):
    """Run the cell from ``state`` at ``t_start`` to ``t_end``; leave the last state in ``state``.

    Sample i of state j at ``times[i]`` goes to ``samples[j * n_times + i]``. Upward crossings of ``level`` are written
    to ``crossings``; the run stops early when ``capacity`` of them have been found. Steps are at most ``dt`` and end on
    every sample time and every row of the stimulus. Returns (t_failed, count): ``t_failed`` is -1, or the time
    at which V left -250 to 250 mV.
    """
    @@LOAD
    @@SPEEDS
    @@STATE
    t = t_start
    taken = 0
    row = 0
    count = 0
    t_failed = -1.0
    h = 0.0
    running = 1
    while running == 1:
        while taken < n_times and times[taken] <= t:
            @@SAMPLE
            taken = taken + 1
        if t >= t_end:
            break
        while row < rows and stimulus[3 * row] <= t:
            row = row + 1
        I_start = 0.0
        I_slope = 0.0
        if row > 0:
            I_slope = stimulus[3 * row - 1]
            I_start = stimulus[3 * row - 2] + I_slope * (t - stimulus[3 * row - 3])
        t_next = t_end
        if taken < n_times:
            t_next = min(t_next, times[taken])
        if row < rows:
            t_next = min(t_next, stimulus[3 * row])
        steps = max(1, int(math.ceil((t_next - t) / dt - 1e-9)))
        if abs((t_next - t) / steps - h) > 1e-9 * h:
            h = (t_next - t) / steps
            half = 0.5 * h
            @@RATES
        for step in range(steps):
            @@GATES
            @@CALCIUM
            I_stim = I_start + I_slope * (step + 0.5) * h
            V_before = V
            @@VOLTAGE
            @@CALCIUM
            @@RATES
            @@GATES
            if V_before < level and V >= level:
                crossings[count] = t + h * (step + (level - V_before) / (V - V_before))
                count = count + 1
                if count >= capacity:
                    running = 0
                    break
            if not (V >= -250.0 and V <= 250.0):
                t_failed = t + h * (step + 1.0)
                running = 0
                break
        t = t_next
    @@STORE
    return t_failed, count


@portable
def clamp(state, p, command, rows, t_start, t_end, times, n_times, samples, dt):
    """Hold V at ``command`` and let the gates follow; samples as in ``integrate``.

    At a constant V, and without a calcium pool, the gates are exact exponentials and ``dt`` plays no part.
    Before the first row V is that of ``state``. A sample at the time of a jump is taken before it.
    """
    @@LOAD
    @@SPEEDS
    @@STATE
    t = t_start
    taken = 0
    row = 0
    half = 0.0
    running = 1
    while running == 1:
        while taken < n_times and times[taken] <= t:
            @@SAMPLE
            taken = taken + 1
        if t >= t_end:
            break
        while row < rows and command[3 * row] <= t:
            row = row + 1
        V_start = V
        V_slope = 0.0
        if row > 0:
            V_slope = command[3 * row - 1]
            V_start = command[3 * row - 2] + V_slope * (t - command[3 * row - 3])
        t_next = t_end
        if taken < n_times:
            t_next = min(t_next, times[taken])
        if row < rows:
            t_next = min(t_next, command[3 * row])
        steps = 1
        if V_slope != 0.0 or {exact} == 0:
            steps = max(1, int(math.ceil((t_next - t) / dt - 1e-9)))
        half = 0.5 * (t_next - t) / steps
        for step in range(steps):
            V = V_start + V_slope * (2 * step + 1) * half
            @@CALCIUM
            @@RATES
            @@GATES
            @@GATES
            @@CALCIUM
        V = V_start + V_slope * (t_next - t)
        t = t_next
    @@STORE
    return 0


@portable
def channel_currents(p, samples, n, conductances, currents):
    """Conductance and current of channel k at sample i, at ``[k * n + i]``, from the samples of ``integrate``."""
    @@LOAD
    for i in range(n):
        @@SAMPLED
        @@TABLE
'''
