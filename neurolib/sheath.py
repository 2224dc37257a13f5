"""The squid axon in its sheath: potassium that leaves it gathers in a narrow space, and is cleared through the glial layer.

The state is V (mV), m, h, n and K, the potassium in the space (mM). Frankenhaeuser & Hodgkin 1956, J Physiol 131:341-376: a
space of some 30 nm between the axon and its Schwann cells, which potassium leaves with a permeability of some 6e-5 cm/s.
"""

from neurolib.channels.squid import (
    K_OUT_REFERENCE,
    LEAK_K,
    LEAK_NA,
    POTASSIUM,
    Q10,
    SODIUM,
    TEMPERATURE,
    alpha_h,
    alpha_m,
    alpha_n,
    beta_h,
    beta_m,
    beta_n,
    potassium_reversal,
)  # fmt: skip
from neurolib.constants import FARADAY
from neurolib.portable import math, portable, zeros

STATES, V, M, H, N, K = 5, 0, 1, 2, 3, 4
G_NA, G_K, G_KL, G_NAL, E_NA = SODIUM.g_bar, POTASSIUM.g_bar, LEAK_K.g_bar, LEAK_NA.g_bar, SODIUM.E_rev
V_START = -65.0  # mV, the rest to 0.01 mV
FILLS = 1e4 / FARADAY  # mM per ms in a space of 1 nm for each µA/cm²


@portable
def potassium_current(x, temperature_celsius):
    """I_K = (g_K n⁴ + g_KL) (V − E_K), µA/cm², with the E_K of the potassium in the space."""
    n = x[N]
    return (G_K * n * n * n * n + G_KL) * (x[V] - potassium_reversal(x[K], temperature_celsius))


@portable
def flow(x, I, T, theta, P, pump, out):
    """ẋ per ms, into ``out``, under a current of I µA/cm² at T °C, in a space of θ nm with a layer of permeability P nm/s.

    dK/dt = (I_K − I_pump)/(F θ) − P (K − 10 mM)/θ: ``pump``, in µA/cm², takes as much back as leaves the axon at rest.
    """
    v = x[V]
    speed = math.pow(Q10, 0.1 * (T - TEMPERATURE))
    I_K = potassium_current(x, T)
    out[V] = I - I_K - (G_NA * x[M] * x[M] * x[M] * x[H] + G_NAL) * (v - E_NA)
    out[M] = speed * (alpha_m(v) * (1.0 - x[M]) - beta_m(v) * x[M])
    out[H] = speed * (alpha_h(v) * (1.0 - x[H]) - beta_h(v) * x[H])
    out[N] = speed * (alpha_n(v) * (1.0 - x[N]) - beta_n(v) * x[N])
    out[K] = (FILLS * (I_K - pump) - 1e-3 * P * (x[K] - K_OUT_REFERENCE)) / theta


@portable
def begin(x, T):
    """Fill ``x`` with the rest in sea water; returns the pump's current that keeps its potassium, µA/cm²."""
    x[V] = V_START
    x[M] = alpha_m(V_START) / (alpha_m(V_START) + beta_m(V_START))
    x[H] = alpha_h(V_START) / (alpha_h(V_START) + beta_h(V_START))
    x[N] = alpha_n(V_START) / (alpha_n(V_START) + beta_n(V_START))
    x[K] = K_OUT_REFERENCE
    return potassium_current(x, T)


@portable
def advance(x, I, T, theta, P, pump, dt):
    """One step of dt ms, Runge-Kutta of fourth order, in place."""
    first, second, third, fourth, near = zeros(STATES), zeros(STATES), zeros(STATES), zeros(STATES), zeros(STATES)
    flow(x, I, T, theta, P, pump, first)
    for j in range(STATES):
        near[j] = x[j] + 0.5 * dt * first[j]
    flow(near, I, T, theta, P, pump, second)
    for j in range(STATES):
        near[j] = x[j] + 0.5 * dt * second[j]
    flow(near, I, T, theta, P, pump, third)
    for j in range(STATES):
        near[j] = x[j] + dt * third[j]
    flow(near, I, T, theta, P, pump, fourth)
    for j in range(STATES):
        x[j] = x[j] + dt / 6.0 * (first[j] + 2.0 * second[j] + 2.0 * third[j] + fourth[j])
