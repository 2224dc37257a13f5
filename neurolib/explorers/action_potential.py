"""The squid axon's action potential: a current pulse, the conductances that answer, the gates behind them.

And its dissection: from the same rest, with h frozen or with channels taken away when the pulse begins.
"""

import math

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse
from neurolib.spikes import index_of_maximum, index_of_minimum, vertex

RUN, T_START, T_END, DT = 1251, -3.0, 25.0, 0.01  # RUN samples from 0 to T_END; one more marks the rest before
SIZE, AT_10 = RUN + 1, 500  # sample number AT_10 of the run is at 10 ms
STATES = len(squid_axon.state_names)
CROSSINGS = 64
LEAST = 20.0  # mV above the rest: less is no spike, wherever the rest lies
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE, RATE_H = squid_axon.index("temperature_celsius"), squid_axon.index("rate_h")
G_NA, G_K, G_L = (squid_axon.index(f"g_bar_{channel}") for channel in ("Na", "K", "L"))


@portable
def compute(
    treatment, amplitude, duration, temperature_celsius, g_bar_Na, g_bar_K, g_bar_L,
    t, V, V_intact, g_Na, g_K, m, h, n, pulse_t, pulse_V, p, state, start, stimulus, times, samples, crossings,
):  # fmt: skip
    """Run the intact and the treated axon from the exact rest of the intact one through a pulse that starts at t = 0.

    Treatments: 0 none, 1 h frozen, 2 no potassium conductance (TEA), 3 both, 4 no sodium conductance (TTX).
    """
    defaults(p)
    p[TEMPERATURE] = temperature_celsius
    p[G_NA] = g_bar_Na
    p[G_K] = g_bar_K
    p[G_L] = g_bar_L
    V_rest = rest(p, 0.0, start)
    if math.isnan(V_rest):
        return 2.0, V_rest, V_rest, V_rest, V_rest, V_rest, 0.0, V_rest
    for i in range(RUN):
        times[i] = T_END * i / (RUN - 1)
    rows = put_pulse(stimulus, 0, 0.0, duration, amplitude)
    count = 0
    for run in range(2):
        if run == 1:
            if treatment == 1.0 or treatment == 3.0:
                p[RATE_H] = 0.0
            if treatment == 2.0 or treatment == 3.0:
                p[G_K] = 0.0
            if treatment == 4.0:
                p[G_NA] = 0.0
        for j in range(STATES):
            state[j] = start[j]
        t_failed, count = integrate(
            state, p, stimulus, rows, 0.0, T_END, times, RUN, samples, crossings, CROSSINGS, 0.0, DT
        )  # fmt: skip
        if t_failed != -1.0:
            return 1.0, V_rest, V_rest, V_rest, V_rest, V_rest, 0.0, t_failed
        if run == 0:
            V_intact[0] = V_rest
            for i in range(RUN):
                V_intact[i + 1] = samples[i]
    t[0] = T_START
    for i in range(SIZE):
        k = max(i - 1, 0)
        if i > 0:
            t[i] = times[k]
        V[i] = samples[k]
        m[i] = samples[RUN + k]
        h[i] = samples[2 * RUN + k]
        n[i] = samples[3 * RUN + k]
        g_Na[i] = p[G_NA] * m[i] * m[i] * m[i] * h[i]
        g_K[i] = p[G_K] * n[i] * n[i] * n[i] * n[i]
    highest = index_of_maximum(V, 0, SIZE)
    t_peak, V_peak = vertex(t, V, highest, SIZE)
    _t_trough, V_trough = vertex(t, V, index_of_minimum(V, highest, SIZE), SIZE)
    if V[highest] - V_rest < 1e-6:  # nothing rises above rest: no peak to look for in rounding errors
        t_peak = 0.0
        V_peak = V_rest
    if V_peak - V_rest < LEAST:
        count = 0
    for i in range(2):
        pulse_t[i] = duration * i
        pulse_V[i] = -108.0
    return 0.0, V_rest, V_peak, t_peak, V_trough, samples[AT_10], count, -1.0


@portable
def say(
    treatment, amplitude, duration, temperature_celsius, g_bar_Na, g_bar_K, g_bar_L, V_rest, V_peak, t_peak,
    V_trough, V_10, count, t_failed,
):  # fmt: skip
    if treatment > 0.0:
        return int(treatment) + 4
    if V_rest > -40.0:
        return 9
    if count > 0.0 and amplitude < 0.0:
        return 10
    if count > 1.0:
        return 2
    if count == 1.0:
        return 1
    if amplitude == 0.0:
        return 3
    return 0 if amplitude > 0.0 else 4


@portable
def check(
    changed, treatment, amplitude, duration, temperature_celsius, g_bar_Na, g_bar_K, g_bar_L, V_rest, V_peak,
    t_peak, V_trough, V_10, count, t_failed,
):  # fmt: skip
    others = changed
    if amplitude != 10.0:
        others = others - 1.0
    if others > 0.0:
        return 3, 0.0
    if count == 0.0:
        return 1, amplitude
    if amplitude < 0.0:
        return 4, amplitude
    return (0, amplitude) if amplitude <= 7.05 else (2, amplitude)


@portable
def answer(
    treatment, amplitude, duration, temperature_celsius, g_bar_Na, g_bar_K, g_bar_L, V_rest, V_peak, t_peak,
    V_trough, V_10, count, t_failed,
):  # fmt: skip
    if V_10 < -60.0:
        return 0
    return 1 if V_10 < 40.0 else 2


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


TREATMENTS = {
    "intact": _("none: the intact axon"), "frozen": _("h frozen: no inactivation"), "TEA": _("no g_K (TEA)"),
    "neither": _("h frozen and no g_K"), "TTX": _("no g_Na (TTX)"),
}  # fmt: skip
STRONG = {"amplitude": 20, "duration": 1}

explorer = Explorer(
    name="action_potential",
    title=_("The action potential of the squid axon, and its dissection"),
    chapter="action-potential/conductances",
    caption=_(
        "The Hodgkin-Huxley axon answers a current pulse (the bar). Above: the voltage, and dotted that of the "
        "intact axon; "
        "the dashed line is the rest. Middle: the sodium and the potassium conductance. Below: the gates m and h of "
        "sodium and n of potassium. A treatment acts from the moment the pulse begins."
    ),
    controls=(
        Choice("treatment", _("Treatment"), TREATMENTS, "intact"),
        Slider("amplitude", _("Pulse amplitude"), -20, 100, 10, "µA/cm²", step=0.1),
        Slider("duration", _("Pulse duration"), 0.1, 25, 1, "ms", scale="log"),
        Slider("temperature_celsius", _("Temperature"), 0, 35, 6.3, "°C", step=0.1),
        Slider("g_bar_Na", _("Sodium conductance, all gates open"), 0, 200, 120, "mS/cm²", step=1),
        Slider("g_bar_K", _("Potassium conductance, all gates open"), 0, 80, 36, "mS/cm²", step=0.5),
        Slider("g_bar_L", _("Leak conductance"), 0, 2, 0.3, "mS/cm²", step=0.01),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time after the pulse begins")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("V_intact", SIZE, "mV", _("voltage of the intact axon")),
        Curve("g_Na", SIZE, "mS/cm²", _("sodium conductance")),
        Curve("g_K", SIZE, "mS/cm²", _("potassium conductance")),
        Curve("m", SIZE, "", _("sodium activation gate")),
        Curve("h", SIZE, "", _("sodium inactivation gate")),
        Curve("n", SIZE, "", _("potassium activation gate")),
        Curve("pulse_t", 2, "ms", _("the pulse")),
        Curve("pulse_V", 2, "mV", _("height of the bar that marks the pulse")),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "start": STATES, "stimulus": 6, "times": RUN,
        "samples": STATES * RUN, "crossings": CROSSINGS,
    },
    readouts=(
        Readout("V_rest", _("rest"), "mV", 1),
        Readout("V_peak", _("highest"), "mV", 1),
        Readout("t_peak", _("at"), "ms", 2),
        Readout("V_trough", _("lowest after it"), "mV", 1),
        Readout("V_10", _("at 10 ms"), "mV", 1),
        Readout("count", _("spikes"), "", 0),
        Readout("t_failed", _("time of failure"), "ms", 2, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The pulse stays below threshold: V rises to {V_peak} mV and falls back to rest."),
        _(
            "One action potential: V peaks at {V_peak} mV, {t_peak:2} ms after the pulse begins, and then dips to "
            "{V_trough} mV."
        ),
        _("{count:0} action potentials; the highest peak is {V_peak} mV."),
        _("Without a pulse the axon stays at its rest of {V_rest} mV."),
        _("The pulse hyperpolarises the axon; V reaches {V_peak} mV afterwards, without a spike."),
        _(
            "With h frozen, sodium channels open and do not inactivate. V reaches {V_peak} mV; at 10 ms it is {V_10} "
            "mV, where potassium current balances sodium current."
        ),
        _(
            "Without g_K, inactivation is left to end the spike. V reaches {V_peak} mV; at 10 ms it is {V_10} mV. With "
            "nothing to hold it, the rest is lost too."
        ),
        _(
            "Without inactivation and without g_K nothing ends the spike. V reaches {V_peak} mV; at 10 ms it is {V_10} "
            "mV."
        ),
        _("Without sodium channels there is no spike: V reaches {V_peak} mV and is {V_10} mV at 10 ms."),
        _(
            "The axon rests at {V_rest} mV, too high to fire: its sodium channels are inactivated. The highest V is "
            "{V_peak} mV."
        ),
        _(
            "Released from the hyperpolarising pulse, the axon fires: V peaks at {V_peak} mV, {t_peak:2} ms after the "
            "pulse began."
        ),
    ),
    faults=(
        _(
            "The voltage left the range of the model, −250 to 250 mV, {t_failed:2} ms after the pulse began: nothing "
            "is drawn."
        ),
        _("Without any conductance no voltage is a rest: give the axon a leak or a channel."),
    ),
    presets={
        _("The dissection: intact"): STRONG,
        _("The dissection: h frozen"): STRONG | {"treatment": "frozen"},
        _("The dissection: TEA"): STRONG | {"treatment": "TEA"},
        _("The dissection: both"): STRONG | {"treatment": "neither"},
        _("The dissection: TTX"): STRONG | {"treatment": "TTX"},
        _("The axon at 18.5 °C"): {"temperature_celsius": 18.5, "amplitude": 40},
    },
    challenge=Challenge(
        _(
            "Find the threshold: with a 1 ms pulse and the axon intact, the smallest amplitude that still makes a "
            "spike."
        ),
        check,
        (
            _(
                "{off} µA/cm² makes a spike and 0.1 µA/cm² less does not. The spike comes late, but it is nearly as "
                "tall as any other: all or none."
            ),
            _("{off} µA/cm² stays below threshold."),
            _("{off} µA/cm² makes a spike; so does a smaller pulse."),
            _("Leave everything but the amplitude as it was."),
            _("A spike after a hyperpolarising pulse does not count: find a pulse that depolarises."),
        ),
    ),
    prediction=Prediction(
        _(
            "Potassium channels are removed (TEA); sodium channels still inactivate. Where is V 10 ms after a strong "
            "pulse?"
        ),
        STRONG | {"treatment": "TEA"},
        (_("back near the rest"), _("in between"), _("still near the top, at E_Na")),
        answer,
        (
            _("V is back at {V_10} mV."),
            _(
                "V is at {V_10} mV. Inactivation stops the sodium current, which ends the peak; but without potassium "
                "current only the small leak pulls V down, and a little sodium still flows in."
            ),
            _("V is at {V_10} mV."),
        ),
    ),
)
