"""The node of Ranvier of a frog's nerve fibre: Frankenhaeuser & Huxley (1964), J Physiol 171:302.

V is counted from the rest at −70 mV, as in the paper. Currents follow the constant field, with permeabilities in place of
conductances. Rates at 20 °C in 1/ms; their Q10 are those that Frankenhaeuser & Moore (1963), J Physiol 169:431, measured,
with those of n also for p; P_Na and P_K have theirs, the leak none.
"""

from neurolib.electrochemistry import ghk_current
from neurolib.portable import exprel, math, portable, zeros

REST = -70.0  # mV
C_M, G_LEAK, E_LEAK = 2.0, 30.3, 0.026  # µF/cm², mS/cm², mV from rest
P_NA, P_K, P_P = 8e-3, 1.2e-3, 0.54e-3  # cm/s
NA_IN, NA_OUT, K_IN, K_OUT = 13.74, 114.5, 120.0, 2.5  # mM
MEASURED_AT = 20.0  # °C
M, H, N, P = 0, 1, 2, 3  # places of the gates; each has its alpha at twice its place, its beta after it
GATES = 4


@portable
def warmer(Q10, temperature_celsius):
    """Q10^((T − 20 °C)/10)."""
    return math.pow(Q10, (temperature_celsius - MEASURED_AT) / 10.0)


@portable
def speeds(temperature_celsius, speed):
    """Fill ``speed`` (10 numbers): the factors of the eight rates, then of P_Na and P_K, at this temperature."""
    speed[0] = warmer(1.8, temperature_celsius)
    speed[1] = warmer(1.7, temperature_celsius)
    speed[2] = warmer(2.8, temperature_celsius)
    speed[3] = warmer(2.9, temperature_celsius)
    speed[4] = warmer(3.2, temperature_celsius)
    speed[5] = warmer(2.8, temperature_celsius)
    speed[6] = speed[4]
    speed[7] = speed[5]
    speed[8] = warmer(1.3, temperature_celsius)
    speed[9] = warmer(1.2, temperature_celsius)


@portable
def node_rates(V, speed, rate):
    """Fill ``rate`` with α_m, β_m, α_h, β_h, α_n, β_n, α_p, β_p at V mV from rest, 1/ms; table 1 of the paper.

    Each but β_h is A (V − B)/(1 − e^((B − V)/C)) or its mirror image, A (B − V)/(1 − e^((V − B)/C)).
    """
    rate[0] = speed[0] * 0.36 * 3.0 / exprel((22.0 - V) / 3.0)
    rate[1] = speed[1] * 0.4 * 20.0 / exprel((V - 13.0) / 20.0)
    rate[2] = speed[2] * 0.1 * 6.0 / exprel((V + 10.0) / 6.0)
    rate[3] = speed[3] * 4.5 / (1.0 + math.exp((45.0 - V) / 10.0))
    rate[4] = speed[4] * 0.02 * 10.0 / exprel((35.0 - V) / 10.0)
    rate[5] = speed[5] * 0.05 * 10.0 / exprel((V - 10.0) / 10.0)
    rate[6] = speed[6] * 0.006 * 10.0 / exprel((40.0 - V) / 10.0)
    rate[7] = speed[7] * 0.09 * 20.0 / exprel((V + 25.0) / 20.0)


@portable
def node_current(V, m, h, n, p, speed, temperature_celsius):
    """Σ I of the node, µA/cm²: (P_Na m²h + P_p p²) of sodium, P_K n² of potassium, and the leak."""
    Na = ghk_current(1.0, 1.0, V + REST, NA_IN, NA_OUT, temperature_celsius)
    K = ghk_current(1.0, 1.0, V + REST, K_IN, K_OUT, temperature_celsius)
    through_Na = speed[8] * P_NA * m * m * h + P_P * p * p
    return through_Na * Na + speed[9] * P_K * n * n * K + G_LEAK * (V - E_LEAK)


@portable
def steady_gates(V, speed, gates, first):
    """Put the gates' steady states at V mV from rest into ``gates`` from place ``first`` on."""
    rate = zeros(2 * GATES)
    node_rates(V, speed, rate)
    for j in range(GATES):
        gates[first + j] = rate[2 * j] / (rate[2 * j] + rate[2 * j + 1])


@portable
def node_rest(speed, temperature_celsius):
    """V at which the node's current is zero, mV from −70 mV, by halving: 0 at 20 °C; the gates' Q10 move it a little."""
    gates = zeros(GATES)
    low, high = -15.0, 15.0
    for _step in range(50):
        middle = 0.5 * (low + high)
        steady_gates(middle, speed, gates, 0)
        if node_current(middle, gates[M], gates[H], gates[N], gates[P], speed, temperature_celsius) < 0.0:
            low = middle
        else:
            high = middle
    return high
