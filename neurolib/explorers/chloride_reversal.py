"""Chloride inside: two transporters and a leak set it, and it decides what GABA does.

Each path pulls E_Cl towards a voltage of its own: the leak towards the rest, KCC2 towards E_K, NKCC1 towards the mean
of E_Na and E_K. With fluxes in proportion to the distance (a linear idealisation) E_Cl is their average by strength.
GABA_A channels also pass bicarbonate. The cell is passive, and chloride does not change during the responses.
"""

import math

from neurolib.constants import MAMMAL
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import exprel, portable

T = 37.0
E_K, E_NA = nernst(1, MAMMAL.K_in, MAMMAL.K_out, T), nernst(1, MAMMAL.Na_in, MAMMAL.Na_out, T)
E_COTRANSPORT = 0.5 * (E_K + E_NA)
CL_OUT = MAMMAL.Cl_out
BICARBONATE_IN, BICARBONATE_OUT, P_BICARBONATE = 15.0, 25.0, 0.2  # mM, mM, relative to chloride
C_M, G_LEAK = 1.0, 0.1  # µF/cm², mS/cm²
E_EXCITATION, TAU_EXCITATION, TAU_GABA = 0.0, 3.0, 10.0  # mV, ms, ms
THRESHOLD = -52.0  # mV: where the line is drawn
KCC2_LOW, KCC2_HIGH, POINTS = 0.02, 20.0, 81
NONE = 0.01  # where a KCC2 of 0 stands on the logarithmic axis
APART = 0.05  # mV, less than the sentences show
SIZE, T_START, T_END, PARTS = 241, -20.0, 100.0, 10


@portable
def chloride_potential(V_rest, kcc2, nkcc1):
    """E_Cl, mV: the voltages that leak (strength 1), KCC2 and NKCC1 pull towards, averaged by strength."""
    return (V_rest + kcc2 * E_K + nkcc1 * E_COTRANSPORT) / (1.0 + kcc2 + nkcc1)


@portable
def chloride_inside(E_Cl):
    """Cl⁻ inside in mM, from E_Cl by Nernst's equation."""
    return CL_OUT * math.exp(E_Cl / thermal_voltage(T))


@portable
def gaba_potential(Cl_in):
    """E_GABA, mV: chloride and bicarbonate through one channel, in the form of Goldman, Hodgkin and Katz."""
    inside = Cl_in + P_BICARBONATE * BICARBONATE_IN
    return thermal_voltage(T) * math.log(inside / (CL_OUT + P_BICARBONATE * BICARBONATE_OUT))


@portable
def response(V_rest, E_GABA, g_GABA, g_excitation, lead, t, V):
    """V after GABA at 0 ms and excitation ``lead`` ms later: exponential steps of 0.05 ms; returns the extreme."""
    h = (T_END - T_START) / (SIZE - 1) / PARTS
    v = V_rest
    extreme = V_rest
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
        V[i] = v
        for part in range(PARTS):
            now = t[i] + (part + 0.5) * h
            g_I = 0.0
            g_E = 0.0
            if now > 0.0:
                g_I = g_GABA * math.exp(-now / TAU_GABA)
            if now > lead:
                g_E = g_excitation * math.exp(-(now - lead) / TAU_EXCITATION)
            g = G_LEAK + g_I + g_E
            slope = (G_LEAK * (V_rest - v) + g_I * (E_GABA - v) + g_E * (E_EXCITATION - v)) / C_M
            v = v + h * slope * exprel(-g * h / C_M)
        if math.fabs(V[i] - V_rest) > math.fabs(extreme - V_rest):
            extreme = V[i]
    return extreme


@portable
def compute(
    kcc2, nkcc1, V_rest, g_GABA, g_excitation, lead,
    strength, E_Cl_line, E_GABA_line, t, V_GABA, V_excitation, V_both,
):  # fmt: skip
    """E_Cl and E_GABA against KCC2, and the response to GABA, to excitation and to both."""
    for i in range(POINTS):
        strength[i] = KCC2_LOW * math.pow(KCC2_HIGH / KCC2_LOW, i / (POINTS - 1))
        E_Cl_line[i] = chloride_potential(V_rest, strength[i], nkcc1)
        E_GABA_line[i] = gaba_potential(chloride_inside(E_Cl_line[i]))
    E_Cl = chloride_potential(V_rest, kcc2, nkcc1)
    Cl_in = chloride_inside(E_Cl)
    E_GABA = gaba_potential(Cl_in)
    by_GABA = response(V_rest, E_GABA, g_GABA, 0.0, lead, t, V_GABA)
    alone = response(V_rest, E_GABA, 0.0, g_excitation, lead, t, V_excitation)
    response(V_rest, E_GABA, g_GABA, g_excitation, lead, t, V_both)
    both = V_rest
    for i in range(SIZE):
        both = max(both, V_both[i])
    return 0.0, Cl_in, E_Cl, E_GABA, V_rest - E_GABA, by_GABA - V_rest, alone, both, max(kcc2, NONE)


@portable
def say(kcc2, nkcc1, V_rest, g_GABA, g_excitation, lead, Cl_in, E_Cl, E_GABA, drive, by_GABA, alone, both, kcc2_at):
    if g_GABA == 0.0:
        return 5
    if V_rest + by_GABA >= THRESHOLD:
        return 4
    if g_excitation == 0.0:
        return 6
    if math.fabs(both - alone) < APART and (lead < 0.0 or lead > TAU_GABA):
        return 7
    if by_GABA > 0.3:
        return 3 if both > alone else 2
    return 0 if by_GABA < -0.3 else 1


@portable
def check(changed, kcc2, nkcc1, V_rest, g_GABA, g_excitation, lead, Cl_in, E_Cl, E_GABA, drive, by_GABA, alone, both, kcc2_at):
    if V_rest != -65.0 or g_excitation < 0.1:
        return 1, 0.0
    if alone < THRESHOLD:
        return 2, alone
    if by_GABA < 1.0:
        return 3, by_GABA
    return (0, by_GABA) if both < THRESHOLD else (4, both)


@portable
def answer(kcc2, nkcc1, V_rest, g_GABA, g_excitation, lead, Cl_in, E_Cl, E_GABA, drive, by_GABA, alone, both, kcc2_at):
    if both > alone + 0.3:
        return 0
    return 1 if both > alone - 0.3 else 2


def figure():
    drawn, (potentials, voltage) = fig.panels([130, 130], shared=False)
    unit = _("chloride leak = 1")
    fig.x_axis(potentials, (_("strength of KCC2"), unit), (0.8 * NONE, KCC2_HIGH), "log", ticks=[NONE, 0.1, 1, 10])
    potentials.set_xticklabels(["0", "0.1", "1", "10"])
    fig.y_axis(potentials, (_("voltage"), "mV"), (-95, 0), ticks=[-90, -60, -30, 0])
    fig.curve(potentials, "strength", "E_Cl_line", "Cl", _("E_Cl"), linestyle=(0, (5, 2)))
    fig.curve(potentials, "strength", "E_GABA_line", "Ca", _("E_GABA"))
    fig.level(potentials, "V_rest", "muted", _("rest"))
    fig.point(potentials, "kcc2_at", "E_Cl", "Cl", markersize=6)
    fig.point(potentials, "kcc2_at", "E_GABA", "accent")
    fig.legend(potentials)
    fig.x_axis(voltage, (_("time after GABA"), "ms"), (T_START, T_END), ticks=[-20, 0, 20, 40, 60, 80, 100])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-95, 0), ticks=[-90, -60, -30, 0])
    fig.level(voltage, THRESHOLD, "stimulus", linestyle=(0, (1.5, 2)))
    fig.curve(voltage, "t", "V_GABA", "Ca", _("GABA"))
    fig.curve(voltage, "t", "V_excitation", "muted", _("glutamate"), linestyle=(0, (1.5, 1.5)))
    fig.curve(voltage, "t", "V_both", "ink", _("both"), linestyle=(0, (6, 2)))
    fig.legend(voltage)
    return drawn


def strength(name, label, default):
    return Slider(name, label, 0, KCC2_HIGH, default, scale="log", smallest=KCC2_LOW, positions=201)


explorer = Explorer(
    name="chloride_reversal",
    title=_("What GABA does depends on chloride"),
    chapter="resting-potential/applications",
    caption=_(
        "Above: the chloride potential E_Cl and the reversal potential E_GABA of GABA's channels against the strength "
        "of the chloride extruder KCC2. Below: a passive cell answers GABA at 0 ms, glutamate, and both; the dotted "
        "line is a threshold of −52 mV, drawn for comparison: this cell does not spike."
    ),
    controls=(
        strength("kcc2", _("KCC2, takes Cl⁻ out (leak = 1)"), 4.0),
        strength("nkcc1", _("NKCC1, brings Cl⁻ in (leak = 1)"), 0.1),
        Slider("V_rest", _("Rest without GABA"), -90, -50, -65, "mV", step=0.5),
        Slider("g_GABA", _("GABA conductance at its start"), 0, 1, 0.2, "mS/cm²", step=0.01),
        Slider("g_excitation", _("Glutamate conductance at its start"), 0, 0.5, 0.15, "mS/cm²", step=0.01),
        Slider("lead", _("Glutamate comes later by"), -15, 60, 2, "ms", step=0.5),
    ),
    compute=compute,
    curves=(
        Curve("strength", POINTS, "", _("strength of KCC2")),
        Curve("E_Cl_line", POINTS, "mV", _("chloride potential")),
        Curve("E_GABA_line", POINTS, "mV", _("reversal potential of GABA's channels")),
        Curve("t", SIZE, "ms", _("time")),
        Curve("V_GABA", SIZE, "mV", _("voltage, GABA alone")),
        Curve("V_excitation", SIZE, "mV", _("voltage, glutamate alone")),
        Curve("V_both", SIZE, "mV", _("voltage, both")),
    ),
    readouts=(
        Readout("Cl_in", _("chloride inside"), "mM", 1),
        Readout("E_Cl", _("E_Cl"), "mV", 1),
        Readout("E_GABA", _("E_GABA"), "mV", 1),
        Readout("drive", _("driving force, rest less E_GABA"), "mV", 1),
        Readout("by_GABA", _("GABA alone moves V by"), "mV", 1),
        Readout("alone", _("glutamate alone reaches"), "mV", 1),
        Readout("both", _("with GABA it reaches"), "mV", 1),
        Readout("kcc2_at", _("KCC2, takes Cl⁻ out (leak = 1)"), "", 2, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "E_GABA is {E_GABA} mV, below the rest: GABA moves V by {by_GABA} mV, and glutamate reaches "
            "{both} instead of {alone} mV."
        ),
        _(
            "E_GABA is at the rest: GABA alone does next to nothing to V, and yet glutamate reaches {both} instead "
            "of {alone} mV. It shunts."
        ),
        _(
            "E_GABA is {E_GABA} mV, above the rest: GABA moves V by {by_GABA} mV, and still it inhibits: "
            "glutamate reaches {both} instead of {alone} mV."
        ),
        _(
            "E_GABA is {E_GABA} mV, above the rest: GABA moves V by {by_GABA} mV, and helps glutamate: {both} "
            "instead of {alone} mV."
        ),
        _("E_GABA is {E_GABA} mV: GABA alone depolarises by {by_GABA} mV, beyond the threshold line. Here it excites."),
        _(
            "Without GABA's channels nothing but glutamate moves the cell: it reaches {alone} mV. E_GABA would be "
            "{E_GABA} mV."
        ),
        _("E_GABA is {E_GABA} mV: GABA moves V by {by_GABA} mV. There is no glutamate."),
        _("GABA moves V by {by_GABA} mV, and glutamate reaches {both} mV with it as without: they come too far apart to meet."),
    ),
    presets={
        _("Mature neuron"): {"kcc2": 4, "nkcc1": 0.1},
        _("Newborn neuron"): {"kcc2": 0.1, "nkcc1": 0.8},
        _("Newborn neuron, NKCC1 blocked (bumetanide)"): {"kcc2": 0.1, "nkcc1": 0},
        _("Neither transporter: chloride is passive"): {"kcc2": 0, "nkcc1": 0},
        _("After injury: KCC2 reduced"): {"kcc2": 0.4, "nkcc1": 0.4},
        _("Newborn neuron, a strong GABA synapse"): {"kcc2": 0.05, "nkcc1": 1.5, "g_GABA": 0.8},
    },
    challenge=Challenge(
        _(
            "From a rest of −65 mV, with glutamate strong enough to reach the threshold line by itself: make GABA "
            "depolarise by at least 1 mV and yet keep glutamate below the line."
        ),
        check,
        (
            _(
                "Done: GABA alone depolarises by {off} mV, and still glutamate stays below −52 mV. Depolarising GABA "
                "can inhibit, by its conductance."
            ),
            _("Keep the rest at −65 mV and the glutamate conductance at 0.1 mS/cm² or more."),
            _("Glutamate alone reaches only {off} mV: make it stronger, beyond −52 mV."),
            _("GABA alone moves V by {off} mV: bring more chloride into the cell."),
            _("With GABA glutamate reaches {off} mV: GABA needs more conductance, or other timing."),
        ),
    ),
    prediction=Prediction(
        _(
            "In some cell E_GABA is exactly at the rest, so that GABA alone does not move V. Glutamate comes 2 ms "
            "after GABA. Its response is …"
        ),
        {"kcc2": 0.517, "nkcc1": 0.0, "g_GABA": 0.4},
        (_("larger"), _("unchanged"), _("smaller")),
        answer,
        (
            _("With GABA it reaches {both} mV, without it {alone} mV."),
            _("With GABA it reaches {both} mV, without it {alone} mV."),
            _(
                "With GABA it reaches {both} mV, without it {alone} mV: open GABA channels let the charge of the "
                "glutamate current leak away. This is shunting inhibition; it needs no voltage change."
            ),
        ),
    ),
)
