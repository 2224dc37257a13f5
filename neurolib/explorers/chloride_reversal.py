"""Chloride inside: two transporters and a leak set it, and it decides what GABA does.

Each path pulls E_Cl towards a voltage of its own: the leak towards the rest, KCC2 towards E_K, NKCC1 towards the mean
of E_Na and E_K. With fluxes in proportion to the distance (a linear idealisation) E_Cl is their average by strength.
GABA_A channels also pass bicarbonate. The cell is passive, and chloride does not change during the responses.
"""

from neurolib.constants import MAMMAL
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.portable import exprel, math, outcome, portable
from neurolib.spikes import index_of_maximum

T = 37.0
E_K, E_NA = nernst(1, MAMMAL.K_in, MAMMAL.K_out, T), nernst(1, MAMMAL.Na_in, MAMMAL.Na_out, T)
E_COTRANSPORT = 0.5 * (E_K + E_NA)
CL_OUT = MAMMAL.Cl_out
BICARBONATE_IN, BICARBONATE_OUT, P_BICARBONATE = 15.0, 25.0, 0.2  # mM, mM, relative to chloride
C_M, G_LEAK = 1.0, 0.1  # µF/cm², mS/cm²
E_EXCITATION, TAU_EXCITATION, TAU_GABA = 0.0, 3.0, 10.0  # mV, ms, ms
PEAK_WITHIN = 10.0  # ms: within it glutamate's response has its peak, whatever GABA does before or after
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
def response(V_rest, E_GABA, g_GABA, g_excitation, lead, since, until, t, V):
    """V after GABA at 0 ms and excitation ``lead`` ms later: exponential steps of 0.05 ms.

    Returns V where it was furthest from rest between ``since`` and ``until`` ms, and the highest V there, of all steps.
    """
    h = (T_END - T_START) / (SIZE - 1) / PARTS
    v = V_rest
    extreme = V_rest
    highest = V_rest
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
            if now >= since and now <= until:
                highest = max(highest, v)
                if math.fabs(v - V_rest) > math.fabs(extreme - V_rest):
                    extreme = v
    return extreme, highest


@portable
def put_chloride_ways(c, r):
    """Which part of the chloride that moves goes which way: KCC2 out of the cell, NKCC1 and the leak into it.

    A flux is strength times distance of E_Cl from the voltage that its path pulls towards; together they are 0.
    """
    out, into, leaking = c.kcc2 * (r.E_Cl - E_K), c.nkcc1 * (E_COTRANSPORT - r.E_Cl), c.V_rest - r.E_Cl
    all_in = max(into, 0.0) + max(leaking, 0.0) + max(-out, 0.0)
    whole = all_in if all_in > 1e-9 else 1.0
    r.by_KCC2 = out / whole
    r.by_NKCC1 = into / whole
    r.by_leak = leaking / whole
    r.Cl_out = CL_OUT


@portable
def model(c, y, r):
    """E_Cl and E_GABA (mV) against KCC2, and V (mV) in response to GABA, to excitation and to both."""
    for i in range(POINTS):
        y.strength[i] = KCC2_LOW * math.pow(KCC2_HIGH / KCC2_LOW, i / (POINTS - 1))
        y.E_Cl_line[i] = chloride_potential(c.V_rest, y.strength[i], c.nkcc1)
        y.E_GABA_line[i] = gaba_potential(chloride_inside(y.E_Cl_line[i]))
    r.E_Cl = chloride_potential(c.V_rest, c.kcc2, c.nkcc1)
    r.Cl_in = chloride_inside(r.E_Cl)
    r.E_GABA = gaba_potential(r.Cl_in)
    r.drive = c.V_rest - r.E_GABA
    r.kcc2_at = max(c.kcc2, NONE)
    extreme, highest = response(c.V_rest, r.E_GABA, c.g_GABA, 0.0, c.lead, T_START, T_END, y.t, y.V_GABA)
    r.by_GABA = extreme - c.V_rest
    end = c.lead + PEAK_WITHIN
    extreme, highest = response(c.V_rest, r.E_GABA, 0.0, c.g_excitation, c.lead, c.lead, end, y.t, y.V_excitation)
    r.alone = highest
    extreme, highest = response(c.V_rest, r.E_GABA, c.g_GABA, c.g_excitation, c.lead, c.lead, end, y.t, y.V_both)
    r.both = highest
    r.rest_note = c.V_rest + 6.0
    r.lead_note = c.lead + 4.0
    r.GABA_at = 40.0 if c.lead < 20.0 else 14.0
    r.both_at = y.t[index_of_maximum(y.V_both, 0, SIZE)] - 5.5
    for i in range(SIZE):
        y.g[i] = c.g_GABA * math.exp(-y.t[i] / TAU_GABA) if y.t[i] >= 0.0 else 0.0
        y.I_GABA[i] = y.g[i] * (y.V_both[i] - r.E_GABA)
    put_chloride_ways(c, r)
    return "ok"


@outcome
def say(c, r):
    if c.g_GABA == 0.0:
        return "nothing" if c.g_excitation == 0.0 else "no_channels"
    if c.V_rest < THRESHOLD and c.V_rest + r.by_GABA >= THRESHOLD:
        return "excites"
    if c.g_excitation == 0.0:
        return "no_glutamate"
    if math.fabs(r.both - r.alone) < APART and (math.fabs(r.by_GABA) < 0.3 or r.alone < c.V_rest + 0.5):
        return "faint"
    if math.fabs(r.both - r.alone) < APART:
        return "apart" if c.lead < 0.0 or c.lead > TAU_GABA else "no_difference"
    if math.fabs(r.by_GABA) < 0.3:
        return "shunts" if math.fabs(r.drive) < 1.0 and r.both < r.alone else "little"
    if r.by_GABA > 0.0:
        return "helps" if r.both > r.alone else "inhibits_from_above"
    return "below_rest"


@outcome
def check(c, r):
    """GABA alone depolarises by 4 mV, and yet keeps glutamate, which is strong enough by itself, below the line."""
    if c.V_rest != -65.0 or c.g_excitation < 0.1:
        return "settings"
    r.off = r.alone
    if r.alone < THRESHOLD:
        return "weak_glutamate"
    if c.g_GABA == 0.0:
        return "no_gaba"
    r.off = r.E_GABA
    if r.E_GABA >= THRESHOLD:
        return "much_chloride"
    r.off = r.by_GABA
    if r.by_GABA < 4.0:
        return "little_chloride"
    if r.both >= THRESHOLD:
        r.off = r.both
        return "above_line"
    r.off = r.by_GABA
    return "done"


@outcome
def answer(c, r):
    if r.both > r.alone + 0.3:
        return "larger"
    return "unchanged" if r.both > r.alone - 0.3 else "smaller"


def figure():
    drawn, (potentials, voltage) = fig.panels([78, 132], shared=False)
    unit = _("chloride leak = 1")
    fig.x_axis(potentials, (_("strength of KCC2"), unit), (0.8 * NONE, KCC2_HIGH), "log", ticks=[NONE, 0.1, 1, 10])
    potentials.set_xticklabels(["0", "0.1", "1", "10"])
    fig.y_axis(potentials, (_("voltage"), "mV"), (-95, -10), ticks=[-90, -70, -50, -30])
    fig.level(potentials, "V_rest", "muted", given=True, drag={"y": "V_rest"})
    fig.note(potentials, _("rest"), 5.5, "rest_note", "muted", given=True)
    fig.curve(potentials, "strength", "E_Cl_line", "Cl", _("E_Cl"), at=0.5, above=False, linewidth=1.4)
    fig.curve(potentials, "strength", "E_GABA_line", "Ca", _("E_GABA"), at=0.05, linewidth=2.6)
    fig.point(potentials, "kcc2_at", "E_Cl", "Cl", markersize=6)
    fig.point(potentials, "kcc2_at", "E_GABA", "Ca", drag={"x": "kcc2"})
    fig.x_axis(voltage, (_("time after GABA"), "ms"), (-18, 72), ticks=[0, 20, 40, 60])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-92, -28), ticks=[-90, -70, -50, -30])
    fig.level(voltage, THRESHOLD, "muted", linestyle=(0, (1.5, 2)), given=True)
    fig.note(voltage, _("threshold voltage"), 71.0, THRESHOLD, "muted", given=True, ha="right", lift=9)
    fig.event(voltage, "lead", "stimulus", given=True, drag={"x": "lead"})
    fig.curve(voltage, "t", "V_GABA", "Ca", _("GABA"), at="GABA_at", above=False)
    fig.curve(voltage, "t", "V_excitation", "stimulus", given=True)
    fig.note(voltage, _("glutamate"), "lead_note", -33.0, "stimulus", given=True)
    fig.curve(voltage, "t", "V_both", "ink", linewidth=2.6)
    fig.note(voltage, _("both"), "both_at", "both", "ink", ha="right")
    return drawn


def scene():
    """A synapse and what sets its chloride: the two transporters, the leak, and the ions that GABA's channels pass."""
    paths = [moves.arrow(f"by_{path}", f"by_{path}", 1, 46) for path in ("KCC2", "NKCC1", "leak")]
    transporters = [moves.show(name, name.lower(), (0, KCC2_LOW), (0.3, 1)) for name in ("KCC2", "NKCC1")]
    chloride = [moves.crowd(name, name, each=2, most=60) for name in ("Cl_out", "Cl_in")]
    synapse = moves.count("GABA", "g", (0, 1)), moves.arrow("I_GABA", "I_GABA", 6, 46), moves.write("V", "V_both", 0)
    return Scene("chloride_synapse.svg", (*paths, *transporters, *chloride, *synapse), at=4)


def strength(default):
    return Slider(0, KCC2_HIGH, default, scale="log", smallest=KCC2_LOW, positions=201)


explorer = Explorer(
    chapter="resting-potential/applications",
    controls=dict(
        kcc2=strength(4.0),
        nkcc1=strength(0.1),
        V_rest=Slider(-90, -50, -65, "mV", step=0.5),
        g_GABA=Slider(0, 1, 0.2, "mS/cm²", step=0.01),
        g_excitation=Slider(0, 0.5, 0.15, "mS/cm²", step=0.01),
        lead=Slider(-15, 60, 2, "ms", step=0.5),
    ),
    curves=dict(
        strength=Curve(POINTS),
        E_Cl_line=Curve(POINTS, "mV"),
        E_GABA_line=Curve(POINTS, "mV"),
        t=Curve(SIZE, "ms"),
        V_GABA=Curve(SIZE, "mV"),
        V_excitation=Curve(SIZE, "mV"),
        V_both=Curve(SIZE, "mV"),
        g=Curve(SIZE, "mS/cm²"),
        I_GABA=Curve(SIZE, "µA/cm²"),
    ),
    readouts=dict(
        Cl_in=Readout("mM"),
        E_Cl=Readout("mV"),
        E_GABA=Readout("mV"),
        drive=Readout("mV"),
        by_GABA=Readout("mV"),
        alone=Readout("mV"),
        both=Readout("mV"),
        kcc2_at=Readout("", 2, shown=False),
        rest_note=Readout("mV", shown=False),
        lead_note=Readout("ms", shown=False),
        GABA_at=Readout("ms", shown=False),
        both_at=Readout("ms", shown=False),
        **{name: Readout("", 2, shown=False) for name in ("by_KCC2", "by_NKCC1", "by_leak")},
        Cl_out=Readout("mM", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "mature": {"kcc2": 4, "nkcc1": 0.1},
        "newborn": {"kcc2": 0.1, "nkcc1": 0.8},
        "bumetanide": {"kcc2": 0.1, "nkcc1": 0},
        "passive": {"kcc2": 0, "nkcc1": 0},
        "injury": {"kcc2": 0.4, "nkcc1": 0.4},
        "strong_synapse": {"kcc2": 0.05, "nkcc1": 1.5, "g_GABA": 0.8},
    },
    scene=scene(),
    time="t",
    main=("kcc2", "nkcc1"),
    shows=("E_GABA", "by_GABA", "both"),
    story={
        "mature": {},
        "newborn": {"kcc2": 0.1, "nkcc1": 0.8},
        "shunt": {"kcc2": 0.89},
        "hinders": {"kcc2": 0.1, "nkcc1": 0},
    },
    challenge=Challenge(check, solution={"kcc2": 0.4, "nkcc1": 0.2, "g_GABA": 0.6}),
    prediction=Prediction(answer, {"kcc2": 0.517, "nkcc1": 0.0, "g_GABA": 0.4}),
)
