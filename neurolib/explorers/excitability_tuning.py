"""Two potassium conductances that modulators and anaesthetics turn: the K2P leak and the M-current.

The curves of rate count spikes with steps of 0.1 ms; the rheobase is bisected to 0.01 µA/cm².
"""

from neurolib.cells import mammalian_m_current
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse, put_row

KERNEL = mammalian_m_current.kernel
defaults, rest, integrate, steady_current = KERNEL.defaults, KERNEL.rest, KERNEL.integrate, KERNEL.steady_current
G_M, G_KL = mammalian_m_current.index("g_bar_M"), mammalian_m_current.index("g_bar_KL")
STATES, PARAMETERS = len(mammalian_m_current.state_names), len(mammalian_m_current.parameter_names)
E_K = mammalian_m_current.default_values["E_K"]
T_SETTLED, NO_REST = -300.0, -40.0  # what the change itself sets off is over by then; zero current above is no rest: ms, mV
K2P, M = 0.08, 0.07  # mS/cm², before anything is changed
SIZE, T_BEFORE, T_START, T_END, T_STEP, DT, LEVEL = 3501, -500.0, -30.0, 320.0, 300.0, 0.05, -20.0
CURRENTS, LARGEST_RATED, LARGEST, HALVINGS, COARSE = 13, 8.0, 20.48, 11, 0.1
SPIKES = 256


@portable
def set_cell(g_K2P, g_M, p, state):
    """The neuron's parameters with these two conductances, and its rest in ``state``; returns the voltage of the rest."""
    defaults(p)
    p[G_KL] = g_K2P
    p[G_M] = g_M
    return rest(p, 0.0, state)


@portable
def spikes(g_K2P, g_M, amplitude, most):
    """Number of spikes, at most ``most``, of the neuron with these conductances during a step of current from its rest."""
    p, state, row, crossings = zeros(PARAMETERS), zeros(STATES), zeros(3), zeros(most)
    set_cell(g_K2P, g_M, p, state)
    put_row(row, 0, 0.0, amplitude, 0.0)
    _failed, count = integrate(state, p, row, 1, 0.0, T_STEP, row, 0, row, crossings, most, LEVEL, COARSE)
    return count


@portable
def model(c, y, r):
    """The change of conductances, half a second for it to act, then a step of current of 300 ms."""
    p, state, changed, spare = zeros(PARAMETERS), zeros(STATES), zeros(STATES), zeros(STATES)
    pulse, samples, crossings = zeros(6), zeros(STATES * SIZE), zeros(SPIKES)
    t, V = y.t, y.V
    set_cell(K2P, M, p, state)
    V_rest = set_cell(c.g_K2P, c.g_M, p, changed)
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
    rows = put_pulse(pulse, 0, 0.0, T_STEP, c.amplitude)
    _failed, count = integrate(state, p, pulse, rows, T_BEFORE, T_END, t, SIZE, samples, crossings, SPIKES, LEVEL, DT)
    for i in range(SIZE):
        V[i] = samples[i]
    during = 0.0
    by_itself = 0.0
    for i in range(count):
        if crossings[i] > T_SETTLED and crossings[i] < 0.0:
            by_itself = by_itself + 1.0
        elif crossings[i] >= 0.0 and crossings[i] <= T_STEP:
            during = during + 1.0
    r.during = during
    r.by_itself = max(by_itself, 1.0) if V_rest > NO_REST else by_itself
    r.rate_here = 1000.0 / T_STEP * during
    if r.by_itself == 0.0:
        r.V_rest = V_rest
        r.R_in = 2e-3 / (steady_current(V_rest + 1e-3, p, spare) - steady_current(V_rest - 1e-3, p, spare))
    r.low = 0.0
    r.high = LARGEST
    for i in range(2):
        y.pulse_t[i] = T_STEP * i
        y.pulse_V[i] = -112.0
    for i in range(CURRENTS):
        y.current[i] = LARGEST_RATED * i / (CURRENTS - 1)
        y.rate[i] = math.nan
        y.rate_before[i] = math.nan
    return "ok"


@portable
def step(c, y, r, number):
    """First a halving of the interval that holds the rheobase, then a point of each curve of rate against current."""
    i = int(number) - HALVINGS
    if i < 0:
        middle = 0.5 * (r.low + r.high)
        if spikes(c.g_K2P, c.g_M, middle, 1) > 0:
            r.high = middle
        else:
            r.low = middle
        if i == -1 and r.by_itself == 0.0 and r.high < LARGEST:
            r.rheobase = r.high
    else:
        y.rate[i] = 1000.0 / T_STEP * spikes(c.g_K2P, c.g_M, y.current[i], SPIKES)
        y.rate_before[i] = 1000.0 / T_STEP * spikes(K2P, M, y.current[i], SPIKES)
    return "ok"


@outcome
def say(c, r):
    if r.by_itself > 0.0:
        return "no_rest"
    if math.isnan(r.rheobase):
        return "looking"
    if r.during == 1.0:
        return "one_spike"
    return "fires" if r.during > 0.0 else "silent"


@outcome
def check(c, r):
    """As many spikes as before, 15, to one, from a rest at least 5 mV below that before the change, −70.57 mV."""
    if c.amplitude != 4.0:
        r.off = c.amplitude
        return "other_current"
    if r.by_itself > 0.0:
        return "without_rest"
    if r.V_rest > -75.57:
        r.off = r.V_rest
        return "rest_too_high"
    r.off = r.during
    if r.during < 14.0:
        return "too_few"
    return "done" if r.during <= 16.0 else "too_many"


@outcome
def answer(c, r):
    if r.during < 20.0:
        return "as_often"
    return "twice" if r.during < 45.0 else "more"


def figure():
    drawn, (voltage, rates) = fig.panels([118, 92], shared=False)
    fig.x_axis(voltage, (_("time after the current begins"), "ms"), (T_START, T_END), ticks=[0, 100, 200, 300])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-138, 56), ticks=[-100, -50, 0, 50])
    fig.level(voltage, E_K, "K", given=True)
    fig.note(voltage, _("E_K"), T_START + 4.0, E_K + 11.0, "K", given=True)
    fig.curve(voltage, "t", "V", "ink", linewidth=1.5, given=True)
    fig.curve(voltage, "pulse_t", "pulse_V", "stimulus", linewidth=5, solid_capstyle="butt", given=True)
    fig.note(voltage, _("current"), 0.5 * T_STEP, -127.0, "stimulus", given=True, ha="center")
    fig.x_axis(rates, (_("current"), "µA/cm²"), (0, LARGEST_RATED), ticks=[0, 2, 4, 6, 8])
    fig.y_axis(rates, (_("firing rate"), "Hz"), (0, 225), ticks=[0, 100, 200])
    fig.curve(rates, "current", "rate_before", "muted", _("before"), at=4.9, above=False, linewidth=1.5, given=True)
    fig.curve(rates, "current", "rate", "accent", linewidth=2.6)
    fig.tag(rates, _("now"), "current", "rate", 6.9, "accent", ha="right")
    fig.event(rates, "amplitude", "stimulus", given=True, drag={"x": "amplitude"})
    fig.point(rates, "amplitude", "rate_here", "accent")
    return drawn


explorer = Explorer(
    chapter="resting-potential/applications",
    controls=dict(
        g_K2P=Slider(0.02, 0.24, K2P, "mS/cm²", step=0.005),
        g_M=Slider(0, 0.3, M, "mS/cm²", step=0.01),
        amplitude=Slider(0, 8, 4, "µA/cm²", step=0.1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        pulse_t=Curve(2, "ms"),
        pulse_V=Curve(2, "mV"),
        current=Curve(CURRENTS, "µA/cm²"),
        rate=Curve(CURRENTS, "Hz"),
        rate_before=Curve(CURRENTS, "Hz"),
    ),
    readouts=dict(
        V_rest=Readout("mV", optional=True),
        R_in=Readout("kΩ·cm²", 2, optional=True),
        rheobase=Readout("µA/cm²", 2, optional=True),
        during=Readout("", 0),
        by_itself=Readout("", 0, shown=False),
        rate_here=Readout("Hz", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "before": {},
        "acetylcholine": {"g_M": 0.01, "g_K2P": 0.05},
        "closer": {"g_M": 0.0},
        "opener": {"g_M": 0.2},
        "anaesthetic": {"g_K2P": 0.12},
        "too_little": {"g_M": 0.0, "g_K2P": 0.03},
    },
    sweep=Sweep(HALVINGS + CURRENTS, step, numbers=("low", "high")),
    main=("g_M", "g_K2P"),
    shows=("V_rest", "rheobase", "during"),
    story={
        "before": {},
        "brake": {"g_M": 0.0},
        "leak": {"g_K2P": 0.12},
        "awake": {"g_M": 0.01, "g_K2P": 0.05},
    },
    challenge=Challenge(check, solution={"g_K2P": 0.105, "g_M": 0.01}),
    prediction=Prediction(answer, {"g_M": 0.0}),
    cells=(mammalian_m_current,),
)
