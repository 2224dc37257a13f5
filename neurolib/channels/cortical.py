"""Sodium and potassium channels of mammalian neurons.

Traub-Miles Na⁺ and K⁺, M-current, A-type, persistent Na⁺, Kv1.1 and Kv2.1.

E_Na and E_K are those of the cortical models, 50 and −100 mV. Voltages of the Traub-Miles rates count from ``V_T``.
"""

from neurolib.channels import Channel
from neurolib.channels.gating import Gate
from neurolib.portable import exprel, math, portable

E_NA = 50.0
E_K = -100.0
V_T = -55.0


@portable
def alpha_m(V, V_T):
    """α_m = 0.32 (13 − v)/(e^{(13 − v)/4} − 1), 1/ms, with v = V − V_T."""
    return 1.28 / exprel((13.0 - (V - V_T)) / 4.0)


@portable
def beta_m(V, V_T):
    """β_m = 0.28 (v − 40)/(e^{(v − 40)/5} − 1), 1/ms, with v = V − V_T."""
    return 1.4 / exprel(((V - V_T) - 40.0) / 5.0)


@portable
def alpha_h(V, V_T):
    """α_h = 0.128 e^{(17 − v)/18}, 1/ms, with v = V − V_T."""
    return 0.128 * math.exp((17.0 - (V - V_T)) / 18.0)


@portable
def beta_h(V, V_T):
    """β_h = 4/(1 + e^{(40 − v)/5}), 1/ms, with v = V − V_T."""
    return 4.0 / (1.0 + math.exp((40.0 - (V - V_T)) / 5.0))


@portable
def alpha_n(V, V_T):
    """α_n = 0.032 (15 − v)/(e^{(15 − v)/5} − 1), 1/ms, with v = V − V_T."""
    return 0.16 / exprel((15.0 - (V - V_T)) / 5.0)


@portable
def beta_n(V, V_T):
    """β_n = 0.5 e^{(10 − v)/40}, 1/ms, with v = V − V_T."""
    return 0.5 * math.exp((10.0 - (V - V_T)) / 40.0)


@portable
def m_current_inf(V):
    """p_inf = 1/(1 + e^{−(V + 35)/10})."""
    return 1.0 / (1.0 + math.exp(-(V + 35.0) / 10.0))


@portable
def m_current_tau(V):
    """tau_p = 1000/(3.3 e^{(V + 35)/20} + e^{−(V + 35)/20}), ms."""
    return 1000.0 / (3.3 * math.exp((V + 35.0) / 20.0) + math.exp(-(V + 35.0) / 20.0))


@portable
def a_type_m_inf(V):
    """m_inf = 1/(1 + e^{−(V + 60)/8.5})."""
    return 1.0 / (1.0 + math.exp(-(V + 60.0) / 8.5))


@portable
def a_type_m_tau(V):
    """tau_m = 0.185 + 0.5/(e^{(V + 35.8)/19.7} + e^{−(V + 79.7)/12.7}), ms."""
    return 0.185 + 0.5 / (math.exp((V + 35.8) / 19.7) + math.exp(-(V + 79.7) / 12.7))


@portable
def a_type_h_inf(V):
    """h_inf = 1/(1 + e^{(V + 78)/6})."""
    return 1.0 / (1.0 + math.exp((V + 78.0) / 6.0))


@portable
def a_type_h_tau(V):
    """tau_h = 0.5/(e^{(V + 46)/5} + e^{−(V + 238)/37.5}) where V < −63, 9.5 where V ≥ −63, ms."""
    if V >= -63.0:
        return 9.5
    return 0.5 / (math.exp((V + 46.0) / 5.0) + math.exp(-(V + 238.0) / 37.5))


@portable
def persistent_m_inf(V):
    """m_inf = 1/(1 + e^{−(V + 48)/10})."""
    return 1.0 / (1.0 + math.exp(-(V + 48.0) / 10.0))


@portable
def persistent_m_tau(V):
    """tau_m = 0.025 + 0.14 e^{(V + 40)/10} where V < −40, 0.02 + 0.145 e^{−(V + 40)/10} where V ≥ −40, ms."""
    if V < -40.0:
        return 0.025 + 0.14 * math.exp((V + 40.0) / 10.0)
    return 0.02 + 0.145 * math.exp(-(V + 40.0) / 10.0)


@portable
def kv1_alpha(V):
    """α_n = 0.12889 e^{(V + 45)/33.90877}, 1/ms at 22 °C."""
    return 0.12889 * math.exp((V + 45.0) / 33.90877)


@portable
def kv1_beta(V):
    """β_n = 0.12889 e^{−(V + 45)/12.42101}, 1/ms at 22 °C."""
    return 0.12889 * math.exp(-(V + 45.0) / 12.42101)


@portable
def kv2_m_inf(V):
    """m_inf = 1/(1 + e^{−(V + 9.2)/6.6})."""
    return 1.0 / (1.0 + math.exp(-(V + 9.2) / 6.6))


@portable
def kv2_m_tau(V):
    """tau_m = 100/(1 + e^{(V + 46.56)/44.14}), ms at 22 °C."""
    return 100.0 / (1.0 + math.exp((V + 46.56) / 44.14))


@portable
def kv2_h_inf(V):
    """h_inf = 1/(1 + e^{(V + 19)/5})."""
    return 1.0 / (1.0 + math.exp((V + 19.0) / 5.0))


@portable
def kv2_h_tau(V):
    """tau_h = 10000/(1 + e^{−(V + 46.56)/44.14}), ms at 22 °C: seconds."""
    return 10000.0 / (1.0 + math.exp(-(V + 46.56) / 44.14))


def traub_gate(name, power, alpha, beta):
    """A Traub-Miles gate: ×3 per 10 °C from 36 °C."""
    return Gate(name, power, alpha, beta, q10=3.0, temperature_celsius=36.0)


TRAUB = "Traub & Miles 1991 in the form of Pospischil et al. 2008, Biol Cybern 99:427-441; ModelDB 123623"

SODIUM = Channel(
    "Na", 50.0, (traub_gate("m", 3, alpha_m, beta_m), traub_gate("h", 1, alpha_h, beta_h)), E_NA, "Na",
    constants={"V_T": V_T}, source=TRAUB,
)  # fmt: skip
POTASSIUM = Channel(
    "K", 5.0, (traub_gate("n", 4, alpha_n, beta_n),), E_K, "K", constants={"V_T": V_T}, source=TRAUB,
)  # fmt: skip

# g_bar 0.07 in the published regular-spiking cell. Its temperature factor is 1 at 36 °C, where the book uses it.
M_CURRENT = Channel(
    "M", 0.2, (Gate("p", 1, inf=m_current_inf, tau=m_current_tau, q10=2.3, temperature_celsius=36.0),), E_K, "K",
    source="Yamada, Koch & Adams 1989 in Pospischil et al. 2008; ModelDB 123623. The conductance is a choice made here",
)  # fmt: skip

# Inactivates within about 10 ms, where a delayed rectifier can only deactivate.
A_TYPE = Channel(
    "A", 10.0, (Gate("m", 4, inf=a_type_m_inf, tau=a_type_m_tau), Gate("h", 1, inf=a_type_h_inf, tau=a_type_h_tau)),
    E_K, "K",
    source="Huguenard & McCormick 1992 in Traub et al. 2003, J Neurophysiol 89:909-921; not compared with "
    "the paper; the conductance is a choice made here",
)  # fmt: skip

PERSISTENT_SODIUM = Channel(
    "NaP", 0.02, (Gate("m", 1, inf=persistent_m_inf, tau=persistent_m_tau),), E_NA, "Na",
    source="Traub et al. 2003, J Neurophysiol 89:909-921; ModelDB 20756. The conductance is a choice made here",
)  # fmt: skip

KV_WARM = {"q10": 3.0, "temperature_celsius": 22.0}  # for Kv2.1 a choice made here
KV1 = Channel(
    "Kv1", 1.0, (Gate("n", 4, kv1_alpha, kv1_beta, **KV_WARM),), E_K, "K",
    source="Kv1.1: Akemann & Knöpfel 2006, J Neurosci 26:4602-4612; ModelDB 80769. The conductance is a choice "
    "made here",
)  # fmt: skip
KV2 = Channel(
    "Kv2", 0.5,
    (Gate("m", 1, inf=kv2_m_inf, tau=kv2_m_tau, **KV_WARM), Gate("h", 1, inf=kv2_h_inf, tau=kv2_h_tau, **KV_WARM)),
    E_K, "K",
    source="Kv2.1: Channelpedia's fit to VanDongen et al. 1990, Neuron 5:433-443, as in BlueCelluLab. "
    "The conductance and the temperature factor are choices made here",
)  # fmt: skip
