"""The clamped squid axon step by step: portable pieces from which the explorers of inactivation build their protocols."""

from neurolib.cells import squid_axon
from neurolib.channels.squid import SODIUM
from neurolib.portable import portable
from neurolib.protocols import put_row
from neurolib.spikes import index_of_minimum, vertex

clamp = squid_axon.kernel.clamp
G_NA, E_NA = SODIUM.g_bar, SODIUM.E_rev
M, H = squid_axon.state_index("m"), squid_axon.state_index("h")


@portable
def sodium_current(V, m, h):
    """Sodium current at V mV, µA/cm²."""
    return G_NA * m * m * m * h * (V - E_NA)


@portable
def hold(V, duration, p, state, row):
    """Keep the membrane at ``V`` mV for ``duration`` ms. ``row``: room for one row of a command."""
    put_row(row, 0, 0.0, V, 0.0)
    clamp(state, p, row, 1, 0.0, duration, row, 0, row, 0.01)


@portable
def step_current(V, at, first, p, state, row, times, n, samples, t, I):
    """Step to ``V`` mV and return the peak (the most negative value) of the sodium current, µA/cm².

    The current at each of the n ``times`` (ms) goes to I[first] …, and ``at`` + time to t[first] …. A peak at the first
    sample is the sample, any other the vertex of a parabola. Room to work in: ``samples``.
    """
    put_row(row, 0, 0.0, V, 0.0)
    clamp(state, p, row, 1, 0.0, times[n - 1], times, n, samples, 0.01)
    for i in range(n):
        t[first + i] = at + times[i]
        I[first + i] = sodium_current(V, samples[M * n + i], samples[H * n + i])
    best = index_of_minimum(I, first, first + n)
    _t_peak, peak = vertex(t, I, best, first + n)
    return peak if best > first else I[best]
