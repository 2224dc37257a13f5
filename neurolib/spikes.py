"""Read the spikes off a trace or a recording: pure functions on times and voltages, then one record per spike.

Two programs in wide use follow other conventions, which matters where numbers are compared (eFEL 5 and IPFX 2, with the
defaults of each):

- **What counts.** Here V has to pass ``level`` (0 mV). eFEL: −20 mV. IPFX: dV/dt of 20 mV/ms and a peak above −30 mV.
- **At the ends.** A spike under way at the start is counted by none, but IPFX counts it if its upstroke is there. One cut
  off by the end is counted here, with widths nan; by eFEL it is not; IPFX marks it "clipped".
- **Threshold.** In a :class:`~neurolib.simulate.Trace`, where the ionic current alone gives 10 mV/ms: what the electrode
  gives is not the membrane's. eFEL (``AP_begin_voltage``) takes dV/dt whole, which under a step is some mV lower, up to
  7 mV for the squid axon; so it is here in a recording, where currents are not known. IPFX: 5 % of the steepest dV/dt.
- **Widths.** ``half_width`` is at the middle of rest and peak. ``width_threshold``, of threshold and peak, is eFEL's
  ``AP_duration_half_width``, and ``width_trough``, of the trough after it and peak, IPFX's ``width``; eFEL's
  ``spike_half_width`` takes the trough before. For the squid axon they are up to 0.4 ms apart.
- **Slopes.** Of a trace, exact; of a recording over 0.1 ms. eFEL: over 0.2 ms. IPFX: behind a filter of 10 kHz.
"""

from dataclasses import dataclass

import numpy as np

from neurolib.checks import require, require_non_negative, require_positive
from neurolib.constants import FARADAY
from neurolib.portable import math, portable
from neurolib.recordings import Recording, as_recording, excursions


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
    """One action potential; times in ms as in the trace, voltages in mV, slopes in mV/ms.

    ``threshold``: V where the membrane's own current first depolarises it at ``10 mV/ms`` (nan if it never does).
    ``half_width``: time above the middle of rest and peak; ``width_threshold``, ``width_trough``: above the middle of
    threshold, or trough, and peak. ``upstroke``, ``downstroke``: steepest dV/dt.
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
    width_threshold: float
    width_trough: float
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


def spike_times(time, V=None, level=0.0, hysteresis=5.0, dead_time=0.5):
    """Times at which V passes ``level`` upwards at the start of each spike, by linear interpolation; an array.

    ``time`` (ms) and ``V`` (mV), any sequences of numbers, or one trace or recording. 0 mV suits most spikes; near or
    above 25 °C, and under strong currents, squid spikes are graded: use −20 mV. ``hysteresis``, ``dead_time``: as for
    :func:`spikes`.
    """
    trace = as_recording(time, V)
    t, V = trace.time, trace.V
    i = _find(trace, level, hysteresis, dead_time)[0]
    return t[i] + (t[i + 1] - t[i]) * (level - V[i]) / (V[i + 1] - V[i])


def spikes(trace, V=None, *, level=0.0, rest=None, slope=10.0, hysteresis=5.0, dead_time=0.5, window=0.1, prominence=0.0):
    """Every :class:`Spike` of a trace or a recording; a tuple, empty where V never passes ``level`` upwards.

    ``spikes(trace)`` for a current-clamp :class:`~neurolib.simulate.Trace` or a
    :class:`~neurolib.recordings.Recording`; ``spikes(time, V)`` for any sequences of ms and mV, evenly sampled or not.

    A spike starts where V passes ``level`` and ends where V falls more than ``hysteresis`` mV below it; what starts
    again within ``dead_time`` ms is the same spike. So noise does not count, up to a standard deviation of about half
    the hysteresis. A spike under way when the trace begins does not count either.

    ``rest``: V from which widths and afterpotentials count. Unless given it is the first V of a trace, and of a
    recording the median of the first 5 ms, or of what comes before a spike in them; of all, if either begins above
    ``level``. ``slope``: criterion of the spike's threshold, mV/ms: in a trace on the ionic current alone, so that the
    stimulus does not count; in a recording on dV/dt over ``window`` ms, backwards from its steepest in the 5 ms before
    the crossing. A wide window is for noise; 0.1 ms makes a steepest dV/dt of 570 mV/ms 15 % less, 0.02 ms 1 %.
    ``prominence``: least height in mV of a hump and depth of its trough; make it larger than the noise.

    Sample every 0.01 ms for times to 0.005 ms. Raises ``ValueError`` for times that do not rise, lengths that differ
    and values that are not finite, and says where.
    """
    trace = as_recording(trace, V)
    t, V = trace.time, np.ascontiguousarray(trace.V)
    require("slope", slope, unit="mV/ms")
    require_non_negative("prominence", prominence, "mV")
    starts, ends = _find(trace, level, hysteresis, dead_time)
    recorded = isinstance(trace, Recording)
    if rest is None:
        early = t <= min(t[0] + 5.0, t[starts[0]] if len(starts) else np.inf)
        rest = np.median(V if V[0] >= level else V[early] if recorded else V[:1])
    rest = require("rest", rest, unit="mV")
    if not len(starts):
        return ()
    if recorded:
        dVdt = trace.slope(require_positive("window", window, "ms"))
        first = np.maximum([0, *ends[:-1]], np.searchsorted(t, t[starts] - 5.0))
        feet = [_steep_foot(dVdt, slope, int(a), int(b)) for a, b in zip(starts, first, strict=True)]
    else:
        dVdt = np.ascontiguousarray(trace.dVdt)
        own = -trace.I_ion / trace.parameters[trace.cell.index("C_m")]
        feet = [_own_foot(V, own >= slope, int(a), rest) for a in starts]
    lasts = np.append(starts[1:] + 1, len(V))
    return tuple(_measure(t, V, dVdt, *f, int(a), int(e), int(last), rest, prominence)
                 for f, a, e, last in zip(feet, starts, ends, lasts, strict=True))


def _find(trace, level, hysteresis, dead_time):
    require("level", level, unit="mV")
    return excursions(trace.time, trace.V, level, require_non_negative("hysteresis", hysteresis, "mV"),
                      require_non_negative("dead_time", dead_time, "ms"))


def _own_foot(V, steep, start, rest):
    """Where to look for the upstroke from; and, given the peak, where the membrane's own current begins it, or None."""
    first = max(0, start - 1)
    while first > 0 and V[first] > rest and V[first - 1] < V[first]:
        first -= 1
    return first, lambda peak: first + int(np.argmax(steep[first:peak])) if np.any(steep[first:peak]) else None


def _steep_foot(dVdt, slope, start, first):
    """The same from dV/dt: backwards from its steepest to where it falls below ``slope``."""
    def begin(peak):
        up = index_of_maximum(dVdt, first, max(peak, start + 1))
        gentle = np.flatnonzero(dVdt[first:up] < slope)
        if dVdt[up] < slope:
            return None
        return first + int(gentle[-1]) + 1 if len(gentle) else first

    return first, begin


def _measure(t, V, dVdt, first, begin, start, end, last, rest, prominence):
    n = len(V)
    i = index_of_maximum(V, start, min(last, end + 1))
    t_peak, peak = _extreme(t, V, i, 1.0)
    k = begin(i)
    threshold = math.nan if k is None else float(V[k])
    low = index_of_minimum(V, i, last)
    t_trough, trough = _extreme(t, V, low, -1.0)
    t_rebound, rebound = _extreme(t, V, index_of_maximum(V, low, last), 1.0)
    turn, hump = _hump(V[i:last], prominence)
    first_trough = _extreme(t, V, i + turn, -1.0) if turn is not None else (math.nan, math.nan)
    top = _extreme(t, V, i + hump, 1.0) if hump is not None else (math.nan, math.nan)
    up, fall = index_of_maximum(dVdt, first, max(i, first + 1)), index_of_minimum(dVdt, i, last)
    return Spike(
        t_threshold=math.nan if k is None else float(t[k]), threshold=threshold, t_peak=t_peak, peak=peak,
        half_width=width_at(t, V, n, i, 0.5 * (rest + peak)),
        width_threshold=width_at(t, V, n, i, 0.5 * (threshold + peak)),
        width_trough=width_at(t, V, n, i, 0.5 * (trough + peak)),
        upstroke=_extreme(t, dVdt, up, 1.0)[1], downstroke=_extreme(t, dVdt, fall, -1.0)[1],
        t_trough=t_trough, trough=trough,
        below_rest=crossing(t, V, low, last, rest, 1.0) - crossing(t, V, i, last, rest, -1.0),
        t_rebound=t_rebound, rebound=rebound, t_first_trough=first_trough[0], first_trough=first_trough[1],
        t_hump=top[0], hump=top[1], rest=rest,
    )  # fmt: skip


def _extreme(t, x, i, sign):
    """Time and value of the :func:`vertex` at sample i; of the sample where x goes on rising (falling: ``sign`` −1)."""
    inner = 0 < i < len(x) - 1 and sign * x[i] >= max(sign * x[i - 1], sign * x[i + 1])
    return vertex(t, x, i, len(x)) if inner else (float(t[i]), float(x[i]))


def _hump(V, prominence):
    """Indices of the first minimum and of the maximum after it that stand out by more than ``prominence``, or None."""
    rise = np.flatnonzero(V - np.minimum.accumulate(V) > prominence)
    if not len(rise):
        return None, None
    turn = int(np.argmin(V[: rise[0]]))
    fall = np.flatnonzero(np.maximum.accumulate(V[turn:]) - V[turn:] > prominence)
    return turn, turn + int(np.argmax(V[turn : turn + fall[0]])) if len(fall) else None


def half_width(trace, V=None):
    """Width of the largest deflection at the middle between its first and its highest voltage, ms.

    Of a trace or a recording, or of times and voltages: ``half_width(time, V)``.
    """
    return _width_of_largest(trace, V, 0.5)


def repolarisation_time(trace, fraction=0.9, V=None):
    """Time above the level at which ``fraction`` of the rise is undone: APD90, ms. ``V`` as for :func:`half_width`."""
    return _width_of_largest(trace, V, require("fraction", fraction, 0.0, 1.0))


def _width_of_largest(trace, V, fraction):
    trace = as_recording(trace, V)
    t, V = trace.time, np.ascontiguousarray(trace.V)
    i = index_of_maximum(V, 0, len(V))
    peak = vertex(t, V, i, len(V))[1]
    return width_at(t, V, len(V), i, peak - fraction * (peak - V[0]))


def transported(trace, channel, valence=1):
    """Ions that crossed through ``channel`` during the trace beyond those at its start, pmol/cm², outward positive."""
    excess = trace.current(channel) - trace.current(channel)[0]
    return 1000.0 * float(np.trapezoid(excess, trace.time)) / (valence * FARADAY)
