"""Water follows ions: the volume of a cell with its pump and without, in solutions of more and of less strength."""

from neurolib.cell_volume import (
    FIXED,
    NA,
    OSMOLARITY,
    P_UREA,
    PARAMETERS_OF_WATER,
    PARTICLES,
    UREA,
    UREA_OUT,
    K,
    voltage,
    volume,
    volume_run,
)
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _, translate
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.homeostasis import PumpLeak
from neurolib.portable import math, outcome, portable, zeros
from neurolib.pump_leak import C_M, CL_OUT, NA_OUT, PARAMETERS, PUMP
from neurolib.spikes import crossing, index_of_maximum, index_of_minimum

CELL = PumpLeak()  # 20 µm across
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
NA_START, K_START, CL_START, V_START = CELL.Na, CELL.K, CELL.Cl, CELL.V
NA_BATH, CL_BATH = CELL.Na_out, CELL.Cl_out
ISOTONIC = 300.0  # mM of particles outside: salt, and anions that are not followed
X = NA_START + K_START - CL_START  # mM of charge that cannot leave
ANIONS = ISOTONIC - NA_START - K_START - CL_START  # mM of particles that carry it: so the cell begins in balance
UREA_PERMEABILITY = 4e-6  # cm/s
SIZE, T_FIRST, T_LAST = 121, 1.0, 345600.0  # s: four days
LINE, LOW, HIGH = 61, 150.0, 450.0
EACH = 12.0  # mM for a dot of the scene
STEADY, NEAR = 0.02, 0.05  # of the volume
IDLE = 1e-4  # mM: what all the time left would still move is nothing


@portable
def set_up(q, state, water, c):
    """Fill the parameters, the state and the water's parameters for the solution outside."""
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[PUMP] = c.pump / 100.0
    q[C_M] = 0.0
    more = 0.5 * (c.salt - ISOTONIC)
    q[NA_OUT] = NA_BATH + more
    q[CL_OUT] = CL_BATH + more
    state[NA] = NA_START
    state[K] = K_START
    state[UREA] = 0.0
    water[FIXED] = X
    water[PARTICLES] = ANIONS
    water[OSMOLARITY] = c.salt + c.sucrose + c.urea
    water[UREA_OUT] = c.urea
    water[P_UREA] = UREA_PERMEABILITY


@portable
def model(c, y, r):
    """The volume at once, then ions, urea and water at times of equal ratio; and the volume at once in other solutions."""
    q, state, water, at, flows = zeros(len(BASE)), zeros(3), zeros(PARAMETERS_OF_WATER), zeros(3), zeros(2)
    set_up(q, state, water, c)
    r.w_once = volume(state, water)
    V = voltage(q, state, water, V_START)
    t = 0.0
    for i in range(SIZE):
        y.t[i] = T_FIRST * math.pow(T_LAST / T_FIRST, i / (SIZE - 1))
        moving = math.fabs(flows[0]) + math.fabs(flows[1])
        if i < 2 or moving * T_LAST > IDLE or math.fabs(state[UREA] - c.urea * volume(state, water)) > IDLE:
            V = volume_run(q, state, water, t, y.t[i], V, at, flows)
        t = y.t[i]
        w = volume(state, water)
        y.w[i] = w
        y.V[i] = V
        y.radius[i] = math.pow(w, 1.0 / 3.0)
        y.Na[i] = state[NA]
        y.K[i] = state[K]
        y.Cl[i] = state[NA] + state[K] - X
    for i in range(LINE):
        y.solutions[i] = LOW + (HIGH - LOW) * i / (LINE - 1)
        y.once[i] = ISOTONIC / (y.solutions[i] + c.sucrose + c.urea)
    r.w_end = y.w[SIZE - 1]
    r.V_end = V
    r.largest = max(r.w_once, y.w[index_of_maximum(y.w, 0, SIZE)])
    r.smallest = min(r.w_once, y.w[index_of_minimum(y.w, 0, SIZE)])
    r.hours = crossing(y.t, y.w, 0, SIZE, 1.5, 1.0) / 3600.0
    r.outside = water[OSMOLARITY]
    r.anions = ANIONS
    return "ok"


@outcome
def say(c, r):
    if r.w_end > 2.0 and r.V_end > -15.0:
        return "bursts"
    if r.largest < 1.0 + STEADY and r.smallest > 1.0 - STEADY:
        return "holds"
    if math.fabs(r.w_end - 1.0) < NEAR:
        return "returns" if math.fabs(r.w_once - 1.0) > STEADY else "drifts"
    return "swollen" if r.w_end > 1.0 else "shrunken"


@outcome
def check(c, r):
    """Without any pump, within 10 % of the volume at every moment."""
    if c.pump > 0.0:
        r.off = c.pump
        return "pumping"
    r.off = r.largest
    if r.largest > 1.1:
        return "swells"
    r.off = r.smallest
    return "done" if r.smallest >= 0.9 else "shrinks"


@outcome
def answer(c, r):
    if r.w_end < 1.1:
        return "as_before"
    return "half_again" if r.w_end < 2.0 else "triple"


def time_axis(ax):
    fig.x_axis(ax, (_("time after the change"), ""), (T_FIRST, T_LAST), "log", ticks=[1, 60, 3600, 86400])
    ax.set_xticklabels([translate(text) for text in (_("1 s"), _("1 min"), _("1 h"), _("1 d"))])


def figure():
    drawn, (size, inside, solutions) = fig.panels([78, 50, 54], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(size, inside)
    time_axis(inside)
    fig.y_axis(size, (_("volume"), _("times that before")), (0, 4.4), ticks=[0, 1, 2, 3, 4])
    fig.level(size, 1.0, "muted", given=True)
    fig.curve(size, "t", "w", "ink", linewidth=2.4)
    fig.guess(size, T_LAST)
    fig.y_axis(inside, (_("voltage V"), "mV"), (-100, 10), ticks=[-80, -40, 0])
    fig.curve(inside, "t", "V", "ink", linewidth=1.8)
    fig.x_axis(solutions, (_("salt solution outside"), _("mM of particles")), (LOW, HIGH), ticks=[150, 300, 450])
    fig.y_axis(solutions, (_("volume"), _("times that before")), (0, 4.4), ticks=[0, 2, 4])
    fig.curve(solutions, "solutions", "once", "muted", linewidth=1.4, given=True)
    fig.tag(solutions, _("at once"), "solutions", "once", 205.0, "muted", above=False, ha="right", given=True)
    fig.point(solutions, "salt", "w_once", "muted", given=True, markersize=6)
    fig.point(solutions, "salt", "w_end", "accent", drag={"x": "salt"})
    fig.note(solutions, _("after four days"), "salt", "w_end", "accent", lift=15)
    return drawn


def scene():
    """The cell grows and shrinks with its particles, a dot for each 12 mM of the volume before; beside it those outside."""
    inside = [moves.crowd(f"{ion}_inside", ion, EACH, most=66, radius=1.8) for ion in ("Na", "K", "Cl")]
    outside = [moves.crowd(f"{solute}_outside", solute, EACH, most=40, radius=2.6) for solute in ("salt", "sucrose", "urea")]
    cell = moves.scale("cell", "radius", (0, 2), (0, 2)), moves.crowd("anions", "anions", EACH, most=66, radius=1.8)
    return Scene("cell_volume.svg", (*cell, *inside, *outside, moves.write("volume", "w", 2)))


explorer = Explorer(
    chapter="resting-potential/pump",
    controls=dict(
        pump=Slider(0, 100, 100, "%", step=1),
        salt=Slider(LOW, HIGH, ISOTONIC, "mM", step=1),
        sucrose=Slider(0, 250, 0, "mM", step=1),
        urea=Slider(0, 250, 0, "mM", step=1),
    ),
    curves=dict(
        t=Curve(SIZE, "s"),
        w=Curve(SIZE, "×"),
        V=Curve(SIZE, "mV"),
        radius=Curve(SIZE),
        Na=Curve(SIZE, "mM"),
        K=Curve(SIZE, "mM"),
        Cl=Curve(SIZE, "mM"),
        solutions=Curve(LINE, "mM"),
        once=Curve(LINE, "×"),
    ),
    readouts=dict(
        w_once=Readout("×", 2),
        w_end=Readout("×", 2),
        V_end=Readout("mV"),
        hours=Readout("h", shown=False, optional=True),
        outside=Readout("mM", 0),
        largest=Readout("×", 2, shown=False),
        smallest=Readout("×", 2, shown=False),
        anions=Readout("mM", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    presets={
        "rest": {},
        "dilute": {"salt": 200},
        "strong": {"salt": 400},
        "urea": {"salt": 200, "urea": 100},
        "sucrose": {"salt": 200, "sucrose": 100},
    },
    main=("pump", "salt"),
    shows=("w_once", "w_end", "V_end"),
    story={"rest": {}, "stops": {"pump": 0}, "dilute": {"salt": 200}, "urea": {"salt": 200, "urea": 100}},
    challenge=Challenge(check, solution={"pump": 0, "salt": 150, "sucrose": 165}),
    prediction=Prediction(answer, {"pump": 0}, Guess("w_end", near=0.6)),
)
