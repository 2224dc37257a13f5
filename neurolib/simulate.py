"""Clamp a cell's current or its voltage, and read off what it does."""

from dataclasses import dataclass, field

import numpy as np

from neurolib.cell import Cell, require_cell
from neurolib.checks import as_numbers, did_you_mean, require, require_one_of, require_positive
from neurolib.kernel.build import synaptic_of
from neurolib.protocols import NOTHING, Waveform, require_waveform
from neurolib.rest import find_rest
from neurolib.synapses import Synapse, opened, require_synapses

LARGEST_STEP = 0.1  # ms, for gates that move at their reference speed: a choice made here
LARGEST_RESULT = 512e6  # bytes that one trace may take
OPTIONS = ("stimulus", "command", "duration", "dt", "sample_every", "holding", "start", "synapses")  # of a run
MOST_STEPS = 1e8  # of one run: some ten seconds


class LeftRange(ArithmeticError):
    """V left -250 to 250 mV, where no model of the book means anything."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What a run recorded: everything against ``time`` (ms), synchronous and second-order accurate.

    ``samples`` has a row for each of ``cell.state_names`` and a column for each time. ``parameters`` is the parameter
    array of the run. ``stimulus`` is the injected current, or the command of a voltage clamp. ``synapses``: those of the run.
    """

    cell: Cell
    parameters: np.ndarray
    time: np.ndarray
    samples: np.ndarray
    stimulus: Waveform
    clamped: bool = False
    synapses: tuple[Synapse, ...] = ()
    _channels: dict = field(default_factory=dict, repr=False)

    @property
    def V(self):
        """Voltage, mV."""
        return self.samples[0]

    def __getitem__(self, state):
        """A state by name: "V", "Ca" (mM) or a gate, as ``m`` or ``m_Na``."""
        return self.samples[self.cell.state_index(state)]

    @property
    def calcium(self):
        """Free calcium, mM; ``ValueError`` for a cell without a pool."""
        return self["Ca"]

    def conductance(self, channel):
        """Conductance of ``channel``, mS/cm² (a permeability for a constant-field channel)."""
        return self._table[0][self._channel(channel)]

    def current(self, channel):
        """Current through ``channel``, µA/cm², outward positive."""
        return self._table[1][self._channel(channel)]

    @property
    def I_ion(self):
        """Sum of the currents through all channels, µA/cm²."""
        return self._table[1].sum(axis=0)

    @property
    def I_syn(self):
        """Sum of the currents through all synapses, µA/cm², outward positive; 0 without any."""
        return sum((synapse.current(self.time, self.V) for synapse in self.synapses), np.zeros_like(self.time))

    @property
    def I_stim(self):
        """Injected current, µA/cm²; under voltage clamp the current that holds V between jumps, Σ I + C_m dV/dt."""
        if not self.clamped:
            return self.stimulus(self.time)
        return self.I_ion + self.I_syn + self.parameters[self.cell.index("C_m")] * self.stimulus.slope(self.time)

    @property
    def dVdt(self):
        """(I_stim − I_syn − Σ I)/C_m in mV/ms."""
        return (self.I_stim - self.I_syn - self.I_ion) / self.parameters[self.cell.index("C_m")]

    def _channel(self, name):
        names = [channel.name for channel in self.cell.channels]
        return names.index(require_one_of("channel", name, names))

    @property
    def _table(self):
        if not self._channels:
            n, count = len(self.time), len(self.cell.channels)
            conductances, currents = np.empty(count * n), np.empty(count * n)
            self.cell.kernel.channel_currents(self.parameters, self.samples.ravel(), n, conductances, currents)
            self._channels["table"] = conductances.reshape(count, n), currents.reshape(count, n)
        return self._channels["table"]


def current_clamp(cell, stimulus=NOTHING, duration=50.0, dt=None, sample_every=None, start=None, synapses=(), **changes):
    """Inject ``stimulus`` into ``cell`` from its exact rest and record everything for ``duration`` ms.

    ``stimulus``: a :class:`~neurolib.protocols.Waveform` in µA/cm². ``dt``: largest time step in ms, see
    :func:`step_size`; the scheme is second order and steps end on every edge of the stimulus. ``sample_every``: ms
    between samples, ``dt`` unless given, or 0.01 if neither is. ``start``: what to start from in place of the rest, see
    :func:`start_state`. ``synapses``: a :class:`~neurolib.synapses.Synapse` or several, which the rest does not know of.
    ``changes``: parameters by name, as in :meth:`Cell.parameters`; they hold during rest and run (pass ``start`` for a
    change at time 0).

    Returns a :class:`Trace`. Raises ``ValueError`` for arguments out of range and :class:`LeftRange`, which says when
    and under which stimulus, where V leaves −250 to 250 mV.
    """
    require_waveform("stimulus", stimulus)
    p, times, dt = prepare(cell, duration, dt, sample_every, changes)
    state = find_rest(cell, **changes).state.copy() if start is None else start_state(cell, start)
    return inject(cell, p, state, stimulus, times, 0.0, float(duration), dt, require_synapses(synapses))


def inject(cell, p, state, stimulus, times, t_start, t_end, dt, synapses=()):
    """The run behind :func:`current_clamp`, from ``state`` and with parameters ``p``, sampled at any rising ``times``."""
    samples = np.full(len(state) * len(times), np.nan)
    if any(synapse.conductance.rows for synapse in synapses):
        rows, conductance = opened(synapses, stimulus)
        t_failed = synaptic_of(cell).integrate_open(state, p, rows, conductance, len(rows) // 3, t_start, t_end, times,
                                                    len(times), samples, dt)
    else:
        rows = stimulus.flat
        t_failed, _ = cell.kernel.integrate(state, p, rows, len(rows) // 3, t_start, t_end, times, len(times), samples,
                                            np.empty(1), 1, np.inf, dt)
    if t_failed >= 0.0:
        raise LeftRange(f"V left -250 to 250 mV at {t_failed:.4g} ms under {stimulus.description}")
    return Trace(cell, p, times, samples.reshape(len(state), -1), stimulus, synapses=synapses)


def voltage_clamp(cell, command, duration, dt=None, sample_every=None, holding=None, start=None, synapses=(), **changes):
    """Make V follow ``command`` (mV) from a steady state at ``holding`` mV, and record the gates and currents.

    The clamp is perfect. While the command is constant, the gates of a cell without calcium are exact exponentials,
    whatever ``dt``. Where the command does not act, V is at ``holding``: before its first change, after a pulse and
    between the pulses of a train. ``holding`` is, unless given, the first level of a command that acts from 0 ms on
    without a pause, such as a step or levels; else V of ``start``, or the cell's resting voltage. The
    trace's ``stimulus`` is the command with its holding. ``synapses`` add their current to what the clamp supplies. A sample
    at the time of a jump is taken before it. Other arguments and errors as in
    :func:`current_clamp`; a command outside −250 to 250 mV is a ``ValueError``.
    """
    require_waveform("command", command, "mV")
    p, times, dt = prepare(cell, duration, dt, sample_every, changes)
    state = np.empty(len(cell.state_names)) if start is None else start_state(cell, start)
    if holding is not None:
        require("holding", holding, -250.0, 250.0, "mV")
    elif command.always_acts:
        holding = command.rows[0][1]
    else:
        holding = float(state[0]) if start is not None else find_rest(cell, **changes).V
    command = command.over(float(holding))
    t, level, slope = command.table.T
    reached = level + slope * (np.minimum(np.append(t[1:], np.inf), duration) - t)
    for value in np.concatenate((level, reached[t < duration])):
        require("command", float(value), -250.0, 250.0, "mV")
    if start is None:
        cell.kernel.steady_state(holding, p, state)
    return hold(cell, p, state, command, times, 0.0, float(duration), dt, require_synapses(synapses))


def hold(cell, p, state, command, times, t_start, t_end, dt, synapses=()):
    """The run behind :func:`voltage_clamp`, from ``state``, sampled at any rising ``times``."""
    samples = np.full(len(state) * len(times), np.nan)
    rows = command.flat
    cell.kernel.clamp(state, p, rows, len(rows) // 3, t_start, t_end, times, len(times), samples, dt)
    return Trace(cell, p, times, samples.reshape(len(state), -1), command, clamped=True, synapses=synapses)


def resume(trace, duration, stimulus=None, dt=None, sample_every=None, synapses=None, **changes):
    """Go on from the last sample of ``trace`` for ``duration`` ms; a :class:`Trace` of what comes then.

    Time goes on, too: the first sample is the last of ``trace``. ``stimulus``: the injected current, or the command of a
    clamp, in the time of ``trace``; that of ``trace`` unless given, and so with ``synapses``. ``changes``: parameters by
    name, from here on; the others stay as they were. Other arguments and errors as in :func:`current_clamp`.
    """
    stimulus = require_waveform("stimulus", trace.stimulus if stimulus is None else stimulus)
    values = trace.cell.values_of(trace.parameters)
    values |= {trace.cell.parameter_name(name): value for name, value in changes.items()}
    p, times, dt = prepare(trace.cell, duration, dt, sample_every, values)
    t = float(trace.time[-1])
    run = hold if trace.clamped else inject
    if trace.clamped:
        stimulus = stimulus.over(float(trace.V[-1]))
    synapses = trace.synapses if synapses is None else require_synapses(synapses)
    return run(trace.cell, p, trace.samples[:, -1].copy(), stimulus, t + times, t, t + float(duration), dt, synapses)


def largest_step(cell, temperature_celsius):
    """Largest time step that is accepted, ms: 0.1, or less in proportion where the fastest gate moves faster."""
    return LARGEST_STEP / max([1.0, *(gate.speed(temperature_celsius) for _, _, gate in cell.moving_gates)])


def step_size(cell, p, duration, dt=None):
    """``dt`` if it is fine enough for the cell with parameters ``p``; a tenth of :func:`largest_step` if it is None.

    For the squid axon that is 0.01 ms at 6.3 °C. Raises ``ValueError`` for a step that is too coarse or not above 0, and
    for one that is too fine for a run of ``duration`` ms to come to an end.
    """
    limit = largest_step(cell, p[cell.index("temperature_celsius")])
    dt = 0.1 * limit if dt is None else require("dt", dt, 0.0, limit, "ms", open_low=True)
    if duration > MOST_STEPS * dt:
        raise ValueError(f"{duration:g} ms in steps of {dt:g} ms: {MOST_STEPS:g} steps are allowed in a run")
    return dt


def prepare(cell, duration, dt, sample_every, changes):
    """The parameter array of a run, the times of its samples and its step, from checked arguments."""
    for name, value in changes.items():
        if not did_you_mean(name, require_cell(cell).parameter_names) and did_you_mean(name, OPTIONS):
            raise ValueError(f"{name} = {value!r}: {did_you_mean(name, OPTIONS)}"
                             f"it is no parameter of {cell.name} and no argument")
    p = require_cell(cell).parameters(**changes)
    require_positive("duration", duration, "ms")
    steps = step_size(cell, p, duration, dt)
    every = next(value for value in (sample_every, dt, 0.01) if value is not None)
    require_positive("sample_every", every, "ms")
    size = 8.0 * len(cell.state_names) * duration / every
    if size > LARGEST_RESULT:
        raise ValueError(f"duration = {duration!r} ms: a sample every {every:g} ms would take {size / 1e6:.0f} MB, and "
                         f"{LARGEST_RESULT / 1e6:.0f} MB is allowed; sample less often")
    count = max(1, round(duration / every))
    return p, np.minimum(np.arange(count + 1) * every, duration), steps


def start_state(cell, start):
    """``start`` as a new state array: one number for each of ``cell.state_names``, or a rest or a trace to go on from.

    Raises ``ValueError`` for other lengths, V outside −250 to 250 mV, gates outside 0 to 1, and calcium not above 0.
    """
    given = getattr(start, "cell", cell)
    if given.state_names != cell.state_names:
        raise ValueError(f"start: it is of {given.name}, with the states {', '.join(given.state_names)}; {cell.name} has "
                         f"{', '.join(cell.state_names)}")
    state = as_numbers(start.samples[:, -1] if hasattr(start, "samples") else getattr(start, "state", start))
    if state.shape != (len(cell.state_names),) or not np.all(np.isfinite(state)):
        raise ValueError(f"start = {start!r}: it has to hold {', '.join(cell.state_names)}, all finite")
    for name, value in zip(cell.state_names, state.tolist(), strict=True):
        if name == "V":
            require("start: V", value, -250.0, 250.0, "mV")
        elif name == "Ca":
            require_positive("start: Ca", value, "mM")
        else:
            require(f"start: gate {name}", value, 0.0, 1.0)
    return state.copy()
