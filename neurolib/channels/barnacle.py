"""Channels of the barnacle muscle fibre of Morris & Lecar 1981, Biophys J 35:193-213.

The parameters with a Hopf bifurcation, as they are commonly quoted: V1…V4 = −1.2, 18, 2, 30 mV, φ = 0.04 per ms.
"""

from neurolib.channels import Channel, leak
from neurolib.channels.gating import Gate
from neurolib.portable import math, portable


@portable
def m_inf(V, V1, V2):
    """m_inf = ½[1 + tanh((V − V1)/V2)]; it follows V at once."""
    return 0.5 * (1.0 + math.tanh((V - V1) / V2))


@portable
def w_inf(V, V3, V4):
    """w_inf = ½[1 + tanh((V − V3)/V4)]."""
    return 0.5 * (1.0 + math.tanh((V - V3) / V4))


@portable
def w_tau(V, V3, V4, phi):
    """tau_w = 1/(φ cosh((V − V3)/(2 V4))), ms."""
    return 1.0 / (phi * math.cosh((V - V3) / (2.0 * V4)))


CALCIUM = Channel("Ca", 4.4, (Gate("m", 1, inf=m_inf),), 120.0, "Ca", constants={"V1": -1.2, "V2": 18.0})
POTASSIUM = Channel("K", 8.0, (Gate("w", 1, inf=w_inf, tau=w_tau),), -84.0, "K",
                    constants={"V3": 2.0, "V4": 30.0, "phi": 0.04})
LEAK = leak("L", 2.0, -60.0)
