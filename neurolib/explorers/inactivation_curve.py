"""The prepulse experiment: how many sodium channels a conditioning voltage leaves available."""

import math

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.portable import outcome, portable, zeros
from neurolib.squid_clamp import H, M, hold, step_current

POINTS, V_FIRST, V_LAST = 25, -120.0, 0.0  # conditioning voltages of the sweep, 5 mV apart
FIT_UP_TO = -50.0  # mV, one of them: beyond it m is activated before the test, and the peak is no measure of h
MAGNIFIED = 9  # the last of them, from -40 mV on, are drawn ten times as high, too
SIZE, T_TEST = 201, 4.0  # samples of the test current, every 0.02 ms
SHOWN = 41  # samples of each current of the family, with the gap before the next
LINE = 61
KERNEL = squid_axon.kernel
defaults, steady_state = KERNEL.defaults, KERNEL.steady_state
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)


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
def put_command(c, command_t, command_V):
    """The command (mV) from 4 ms before the test step: the end of the prepulse, the pause, the step."""
    command_t[0] = -4.0
    for i in range(6):
        if i > 0:
            command_t[i] = -c.gap if i <= 2 else (0.0 if i <= 4 else T_TEST)
        command_V[i] = c.V_pre if i < 2 else (c.V_hold if i < 4 else c.V_test)


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
    for i in range(LINE):
        V_line[i] = V_FIRST + (V_LAST - V_FIRST) * i / (LINE - 1)
        steady_state(V_line[i], p, state)
        y.h_inf[i] = state[H]
        y.fit[i] = math.nan
    put_command(c, y.command_t, y.command_V)
    r.largest = test_peak(c, p, -140.0, 200.0, 0.0, t, y.I)[0]
    without, _m, _h, r.m_hold, r.h_hold = test_peak(c, p, c.V_hold, c.duration, c.gap, t, y.I)
    peak, r.m_pre, r.h_pre, r.m_test, r.h_test = test_peak(c, p, c.V_pre, c.duration, c.gap, t, y.I)
    r.relative = peak / r.largest
    r.gain = peak / without
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
    """A peak that reports at least twice the h there is when the test begins."""
    r.off = r.h_pre
    if r.h_pre > 0.1 or r.relative < 0.01:
        return "not_inactivated"
    r.off = r.h_test
    if r.h_test > 1.25 * r.h_pre:
        return "recovered"
    r.off = r.relative / r.h_test
    return "done" if r.off >= 2.0 else "honest"


@outcome
def answer(c, r):
    if r.gain < 1.05:
        return "smaller" if r.gain < 0.95 else "same"
    return "larger"


def figure():
    drawn, (command, current, curve) = fig.panels([36, 96, 112], shared=False)
    fig.x_axis(command, (_("time after the test step begins"), "ms"), (-4, T_TEST))
    fig.y_axis(command, (_("command voltage"), "mV"), (-135, 35), ticks=[-120, -60, 0])
    fig.curve(command, "command_t", "command_V", "ink")
    fig.x_axis(current, (_("time after the test step begins"), "ms"), (0, T_TEST), ticks=[0, 1, 2, 3, 4])
    fig.y_axis(current, (_("sodium current"), "µA/cm²"), (-2700, 100), ticks=[-2000, -1000, 0])
    fig.curve(current, "family_t", "family_I", "muted", _("family"), linewidth=0.7)
    fig.curve(current, "t", "I", "accent", _("your prepulse"))
    fig.legend(current)
    fig.x_axis(curve, (_("prepulse voltage"), "mV"), (V_FIRST, V_LAST), ticks=[-120, -90, -60, -30, 0])
    fig.y_axis(curve, (_("available"), ""), (0, 1.05), ticks=[0, 0.5, 1])
    fig.curve(curve, "V_line", "h_inf", "ink", _("model h_∞"), linewidth=1.2)
    fig.curve(curve, "V", "h_end", "Na", _("h"), linestyle=(0, (1.5, 1.5)), linewidth=2.4)
    fig.curve(curve, "V_line", "fit", "K", _("fit"), linestyle=(0, (5, 2)))
    fig.point(curve, "V", "ratio", "muted", _("peak ratio"), markersize=4)
    fig.curve(curve, "V_10", "h_10", "Na", linestyle=(0, (1.5, 1.5)), linewidth=1.2)
    fig.point(curve, "V_10", "ratio_10", "muted", marker="x", markersize=4)
    curve.text(-33, 0.55, "10 ×", color=fig.COLOURS["muted"], fontsize=9.5)
    fig.point(curve, "V_pre", "relative", "accent")
    fig.legend(curve)
    return drawn


explorer = Explorer(
    chapter="action-potential/sodium-inactivation",
    controls=dict(
        V_pre=Slider(-120, 0, -85, "mV", step=1),
        duration=Slider(0.5, 100, 50, "ms", scale="log"),
        gap=Slider(0, 3, 0, "ms", step=0.05),
        V_hold=Slider(-100, -40, -65, "mV", step=1),
        V_test=Slider(-40, 20, -21, "mV", step=1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        I=Curve(SIZE, "µA/cm²"),
        family_t=Curve(POINTS * SHOWN, "ms", gaps=True),
        family_I=Curve(POINTS * SHOWN, "µA/cm²", gaps=True),
        command_t=Curve(6, "ms"),
        command_V=Curve(6, "mV"),
        V=Curve(POINTS, "mV"),
        ratio=Curve(POINTS),
        h_end=Curve(POINTS),
        V_10=Curve(MAGNIFIED, "mV"),
        ratio_10=Curve(MAGNIFIED),
        h_10=Curve(MAGNIFIED),
        V_line=Curve(LINE, "mV"),
        h_inf=Curve(LINE),
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
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "to_minus_85": {"V_pre": -85},
        "to_minus_21": {"V_pre": -21},
        "with_a_pause": {"V_pre": -21, "gap": 0.5},
        "too_short": {"V_pre": -85, "duration": 2},
    },
    sweep=Sweep(POINTS, step, numbers=("largest",)),
    challenge=Challenge(check),
    prediction=Prediction(answer, {"V_pre": -85}),
    cells=(squid_axon,),
)
