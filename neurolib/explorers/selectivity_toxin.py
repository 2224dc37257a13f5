"""A toxin that makes potassium channels forget which ion they are for: the voltage at once, the ions after minutes."""

from neurolib.electrochemistry import chord_voltage, ghk_voltage, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._doors import door_readouts, opening
from neurolib.explorers._pump import RATE, TURN, dots_inside, leaks, pump_curves, put_pump, turning
from neurolib.homeostasis import PumpLeak
from neurolib.portable import math, outcome, portable, zeros
from neurolib.pump_leak import PARAMETERS, charge_per_voltage, pump_leak_run, settled_voltage

CELL = PumpLeak()  # a mammalian neuron of 20 µm in steady state
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
START = (CELL.V, CELL.Na, CELL.K, CELL.Cl)
P_NA, P_CL, PUMP = (PARAMETERS.index(name) for name in ("P_Na", "P_Cl", "pump"))
P_K, (V_START, NA_START, K_START, CL_START) = CELL.P_K, START
NA_OUT, K_OUT, CL_OUT, T = CELL.Na_out, CELL.K_out, CELL.Cl_out, CELL.temperature_celsius
RUN, T_BEFORE, T_END = 91, -5.0, 60.0  # samples of the run; minutes
LAST = 16  # samples of the last ten minutes
SIZE = RUN + 2  # two more before the toxin
ALPHAS, A_LOW, A_HIGH = 46, 0.001, 1.0


@portable
def set_up(q, c):
    """Parameters of the cell with the toxin: P_Na has grown by alpha P_K."""
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[P_NA] += c.alpha * P_K
    q[P_CL] = c.P_Cl * P_K
    q[PUMP] = c.pump / 100.0


@portable
def put_scene(c, y, r, q):
    """The doors; pump and leaks at every moment, sodium through its own leak apart from that through potassium channels."""
    before = zeros(len(BASE))
    for i in range(len(BASE)):
        before[i] = BASE[i]
    largest = max(1.0, c.P_Cl)
    r.door_K = opening(1.0, largest)
    r.door_Na = opening(BASE[P_NA] / P_K, largest)
    r.door_Cl = opening(c.P_Cl, largest)
    for i in range(SIZE):
        put_pump(y, i, q if i > 1 else before, y.V[i], y.Na[i], y.K[i], y.Cl[i], TURN)
        all_Na = y.I_Na[i]
        y.gained[i] = c.alpha if i > 1 else 0.0
        y.I_Na[i] = all_Na * BASE[P_NA] / (BASE[P_NA] + y.gained[i] * P_K)
        y.through_K[i] = all_Na - y.I_Na[i]


@portable
def model(c, y, r):
    """V settles at once when the toxin comes; then the ions of a 20 µm cell move for an hour."""
    q, state, flows = zeros(len(BASE)), zeros(4), zeros(2)
    times, out = zeros(RUN), zeros(4 * RUN)
    set_up(q, c)
    for i in range(4):
        state[i] = START[i]
    for i in range(RUN):
        times[i] = 60.0 * T_END * i / (RUN - 1)
    r.V_once = pump_leak_run(q, state, 0.0, times, RUN, out, flows)
    for i in range(SIZE):
        j = i - 2
        y.t[i] = times[j] / 60.0 if j >= 0 else (T_BEFORE if i == 0 else 0.0)
        y.V[i] = out[j] if j >= 0 else V_START
        y.Na[i] = out[RUN + j] if j >= 0 else NA_START
        y.K[i] = out[2 * RUN + j] if j >= 0 else K_START
        y.Cl[i] = out[3 * RUN + j] if j >= 0 else CL_START
        y.E_K[i] = nernst(1.0, y.K[i], K_OUT, T)
        y.E_Na[i] = nernst(1.0, y.Na[i], NA_OUT, T)
        y.E_Cl[i] = nernst(-1.0, y.Cl[i], CL_OUT, T)
    r.V_start = V_START
    r.mean = chord_voltage(P_K, y.E_K[0], q[P_NA], y.E_Na[0], 0.0, 0.0)
    r.two_ions = ghk_voltage(P_K, q[P_NA], 0.0, K_START, K_OUT, NA_START, NA_OUT, 1.0, 1.0, T)
    put_scene(c, y, r, q)
    charge = NA_START + K_START - CL_START - charge_per_voltage(q) * V_START
    V = V_START
    for i in range(ALPHAS):
        y.alphas[i] = A_LOW * math.pow(A_HIGH / A_LOW, i / (ALPHAS - 1))
        q[P_NA] = BASE[P_NA] + y.alphas[i] * P_K
        V = settled_voltage(q, NA_START, K_START, charge, V)
        y.once_line[i] = V
        y.mean_line[i] = chord_voltage(P_K, y.E_K[0], q[P_NA], y.E_Na[0], 0.0, 0.0)
    r.V_end = y.V[SIZE - 1]
    r.K_end = y.K[SIZE - 1]
    r.Na_end = y.Na[SIZE - 1]
    r.moving = max(math.fabs(r.K_end - y.K[SIZE - LAST]), math.fabs(r.Na_end - y.Na[SIZE - LAST]))
    return "ok"


@outcome
def say(c, r):
    if c.alpha > 0.0 and math.fabs(r.V_once - r.V_start) < 1.0:
        return "little"
    if c.alpha > 0.0 and math.fabs(r.V_once - r.V_end) < 1.0:
        return "held" if r.moving < 0.5 and c.pump > 0.0 else "same"
    if c.alpha > 0.0:
        return "drifts"
    return "steady" if c.pump == 100.0 else "weak_pump"


@outcome
def check(c, r):
    """The largest alpha with which V is still below −60 mV after an hour, with chloride and pump as they were."""
    r.off = r.V_end
    if c.P_Cl != 0.45 or c.pump < 100.0:
        return "conditions"
    if r.V_end > -60.0:
        return "too_much"
    return "too_little" if r.V_end < -61.0 else "done"


@outcome
def answer(c, r):
    if r.V_once < -30.0:
        return "low"
    return "middle" if r.V_once < -12.0 else "near_zero"


def figure():
    drawn, (voltage, inside, against_alpha) = fig.panels([66, 40, 64], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, inside)
    fig.x_axis(inside, (_("time after the toxin"), "min"), (T_BEFORE, T_END), ticks=[0, 20, 40, 60])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-120, 70), ticks=[-100, -50, 0, 50])
    fig.curve(voltage, "t", "E_Na", "Na", _("E_Na"), at=45, linewidth=1.5, given=True)
    fig.curve(voltage, "t", "E_Cl", "Cl", _("E_Cl"), at=15, above=False, linewidth=1.5, linestyle=(0, (1.5, 1.5)))
    fig.curve(voltage, "t", "E_K", "K", _("E_K"), at=45, above=False, linewidth=1.5, given=True)
    fig.curve(voltage, "t", "V", "ink", _("V"), at=30, above=False, linewidth=2.6)
    fig.point(voltage, 0, "V_once", "accent", markersize=6)
    fig.y_axis(inside, (_("inside"), "mM"), (-45, 220), ticks=[0, 100, 200])
    fig.curve(inside, "t", "Na", "Na", _("Na⁺"), at=50, linewidth=2.2)
    fig.curve(inside, "t", "Cl", "Cl", _("Cl⁻"), at=50, above=False, linewidth=1.5)
    fig.curve(inside, "t", "K", "K", _("K⁺"), at=-2.5, linewidth=2.2)
    fig.x_axis(against_alpha, (_("P_Na gained / P_K"), ""), (A_LOW, A_HIGH), "log", ticks=[0.001, 0.01, 0.1, 1])
    fig.y_axis(against_alpha, (_("V at once"), "mV"), (-108, 5), ticks=[-90, -60, -30, 0])
    fig.curve(against_alpha, "alphas", "mean_line", "muted", linewidth=1.5, linestyle=(0, (4, 3)))
    fig.note(against_alpha, _("mean of E_K and E_Na"), 0.95, -97, "muted", ha="right")
    fig.curve(against_alpha, "alphas", "once_line", "ink", _("V"), at=0.004, linewidth=2.6)
    fig.point(against_alpha, "alpha", "V_once", "accent", drag={"x": "alpha"})
    fig.guess(against_alpha, 1)
    return drawn


def scene():
    """The potassium channel that lets sodium through, the other leaks, the pump; the ions inside, 5 mM a dot."""
    toxin = moves.show("toxin", "gained", (0, A_LOW)), moves.flow("Na_through_K", "through_K", -RATE)
    return Scene("pump.svg", (*turning(), *leaks(), *dots_inside(), *toxin, moves.write("V", "V")), at=1.0)


explorer = Explorer(
    chapter="resting-potential/goldman",
    controls=dict(
        alpha=Slider(0, 1, 0.1, scale="log", smallest=0.001, positions=181),
        P_Cl=Slider(0, 2, 0.45, scale="log", smallest=0.001, positions=201),
        pump=Slider(0, 100, 100, "%", step=1),
    ),
    curves=dict(
        t=Curve(SIZE, "min"),
        V=Curve(SIZE, "mV"),
        E_K=Curve(SIZE, "mV"),
        E_Na=Curve(SIZE, "mV"),
        E_Cl=Curve(SIZE, "mV"),
        K=Curve(SIZE, "mM"),
        Na=Curve(SIZE, "mM"),
        Cl=Curve(SIZE, "mM"),
        alphas=Curve(ALPHAS),
        once_line=Curve(ALPHAS, "mV"),
        mean_line=Curve(ALPHAS, "mV"),
        **pump_curves(SIZE),
        through_K=Curve(SIZE),
        gained=Curve(SIZE),
    ),
    readouts=dict(
        V_start=Readout("mV"),
        mean=Readout("mV"),
        two_ions=Readout("mV"),
        V_once=Readout("mV"),
        V_end=Readout("mV"),
        K_end=Readout("mM", 0),
        Na_end=Readout("mM", 0),
        moving=Readout("mM", shown=False),
        **door_readouts(),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    main=("alpha", "pump"),
    shows=("V_start", "V_once", "V_end"),
    story={"tenth": {}, "alike": {"alpha": 1}, "no_pump": {"pump": 0}},
    challenge=Challenge(check, solution={"alpha": 0.05}),
    prediction=Prediction(answer, {"alpha": 1}, Guess("V_once", near=3)),
)
