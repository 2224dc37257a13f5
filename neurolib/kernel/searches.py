"""Searches that stand on a cell's ``integrate``: whether it fires, its threshold, its firing rates.

Text of the module of every cell (see :mod:`neurolib.kernel.build`); imported as it is, it works on the cell of
:mod:`neurolib.kernel.reference`.
"""

from neurolib.kernel.reference import put, take
from neurolib.kernel.scheme import integrate
from neurolib.portable import math, portable


@portable
def fires(p, start, state, stimulus, probe, trial, rows, count_from, t_end, level, amplitude, dt, spare):
    """1 if stimulus + amplitude * probe, from ``start`` at 0 ms, drives V up through ``level`` after ``count_from``.

    ``probe`` has the form of ``stimulus`` and the same times. Room to work in: ``state``, ``trial`` (3 * rows),
    ``spare`` (1 number). Returns 0 otherwise.
    """
    V, gates, Ca = take(start, 1, 0)
    put(state, 1, 0, V, gates, Ca)
    for i in range(rows):
        trial[3 * i] = stimulus[3 * i]
        trial[3 * i + 1] = stimulus[3 * i + 1] + amplitude * probe[3 * i + 1]
        trial[3 * i + 2] = stimulus[3 * i + 2] + amplitude * probe[3 * i + 2]
    if count_from > 0.0:
        integrate(state, p, trial, rows, 0.0, count_from, spare, 0, spare, spare, 1, math.inf, dt)
    _t_failed, count = integrate(state, p, trial, rows, count_from, t_end, spare, 0, spare, spare, 1, level, dt)
    return count


@portable
def threshold(p, start, state, stimulus, probe, trial, rows, count_from, t_end, level, low, high, tolerance, dt, spare):
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
        V, gates, Ca = take(start, 1, 0)
        put(state, 1, 0, V, gates, Ca)
        trial[0] = 0.0
        trial[1] = amplitudes[k]
        trial[2] = 0.0
        out[k] = 0.0
        integrate(state, p, trial, 1, 0.0, t_discard, trial, 0, trial, crossings, 1, math.inf, dt)
        _t_failed, count = integrate(state, p, trial, 1, t_discard, t_end, trial, 0, trial, crossings, capacity, level, dt)
        if count > 1:
            out[k] = 1000.0 * (count - 1.0) / (crossings[count - 1] - crossings[0])
