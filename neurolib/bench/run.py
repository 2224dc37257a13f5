"""Run an experiment: the cell's rest, then each run of its protocol, with the numbers of the page."""

import math
from dataclasses import dataclass

import numpy as np

from neurolib.bench.cell import DataCell
from neurolib.bench.description import fields
from neurolib.bench.pack import split_gates
from neurolib.bench.protocol import check_protocol, runs_of_checked
from neurolib.kernel import generic as at
from neurolib.rest import Rest, find_rest
from neurolib.simulate import LeftRange, Trace, hold, inject
from neurolib.spikes import spikes

STEP, MOST_SAMPLES = 0.01, 40000  # ms; of a run
WHERE_NONE, ASIDE = -65.0, 1.0  # mV: where a run begins without a rest; and how far below a rest that is unstable
MOST_OPEN = 1.05  # Connor and Stevens' own fit of their A-current goes to 1.013
TRIED = np.linspace(-150.0, 100.0, 51)  # mV: where a gate has to have a steady state and a time constant


@dataclass(frozen=True, eq=False)
class Result:
    """What an experiment shows: ``traces``, one for each run, and the ``levels`` (mV or µA/cm²) of the runs.

    A :class:`~neurolib.simulate.Trace` has V, states by name, ``current(channel)`` and ``conductance(channel)``. ``rest``: a
    :class:`~neurolib.rest.Rest` under the held current, or None where the cell has none.
    """

    experiment: dict
    cell: DataCell
    rest: Rest | None
    levels: tuple
    traces: tuple[Trace, ...]

    @property
    def trace(self):
        """The first run, of most protocols the only one."""
        return self.traces[0]

    def spikes(self, level=0.0, **options):
        """The spikes of each run, as :func:`neurolib.spikes.spikes` measures them."""
        return tuple(spikes(trace, level=level, **options) for trace in self.traces)


def run(experiment):
    """Run ``experiment``, a dict with a ``membrane`` and a ``protocol``; a :class:`Result`.

    A run under current begins at the cell's rest under the held current: 1 mV below it where it is unstable, and in the steady
    state at −65 mV where there is none. A run under voltage begins in the steady state at the held voltage. Steps are of
    0.01 ms, samples 0.02 ms apart or, in runs beyond 800 ms, as far that there are 40 000.

    Raises ``ValueError`` for what is not allowed in a membrane or a protocol, with its place and what is wanted, and
    :class:`~neurolib.simulate.LeftRange` where V leaves −250 to 250 mV.
    """
    given = fields("experiment", experiment, ("membrane", "protocol"), format=1, view=None, title="")
    if given["format"] != 1:
        raise ValueError(f"experiment: format = {given['format']!r}: 1 is known here; a newer neurolib may know it")
    protocol, cell = check_protocol(given["protocol"]), checked_cell(given["membrane"])
    clamped = protocol["clamp"] == "voltage"
    p, times = cell.parameters(), sample_times(protocol["duration"])
    state, rest = beginning(cell, 0.0 if clamped else protocol["base"])
    if clamped:
        cell.kernel.steady_state(protocol["base"], p, state)
    commands, traces = runs_of_checked(protocol), []
    for _, waveform in commands:
        act = hold if clamped else inject
        try:
            traces.append(act(cell, p.copy(), state.copy(), waveform, times, 0.0, protocol["duration"], STEP))
        except LeftRange as error:
            raise LeftRange(f"{error}: make the stimulus weaker, or look for a conductance or a reversal potential that is too "
                            "large") from None
    return Result(experiment, cell, rest, tuple(level for level, _ in commands), tuple(traces))


def beginning(cell, base):
    """The state in which a run under the held current ``base`` begins, and the rest there, or None."""
    try:
        rest = find_rest(cell, base)
    except ValueError:
        state = np.empty(len(cell.state_names))
        cell.kernel.steady_state(WHERE_NONE, cell.parameters(), state)
        return state, None
    state = rest.state.copy()
    state[0] -= 0.0 if rest.stable else ASIDE
    return state, rest


def sample_times(duration):
    """The times of a run's samples, ms."""
    step = STEP * max(2, math.ceil(duration / MOST_SAMPLES / STEP))
    count = max(2, math.floor(duration / step + 0.5) + 1)
    return duration * np.arange(count) / (count - 1)


def checked_cell(membrane):
    """The cell of ``membrane``; ``ValueError`` that names a gate whose rates vanish or whose steady state leaves 0 to 1."""
    cell = DataCell(membrane)
    moving, at_once = split_gates(cell.membrane)
    p, n, total = cell.packed.copy(), len(TRIED), len(moving) + len(at_once)
    inf, tau = np.empty(total * n), np.empty(total * n)
    cell.kernel.module.gate_curves(p, p[at.CA_REST], TRIED, n, inf, tau)
    tau[len(moving) * n :] = 1.0  # of gates at once, which have none
    for (channel, gate), x, t in zip(moving + at_once, inf.reshape(-1, n), tau.reshape(-1, n), strict=True):
        place = f"channel {channel['name']}, gate {gate['name']}"
        still, outside = ~(t > 0.0) | ~np.isfinite(x), ~((x >= -1e-9) & (x <= MOST_OPEN))
        if still.any():
            raise ValueError(f"{place}: its rates at {TRIED[still][0]:g} mV vanish or are below 0: they have to be above 0 "
                             "everywhere")
        if outside.any():
            raise ValueError(f"{place}: its steady state at {TRIED[outside][0]:g} mV is {x[outside][0]:g}: it has to lie "
                             "between 0 and 1, and may go beyond by a twentieth, as a fit does")
    return cell
