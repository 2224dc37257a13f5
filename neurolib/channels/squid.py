"""The channels of the squid giant axon: Hodgkin & Huxley 1952.

Rates in modern sign (depolarisation positive) with rest near −65 mV. Source: Hodgkin & Huxley (1952) J Physiol
117:500-544; the same rates as NEURON's ``hh`` mechanism, read there. Each is ×3 per 10 °C from 6.3 °C.
"""

from neurolib.channels import Channel, leak
from neurolib.channels.gating import Gate
from neurolib.electrochemistry import thermal_voltage
from neurolib.portable import exprel, math, portable

Q10 = 3.0
TEMPERATURE = 6.3


@portable
def alpha_m(V):
    """α_m = 0.1 (V + 40)/(1 − e^{−(V + 40)/10}), 1/ms."""
    return 1.0 / exprel(-(V + 40.0) / 10.0)


@portable
def beta_m(V):
    """β_m = 4 e^{−(V + 65)/18}, 1/ms."""
    return 4.0 * math.exp(-(V + 65.0) / 18.0)


@portable
def alpha_h(V):
    """α_h = 0.07 e^{−(V + 65)/20}, 1/ms."""
    return 0.07 * math.exp(-(V + 65.0) / 20.0)


@portable
def beta_h(V):
    """β_h = 1/(1 + e^{−(V + 35)/10}), 1/ms."""
    return 1.0 / (1.0 + math.exp(-(V + 35.0) / 10.0))


@portable
def alpha_n(V):
    """α_n = 0.01 (V + 55)/(1 − e^{−(V + 55)/10}), 1/ms."""
    return 0.1 / exprel(-(V + 55.0) / 10.0)


@portable
def beta_n(V):
    """β_n = 0.125 e^{−(V + 65)/80}, 1/ms."""
    return 0.125 * math.exp(-(V + 65.0) / 80.0)


M = Gate("m", 3, alpha_m, beta_m, q10=Q10, temperature_celsius=TEMPERATURE)
H = Gate("h", 1, alpha_h, beta_h, q10=Q10, temperature_celsius=TEMPERATURE)
N = Gate("n", 4, alpha_n, beta_n, q10=Q10, temperature_celsius=TEMPERATURE)

SODIUM = Channel("Na", 120.0, (M, H), 50.0, "Na", source="Hodgkin & Huxley 1952, J Physiol 117:500-544")
POTASSIUM = Channel("K", 36.0, (N,), -77.0, "K", source="Hodgkin & Huxley 1952, J Physiol 117:500-544")

# Hodgkin & Huxley's V_l = −10.613 mV, which puts the rest at −64.996 mV. NEURON's −54.3 puts it at −64.974 mV.
E_LEAK_HODGKIN_HUXLEY = -54.387
E_LEAK_NEURON = -54.3
LEAK = leak("L", 0.3, E_LEAK_HODGKIN_HUXLEY)

# The same leak as parts through which K⁺ and Na⁺ pass: g_KL E_K + g_NaL E_Na = 0.3 · (−54.387). A choice made here,
# needed as soon as [K⁺] outside changes, since a leak that is mostly K⁺ follows it.
LEAK_K_FRACTION = (50.0 - E_LEAK_HODGKIN_HUXLEY) / (50.0 + 77.0)
LEAK_K = leak("KL", 0.3 * LEAK_K_FRACTION, -77.0, "K")
LEAK_NA = leak("NaL", 0.3 * (1.0 - LEAK_K_FRACTION), 50.0, "Na")

K_OUT_REFERENCE = 10.0  # mM, sea water


@portable
def potassium_reversal(K_out, temperature_celsius):
    """E_K = −77 + (RT/F) ln(K_out/10), mV: the model's E_K moved by what Nernst says for ``K_out`` mM outside.

    −77 mV is not the Nernst potential of 10 mM outside and 400 mM inside, which is −88.8 mV at 6.3 °C: the axon's K⁺
    current reverses where K⁺ has piled up around it. The offset stays. A choice made here. nan unless K_out is above 0.
    """
    if K_out <= 0.0:
        return math.nan
    return -77.0 + thermal_voltage(temperature_celsius) * math.log(K_out / K_OUT_REFERENCE)
