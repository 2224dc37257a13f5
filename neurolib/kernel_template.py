"""The fixed part of a cell's kernels. A line ``@@NAME`` stands for what :mod:`neurolib.codegen` writes for the cell.

A stimulus is an array of rows (time, current, slope) of three numbers: from ``time`` on, until the next row, the
current is ``current + slope * (t - time)``; before the first row it is 0. A voltage command has the same form.
"""

TEMPLATE = '''"""Kernels of {name}, written by neurolib.codegen. Do not edit: change the cell."""

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
def steady_current(V, p):
    """Sum of the currents with all gates and calcium steady at V, µA/cm²."""
    @@LOAD
    @@STEADY
    @@CURRENT
    return I_ion


@portable
def rest(p, I_stim, state):
    """Lowest voltage at which the steady current rises through ``I_stim``; fills ``state``, returns V.

    Scans upwards from -200 mV by 1 mV, then halves the interval until no double is left between its ends.
    Returns nan, with ``state`` untouched, if there is no such voltage below 200 mV.
    """
    low = -200.0
    I_low = steady_current(low, p) - I_stim
    high = low
    I_high = I_low
    while high < 200.0:
        low = high
        I_low = I_high
        high = low + 1.0
        I_high = steady_current(high, p) - I_stim
        if I_low <= 0.0 and I_high > 0.0:
            break
    if not (I_low <= 0.0 and I_high > 0.0):
        return math.nan
    for halving in range(100):
        V = 0.5 * (low + high)
        if V <= low or V >= high:
            break
        if steady_current(V, p) - I_stim > 0.0:
            high = V
        else:
            low = V
    if steady_current(high, p) + steady_current(low, p) < 2.0 * I_stim:
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
    @@LOAD
    @@SPEEDS
    half = 0.5 * h
    taken_max = int(math.floor(steps / every + 1e-9)) + 1
    taken = 0
    for c in range(n):
        passage[c] = -1.0
    for step in range(steps + 1):
        sample = 0
        if step == taken * every:
            sample = 1
        t = h * (step + 0.5)
        for c in range(n):
            @@AT_SITE
            @@RATES
            if step > 0:
                @@CALCIUM
                @@GATES
            if sample == 1:
                V_samples[c * taken_max + taken] = V
                if c == probe:
                    @@PROBED
            if step < steps:
                @@GATES
                @@CALCIUM
                @@SLOPE
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
            @@TO_SITE
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


@portable
def channel_currents(p, samples, n, conductances, currents):
    """Conductance and current of channel k at sample i, at ``[k * n + i]``, from the samples of ``integrate``."""
    @@LOAD
    for i in range(n):
        @@SAMPLED
        @@TABLE


@portable
def fires(p, start, state, stimulus, probe, trial, rows, count_from, t_end, level, amplitude, dt, spare):
    """1 if stimulus + amplitude * probe, from ``start`` at 0 ms, drives V up through ``level`` after ``count_from``.

    ``probe`` has the form of ``stimulus`` and the same times. Room to work in: ``state``, ``trial`` (3 * rows),
    ``spare`` (1 number). Returns 0 otherwise.
    """
    for i in range({states}):
        state[i] = start[i]
    for i in range(rows):
        trial[3 * i] = stimulus[3 * i]
        trial[3 * i + 1] = stimulus[3 * i + 1] + amplitude * probe[3 * i + 1]
        trial[3 * i + 2] = stimulus[3 * i + 2] + amplitude * probe[3 * i + 2]
    if count_from > 0.0:
        integrate(state, p, trial, rows, 0.0, count_from, spare, 0, spare, spare, 1, math.inf, dt)
    t_failed, count = integrate(state, p, trial, rows, count_from, t_end, spare, 0, spare, spare, 1, level, dt)
    return count


@portable
def threshold(
    p, start, state, stimulus, probe, trial, rows, count_from, t_end, level, low, high, tolerance, dt, spare
):
    """Smallest amplitude between ``low`` and ``high`` that :func:`fires`, by bisection.

    Ends when high - low <= tolerance * |high| and returns high; nan if ``high`` itself does not fire.
    Assumes that what fires at one amplitude fires at those beyond it; ``low`` may be above ``high``.
    """
    if fires(p, start, state, stimulus, probe, trial, rows, count_from, t_end, level, high, dt, spare) == 0:
        return math.nan
    while abs(high - low) > tolerance * abs(high):
        middle = 0.5 * (low + high)
        if fires(p, start, state, stimulus, probe, trial, rows, count_from, t_end, level, middle, dt, spare) == 1:
            high = middle
        else:
            low = middle
    return high


@portable
def frequencies(p, start, state, amplitudes, n, t_discard, t_end, level, dt, trial, crossings, capacity, out):
    """Firing rate in Hz, to ``out``, during each of ``n`` steps of current that begin at 0 ms at ``start``.

    Intervals between upward crossings of ``level`` after ``t_discard``; 0 where there are fewer than two.
    Room to work in: ``state``, ``trial`` (3 numbers), ``crossings`` (``capacity`` numbers, at least 1).
    """
    for k in range(n):
        for i in range({states}):
            state[i] = start[i]
        trial[0] = 0.0
        trial[1] = amplitudes[k]
        trial[2] = 0.0
        out[k] = 0.0
        integrate(state, p, trial, 1, 0.0, t_discard, trial, 0, trial, crossings, 1, math.inf, dt)
        t_failed, count = integrate(
            state, p, trial, 1, t_discard, t_end, trial, 0, trial, crossings, capacity, level, dt
        )
        if count > 1:
            out[k] = 1000.0 * (count - 1.0) / (crossings[count - 1] - crossings[0])
'''
