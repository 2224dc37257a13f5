"""Recovery from inactivation: it takes a negative voltage, and time."""

import math

from neurolib.cells import squid_axon
from neurolib.channels.squid import alpha_h, beta_h
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.portable import outcome, portable, zeros
from neurolib.squid_clamp import H, hold, step_current

HOLD, DEPOLARISED = -65.0, -21.0  # mV: where the axon rests, and where its channels are inactivated and tested
PULSES, T_PULSE, SIZE = 10, 3.0, 61  # test pulses of the family, their length and samples
SHORTEST, LONGEST = 0.5, 30.0  # ms, of the family's intervals
LINE = 91
V_LOW, V_HIGH = -110.0, -40.0
KERNEL = squid_axon.kernel
defaults, steady_state = KERNEL.defaults, KERNEL.steady_state
TEMPERATURE = squid_axon.index("temperature_celsius")
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)


@portable
def recover(start, V, wait, p, state, row):
    """Spend ``wait`` ms at V mV from ``start``, the state as the interval begins; fills ``state`` and returns its h."""
    for j in range(STATES):
        state[j] = start[j]
    hold(V, wait, p, state, row)
    return state[H]


@portable
def put_lines(c, y, p, start):
    """h against the time (ms) since the inactivating pulse at four voltages, and against the voltage of recovery (mV)."""
    state, row, line_t, line_V = zeros(STATES), zeros(3), y.line_t, y.line_V
    for i in range(LINE):
        line_t[i] = LONGEST * i / (LINE - 1)
        line_V[i] = V_LOW + (V_HIGH - V_LOW) * i / (LINE - 1)
        y.h_own[i] = recover(start, c.V_rec, line_t[i], p, state, row)
        y.h_85[i] = recover(start, -85.0, line_t[i], p, state, row)
        y.h_65[i] = recover(start, -65.0, line_t[i], p, state, row)
        y.h_55[i] = recover(start, -55.0, line_t[i], p, state, row)
        y.h_at[i] = recover(start, line_V[i], c.interval, p, state, row)


@portable
def model(c, y, r):
    """Test currents (µA/cm²) after ten intervals and after the reader's; h against time, and against voltage."""
    p, start, state, row = zeros(PARAMETERS), zeros(STATES), zeros(STATES), zeros(3)
    times, samples = zeros(SIZE), zeros(STATES * SIZE)
    t, I, own_t, own_I = y.t, y.I, y.own_t, y.own_I
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    for i in range(SIZE):
        times[i] = T_PULSE * i / (SIZE - 1)
    steady_state(HOLD, p, state)
    control = step_current(DEPOLARISED, 0.0, 0, p, state, row, times, SIZE, samples, own_t, own_I)
    steady_state(HOLD, p, start)
    hold(DEPOLARISED, c.duration, p, start, row)
    r.h_start = start[H]
    for k in range(PULSES):
        wait = SHORTEST * math.pow(LONGEST / SHORTEST, k / (PULSES - 1))
        recover(start, c.V_rec, wait, p, state, row)
        first = k * (SIZE + 1)
        step_current(DEPOLARISED, wait, first, p, state, row, times, SIZE, samples, t, I)
        t[first + SIZE] = math.nan
        I[first + SIZE] = math.nan
    put_lines(c, y, p, start)
    steady_state(c.V_rec, p, state)
    r.h_final = state[H]
    r.tau = math.pow(3.0, (6.3 - c.temperature_celsius) / 10.0) / (alpha_h(c.V_rec) + beta_h(c.V_rec))
    h_rest = recover(start, HOLD, c.interval, p, state, row)
    r.h = recover(start, c.V_rec, c.interval, p, state, row)
    r.against_rest = r.h / h_rest
    r.ratio = step_current(DEPOLARISED, c.interval, 0, p, state, row, times, SIZE, samples, own_t, own_I) / control
    return "ok"


@outcome
def say(c, r):
    if math.fabs(r.h - r.h_start) < 0.005:
        if math.fabs(r.h_final - r.h_start) < 0.01:
            return "no_change"
        return "no_time" if r.h < 0.1 else "no_time_but_ready"
    if r.h < r.h_start:
        return "inactivates"
    return "nearly_done" if r.h > 0.9 * r.h_final else "under_way"


@outcome
def check(c, r):
    """h back at 0.8 within 5 ms, from below 0.02 and in the cold."""
    r.off = r.h_start
    if r.h_start > 0.02 or c.temperature_celsius > 10.0:
        return "start"
    r.off = c.interval
    if c.interval > 5.0:
        return "late"
    r.off = r.h
    return "done" if r.h >= 0.8 else "too_little"


@outcome
def answer(c, r):
    if r.against_rest < 1.2:
        return "as_many"
    return "half_more" if r.against_rest < 2.0 else "twice"


def figure():
    drawn, (current, over_time, over_V) = fig.panels([88, 84, 72], shared=False)
    ticks = [0, 5, 10, 15, 20, 25, 30]
    fig.x_axis(current, (_("interval between the pulses, and time after it"), "ms"), (0, 34), ticks=ticks)
    fig.y_axis(current, (_("sodium current"), "µA/cm²"), (-2200, 100), ticks=[-2000, -1000, 0])
    fig.curve(current, "t", "I", "muted", _("ten intervals"), linewidth=0.9)
    fig.curve(current, "own_t", "own_I", "accent", _("your interval"))
    fig.legend(current)
    fig.x_axis(over_time, (_("time since the end of the inactivating pulse"), "ms"), (0, LONGEST), ticks=ticks)
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
    chapter="action-potential/sodium-inactivation",
    controls=dict(
        V_rec=Slider(V_LOW, V_HIGH, HOLD, "mV", step=1),
        interval=Slider(0, LONGEST, 5, "ms", step=0.1),
        duration=Slider(0.5, 50, 20, "ms", scale="log"),
        temperature_celsius=Slider(0, 20, 6.3, "°C", step=0.1),
    ),
    curves=dict(
        t=Curve(PULSES * (SIZE + 1), "ms", gaps=True),
        I=Curve(PULSES * (SIZE + 1), "µA/cm²", gaps=True),
        own_t=Curve(SIZE, "ms"),
        own_I=Curve(SIZE, "µA/cm²"),
        line_t=Curve(LINE, "ms"),
        h_own=Curve(LINE),
        h_85=Curve(LINE),
        h_65=Curve(LINE),
        h_55=Curve(LINE),
        line_V=Curve(LINE, "mV"),
        h_at=Curve(LINE),
    ),
    readouts=dict(
        h=Readout("", 3),
        h_start=Readout("", 3),
        h_final=Readout("", 3),
        tau=Readout("ms", 2),
        against_rest=Readout("×", 2),
        ratio=Readout("×", 2),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "at_rest": {"V_rec": -65, "interval": 5},
        "at_minus_85": {"V_rec": -85, "interval": 5},
        "at_minus_55": {"V_rec": -55, "interval": 20},
        "at_minus_45": {"V_rec": -45, "interval": 20},
    },
    challenge=Challenge(check),
    prediction=Prediction(answer, {"V_rec": -85, "interval": 5}),
    cells=(squid_axon,),
)
