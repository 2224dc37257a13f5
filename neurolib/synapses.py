"""Synapses: conductances in time, with their reversal potentials.

I_syn = g(t) (V − E_rev), µA/cm², outward positive. g is a :class:`~neurolib.protocols.Waveform` in mS/cm²: of :func:`alpha` or
:func:`double_exponential`, of any numbers by :func:`~neurolib.protocols.sampled`, or of a pulse. Waveforms add up and move in
time, so many inputs are ``sum(g.shifted(t) for t in times)``. For µS into a cell of a given area see
:func:`~neurolib.protocols.per_area`.
"""

import math
from dataclasses import dataclass

import numpy as np

from neurolib.checks import require, require_non_negative, require_positive
from neurolib.protocols import Waveform, require_waveform, sampled, union

POINTS = 100  # in a time constant: a straight line between two is then within 1e-4 of the peak
END = 16.0  # time constants after which nothing is left: 2e-6 of the peak


@dataclass(frozen=True)
class Synapse:
    """A ``conductance`` in time, mS/cm², whose current reverses at ``E_rev`` mV (0: glutamate; −70 or so: GABA-A).

    Raises ``ValueError`` for what is no waveform and for a conductance below 0.
    """

    conductance: Waveform
    E_rev: float = 0.0
    name: str = "synapse"

    def __post_init__(self):
        require_waveform("conductance", self.conductance, "mS/cm²")
        require("E_rev", self.E_rev, -250.0, 250.0, "mV")
        t, g, slope = self.conductance.table.T
        lowest = np.minimum(g[:-1], g[:-1] + slope[:-1] * np.diff(t)).min(initial=0.0)
        if lowest < -1e-12 or (len(g) and (g[-1] < 0.0 or slope[-1] < 0.0)):
            raise ValueError(f"conductance = {self.conductance.description}: it falls below 0 mS/cm²; for inhibition set E_rev")

    def current(self, t, V):
        """g(t) (V − E_rev), µA/cm², at ``t`` ms and ``V`` mV: numbers, or arrays of one shape."""
        return self.conductance(t) * (V - self.E_rev)


def alpha(peak, tau, onset=0.0):
    """g(t) = peak · (s/τ) e^{1 − s/τ} with s = t − onset: the alpha function, which peaks after ``tau`` ms.

    ``peak`` in mS/cm². Rall (1967) J Neurophysiol 30:1138-1168. Within 1e-4 of the peak, as straight lines.
    """
    tau = require_positive("tau", tau, "ms")
    return _drawn(lambda s: s / tau * np.exp(1.0 - s / tau), peak, tau, tau, onset, f"an alpha function of {tau:g} ms")


def double_exponential(peak, rise, decay, onset=0.0):
    """g(t) = peak · (e^{−s/decay} − e^{−s/rise}) / norm with s = t − onset; ``rise`` below ``decay``, ms.

    The norm makes the largest value ``peak`` (mS/cm²), at s = ln(decay/rise) rise decay/(decay − rise): NEURON's Exp2Syn.
    Within 1e-4 of the peak, as straight lines.
    """
    decay = require_positive("decay", decay, "ms")
    rise = require("rise", rise, 0.0, decay, "ms", open_low=True, open_high=True)
    top = math.log(decay / rise) * rise * decay / (decay - rise)
    norm = math.exp(-top / decay) - math.exp(-top / rise)
    return _drawn(lambda s: (np.exp(-s / decay) - np.exp(-s / rise)) / norm, peak, rise, decay, onset,
                  f"a double exponential of {rise:g} and {decay:g} ms")


def _drawn(shape, peak, fast, slow, onset, description):
    """``peak`` times ``shape`` as a waveform: points close together while the fast part lasts, then 0 at the end."""
    peak, onset = require_non_negative("peak", peak, "mS/cm²"), require_non_negative("onset", onset, "ms")
    s = np.union1d(np.arange(0.0, END * fast, fast / POINTS), np.arange(0.0, END * slow, slow / POINTS))
    s = s[np.append(True, np.diff(s) > 1e-9 * fast)]
    drawn = sampled(onset + np.append(s, END * slow), peak * np.append(shape(s), 0.0))
    return Waveform(drawn.rows, f"{description}, {peak:g} mS/cm² at {onset:g} ms")


def require_synapses(synapses):
    """A tuple of :class:`Synapse`; ``ValueError`` for anything else."""
    several = (synapses,) if isinstance(synapses, Synapse) else synapses
    if not isinstance(several, (tuple, list)) or not all(isinstance(synapse, Synapse) for synapse in several):
        raise ValueError(f"synapses = {synapses!r}: a Synapse or several are wanted, such as "
                         "Synapse(alpha(0.1, 2.0, onset=5.0), E_rev=0.0)")
    return tuple(several)


def opened(synapses, stimulus):
    """(stimulus, conductance) as flat rows at the same times: Σ g, and ``stimulus`` + Σ g E_rev."""
    times = union(stimulus, *(synapse.conductance for synapse in synapses))
    total = np.zeros((2, len(times), 2))
    total[0] = np.column_stack(stimulus._at(times))
    for synapse in synapses:
        rows = np.column_stack(synapse.conductance._at(times))
        total[0] += synapse.E_rev * rows
        total[1] += rows
    return tuple(np.column_stack((times, rows)).ravel() for rows in total)
