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

from neurolib.cell import Cell
from neurolib.channels import CalciumPool, barnacle, calcium, cardiac, cortical, leak, squid, thalamic
from neurolib.channels.leaks import matching_leak
from neurolib.checks import did_you_mean
from neurolib.constants import MAMMAL

squid_axon = Cell(
    "squid_axon", 1.0, (squid.SODIUM, squid.POTASSIUM, squid.LEAK), squid.TEMPERATURE,
    source="Hodgkin & Huxley 1952, J Physiol 117:500-544, with E_L = −54.387 mV (their V_l = −10.613 mV)",
)

# For changes of [K+] outside, which a leak made mostly of K+ has to follow. A choice made here.
squid_axon_split_leak = Cell(
    "squid_axon_split_leak", 1.0, (squid.SODIUM, squid.POTASSIUM, squid.LEAK_K, squid.LEAK_NA), squid.TEMPERATURE,
    source="The squid giant axon with its leak divided into K⁺ and Na⁺ parts of the same sum",
)

mammalian_neuron = Cell(
    "mammalian_neuron", 1.0,
    (cortical.SODIUM, cortical.POTASSIUM, leak("KL", 0.08, cortical.E_K, "K"), leak("NaL", 0.02, cortical.E_NA, "Na")),
    36.0,
    source="Traub-Miles currents as in Pospischil et al. 2008, with a leak of 0.1 mS/cm² divided so that it reverses "
    "at −70 mV: a choice made here",
)


def with_calcium(cell, *channels, depth=1.0, tau=80.0, g_bar_CaL=0.2, name=None):
    """``cell`` with an L-type calcium channel, a calcium pool and further ``channels`` (BK, SK, slow AHP).

    ``depth`` of the pool in um and ``tau`` in ms: 1 um and 80 ms are choices made here (the file that the L-type
    channel comes from has 5 ms); BK needs the nearby calcium of a thin, quick shell, 0.1 um and 5 ms.
    """
    added = (calcium.L_TYPE.with_(g_bar=g_bar_CaL), *channels)
    name = name or "_".join([cell.name, *(channel.name for channel in added)])
    return cell.with_(pool=CalciumPool.shell(depth, tau)).with_channel(*added, name=name)


# The same currents at -70 mV through leaks that rectify, between the textbook solutions of a mammalian neuron.
mammalian_rectifying_leak = mammalian_neuron.with_channel(
    matching_leak("KL", "K", 0.08 * 30.0, -70.0, MAMMAL, 36.0),
    matching_leak("NaL", "Na", -0.02 * 120.0, -70.0, MAMMAL, 36.0),
    name="mammalian_rectifying_leak",
)
mammalian_m_current = mammalian_neuron.with_channel(cortical.M_CURRENT, name="mammalian_m_current")
mammalian_a_type = mammalian_neuron.with_channel(cortical.A_TYPE, name="mammalian_a_type")
mammalian_persistent_sodium = mammalian_neuron.with_channel(
    cortical.PERSISTENT_SODIUM, name="mammalian_persistent_sodium"
)
mammalian_l_type = with_calcium(mammalian_neuron, name="mammalian_l_type")
mammalian_slow_ahp = with_calcium(mammalian_neuron, calcium.SLOW_AHP, name="mammalian_slow_ahp")
mammalian_sk = with_calcium(mammalian_neuron, calcium.SK, name="mammalian_sk")
mammalian_bk = with_calcium(mammalian_neuron, calcium.BK, depth=0.1, tau=5.0, name="mammalian_bk")
mammalian_t_type = mammalian_neuron.with_(pool=CalciumPool.shell(1.0, 5.0), name="mammalian_t_type").with_channel(
    calcium.T_TYPE_CORTICAL
)

thalamic_relay = Cell(
    "thalamic_relay", 0.88,
    (
        cortical.SODIUM.with_(g_bar=10.0, constants={"V_T": -52.0}),
        cortical.POTASSIUM.with_(g_bar=10.0, constants={"V_T": -52.0}),
        leak("L", 0.0379, -76.5),
        calcium.T_TYPE,
    ),
    34.0, CalciumPool.shell(0.1, 5.0),
    source="Destexhe et al. 1998, J Neurosci 18:3574-3588, one compartment; ModelDB 279",
)

# A relay cell that fires by itself: less leak, of which half is potassium's, twice the T-type channels, and I_h.
thalamic_pacemaker = Cell(
    "thalamic_pacemaker", 0.88,
    (
        *thalamic_relay.channels[:2],
        leak("L", 0.01, -70.0),
        calcium.T_TYPE.with_(g_bar=1.7e-4),
        leak("KL", 0.01, cortical.E_K, "K"),
        thalamic.H_CURRENT,
    ),
    34.0, thalamic_relay.pool,
    source="The thalamic relay cell with I_h of Huguenard & McCormick 1992 and a divided leak as in Destexhe et al. 1996; "
    "its permeability to calcium is a choice made here",
)

ventricular_cell = Cell(
    "ventricular_cell", 1.0,
    (
        cardiac.SODIUM, cardiac.SODIUM_BACKGROUND, cardiac.SLOW_INWARD, cardiac.INWARD_RECTIFIER,
        cardiac.OUTWARD_RECTIFIER,
    ),
    37.0, cardiac.CALCIUM,
    source="Beeler & Reuter 1977, J Physiol 268:177-210, with the denominator of β_x corrected",
)

morris_lecar = Cell(
    "morris_lecar", 20.0, (barnacle.CALCIUM, barnacle.POTASSIUM, barnacle.LEAK), 22.0,
    source="Morris & Lecar 1981, Biophys J 35:193-213; no temperature dependence",
)


def __getattr__(name):
    meant = did_you_mean(name, [known for known, value in globals().items() if isinstance(value, Cell)])
    raise AttributeError(f"module {__name__!r} has no cell {name!r}{': ' * bool(meant)}{meant.strip()}")
