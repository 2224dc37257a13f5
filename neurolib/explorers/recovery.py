"""Recovery from inactivation: it takes a negative voltage, and time."""

from neurolib.cells import squid_axon
from neurolib.channels.squid import alpha_h, beta_h
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorers._membrane import clock_curves, clock_scene, put_moment, put_test
from neurolib.portable import math, outcome, portable, zeros
from neurolib.spikes import index_of_minimum
from neurolib.squid_clamp import H, M, hold, step_current

HOLD, DEPOLARISED = -65.0, -21.0  # mV: where the axon rests, and where its channels are inactivated and tested
PULSES, T_PULSE, SIZE = 10, 3.0, 61  # test pulses of the family, their length and samples
SHORTEST, LONGEST = 0.5, 30.0  # ms, of the family's intervals
LINE, WAIT = 91, 91
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
        steady_state(line_V[i], p, state)
        y.h_ever[i] = state[H]
        y.h_at[i] = recover(start, line_V[i], c.interval, p, state, row)


@portable
def put_clock(c, y, p, start):
    """The whole experiment from the end of the inactivating pulse: first the interval, then the test."""
    state, row = zeros(STATES), zeros(3)
    for i in range(WAIT):
        at = c.interval * i / (WAIT - 1)
        h = recover(start, c.V_rec, at, p, state, row)
        put_moment(y, i, at, c.V_rec, state[M], h)
    put_test(y, WAIT, SIZE, c.interval, T_PULSE, DEPOLARISED, p, state)


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
    r.I_first = own_I[index_of_minimum(own_I, 0, SIZE)]
    r.first_note = r.I_first - 170.0
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
    put_clock(c, y, p, start)
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
    """h back at 0.75 within 3 ms, from below 0.02 and in the cold."""
    r.off = r.h_start
    if r.h_start > 0.02 or c.temperature_celsius > 10.0:
        return "start"
    r.off = c.interval
    if c.interval > 3.0:
        return "late"
    r.off = r.h
    return "done" if r.h >= 0.75 else "too_little"


@outcome
def answer(c, r):
    if r.against_rest < 1.2:
        return "as_many"
    return "half_more" if r.against_rest < 2.0 else "twice"


def figure():
    drawn, (current, over_time, over_V) = fig.panels([64, 76, 58], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(current, over_time)
    fig.x_axis(over_time, (_("time since the inactivating pulse"), "ms"), (0, 33), ticks=[0, 10, 20, 30])
    fig.y_axis(current, (_("sodium current of the test"), "µA/cm²"), (-2000, 130), ticks=[-2000, -1000, 0])
    current.tick_params(axis="y", length=0, pad=3)
    fig.level(current, "I_first", "muted", given=True, linewidth=1.0)
    fig.note(current, _("as large as the first"), 0.3, "first_note", "muted", given=True)
    fig.curve(current, "clock", "I_clock", "accent", zorder=3)
    fig.curve(current, "t", "I", "muted", linewidth=0.8)
    fig.y_axis(over_time, (_("sodium channels ready, h"), ""), (0, 1.22), ticks=[0, 0.5, 1])
    fig.curve(over_time, "clock", "h_clock", "Na", linewidth=1.6, zorder=3)
    fig.curve(over_time, "line_t", "h_85", "muted", _("at −85 mV"), at=25, linewidth=1.2)
    fig.curve(over_time, "line_t", "h_65", "muted", _("at −65 mV"), at=25, linewidth=1.2, given=True)
    fig.curve(over_time, "line_t", "h_55", "muted", _("at −55 mV"), at=25, linewidth=1.2)
    fig.curve(over_time, "line_t", "h_own", "accent")
    fig.point(over_time, "interval", "h", "accent", drag={"x": "interval"})
    fig.x_axis(over_V, (_("voltage of recovery"), "mV"), (V_LOW, V_HIGH), ticks=[-100, -80, -60])
    fig.y_axis(over_V, (_("sodium channels ready, h"), ""), (0, 1.2), ticks=[0, 0.5, 1])
    fig.curve(over_V, "line_V", "h_ever", "muted", linewidth=1.2)
    fig.tag(over_V, _("after a long time"), "line_V", "h_ever", -68, "muted", ha="left")
    fig.curve(over_V, "line_V", "h_at", "accent")
    fig.tag(over_V, _("after your interval"), "line_V", "h_at", -76, "accent", above=False, ha="right")
    fig.point(over_V, "V_rec", "h", "accent", drag={"x": "V_rec"})
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
        **clock_curves(WAIT + SIZE),
        line_t=Curve(LINE, "ms"),
        h_own=Curve(LINE),
        h_85=Curve(LINE),
        h_65=Curve(LINE),
        h_55=Curve(LINE),
        line_V=Curve(LINE, "mV"),
        h_at=Curve(LINE),
        h_ever=Curve(LINE),
    ),
    readouts=dict(
        h=Readout("", 3),
        h_start=Readout("", 3),
        h_final=Readout("", 3),
        tau=Readout("ms", 2),
        against_rest=Readout("×", 2),
        ratio=Readout("×", 2),
        I_first=Readout("µA/cm²", shown=False),
        first_note=Readout("µA/cm²", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=clock_scene(2.5),
    time="clock",
    presets={
        "at_rest": {"V_rec": -65, "interval": 5},
        "at_minus_85": {"V_rec": -85, "interval": 5},
        "at_minus_55": {"V_rec": -55, "interval": 20},
        "at_minus_45": {"V_rec": -45, "interval": 20},
    },
    main=("V_rec", "interval"),
    shows=("h", "h_final", "tau"),
    story={
        "rest": {},
        "time": {"interval": 10},
        "voltage": {"V_rec": -85},
        "never": {"V_rec": -45, "interval": 20},
    },
    challenge=Challenge(check, solution={"V_rec": -108, "interval": 3}),
    prediction=Prediction(answer, {"V_rec": -85, "interval": 5}),
    cells=(squid_axon,),
)
