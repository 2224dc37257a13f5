"""The fixed part of what is built on a cell's ``integrate``: searches for a threshold, sweeps, and a cable.

Markers as in :mod:`neurolib.kernel.template`.
"""

SEARCHES = '''

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

CABLE = '''

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
'''
