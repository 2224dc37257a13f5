"""Currents of the squid axon against voltage, steady and at once, and where a stimulus crosses them.

At once: m, which is quick, is at its steady state at V; h and n are still what they were. Steady: all three gates are at their
steady states. A stimulus of ``I`` µA/cm² through an electrode of ``g_load`` mS/cm² from ``V_rest`` gives

    I_load(V) = I − g_load (V − V_rest) ,

a line whose crossings with either curve are states in which V would stand still; with C dV/dt = I_load − I_ion such a state is
stable if the curve rises more steeply than the line. The leak is divided as in :mod:`neurolib.channels.squid`, and follows
the potassium outside.

What all functions need stands in ``p``, by the places below. V in mV, conductances in mS/cm², currents in µA/cm², 6.3 °C.
"""

from neurolib.channels.relaxation import steady
from neurolib.channels.squid import (
    K_OUT_REFERENCE,
    LEAK_K,
    LEAK_NA,
    POTASSIUM,
    SODIUM,
    TEMPERATURE,
    alpha_h,
    alpha_m,
    alpha_n,
    beta_h,
    beta_m,
    beta_n,
    potassium_reversal,
)
from neurolib.electrochemistry import ghk_current, thermal_voltage
from neurolib.portable import math, portable

G_NA, G_K, E_K, K_NEAR, P_K, H_0, N_0, V_REST, I_STIM, G_LOAD = range(10)
PLACES = 10
G_NA_BAR, G_K_BAR, G_LEAK_K, G_LEAK_NA = SODIUM.g_bar, POTASSIUM.g_bar, LEAK_K.g_bar, LEAK_NA.g_bar
E_NA, E_K_REFERENCE, K_IN = SODIUM.E_rev, POTASSIUM.E_rev, 400.0  # mM, as squid axons have it inside
V_MATCH = -65.0  # mV at which, in sea water, the constant-field current is as large as the ohmic one
K_NEAR_REFERENCE = K_IN * math.exp(E_K_REFERENCE / thermal_voltage(TEMPERATURE))  # mM, what E_K says of K⁺ at the membrane
P_MATCHED = (V_MATCH - E_K_REFERENCE) / ghk_current(1.0, 1.0, V_MATCH, K_IN, K_NEAR_REFERENCE, TEMPERATURE)
V_LOW, V_HIGH, GRID, MOST = -130.0, 90.0, 0.25, 3
AT_ONCE, STEADY = 0.0, 1.0


@portable
def set_up(p, ttx, tea, K_out, constant_field):
    """Fill ``p`` for channels blocked by ``ttx`` and ``tea`` (parts), and with ``constant_field`` 1 for Goldman's current."""
    p[G_NA] = G_NA_BAR * (1.0 - ttx)
    p[G_K] = G_K_BAR * (1.0 - tea)
    p[E_K] = potassium_reversal(K_out, TEMPERATURE)
    p[K_NEAR] = K_NEAR_REFERENCE * K_out / K_OUT_REFERENCE
    p[P_K] = P_MATCHED if constant_field == 1.0 else 0.0
    p[I_STIM] = 0.0
    p[G_LOAD] = 0.0


@portable
def potassium_drive(V, p):
    """V − E_K, or the constant-field current in its place, which has the same value at −65 mV and 10 mM; mV."""
    if p[P_K] == 0.0:
        return V - p[E_K]
    return ghk_current(p[P_K], 1.0, V, K_IN, p[K_NEAR], TEMPERATURE)


@portable
def ionic_current(V, m, h, n, p):
    """Sum of the currents through sodium and potassium channels and both leaks, µA/cm²."""
    Na = (p[G_NA] * m * m * m * h + G_LEAK_NA) * (V - E_NA)
    return Na + p[G_K] * n * n * n * n * potassium_drive(V, p) + G_LEAK_K * (V - p[E_K])


@portable
def steady_m(V):
    """m_∞ at V."""
    return steady(alpha_m(V), beta_m(V))


@portable
def steady_h(V):
    """h_∞ at V."""
    return steady(alpha_h(V), beta_h(V))


@portable
def steady_n(V):
    """n_∞ at V."""
    return steady(alpha_n(V), beta_n(V))


@portable
def current_at(V, kind, p):
    """The current at V, at once (``kind`` 0, with the h and n of ``p``) or steady (1)."""
    if kind == STEADY:
        return ionic_current(V, steady_m(V), steady_h(V), steady_n(V), p)
    return ionic_current(V, steady_m(V), p[H_0], p[N_0], p)


@portable
def load(V, p):
    """I − g_load (V − V_rest): what the stimulus gives at V."""
    return p[I_STIM] - p[G_LOAD] * (V - p[V_REST])


@portable
def slope_at(V, kind, p):
    """Slope of the curve at V less that of the load line, mS/cm²: stable where it is positive."""
    step = 1e-4
    return (current_at(V + step, kind, p) - current_at(V - step, kind, p)) / (2.0 * step) + p[G_LOAD]


@portable
def crossings(kind, p, found):
    """Fill ``found`` with up to three voltages at which curve and load line cross, upwards, then nan; how many there are.

    Two that lie within a quarter of a millivolt of each other are passed over.
    """
    count = 0
    for i in range(MOST):
        found[i] = math.nan
    low = V_LOW
    below = current_at(low, kind, p) - load(low, p)
    while low < V_HIGH and count < MOST:
        high = low + GRID
        above = current_at(high, kind, p) - load(high, p)
        if (below < 0.0 and above >= 0.0) or (below >= 0.0 and above < 0.0):
            left, right = low, high
            for _halving in range(44):
                middle = 0.5 * (left + right)
                here = current_at(middle, kind, p) - load(middle, p)
                if (below < 0.0 and here < 0.0) or (below >= 0.0 and here >= 0.0):
                    left = middle
                else:
                    right = middle
            found[count] = 0.5 * (left + right)
            count = count + 1
        low = high
        below = above
    return count


@portable
def put_rest(p, found):
    """Put into ``p`` the rest without a stimulus, the lowest crossing of the steady curve with 0, and its h and n."""
    crossings(STEADY, p, found)
    p[V_REST] = found[0]
    p[H_0] = steady_h(found[0])
    p[N_0] = steady_n(found[0])
