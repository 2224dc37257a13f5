"""Channels of the ventricular cell of Beeler & Reuter 1977, J Physiol 268:177-210.

Read from a public implementation (myokit/models, ``beeler-1977``), with one correction: the denominator of β_x1 is
e^{−0.04(V + 20)} + 1, as in another implementation and in the paper's general form of rate, not (V + 333).
"""

from neurolib.channels import CalciumPool, Channel, leak
from neurolib.channels.gating import Gate
from neurolib.portable import exprel, math, portable


@portable
def alpha_m(V):
    """α_m = −(V + 47)/(e^{−0.1(V + 47)} − 1), 1/ms."""
    return 10.0 / exprel(-0.1 * (V + 47.0))


@portable
def beta_m(V):
    """β_m = 40 e^{−0.056(V + 72)}, 1/ms."""
    return 40.0 * math.exp(-0.056 * (V + 72.0))


@portable
def alpha_h(V):
    """α_h = 0.126 e^{−0.25(V + 77)}, 1/ms."""
    return 0.126 * math.exp(-0.25 * (V + 77.0))


@portable
def beta_h(V):
    """β_h = 1.7/(e^{−0.082(V + 22.5)} + 1), 1/ms."""
    return 1.7 / (math.exp(-0.082 * (V + 22.5)) + 1.0)


@portable
def alpha_j(V):
    """α_j = 0.055 e^{−0.25(V + 78)}/(e^{−0.2(V + 78)} + 1), 1/ms."""
    return 0.055 * math.exp(-0.25 * (V + 78.0)) / (math.exp(-0.2 * (V + 78.0)) + 1.0)


@portable
def beta_j(V):
    """β_j = 0.3/(e^{−0.1(V + 32)} + 1), 1/ms."""
    return 0.3 / (math.exp(-0.1 * (V + 32.0)) + 1.0)


@portable
def alpha_d(V):
    """α_d = 0.095 e^{−0.01(V − 5)}/(e^{−0.072(V − 5)} + 1), 1/ms."""
    return 0.095 * math.exp(-0.01 * (V - 5.0)) / (math.exp(-0.072 * (V - 5.0)) + 1.0)


@portable
def beta_d(V):
    """β_d = 0.07 e^{−0.017(V + 44)}/(e^{0.05(V + 44)} + 1), 1/ms."""
    return 0.07 * math.exp(-0.017 * (V + 44.0)) / (math.exp(0.05 * (V + 44.0)) + 1.0)


@portable
def alpha_f(V):
    """α_f = 0.012 e^{−0.008(V + 28)}/(e^{0.15(V + 28)} + 1), 1/ms."""
    return 0.012 * math.exp(-0.008 * (V + 28.0)) / (math.exp(0.15 * (V + 28.0)) + 1.0)


@portable
def beta_f(V):
    """β_f = 0.0065 e^{−0.02(V + 30)}/(e^{−0.2(V + 30)} + 1), 1/ms."""
    return 0.0065 * math.exp(-0.02 * (V + 30.0)) / (math.exp(-0.2 * (V + 30.0)) + 1.0)


@portable
def alpha_x(V):
    """α_x1 = 0.0005 e^{0.083(V + 50)}/(e^{0.057(V + 50)} + 1), 1/ms."""
    return 0.0005 * math.exp(0.083 * (V + 50.0)) / (math.exp(0.057 * (V + 50.0)) + 1.0)


@portable
def beta_x(V):
    """β_x1 = 0.0013 e^{−0.06(V + 20)}/(e^{−0.04(V + 20)} + 1), 1/ms."""
    return 0.0013 * math.exp(-0.06 * (V + 20.0)) / (math.exp(-0.04 * (V + 20.0)) + 1.0)


@portable
def slow_inward_reversal(Ca):
    """E_s = −82.3 − 13.0287 ln(0.001 Ca), mV: the paper has calcium in mol/l."""
    return -82.3 - 13.0287 * math.log(0.001 * Ca)


@portable
def inward_rectifier(V):
    """I_K1/g_bar = 4(e^{0.04(V + 85)} − 1)/(e^{0.08(V + 53)} + e^{0.04(V + 53)}) + 0.2(V + 23)/(1 − e^{−0.04(V + 23)})."""
    steep = 4.0 * math.expm1(0.04 * (V + 85.0)) / (math.exp(0.08 * (V + 53.0)) + math.exp(0.04 * (V + 53.0)))
    return steep + 5.0 / exprel(-0.04 * (V + 23.0))


@portable
def outward_rectifier(V):
    """I_x1/(g_bar x) = (e^{0.04(V + 77)} − 1)/e^{0.04(V + 35)}."""
    return math.expm1(0.04 * (V + 77.0)) / math.exp(0.04 * (V + 35.0))


SODIUM_GATES = Gate("m", 3, alpha_m, beta_m), Gate("h", 1, alpha_h, beta_h), Gate("j", 1, alpha_j, beta_j)
SODIUM = Channel("Na", 4.0, SODIUM_GATES, 50.0, "Na")
SODIUM_BACKGROUND = leak("NaC", 0.003, 50.0, "Na")
SLOW_INWARD = Channel("s", 0.09, (Gate("d", 1, alpha_d, beta_d), Gate("f", 1, alpha_f, beta_f)),
                      reversal=slow_inward_reversal, carries_calcium=True)
INWARD_RECTIFIER = Channel("K1", 0.35, drive=inward_rectifier)
OUTWARD_RECTIFIER = Channel("x1", 0.8, (Gate("x", 1, alpha_x, beta_x),), drive=outward_rectifier)

# The paper's dCa/dt = −1e-7 I_s + 0.07 (1e-7 − Ca) in mol/l, here in mM.
CALCIUM = CalciumPool(rest=1e-4, tau=1.0 / 0.07, gain=1e-4, rectified=False)
