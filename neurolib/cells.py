"""The model cells of the book.

An explorer's model, or any other code, runs a cell's kernels on flat arrays. They are portable: call them by a
module-level name from a portable function, and the page compiles them with it::

    SQUID = squid_axon.kernel                    # in the module that defines the model
    rest, integrate = SQUID.rest, SQUID.integrate
    G_NA, T = squid_axon.index("g_bar_Na"), squid_axon.index("temperature_celsius")

    @portable
    def model(g_bar_Na, temperature_celsius, amplitude, p, state, stimulus, times, n, samples, crossings):
        defaults(p)                              # p: len(squid_axon.parameter_names) numbers
        p[G_NA] = g_bar_Na
        p[T] = temperature_celsius
        rest(p, 0.0, state)                      # state: V, m, h, n
        put_pulse(stimulus, 0, 1.0, 0.5, amplitude)   # neurolib.protocols: onset, duration, amplitude; two rows
        return integrate(state, p, stimulus, 2, 0.0, 20.0, times, n, samples, crossings, 1, math.inf, 0.01)

``samples[j * n + i]`` is state j at ``times[i]``. With arrays, names and checked arguments:
:func:`neurolib.simulate.current_clamp`.
"""

from neurolib import squid_channels as squid
from neurolib.cell import Cell

squid_axon = Cell(
    "squid_axon", 1.0, (squid.SODIUM, squid.POTASSIUM, squid.LEAK), squid.TEMPERATURE,
    source="Hodgkin & Huxley 1952, J Physiol 117:500-544, with E_L = -54.387 mV (their V_l = 10.613 mV)",
)

# For changes of [K+] outside, which a leak made mostly of K+ has to follow. A choice made here.
squid_axon_split_leak = Cell(
    "squid_axon_split_leak", 1.0, (squid.SODIUM, squid.POTASSIUM, squid.LEAK_K, squid.LEAK_NA), squid.TEMPERATURE,
    source="squid_axon with its leak divided into K+ and Na+ parts of the same sum",
)
