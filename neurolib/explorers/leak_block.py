"""Block a leak: where the rest goes depends on where that leak pulled, in a mammal and in the squid axon."""

from neurolib.cells import squid_axon
from neurolib.constants import MAMMAL
from neurolib.electrochemistry import ghk_current, ghk_voltage, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._doors import (
    circuit,
    circuit_readouts,
    current_and_chord,
    door_readouts,
    open_doors,
    opening,
    put_circuit,
)
from neurolib.portable import math, outcome, portable, zeros

SIZE, V_SIZE = 41, 61
T, P_K = 37.0, 1e-6  # °C; cm/s, which sets the size of the currents and not the voltages
K_IN, K_OUT, NA_IN, NA_OUT = MAMMAL.K_in, MAMMAL.K_out, MAMMAL.Na_in, MAMMAL.Na_out
CL_IN, CL_OUT = MAMMAL.Cl_in, MAMMAL.Cl_out
V_LOW, V_HIGH = -100.0, 20.0
MOST, WIDEST = 4.5, 0.4  # of the scene: µA/cm², its longest arrow; mS/cm² of the axon behind a door wide open
NEARLY_NOTHING = 0.005  # µA/cm², less than the readout shows
REST_LOW, REST_HIGH = -95.0, -25.0  # mV, what the figure shows
APART = 7.5  # mV between the names of two lines
V_NAMES = -42.0  # mV, where the currents are named
LEAKS = ("K", "Na", "Cl", "squid")
K, NA, CL, SQUID = range(len(LEAKS))
KERNEL = squid_axon.kernel
defaults, axon_rest = KERNEL.defaults, KERNEL.rest
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
G_L = squid_axon.index("g_bar_L")
AXON_G_L, AXON_E_L = squid_axon.default_values["g_bar_L"], squid_axon.default_values["E_L"]
G_NA, G_K, E_NA, E_K = (squid_axon.default_values[name] for name in ("g_bar_Na", "g_bar_K", "E_Na", "E_K"))
M, H, N = (squid_axon.state_index(gate) for gate in ("m", "h", "n"))


@portable
def neuron(c, open_K, open_Na, open_Cl):
    """Rest of the mammalian membrane with these shares of its leaks open, mV."""
    return ghk_voltage(open_K, open_Na * c.P_Na, open_Cl * c.P_Cl, K_IN, K_OUT, NA_IN, NA_OUT, CL_IN, CL_OUT, T)


@portable
def axon_at_rest(open_leak, state):
    """Rest of the squid axon with this share of its leak open, mV; its gates go to ``state``."""
    p = zeros(PARAMETERS)
    defaults(p)
    p[G_L] = open_leak * AXON_G_L
    return axon_rest(p, 0.0, state)


@portable
def axon(open_leak):
    """Rest of the squid axon with this share of its leak open, mV."""
    return axon_at_rest(open_leak, zeros(STATES))


@portable
def rest(c, share):
    """Rest with ``share`` of the chosen leak open, mV."""
    if c.leak == K:
        return neuron(c, share, 1.0, 1.0)
    if c.leak == NA:
        return neuron(c, 1.0, share, 1.0)
    if c.leak == CL:
        return neuron(c, 1.0, 1.0, share)
    return axon(share)


@portable
def current(c, share, V):
    """Current through ``share`` of the chosen leak, µA/cm², outward positive."""
    if c.leak == K:
        return ghk_current(share * P_K, 1.0, V, K_IN, K_OUT, T)
    if c.leak == NA:
        return ghk_current(share * c.P_Na * P_K, 1.0, V, NA_IN, NA_OUT, T)
    if c.leak == CL:
        return ghk_current(share * c.P_Cl * P_K, -1.0, V, CL_IN, CL_OUT, T)
    return share * AXON_G_L * (V - AXON_E_L)


@portable
def reversal(c):
    """Voltage to which the chosen leak pulls, mV."""
    if c.leak == K:
        return nernst(1.0, K_IN, K_OUT, T)
    if c.leak == NA:
        return nernst(1.0, NA_IN, NA_OUT, T)
    return nernst(-1.0, CL_IN, CL_OUT, T) if c.leak == CL else AXON_E_L


@portable
def put_neuron(c, share, V, r):
    """Conductances, currents and doors of the mammalian membrane at V, with this share of the chosen leak open."""
    P = P_K * (share if c.leak == K else 1.0)
    P_Na = c.P_Na * P_K * (share if c.leak == NA else 1.0)
    P_Cl = c.P_Cl * P_K * (share if c.leak == CL else 1.0)
    largest = max(1.0, c.P_Cl) * P_K
    r.door_K = opening(P, largest)
    r.door_Na = opening(P_Na, largest)
    r.door_Cl = opening(P_Cl, largest)
    r.E_K = nernst(1.0, K_IN, K_OUT, T)
    r.E_Na = nernst(1.0, NA_IN, NA_OUT, T)
    r.E_third = nernst(-1.0, CL_IN, CL_OUT, T)
    r.I_K, r.g_K = current_and_chord(P, 1.0, V, r.E_K, K_IN, K_OUT, T)
    r.I_Na, r.g_Na = current_and_chord(P_Na, 1.0, V, r.E_Na, NA_IN, NA_OUT, T)
    r.I_Cl, r.g_Cl = current_and_chord(P_Cl, -1.0, V, r.E_third, CL_IN, CL_OUT, T)


@portable
def put_axon(share, V, state, r):
    """The same of the squid axon: its gated channels at rest, and its leak in the third place."""
    g_Na = G_NA * state[M] * state[M] * state[M] * state[H]
    g_K = G_K * state[N] * state[N] * state[N] * state[N]
    g_L = share * AXON_G_L
    r.door_K = opening(g_K, WIDEST)
    r.door_Na = opening(g_Na, WIDEST)
    r.door_Cl = opening(g_L, WIDEST)
    r.E_K = E_K
    r.E_Na = E_NA
    r.E_third = AXON_E_L
    r.I_K = g_K * (V - E_K)
    r.I_Na = g_Na * (V - E_NA)
    r.I_Cl = g_L * (V - AXON_E_L)
    r.g_K = g_K
    r.g_Na = g_Na
    r.g_Cl = g_L


@portable
def name_ends(y, r):
    """Where the names of the four lines stand, at their ends and apart from each other; nan outside of the figure."""
    place = zeros(4)
    place[K], place[NA], place[CL] = y.K_line[SIZE - 1], y.Na_line[SIZE - 1], y.Cl_line[SIZE - 1]
    place[SQUID] = y.axon_line[SIZE - 1]
    for _step in range(40):
        for i in range(4):
            for j in range(i):
                between = place[i] - place[j]
                if math.fabs(between) < APART:
                    push = 0.5 * (APART - math.fabs(between)) * (1.0 if between >= 0.0 else -1.0)
                    place[i] += push
                    place[j] -= push
    for i in range(4):
        if place[i] < REST_LOW or place[i] > REST_HIGH:
            place[i] = math.nan
    r.K_end = place[K]
    r.Na_end = place[NA]
    r.Cl_end = place[CL]
    r.squid_end = place[SQUID]


@portable
def model(c, y, r):
    """The rest against the share blocked, for each leak; the current through the chosen one against voltage."""
    for i in range(SIZE):
        part = 1.0 - i / (SIZE - 1)
        y.shares[i] = 100.0 * i / (SIZE - 1)
        y.K_line[i] = neuron(c, part, 1.0, 1.0)
        y.Na_line[i] = neuron(c, 1.0, part, 1.0)
        y.Cl_line[i] = neuron(c, 1.0, 1.0, part)
        y.axon_line[i] = axon(part)
        y.chosen_line[i] = rest(c, part)
    name_ends(y, r)
    open_now = 1.0 - c.blocked / 100.0
    for i in range(V_SIZE):
        V = V_LOW + (V_HIGH - V_LOW) * i / (V_SIZE - 1)
        y.V[i] = V
        y.whole[i] = current(c, 1.0, V)
        y.left[i] = current(c, open_now, V)
    r.V_before = rest(c, 1.0)
    state = zeros(STATES)
    r.V_rest = axon_at_rest(open_now, state) if c.leak == SQUID else rest(c, open_now)
    r.shift = r.V_rest - r.V_before
    r.reversal = reversal(c)
    r.I_before = current(c, 1.0, r.V_before)
    whole, left = current(c, 1.0, V_NAMES), current(c, open_now, V_NAMES)
    side = 1.5 if whole >= left else -1.3
    r.whole_note = whole + side if c.blocked > 0.0 else math.nan
    r.left_note = left - side
    r.pull = r.reversal if r.reversal < REST_HIGH else math.nan
    r.pull_x = r.pull + (13.0 if r.reversal < r.V_before else -13.0)  # on the side where its curve is not
    r.pull_y = -1.6 if r.reversal < r.V_before else 1.6
    r.rest_note = r.V_before + 1.0
    if c.leak == SQUID:
        put_axon(open_now, r.V_rest, state, r)
    else:
        put_neuron(c, open_now, r.V_rest, r)
    put_circuit(r, MOST)
    r.third_out = r.I_Cl if c.leak == SQUID else -r.I_Cl  # of the ions: chloride goes against its current
    return "ok"


@outcome
def say(c, r):
    if c.leak == CL and c.P_Cl == 0.0:
        return "absent"
    if c.blocked == 0.0 and math.fabs(r.I_before) < NEARLY_NOTHING:
        return "balanced"
    if c.blocked == 0.0:
        return "pulls_below" if r.reversal < r.V_before else "pulls_above"
    if math.fabs(r.shift) < 0.05:
        return "hardly_moves" if c.blocked >= 50.0 or math.fabs(r.I_before) < 10.0 * NEARLY_NOTHING else "little_blocked"
    if r.shift > 0.0:
        return "depolarises"
    return "squid" if c.leak == SQUID else "hyperpolarises"


@outcome
def check(c, r):
    """A rest that stays within 10 mV without any K⁺ leak."""
    r.off = math.fabs(r.shift)
    if c.leak != K or c.blocked < 100.0:
        return "not_blocked"
    return "done" if r.off <= 10.0 else "moves"


@outcome
def answer(c, r):
    if math.fabs(r.shift) < 0.05:
        return "stays"
    return "up" if r.shift > 0.0 else "down"


def figure():
    drawn, (against_share, against_V) = fig.panels([122, 84], shared=False)
    fig.x_axis(against_share, (_("share of the leak blocked"), "%"), (-3, 127), ticks=[0, 25, 50, 75, 100])
    fig.y_axis(against_share, (_("rest"), "mV"), (REST_LOW, REST_HIGH), ticks=[-90, -70, -50, -30])
    lines = [("K", "K", _("K⁺")), ("Na", "Na", _("Na⁺")), ("Cl", "Cl", _("Cl⁻")), ("axon", "leak", _("squid"))]
    for name, colour, text in lines:
        fig.curve(against_share, "shares", f"{name}_line", colour, linewidth=1.6)
        fig.note(against_share, text, 103, "squid_end" if name == "axon" else f"{name}_end", colour)
    fig.curve(against_share, "shares", "chosen_line", "ink", linewidth=2.8)
    fig.point(against_share, "blocked", "V_rest", "accent", drag={"x": "blocked"})
    fig.x_axis(against_V, (_("voltage"), "mV"), (-100, -35), ticks=[-90, -70, -50])
    fig.y_axis(against_V, (_("leak current"), "µA/cm²"), (-8, 8), ticks=[-5, 0, 5])
    fig.level(against_V, 0, "muted", linestyle="-", linewidth=0.9, given=True)
    fig.note(against_V, _("outward"), -99, 6.5, "muted", given=True)
    fig.note(against_V, _("inward"), -99, -6.5, "muted", given=True)
    fig.event(against_V, "V_before", "accent")
    fig.note(against_V, _("rest before"), "rest_note", -6.5, "accent")
    fig.curve(against_V, "V", "whole", "muted", linewidth=1.6, linestyle=(0, (5, 2)))
    fig.note(against_V, _("before"), V_NAMES, "whole_note", "muted", ha="center")
    fig.curve(against_V, "V", "left", "ink", linewidth=2.4)
    fig.note(against_V, _("now"), V_NAMES, "left_note", "ink", ha="center")
    fig.point(against_V, "V_before", "I_before", "accent", markersize=6)
    fig.point(against_V, "pull", 0, "ink", markersize=5)
    fig.note(against_V, _("pulls to here"), "pull_x", "pull_y", "ink", ha="center")
    return drawn


def scene():
    """The doors and the circuit of the chosen cell, the third place for Cl⁻ or the axon's leak; a plug in the chosen door."""
    ways = (("in", -0.8), ("out", 0.8))
    flows = [moves.flow(f"{ion}_{way}", f"I_{ion}", rate) for ion in ("Na", "K") for way, rate in ways]
    flows += [moves.flow(f"Cl_{way}", "third_out", rate) for way, rate in ways]
    third = [moves.tint(part, "leak", ("Cl", "Cl", "Cl", "leak")) for part in ("third", "third_branch")]
    names = moves.show("Cl_name", "leak", (CL, SQUID), (1, 0)), moves.show("leak_name", "leak", (CL, SQUID))
    plug = moves.show("blocked", "blocked"), moves.shift("deeper", "blocked", (0, 100), (0, 18)), moves.pick("blocker", "leak")
    wires = circuit(MOST, ("E_Na", "E_K", "E_third"))
    return Scene("doors.svg", (*open_doors(), *flows, *wires, *third, *names, *plug))


explorer = Explorer(
    chapter="resting-potential/goldman",
    controls=dict(
        leak=Choice(LEAKS, "K"),
        blocked=Slider(0, 100, 0, "%", step=1),
        P_Na=Slider(0.001, 1, 0.04, scale="log"),
        P_Cl=Slider(0, 10, 0.45, scale="log", smallest=0.001, positions=201),
    ),
    curves=dict(
        shares=Curve(SIZE, "%"),
        K_line=Curve(SIZE, "mV"),
        Na_line=Curve(SIZE, "mV"),
        Cl_line=Curve(SIZE, "mV"),
        axon_line=Curve(SIZE, "mV"),
        chosen_line=Curve(SIZE, "mV"),
        V=Curve(V_SIZE, "mV"),
        whole=Curve(V_SIZE, "µA/cm²"),
        left=Curve(V_SIZE, "µA/cm²"),
    ),
    readouts=dict(
        V_before=Readout("mV"),
        V_rest=Readout("mV"),
        shift=Readout("mV"),
        reversal=Readout("mV"),
        I_before=Readout("µA/cm²", 2),
        K_end=Readout("mV", shown=False, optional=True),
        Na_end=Readout("mV", shown=False, optional=True),
        Cl_end=Readout("mV", shown=False, optional=True),
        squid_end=Readout("mV", shown=False, optional=True),
        whole_note=Readout("µA/cm²", shown=False, optional=True),
        left_note=Readout("µA/cm²", shown=False),
        pull=Readout("mV", shown=False, optional=True),
        pull_x=Readout("mV", shown=False, optional=True),
        pull_y=Readout("µA/cm²", shown=False),
        rest_note=Readout("mV", shown=False),
        E_K=Readout("mV", shown=False),
        E_Na=Readout("mV", shown=False),
        E_third=Readout("mV", shown=False),
        **door_readouts(),
        **circuit_readouts(),
        third_out=Readout("µA/cm²", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    main=("leak", "blocked"),
    shows=("V_rest", "shift", "reversal"),
    story={
        "open": {},
        "potassium": {"blocked": 50},
        "chloride": {"leak": "Cl", "blocked": 100},
        "squid": {"leak": "squid", "blocked": 50},
    },
    challenge=Challenge(check, solution={"blocked": 100, "P_Cl": 3}),
    prediction=Prediction(answer, {"leak": "squid", "blocked": 50}),
    cells=(squid_axon,),
)
