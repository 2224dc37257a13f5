"""The book's cells and channels as descriptions. Numbers come from their declarations; curves, which are functions there,
are told here in their form, and a test holds each to its function."""

import math

from neurolib import cells as book
from neurolib.channels import barnacle, calcium, cortical, leaks, squid, thalamic
from neurolib.channels.gating import evaluate
from neurolib.constants import MAMMAL, SQUID_SEAWATER, VALENCE


def constant(rate):
    """r."""
    return {"form": "constant", "rate": rate}


def exp(rate, midpoint, scale):
    """r e^((V − midpoint)/scale)."""
    return {"form": "exp", "rate": rate, "midpoint": midpoint, "scale": scale}


def sigmoid(midpoint, scale, rate=1.0):
    """r/(1 + e^(−(V − midpoint)/scale))."""
    return {"form": "sigmoid", "rate": rate, "midpoint": midpoint, "scale": scale}


def exp_linear(rate, midpoint, scale):
    """r x/(1 − e⁻ˣ) with x = (V − midpoint)/scale."""
    return {"form": "exp_linear", "rate": rate, "midpoint": midpoint, "scale": scale}


def bell(base, amplitude, midpoint, scale, midpoint_2, scale_2):
    """base + amplitude/(e^((V − midpoint)/scale) + e^((V − midpoint_2)/scale_2))."""
    return {"form": "bell", "base": base, "amplitude": amplitude, "midpoint": midpoint, "scale": scale,
            "midpoint_2": midpoint_2, "scale_2": scale_2}  # fmt: skip


def total(*terms):
    """The sum of ``terms``."""
    return {"form": "sum", "terms": list(terms)}


def split(at, below, above):
    """``below`` where V < at, ``above`` elsewhere."""
    return {"form": "split", "at": at, "below": below, "above": above}


def _cortical_h_tau(T_shift):
    """e^((v + 113.2)/5)/(1 + e^((v + 84)/3.2)) is a bell: both parts of its denominator divided by the numerator."""
    steep = 1.0 / 3.2 - 1.0 / 5.0
    return total(constant(30.8), sigmoid(-84.0 - T_shift, -3.2, 211.4),
                 bell(0.0, 1.0, -113.2 - T_shift, -5.0, -T_shift - (84.0 / 3.2 - 113.2 / 5.0) / steep, 1.0 / steep))


# A function of the library, and its curve for the values of the constants that it takes by name.
CURVES = {
    squid.alpha_m: lambda: exp_linear(1.0, -40.0, 10.0),
    squid.beta_m: lambda: exp(4.0, -65.0, -18.0),
    squid.alpha_h: lambda: exp(0.07, -65.0, -20.0),
    squid.beta_h: lambda: sigmoid(-35.0, 10.0),
    squid.alpha_n: lambda: exp_linear(0.1, -55.0, 10.0),
    squid.beta_n: lambda: exp(0.125, -65.0, -80.0),
    cortical.alpha_m: lambda V_T: exp_linear(1.28, V_T + 13.0, 4.0),
    cortical.beta_m: lambda V_T: exp_linear(1.4, V_T + 40.0, -5.0),
    cortical.alpha_h: lambda V_T: exp(0.128, V_T + 17.0, -18.0),
    cortical.beta_h: lambda V_T: sigmoid(V_T + 40.0, 5.0, 4.0),
    cortical.alpha_n: lambda V_T: exp_linear(0.16, V_T + 15.0, 5.0),
    cortical.beta_n: lambda V_T: exp(0.5, V_T + 10.0, -40.0),
    cortical.m_current_inf: lambda: sigmoid(-35.0, 10.0),
    cortical.m_current_tau: lambda: bell(0.0, 1000.0, -35.0 - 20.0 * math.log(3.3), 20.0, -35.0, -20.0),
    cortical.a_type_m_inf: lambda: sigmoid(-60.0, 8.5),
    cortical.a_type_m_tau: lambda: bell(0.185, 0.5, -35.8, 19.7, -79.7, -12.7),
    cortical.a_type_h_inf: lambda: sigmoid(-78.0, -6.0),
    cortical.a_type_h_tau: lambda: split(-63.0, bell(0.0, 0.5, -46.0, 5.0, -238.0, -37.5), constant(9.5)),
    cortical.persistent_m_inf: lambda: sigmoid(-48.0, 10.0),
    cortical.persistent_m_tau: lambda: split(-40.0, total(constant(0.025), exp(0.14, -40.0, 10.0)),
                                             total(constant(0.02), exp(0.145, -40.0, -10.0))),
    cortical.kv1_alpha: lambda: exp(0.12889, -45.0, 33.90877),
    cortical.kv1_beta: lambda: exp(0.12889, -45.0, -12.42101),
    cortical.kv2_m_inf: lambda: sigmoid(-9.2, 6.6),
    cortical.kv2_m_tau: lambda: sigmoid(-46.56, -44.14, 100.0),
    cortical.kv2_h_inf: lambda: sigmoid(-19.0, -5.0),
    cortical.kv2_h_tau: lambda: sigmoid(-46.56, 44.14, 10000.0),
    calcium.l_type_alpha_m: lambda: exp_linear(0.209, -27.0, 3.8),
    calcium.l_type_beta_m: lambda: exp(0.94, -75.0, -17.0),
    calcium.l_type_alpha_h: lambda: exp(0.000457, -13.0, -50.0),
    calcium.l_type_beta_h: lambda: sigmoid(-15.0, 28.0, 0.0065),
    calcium.t_type_m_inf: lambda T_shift: sigmoid(-57.0 - T_shift, 6.2),
    calcium.t_type_m_tau: lambda T_shift: bell(0.612, 1.0, -132.0 - T_shift, -16.7, -16.8 - T_shift, 18.2),
    calcium.t_type_h_inf: lambda T_shift: sigmoid(-81.0 - T_shift, -4.0),
    calcium.t_type_h_tau: lambda T_shift: split(-80.0 - T_shift, exp(1.0, -467.0 - T_shift, 66.6),
                                                total(constant(28.0), exp(1.0, -22.0 - T_shift, -10.5))),
    calcium.t_type_h_tau_cortical: _cortical_h_tau,
    calcium.bk_alpha: lambda: exp(250.0, 0.0, 24.0),
    calcium.bk_beta: lambda: exp(0.1, 0.0, -24.0),
    calcium.sk_alpha: lambda SK_half: constant(0.03),
    calcium.sk_beta: lambda SK_half: constant(0.03),
    calcium.ahp_alpha: lambda: constant(1200.0),
    calcium.ahp_beta: lambda: constant(0.001),
    thalamic.h_current_inf: lambda: sigmoid(-75.0, -5.5),
    thalamic.h_current_tau: lambda: bell(0.0, 1.0, -14.59 / 0.086, -1.0 / 0.086, 1.87 / 0.0701, 1.0 / 0.0701),
    barnacle.m_inf: lambda V1, V2: sigmoid(V1, 0.5 * V2),
    barnacle.w_inf: lambda V3, V4: sigmoid(V3, 0.5 * V4),
    barnacle.w_tau: lambda V3, V4, phi: bell(0.0, 2.0 / phi, V3, 2.0 * V4, V3, -2.0 * V4),
}  # fmt: skip
# α is multiplied by (Ca/scale) to a power.
OF_CALCIUM = {
    calcium.bk_alpha: lambda: {"scale": 1.0, "power": 1.0},
    calcium.sk_alpha: lambda SK_half: {"scale": SK_half, "power": 2.0},
    calcium.ahp_alpha: lambda: {"scale": 1.0, "power": 2.0},
}
DRIVEN = {
    calcium.calcium_reversal: {"form": "nernst", "ion": "Ca"},
    calcium.calcium_constant_field: {"form": "constant_field", "ion": "Ca"},
    leaks.potassium_constant_field: {"form": "constant_field", "ion": "K"},
    leaks.sodium_constant_field: {"form": "constant_field", "ion": "Na"},
}


def curve_of(function, constants, table=CURVES):
    """The description of a rate function of the library, for the ``constants`` of its channel; None if it has none."""
    return evaluate(table[function], constants) if function in table else None


def describe_gate(gate, constants):
    """A :class:`~neurolib.channels.gating.Gate` as a description."""
    described = {"name": gate.name, "power": gate.power, "q10": gate.q10, "reference": gate.temperature_celsius}
    if gate.alpha in OF_CALCIUM:
        described["calcium"] = curve_of(gate.alpha, constants, OF_CALCIUM)
    described |= {role: curve_of(function, constants) for role, function in gate.functions.items()}
    return described


def describe_channel(channel):
    """A :class:`~neurolib.channels.Channel` as a description; ``KeyError`` for one with a function that has none."""
    drive = {"form": "ohmic", "E": channel.E_rev}
    if channel.E_rev is None:
        drive = dict(DRIVEN[channel.reversal or channel.drive])
    return {"name": channel.name, "g": channel.g_bar, "drive": drive, "carries_calcium": channel.carries_calcium,
            "gates": [describe_gate(gate, channel.constants) for gate in channel.gates],
            **({"source": channel.source} if channel.source else {})}  # fmt: skip


def describe_cell(cell, ions):
    """A :class:`~neurolib.cell.Cell` as a membrane between the solutions ``ions``; calcium is that of its pool."""
    sides = {ion: [float(ions.outside(ion)), float(ions.inside(ion))] for ion in VALENCE}
    for channel in cell.channels:
        for name, value in channel.constants.items():
            if name.endswith(("_in", "_out")):
                sides[name.split("_")[0]][0 if name.endswith("_out") else 1] = value
    pool = None
    if cell.pool:
        sides["Ca"] = [cell.pool.Ca_out, cell.pool.rest]
        pool = {"rest": cell.pool.rest, "tau": cell.pool.tau, "gain": cell.pool.gain, "rectified": cell.pool.rectified}
    return {"C_m": cell.C_m, "temperature": cell.temperature_celsius, "ions": sides, "pool": pool,
            "channels": [describe_channel(channel) for channel in cell.channels]}


CELLS = {
    cell.name: (cell, SQUID_SEAWATER if cell.name.startswith("squid") else MAMMAL)
    for cell in (
        book.squid_axon, book.squid_axon_split_leak, book.mammalian_neuron, book.mammalian_rectifying_leak,
        book.mammalian_m_current, book.mammalian_a_type, book.mammalian_persistent_sodium, book.mammalian_l_type,
        book.mammalian_slow_ahp, book.mammalian_sk, book.mammalian_bk, book.mammalian_t_type, book.thalamic_relay,
        book.thalamic_pacemaker, book.morris_lecar,
    )
}  # fmt: skip
CHANNELS = {
    "squid_Na": squid.SODIUM, "squid_K": squid.POTASSIUM, "squid_leak": squid.LEAK, "Na": cortical.SODIUM,
    "K": cortical.POTASSIUM, "M": cortical.M_CURRENT, "A": cortical.A_TYPE, "NaP": cortical.PERSISTENT_SODIUM,
    "Kv1": cortical.KV1, "Kv2": cortical.KV2, "CaL": calcium.L_TYPE, "T": calcium.T_TYPE,
    "T_cortical": calcium.T_TYPE_CORTICAL, "BK": calcium.BK, "SK": calcium.SK, "AHP": calcium.SLOW_AHP,
    "H": thalamic.H_CURRENT, "barnacle_Ca": barnacle.CALCIUM, "barnacle_K": barnacle.POTASSIUM,
}  # fmt: skip


def membranes():
    """The book's cells that can be so described, by name; but for the ventricular cell, whose rectifiers have other forms."""
    return {name: describe_cell(*cell) for name, cell in CELLS.items()}


def channels():
    """The channels to choose from, by name."""
    return {name: describe_channel(channel) for name, channel in CHANNELS.items()}
