"""The squid axon's action potential: a current pulse, the conductances that answer, the gates behind them.

And its dissection: from the same rest, with h frozen or with channels taken away when the pulse begins.
"""

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._membrane import gates, ionic_current
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse
from neurolib.spikes import crossing, index_of_maximum, index_of_minimum, vertex

RUN, T_START, T_END, DT = 1251, -3.0, 25.0, 0.01  # RUN samples from 0 to T_END; one more marks the rest before
SIZE, AT_6, AT_10 = RUN + 1, 301, 500  # at 6 ms among the SIZE, at 10 ms among those of the run
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
CROSSINGS = 64
FOOT = -108.0  # mV: the line on which the pulse is drawn, 1 mV high for 1 µA/cm²
T_DRAWN = 20.0  # ms: the end of the time axis
LEAST, STEEP = 20.0, 10.0  # mV above the rest and mV/ms of the axon's own currents: less is no spike
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE, RATE_H = squid_axon.index("temperature_celsius"), squid_axon.index("rate_h")
G_NA, G_K, G_L = (squid_axon.index(f"g_bar_{channel}") for channel in ("Na", "K", "L"))
E_NA, E_K, E_L, C_M = (squid_axon.index(name) for name in ("E_Na", "E_K", "E_L", "C_m"))
M, H, N = (squid_axon.state_index(gate) * RUN for gate in ("m", "h", "n"))  # where the samples of each gate begin
TREATMENTS = ("intact", "frozen", "TEA", "neither", "TTX")
INTACT, FROZEN, TEA, NEITHER, TTX = range(len(TREATMENTS))


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
def put_notes(c, y, r):
    """The pulse as it is drawn, and where the words of the figure stand (a flow is named beside the spike that it makes)."""
    for i in range(4):
        y.step_t[i] = 0.0 if i < 2 else c.duration
        y.step_V[i] = FOOT + (c.amplitude if i == 1 or i == 2 else 0.0)
    r.top = FOOT + c.amplitude
    r.after_pulse = min(c.duration + 0.9, 17.0)
    Na, K = index_of_maximum(y.g_Na, 0, SIZE), index_of_maximum(y.g_K, 0, SIZE)
    r.at_Na = 8.0 if y.g_Na[Na] < 0.5 else min(y.t[Na], 12.0)
    r.at_K = 14.0 if y.g_K[K] < 0.05 else min(y.t[K] + 1.6, 14.0)
    r.at_m = min(max(r.t_peak + 0.8, 2.6), 12.0)
    r.t_in = 1.0
    r.t_out = r.t_peak + 1.6
    if r.count > 0.0 and c.amplitude > 0.0:
        r.t_in = crossing(y.t, y.V, 0, SIZE, 0.0, 1.0) - 0.3
        if r.t_in > 0.8:
            r.flows_in = 1.0
        fall = crossing(y.t, y.V, index_of_maximum(y.V, 0, SIZE), SIZE, 0.0, -1.0)
        if c.treatment == INTACT and fall < T_DRAWN - 5.0:
            r.t_out = fall + 0.4
            r.flows_out = 1.0
    if c.treatment == INTACT and r.count == 1.0 and y.V[AT_6] < r.V_rest - 2.0:
        r.dips = 1.0
    if c.treatment != INTACT:
        r.treated = 1.0


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
        y.I_Na[i] = y.g_Na[i] * (V[i] - p[E_NA])
        y.I_K[i] = y.g_K[i] * (V[i] - p[E_K])
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
        y.pulse_V[i] = FOOT
    put_notes(c, y, r)
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
    drawn, (voltage, conductance, gates) = fig.panels([92, 60, 64])
    fig.x_axis(gates, (_("time after the pulse begins"), "ms"), (-2, T_DRAWN), ticks=[0, 5, 10, 15, 20])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-128, 62), ticks=[-50, 0, 50])
    fig.level(voltage, "V_rest", "muted", given=True, linewidth=1.0)
    fig.note(voltage, _("rest"), T_DRAWN, "V_rest", "muted", given=True, ha="right", va="bottom")
    fig.curve(voltage, "pulse_t", "pulse_V", "stimulus", linewidth=1.0, given=True)
    fig.curve(voltage, "step_t", "step_V", "stimulus", linewidth=1.8, given=True)
    fig.note(voltage, _("pulse"), "after_pulse", FOOT + 2.0, "stimulus", given=True)
    fig.point(voltage, "duration", FOOT, "stimulus", markersize=3, drag={"x": "duration"})
    fig.point(voltage, 0, "top", "stimulus", markersize=3, drag={"y": ("amplitude", FOOT)})
    fig.curve(voltage, "t", "V_intact", "muted", linestyle=(0, (2, 1.5)), linewidth=1.4, given=True)
    fig.note(voltage, _("intact axon"), 6, -90, "muted", only_if="treated")
    fig.curve(voltage, "t", "V", "ink")
    fig.note(voltage, _("Na⁺ in"), "t_in", 5, "Na", ha="right", only_if="flows_in")
    fig.note(voltage, _("K⁺ out"), "t_out", 5, "K", only_if="flows_out")
    fig.note(voltage, _("K⁺ channels still open"), 6, -92, "K", only_if="dips")
    fig.y_axis(conductance, (_("conductance"), "mS/cm²"), (0, 96), ticks=[0, 40, 80])
    fig.curve(conductance, "t", "g_K", "K", "g_K", at="at_K")
    fig.curve(conductance, "t", "g_Na", "Na", "g_Na", at="at_Na")
    fig.y_axis(gates, (_("gate"), ""), (0, 1.3), ticks=[0, 0.5, 1])
    fig.curve(gates, "t", "n", "K", _("n opens K⁺"), at=10.5, above=False, linewidth=1.6)
    fig.curve(gates, "t", "m", "Na", _("m opens Na⁺"), at="at_m", linewidth=1.6)
    fig.curve(gates, "t", "h", "Na", _("h shuts Na⁺"), at=16.5, linewidth=1.6, linestyle=(0, (4, 1.5)))
    return drawn


def scene():
    """A slice of membrane: three gates m and the gate h in one channel, four gates n in the other, and the currents."""
    currents = (*ionic_current("Na", "I_Na", 900), *ionic_current("K", "I_K", 900))
    others = moves.pick("treatment", "treatment"), moves.write("V", "V", 0)
    return Scene("squid_channels.svg", (*gates(m="m", h="h", n="n"), *currents, *others), at=1.5)


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
        I_Na=Curve(SIZE, "µA/cm²"),
        I_K=Curve(SIZE, "µA/cm²"),
        pulse_t=Curve(2, "ms"),
        pulse_V=Curve(2, "mV"),
        step_t=Curve(4, "ms"),
        step_V=Curve(4, "mV"),
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
        top=Readout("mV", shown=False),
        after_pulse=Readout("ms", 2, shown=False),
        at_Na=Readout("ms", 2, shown=False),
        at_K=Readout("ms", 2, shown=False),
        at_m=Readout("ms", 2, shown=False),
        t_in=Readout("ms", 2, shown=False, optional=True),
        t_out=Readout("ms", 2, shown=False),
        flows_in=Readout("", 0, shown=False, optional=True),
        flows_out=Readout("", 0, shown=False, optional=True),
        dips=Readout("", 0, shown=False, optional=True),
        treated=Readout("", 0, shown=False, optional=True),
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
    scene=scene(),
    time="t",
    overlay="V",
    main=("treatment", "amplitude"),
    shows=("V_peak", "t_peak", "V_10"),
    story={
        "spike": {},
        "frozen": STRONG | {"treatment": "frozen"},
        "TEA": STRONG | {"treatment": "TEA"},
        "neither": STRONG | {"treatment": "neither"},
    },
    challenge=Challenge(check, only=("amplitude",), solution={"amplitude": 7}),
    prediction=Prediction(answer, STRONG | {"treatment": "TEA"}),
    cells=(squid_axon,),
)
