"""The pacemaker current I_h of thalamic relay cells: cation channels that hyperpolarisation opens."""

from neurolib.channels import Channel
from neurolib.channels.gating import Gate
from neurolib.portable import math, portable


@portable
def h_current_inf(V):
    """r_inf = 1/(1 + e^{(V + 75)/5.5}): open at negative voltages."""
    return 1.0 / (1.0 + math.exp((V + 75.0) / 5.5))


@portable
def h_current_tau(V):
    """tau_r = 1/(e^{−14.59 − 0.086 V} + e^{−1.87 + 0.0701 V}), ms at 36 °C."""
    return 1.0 / (math.exp(-14.59 - 0.086 * V) + math.exp(-1.87 + 0.0701 * V))


H_CURRENT = Channel(
    "H", 0.02, (Gate("r", 1, inf=h_current_inf, tau=h_current_tau, q10=3.0, temperature_celsius=36.0),), -43.0,
    source="Huguenard & McCormick 1992, J Neurophysiol 68:1373-1383, with the conductance and Q₁₀ of Destexhe et al. 1996, "
    "J Neurophysiol 76:2049-2070; not regulated by calcium",
)  # fmt: skip
