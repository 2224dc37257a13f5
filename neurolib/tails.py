"""Tail currents of the squid axon under voltage clamp, and what an amplifier records with them: leak, charge, subtraction.

The channels are those of :mod:`neurolib.channels.squid` at 6.3 °C. At a constant voltage each gate is an exponential, so
that nothing here depends on a time step. The protocol: from ``HOLD`` a prepulse, then at 0 ms the test voltage. Hodgkin &
Huxley 1952, J Physiol 116:473-496, stepped so to many test voltages and found the current of the first instant on a line.

Voltages in mV, times in ms, conductances in mS/cm², currents in µA/cm².
"""

from neurolib.channels.relaxation import relaxed_by_rates
from neurolib.channels.squid import alpha_h, alpha_m, alpha_n, beta_h, beta_m, beta_n
from neurolib.portable import math, portable

HOLD = -80.0
C_M, TAU_CLAMP = 1.0, 0.02  # µF/cm²; ms: how fast the amplifier brings in the charge of a step
PARTS = 4.0  # of a step: the P/4 procedure of Bezanilla & Armstrong 1977, J Gen Physiol 70:549-566


@portable
def gates_after(V, t, m, h, n):
    """The three gates t ms after a step to ``V`` that found them at ``m``, ``h`` and ``n``."""
    m_now = relaxed_by_rates(m, alpha_m(V), beta_m(V), t)
    h_now = relaxed_by_rates(h, alpha_h(V), beta_h(V), t)
    return m_now, h_now, relaxed_by_rates(n, alpha_n(V), beta_n(V), t)


@portable
def gates_before(t, V_0, V_pre, duration):
    """The gates at ``t`` ms, at most 0, of a prepulse to ``V_pre`` that begins ``duration`` ms before 0 from steady ``V_0``."""
    m, h, n = gates_after(V_0, 1e6, 0.0, 0.0, 0.0)
    return gates_after(V_pre, max(t + duration, 0.0), m, h, n)


@portable
def conductances(m, h, n, g_Na, g_K):
    """(g_Na m³h, g_K n⁴)."""
    return g_Na * m * m * m * h, g_K * n * n * n * n


@portable
def charging_current(t, jump):
    """I_C = C ΔV/τ · e^{−t/τ}, t ms after a step by ``jump``: the charge C ΔV, brought in with the amplifier's own τ."""
    return C_M * jump / TAU_CLAMP * math.exp(-t / TAU_CLAMP)


@portable
def replaced_reversal(E, part, ratio, thermal):
    """E + (RT/F) ln(1 − x + x P_X/P_Na): the reversal when the part x of the sodium outside is replaced by the ion X.

    From Goldman's equation with sodium alone inside, for ions of one charge. ``ratio`` is P_X/P_Na, ``thermal`` RT/F.
    """
    return E + thermal * math.log(1.0 - part + part * ratio)


@portable
def quarter(V, V_sub):
    """The voltage that a pulse of the subtraction has while the record's own is ``V``: V_sub + (V − HOLD)/4."""
    return V_sub + (V - HOLD) / PARTS
