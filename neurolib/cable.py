"""A propagating action potential: segments of one cell in a row, joined by the resistance of the axoplasm."""

from dataclasses import dataclass

import numpy as np

from neurolib.cell import Cell, require_cell
from neurolib.cells import squid_axon
from neurolib.checks import require, require_non_negative, require_positive
from neurolib.protocols import NOTHING
from neurolib.rest import find_rest
from neurolib.simulate import LeftRange, Trace, largest_step


@dataclass(frozen=True)
class Electrode:
    """A rectangular current (µA/cm²) into ``width`` mm of the cable from ``position`` mm on; times in ms."""

    position: float = 0.0
    amplitude: float = 1000.0
    duration: float = 0.2
    onset: float = 0.0
    width: float = 1.0


@dataclass(frozen=True, eq=False)
class Propagation:
    """What a cable did: ``V[segment, sample]`` in mV at ``time`` (ms) and ``position`` (mm).

    ``passage``: when V of each segment first passed the level upwards, nan where it did not. ``probe``: the
    :class:`~neurolib.simulate.Trace` of one segment, with its gates and channel currents.
    """

    time: np.ndarray
    position: np.ndarray
    V: np.ndarray
    passage: np.ndarray
    probe: Trace

    def velocity(self, start=0.3, end=0.6):
        """Mean velocity between two fractions of the length, m/s; nan if either was not reached. 1 mm/ms is 1 m/s."""
        i, j = (round(fraction * (len(self.position) - 1)) for fraction in (start, end))
        return float((self.position[j] - self.position[i]) / (self.passage[j] - self.passage[i]))

    @property
    def conducted(self):
        """Whether the spike reached both ends."""
        return bool(np.all(np.isfinite(self.passage[[0, -1]])))


@dataclass(frozen=True)
class Cable:
    """C_m ∂V/∂t = (d/4R_a) ∂²V/∂x² − Σ I + I_stim on ``length`` mm, with sealed ends.

    ``diameter`` in µm; axial resistivity ``R_a`` in Ω·cm; ``segment`` the length of a segment in µm.
    """

    cell: Cell
    length: float = 80.0
    diameter: float = 476.0
    R_a: float = 35.4
    segment: float = 200.0

    def __post_init__(self):
        require_cell(self.cell)
        for name, unit in (("length", "mm"), ("diameter", "µm"), ("R_a", "Ω·cm"), ("segment", "µm")):
            require_positive(name, getattr(self, name), unit)
        require("segments", self.segments, 3, 5000)

    @property
    def segments(self):
        """Number of segments."""
        return round(1000.0 * self.length / self.segment)

    @property
    def axial(self):
        """Conductance between neighbours per membrane area, d/(4 R_a Δx²), mS/cm²."""
        return 1e3 * (1e-4 * self.diameter) / (4.0 * self.R_a * (1e-4 * self.segment) ** 2)

    def stimulate(self, electrodes=(Electrode(),), duration=12.0, dt=None, sample_every=0.05, probe=0.5, level=-40.0,
                  **changes):
        """Inject currents by ``electrodes`` from rest everywhere, for ``duration`` ms; gives a :class:`Propagation`.

        ``dt``: 0.01 ms, or less at temperatures where that is coarse, unless given. ``probe``: where along the length,
        0 to 1, all states are recorded. ``level``: mV at which a segment's passage counts. ``changes``: parameters of
        the cell by name. Raises ``ValueError`` for arguments out of range and :class:`~neurolib.simulate.LeftRange`
        where V leaves −250 to 250 mV.
        """
        cell, n, rows = self.cell, self.segments, self._rows(electrodes)
        start = find_rest(cell, **changes)
        p = start.parameters
        limit = largest_step(cell, p[cell.index("temperature_celsius")])
        h = min(0.01, limit / 4.0) if dt is None else require("dt", dt, 0.0, limit, "ms", open_low=True)
        every = max(1, round(require_positive("sample_every", sample_every, "ms") / h))
        steps = round(require_positive("duration", duration, "ms") / h)
        count = steps // every + 1
        require("memory", 8e-6 * count * n, 0.0, 512.0, "MB")
        states = np.repeat(start.state, n)
        V, probed = np.full(n * count, np.nan), np.full(len(start.state) * count, np.nan)
        passage = np.empty(n)
        at = round(require("probe", probe, 0.0, 1.0) * (n - 1))
        t_failed = cell.kernel.cable(states, p, n, self.axial, rows, len(electrodes), steps, every, h,
                                     V, at, probed, passage, level, np.empty(n), np.empty(n))
        if t_failed >= 0.0:
            raise LeftRange(f"V left -250 to 250 mV at {t_failed:.4g} ms under {electrodes}")
        time = h * every * np.arange(count)
        trace = Trace(cell, p, time, probed.reshape(-1, count), NOTHING)
        position = 1e-3 * self.segment * (np.arange(n) + 0.5)
        return Propagation(time, position, V.reshape(n, count), np.where(passage < 0.0, np.nan, passage), trace)

    def velocity(self, **changes):
        """Conduction velocity in the middle of the cable after a strong shock at its start, m/s; nan if it fails."""
        return self.stimulate(**changes).velocity()

    def _rows(self, electrodes):
        if not isinstance(electrodes, (tuple, list)) or not all(isinstance(e, Electrode) for e in electrodes):
            raise ValueError(f"electrodes = {electrodes!r}: a sequence of Electrode is wanted; one of them is "
                             "stimulate((Electrode(position=0.0, amplitude=1000.0),))")
        rows = []
        for e in electrodes:
            first = round(1e3 * require("position", e.position, 0.0, self.length, "mm") / self.segment)
            width = max(1, round(1e3 * require_positive("width", e.width, "mm") / self.segment))
            rows += [first, first + width, require_non_negative("onset", e.onset, "ms"),
                     require_positive("duration", e.duration, "ms"), require("amplitude", e.amplitude)]
        return np.array(rows or [0.0], dtype=float)


def squid_cable(length=80.0):
    """The axon of Hodgkin & Huxley 1952: 476 µm across, 35.4 Ω·cm, in segments of 200 µm."""
    return Cable(squid_axon, length)


def heat_block(cable, low, high, step=0.5):
    """Temperatures, one ``step`` apart between ``low`` and ``high`` °C, between which conduction fails: [last, first].

    Raises ``ValueError`` if conduction does not succeed at ``low`` and fail at ``high``.
    """
    conducts = None
    for temperature in np.arange(low, high + 0.5 * step, step):
        if not np.isfinite(cable.stimulate(temperature_celsius=float(temperature)).passage[-1]):
            if conducts is None:
                break
            return [conducts, float(temperature)]
        conducts = float(temperature)
    raise ValueError(f"low = {low!r}, high = {high!r} °C: conduction has to succeed at the first and fail at the last")
