"""A passive membrane: input resistance, time constant, and what the resistance of a patch pipette adds."""

from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.passive import capacitance, clamped_time_constant, gone, input_resistance, pace, time_constants, time_of
from neurolib.portable import math, outcome, portable

V_REST, T_STEP, T_START, T_END = -70.0, 40.0, -5.0, 75.0  # mV; ms: the step lasts from 0 to T_STEP
PART, SHORTEST = 90, 0.01  # samples after each edge of the step, at times that grow by equal ratios from SHORTEST ms on
SIZE = 2 * PART + 2  # two more for the time before
CURRENT = 0.0  # of the choice
LEVEL = 1.0 - math.exp(-1.0)
FAR = 18.0  # mV: gated channels no longer keep still
AREAS, SMALLEST, LARGEST = 2, 2000.0, 40000.0  # µm²; the lines of equal time constant are straight on logarithmic axes
SIGNS, PER_SIGN = 28, 5.0  # in the scene: signs on a face, and nC/cm² that each stands for


@portable
def moment(i):
    """Time of sample i, ms: the time before the step, then from each edge on."""
    if i < 2:
        return T_START if i == 0 else 0.0
    begin = 0.0 if i < 2 + PART else T_STEP
    part = T_STEP if i < 2 + PART else T_END - T_STEP
    k = i - 2 if i < 2 + PART else i - 2 - PART
    return begin if k == 0 else begin + SHORTEST * math.pow(part / SHORTEST, (k - 1) / (PART - 2))


@portable
def put_run(c, y, r, reach, slow, fast):
    """V (mV), what the amplifier reads, and the currents in % of ``most``, pA."""
    most = math.fabs(c.I) if c.clamp == CURRENT else 1e3 * math.fabs(c.V_c) / c.R_s
    part = 100.0 / most if most > 0.0 else 0.0
    for i in range(SIZE):
        t = moment(i)
        off = t - T_STEP if i >= 2 + PART else -1.0
        on = t if i >= 2 else -1.0
        moved = reach * (gone(on, slow, fast) - gone(off, slow, fast))
        I_C = r.C * reach * (pace(on, slow, fast) - pace(off, slow, fast))
        I_leak = 1e3 * moved / r.R_in
        y.t[i] = t
        y.V[i] = V_REST + moved
        y.V_amp[i] = V_REST + moved + 1e-3 * c.R_s * (I_C + I_leak)
        y.I_C[i] = part * I_C
        y.I_leak[i] = part * I_leak
        y.I_in[i] = part * (I_C + I_leak)
        y.charge[i] = c.C_m * y.V[i]


@portable
def model(c, y, r):
    """A step of current (pA) or of the commanded voltage (mV) through a pipette, and back, all by formulas."""
    R_in, C = input_resistance(c.g_L, c.area), capacitance(c.C_m, c.area)
    r.R_in = R_in
    r.C = C
    r.tau = 1e-3 * R_in * C
    reach = 1e-3 * c.I * R_in
    slow, fast = time_constants(R_in, C, c.R_s, c.C_p)
    if c.clamp > CURRENT:
        reach = c.V_c * R_in / (R_in + c.R_s)
        slow, fast = clamped_time_constant(R_in, C, c.R_s), 0.0
    put_run(c, y, r, reach, slow, fast)
    end = 1 + PART  # the last sample of the step
    r.rise = y.V[end] - V_REST
    r.error = y.V_amp[end] - y.V[end]
    r.reach = reach
    r.t_63 = time_of(LEVEL, slow, fast, T_STEP)
    r.V_63 = V_REST + LEVEL * reach
    side = 1.3 if reach < 0.0 else -1.3
    for i in range(AREAS):
        y.areas[i] = SMALLEST * math.pow(LARGEST / SMALLEST, i / (AREAS - 1))
        y.R_1[i] = input_resistance(c.C_m, y.areas[i])
        y.R_10[i] = input_resistance(c.C_m / 10.0, y.areas[i])
        y.R_100[i] = input_resistance(c.C_m / 100.0, y.areas[i])
    r.V_note = r.V_63 + 3.0 * side
    r.t_note = r.t_63 + 1.5
    r.radius = math.sqrt(c.area / LARGEST)
    r.narrow = math.log(c.R_s / 2.0) / math.log(25.0)
    return "ok"


@outcome
def say(c, r):
    if math.fabs(r.reach) < 0.02:
        return "nothing"
    if c.clamp > CURRENT:
        if math.isnan(r.t_63):
            return "clamp_too_slow"
        return "held" if math.fabs(r.error) < 0.02 * math.fabs(c.V_c) else "not_held"
    if math.fabs(r.rise) > FAR:
        return "too_far"
    return "charged" if math.fabs(r.rise) > 0.98 * math.fabs(r.reach) else "on_its_way"


@outcome
def check(c, r):
    """15 mV, to half a millivolt, with 63% of it after 6 ms, to 0.2 ms."""
    r.off = r.rise
    if math.fabs(r.rise - 15.0) > 0.5:
        return "too_much" if r.rise > 15.0 else "too_little"
    if math.isnan(r.t_63):
        r.off = r.tau
        return "late"
    r.off = r.t_63
    if math.fabs(r.t_63 - 6.0) > 0.2:
        return "late" if r.t_63 > 6.0 else "early"
    return "done"


@outcome
def answer(c, r):
    if r.t_63 < 7.0:
        return "half"
    return "same" if r.t_63 < 14.0 else "twice"


def figure():
    drawn, (voltage, current, cells) = fig.panels([52, 42, 70], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, current)
    fig.x_axis(current, (_("time"), "ms"), (T_START, T_END), ticks=[0, 20, 40, 60])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-88, -48), ticks=[-80, -70, -60])
    fig.curve(voltage, "t", "V_amp", "accent", linewidth=1.4, linestyle=(0, (4, 2)), given=True)
    fig.curve(voltage, "t", "V", "ink", linewidth=2.4, given=True)
    fig.tag(voltage, _("at the amplifier"), "t", "V_amp", 19, "accent", given=True)
    fig.tag(voltage, _("membrane"), "t", "V", 54, "ink", ha="left", given=True)
    fig.point(voltage, "t_63", "V_63", "ink", markersize=6)
    fig.note(voltage, _("63% of the way"), "t_note", "V_note", "ink")
    fig.y_axis(current, (_("current"), _("% of the pipette's largest")), (-130, 165), ticks=[-100, 0, 100])
    fig.curve(current, "t", "I_in", "stimulus", linewidth=1.4, given=True)
    fig.curve(current, "t", "I_C", "ink", linewidth=1.6, given=True)
    fig.curve(current, "t", "I_leak", "leak", given=True)
    fig.tag(current, _("pipette"), "t", "I_in", 20, "stimulus", given=True)
    fig.tag(current, _("leak"), "t", "I_leak", 48, "leak", ha="left", given=True)
    fig.tag(current, _("capacitance"), "t", "I_C", 46, "ink", above=False, ha="left", given=True)
    fig.x_axis(cells, (_("area of the membrane"), "µm²"), (SMALLEST, LARGEST), "log", ticks=[2000, 5000, 10000, 20000])
    fig.y_axis(cells, (_("input resistance"), "MΩ"), (3, 4000), "log", ticks=[10, 100, 1000])
    for tau, name, at in ((1, "R_1", 2200), (10, "R_10", 2200), (100, "R_100", 7000)):
        fig.curve(cells, "areas", name, "muted", linewidth=1.1)
        fig.tag(cells, f"τ = {tau} ms", "areas", name, at, "muted", ha="left")
    fig.point(cells, "area", "R_in", "accent", given=True, drag={"x": "area"})
    fig.note(cells, _("this cell"), "area", "R_in", "accent", given=True, lift=13, ha="center")
    return drawn


def scene():
    """The cell at the pipette's tip; a piece of membrane, its leaks and charges, and the three currents."""
    faces = [moves.count(part, "charge", (0, -SIGNS * PER_SIGN)) for part in ("outside_plus", "inside_minus")]
    walls = [moves.shift(f"wall_{side}", "narrow", (0, 1), (by, 0)) for side, by in (("left", 9), ("right", -9))]
    currents = [moves.arrow(name, name, 100, 46) for name in ("I_in", "I_C", "I_leak")]
    cell = moves.scale("cell", "radius", (0, 1), (0, 1)), moves.count("leaks", "g_L", (0, 0.5))
    return Scene("patch.svg", (*faces, *walls, *currents, *cell), at=4.0)


explorer = Explorer(
    chapter="resting-potential/gradients-and-leaks",
    controls=dict(
        clamp=Choice(("current", "voltage"), "current"),
        g_L=Slider(0.03, 0.5, 0.1, "mS/cm²", scale="log"),
        area=Slider(SMALLEST, LARGEST, 10000, "µm²", scale="log"),
        R_s=Slider(2, 50, 10, "MΩ", scale="log"),
        I=Slider(-100, 100, 100, "pA", step=1, only_if=("clamp", 0)),
        V_c=Slider(-15, 15, 10, "mV", step=0.5, only_if=("clamp", 1)),
        C_m=Slider(0.5, 4, 1, "µF/cm²", step=0.1),
        C_p=Slider(0, 20, 0, "pF", step=0.5, only_if=("clamp", 0)),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        V_amp=Curve(SIZE, "mV"),
        I_in=Curve(SIZE, "%"),
        I_C=Curve(SIZE, "%"),
        I_leak=Curve(SIZE, "%"),
        charge=Curve(SIZE, "nC/cm²"),
        areas=Curve(AREAS, "µm²"),
        R_1=Curve(AREAS, "MΩ"),
        R_10=Curve(AREAS, "MΩ"),
        R_100=Curve(AREAS, "MΩ"),
    ),
    readouts=dict(
        R_in=Readout("MΩ", None),
        t_63=Readout("ms", 2, optional=True),
        error=Readout("mV", 2),
        rise=Readout("mV"),
        tau=Readout("ms", 2),
        C=Readout("pF", None),
        reach=Readout("mV", shown=False),
        V_63=Readout("mV", shown=False),
        V_note=Readout("mV", shown=False),
        t_note=Readout("ms", shown=False, optional=True),
        radius=Readout(shown=False),
        narrow=Readout(shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    presets={
        "small": {"area": 2500, "I": 20},
        "leaky": {"g_L": 0.3},
        "clamped": {"clamp": "voltage"},
        "clamped_badly": {"clamp": "voltage", "area": 30000, "R_s": 30},
        "pipette_slow": {"R_s": 50, "C_p": 20},
    },
    main=("g_L", "area"),
    shows=("R_in", "t_63", "error"),
    story={"charge": {}, "leak": {"g_L": 0.2}, "area": {"area": 20000}, "clamp": {"clamp": "voltage", "R_s": 20}},
    challenge=Challenge(check, only=("g_L", "area"), solution={"g_L": 0.167, "area": 4000}),
    prediction=Prediction(answer, {"area": 20000}),
)
