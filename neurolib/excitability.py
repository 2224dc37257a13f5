"""How easily a cell fires: thresholds, refractoriness, rebound, and rate against current.

A threshold is the smallest amplitude for which V passes ``level`` upwards, found by bisection from the exact rest.
Spikes of the Hodgkin-Huxley equations are graded near threshold, and above about 25 °C altogether, so the level belongs
to the result: 0 mV unless said otherwise. There is no threshold where the rest is not stable.
"""

import numpy as np

from neurolib.checks import require, require_array, require_positive
from neurolib.lockstep import BLOCK, fits, in_blocks, run_block
from neurolib.protocols import NOTHING, pulse, require_waveform, step, union
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp, start_state, step_size

TOGETHER = 16  # runs from which lockstep pays


class UnstableRest(ValueError):
    """The rest is unstable: the cell fires, or moves away, without a stimulus."""


def threshold_current(cell, duration, level=0.0, onset=0.0, conditioning=NOTHING, limit=1000.0, wait=40.0,
                      tolerance=1e-6, dt=None, **changes):
    """Smallest rectangular current of ``duration`` ms that takes V up through ``level`` mV, µA/cm²; nan if none does.

    A crossing that only follows the pulse, with V highest when the pulse ends, is no spike: nan. Crossings
    count from ``onset`` to ``wait`` ms after the end of the pulse. ``conditioning``: a waveform added to the pulse,
    such as an earlier pulse. ``limit``: largest current that is tried. ``tolerance`` is relative.
    Raises :class:`UnstableRest` where the rest is unstable, ``ValueError`` for arguments out of range.
    """
    shape = pulse(1.0, require_positive("duration", duration, "ms"), onset)
    end = onset + duration
    found = threshold_of(cell, shape, conditioning, onset, end + require_positive("wait", wait, "ms"), level, limit,
                         tolerance, dt, **changes)
    if np.isfinite(found) and _passive(cell, conditioning + 1.0001 * found * shape, onset, end, changes):
        return np.nan
    return found


def threshold_of(cell, shape, conditioning, count_from, t_end, level=0.0, limit=1000.0, tolerance=1e-6, dt=None,
                 **changes):
    """Smallest factor of the waveform ``shape``, added to ``conditioning``, that takes V up through ``level``.

    The general form of :func:`threshold_current`: crossings count between ``count_from`` and ``t_end`` ms.
    """
    require("level", level, -250.0, 250.0, "mV")
    require_positive("t_end", t_end, "ms")
    require_waveform("shape", shape)
    require_waveform("conditioning", conditioning)
    start = _stable(cell, changes)
    args = _trial(cell, start, conditioning, shape)
    return cell.kernel.threshold(start.parameters, *args, float(count_from), float(t_end), float(level), 0.0,
                                 require_positive("limit", limit, "µA/cm²"), require("tolerance", tolerance, 1e-12, 1.0),
                                 step_size(cell, start.parameters, t_end, dt), np.empty(1))


def anode_break_threshold(cell, duration, level=0.0, limit=100.0, **options):
    """Smallest hyperpolarising current whose release after ``duration`` ms makes a spike; a positive number, µA/cm²."""
    return threshold_of(cell, pulse(-1.0, duration), NOTHING, duration, duration + 60.0, level, limit, **options)


def refractory_curve(cell, intervals, conditioning=20.0, duration=0.5, level=0.0, **options):
    """Threshold of a second pulse against the interval between the onsets of both; an array, nan where nothing fires.

    Both pulses last ``duration`` ms; the first has the amplitude ``conditioning``, µA/cm².
    """
    first = pulse(conditioning, duration)
    return np.array([threshold_current(cell, duration, level, interval, first, **options)
                     for interval in require_array("intervals", intervals, "ms")])


def shortest_interval(cell, second, first=20.0, duration=0.5, level=0.0, low=1.0, high=60.0, **changes):
    """Shortest interval, ms, at which a second pulse of amplitude ``second`` makes a second spike; nan if none does.

    By bisection between ``low`` and ``high`` ms.
    """
    require_positive("high", high, "ms")
    require("low", low, 0.0, high, "ms", open_high=True)
    start = _stable(cell, changes)
    dt = step_size(cell, start.parameters, high + 40.0)

    def fires(interval):
        args = _trial(cell, start, pulse(first, duration), pulse(1.0, duration, interval))
        return cell.kernel.fires(start.parameters, *args, interval, interval + 40.0, level, float(second), dt,
                                 np.empty(1)) == 1

    require("second", second, unit="µA/cm²")
    require("level", level, -250.0, 250.0, "mV")
    if not fires(high):
        return np.nan
    while high - low > 1e-3:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if fires(middle) else (middle, high)
    return high


def firing_rates(cell, amplitudes, discard=500.0, duration=1000.0, level=0.0, dt=None, start=None, **changes):
    """Firing rate (Hz) during steps of current, from the intervals between spikes after ``discard`` ms; an array.

    Each step starts from rest, or from the state ``start``: where rest and firing are both stable the two differ.
    :data:`TOGETHER` amplitudes and more are run in lockstep where the cell allows it, see :mod:`neurolib.lockstep`; a rate
    is then within 1e-5 of what it is alone.
    """
    amplitudes = require_array("amplitudes", amplitudes, "µA/cm²")
    require_positive("duration", duration, "ms")
    require("discard", discard, 0.0, duration, "ms", open_high=True)
    require("level", level, -250.0, 250.0, "mV")
    begin = find_rest(cell, **changes)
    state, dt = begin.state if start is None else start_state(cell, start), step_size(cell, begin.parameters, duration, dt)
    if len(amplitudes) >= TOGETHER and fits(cell, ()):
        def run(first, last):
            return _rates_of_block(cell, begin.parameters, state, amplitudes[first:last], float(discard), float(duration),
                                   float(level), dt)

        return np.concatenate(list(in_blocks(run, len(amplitudes), BLOCK)))
    crossings, rates = np.empty(int(duration) + 1), np.empty(len(amplitudes))
    cell.kernel.frequencies(begin.parameters, state, np.empty_like(begin.state), amplitudes, len(amplitudes), float(discard),
                            float(duration), float(level), dt, np.empty(3), crossings, len(crossings), rates)
    return rates


def _rates_of_block(cell, p, state, amplitudes, discard, duration, level, dt):
    """Firing rates of one block of :func:`firing_rates`, in lockstep; nothing counts in the first ``discard`` ms."""
    n = len(amplitudes)
    steps = np.zeros(1), amplitudes.reshape(1, n), np.zeros((1, n))
    starts, parameters = [state] * n, [p] * n
    if discard > 0.0:
        _, _, starts = run_block(cell, starts, parameters, steps, 0.0, discard, dt)
    _, (count, first, last, _), _ = run_block(cell, starts, parameters, steps, discard, duration, dt, level=level)
    return np.where(count > 1, 1000.0 * (count - 1.0) / np.where(count > 1, last - first, 1.0), 0.0)


def repetitive_onset(cell, low, high, duration=1500.0, level=0.0, tolerance=1e-4, **changes):
    """Smallest step of current from rest that still fires in the last fifth of ``duration`` ms; µA/cm², nan if none."""
    start = find_rest(cell, **changes)
    args = _trial(cell, start, NOTHING, step(1.0))
    return cell.kernel.threshold(start.parameters, *args, 0.8 * duration, float(duration), level, float(low),
                                 float(high), tolerance, step_size(cell, start.parameters, duration), np.empty(1))


def regenerative_gain(cell, duration=0.2, amplitudes=(10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0), **changes):
    """Most that V rises on its own after the end of a pulse, over ``amplitudes``; mV. 0: the cell is inexcitable.

    Reported whether or not the rest is stable.
    """
    start = find_rest(cell, **changes)
    gains = []
    for amplitude in require_array("amplitudes", amplitudes, "µA/cm²"):
        state, times, n = start.state.copy(), duration + np.arange(0.0, 20.0, 0.01), 2000
        samples = np.full(n * len(state), np.nan)
        t_failed, _ = cell.kernel.integrate(state, start.parameters,
                                            pulse(float(amplitude), duration).flat, 2, 0.0, duration + 20.0, times, n,
                                            samples, np.empty(1), 1, np.inf,
                                            step_size(cell, start.parameters, duration + 20.0))
        if t_failed < 0.0:
            gains.append(samples[:n].max() - samples[0])
    return float(max(gains))


def _passive(cell, stimulus, onset, end, changes):
    """Whether V does no more than follow the pulse: it is highest when the pulse ends."""
    trace = current_clamp(cell, stimulus, end + 10.0, **changes)
    V = np.where(trace.time > onset, trace.V, -np.inf)
    return abs(trace.time[np.argmax(V)] - end) < 0.015


def _stable(cell, changes):
    start = find_rest(cell, **changes)
    if not start.stable:
        raise UnstableRest(f"the rest of {cell.name} at {start.V:.2f} mV with {changes or 'no changes'} is unstable "
                           "(it fires or moves away by itself), so it has no threshold")
    return start


def _trial(cell, start, stimulus, probe):
    """Arguments ``start`` to ``rows`` of the kernels ``fires`` and ``threshold``."""
    times = union(stimulus, probe)
    room = np.empty_like(start.state), np.empty(3 * len(times))
    return start.state, room[0], stimulus.on(times), probe.on(times), room[1], len(times)
