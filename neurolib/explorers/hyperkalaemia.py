"""Potassium outside an axon: E_K, the rest, what inactivation leaves of the sodium channels, threshold, block.

Thresholds are bisected to 1 part in 4096 of the largest current, with steps of 0.02 ms: 0.1 µA/cm² near the usual ones.
"""

import math

from neurolib.cells import squid_axon_split_leak
from neurolib.channels.squid import K_OUT_REFERENCE, TEMPERATURE, alpha_h, beta_h, potassium_reversal
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse

KERNEL = squid_axon_split_leak.kernel
defaults, rest, derivative, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.derivative, KERNEL.integrate
G_NA, E_K_PLACE = squid_axon_split_leak.index("g_bar_Na"), squid_axon_split_leak.index("E_K")
FEW, STOCK = 60.0, 120.0  # mS/cm²
K_LOW, K_HIGH, POINTS = 2.5, 40.0, 49
WIDTH, LARGEST, LEVEL = 0.2, 400.0, -20.0  # of the pulse: ms, µA/cm²; a spike passes this voltage, mV
SIZE, T_START, T_END, T_PULSE, DT = 551, -10.0, 100.0, 60.0, 0.02
SITES, V_LOW, V_HIGH = 86, -115.0, -30.0


@portable
def start(model, K_out, p, state):
    """Set the axon in ``p`` and its rest in ``state``; returns the voltage of the rest."""
    defaults(p)
    p[G_NA] = FEW if model == 0.0 else STOCK
    p[E_K_PLACE] = potassium_reversal(K_out, TEMPERATURE)
    return rest(p, 0.0, state)


@portable
def is_stable(p, state, J, ahead, behind):
    """1 where small deviations from a rest die out: Routh and Hurwitz, V with three gates."""
    for j in range(4):
        middle = state[j]
        state[j] = middle + 1e-5
        derivative(state, p, 0.0, ahead)
        state[j] = middle - 1e-5
        derivative(state, p, 0.0, behind)
        state[j] = middle
        for i in range(4):
            J[4 * i + j] = (ahead[i] - behind[i]) / 2e-5
    e_1 = 0.0
    e_2 = 0.0
    e_3 = 1.0
    for j in range(1, 4):
        d = -J[5 * j]
        e_2 = e_2 + e_1 * d
        e_1 = e_1 + d
        e_3 = e_3 * d
    a_3 = e_1 - J[0]
    a_2 = e_2 - J[0] * e_1
    a_1 = e_3 - J[0] * e_2
    a_0 = -J[0] * e_3
    for j in range(1, 4):
        d = -J[5 * j]
        both = J[j] * J[4 * j]
        a_2 = a_2 - both
        a_1 = a_1 - both * (e_1 - d)
        a_0 = a_0 - both * e_3 / d
    if a_3 > 0.0 and a_1 > 0.0 and a_0 > 0.0 and a_3 * a_2 * a_1 > a_1 * a_1 + a_3 * a_3 * a_0:
        return 1.0
    return 0.0


@portable
def crosses(p, begin, state, pulse, amplitude, after):
    """1 if V passes the level of a spike during a pulse or within 12 ms after it."""
    for i in range(4):
        state[i] = begin[i]
    put_pulse(pulse, 0, 0.0, WIDTH, amplitude)
    _failed, count = integrate(state, p, pulse, 2, 0.0, WIDTH + 12.0, pulse, 0, pulse, after, 1, LEVEL, DT)
    return count


@portable
def threshold_of(p, begin, state, pulse, after):
    """Smallest pulse that makes a spike, µA/cm²; nan where V only follows the pulse and falls back when it ends."""
    low = 0.0
    high = LARGEST
    for _halving in range(13):
        middle = 0.5 * (low + high)
        if crosses(p, begin, state, pulse, middle, after) > 0:
            high = middle
        else:
            low = middle
    for i in range(4):
        state[i] = begin[i]
    put_pulse(pulse, 0, 0.0, WIDTH, high)
    integrate(state, p, pulse, 2, 0.0, WIDTH, pulse, 0, pulse, after, 1, math.inf, DT)
    V_end = state[0]
    integrate(state, p, pulse, 2, WIDTH, WIDTH + 0.1, pulse, 0, pulse, after, 1, math.inf, DT)
    return high if high < LARGEST and (V_end < LEVEL or state[0] > V_end) else math.nan


@portable
def compute(
    model, K_out, amplitude, V_line, h_line, K_line, threshold_line, t, V, pulse_t, pulse_V,
    p, begin, state, pulse, samples, crossings, J, ahead, behind, kept,
):  # fmt: skip
    """The state at this potassium, and what follows a sudden change to it from 10 mM, with a pulse at 60 ms."""
    for i in range(SITES):
        V_line[i] = V_LOW + (V_HIGH - V_LOW) * i / (SITES - 1)
        h_line[i] = alpha_h(V_line[i]) / (alpha_h(V_line[i]) + beta_h(V_line[i]))
    for i in range(POINTS):
        K_line[i] = K_LOW * math.pow(K_HIGH / K_LOW, i / (POINTS - 1))
        threshold_line[i] = math.nan
    V_rest = start(model, K_out, p, begin)
    h_inf = begin[2]
    stable = is_stable(p, begin, J, ahead, behind)
    threshold = math.nan
    if stable == 1.0:
        threshold = threshold_of(p, begin, state, pulse, crossings)
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
    V_before = start(model, K_OUT_REFERENCE, p, state)
    p[E_K_PLACE] = potassium_reversal(K_out, TEMPERATURE)
    put_pulse(pulse, 0, T_PULSE, WIDTH, amplitude)
    _failed, count = integrate(state, p, pulse, 2, 0.0, T_END, t, SIZE, samples, crossings, 64, LEVEL, DT)
    own = 0.0
    late = 0.0
    answered = 0.0
    for i in range(count):
        if crossings[i] < T_PULSE:
            own = own + 1.0
            if crossings[i] > 30.0:
                late = late + 1.0
        elif crossings[i] < T_PULSE + 15.0:
            answered = 1.0
    for i in range(SIZE):
        V[i] = V_before if t[i] <= 0.0 else samples[i]
    for i in range(2):
        pulse_t[i] = T_PULSE + i
        pulse_V[i] = -108.0
    kept[0] = potassium_reversal(K_out, TEMPERATURE)
    kept[1] = V_rest
    kept[2] = h_inf
    kept[3] = threshold
    kept[4] = own
    kept[5] = stable
    kept[6] = late
    kept[7] = answered
    return 0.0, kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7]


@portable
def step(
    model, K_out, amplitude, number, V_line, h_line, K_line, threshold_line, t, V, pulse_t, pulse_V,
    p, begin, state, pulse, samples, crossings, J, ahead, behind, kept,
):  # fmt: skip
    """The threshold at one potassium concentration, where the rest is stable."""
    i = int(number)
    start(model, K_line[i], p, begin)
    if is_stable(p, begin, J, ahead, behind) == 1.0:
        threshold_line[i] = threshold_of(p, begin, state, pulse, crossings)
    return 0.0, kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7]


@portable
def say(model, K_out, amplitude, E_K, V_rest, h_inf, threshold, own, stable, late, answered):
    if stable == 0.0:
        return 4 if late > 0.0 else 5
    if late > 0.0:
        return 3
    if math.isnan(threshold):
        return 2
    return 0 if answered == 0.0 else 1


@portable
def check(changed, model, K_out, amplitude, E_K, V_rest, h_inf, threshold, own, stable, late, answered):
    if model != 0.0:
        return 1, 0.0
    if K_out <= 10.0:
        return 2, 0.0
    if math.isnan(threshold):
        return 4, 0.0
    return (0, threshold) if threshold >= 2.0 * 61.57 else (3, threshold)


@portable
def answer(model, K_out, amplitude, E_K, V_rest, h_inf, threshold, own, stable, late, answered):
    if answered == 1.0:
        return 0
    return 1 if late == 0.0 else 2


def figure():
    drawn, (inactivation, thresholds, response) = fig.panels([75, 85, 95], shared=False)
    fig.x_axis(inactivation, (_("voltage"), "mV"), (V_LOW, V_HIGH), ticks=[-110, -90, -70, -50, -30])
    fig.y_axis(inactivation, (_("sodium channels ready, h"), ""), (0, 1.12), ticks=[0, 0.5, 1])
    fig.curve(inactivation, "V_line", "h_line", "Na", _("h"), linestyle=(0, (1.5, 1.5)))
    fig.event(inactivation, "E_K", "K", _("E_K"), linestyle=(0, (5, 2)))
    fig.event(inactivation, "V_rest", "ink", _("V_rest"))
    fig.point(inactivation, "V_rest", "h_inf", "accent")
    fig.legend(inactivation)
    fig.x_axis(thresholds, (_("potassium outside"), "mM"), (K_LOW, K_HIGH), "log", ticks=[2.5, 5, 10, 20, 40])
    fig.y_axis(thresholds, (_("threshold"), "µA/cm²"), (0, 225), ticks=[0, 50, 100, 150, 200])
    fig.curve(thresholds, "K_line", "threshold_line", "ink")
    fig.level(thresholds, "amplitude", "stimulus", _("the pulse"))
    fig.event(thresholds, "K_out", "K", linestyle=(0, (5, 2)))
    fig.point(thresholds, "K_out", "threshold", "accent")
    fig.legend(thresholds)
    fig.x_axis(response, (_("time after the potassium changes"), "ms"), (T_START, T_END), ticks=[0, 25, 50, 75, 100])
    fig.y_axis(response, (_("voltage"), "mV"), (-115, 60), ticks=[-100, -50, 0, 50])
    fig.level(response, "E_K", "K", linestyle=(0, (5, 2)))
    fig.curve(response, "t", "V", "ink")
    fig.curve(response, "pulse_t", "pulse_V", "stimulus", _("pulse"), linewidth=4, solid_capstyle="butt")
    fig.legend(response)
    return drawn


explorer = Explorer(
    name="hyperkalaemia",
    title=_("Too much potassium outside"),
    chapter="resting-potential/hyperkalaemia",
    caption=_(
        "Potassium outside moves E_K (dashed), E_K moves the rest (dotted), and the rest decides how many sodium "
        "channels are not inactivated (top). Middle: the smallest pulse of 0.2 ms that makes a spike; no line is drawn "
        "where the rest is unstable or no pulse makes a spike. Below: the potassium jumps from 10 mM at time 0 and the "
        "pulse comes at 60 ms."
    ),
    controls=(
        Choice("model", _("Squid axon"), {"few": _("half its sodium channels"), "stock": _("as published")}, "few"),
        Slider("K_out", _("Potassium outside, [K]_o"), K_LOW, K_HIGH, 10, "mM", step=0.25),
        Slider("amplitude", _("Pulse"), 0, 200, 55, "µA/cm²", step=1),
    ),
    compute=compute,
    sweep=Sweep(POINTS, step),
    curves=(
        Curve("V_line", SITES, "mV", _("voltage")),
        Curve("h_line", SITES, "", _("share of sodium channels not inactivated")),
        Curve("K_line", POINTS, "mM", _("potassium outside")),
        Curve("threshold_line", POINTS, "µA/cm²", _("threshold"), gaps=True),
        Curve("t", SIZE, "ms", _("time")),
        Curve("V", SIZE, "mV", _("voltage after the change")),
        Curve("pulse_t", 2, "ms", _("the pulse")),
        Curve("pulse_V", 2, "mV", _("height of the bar that marks the pulse")),
    ),
    scratch={
        "p": len(squid_axon_split_leak.parameter_names), "begin": 4, "state": 4, "pulse": 6, "samples": 4 * SIZE,
        "crossings": 64, "J": 16, "ahead": 4, "behind": 4, "kept": 8,
    },
    readouts=(
        Readout("E_K", _("E_K"), "mV", 1),
        Readout("V_rest", _("rest"), "mV", 1),
        Readout("h_inf", _("h at rest"), "", 2),
        Readout("threshold", _("threshold"), "µA/cm²", 1, optional=True),
        Readout("own", _("spikes before the pulse"), "", 0),
        Readout("stable", _("stable rest"), "", 0, shown=False),
        Readout("late", _("spikes after 30 ms"), "", 0, shown=False),
        Readout("answered", _("the pulse is answered"), "", 0, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "At {K_out} mM outside the axon rests at {V_rest} mV. It takes {threshold} µA/cm² to fire it: the "
            "pulse fails."
        ),
        _(
            "At {K_out} mM outside the axon rests at {V_rest} mV. It takes {threshold} µA/cm² to fire it: the "
            "pulse makes a spike."
        ),
        _(
            "Block: the axon rests at {V_rest} mV, only {h_inf:2} of its sodium channels are ready, and no pulse "
            "makes a spike."
        ),
        _(
            "The rest at {V_rest} mV is stable, but the sudden change of potassium has set the axon firing, and "
            "it does not stop."
        ),
        _(
            "No rest: the voltage of {V_rest} mV at which the currents cancel is unstable. The axon fires by "
            "itself and has no threshold."
        ),
        _(
            "No rest: the voltage of {V_rest} mV at which the currents cancel is unstable. The axon trembles "
            "without spikes and has no threshold."
        ),
    ),
    presets={
        _("Fewer sodium channels: normal, 10 mM"): {"model": 0, "K_out": 10},
        _("Fewer sodium channels: more excitable, 16 mM"): {"model": 0, "K_out": 16},
        _("Fewer sodium channels: less excitable, 21 mM"): {"model": 0, "K_out": 21},
        _("Fewer sodium channels: block, 30 mM"): {"model": 0, "K_out": 30},
        _("As published: normal, 10 mM"): {"model": 1, "K_out": 10},
        _("As published: fires by itself, 18 mM"): {"model": 1, "K_out": 18},
        _("As published: block, 32 mM"): {"model": 1, "K_out": 32},
    },
    challenge=Challenge(
        _(
            "Raise the potassium until the axon with half its sodium channels still fires, but needs more than "
            "twice the current that it needs at 10 mM."
        ),
        check,
        (
            _(
                "Done: the rest is nearer to zero than it was, and yet the threshold is now {off} µA/cm², more "
                "than twice 61.6."
            ),
            _("Take the axon with half its sodium channels."),
            _("Raise the potassium above 10 mM."),
            _("The threshold is {off} µA/cm², not yet twice 61.6. Go on."),
            _("Too far: here no pulse makes a spike."),
        ),
    ),
    prediction=Prediction(
        _(
            "A pulse of 55 µA/cm² does not fire the axon at 10 mM. Potassium rises to 20 mM, and the rest comes "
            "11 mV nearer to zero. The same pulse now …"
        ),
        {"model": 0, "K_out": 20, "amplitude": 55},
        (_("makes a spike"), _("fails still"), _("is not needed: the axon fires by itself")),
        answer,
        (
            _("The threshold has fallen to {threshold} µA/cm²."),
            _(
                "The rest has moved to {V_rest} mV, but only {h_inf:2} of the sodium channels are ready there: "
                "the threshold has risen to {threshold} µA/cm². On the way, at 16 mM, it was lower, and the "
                "pulse would have worked."
            ),
            _("The axon fired {own:0} spikes before the pulse came."),
        ),
    ),
)
