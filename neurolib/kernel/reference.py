"""What :mod:`neurolib.kernel.write` writes for one cell: a leak, an L-type calcium channel and a pool of calcium.

With these functions :mod:`neurolib.kernel.scheme` and its neighbours can be imported, run and stepped through as they
are. A test holds this file to what is written.
"""

from neurolib.channels.calcium import calcium_reversal as CaL_reversal_of
from neurolib.channels.calcium import l_type_alpha_h as h_CaL_alpha_of
from neurolib.channels.calcium import l_type_alpha_m as m_CaL_alpha_of
from neurolib.channels.calcium import l_type_beta_h as h_CaL_beta_of
from neurolib.channels.calcium import l_type_beta_m as m_CaL_beta_of
from neurolib.portable import math, portable

STATES = 4
C_M = 0
CA_REST = 7
CA_TAU = 8
CA_GAIN = 9
CA_RECTIFIED = 1
CA_GATED = 0


@portable
def defaults(p):
    """Fill ``p`` with the cell's parameters."""
    p[0] = 1.0
    p[1] = 36.0
    p[2] = 0.1
    p[3] = 0.2
    p[4] = -70.0
    p[5] = 1.0
    p[6] = 1.0
    p[7] = 0.00024
    p[8] = 80.0
    p[9] = 5.182134828131087e-05
    p[10] = 2.0


@portable
def take(array, n, i):
    """V, gates and Ca from place ``i`` of ``n``: state j stands at ``array[j * n + i]``."""
    return array[i], (array[n + i], array[2 * n + i]), array[3 * n + i]


@portable
def put(array, n, i, V, gates, Ca):
    """Write V, gates and Ca to where ``take`` finds them."""
    array[i] = V
    array[n + i] = gates[0]
    array[2 * n + i] = gates[1]
    array[3 * n + i] = Ca


@portable
def speeds(p):
    """φ of every gate: its rate multiplier times its temperature factor."""
    rate_m_CaL = p[5]
    rate_h_CaL = p[6]
    return (rate_m_CaL, rate_h_CaL)


@portable
def rates(V, Ca, p):
    """Steady states of all gates at V and Ca, then the rates at which they approach them, 1/ms at φ = 1."""
    m_CaL_inf = m_CaL_alpha_of(V)
    m_CaL_k = m_CaL_inf + m_CaL_beta_of(V)
    m_CaL_inf = m_CaL_inf / m_CaL_k
    h_CaL_inf = h_CaL_alpha_of(V)
    h_CaL_k = h_CaL_inf + h_CaL_beta_of(V)
    h_CaL_inf = h_CaL_inf / h_CaL_k
    return (m_CaL_inf, h_CaL_inf, m_CaL_k, h_CaL_k)


@portable
def steady_gates(rate):
    """Every gate at its steady state."""
    return (rate[0], rate[1])


@portable
def gains(rate, speed, half):
    """How far every gate goes in ``half`` ms, as a part of its way."""
    return (1.0 - math.exp(-half * speed[0] * rate[2]), 1.0 - math.exp(-half * speed[1] * rate[3]))


@portable
def move_gates(gates, rate, gain):
    """The gates after that, exact for the rates at hand."""
    return (gates[0] + (rate[0] - gates[0]) * gain[0], gates[1] + (rate[1] - gates[1]) * gain[1])


@portable
def gate_flows(gates, rate, speed):
    """dx/dt of every gate, 1/ms."""
    return (speed[0] * rate[2] * (rate[0] - gates[0]), speed[1] * rate[3] * (rate[1] - gates[1]))


@portable
def current(V, gates, Ca, p):
    """Sum of the currents of all channels, µA/cm²."""
    return current_and_slope(V, gates, Ca, p)[0]


@portable
def current_and_slope(V, gates, Ca, p):
    """Σ I and dΣI/dV at fixed gates."""
    temperature_celsius = p[1]
    g_bar_L = p[2]
    g_bar_CaL = p[3]
    E_L = p[4]
    Ca_out = p[10]
    m_CaL = gates[0]
    h_CaL = gates[1]
    g_L = g_bar_L
    g_CaL = g_bar_CaL * m_CaL * m_CaL * h_CaL
    return g_L * (V - E_L) + g_CaL * (V - CaL_reversal_of(Ca, Ca_out, temperature_celsius)), g_L + g_CaL


@portable
def put_currents(V, gates, Ca, p, sample, samples, conductances, currents):
    """Conductance and current of every channel at ``sample`` of ``samples``."""
    temperature_celsius = p[1]
    g_bar_L = p[2]
    g_bar_CaL = p[3]
    E_L = p[4]
    Ca_out = p[10]
    m_CaL = gates[0]
    h_CaL = gates[1]
    conductances[sample] = g_bar_L
    currents[sample] = conductances[sample] * (V - E_L)
    conductances[samples + sample] = g_bar_CaL * m_CaL * m_CaL * h_CaL
    currents[samples + sample] = conductances[samples + sample] * (V - CaL_reversal_of(Ca, Ca_out, temperature_celsius))


@portable
def calcium_current(V, gates, Ca, p):
    """Sum of the currents that carry calcium, µA/cm²."""
    temperature_celsius = p[1]
    g_bar_CaL = p[3]
    Ca_out = p[10]
    m_CaL = gates[0]
    h_CaL = gates[1]
    return g_bar_CaL * m_CaL * m_CaL * h_CaL * (V - CaL_reversal_of(Ca, Ca_out, temperature_celsius))


@portable
def calcium_currents(V, gates, Ca, Ca_near, p):
    """The same at Ca and at ``Ca_near``: together, so that what they share is computed once."""
    temperature_celsius = p[1]
    g_bar_CaL = p[3]
    Ca_out = p[10]
    m_CaL = gates[0]
    h_CaL = gates[1]
    I_Ca = g_bar_CaL * m_CaL * m_CaL * h_CaL * (V - CaL_reversal_of(Ca, Ca_out, temperature_celsius))
    I_near = g_bar_CaL * m_CaL * m_CaL * h_CaL * (V - CaL_reversal_of(Ca_near, Ca_out, temperature_celsius))
    return I_Ca, I_near
