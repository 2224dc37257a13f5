"""Block a leak: where the rest goes depends on where that leak pulled, in a mammal and in the squid axon."""

import math

from neurolib.cells import squid_axon
from neurolib.constants import MAMMAL
from neurolib.electrochemistry import ghk_current, ghk_voltage, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import portable

SIZE, V_SIZE = 41, 61
T, P_K = 37.0, 1e-6  # °C; cm/s, which sets the size of the currents and not the voltages
K_IN, K_OUT, NA_IN, NA_OUT = MAMMAL.K_in, MAMMAL.K_out, MAMMAL.Na_in, MAMMAL.Na_out
CL_IN, CL_OUT = MAMMAL.Cl_in, MAMMAL.Cl_out
V_LOW, V_HIGH = -100.0, 20.0
KERNEL = squid_axon.kernel
defaults, axon_rest = KERNEL.defaults, KERNEL.rest
G_L, E_L = squid_axon.index("g_bar_L"), squid_axon.index("E_L")


@portable
def neuron(open_K, open_Na, open_Cl, P_Na, P_Cl):
    """Rest of the mammalian membrane with these shares of its leaks open, mV."""
    return ghk_voltage(open_K, open_Na * P_Na, open_Cl * P_Cl, K_IN, K_OUT, NA_IN, NA_OUT, CL_IN, CL_OUT, T)


@portable
def axon(open_leak, p, state):
    """Rest of the squid axon with this share of its leak open, mV."""
    defaults(p)
    p[G_L] = open_leak * p[G_L]
    return axon_rest(p, 0.0, state)


@portable
def rest(leak, share, P_Na, P_Cl, p, state):
    """Rest with ``share`` of one leak open, mV."""
    if leak == 0.0:
        return neuron(share, 1.0, 1.0, P_Na, P_Cl)
    if leak == 1.0:
        return neuron(1.0, share, 1.0, P_Na, P_Cl)
    if leak == 2.0:
        return neuron(1.0, 1.0, share, P_Na, P_Cl)
    return axon(share, p, state)


@portable
def current(leak, share, V, P_Na, P_Cl, p):
    """Current through ``share`` of one leak, µA/cm², outward positive."""
    if leak == 0.0:
        return ghk_current(share * P_K, 1.0, V, K_IN, K_OUT, T)
    if leak == 1.0:
        return ghk_current(share * P_Na * P_K, 1.0, V, NA_IN, NA_OUT, T)
    if leak == 2.0:
        return ghk_current(share * P_Cl * P_K, -1.0, V, CL_IN, CL_OUT, T)
    defaults(p)
    return share * p[G_L] * (V - p[E_L])


@portable
def compute(leak, blocked, P_Na, P_Cl, shares, K_line, Na_line, Cl_line, axon_line, V, whole, left, p, state):
    """The rest against the share blocked, for each leak; the current through the chosen one against voltage."""
    for i in range(SIZE):
        shares[i] = 100.0 * i / (SIZE - 1)
        part = 1.0 - i / (SIZE - 1)
        K_line[i] = rest(0.0, part, P_Na, P_Cl, p, state)
        Na_line[i] = rest(1.0, part, P_Na, P_Cl, p, state)
        Cl_line[i] = rest(2.0, part, P_Na, P_Cl, p, state)
        axon_line[i] = rest(3.0, part, P_Na, P_Cl, p, state)
    part = 1.0 - blocked / 100.0
    for i in range(V_SIZE):
        V[i] = V_LOW + (V_HIGH - V_LOW) * i / (V_SIZE - 1)
        whole[i] = current(leak, 1.0, V[i], P_Na, P_Cl, p)
        left[i] = current(leak, part, V[i], P_Na, P_Cl, p)
    V_before = rest(leak, 1.0, P_Na, P_Cl, p, state)
    V_rest = rest(leak, part, P_Na, P_Cl, p, state)
    reversal = nernst(1.0, K_IN, K_OUT, T)
    if leak == 1.0:
        reversal = nernst(1.0, NA_IN, NA_OUT, T)
    if leak == 2.0:
        reversal = nernst(-1.0, CL_IN, CL_OUT, T)
    if leak == 3.0:
        reversal = p[E_L]
    I_before = current(leak, 1.0, V_before, P_Na, P_Cl, p)
    return 0.0, V_before, V_rest, V_rest - V_before, reversal, I_before


@portable
def say(leak, blocked, P_Na, P_Cl, V_before, V_rest, shift, reversal, I_before):
    if blocked == 0.0:
        return 0 if reversal < V_before else 1
    if math.fabs(shift) < 0.05:
        return 2
    if shift > 0.0:
        return 3
    return 5 if leak == 3.0 else 4


@portable
def check(changed, leak, blocked, P_Na, P_Cl, V_before, V_rest, shift, reversal, I_before):
    if leak != 0.0 or blocked < 100.0:
        return 2.0, 0.0
    return (0.0 if math.fabs(shift) <= 10.0 else 1.0), math.fabs(shift)


@portable
def answer(leak, blocked, P_Na, P_Cl, V_before, V_rest, shift, reversal, I_before):
    if math.fabs(shift) < 0.05:
        return 1
    return 0 if shift > 0.0 else 2


def figure():
    drawn, (against_share, against_V) = fig.panels([170, 130], shared=False)
    fig.x_axis(against_share, (_("share of the leak blocked"), "%"), (-2, 102), ticks=[0, 25, 50, 75, 100])
    fig.y_axis(against_share, (_("rest"), "mV"), (-100, 70), ticks=[-100, -75, -50, -25, 0, 25, 50])
    fig.curve(against_share, "shares", "K_line", "K", "K⁺")
    fig.curve(against_share, "shares", "Na_line", "Na", "Na⁺", linestyle=(0, (5, 2)))
    fig.curve(against_share, "shares", "Cl_line", "Cl", "Cl⁻", linestyle=(0, (1.5, 1.5)))
    fig.curve(against_share, "shares", "axon_line", "leak", _("squid"), linestyle=(0, (3.5, 1.2, 1, 1.2)))
    fig.point(against_share, "blocked", "V_rest", "accent")
    fig.legend(against_share)
    fig.x_axis(against_V, (_("voltage"), "mV"), (V_LOW, V_HIGH), ticks=[-100, -80, -60, -40, -20, 0, 20])
    fig.y_axis(against_V, (_("leak current"), "µA/cm²"), (-15, 20), ticks=[-15, -10, -5, 0, 5, 10, 15, 20])
    fig.level(against_V, 0, "muted", linestyle="-", linewidth=0.8)
    fig.event(against_V, "V_before", "accent")
    fig.curve(against_V, "V", "whole", "muted", _("before"), linestyle=(0, (5, 2)))
    fig.curve(against_V, "V", "left", "ink", _("after the block"))
    fig.point(against_V, "V_before", "I_before", "accent")
    fig.legend(against_V)
    return drawn


LEAKS = {
    "K": _("K⁺ leak of a mammalian neuron"), "Na": _("Na⁺ leak of a mammalian neuron"),
    "Cl": _("Cl⁻ leak of a mammalian neuron"), "squid": _("“leak” of the squid axon"),
}  # fmt: skip

explorer = Explorer(
    name="leak_block",
    title=_("Block a leak"),
    chapter="resting-potential/goldman",
    caption=_(
        "Above: the resting voltage against the share of a leak that is blocked, for three leaks of a mammalian "
        "membrane "
        "(Goldman-Hodgkin-Katz) and for the leak of the Hodgkin-Huxley squid axon; the dot is the chosen one. "
        "Below: the "
        "current through the chosen leak against the voltage, outward upwards; the dotted line is the rest before "
        "the block."
    ),
    controls=(
        Choice("leak", _("Leak to block"), LEAKS, "K"),
        Slider("blocked", _("Share blocked"), 0, 100, 0, "%", step=1),
        Slider("P_Na", _("Mammal: P_Na / P_K"), 0.001, 1, 0.04, scale="log"),
        Slider("P_Cl", _("Mammal: P_Cl / P_K"), 0, 10, 0.45, scale="log", smallest=0.001, positions=201),
    ),
    compute=compute,
    curves=(
        Curve("shares", SIZE, "%", _("share of the leak blocked")),
        Curve("K_line", SIZE, "mV", _("rest with the K⁺ leak blocked")),
        Curve("Na_line", SIZE, "mV", _("rest with the Na⁺ leak blocked")),
        Curve("Cl_line", SIZE, "mV", _("rest with the Cl⁻ leak blocked")),
        Curve("axon_line", SIZE, "mV", _("rest of the squid axon with its leak blocked")),
        Curve("V", V_SIZE, "mV", _("voltage")),
        Curve("whole", V_SIZE, "µA/cm²", _("current of the leak before the block")),
        Curve("left", V_SIZE, "µA/cm²", _("current of the leak after the block")),
    ),
    scratch={"p": len(squid_axon.parameter_names), "state": len(squid_axon.state_names)},
    readouts=(
        Readout("V_before", _("rest before"), "mV", 1),
        Readout("V_rest", _("rest now"), "mV", 1),
        Readout("shift", _("change"), "mV", 1),
        Readout("reversal", _("this leak pulls towards"), "mV", 1),
        Readout("I_before", _("its current at the rest before"), "µA/cm²", 2),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "Nothing is blocked. This leak pulls towards {reversal} mV, below the rest: at rest it carries an "
            "outward current."
        ),
        _(
            "Nothing is blocked. This leak pulls towards {reversal} mV, above the rest: at rest it carries an "
            "inward current."
        ),
        _("The rest hardly moves: at {V_before} mV this leak carries almost no current."),
        _(
            "The rest goes from {V_before} to {V_rest} mV, a depolarisation: away from {reversal} mV, to which "
            "this leak pulled."
        ),
        _(
            "The rest goes from {V_before} to {V_rest} mV, a hyperpolarisation: away from {reversal} mV, to which "
            "this leak pulled."
        ),
        _(
            "The rest goes from {V_before} to {V_rest} mV, a hyperpolarisation: what is called the leak of this "
            "axon pulls towards {reversal} mV, above its rest."
        ),
    ),
    challenge=Challenge(
        goal=_("Build a mammalian membrane that keeps its rest within 10 mV when all of its K⁺ leak is blocked."),
        check=check,
        verdicts=(
            _(
                "It moves by {off} mV only. With so much chloride permeability E_Cl holds the voltage, as in "
                "skeletal muscle."
            ),
            _("The rest moves by {off} mV. Which other ion has its Nernst potential near the rest?"),
            _("Block all of the K⁺ leak of the mammalian neuron first."),
        ),
    ),
    prediction=Prediction(
        question=_(
            "A drug blocks half of the leak of the squid axon, which rests at −65 mV. Which way does the rest go?"
        ),
        setting={"leak": "squid", "blocked": 50},
        options=(_("It depolarises."), _("It stays where it is."), _("It hyperpolarises.")),
        answer=answer,
        reasons=(
            "",
            "",
            _(
                "The rest goes to {V_rest} mV. The leak of the Hodgkin-Huxley axon is all that is not a gated "
                "channel, and it pulls towards {reversal} mV: at rest its current is inward."
            ),
        ),
    ),
)
