"""The current of the sodium-potassium pump: what three for two adds to the rest, and what two for two would."""

from neurolib.electrochemistry import mullins_noda, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._doors import IONS, door_readouts, opening
from neurolib.explorers._pump import TURN, currents, dots_inside, leaking, leaks, pump_curves, put_pump, turning
from neurolib.homeostasis import PumpLeak
from neurolib.portable import math, outcome, portable, zeros
from neurolib.pump_leak import PARAMETERS, charge_per_voltage, leak_Na, pump_current, pump_leak_run, settled_voltage

CELL = PumpLeak()  # a mammalian neuron of 20 µm
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
P_NA, P_CL, I_MAX, PUMP_NA, PUMP_K = (PARAMETERS.index(name) for name in ("P_Na", "P_Cl", "I_max", "pump_Na", "pump_K"))
T_AT = PARAMETERS.index("temperature_celsius")
NA, K, P_K, NA_OUT, K_OUT, CL_OUT = CELL.Na, CELL.K, CELL.P_K, CELL.Na_out, CELL.K_out, CELL.Cl_out
STOICHIOMETRIES = ("3:2", "2:2", "3:3", "3:1")
THREE_FOR_TWO, THREE_FOR_ONE = STOICHIOMETRIES.index("3:2"), STOICHIOMETRIES.index("3:1")
MOVED_NA, MOVED_K = (tuple(float(s.split(":")[k]) for s in STOICHIOMETRIES) for k in (0, 1))
RUN, RATIOS = 61, 61
T_BEFORE, T_END = -10.0, 60.0
SIZE = RUN + 2  # two more before the change
R_LOW, R_HIGH = 0.001, 10.0


@portable
def steady_voltage(ratio, P_Na, T):
    """Voltage, mV, of these ions with a pump of ``ratio`` sodium for each potassium (Mullins-Noda, chloride passive)."""
    return mullins_noda(ratio, 1.0, P_Na, K, K_OUT, NA, NA_OUT, T)


@portable
def share(ratio, P_Na, T):
    """What the current of a pump of ``ratio`` sodium for each potassium adds to the voltage, mV."""
    return steady_voltage(ratio, P_Na, T) - steady_voltage(1.0, P_Na, T)


@portable
def set_up(q, state, c):
    """Parameters and state of a cell whose 3:2 pump just balances its leaks, chloride passive."""
    T = c.temperature_celsius
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[P_NA] = c.P_Na * P_K
    q[T_AT] = T
    V = steady_voltage(1.5, c.P_Na, T)
    q[I_MAX] = -leak_Na(q, V, NA) / (3.0 * pump_current(1.0, K_OUT, NA))
    state[0] = V
    state[1] = NA
    state[2] = K
    state[3] = CL_OUT * math.exp(V / thermal_voltage(T))


@portable
def put_scene(c, y, r, q, out):
    """Doors, ions, pump and leaks: currents as charges for a turn of this cell's 3:2 pump, turns as of the default cell's."""
    largest = max(1.0, c.P_Na)
    r.door_K = opening(1.0, largest)
    r.door_Na = opening(c.P_Na, largest)
    r.door_Cl = opening(BASE[P_CL] / P_K, largest)
    Cl_start = CL_OUT * math.exp(r.V_start / thermal_voltage(c.temperature_celsius))
    turn = pump_current(q[I_MAX], K_OUT, NA)
    q[PUMP_NA] = 3.0
    q[PUMP_K] = 2.0
    for i in range(SIZE):
        j = i - 2
        if j == 0:
            q[PUMP_NA] = MOVED_NA[int(c.stoichiometry)]
            q[PUMP_K] = MOVED_K[int(c.stoichiometry)]
        y.Na[i] = out[RUN + j] if j >= 0 else NA
        y.K[i] = out[2 * RUN + j] if j >= 0 else K
        put_pump(y, i, q, y.V[i], y.Na[i], y.K[i], out[3 * RUN + j] if j >= 0 else Cl_start, turn)
        y.moved_Na[i] = q[PUMP_NA]
        y.moved_K[i] = q[PUMP_K]
        y.turns[i] = y.turns[i] * turn / TURN
        y.flow_Na[i] = y.I_Na[i] * turn / TURN
        y.flow_K[i] = y.I_K[i] * turn / TURN
        y.flow_Cl[i] = y.I_Cl[i] * turn / TURN


@portable
def model(c, y, r):
    """The 3:2 steady state, the voltage at once after the change, and the pump's part against P_Na/P_K."""
    q, state, out, flows = zeros(len(BASE)), zeros(4), zeros(4 * RUN), zeros(2)
    seconds = zeros(RUN)
    T = c.temperature_celsius
    set_up(q, state, c)
    V_start = state[0]
    r.V_start = V_start
    r.V_goldman = steady_voltage(1.0, c.P_Na, T)
    q[PUMP_NA] = 0.0
    q[PUMP_K] = 0.0
    charge = NA + K - state[3] - charge_per_voltage(q) * V_start
    r.V_frozen = settled_voltage(q, NA, K, charge, V_start)
    q[PUMP_NA] = MOVED_NA[int(c.stoichiometry)]
    q[PUMP_K] = MOVED_K[int(c.stoichiometry)]
    moved = q[PUMP_NA] / q[PUMP_K]
    for i in range(RATIOS):
        y.ratio[i] = R_LOW * math.pow(R_HIGH / R_LOW, i / (RATIOS - 1))
        y.part[i] = share(moved, y.ratio[i], T)
    r.part_now = share(moved, c.P_Na, T)
    r.ceiling = -thermal_voltage(T) * math.log(moved)
    for i in range(RUN):
        seconds[i] = 60.0 * T_END * i / (RUN - 1)
    r.V_once = pump_leak_run(q, state, 0.0, seconds, RUN, out, flows)
    for i in range(SIZE):
        y.t[i] = seconds[max(0, i - 2)] / 60.0 if i > 0 else T_BEFORE
        y.V[i] = out[i - 2] if i > 1 else V_start
        y.change[i] = y.V[i] - V_start
    put_scene(c, y, r, q, out)
    r.V_end = out[RUN - 1]
    r.Na_end = out[2 * RUN - 1]
    r.jump = r.V_once - V_start
    r.none = r.V_goldman - V_start
    r.none_note = r.none - 2.0
    r.once_note = r.jump - 2.0 if r.jump >= 0.0 else r.jump + 2.0
    r.jump_seen = r.jump if math.fabs(r.jump) > 0.3 else math.nan
    r.ceiling_note = r.ceiling + 1.6 if r.ceiling < 0.0 else math.nan
    return "ok"


@outcome
def say(c, r):
    if c.stoichiometry == THREE_FOR_TWO:
        return "three_for_two"
    return "three_for_one" if c.stoichiometry == THREE_FOR_ONE else "no_current"


@outcome
def check(c, r):
    """The leakier of the two membranes in which the 3:2 pump's part is −8 mV, to 0.1 mV."""
    r.off = r.part_now
    if math.fabs(r.part_now + 8.0) > 0.1:
        return "away"
    return "done" if c.P_Na > 1.0 else "tighter"


@outcome
def answer(c, r):
    change = r.V_once - r.V_start
    if change < 0.5:
        return "nothing"
    return "a_little" if change < 15.0 else "most"


def figure():
    drawn, (voltage, against_ratio) = fig.panels([112, 94], shared=False)
    fig.x_axis(voltage, (_("time after the pump changes"), "min"), (T_BEFORE, T_END), ticks=[0, 20, 40, 60])
    fig.y_axis(voltage, (_("change of V"), "mV"), (-12, 12), ticks=[-10, -5, 0, 5, 10])
    fig.event(voltage, 0, "muted", given=True)
    fig.level(voltage, 0, "muted", linestyle="-", linewidth=0.9, given=True)
    fig.level(voltage, "none", "muted")
    fig.note(voltage, _("no pump current"), T_END, "none_note", "muted", ha="right")
    fig.curve(voltage, "t", "change", "ink", linewidth=2.6)
    fig.point(voltage, 0, "jump", "accent", markersize=6)
    fig.note(voltage, _("at once"), 2, "once_note", "accent", only_if="jump_seen")
    fig.x_axis(against_ratio, (_("P_Na / P_K"), ""), (R_LOW, R_HIGH), "log", ticks=[0.001, 0.01, 0.1, 1, 10])
    fig.y_axis(against_ratio, (_("part of the pump's current"), "mV"), (-31, 2), ticks=[-30, -20, -10, 0])
    fig.level(against_ratio, "ceiling", "muted")
    fig.note(against_ratio, _("ceiling"), R_LOW * 1.2, "ceiling_note", "muted")
    fig.curve(against_ratio, "ratio", "part", "Na", linewidth=2.6)
    fig.point(against_ratio, "P_Na", "part_now", "accent", drag={"x": "P_Na"})
    return drawn


def scene():
    """The pump as quick as it is and with as many ions as it moves, the leaks that it balances, and the four currents."""
    moved = moves.count("Na_moved", "moved_Na", (0, 3)), moves.count("K_moved", "moved_K", (0, 3))
    flows = [flow for ion in IONS for flow in leaking(ion, f"flow_{ion}", -1 if ion == "Cl" else 1)]
    return Scene("pump.svg", (*turning(flows), *leaks(), *currents(4), *dots_inside(("Na", "K")), *moved), at=1.0)


explorer = Explorer(
    chapter="resting-potential/pump",
    controls=dict(
        stoichiometry=Choice(STOICHIOMETRIES, "3:2"),
        P_Na=Slider(0.003, R_HIGH, 0.04, scale="log"),
        temperature_celsius=Slider(5, 40, 37, "°C", step=0.1),
    ),
    curves=dict(
        t=Curve(SIZE, "min"),
        V=Curve(SIZE, "mV"),
        change=Curve(SIZE, "mV"),
        ratio=Curve(RATIOS),
        part=Curve(RATIOS, "mV"),
        Na=Curve(SIZE, "mM"),
        K=Curve(SIZE, "mM"),
        moved_Na=Curve(SIZE),
        moved_K=Curve(SIZE),
        **pump_curves(SIZE),
        **{f"flow_{ion}": Curve(SIZE) for ion in IONS},
    ),
    readouts=dict(
        V_start=Readout("mV"),
        V_goldman=Readout("mV"),
        V_frozen=Readout("mV"),
        V_once=Readout("mV"),
        V_end=Readout("mV"),
        Na_end=Readout("mM"),
        part_now=Readout("mV"),
        ceiling=Readout("mV"),
        jump=Readout("mV", shown=False),
        none=Readout("mV", shown=False),
        none_note=Readout("mV", shown=False),
        once_note=Readout("mV", shown=False),
        jump_seen=Readout("mV", shown=False, optional=True),
        ceiling_note=Readout("mV", shown=False, optional=True),
        **door_readouts(),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    main=("stoichiometry", "P_Na"),
    shows=("V_start", "V_once", "part_now"),
    story={
        "balanced": {},
        "silent": {"stoichiometry": "2:2"},
        "leaky": {"P_Na": 0.7},
        "strong": {"stoichiometry": "3:1"},
    },
    challenge=Challenge(check, only=("P_Na",), solution={"P_Na": 3.78}),
    prediction=Prediction(answer, {"stoichiometry": "2:2"}),
)
