"""Two potassium conductances that modulators and anaesthetics turn: the K2P leak and the M-current.

The curves of rate count spikes with steps of 0.1 ms; the rheobase is bisected to 0.01 µA/cm².
"""

import math

from neurolib.cells import mammalian_m_current
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse, put_row

KERNEL = mammalian_m_current.kernel
defaults, rest, integrate, steady_current = KERNEL.defaults, KERNEL.rest, KERNEL.integrate, KERNEL.steady_current
G_M, G_KL = mammalian_m_current.index("g_bar_M"), mammalian_m_current.index("g_bar_KL")
STATES = len(mammalian_m_current.state_names)
E_K = mammalian_m_current.default_values["E_K"]
K2P, M = 0.08, 0.07  # mS/cm², before anything is changed
SIZE, T_BEFORE, T_START, T_END, T_STEP, DT, LEVEL = 3501, -200.0, -30.0, 320.0, 300.0, 0.05, -20.0
CURRENTS, LARGEST_RATED, LARGEST, HALVINGS, COARSE = 13, 8.0, 20.48, 11, 0.1
SPIKES = 256


@portable
def set_cell(g_K2P, g_M, p):
    """The neuron's parameters with these two conductances."""
    defaults(p)
    p[G_KL] = g_K2P
    p[G_M] = g_M


@portable
def spikes(p, begin, state, pulse, amplitude, crossings, most):
    """Number of spikes during a step of current from ``begin``, at most ``most``; their times go to ``crossings``."""
    for i in range(STATES):
        state[i] = begin[i]
    put_row(pulse, 0, 0.0, amplitude, 0.0)
    _failed, count = integrate(state, p, pulse, 1, 0.0, T_STEP, pulse, 0, pulse, crossings, most, LEVEL, COARSE)
    return count


@portable
def compute(
    g_K2P, g_M, amplitude, t, V, pulse_t, pulse_V, current, rate, rate_before,
    p, begin, usual, state, pulse, samples, crossings, kept,
):  # fmt: skip
    """The change of conductances, 200 ms for it to act, then a step of current of 300 ms."""
    set_cell(K2P, M, p)
    rest(p, 0.0, usual)
    set_cell(g_K2P, g_M, p)
    V_rest = rest(p, 0.0, begin)
    R_in = 2e-3 / (steady_current(V_rest + 1e-3, p, state) - steady_current(V_rest - 1e-3, p, state))
    for i in range(STATES):
        state[i] = usual[i]
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
    rows = put_pulse(pulse, 0, 0.0, T_STEP, amplitude)
    _failed, count = integrate(
        state, p, pulse, rows, T_BEFORE, T_END, t, SIZE, samples, crossings, SPIKES, LEVEL, DT
    )  # fmt: skip
    during = 0.0
    by_itself = 0.0
    for i in range(count):
        if crossings[i] > T_BEFORE + 100.0 and crossings[i] < 0.0:
            by_itself = by_itself + 1.0
        elif crossings[i] >= 0.0 and crossings[i] <= T_STEP:
            during = during + 1.0
    for i in range(SIZE):
        V[i] = samples[i]
    for i in range(2):
        pulse_t[i] = T_STEP * i
        pulse_V[i] = -112.0
    for i in range(CURRENTS):
        current[i] = LARGEST_RATED * i / (CURRENTS - 1)
        rate[i] = math.nan
        rate_before[i] = math.nan
    if by_itself > 0.0:
        V_rest = math.nan
        R_in = math.nan
    kept[0] = V_rest
    kept[1] = R_in
    kept[2] = math.nan
    kept[3] = during
    kept[4] = by_itself
    kept[5] = 0.0
    kept[6] = LARGEST
    return 0.0, kept[0], kept[1], kept[2], kept[3], kept[4]


@portable
def step(
    g_K2P, g_M, amplitude, number, t, V, pulse_t, pulse_V, current, rate, rate_before,
    p, begin, usual, state, pulse, samples, crossings, kept,
):  # fmt: skip
    """First a halving of the interval that holds the rheobase, then a point of each curve of rate against current."""
    i = int(number) - HALVINGS
    set_cell(g_K2P, g_M, p)
    if i < 0:
        middle = 0.5 * (kept[5] + kept[6])
        if spikes(p, begin, state, pulse, middle, crossings, 1) > 0:
            kept[6] = middle
        else:
            kept[5] = middle
        if i == -1 and kept[4] == 0.0 and kept[6] < LARGEST:
            kept[2] = kept[6]
    else:
        rate[i] = 1000.0 / T_STEP * spikes(p, begin, state, pulse, current[i], crossings, SPIKES)
        set_cell(K2P, M, p)
        rate_before[i] = 1000.0 / T_STEP * spikes(p, usual, state, pulse, current[i], crossings, SPIKES)
    return 0.0, kept[0], kept[1], kept[2], kept[3], kept[4]


@portable
def say(g_K2P, g_M, amplitude, V_rest, R_in, rheobase, during, by_itself):
    if by_itself > 0.0:
        return 2
    if during == 1.0:
        return 3
    return 0 if during > 0.0 else 1


@portable
def check(changed, g_K2P, g_M, amplitude, V_rest, R_in, rheobase, during, by_itself):
    if amplitude != 4.0:
        return 1, amplitude
    if by_itself > 0.0 or math.fabs(V_rest + 70.57) > 1.0:
        return 2, V_rest
    return (0, during) if during < 8.0 else (3, during)


@portable
def answer(g_K2P, g_M, amplitude, V_rest, R_in, rheobase, during, by_itself):
    if during < 20.0:
        return 0
    return 1 if during < 45.0 else 2


def figure():
    drawn, (voltage, rates) = fig.panels([140, 120], shared=False)
    fig.x_axis(voltage, (_("time after the current begins"), "ms"), (T_START, T_END), ticks=[0, 100, 200, 300])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-120, 60), ticks=[-100, -50, 0, 50])
    fig.level(voltage, E_K, "K", _("E_K"), linestyle=(0, (5, 2)))
    fig.curve(voltage, "t", "V", "ink", linewidth=1.2)
    fig.curve(voltage, "pulse_t", "pulse_V", "stimulus", _("current"), linewidth=4, solid_capstyle="butt")
    fig.legend(voltage)
    fig.x_axis(rates, (_("current"), "µA/cm²"), (0, LARGEST_RATED), ticks=[0, 2, 4, 6, 8])
    fig.y_axis(rates, (_("firing rate"), "Hz"), (0, 275), ticks=[0, 50, 100, 150, 200, 250])
    fig.curve(rates, "current", "rate_before", "muted", _("before"), linestyle=(0, (5, 2)))
    fig.curve(rates, "current", "rate", "accent", _("now"))
    fig.event(rates, "amplitude", "stimulus")
    fig.legend(rates)
    return drawn


explorer = Explorer(
    name="excitability_tuning",
    title=_("Turning a neuron's excitability"),
    chapter="resting-potential/applications",
    caption=_(
        "Above: a mammalian neuron answers a current of 300 ms (the bar), after its K2P leak or its M-current was "
        "changed; dashed, E_K. Below: spikes per second against the current, now and before the change; the dotted "
        "line is the current of the trace."
    ),
    controls=(
        Slider("g_K2P", _("K2P potassium leak"), 0.02, 0.24, K2P, "mS/cm²", step=0.005),
        Slider("g_M", _("M-current, all gates open"), 0, 0.3, M, "mS/cm²", step=0.01),
        Slider("amplitude", _("Current"), 0, 8, 4, "µA/cm²", step=0.1),
    ),
    compute=compute,
    sweep=Sweep(HALVINGS + CURRENTS, step),
    curves=(
        Curve("t", SIZE, "ms", _("time")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("pulse_t", 2, "ms", _("the current")),
        Curve("pulse_V", 2, "mV", _("height of the bar that marks the current")),
        Curve("current", CURRENTS, "µA/cm²", _("current")),
        Curve("rate", CURRENTS, "Hz", _("firing rate")),
        Curve("rate_before", CURRENTS, "Hz", _("firing rate before the change")),
    ),
    scratch={
        "p": len(mammalian_m_current.parameter_names), "begin": STATES, "usual": STATES, "state": STATES, "pulse": 6,
        "samples": STATES * SIZE, "crossings": SPIKES, "kept": 7,
    },
    readouts=(
        Readout("V_rest", _("rest"), "mV", 1, optional=True),
        Readout("R_in", _("input resistance"), "kΩ·cm²", 2, optional=True),
        Readout("rheobase", _("rheobase"), "µA/cm²", 2, optional=True),
        Readout("during", _("spikes during the current"), "", 0),
        Readout("by_itself", _("spikes without current"), "", 0, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "The neuron rests at {V_rest} mV, needs {rheobase:2} µA/cm² to fire, and answers {amplitude} µA/cm² with "
            "{during:0} spikes."
        ),
        _(
            "The neuron rests at {V_rest} mV and needs {rheobase:2} µA/cm² to fire: it stays silent at {amplitude} "
            "µA/cm²."
        ),
        _("With so little potassium conductance the neuron has no rest: it fires without any current."),
        _(
            "The neuron rests at {V_rest} mV, needs {rheobase:2} µA/cm² to fire, and answers {amplitude} µA/cm² with "
            "one spike."
        ),
    ),
    presets={
        _("Before any change"): {},
        _("Acetylcholine: M-current and half the K2P leak closed"): {"g_M": 0.01, "g_K2P": 0.05},
        _("A drug that closes M channels"): {"g_M": 0.0},
        _("A drug that opens M channels"): {"g_M": 0.2},
        _("Volatile anaesthetic: K2P leak ×1.5"): {"g_K2P": 0.12},
        _("Too little of both"): {"g_M": 0.0, "g_K2P": 0.03},
    },
    challenge=Challenge(
        _(
            "With the current of 4 µA/cm², halve the number of spikes (15 before the change) and move the rest by "
            "less than 1 mV."
        ),
        check,
        (
            _(
                "Done: {off:0} spikes instead of 15, from the same rest. The M-current is nearly closed at rest and "
                "opens as the neuron fires: a brake on firing alone."
            ),
            _("The current is {off} µA/cm²: keep it at 4."),
            _("The rest has moved away from −70.6 mV: at rest the K2P leak does more than the M-current."),
            _("Still {off:0} spikes: fewer than 8 are wanted."),
        ),
    ),
    prediction=Prediction(
        _(
            "The neuron answers 4 µA/cm² with 15 spikes. All M channels are closed, which moves the rest by 0.6 mV "
            "only. Now it fires …"
        ),
        {"g_M": 0.0},
        (_("about as often"), _("about twice as often"), _("more than three times as often")),
        answer,
        (
            _("It fires {during:0} spikes."),
            _(
                "It fires {during:0} spikes. At rest few M channels are open, so closing them hardly moves V; they "
                "open during firing, and that brake is gone."
            ),
            _("It fires {during:0} spikes."),
        ),
    ),
)
