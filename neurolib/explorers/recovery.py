"""Recovery from inactivation: it takes a negative voltage, and time."""

import math

from neurolib.cells import squid_axon
from neurolib.channels.squid import alpha_h, beta_h
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.squid_clamp import H, hold, step_current

HOLD, DEPOLARISED = -65.0, -21.0  # mV: where the axon rests, and where its channels are inactivated and tested
PULSES, T_PULSE, SIZE = 10, 3.0, 61  # test pulses of the family, their length and samples
SHORTEST, LONGEST = 0.5, 30.0  # ms, of the family's intervals
LINE = 91
V_LOW, V_HIGH = -110.0, -40.0
KERNEL = squid_axon.kernel
defaults, steady_state = KERNEL.defaults, KERNEL.steady_state
TEMPERATURE = squid_axon.index("temperature_celsius")
STATES = len(squid_axon.state_names)


@portable
def inactivate(duration, p, state, row):
    """From a steady state at the holding voltage, the inactivating pulse."""
    steady_state(HOLD, p, state)
    hold(DEPOLARISED, duration, p, state, row)


@portable
def compute(
    V_rec, interval, duration, temperature_celsius,
    t, I, own_t, own_I, line_t, h_own, h_85, h_65, h_55, line_V, h_at, p, state, row, times, samples,
):  # fmt: skip
    """Test currents after ten intervals and after the reader's; h against time, and against the voltage of recovery."""
    defaults(p)
    p[TEMPERATURE] = temperature_celsius
    for i in range(SIZE):
        times[i] = T_PULSE * i / (SIZE - 1)
    steady_state(HOLD, p, state)
    control = step_current(DEPOLARISED, 0.0, 0, p, state, row, times, SIZE, samples, own_t, own_I)
    for k in range(PULSES):
        wait = SHORTEST * math.pow(LONGEST / SHORTEST, k / (PULSES - 1))
        inactivate(duration, p, state, row)
        hold(V_rec, wait, p, state, row)
        first = k * (SIZE + 1)
        step_current(DEPOLARISED, wait, first, p, state, row, times, SIZE, samples, t, I)
        t[first + SIZE] = math.nan
        I[first + SIZE] = math.nan
    for i in range(LINE):
        line_t[i] = LONGEST * i / (LINE - 1)
        line_V[i] = V_LOW + (V_HIGH - V_LOW) * i / (LINE - 1)
        h_own[i] = recovered(V_rec, line_t[i], duration, p, state, row)
        h_85[i] = recovered(-85.0, line_t[i], duration, p, state, row)
        h_65[i] = recovered(-65.0, line_t[i], duration, p, state, row)
        h_55[i] = recovered(-55.0, line_t[i], duration, p, state, row)
        h_at[i] = recovered(line_V[i], interval, duration, p, state, row)
    h_rest = recovered(HOLD, interval, duration, p, state, row)
    steady_state(V_rec, p, state)
    h_final = state[H]
    inactivate(duration, p, state, row)
    h_start = state[H]
    tau = math.pow(3.0, (6.3 - temperature_celsius) / 10.0) / (alpha_h(V_rec) + beta_h(V_rec))
    h = recovered(V_rec, interval, duration, p, state, row)
    peak = step_current(DEPOLARISED, interval, 0, p, state, row, times, SIZE, samples, own_t, own_I)
    return 0.0, h, h_start, h_final, tau, h / h_rest, peak / control


@portable
def recovered(V, wait, duration, p, state, row):
    """h after ``wait`` ms at V."""
    inactivate(duration, p, state, row)
    hold(V, wait, p, state, row)
    return state[H]


@portable
def say(V_rec, interval, duration, temperature_celsius, h, h_start, h_final, tau, against_rest, ratio):
    if h < h_start:
        return 3
    if interval == 0.0:
        return 0
    return 1 if h > 0.9 * h_final else 2


@portable
def check(moved, V_rec, interval, duration, temperature_celsius, h, h_start, h_final, tau, against_rest, ratio):
    if h_start > 0.02 or temperature_celsius > 10.0:
        return 2, h_start
    if interval > 5.0:
        return 3, interval
    return (0, h) if h >= 0.8 else (1, h)


@portable
def answer(V_rec, interval, duration, temperature_celsius, h, h_start, h_final, tau, against_rest, ratio):
    if against_rest < 1.2:
        return 0
    return 1 if against_rest < 2.0 else 2


def figure():
    drawn, (current, over_time, over_V) = fig.panels([88, 84, 72], shared=False)
    fig.x_axis(current, (_(
        "interval between the pulses, and time after it"
    ), "ms"), (0, 34), ticks=[0, 5, 10, 15, 20, 25, 30])
    fig.y_axis(current, (_("sodium current"), "µA/cm²"), (-2200, 100), ticks=[-2000, -1000, 0])
    fig.curve(current, "t", "I", "muted", _("ten intervals"), linewidth=0.9)
    fig.curve(current, "own_t", "own_I", "accent", _("your interval"))
    fig.legend(current)
    fig.x_axis(over_time, (_(
        "time since the end of the inactivating pulse"
    ), "ms"), (0, LONGEST), ticks=[0, 5, 10, 15, 20, 25, 30])
    fig.y_axis(over_time, (_("h"), ""), (0, 1), ticks=[0, 0.5, 1])
    fig.curve(over_time, "line_t", "h_85", "K", _("−85"), linestyle=(0, (5, 2)), linewidth=1.3)
    fig.curve(over_time, "line_t", "h_65", "ink", _("−65"), linestyle=(0, (1.5, 1.5)), linewidth=1.3)
    fig.curve(over_time, "line_t", "h_55", "Na", _("−55 mV"), linestyle=(0, (5, 1.5, 1.5, 1.5)), linewidth=1.3)
    fig.curve(over_time, "line_t", "h_own", "accent", _("yours"))
    fig.point(over_time, "interval", "h", "accent", markersize=7)
    fig.legend(over_time)
    fig.x_axis(over_V, (_("voltage of recovery"), "mV"), (V_LOW, V_HIGH), ticks=[-100, -80, -60, -40])
    fig.y_axis(over_V, (_("h after your interval"), ""), (0, 1), ticks=[0, 0.5, 1])
    fig.curve(over_V, "line_V", "h_at", "accent")
    fig.point(over_V, "V_rec", "h", "accent", markersize=7)
    return drawn


explorer = Explorer(
    name="recovery",
    title=_("Recovery takes voltage and time"),
    chapter="action-potential/sodium-inactivation",
    caption=_(
        "The squid axon is inactivated at −21 mV, spends an interval at the voltage of recovery, and is tested "
        "again at "
        "−21 mV. Above: the sodium current of the test after ten intervals and after yours, each where its interval "
        "ends. "
        "Middle: the gate h against time at your voltage and at three others. Below: h after your interval at every "
        "voltage."
    ),
    controls=(
        Slider("V_rec", _("Voltage of recovery"), V_LOW, V_HIGH, HOLD, "mV", step=1),
        Slider("interval", _("Interval"), 0, LONGEST, 5, "ms", step=0.1),
        Slider("duration", _("Length of the inactivating pulse"), 0.5, 50, 20, "ms", scale="log"),
        Slider("temperature_celsius", _("Temperature"), 0, 20, 6.3, "°C", step=0.1),
    ),
    compute=compute,
    curves=(
        Curve("t", PULSES * (SIZE + 1), "ms", _("time, for each test of the family"), gaps=True),
        Curve("I", PULSES * (SIZE + 1), "µA/cm²", _("test current of the family"), gaps=True),
        Curve("own_t", SIZE, "ms", _("time of your test")),
        Curve("own_I", SIZE, "µA/cm²", _("current of your test")),
        Curve("line_t", LINE, "ms", _("time since the inactivating pulse")),
        Curve("h_own", LINE, "", _("h at the voltage of recovery")),
        Curve("h_85", LINE, "", _("h at −85 mV")),
        Curve("h_65", LINE, "", _("h at −65 mV")),
        Curve("h_55", LINE, "", _("h at −55 mV")),
        Curve("line_V", LINE, "mV", _("voltage of recovery")),
        Curve("h_at", LINE, "", _("h after the interval")),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "row": 3, "times": SIZE, "samples": STATES * SIZE,
    },
    readouts=(
        Readout("h", _("h after the interval"), "", 3),
        Readout("h_start", _("h when it begins"), "", 3),
        Readout("h_final", _("h after a long time"), "", 3),
        Readout("tau", _("time constant τ_h"), "ms", 2),
        Readout("against_rest", _("h against that at −65 mV"), "×", 2),
        Readout("ratio", _("test against first peak"), "×", 2),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("No time to recover: h is still {h:3}, and the second pulse finds hardly a channel ready."),
        _("Recovery is nearly done: h is {h:2} of the {h_final:2} that this voltage allows."),
        _(
            "Recovery is under way: h has come from {h_start:2} to {h:2}, and would reach {h_final:2} with a time "
            "constant of {tau:1} ms."
        ),
        _("This voltage inactivates: h falls from {h_start:2} towards {h_final:2}."),
    ),
    presets={
        _("5 ms at rest, −65 mV"): {"V_rec": -65, "interval": 5},
        _("5 ms at −85 mV"): {"V_rec": -85, "interval": 5},
        _("20 ms at −55 mV"): {"V_rec": -55, "interval": 20},
        _("20 ms at −45 mV: time alone does not help"): {"V_rec": -45, "interval": 20},
    },
    prediction=Prediction(
        _("After 5 ms at −65 mV some channels are back. How many would be back after 5 ms at −85 mV?"),
        {"V_rec": -85, "interval": 5},
        (_("About as many"), _("Half as many again"), _("More than twice as many")),
        answer,
        (
            _("The voltage made little difference."),
            _("{against_rest:2} times as many."),
            _("{against_rest:2} times as many: at −85 mV recovery is quicker and goes further."),
        ),
    ),
    challenge=Challenge(
        _(
            "Bring h back to at least 0.8 within 5 ms, without warming the axon above 10 °C, starting from h below "
            "0.02."
        ),
        check,
        (
            _("h is {off:2} in time. Recovery speeds up the more negative the membrane is."),
            _("h is only {off:2}. More time is not allowed: what else sets the speed?"),
            _("That begins with h = {off:3}, or in a warm axon: inactivate it first, and keep it cold."),
            _("That takes {off:1} ms; 5 ms is the limit."),
        ),
    ),
)
