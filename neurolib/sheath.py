"""The squid axon in its sheath: potassium that leaves it gathers in a narrow space, and is cleared through the glial layer.

The axon is :data:`neurolib.cells.squid_axon_split_leak`; its state and, behind it, K, the potassium in the space (mM), make the
state here: C_m dV/dt = I − I_K − I_Na with the gates of Hodgkin & Huxley, and :func:`flow`. The pump moves potassium and no
charge. Frankenhaeuser & Hodgkin 1956, J Physiol 131:341-376: a
space of some 30 nm between the axon and its Schwann cells, which potassium leaves with a permeability of some 6e-5 cm/s.
"""

from neurolib.cells import squid_axon_split_leak
from neurolib.channels.squid import K_OUT_REFERENCE, LEAK_K, POTASSIUM, potassium_reversal
from neurolib.constants import FARADAY
from neurolib.portable import portable, zeros

KERNEL = squid_axon_split_leak.kernel
defaults, steady_state, derivative = KERNEL.defaults, KERNEL.steady_state, KERNEL.derivative
PARAMETERS, V, K = len(squid_axon_split_leak.parameter_names), 0, len(squid_axon_split_leak.state_names)
STATES, N = K + 1, squid_axon_split_leak.state_index("n")
E_K, T_PLACE = squid_axon_split_leak.index("E_K"), squid_axon_split_leak.index("temperature_celsius")
G_K, G_KL = POTASSIUM.g_bar, LEAK_K.g_bar
V_START = -65.0  # mV, the rest to 0.01 mV
FILLS = 1e4 / FARADAY  # mM per ms in a space of 1 nm for each µA/cm²


@portable
def potassium_current(x, temperature_celsius):
    """I_K = (g_K n⁴ + g_KL) (V − E_K), µA/cm², with the E_K of the potassium in the space."""
    n = x[N]
    return (G_K * n * n * n * n + G_KL) * (x[V] - potassium_reversal(x[K], temperature_celsius))


@portable
def flow(x, p, I, theta, P, pump, out):
    """ẋ per ms, into ``out``, under a current of I µA/cm², in a space of θ nm with a layer of permeability P nm/s.

    dK/dt = (I_K − I_pump)/(F θ) − P (K − 10 mM)/θ: ``pump``, in µA/cm², takes as much back as leaves the axon at rest.
    ``p``: the axon's parameters, of which E_K follows the potassium in the space.
    """
    p[E_K] = potassium_reversal(x[K], p[T_PLACE])
    derivative(x, p, I, out)
    out[K] = (FILLS * (potassium_current(x, p[T_PLACE]) - pump) - 1e-3 * P * (x[K] - K_OUT_REFERENCE)) / theta


@portable
def begin(x, p, T):
    """Fill ``p`` with the axon's parameters at T °C and ``x`` with the rest in sea water; returns the pump's current that keeps
    its potassium, µA/cm²."""
    defaults(p)
    p[T_PLACE] = T
    steady_state(V_START, p, x)
    x[K] = K_OUT_REFERENCE
    return potassium_current(x, T)


@portable
def advance(x, p, I, theta, P, pump, dt):
    """One step of dt ms, Runge-Kutta of fourth order, in place."""
    first, second, third, fourth, near = zeros(STATES), zeros(STATES), zeros(STATES), zeros(STATES), zeros(STATES)
    flow(x, p, I, theta, P, pump, first)
    for j in range(STATES):
        near[j] = x[j] + 0.5 * dt * first[j]
    flow(near, p, I, theta, P, pump, second)
    for j in range(STATES):
        near[j] = x[j] + 0.5 * dt * second[j]
    flow(near, p, I, theta, P, pump, third)
    for j in range(STATES):
        near[j] = x[j] + dt * third[j]
    flow(near, p, I, theta, P, pump, fourth)
    for j in range(STATES):
        x[j] = x[j] + dt / 6.0 * (first[j] + 2.0 * second[j] + 2.0 * third[j] + fourth[j])
