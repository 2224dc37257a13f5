"""A neuron with a finite space around it, whose pump stops: spikes, depolarisation block, and the gradients lost.

Hübel & Dahlem (2014) PLoS Comput Biol 10:e1003941; equations and parameters read in ModelDB 167714. A cell of
``VOLUME_IN`` exchanges K⁺, Na⁺ and Cl⁻ with a third of its volume around it, which loses K⁺ to a glial buffer
only. m follows V at once and h follows n:

    C dV/dt = −(I_Na + I_K + I_Cl) + I_stim,  dn/dt = 3 [α_n (1 − n) − β_n n]
    dK/dt = −γ I_K/VOLUME_IN,  dCl/dt = γ I_Cl/VOLUME_IN,  Na inside from electroneutrality
    pump: ρ/(1 + e^{(25 − Na)/3})/(1 + e^{5.5 − K_out});  buffered K⁺: dB/dt = −k1 B − k2 K_out (B_0 + B)

Times in ms, V in mV, currents in µA/cm², concentrations in mM. State: V, n, K, Cl, B (mM, not above 0: buffered).
"""

from dataclasses import dataclass

import numpy as np

from neurolib.checks import require, require_non_negative, require_positive
from neurolib.portable import exprel, math, portable

VOLUME_IN, VOLUME_OUT = 2.16, 0.72  # 1000 µm³
GAMMA = 9.55589e-5  # mM (1000 µm³) cm²/(µA ms): area over F
RT_F = 26.64  # mV
K_0, NA_0, CL_0 = 129.25764, 25.231485, 9.900239  # inside, at rest
K_OUT_0, NA_OUT_0, CL_OUT_0 = 4.0, 125.30555, 123.2716
G_NA_LEAK, G_NA, G_K_LEAK, G_K, G_CL = 0.0175, 100.0, 0.05, 40.0, 0.02
PUMP_MAX, PHI = 6.8, 3.0
BUFFER, BUFFER_RATE, BUFFER_HALF = 500.0, 5e-8, 15.0
SMALLEST_STEP = 0.015625  # ms
SPIKE, BLOCK = -20.0, -40.0  # mV: a spike passes the first; a blocked neuron stays above the second
REST = (-67.193253, 0.069410823, K_0, CL_0, 0.0)


@portable
def sodium_in(K, Cl):
    """Na⁺ inside, mM, from electroneutrality."""
    return NA_0 + K_0 - K - CL_0 + Cl


@portable
def outside(rest_in, rest_out, inside):
    """Concentration outside, mM, of an ion whose amount is constant."""
    return rest_out + (rest_in - inside) * VOLUME_IN / VOLUME_OUT


@portable
def potassium_out(K, B):
    """K⁺ outside, mM: what has left the cell less what the buffer holds."""
    return outside(K_0, K_OUT_0, K) + B


@portable
def pump_rate(Na, K_out):
    """ρ/(1 + e^{(25 − Na)/3})/(1 + e^{5.5 − K_out}), µA/cm²."""
    return PUMP_MAX / (1.0 + math.exp((25.0 - Na) / 3.0)) / (1.0 + math.exp(5.5 - K_out))


@portable
def sodium_conductance(V, n):
    """Leak and gated Na⁺ conductance, mS/cm²; m = m_inf(V), h = 1 − 1/(1 + e^{−6.5(n − 0.35)})."""
    alpha = 1.0 / exprel(-0.1 * (V + 30.0))
    m = alpha / (alpha + 4.0 * math.exp(-(V + 55.0) / 18.0))
    return G_NA_LEAK + G_NA * m * m * m * (1.0 - 1.0 / (1.0 + math.exp(-6.5 * (n - 0.35))))


@portable
def total_current(V, n, E_Na, E_K, E_Cl, I_pump):
    """Σ I, µA/cm²."""
    I_K = (G_K_LEAK + G_K * n * n * n * n) * (V - E_K)
    return sodium_conductance(V, n) * (V - E_Na) + I_K + G_CL * (V - E_Cl) + I_pump


@portable
def ischaemia_run(state, pump, I_stim, buffer, t_start, times, n_times, out, largest, marks):
    """Run from ``state`` at ``t_start`` ms; V, n, K, Cl, Na, K_out at ``times[i]`` go to ``out[j * n_times + i]``.

    ``pump``: fraction that works; ``buffer``: mM of glial buffer, 0 for a closed system. Gates and ions half a step, V
    a whole exponential step, ions and gates half a step. Steps are powers of two, from 1/64 to ``largest`` ms, such
    that V moves by about 0.5 mV: a ladder that keeps t free of rounding, since a step that follows V continuously
    makes the last bit of one machine grow into another count of spikes on the next. Last state left in ``state``.

    ``marks``, which go on from one call to the next, come from every step and not from the samples: time of the first
    upward crossing of −20 mV (``nan`` until there is one), when V was last below −40 mV and last above, ms; and the
    integral of V, mV ms, to which this call adds. Returns the number of upward crossings of −20 mV.
    """
    V = state[0]
    n = state[1]
    K = state[2]
    Cl = state[3]
    B = state[4]
    t = t_start
    count = 0
    rung = SMALLEST_STEP
    for i in range(n_times):
        while t < times[i]:
            h = min(rung, times[i] - t)
            half = 0.5 * h
            for side in range(2):
                K_out = potassium_out(K, B)
                Na = sodium_in(K, Cl)
                E_Na = RT_F * math.log(outside(NA_0, NA_OUT_0, Na) / Na)
                E_K = RT_F * math.log(K_out / K)
                E_Cl = -RT_F * math.log(outside(CL_0, CL_OUT_0, Cl) / Cl)
                I_pump = pump * pump_rate(Na, K_out)
                alpha = 0.1 / exprel(-0.1 * (V + 34.0))
                rate = alpha + 0.125 * math.exp(-(V + 44.0) / 80.0)
                if side == 0:
                    n = alpha / rate + (n - alpha / rate) * math.exp(-half * PHI * rate)
                    I = total_current(V, n, E_Na, E_K, E_Cl, I_pump)
                    slope = (total_current(V + 0.01, n, E_Na, E_K, E_Cl, I_pump) - I) / 0.01
                    V_before = V
                    V = V + h * (I_stim - I) * exprel(-h * slope)
                    if V_before < SPIKE and V >= SPIKE:
                        count = count + 1
                        if math.isnan(marks[0]):
                            marks[0] = t + h * (SPIKE - V_before) / (V - V_before)
                    if V_before < BLOCK and V >= BLOCK:
                        marks[1] = t + h * (BLOCK - V_before) / (V - V_before)
                    elif V < BLOCK:
                        marks[1] = t + h
                    if V_before >= BLOCK and V < BLOCK:
                        marks[2] = t + h * (BLOCK - V_before) / (V - V_before)
                    elif V >= BLOCK:
                        marks[2] = t + h
                    marks[3] = marks[3] + 0.5 * h * (V_before + V)
                else:
                    n = alpha / rate + (n - alpha / rate) * math.exp(-half * PHI * rate)
                I_K = (G_K_LEAK + G_K * n * n * n * n) * (V - E_K) - 2.0 * I_pump
                K = K - half * GAMMA / VOLUME_IN * I_K
                Cl = Cl + half * GAMMA / VOLUME_IN * G_CL * (V - E_Cl)
                uptake = BUFFER_RATE / (1.0 + math.exp((BUFFER_HALF - K_out) / 1.09))
                B = B + half * (-BUFFER_RATE * B - uptake * K_out * (buffer + B))
            t = t + h
            wanted = 0.8 * h / max(abs(V - V_before), 1e-9)
            if h == rung and 2.0 * rung <= min(largest, wanted):
                rung = 2.0 * rung
            while rung > wanted and rung > SMALLEST_STEP:
                rung = 0.5 * rung
        out[i] = V
        out[n_times + i] = n
        out[2 * n_times + i] = K
        out[3 * n_times + i] = Cl
        out[4 * n_times + i] = sodium_in(K, Cl)
        out[5 * n_times + i] = potassium_out(K, B)
    state[0] = V
    state[1] = n
    state[2] = K
    state[3] = Cl
    state[4] = B
    return count


@dataclass(frozen=True, eq=False)
class Ischaemia:
    """V (mV), gate n, and concentrations (mM) against ``time`` (s); arrays of one length."""

    time: np.ndarray
    V: np.ndarray
    n: np.ndarray
    K: np.ndarray
    Cl: np.ndarray
    Na: np.ndarray
    K_out: np.ndarray

    def first_spike(self):
        """Time of the first upward crossing of −20 mV, s; nan if there is none."""
        up = np.flatnonzero((self.V[:-1] < -20.0) & (self.V[1:] >= -20.0))
        return float(self.time[up[0] + 1]) if len(up) else np.nan

    def depolarisation_block(self):
        """Time after which V never again falls below −40 mV, s; nan if it does to the end."""
        low = np.flatnonzero(self.V < -40.0)
        return float(self.time[low[-1] + 1]) if len(low) and low[-1] + 1 < len(self.time) else np.nan


def stop_pump(duration, pump=0.0, buffer=0.0, sample_every=1e-3, largest_step=0.2):
    """Run the neuron from rest for ``duration`` s with its pump at the fraction ``pump``: an :class:`Ischaemia`.

    ``buffer``: glial buffer for K⁺, mM (500 in the paper; 0 closes the system). ``sample_every`` in s;
    ``largest_step`` in ms. Raises ``ValueError`` for arguments out of range, and for more than 5 million samples.
    """
    require_positive("duration", duration, "s")
    require("pump", pump, 0.0, 1.0)
    require_non_negative("buffer", buffer, "mM")
    require("duration / sample_every", duration / require_positive("sample_every", sample_every, "s"), 1.0, 5e6)
    times = np.arange(round(duration / sample_every) + 1) * sample_every
    out = np.empty(6 * len(times))
    ischaemia_run(np.array(REST), float(pump), 0.0, float(buffer), 0.0, 1e3 * times, len(times), out,
                  require("largest_step", largest_step, 0.01, 1.0, "ms"), np.full(4, np.nan))
    return Ischaemia(times, *out.reshape(6, -1))
