"""The squid axon's action potential: a current pulse, the conductances that answer, the gates behind them.

And its dissection: from the same rest, with h frozen or with channels taken away when the pulse begins.
"""

import math

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.portable import outcome, portable, zeros
from neurolib.protocols import put_pulse
from neurolib.spikes import index_of_maximum, index_of_minimum, vertex

RUN, T_START, T_END, DT = 1251, -3.0, 25.0, 0.01  # RUN samples from 0 to T_END; one more marks the rest before
SIZE, AT_10 = RUN + 1, 500  # sample number AT_10 of the run is at 10 ms
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
CROSSINGS = 64
LEAST, STEEP = 20.0, 10.0  # mV above the rest and mV/ms of the axon's own currents: less is no spike
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE, RATE_H = squid_axon.index("temperature_celsius"), squid_axon.index("rate_h")
G_NA, G_K, G_L = (squid_axon.index(f"g_bar_{channel}") for channel in ("Na", "K", "L"))
E_NA, E_K, E_L, C_M = (squid_axon.index(name) for name in ("E_Na", "E_K", "E_L", "C_m"))
M, H, N = (squid_axon.state_index(gate) * RUN for gate in ("m", "h", "n"))  # where the samples of each gate begin
TREATMENTS = ("intact", "frozen", "TEA", "neither", "TTX")
FROZEN, TEA, NEITHER, TTX = (TREATMENTS.index(treatment) for treatment in TREATMENTS[1:])


@portable
def treat(p, treatment):
    """Freeze h, or take away the potassium (TEA) or the sodium conductance (TTX), or h and potassium both."""
    if treatment == FROZEN or treatment == NEITHER:
        p[RATE_H] = 0.0
    if treatment == TEA or treatment == NEITHER:
        p[G_K] = 0.0
    if treatment == TTX:
        p[G_NA] = 0.0


@portable
def run(p, start, c, times, samples):
    """From ``start`` through the pulse at 0 ms; returns the time at which V left the model's range, or -1, and spikes."""
    state, stimulus, crossings = zeros(STATES), zeros(6), zeros(CROSSINGS)
    for j in range(STATES):
        state[j] = start[j]
    rows = put_pulse(stimulus, 0, 0.0, c.duration, c.amplitude)
    return integrate(state, p, stimulus, rows, 0.0, T_END, times, RUN, samples, crossings, CROSSINGS, 0.0, DT)


@portable
def own_upstroke(y, p, V_rest):
    """Steepest rise by the axon's own currents alone while V is above its rest, mV/ms; 0 if they never lift it."""
    t, V, own = y.t, y.V, zeros(SIZE)
    for i in range(SIZE):
        I_ion = y.g_Na[i] * (V[i] - p[E_NA]) + y.g_K[i] * (V[i] - p[E_K]) + p[G_L] * (V[i] - p[E_L])
        own[i] = max(-I_ion / p[C_M], 0.0) if V[i] > V_rest else 0.0
    return vertex(t, own, index_of_maximum(own, 0, SIZE), SIZE)[1]


@portable
def model(c, y, r):
    """Run the intact and the treated axon from the exact rest of the intact one through a pulse that starts at t = 0."""
    p, start, times, samples = zeros(PARAMETERS), zeros(STATES), zeros(RUN), zeros(STATES * RUN)
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    p[G_NA] = c.g_bar_Na
    p[G_K] = c.g_bar_K
    p[G_L] = c.g_bar_L
    r.V_rest = rest(p, 0.0, start)
    if math.isnan(r.V_rest):
        return "no_rest"
    for i in range(RUN):
        times[i] = T_END * i / (RUN - 1)
    r.t_failed, _count = run(p, start, c, times, samples)
    if r.t_failed != -1.0:
        return "beyond"
    y.V_intact[0] = r.V_rest
    for i in range(RUN):
        y.V_intact[i + 1] = samples[i]
    treat(p, c.treatment)
    r.t_failed, count = run(p, start, c, times, samples)
    if r.t_failed != -1.0:
        return "beyond"
    t, V, m, h, n = y.t, y.V, y.m, y.h, y.n
    for i in range(SIZE):
        k = max(i - 1, 0)
        t[i] = times[k]
        V[i] = samples[k]
        m[i] = samples[M + k]
        h[i] = samples[H + k]
        n[i] = samples[N + k]
        y.g_Na[i] = p[G_NA] * m[i] * m[i] * m[i] * h[i]
        y.g_K[i] = p[G_K] * n[i] * n[i] * n[i] * n[i]
    t[0] = T_START
    highest = index_of_maximum(V, 0, SIZE)
    t_peak, V_peak = vertex(t, V, highest, SIZE)
    V_trough = vertex(t, V, index_of_minimum(V, highest, SIZE), SIZE)[1]
    if V[highest] - r.V_rest < 1e-6:  # nothing rises above rest: no peak to look for in rounding errors
        t_peak = 0.0
        V_peak = r.V_rest
    r.V_peak = V_peak
    r.t_peak = t_peak
    r.V_trough = V_trough
    r.V_10 = samples[AT_10]
    r.V_end = samples[RUN - 1]
    r.drift_10 = (samples[AT_10 + 1] - samples[AT_10 - 1]) / (times[AT_10 + 1] - times[AT_10 - 1])
    r.upstroke = own_upstroke(y, p, r.V_rest)
    r.count = 0 if V_peak - r.V_rest < LEAST or r.upstroke < STEEP else count
    I_K = y.g_K[AT_10 + 1] * (r.V_10 - p[E_K])
    outward = I_K + p[G_L] * (r.V_10 - p[E_L])
    r.by_K = 100.0 * I_K / outward if outward > 0.0 else 0.0
    for i in range(2):
        y.pulse_t[i] = c.duration * i
        y.pulse_V[i] = -108.0
    return "ok"


@outcome
def say_treated(c, r):
    """The sentence for an axon with h frozen, without g_K, or both."""
    if r.count == 0.0:
        return "treated_quiet"
    if r.t_peak > 10.0 and r.V_10 < -20.0:
        return "treated_late"
    if c.treatment == TEA:
        return "tea"
    if c.treatment == NEITHER:
        return "neither" if r.V_10 > -20.0 else "treated_back"
    if r.V_10 < -30.0:
        return "treated_back"
    if math.fabs(r.drift_10) > 1.0:
        return "frozen_falling"
    return "frozen" if r.by_K > 50.0 else "frozen_high"


@outcome
def say_untreated(c, r):
    """The sentence for the intact axon."""
    if r.count == 0.0:
        if r.V_rest > -40.0:
            return "inactivated"
        if c.amplitude == 0.0:
            return "at_rest"
        if r.upstroke >= STEEP and r.V_peak >= r.V_rest + LEAST:
            return "graded"
        if c.amplitude < 0.0:
            return "hyperpolarised" if r.V_peak > r.V_rest + 0.05 else "held_below"
        return "below_threshold" if math.fabs(r.V_end - r.V_rest) < 2.0 else "below_threshold_so_far"
    if c.amplitude < 0.0 and r.t_peak > c.duration:
        return "rebound"
    if r.count > 1.0:
        return "several"
    return "one" if r.V_trough < r.V_rest - 0.5 else "one_without_dip"


@outcome
def say(c, r):
    if c.treatment == TTX:
        return "ttx"
    return say_untreated(c, r) if c.treatment == 0.0 else say_treated(c, r)


@outcome
def check(c, r):
    """The smallest amplitude on the slider, in steps of 0.1 µA/cm², that makes a spike: 7.0."""
    r.off = c.amplitude
    if r.count == 0.0:
        return "below_threshold"
    if c.amplitude < 0.0:
        return "rebound"
    return "done" if c.amplitude <= 7.05 else "too_strong"


@outcome
def answer(c, r):
    if r.V_10 < -60.0:
        return "back"
    return "between" if r.V_10 < 40.0 else "top"


def figure():
    drawn, (voltage, conductance, gates) = fig.panels([130, 90, 80])
    fig.x_axis(gates, (_("time after the pulse begins"), "ms"), (T_START, T_END), ticks=[0, 5, 10, 15, 20, 25])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-115, 65), ticks=[-100, -50, 0, 50])
    fig.level(voltage, "V_rest", "muted")
    fig.curve(voltage, "t", "V_intact", "muted", _("intact"), linestyle=(0, (2, 1.5)), linewidth=1.4)
    fig.curve(voltage, "t", "V", "ink", "V")
    fig.curve(voltage, "pulse_t", "pulse_V", "stimulus", _("pulse"), linewidth=4, solid_capstyle="butt")
    fig.legend(voltage)
    fig.y_axis(conductance, (_("conductance"), "mS/cm²"), (0, 75), ticks=[0, 25, 50, 75])
    fig.curve(conductance, "t", "g_Na", "Na", "g_Na")
    fig.curve(conductance, "t", "g_K", "K", "g_K", linestyle=(0, (5, 2)))
    fig.legend(conductance)
    fig.y_axis(gates, (_("gate"), ""), (0, 1.06), ticks=[0, 0.5, 1])
    fig.curve(gates, "t", "m", "Na", "m")
    fig.curve(gates, "t", "h", "Na", "h", linestyle=(0, (1.5, 1.5)))
    fig.curve(gates, "t", "n", "K", "n", linestyle=(0, (5, 2)))
    fig.legend(gates)
    return drawn


STRONG = {"amplitude": 20, "duration": 1}
explorer = Explorer(
    chapter="action-potential/conductances",
    controls=dict(
        treatment=Choice(TREATMENTS, "intact"),
        amplitude=Slider(-20, 100, 10, "µA/cm²", step=0.1),
        duration=Slider(0.1, 25, 1, "ms", scale="log"),
        temperature_celsius=Slider(0, 35, 6.3, "°C", step=0.1),
        g_bar_Na=Slider(0, 200, 120, "mS/cm²", step=1),
        g_bar_K=Slider(0, 80, 36, "mS/cm²", step=0.5),
        g_bar_L=Slider(0, 2, 0.3, "mS/cm²", step=0.01),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        V_intact=Curve(SIZE, "mV"),
        g_Na=Curve(SIZE, "mS/cm²"),
        g_K=Curve(SIZE, "mS/cm²"),
        m=Curve(SIZE),
        h=Curve(SIZE),
        n=Curve(SIZE),
        pulse_t=Curve(2, "ms"),
        pulse_V=Curve(2, "mV"),
    ),
    readouts=dict(
        V_rest=Readout("mV"),
        V_peak=Readout("mV"),
        t_peak=Readout("ms", 2),
        V_trough=Readout("mV"),
        V_10=Readout("mV"),
        count=Readout("", 0),
        V_end=Readout("mV", shown=False),
        drift_10=Readout("mV/ms", shown=False),
        upstroke=Readout("mV/ms", 0, shown=False),
        by_K=Readout("%", 0, shown=False),
        t_failed=Readout("ms", 2, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "intact": STRONG,
        "frozen": STRONG | {"treatment": "frozen"},
        "TEA": STRONG | {"treatment": "TEA"},
        "neither": STRONG | {"treatment": "neither"},
        "TTX": STRONG | {"treatment": "TTX"},
        "at_18_5": {"temperature_celsius": 18.5, "amplitude": 40},
    },
    challenge=Challenge(check, only=("amplitude",)),
    prediction=Prediction(answer, STRONG | {"treatment": "TEA"}),
    cells=(squid_axon,),
)
