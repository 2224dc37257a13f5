"""The prepulse experiment: how many sodium channels a conditioning voltage leaves available."""

import math

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.squid_clamp import H, M, hold, step_current

POINTS, V_FIRST, V_LAST = 25, -120.0, 0.0  # conditioning voltages of the sweep, 5 mV apart
FIT_UP_TO = -50.0  # mV: beyond it m is activated before the test, and the peak is no measure of h
MAGNIFIED = 9  # the last of them, from -40 mV on, are drawn ten times as high, too
SIZE, T_TEST = 201, 4.0  # samples of the test current, every 0.02 ms
SHOWN = 41  # samples of each current of the family, with the gap before the next
LINE = 61
KERNEL = squid_axon.kernel
defaults, steady_state = KERNEL.defaults, KERNEL.steady_state
STATES = len(squid_axon.state_names)


@portable
def test_peak(V_pre, duration, gap, V_hold, V_test, t, I, p, state, row, samples, memo):
    """Peak of the test current after a prepulse, by a parabola; fills ``I``, and m and h at its start in ``memo``."""
    steady_state(V_hold, p, state)
    hold(V_pre, duration, p, state, row)
    memo[0] = state[M]
    memo[1] = state[H]
    hold(V_hold, gap, p, state, row)
    return step_current(V_test, 0.0, 0, p, state, row, t, SIZE, samples, t, I)


@portable
def compute(
    V_pre, duration, gap, V_hold, V_test,
    t, I, family_t, family_I, command_t, command_V, V, ratio, h_end, V_10, ratio_10, h_10, V_line, h_inf, fit,
    p, state, row, samples, memo,
):  # fmt: skip
    """The reader's own prepulse; in ``memo`` what the sweep needs of it."""
    defaults(p)
    for i in range(SIZE):
        t[i] = T_TEST * i / (SIZE - 1)
    for i in range(POINTS):
        V[i] = V_FIRST + (V_LAST - V_FIRST) * i / (POINTS - 1)
        ratio[i] = math.nan
        h_end[i] = math.nan
    for i in range(MAGNIFIED):
        V_10[i] = V[POINTS - MAGNIFIED + i]
        ratio_10[i] = math.nan
        h_10[i] = math.nan
    for i in range(POINTS * SHOWN):
        family_t[i] = math.nan
        family_I[i] = math.nan
    for i in range(LINE):
        V_line[i] = V_FIRST + (V_LAST - V_FIRST) * i / (LINE - 1)
        steady_state(V_line[i], p, state)
        h_inf[i] = state[H]
        fit[i] = math.nan
    command_t[0] = -4.0
    for i in range(6):
        if i > 0:
            command_t[i] = -gap if i <= 2 else (0.0 if i <= 4 else T_TEST)
        command_V[i] = V_pre if i < 2 else (V_hold if i < 4 else V_test)
    memo[2] = test_peak(-140.0, 200.0, 0.0, V_hold, V_test, t, I, p, state, row, samples, memo)
    memo[3] = test_peak(V_hold, duration, gap, V_hold, V_test, t, I, p, state, row, samples, memo)
    memo[4] = test_peak(V_pre, duration, gap, V_hold, V_test, t, I, p, state, row, samples, memo)
    memo[5] = memo[0]
    memo[6] = memo[1]
    return 0.0, memo[6], memo[4] / memo[2], memo[5], memo[4] / memo[3], math.nan, math.nan


@portable
def step(
    V_pre, duration, gap, V_hold, V_test, number,
    t, I, family_t, family_I, command_t, command_V, V, ratio, h_end, V_10, ratio_10, h_10, V_line, h_inf, fit,
    p, state, row, samples, memo,
):  # fmt: skip
    """One prepulse of the family; after the last of those that are fitted, the Boltzmann curve."""
    k = int(number)
    peak = test_peak(V[k], duration, gap, V_hold, V_test, t, I, p, state, row, samples, memo)
    ratio[k] = peak / memo[2]
    h_end[k] = memo[1]
    if k >= POINTS - MAGNIFIED:
        ratio_10[k - POINTS + MAGNIFIED] = 10.0 * ratio[k]
        h_10[k - POINTS + MAGNIFIED] = 10.0 * h_end[k]
    stride = (SIZE - 1) / (SHOWN - 1)
    for i in range(SHOWN - 1):
        family_t[k * SHOWN + i] = t[int(i * stride)]
        family_I[k * SHOWN + i] = I[int(i * stride)]
    V_half = math.nan
    slope = math.nan
    if V[k] >= FIT_UP_TO:
        V_half, slope = boltzmann_through(V, ratio)
        for i in range(LINE):
            fit[i] = 1.0 / (1.0 + math.exp((V_line[i] - V_half) / slope))
    test_peak(V_pre, duration, gap, V_hold, V_test, t, I, p, state, row, samples, memo)
    return 0.0, memo[6], memo[4] / memo[2], memo[5], memo[4] / memo[3], V_half, slope


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
def say(V_pre, duration, gap, V_hold, V_test, h_pre, relative, m_pre, gain, V_half, slope):
    if relative > 1.5 * h_pre and relative > 0.005:
        return 3
    if gain > 1.02:
        return 0
    return 1 if gain < 0.98 else 2


@portable
def check(moved, V_pre, duration, gap, V_hold, V_test, h_pre, relative, m_pre, gain, V_half, slope):
    factor = relative / h_pre
    if h_pre > 0.1 or relative < 0.01:
        return 1, h_pre
    return (0, factor) if factor >= 2.0 else (2, factor)


@portable
def answer(V_pre, duration, gap, V_hold, V_test, h_pre, relative, m_pre, gain, V_half, slope):
    if gain < 1.05:
        return 0 if gain < 0.95 else 1
    return 2


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
    name="inactivation_curve",
    title=_("The prepulse experiment"),
    chapter="action-potential/sodium-inactivation",
    caption=_(
        "Voltage clamp of the squid axon, 6.3 °C. Above: the end of the prepulse and the test step. Middle: the sodium "
        "current of the test step, for prepulses from −120 to 0 mV. Below: the peak of that current as a share of the "
        "largest there can be (dots), the gate h at the end of each prepulse (dotted), the model's h_∞, and a Boltzmann "
        "curve fitted to the dots up to −50 mV (dashed). On the right the peaks (crosses) and h (thin) once more, ten "
        "times as high."
    ),
    controls=(
        Slider("V_pre", _("Prepulse voltage"), -120, 0, -85, "mV", step=1),
        Slider("duration", _("Prepulse duration"), 0.5, 100, 50, "ms", scale="log"),
        Slider("gap", _("Pause at the holding voltage"), 0, 3, 0, "ms", step=0.05),
        Slider("V_hold", _("Holding voltage"), -100, -40, -65, "mV", step=1),
        Slider("V_test", _("Test voltage"), -40, 20, -21, "mV", step=1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time after the test step begins")),
        Curve("I", SIZE, "µA/cm²", _("sodium current of the test step")),
        Curve("family_t", POINTS * SHOWN, "ms", _("time, for each prepulse of the family"), gaps=True),
        Curve("family_I", POINTS * SHOWN, "µA/cm²", _("test current after each prepulse of the family"), gaps=True),
        Curve("command_t", 6, "ms", _("time of the command")),
        Curve("command_V", 6, "mV", _("command voltage")),
        Curve("V", POINTS, "mV", _("prepulse voltages of the family")),
        Curve("ratio", POINTS, "", _("peak test current, as a share of the largest")),
        Curve("h_end", POINTS, "", _("h at the end of each prepulse")),
        Curve("V_10", MAGNIFIED, "mV", _("prepulse voltages from −40 mV on")),
        Curve("ratio_10", MAGNIFIED, "", _("ten times the ratio, from −40 mV on")),
        Curve("h_10", MAGNIFIED, "", _("ten times h, from −40 mV on")),
        Curve("V_line", LINE, "mV", _("voltage")),
        Curve("h_inf", LINE, "", _("steady state of h")),
        Curve("fit", LINE, "", _("Boltzmann curve fitted to the ratios up to −50 mV"), gaps=True),
    ),
    scratch={"p": len(squid_axon.parameter_names), "state": STATES, "row": 3, "samples": STATES * SIZE, "memo": 7},
    sweep=Sweep(POINTS, step),
    readouts=(
        Readout("h_pre", _("h after the prepulse"), "", 3),
        Readout("relative", _("peak, of the largest"), "", 3),
        Readout("m_pre", _("m after the prepulse"), "", 3),
        Readout("gain", _("peak, against no prepulse"), "×", 2),
        Readout("V_half", _("fit: half at"), "mV", 1, optional=True),
        Readout("slope", _("fit: slope factor"), "mV", 1, optional=True),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The prepulse has removed inactivation: the test current is {gain:2} times what it is without a prepulse."),
        _("The prepulse has inactivated channels: the test current is {gain:2} times what it is without a prepulse."),
        _("The prepulse changes little: the test current is as large as without one."),
        _(
            "Beware: the peak is {relative:3} of the largest, but h is only {h_pre:3}. Part of the activation, m = "
            "{m_pre:2}, "
            "was there before the test step."
        ),
    ),
    presets={
        _("Prepulse to −85 mV"): {"V_pre": -85},
        _("Prepulse to −21 mV: a misleading peak"): {"V_pre": -21},
        _("Prepulse to −21 mV: after a pause of 0.5 ms"): {"V_pre": -21, "gap": 0.5},
        _("Too short a prepulse: 2 ms"): {"V_pre": -85, "duration": 2},
    },
    prediction=Prediction(
        _(
            "The axon is held at −65 mV. If it spends 50 ms at −85 mV just before the test step, what becomes of "
            "the sodium current?"
        ),
        {"V_pre": -85},
        (
            _("It is smaller"),
            _("It is the same: at rest every channel is ready"),
            _("It is larger than without a prepulse"),
        ),
        answer,
        (
            _("Fewer channels were available."),
            _("Nothing changed."),
            _(
                "At rest about two channels in five are inactivated; at −85 mV they become available, and the "
                "current grows to {gain:2} times."
            ),
        ),
    ),
    challenge=Challenge(
        _(
            "Deceive yourself: with h below 0.1, find a protocol in which the peak current reports at least twice "
            "as many available channels as there are."
        ),
        check,
        (
            _(
                "The peak reports {off:1} times the true h. With m activated beforehand, a peak is not a count of "
                "channels."
            ),
            _("That does not count: h is {off:3}, or hardly any current is left. Bring h below 0.1."),
            _("The peak reports {off:2} times the true h. Where is m large before the test begins?"),
        ),
    ),
)
