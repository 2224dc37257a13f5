"""The prepulse experiment: how many sodium channels a conditioning voltage leaves available."""

from neurolib.cells import squid_axon
from neurolib.data import rates
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorers._membrane import clock_curves, clock_scene, put_moment, put_test
from neurolib.portable import math, outcome, portable, zeros
from neurolib.spikes import index_of_minimum
from neurolib.squid_clamp import H, M, hold, step_current

POINTS, V_FIRST, V_LAST = 25, -120.0, 0.0  # conditioning voltages of the sweep, 5 mV apart
FIT_UP_TO = -50.0  # mV, one of them: beyond it m is activated before the test, and the peak is no measure of h
MAGNIFIED = 9  # the last of them, from -40 mV on, are drawn ten times as high, too
SIZE, T_TEST = 201, 4.0  # samples of the test current, every 0.02 ms
SHOWN = 41  # samples of each current of the family, with the gap before the next
EARLY, BEFORE = 81, 2.0  # points before the test step, and how far back they go, ms
LINE = 61
KERNEL = squid_axon.kernel
defaults, steady_state = KERNEL.defaults, KERNEL.steady_state
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)


def measured():
    """Voltages (mV) and h_∞ = α_h/(α_h + β_h) of axon 17, at the steps small enough for an α_h to be measured."""
    read = rates()
    h = read["alpha_h"] / (read["alpha_h"] + read["beta_h"])
    return [tuple(float(value) for value in values[h > 0]) for values in (read["depolarisation"] - 65, h.round(3))]


V_1952, H_1952 = measured()


@portable
def test_peak(c, p, V_pre, duration, gap, t, I):
    """A prepulse of ``duration`` ms to V_pre mV, a pause of ``gap`` ms, and the test step.

    Fills ``I``, the sodium current (µA/cm²) at the times ``t`` (ms) of the test. Returns its peak, by a parabola, m and h
    as the prepulse ends, and m and h as the test begins.
    """
    state, row, samples = zeros(STATES), zeros(3), zeros(STATES * SIZE)
    steady_state(c.V_hold, p, state)
    hold(V_pre, duration, p, state, row)
    m = state[M]
    h = state[H]
    hold(c.V_hold, gap, p, state, row)
    m_test = state[M]
    h_test = state[H]
    return step_current(c.V_test, 0.0, 0, p, state, row, t, SIZE, samples, t, I), m, h, m_test, h_test


@portable
def boltzmann_through(V, ratio):
    """Least-squares 1/(1 + e^{(V − V_half)/slope}) to the ratios up to −50 mV: (V_half, slope), nan if too flat."""
    V_half = -62.0
    slope = 7.0
    for _iteration in range(12):
        aa = 0.0
        ab = 0.0
        bb = 0.0
        ar = 0.0
        br = 0.0
        for i in range(POINTS):
            if V[i] <= FIT_UP_TO:
                y = 1.0 / (1.0 + math.exp((V[i] - V_half) / slope))
                a = y * (1.0 - y) / slope
                b = a * (V[i] - V_half) / slope
                aa = aa + a * a
                ab = ab + a * b
                bb = bb + b * b
                ar = ar + a * (ratio[i] - y)
                br = br + b * (ratio[i] - y)
        determinant = aa * bb - ab * ab
        V_half = V_half + max(-5.0, min(5.0, (bb * ar - ab * br) / determinant))
        slope = slope + max(-1.0, min(1.0, (aa * br - ab * ar) / determinant))
        if not (slope > 3.0 and slope < 12.0 and V_half > -90.0 and V_half < -35.0):
            return math.nan, math.nan
    return V_half, slope


@portable
def put_command(c, command_t, command_V, drawn):
    """The command (mV) from 4 ms before the test step: the end of the prepulse, the pause, the step.

    Without a pause ``drawn`` goes from the prepulse to the test at once.
    """
    command_t[0] = -4.0
    for i in range(6):
        if i > 0:
            command_t[i] = -c.gap if i <= 2 else (0.0 if i <= 4 else T_TEST)
        command_V[i] = c.V_pre if i < 2 else (c.V_hold if i < 4 else c.V_test)
        drawn[i] = c.V_pre if c.gap == 0.0 and i < 4 else command_V[i]


@portable
def put_clock(c, y, p):
    """The last 2 ms before the test step (or from the beginning of a shorter prepulse), and the test."""
    state, row = zeros(STATES), zeros(3)
    start = -min(BEFORE, c.duration + c.gap)
    for i in range(EARLY):
        at = start * (1.0 - i / (EARLY - 1))
        steady_state(c.V_hold, p, state)
        hold(c.V_pre, min(c.duration + c.gap + at, c.duration), p, state, row)
        hold(c.V_hold, max(at + c.gap, 0.0), p, state, row)
        put_moment(y, i, at, c.V_pre if at < -c.gap or c.gap == 0.0 else c.V_hold, state[M], state[H])
    put_test(y, EARLY, SIZE, 0.0, T_TEST, c.V_test, p, state)


@portable
def model(c, y, r):
    """The reader's own prepulse, h_∞, and axes for the family, which is the sweep's."""
    p, state = zeros(PARAMETERS), zeros(STATES)
    t, V, V_line = y.t, y.V, y.V_line
    defaults(p)
    for i in range(SIZE):
        t[i] = T_TEST * i / (SIZE - 1)
    for i in range(POINTS):
        V[i] = V_FIRST + (V_LAST - V_FIRST) * i / (POINTS - 1)
        y.ratio[i] = math.nan
        y.h_end[i] = math.nan
    for i in range(MAGNIFIED):
        y.V_10[i] = V[POINTS - MAGNIFIED + i]
        y.ratio_10[i] = math.nan
        y.h_10[i] = math.nan
    for i in range(POINTS * SHOWN):
        y.family_t[i] = math.nan
        y.family_I[i] = math.nan
    for i in range(len(V_1952)):
        y.V_1952[i] = V_1952[i]
        y.h_1952[i] = H_1952[i]
    for i in range(LINE):
        V_line[i] = V_FIRST + (V_LAST - V_FIRST) * i / (LINE - 1)
        steady_state(V_line[i], p, state)
        y.h_inf[i] = state[H]
        y.fit[i] = math.nan
    put_command(c, y.command_t, y.command_V, y.command_drawn)
    put_clock(c, y, p)
    r.largest = test_peak(c, p, -140.0, 200.0, 0.0, t, y.I)[0]
    without, _m, _h, r.m_hold, r.h_hold = test_peak(c, p, c.V_hold, c.duration, c.gap, t, y.I_without)
    peak, r.m_pre, r.h_pre, r.m_test, r.h_test = test_peak(c, p, c.V_pre, c.duration, c.gap, t, y.I)
    r.relative = peak / r.largest
    r.gain = peak / without
    r.V_note = c.V_pre + (22.0 if c.V_pre < -70.0 else -24.0)
    r.t_own = t[index_of_minimum(y.I, 0, SIZE)] + 0.5
    if c.duration < 20.0:
        r.short = 1.0
    return "ok"


@portable
def step(c, y, r, number):
    """One prepulse of the family; after the last of those that are fitted, the Boltzmann curve."""
    k = int(number)
    p, I = zeros(PARAMETERS), zeros(SIZE)
    t, V, ratio, h_end, V_line = y.t, y.V, y.ratio, y.h_end, y.V_line
    defaults(p)
    peak, _m, h, _m_test, _h_test = test_peak(c, p, V[k], c.duration, c.gap, t, I)
    ratio[k] = peak / r.largest
    h_end[k] = h
    if k >= POINTS - MAGNIFIED:
        y.ratio_10[k - POINTS + MAGNIFIED] = 10.0 * ratio[k]
        y.h_10[k - POINTS + MAGNIFIED] = 10.0 * h
    stride = (SIZE - 1) / (SHOWN - 1)
    for i in range(SHOWN - 1):
        y.family_t[k * SHOWN + i] = t[int(i * stride)]
        y.family_I[k * SHOWN + i] = I[int(i * stride)]
    if V[k] == FIT_UP_TO:
        V_half, slope = boltzmann_through(V, ratio)
        for i in range(LINE):
            y.fit[i] = 1.0 / (1.0 + math.exp((V_line[i] - V_half) / slope))
        r.V_half = V_half
        r.slope = slope
    return "ok"


@outcome
def say(c, r):
    if r.relative > 1.5 * r.h_pre and r.relative > 0.005:
        return "misleading" if r.h_test < 1.25 * r.h_pre else "recovered"
    if r.gain > 1.02:
        return "more" if r.h_test > 1.01 * r.h_hold else "primed"
    return "fewer" if r.gain < 0.98 else "as_large"


@outcome
def check(c, r):
    """A peak of at least a tenth of the largest, with h below 0.02."""
    r.off = r.h_pre
    if r.h_pre >= 0.02:
        return "not_inactivated"
    r.off = r.relative
    if r.relative < 0.1:
        return "honest"
    r.off = r.relative / r.h_pre
    return "done"


@outcome
def answer(c, r):
    if r.gain < 1.05:
        return "smaller" if r.gain < 0.95 else "same"
    return "larger"


def figure():
    drawn, (command, current, curve) = fig.panels([40, 72, 86], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(command, current)
    fig.x_axis(current, (_("time after the test step begins"), "ms"), (-2, T_TEST), ticks=[-2, 0, 2, 4])
    fig.y_axis(command, (_("command voltage"), "mV"), (-130, 30), ticks=[-100, 0])
    fig.curve(command, "command_t", "command_drawn", "ink", given=True)
    fig.point(command, -1.7, "V_pre", "accent", drag={"y": "V_pre"})
    fig.point(command, 3.0, "V_test", "ink", markersize=4, drag={"y": "V_test"})
    fig.note(command, _("prepulse"), -1.35, "V_note", "accent")
    fig.note(command, _("test"), 2.6, -52, "ink", ha="right", given=True)
    fig.y_axis(current, (_("sodium current"), "µA/cm²"), (-2150, 130), ticks=[-2000, -1000, 0])
    current.tick_params(axis="y", length=0, pad=3)
    fig.curve(current, "clock", "I_clock", "accent", zorder=3)
    fig.curve(current, "family_t", "family_I", "muted", linewidth=0.6, alpha=0.6)
    fig.curve(current, "t", "I_without", "ink", linewidth=1.6, linestyle=(0, (4, 1.5)), given=True)
    fig.note(current, _("no prepulse"), -0.05, -1150, "ink", ha="right", given=True)
    fig.tag(current, _("after yours"), "t", "I", "t_own", "accent", above=False, ha="left")
    fig.x_axis(curve, (_("prepulse voltage"), "mV"), (V_FIRST, V_LAST), ticks=[-120, -90, -60, -30, 0])
    fig.y_axis(curve, (_("share of the largest"), ""), (0, 1.1), ticks=[0, 0.5, 1])
    fig.span(curve, -42.0, 0.0, "muted", alpha=0.07)
    short = fig.curve(curve, "V_line", "h_inf", "muted", linewidth=1.0, linestyle=(0, (4, 1.5)))
    short.moving["only_if"] = "short"
    fig.note(curve, _("h, after a long one"), -56, 0.95, "muted", only_if="short")
    fig.curve(curve, "V", "h_end", "Na", linewidth=6, alpha=0.35, solid_capstyle="butt")
    fig.note(curve, _("band: h"), -117, 0.28, "Na")
    fig.curve(curve, "V_line", "fit", "ink", linewidth=1.0)
    fig.point(curve, "V", "ratio", "ink", markersize=4)
    fig.note(curve, _("dots: peak current"), -117, 0.46, "ink")
    fig.point(curve, "V_1952", "h_1952", "ink", markersize=5, marker="s", fillstyle="none")
    fig.note(curve, _("squares: h, 1952"), -117, 0.1, "ink")
    fig.note(curve, _("10 ×"), -1.0, 0.83, "muted", ha="right")
    fig.curve(curve, "V_10", "h_10", "Na", linewidth=3, alpha=0.35, solid_capstyle="butt")
    fig.curve(curve, "V_10", "ratio_10", "ink", linewidth=0.8)
    fig.point(curve, "V_10", "ratio_10", "ink", markersize=2.5)
    fig.point(curve, "V_pre", "relative", "accent", drag={"x": "V_pre"})
    return drawn


explorer = Explorer(
    chapter="action-potential/sodium-inactivation",
    controls=dict(
        V_pre=Slider(-120, 0, -65, "mV", step=1),
        duration=Slider(0.5, 100, 50, "ms", scale="log"),
        gap=Slider(0, 3, 0, "ms", step=0.05),
        V_hold=Slider(-100, -40, -65, "mV", step=1),
        V_test=Slider(-40, 20, -21, "mV", step=1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        I=Curve(SIZE, "µA/cm²"),
        I_without=Curve(SIZE, "µA/cm²"),
        **clock_curves(EARLY + SIZE),
        family_t=Curve(POINTS * SHOWN, "ms", gaps=True),
        family_I=Curve(POINTS * SHOWN, "µA/cm²", gaps=True),
        command_t=Curve(6, "ms"),
        command_V=Curve(6, "mV"),
        command_drawn=Curve(6, "mV"),
        V=Curve(POINTS, "mV"),
        ratio=Curve(POINTS),
        h_end=Curve(POINTS),
        V_10=Curve(MAGNIFIED, "mV"),
        ratio_10=Curve(MAGNIFIED),
        h_10=Curve(MAGNIFIED),
        V_line=Curve(LINE, "mV"),
        h_inf=Curve(LINE),
        V_1952=Curve(len(V_1952), "mV"),
        h_1952=Curve(len(V_1952)),
        fit=Curve(LINE, gaps=True),
    ),
    readouts=dict(
        h_pre=Readout("", 3),
        relative=Readout("", 3),
        m_pre=Readout("", 3),
        gain=Readout("×", 2),
        m_hold=Readout("", 3, shown=False),
        h_hold=Readout("", 3, shown=False),
        m_test=Readout("", 3, shown=False),
        h_test=Readout("", 3, shown=False),
        V_half=Readout("mV", optional=True),
        slope=Readout("mV", optional=True),
        V_note=Readout("mV", shown=False),
        t_own=Readout("ms", 2, shown=False),
        short=Readout("", 0, shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=clock_scene(0.4),
    time="clock",
    overlay="ratio",
    presets={
        "to_minus_85": {"V_pre": -85},
        "to_minus_21": {"V_pre": -21},
        "with_a_pause": {"V_pre": -21, "gap": 0.5},
        "too_short": {"V_pre": -85, "duration": 2},
    },
    sweep=Sweep(POINTS, step, numbers=("largest",)),
    main=("V_pre", "duration"),
    shows=("h_pre", "relative", "gain"),
    story={
        "rest": {},
        "more": {"V_pre": -85},
        "fewer": {"V_pre": -45},
        "deceived": {"V_pre": -21},
    },
    challenge=Challenge(check, solution={"V_pre": -21, "gap": 1.5}),
    prediction=Prediction(answer, {"V_pre": -85}),
    cells=(squid_axon,),
)
