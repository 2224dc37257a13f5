"""Shape a stimulus or a voltage command: pulses, steps, ramps, trains and arbitrary waveforms.

A waveform is rows of (time, value, slope): from ``time`` until the next row it is ``value + slope · (t − time)``, and
before the first row 0. The ``put_`` functions are portable and write rows into a flat array; :class:`Waveform` holds
them with checked arguments and a description. Times in ms; values in µA/cm² (currents) or mV (commands).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

import numpy as np

from neurolib.checks import (
    as_number,
    as_numbers,
    require,
    require_array,
    require_non_negative,
    require_positive,
    require_whole,
)
from neurolib.portable import math, portable


@portable
def put_row(rows, row, time, value, slope):
    """Write row number ``row`` of a flat array of rows; returns the number of the next row."""
    rows[3 * row] = time
    rows[3 * row + 1] = value
    rows[3 * row + 2] = slope
    return row + 1


@portable
def put_pulse(rows, row, onset, duration, amplitude):
    """Write a rectangular pulse, from 0 to ``amplitude`` and back to 0, as two rows; returns the next row's number."""
    put_row(rows, row, onset, amplitude, 0.0)
    return put_row(rows, row + 1, onset + duration, 0.0, 0.0)


@portable
def put_train(rows, row, onset, duration, amplitude, interval, count):
    """Write ``count`` pulses whose onsets are ``interval`` apart, two rows each; returns the next row's number."""
    for i in range(count):
        put_pulse(rows, row + 2 * i, onset + i * interval, duration, amplitude)
    return row + 2 * count


@portable
def put_ramp(rows, row, onset, duration, start, end):
    """Write a straight line from ``start`` to ``end``, then 0, as two rows; returns the next row's number."""
    put_row(rows, row, onset, start, (end - start) / duration)
    return put_row(rows, row + 1, onset + duration, 0.0, 0.0)


@dataclass(frozen=True)
class Waveform:
    """A current or a voltage command against time, as ``rows`` of (time, value, slope), and a description in words.

    Waveforms add up and scale, and move in time: ``pulse(...) + ramp(...)``, ``a - b``, ``2.0 * a``, ``a / 2.0``, ``-a``,
    ``sum([a, b, c])``, ``a.shifted(5.0)``.

    ``idle``: for each row, whether nothing acts from it on, as after the end of a pulse. A current is then 0, and a
    voltage clamp goes back to its holding voltage: see :meth:`over`.
    """

    rows: tuple[tuple[float, float, float], ...]
    description: str = "a waveform"
    idle: tuple[bool, ...] = ()

    def __post_init__(self):
        if len(self.idle) != len(self.rows):
            if self.idle:
                raise ValueError(f"idle: {len(self.idle)} values for {len(self.rows)} rows; there have to be as many, or none")
            object.__setattr__(self, "idle", (False,) * len(self.rows))
        times = self.table[:, 0]
        if not np.all(np.isfinite(self.table)) or np.any(np.diff(times) <= 0.0):
            raise ValueError(f"times of the rows = {times}: they have to be finite and each above the one before")

    def __call__(self, t):
        """The value at ``t`` ms, a number or an array; at a jump, the value after it."""
        return self._at(t)[0][()]

    def slope(self, t):
        """How fast the value changes at ``t`` ms, per ms; at a row, what follows it."""
        return self._at(t)[1][()]

    def __add__(self, other):
        if not isinstance(other, Waveform):
            return NotImplemented
        times = union(self, other)
        values, slopes = (a + b for a, b in zip(self._at(times), other._at(times), strict=True))
        described = [w.description for w in (self, other) if w.rows]
        return Waveform(_rows(times, values, slopes), " and ".join(described) or NOTHING.description,
                        tuple((self._idle_at(times) & other._idle_at(times)).tolist()))

    def __radd__(self, other):
        return self if isinstance(other, int) and other == 0 else NotImplemented  # what sum() begins with

    def __mul__(self, factor):
        if math.isnan(as_number(factor)):
            return NotImplemented
        rows = tuple((t, factor * value, factor * slope) for t, value, slope in self.rows)
        return replace(self, rows=rows, description=f"{factor:g} times {self.description}")

    __rmul__ = __mul__
    __array_ufunc__ = None  # so that a NumPy number times a waveform is one, too

    def __truediv__(self, divisor):
        return NotImplemented if math.isnan(as_number(divisor)) else self * (1.0 / divisor)

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other if isinstance(other, Waveform) else NotImplemented

    def shifted(self, delay):
        """The same ``delay`` ms later; with a negative one earlier, but not before 0 ms."""
        delay = require("delay", delay, unit="ms")
        rows = tuple((t + delay, value, slope) for t, value, slope in self.rows)
        if rows and rows[0][0] < 0.0:
            raise ValueError(f"delay = {delay!r} ms: the first change of {self.description} would come at {rows[0][0]:g} ms, "
                             "before 0 ms")
        return replace(self, rows=rows, description=f"{self.description}, {delay:g} ms later")

    def over(self, holding):
        """The waveform with ``holding`` wherever nothing acts: before the first row and from every idle one on."""
        rows = [(t, holding, 0.0) if idle else (t, v, s) for (t, v, s), idle in zip(self.rows, self.idle, strict=True)]
        if not rows or rows[0][0] > 0.0:
            rows.insert(0, (0.0, holding, 0.0))
        return Waveform(tuple(rows), f"{self.description} from {holding:g}")

    @property
    def always_acts(self):
        """Whether it acts from 0 ms on without a pause."""
        return bool(self.rows) and self.rows[0][0] <= 0.0 and not any(self.idle)

    @cached_property
    def table(self):
        """The rows as an array of three columns: times, values, slopes."""
        return np.array(self.rows, dtype=float).reshape(-1, 3)

    @property
    def flat(self):
        """The rows as the flat array that a cell's kernels take; at least one row."""
        return self.table.ravel().copy() if self.rows else np.zeros(3)

    def on(self, times):
        """A flat array of rows at the given ``times``, which have to include those of the waveform."""
        times = np.asarray(times, dtype=float)
        return np.column_stack((times, *self._at(times))).ravel()

    def _at(self, t):
        t = np.asarray(t, dtype=float)
        if not self.rows:
            return np.zeros_like(t), np.zeros_like(t)
        k = np.searchsorted(self.table[:, 0], t, side="right") - 1
        time, value, slope = np.moveaxis(self.table[k], -1, 0)
        return np.where(k < 0, 0.0, value + slope * (t - time)), np.where(k < 0, 0.0, slope)

    def _idle_at(self, t):
        k = np.searchsorted(self.table[:, 0], t, side="right")
        return np.append(True, np.array(self.idle, dtype=bool))[k]


def per_area(current, area):
    """``current`` in nA, into a cell of ``area`` µm², in µA/cm²: 1 nA into 1000 µm² is 100 µA/cm².

    ``current``: a number, an array, or a :class:`Waveform` with values in nA; or a conductance in µS, for one in mS/cm².
    """
    return current * (1e5 / require_positive("area", area, "µm²"))


def require_waveform(name, value, unit="µA/cm²"):
    """``value`` if it is a :class:`Waveform`; ``ValueError`` that shows how to make one of what was given."""
    if isinstance(value, Waveform):
        return value
    number = as_number(value)
    if not math.isnan(number):
        how = f"for a constant one use step({number:g}), for a pulse of 1 ms pulse({number:g}, 1.0)"
    elif callable(value):
        how = "sample a function of time: t = np.linspace(0.0, 50.0, 5001); sampled(t, [f(x) for x in t])"
    elif as_numbers(value).ndim:
        how = "give values their times: sampled(times, values)"
    else:
        how = "make one by step, pulse, ramp, train, levels or sampled"
    shown = f"an array of shape {value.shape}" if isinstance(value, np.ndarray) else repr(value)
    raise ValueError(f"{name} = {shown}: a waveform of neurolib.protocols is wanted, in {unit}; {how}")


def union(*waveforms):
    """Times of the rows of all ``waveforms``, in order; an array."""
    return np.unique(np.concatenate([waveform.table[:, 0] for waveform in waveforms]))


def _rows(times, values, slopes):
    return tuple(zip(times.tolist(), values.tolist(), slopes.tolist(), strict=True))


NOTHING = Waveform((), "no stimulus")
MOST_PULSES = 100_000  # of one train


def step(amplitude, onset=0.0):
    """A step to ``amplitude`` at ``onset`` that lasts."""
    amplitude, onset = require("amplitude", amplitude), require_non_negative("onset", onset, "ms")
    return Waveform(((onset, amplitude, 0.0),), f"a step to {amplitude:g} at {onset:g} ms")


def pulse(amplitude, duration, onset=0.0):
    """A rectangular pulse of ``duration`` ms."""
    amplitude, onset = require("amplitude", amplitude), require_non_negative("onset", onset, "ms")
    end = _end(onset, duration)
    return Waveform(((onset, amplitude, 0.0), (end, 0.0, 0.0)),
                    f"a pulse of {amplitude:g} for {duration:g} ms at {onset:g} ms", (False, True))


def pulse_pair(first, second, duration, interval, onset=0.0):
    """Two pulses of ``duration`` ms with amplitudes ``first`` and ``second``, onsets ``interval`` ms apart."""
    require("interval", interval, duration, unit="ms", open_low=True)
    return pulse(first, duration, onset) + pulse(second, duration, onset + interval)


def train(amplitude, duration, interval, count, onset=0.0):
    """``count`` equal pulses, onsets ``interval`` ms apart."""
    require("interval", interval, require_positive("duration", duration, "ms"), unit="ms", open_low=True)
    require_non_negative("onset", onset, "ms")
    count = require_whole("count", count, 1, MOST_PULSES)
    rows = tuple(row for i in range(count) for row in pulse(amplitude, duration, onset + i * interval).rows)
    if np.any(np.diff([row[0] for row in rows]) <= 0.0):
        raise ValueError(f"onset = {onset!r} ms, interval = {interval!r} ms: too late for times that keep the pulses apart")
    return Waveform(rows, f"{count} pulses of {amplitude:g} for {duration:g} ms, {interval:g} ms apart",
                    (False, True) * int(count))


def ramp(start, end, duration, onset=0.0):
    """A straight line from ``start`` to ``end`` in ``duration`` ms, then 0."""
    start, end = require("start", start), require("end", end)
    onset = require_non_negative("onset", onset, "ms")
    last = _end(onset, duration)
    slope = (end - start) / duration
    if not np.isfinite(slope):
        raise ValueError(f"start = {start!r}, end = {end!r}, duration = {duration!r} ms: too steep for a floating-point slope")
    return Waveform(((onset, start, slope), (last, 0.0, 0.0)),
                    f"a ramp from {start:g} to {end:g} in {duration:g} ms", (False, True))


def levels(values, durations, onset=0.0):
    """One level after another, each for its duration; the last one lasts. For voltage commands with prepulses."""
    values, durations = require_array("values", values), require_array("durations", durations, "ms")
    if len(values) != len(durations) + 1 or np.any(durations <= 0.0):
        raise ValueError(f"durations = {list(durations)} ms: every level but the last has to have one, above 0 ms")
    times = require_non_negative("onset", onset, "ms") + np.concatenate(([0.0], np.cumsum(durations)))
    rows = _rows(times, values, np.zeros_like(values))
    return Waveform(rows, f"levels {', '.join(f'{v:g}' for v in values)}")


def sampled(times, values):
    """An arbitrary waveform: straight lines through the points (``times``, ``values``), then the last value."""
    times, values = require_array("times", times, "ms"), require_array("values", values)
    if len(times) != len(values) or len(times) < 2:
        raise ValueError(f"values: {len(values)} for {len(times)} times; there have to be as many, at least two")
    if times[0] < 0.0 or np.any(np.diff(times) <= 0.0):
        raise ValueError("times: they have to be 0 ms or later, and each later than the one before")
    slopes = np.append(np.diff(values) / np.diff(times), 0.0)
    return Waveform(_rows(times, values, slopes), f"a waveform of {len(times)} points")


def noise(deviation, duration, seed, mean=0.0, tau=0.0, every=0.1, onset=0.0):
    """A noisy value for ``duration`` ms from ``onset``, constant for ``every`` ms at a time; the same for the same seed.

    Normally distributed about ``mean`` with the standard deviation ``deviation``: white for ``tau`` = 0, else with the
    correlation e^(−Δt/tau), as of an Ornstein-Uhlenbeck process (``tau`` in ms), which is how synapses on a cell sum up.
    White noise has the power 2 deviation² every per Hz (with every in s), so halving ``every`` halves it.
    ``seed``: a whole number, for NumPy's default generator.
    """
    deviation, mean = require_non_negative("deviation", deviation), require("mean", mean)
    every, tau = require_positive("every", every, "ms"), require_non_negative("tau", tau, "ms")
    end = _end(require_non_negative("onset", onset, "ms"), duration)
    seed = require_whole("seed", seed, 0)
    count = math.ceil(require("duration", duration / every, high=1e7, unit="times every") - 1e-9)
    values = np.random.default_rng(seed).standard_normal(count)
    kept = math.exp(-every / tau) if tau > 0.0 else 0.0
    fresh = math.sqrt(1.0 - kept * kept)
    if kept > 0.0:
        values = np.fromiter(accumulate(values.tolist(), lambda before, new: kept * before + fresh * new), float, count)
    times = np.append(onset + every * np.arange(count), end)
    rows = _rows(times, np.append(mean + deviation * values, 0.0), np.zeros(count + 1))
    return Waveform(rows, f"noise of {deviation:g} about {mean:g} for {duration:g} ms", (False,) * count + (True,))


def _end(onset, duration):
    """When something ends that begins at ``onset``; not the same number, as it would be after a very short time."""
    end = onset + require_positive("duration", duration, "ms")
    if not onset < end < np.inf:
        raise ValueError(f"duration = {duration!r} ms: too short or too long to be told apart beside onset = {onset!r} ms")
    return end
