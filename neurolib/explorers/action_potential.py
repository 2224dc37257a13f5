"""The squid axon's action potential: a current pulse, the conductances that answer, the gates behind them."""

import math

from neurolib.cells import squid_axon
from neurolib.page import figure as fig
from neurolib.page.controls import Slider
from neurolib.page.declaration import Curve, Explorer, Readout
from neurolib.page.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse

SIZE, T_START, T_END, DT = 1401, -3.0, 25.0, 0.01
STATES = len(squid_axon.state_names)
CROSSINGS = 64
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE, C_M = squid_axon.index("temperature_celsius"), squid_axon.index("C_m")
G_NA, G_K, G_L = (squid_axon.index(f"g_bar_{channel}") for channel in ("Na", "K", "L"))


@portable
def compute(
    amplitude, duration, temperature_celsius, g_bar_Na, g_bar_K, g_bar_L,
    t, V, g_Na, g_K, m, h, n, pulse_t, pulse_V, p, state, stimulus, samples, crossings,
):  # fmt: skip
    """Run the axon from its exact rest through one pulse that starts at t = 0."""
    defaults(p)
    p[TEMPERATURE] = temperature_celsius
    p[G_NA] = g_bar_Na
    p[G_K] = g_bar_K
    p[G_L] = g_bar_L
    V_rest = rest(p, 0.0, state)
    if math.isnan(V_rest):
        return 2.0, V_rest, V_rest, V_rest, V_rest, 0.0, V_rest
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
    rows = put_pulse(stimulus, 0, 0.0, duration, amplitude)
    t_failed, count = integrate(
        state, p, stimulus, rows, T_START, T_END, t, SIZE, samples, crossings, CROSSINGS, 0.0, DT
    )  # fmt: skip
    if t_failed != -1.0:
        return 1.0, V_rest, math.nan, math.nan, math.nan, 0.0, t_failed
    highest = 0
    lowest = 0
    for i in range(SIZE):
        V[i] = samples[i]
        m[i] = samples[SIZE + i]
        h[i] = samples[2 * SIZE + i]
        n[i] = samples[3 * SIZE + i]
        g_Na[i] = g_bar_Na * m[i] * m[i] * m[i] * h[i]
        g_K[i] = g_bar_K * n[i] * n[i] * n[i] * n[i]
        if V[i] > V[highest]:
            highest = i
    for i in range(SIZE):
        if i >= highest and V[i] < V[lowest]:
            lowest = i
    for i in range(2):
        pulse_t[i] = duration * i
        pulse_V[i] = -108.0
    return 0.0, V_rest, V[highest], t[highest], V[lowest], count, -1.0


@portable
def say(amplitude, duration, temperature_celsius, g_bar_Na, g_bar_K, g_bar_L, V_rest, V_peak, t_peak, V_trough, count, t_failed):
    if count > 1.0:
        return 2
    if count == 1.0:
        return 1
    if amplitude == 0.0:
        return 3
    return 0 if amplitude > 0.0 else 4


def figure():
    drawn, (voltage, conductance, gates) = fig.panels([130, 90, 80])
    fig.x_axis(gates, (_("time after the pulse begins"), "ms"), (T_START, T_END), ticks=[0, 5, 10, 15, 20, 25])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-115, 65), ticks=[-100, -50, 0, 50])
    fig.level(voltage, "V_rest", "muted")
    fig.curve(voltage, "t", "V", "ink")
    fig.curve(voltage, "pulse_t", "pulse_V", "stimulus", _("pulse"), linewidth=4, solid_capstyle="butt")
    fig.legend(voltage)
    fig.y_axis(conductance, (_("conductance"), "mS/cm²"), (0, 45), ticks=[0, 20, 40])
    fig.curve(conductance, "t", "g_Na", "Na", "g_Na")
    fig.curve(conductance, "t", "g_K", "K", "g_K", linestyle=(0, (5, 2)))
    fig.legend(conductance)
    fig.y_axis(gates, (_("gate"), ""), (0, 1), ticks=[0, 0.5, 1])
    fig.curve(gates, "t", "m", "Na", "m")
    fig.curve(gates, "t", "h", "Na", "h", linestyle=(0, (1.5, 1.5)))
    fig.curve(gates, "t", "n", "K", "n", linestyle=(0, (5, 2)))
    fig.legend(gates)
    return drawn


explorer = Explorer(
    name="action_potential",
    title=_("The action potential of the squid axon"),
    chapter="action-potential/conductances",
    caption=_(
        "The Hodgkin-Huxley axon answers a current pulse (the bar). Above: the voltage; the dashed line is the rest. "
        "Middle: the sodium and the potassium conductance. Below: the gates m and h of sodium and n of potassium."
    ),
    controls=(
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
        Curve("g_Na", SIZE, "mS/cm²", _("sodium conductance")),
        Curve("g_K", SIZE, "mS/cm²", _("potassium conductance")),
        Curve("m", SIZE, "", _("sodium activation gate")),
        Curve("h", SIZE, "", _("sodium inactivation gate")),
        Curve("n", SIZE, "", _("potassium activation gate")),
        Curve("pulse_t", 2, "ms", _("the pulse")),
        Curve("pulse_V", 2, "mV", _("height of the bar that marks the pulse")),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "stimulus": 6, "samples": STATES * SIZE,
        "crossings": CROSSINGS,
    },  # fmt: skip
    readouts=(
        Readout("V_rest", _("rest"), "mV", 1),
        Readout("V_peak", _("highest"), "mV", 1),
        Readout("t_peak", _("at"), "ms", 2),
        Readout("V_trough", _("lowest after it"), "mV", 1),
        Readout("count", _("spikes"), "", 0),
        Readout("t_failed", _("time of failure"), "ms", 2, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The pulse stays below threshold: V rises to {V_peak} mV and falls back to rest."),
        _("One action potential: V peaks at {V_peak} mV, {t_peak:2} ms after the pulse begins, and then dips to {V_trough} mV."),
        _("{count:0} action potentials; the highest peak is {V_peak} mV."),
        _("Without a pulse the axon stays at its rest of {V_rest} mV."),
        _("The pulse hyperpolarises the axon; when it ends V comes back to rest without a spike."),
    ),
    faults=(
        _("The voltage left the range of the model, −250 to 250 mV, {t_failed:2} ms after the pulse began: nothing is drawn."),
        _("Without any conductance no voltage is a rest: give the axon a leak or a channel."),
    ),
)
