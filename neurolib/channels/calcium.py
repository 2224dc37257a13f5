"""Calcium channels, and the potassium channels that calcium opens: L-type, T-type, BK, SK and the slow AHP.

Calcium ``Ca`` is the cell's pool, in mM. The reversal potential of calcium follows it.
"""

from neurolib.channels import Channel
from neurolib.channels.cortical import E_K
from neurolib.channels.gating import Gate
from neurolib.electrochemistry import ghk_current, nernst
from neurolib.portable import exprel, math, portable


@portable
def calcium_reversal(Ca, Ca_out, temperature_celsius):
    """E_Ca = (RT/2F) ln(Ca_out/Ca), mV."""
    return nernst(2.0, Ca, Ca_out, temperature_celsius)


@portable
def calcium_constant_field(V, Ca, Ca_out, temperature_celsius):
    """GHK current of calcium per permeability, µA/cm² per cm/s."""
    return ghk_current(1.0, 2.0, V, Ca, Ca_out, temperature_celsius)


@portable
def l_type_alpha_m(V):
    """α_m = 0.055 (−27 − V)/(e^{(−27 − V)/3.8} − 1), 1/ms."""
    return 0.209 / exprel((-27.0 - V) / 3.8)


@portable
def l_type_beta_m(V):
    """β_m = 0.94 e^{(−75 − V)/17}, 1/ms."""
    return 0.94 * math.exp((-75.0 - V) / 17.0)


@portable
def l_type_alpha_h(V):
    """α_h = 0.000457 e^{(−13 − V)/50}, 1/ms."""
    return 0.000457 * math.exp((-13.0 - V) / 50.0)


@portable
def l_type_beta_h(V):
    """β_h = 0.0065/(e^{(−15 − V)/28} + 1), 1/ms."""
    return 0.0065 / (math.exp((-15.0 - V) / 28.0) + 1.0)


@portable
def t_type_m_inf(V, T_shift):
    """m_inf = 1/(1 + e^{−(v + 57)/6.2}) with v = V + T_shift."""
    return 1.0 / (1.0 + math.exp(-(V + T_shift + 57.0) / 6.2))


@portable
def t_type_m_tau(V, T_shift):
    """tau_m = 0.612 + 1/(e^{−(v + 132)/16.7} + e^{(v + 16.8)/18.2}), ms at 24 °C, with v = V + T_shift."""
    v = V + T_shift
    return 0.612 + 1.0 / (math.exp(-(v + 132.0) / 16.7) + math.exp((v + 16.8) / 18.2))


@portable
def t_type_h_inf(V, T_shift):
    """h_inf = 1/(1 + e^{(v + 81)/4}) with v = V + T_shift."""
    return 1.0 / (1.0 + math.exp((V + T_shift + 81.0) / 4.0))


@portable
def t_type_h_tau(V, T_shift):
    """tau_h = e^{(v + 467)/66.6} where v < −80, 28 + e^{−(v + 22)/10.5} where v ≥ −80, ms at 24 °C, with v = V + T_shift."""
    v = V + T_shift
    if v < -80.0:
        return math.exp((v + 467.0) / 66.6)
    return 28.0 + math.exp(-(v + 22.0) / 10.5)


@portable
def t_type_h_tau_cortical(V, T_shift):
    """tau_h = 30.8 + (211.4 + e^{(v + 113.2)/5})/(1 + e^{(v + 84)/3.2}), ms at 24 °C, with v = V + T_shift."""
    v = V + T_shift
    return 30.8 + (211.4 + math.exp((v + 113.2) / 5.0)) / (1.0 + math.exp((v + 84.0) / 3.2))


@portable
def bk_alpha(V, Ca):
    """α = 250 Ca e^{V/24}, 1/ms: opened by depolarisation and by calcium."""
    return 250.0 * Ca * math.exp(V / 24.0)


@portable
def bk_beta(V):
    """β = 0.1 e^{−V/24}, 1/ms."""
    return 0.1 * math.exp(-V / 24.0)


@portable
def sk_alpha(Ca, SK_half):
    """α = 0.03 (Ca/SK_half)², 1/ms: opened by calcium alone."""
    return 0.03 * (Ca / SK_half) * (Ca / SK_half)


@portable
def sk_beta(SK_half):
    """β = 0.03 per ms; ``SK_half`` is the calcium at which half the gates are open."""
    return 0.03


@portable
def ahp_alpha(Ca):
    """α = 1200 Ca², 1/ms."""
    return 1200.0 * Ca * Ca


@portable
def ahp_beta(Ca):
    """β = 0.001 per ms."""
    return 0.001


L_TYPE = Channel(
    "CaL", 0.2, (Gate("m", 2, l_type_alpha_m, l_type_beta_m), Gate("h", 1, l_type_alpha_h, l_type_beta_h)),
    reversal=calcium_reversal, carries_calcium=True,
    source="Reuveni et al. 1993, as at 36 °C, in Pospischil et al. 2008; ModelDB 123623. The file holds E_Ca at 120.25 mV; "
    "here it is the pool's Nernst potential, so that bursts are shorter",
)  # fmt: skip

T_TYPE_GATES = (
    Gate("m", 2, inf=t_type_m_inf, tau=t_type_m_tau, q10=2.5, temperature_celsius=24.0),
    Gate("h", 1, inf=t_type_h_inf, tau=t_type_h_tau, q10=2.5, temperature_celsius=24.0),
)
T_TYPE = Channel(  # g_bar is a permeability in cm/s
    "T", 8e-5, T_TYPE_GATES, drive=calcium_constant_field, constants={"T_shift": -1.0}, carries_calcium=True,
    source="Huguenard & McCormick 1992 in Destexhe et al. 1998, J Neurosci 18:3574-3588; ModelDB 279",
)  # fmt: skip
T_TYPE_CORTICAL = Channel(
    "T", 0.4, (Gate("m", 2, inf=t_type_m_inf),
               Gate("h", 1, inf=t_type_h_inf, tau=t_type_h_tau_cortical, q10=3.0, temperature_celsius=24.0)),
    reversal=calcium_reversal, constants={"T_shift": 2.0}, carries_calcium=True,
    source="Pospischil et al. 2008, Biol Cybern 99:427-441, m instantaneous; not compared with the paper, settled by its "
    "agreement with reference numbers",
)  # fmt: skip

BK = Channel(
    "BK", 3.45, (Gate("q", 1, bk_alpha, bk_beta, q10=3.0, temperature_celsius=23.5),), E_K, "K",
    source="Yamada, Koch & Adams 1989; ModelDB 3808",
)  # fmt: skip
SK = Channel(
    "SK", 0.05, (Gate("q", 2, sk_alpha, sk_beta, q10=3.0, temperature_celsius=22.0),), E_K, "K",
    constants={"SK_half": 0.001},
    source="Destexhe et al. 1994, J Neurophysiol 72:803-818, its calcium-activated potassium current. The half-opening "
    "calcium (25 µM there) and the conductance are choices made here",
)  # fmt: skip
SLOW_AHP = Channel(
    "AHP", 0.207, (Gate("q", 2, ahp_alpha, ahp_beta, q10=3.0, temperature_celsius=23.5),), E_K, "K",
    source="McCormick, Wang & Huguenard 1993; ModelDB 3808",
)  # fmt: skip
