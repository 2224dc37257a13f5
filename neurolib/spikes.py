"""Read the spikes off a trace: pure functions on times and voltages, then one record per spike."""

import math
from dataclasses import dataclass

import numpy as np

from neurolib.portable import portable


@portable
def index_of_maximum(V, first, last):
    """Index of the largest of V[first] … V[last − 1]."""
    best = first
    for i in range(first, last):
        if V[i] > V[best]:
            best = i
    return best


@portable
def index_of_minimum(V, first, last):
    """Index of the smallest of V[first] … V[last − 1]."""
    best = first
    for i in range(first, last):
        if V[i] < V[best]:
            best = i
    return best


@portable
def vertex(t, V, i, n):
    """Time and value of the extremum near sample i of n: the vertex of the parabola through it and its neighbours."""
    if i < 1 or i > n - 2:
        return t[i], V[i]
    left = (V[i] - V[i - 1]) / (t[i] - t[i - 1])
    right = (V[i + 1] - V[i]) / (t[i + 1] - t[i])
    curvature = (right - left) / (t[i + 1] - t[i - 1])
    if curvature == 0.0:
        return t[i], V[i]
    slope = left + curvature * (t[i] - t[i - 1])
    shift = -0.5 * slope / curvature
    if t[i] + shift < t[i - 1] or t[i] + shift > t[i + 1]:
        return t[i], V[i]
    return t[i] + shift, V[i] + 0.5 * slope * shift


@portable
def crossing(t, V, first, last, level, direction):
    """Time at which V, between samples ``first`` and ``last`` − 1, first passes ``level`` upwards (direction 1) or
    downwards (−1), by linear interpolation; nan if it does not."""
    for i in range(first, last - 1):
        a = (V[i] - level) * direction
        b = (V[i + 1] - level) * direction
        if a < 0.0 and b >= 0.0:
            return t[i] + (t[i + 1] - t[i]) * a / (a - b)
    return math.nan


@portable
def width_at(t, V, n, i, level):
    """How long V stays above ``level`` around sample i of n, ms; nan if it does not come back or was always above."""
    first = i
    while first > 0 and V[first] >= level:
        first = first - 1
    return crossing(t, V, i, n, level, -1.0) - crossing(t, V, first, i + 1, level, 1.0)


@portable
def last_away(t, V, first, n, level, least):
    """Time at which V, from sample ``first`` to n − 1, comes for the last time within ``least`` of ``level``.

    This is how the book tells when an afterpotential is over. By linear interpolation; the first time if V is never
    further away, the last if it ends so.
    """
    last = first
    for i in range(first, n):
        if math.fabs(V[i] - level) > least:
            last = i
    if last == n - 1:
        return t[last]
    a = math.fabs(V[last] - level) - least
    b = math.fabs(V[last + 1] - level) - least
    return t[last] + (t[last + 1] - t[last]) * a / (a - b) if a > 0.0 else t[last]


@dataclass(frozen=True)
class Spike:
    """One action potential; times in ms from the start of the trace, voltages in mV, slopes in mV/ms.

    ``threshold``: V where the membrane's own current first depolarises it at ``10 mV/ms`` (nan if it never does).
    ``half_width``: time above the middle of rest and peak. ``upstroke``, ``downstroke``: steepest dV/dt.
    ``trough``: lowest V after the peak. ``below_rest``: how long V then stays below rest (nan if it never goes there).
    ``rebound``: highest V after the trough. ``first_trough`` and ``hump``: the first minimum after the peak and the
    maximum after it, an afterdepolarisation (both nan where V just falls).
    All afterpotentials are read up to the next spike or the end of the trace.
    """

    t_threshold: float
    threshold: float
    t_peak: float
    peak: float
    half_width: float
    upstroke: float
    downstroke: float
    t_trough: float
    trough: float
    below_rest: float
    t_rebound: float
    rebound: float
    t_first_trough: float
    first_trough: float
    t_hump: float
    hump: float
    rest: float

    @property
    def afterhyperpolarisation(self):
        """How far the trough lies below rest, mV (negative: it stays above)."""
        return self.rest - self.trough

    @property
    def afterdepolarisation(self):
        """How far the hump lies above rest, mV."""
        return self.hump - self.rest


def spike_times(time, V, level=0.0):
    """Times of the upward crossings of ``level``, by linear interpolation; an array.

    0 mV suits most spikes; near or above 25 °C, and under strong currents, squid spikes are graded: use −20 mV.
    """
    V = np.asarray(V)
    i = np.flatnonzero((V[:-1] < level) & (V[1:] >= level))
    return time[i] + (time[i + 1] - time[i]) * (level - V[i]) / (V[i + 1] - V[i])


def spikes(trace, level=0.0, rest=None, slope=10.0):
    """Every :class:`Spike` of a current-clamp ``trace``; a tuple, empty where V never crosses ``level``.

    ``rest``: V from which widths and afterpotentials count, the first of the trace unless given. ``slope``: criterion
    of the spike's threshold, mV/ms, on the ionic current alone so that the stimulus does not count. Sample every
    0.01 ms for times to 0.005 ms.
    """
    t, V = trace.time, np.ascontiguousarray(trace.V)
    rest = float(V[0]) if rest is None else float(rest)
    starts = np.flatnonzero((V[:-1] < level) & (V[1:] >= level))
    if not len(starts):
        return ()
    C_m, dVdt = trace.parameters[trace.cell.index("C_m")], np.ascontiguousarray(trace.dVdt)
    steep = -trace.I_ion / C_m >= slope
    ends = np.append(starts[1:], len(V) - 1)
    return tuple(_measure(t, V, dVdt, steep, int(a), int(b), rest) for a, b in zip(starts, ends, strict=True))


def _measure(t, V, dVdt, steep, start, end, rest):
    last = end + 1
    i = index_of_maximum(V, start, min(last, _down(V, start, last)))
    t_peak, peak = vertex(t, V, i, len(V))
    before = max(0, start - 1)
    while before > 0 and V[before] > rest and V[before - 1] < V[before]:
        before -= 1
    k = before + int(np.argmax(steep[before:i])) if np.any(steep[before:i]) else None
    j = index_of_minimum(V, i, last)
    low = j
    t_trough, trough = vertex(t, V, low, len(V))
    r = index_of_maximum(V, j, last)
    t_rebound, rebound = vertex(t, V, r, len(V))
    down = crossing(t, V, i, last, rest, -1.0)
    turn = np.flatnonzero((V[i + 1 : last - 1] < V[i : last - 2]) & (V[i + 1 : last - 1] <= V[i + 2 : last]))
    first = hump = (math.nan, math.nan)
    if len(turn):
        j = i + 1 + int(turn[0])
        rise = np.flatnonzero((V[j + 1 : last - 1] > V[j : last - 2]) & (V[j + 1 : last - 1] >= V[j + 2 : last]))
        first = vertex(t, V, j, len(V))
        if len(rise):
            hump = vertex(t, V, j + 1 + int(rise[0]), len(V))
    up, fall = index_of_maximum(dVdt, before, i), index_of_minimum(dVdt, i, last)
    return Spike(
        t_threshold=math.nan if k is None else float(t[k]), threshold=math.nan if k is None else float(V[k]),
        t_peak=t_peak, peak=peak, half_width=width_at(t, V, len(V), i, 0.5 * (rest + peak)),
        upstroke=vertex(t, dVdt, up, len(V))[1], downstroke=vertex(t, dVdt, fall, len(V))[1],
        t_trough=t_trough, trough=trough,
        below_rest=crossing(t, V, low, last, rest, 1.0) - down,
        t_rebound=t_rebound, rebound=rebound, t_first_trough=first[0], first_trough=first[1],
        t_hump=hump[0], hump=hump[1], rest=rest,
    )  # fmt: skip


def _down(V, start, last):
    """Index just after V first falls back below where it was at ``start``, or ``last``."""
    below = np.flatnonzero(V[start + 1 : last] < V[start])
    return start + 2 + int(below[0]) if len(below) else last


def half_width(trace):
    """Width of the largest deflection of a trace at the middle between its first and its highest voltage, ms."""
    V = np.ascontiguousarray(trace.V)
    i = index_of_maximum(V, 0, len(V))
    return width_at(trace.time, V, len(V), i, 0.5 * (V[0] + vertex(trace.time, V, i, len(V))[1]))


def repolarisation_time(trace, fraction=0.9):
    """Time above the level at which ``fraction`` of the rise is undone: APD90, ms."""
    V = np.ascontiguousarray(trace.V)
    i = index_of_maximum(V, 0, len(V))
    peak = vertex(trace.time, V, i, len(V))[1]
    return width_at(trace.time, V, len(V), i, peak - fraction * (peak - V[0]))


def transported(trace, channel, valence=1):
    """Ions that crossed through ``channel`` during the trace beyond those at its start, pmol/cm², outward positive."""
    excess = trace.current(channel) - trace.current(channel)[0]
    return float(np.trapezoid(excess, trace.time)) / (valence * 96.48533212331001)
