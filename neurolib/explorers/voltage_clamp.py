"""Voltage clamp of the squid axon: the current that a step draws, its parts, and what Hodgkin & Huxley measured.

The gates are exact exponentials at a constant voltage, so the numbers do not depend on a time step; peaks are vertices
of parabolas through samples 0.05 ms apart.
"""

import math

import numpy as np

from neurolib.cells import squid_axon
from neurolib.electrochemistry import thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider, Toggle
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_row
from neurolib.spikes import index_of_maximum, vertex

# Axon 17, 6 to 7 °C: points read off figures 3 and 6 of Hodgkin & Huxley 1952, J Physiol 117:500-544, digitised for
# Daly et al. 2015, R Soc Open Sci 2:150499. Depolarisation (mV): then times (ms) and conductances (mS/cm²).
G_K_1952 = (
    "109: 0.152 0.26 0.347 0.469 0.541 1.5 0.708 3.15 1.08 7.28 1.48 11.4 1.95 13.9 2.78 17.1 4.09 19.3 6.39 "
    "20.5 8.74 21",
    "100: 0.144 0.739 0.352 0.742 0.546 1.53 0.727 2.91 1.09 6.38 1.5 10.4 1.97 13.2 2.78 16.6 4.15 19.1 6.42 "
    "20.5 8.8 20.8",
    "88: 0.166 0.258 0.361 0.72 0.565 1.53 0.72 2.52 1.11 4.98 1.51 7.93 1.98 10.7 2.8 14.2 4.15 16.9 6.44 18.3 "
    "8.79 18.6 11.2 18.4",
    "76: 0.181 0.197 0.386 0.277 0.57 1.13 0.745 1.72 1.12 3.5 1.51 5.87 1.99 8.24 2.81 11.8 4.16 14.9 6.41 15.9 "
    "8.8 17.2 11.2 17.1",
    "63: 0.176 0.514 0.391 0.596 0.576 1.19 0.751 1.47 1.12 2.69 1.53 4.27 1.99 6.33 2.83 9.45 4.17 12.7 6.44 "
    "15.1 8.8 15.5 11.2 15.7",
    "51: 0.19 0.724 0.385 0.499 0.57 0.691 0.755 0.96 1.13 1.72 1.54 2.87 1.99 3.98 2.82 6.72 4.16 9.51 6.42 12 "
    "8.8 12.8 11.2 13.1 12 13",
    "38: 0.193 0.342 0.388 0.42 0.583 0.499 0.758 0.539 1.12 0.883 1.54 1.49 2 2.1 2.82 3.74 4.16 6.06 6.45 8.39 "
    "8.81 9.71 11.2 10 12 10.1",
    "32: 0.185 0.395 0.351 0.397 0.566 0.479 0.751 0.481 1.16 0.605 1.57 0.885 2 1.44 2.85 2.51 4.18 4.29 6.45 "
    "6.64 8.83 8.09 11.2 8.59 12 8.68",
    "26: 0.187 0.483 0.363 0.485 0.568 0.408 0.772 0.411 1.12 0.456 1.55 0.743 2.01 0.909 2.82 1.8 4.17 3.02 "
    "6.46 4.93 8.83 6.09 11.2 6.64 12 7.05",
    "19: 0.189 0.41 0.345 0.301 0.579 0.341 0.774 0.307 1.13 0.349 1.58 0.54 2.02 0.694 2.84 1.11 4.19 1.76 6.44 "
    "2.75 8.84 3.67 11.2 4.37 12 4.72",
    "10: 0.174 0.243 0.321 0.254 0.584 0.245 0.75 0.284 1.12 0.286 1.51 0.306 2.01 0.366 2.85 0.457 4.19 0.636 "
    "6.41 0.955 8.83 1.2 11.2 1.39 12 1.48",
)
G_NA_1952 = (
    "109: 0.0581 12.8 0.245 18.7 0.451 17.6 0.634 13.7 1.02 6.94 1.44 2.4 1.9 2.06 2.74 3 4.09 2.41 6.36 1.35 "
    "8.75 0.236",
    "100: 0.0726 9.82 0.222 17.4 0.477 17.7 0.645 14.6 1.02 7.51 1.44 2.36 1.93 1.1 2.76 1.66 4.1 1.66 6.39 1.25 "
    "8.76 0.0204",
    "88: 0.0981 7.17 0.275 16.1 0.482 17.8 0.666 14.9 1.05 8.22 1.46 3.28 1.94 1.1 2.77 0.743 4.12 0.96 6.4 "
    "0.816 8.76 0.345 11.2 0.0861",
    "76: 0.113 6.5 0.302 17.3 0.493 18.4 0.666 17.1 1.04 11.4 1.46 6.07 1.94 3.39 2.78 1.61 4.13 1.51 6.4 1.8 "
    "8.77 1.65 11.2 1.34",
    "63: 0.117 3.96 0.288 10.8 0.49 13.8 0.669 13.1 1.06 10.1 1.49 6.17 1.96 3.03 2.79 0.738 4.14 0.202 6.41 "
    "0.435 8.77 0.612 11.2 0.57",
    "51: 0.129 1.74 0.321 7.06 0.512 10.8 0.681 11.4 1.06 9.94 1.48 6.74 1.97 4.08 2.79 1.63 4.15 0.7 6.4 0.555 "
    "8.79 0.514 11.2 0.692",
    "38: 0.119 0.998 0.332 3.66 0.517 6.17 0.697 6.97 1.07 7.16 1.48 6.24 1.98 4.35 2.81 2.23 4.14 1 6.43 0.699 "
    "8.78 0.928 11.2 0.727",
    "32: 0.143 0.36 0.339 1.71 0.524 3.01 0.704 4.14 1.08 4.94 1.49 4.49 1.97 3.39 2.81 1.88 4.16 0.582 6.42 "
    "0.384 8.78 0.399 11.2 0.628",
    "26: 0.155 0.128 0.346 0.753 0.531 1.28 0.712 1.78 1.09 2.37 1.49 2.47 1.97 2.06 2.81 1.35 4.18 0.414 6.43 "
    "0.363 8.79 0.443 11.2 0.479",
    "19: 0.158 0.0374 0.343 0.297 0.533 0.502 0.713 0.653 1.09 0.726 1.52 0.755 1.98 0.947 2.81 0.766 4.18 0.266 "
    "6.45 0.118 8.79 0.165 11.2 0.2",
    "10: 0.166 0.0402 0.34 0.0842 0.531 0.104 0.716 0.114 1.1 0.118 1.51 0.114 1.98 0.109 2.82 0.102 4.17 0.0894 "
    "6.44 0.0812 8.78 0.073 11.3 0.0698",
    "6: 0.173 0.013 0.358 0.0406 0.564 0.0489 0.733 0.0454 1.1 0.0452 1.49 0.0449 2.02 0.0463 2.82 0.045 4.18 "
    "0.0399 6.44 0.0385 8.81 0.0354 11.2 0.0373",
)


def table(rows):
    """Depolarisations, and flat tuples of times and conductances with POINTS places for each step."""
    steps = [float(row.split(":")[0]) for row in rows]
    values = [np.array(row.split(":")[1].split(), dtype=float) for row in rows]
    padded = [np.pad(v.reshape(-1, 2), ((0, POINTS - len(v) // 2), (0, 0)), constant_values=np.nan) for v in values]
    return tuple(steps), *(tuple(float(x) for x in np.concatenate([v[:, k] for v in padded])) for k in (0, 1))


POINTS = 13
STEPS_K, T_K, G_K = table(G_K_1952)
STEPS_NA, T_NA, G_NA = table(G_NA_1952)
G_BAR_NA_17, G_BAR_K_17 = 70.7, 24.31  # mS/cm², of axon 17 alone (the model: 120 and 36), same paper
HOLDING, RUN, T_END = -65.0, 121, 12.0
LEAST = 1e-4  # mA/cm²: a smaller sodium current has no peak worth a time
SIZE = RUN + 1
FAMILY = (10.0, 26.0, 38.0, 51.0, 63.0, 76.0, 88.0, 100.0, 109.0)
BEAM = 61  # samples of each line of the family, and one gap between lines
IV_SIZE, IV_LOW, IV_STEP = 33, -100.0, 5.0
STATES = len(squid_axon.state_names)
KERNEL = squid_axon.kernel
defaults, steady_state, clamp = KERNEL.defaults, KERNEL.steady_state, KERNEL.clamp
P_NA, P_K, P_ENA = (squid_axon.index(name) for name in ("g_bar_Na", "g_bar_K", "E_Na"))
P_EK, P_L, P_EL = (squid_axon.index(name) for name in ("E_K", "g_bar_L", "E_L"))


@portable
def step_to(V, p, state, command, times, samples):
    """Sample the gates after a step from the holding voltage to V at 0 ms."""
    steady_state(HOLDING, p, state)
    put_row(command, 0, 0.0, V, 0.0)
    clamp(state, p, command, 1, 0.0, T_END, times, RUN, samples, 0.01)


@portable
def sodium(i, p, samples):
    return p[P_NA] * samples[RUN + i] * samples[RUN + i] * samples[RUN + i] * samples[2 * RUN + i]


@portable
def potassium(i, p, samples):
    n = samples[3 * RUN + i]
    return p[P_K] * n * n * n * n


@portable
def sodium_peak(V, p, times, samples, size, I):
    """Time and value (mA/cm²) of the sodium current of largest size; ``size`` and ``I`` are room to work in."""
    for i in range(RUN):
        I[i] = 0.001 * sodium(i, p, samples) * (V - p[P_ENA])
        size[i] = math.fabs(I[i])
    return vertex(times, I, index_of_maximum(size, 1, RUN), RUN)


@portable
def compute(
    V_step, ttx, tea, choline, axon_17,
    t, I, I_Na, I_K, g_Na, g_K, family_t, family_I, V_axis, IV_Na, IV_K, IV_intact,
    t_Na_1952, g_Na_1952, t_K_1952, g_K_1952,
    p, state, command, times, samples, size, work,
):  # fmt: skip
    """Step the clamped axon to V_step with some channels blocked and some sodium replaced; block and choline in %."""
    for i in range(RUN):
        times[i] = 0.05 * i if i <= 60 else 3.0 + 0.15 * (i - 60)
    for k in range(IV_SIZE):
        defaults(p)
        if axon_17 == 1.0:
            p[P_NA] = G_BAR_NA_17
            p[P_K] = G_BAR_K_17
        V_axis[k] = IV_LOW + IV_STEP * k
        step_to(V_axis[k], p, state, command, times, samples)
        t_peak, IV_intact[k] = sodium_peak(V_axis[k], p, times, samples, size, work)
        IV_K[k] = 0.001 * potassium(RUN - 1, p, samples) * (1.0 - 0.01 * tea) * (V_axis[k] - p[P_EK])
    p[P_NA] = p[P_NA] * (1.0 - 0.01 * ttx)
    p[P_K] = p[P_K] * (1.0 - 0.01 * tea)
    E_Na = p[P_ENA] + thermal_voltage(6.3) * math.log(1.0 - 0.01 * choline)
    p[P_ENA] = E_Na
    for k in range(IV_SIZE):
        step_to(V_axis[k], p, state, command, times, samples)
        t_peak, IV_Na[k] = sodium_peak(V_axis[k], p, times, samples, size, work)
    for k in range(len(FAMILY)):
        V = HOLDING + FAMILY[k]
        step_to(V, p, state, command, times, samples)
        for i in range(BEAM):
            j = 2 * i
            Na = sodium(j, p, samples) * (samples[j] - E_Na)
            K = potassium(j, p, samples) * (samples[j] - p[P_EK])
            family_t[k * (BEAM + 1) + i] = times[j]
            family_I[k * (BEAM + 1) + i] = 0.001 * (Na + K + p[P_L] * (samples[j] - p[P_EL]))
        family_t[k * (BEAM + 1) + BEAM] = math.nan
        family_I[k * (BEAM + 1) + BEAM] = math.nan
    step_to(V_step, p, state, command, times, samples)
    for i in range(SIZE):
        j = max(i - 1, 0)
        t[i] = times[j]
        g_Na[i] = sodium(j, p, samples)
        g_K[i] = potassium(j, p, samples)
        I_Na[i] = 0.001 * g_Na[i] * (samples[j] - E_Na)
        I_K[i] = 0.001 * g_K[i] * (samples[j] - p[P_EK])
        I[i] = I_Na[i] + I_K[i] + 0.001 * p[P_L] * (samples[j] - p[P_EL])
    t[0] = -1.0
    t_peak, I_peak = sodium_peak(V_step, p, times, samples, size, work)
    nearest = 0
    for k in range(len(STEPS_NA)):
        if math.fabs(HOLDING + STEPS_NA[k] - V_step) < math.fabs(HOLDING + STEPS_NA[nearest] - V_step):
            nearest = k
    measured = STEPS_NA[nearest]
    if math.fabs(HOLDING + measured - V_step) > 6.5:
        measured = math.nan
    for i in range(POINTS):
        t_Na_1952[i] = T_NA[nearest * POINTS + i]
        t_K_1952[i] = T_K[min(nearest, len(STEPS_K) - 1) * POINTS + i]
        g_Na_1952[i] = math.nan
        g_K_1952[i] = math.nan
        if measured > 0.0 and ttx == 0.0:
            g_Na_1952[i] = G_NA[nearest * POINTS + i]
        if measured > 6.0 and tea == 0.0:
            g_K_1952[i] = G_K[nearest * POINTS + i]
    if math.isnan(measured):
        measured = 0.0
    if math.fabs(I_peak) < LEAST or V_step <= HOLDING:
        t_peak = math.nan
    highest = index_of_maximum(g_Na, 0, SIZE)
    return 0.0, I_peak, t_peak, I_K[SIZE - 1], vertex(t, g_Na, highest, SIZE)[1], g_K[SIZE - 1], E_Na, measured


@portable
def say(V_step, ttx, tea, choline, axon_17, I_peak, t_peak, I_late, g_Na_peak, g_K_late, E_Na, measured):
    if ttx == 100.0:
        return 0 if tea == 100.0 else 1
    if tea == 100.0:
        return 2
    if g_Na_peak < 0.3:
        return 3
    if math.fabs(V_step - E_Na) <= 1.0:
        return 5
    return 4 if V_step > E_Na else 6


@portable
def check(changed, V_step, ttx, tea, choline, axon_17, I_peak, t_peak, I_late, g_Na_peak, g_K_late, E_Na, measured):
    if V_step != 0.0:
        return 3, V_step
    if ttx > 0.0:
        return 4, ttx
    if math.fabs(I_peak) < 0.06:
        return 0, choline
    return (1, I_peak) if I_peak < 0.0 else (2, I_peak)


@portable
def answer(V_step, ttx, tea, choline, axon_17, I_peak, t_peak, I_late, g_Na_peak, g_K_late, E_Na, measured):
    if I_peak > 0.05:
        return 2
    return 1 if I_peak > -0.05 else 0


def figure():
    drawn, (current, conductance, against_V) = fig.panels([90, 85, 85], shared=False)
    for panel in (current, conductance):
        fig.x_axis(panel, (_("time after the step"), "ms"), (-1, T_END), ticks=[0, 2, 4, 6, 8, 10, 12])
    fig.y_axis(current, (_("current, outward upwards"), "mA/cm²"), (-2, 5), ticks=[-2, 0, 2, 4])
    fig.curve(current, "family_t", "family_I", "muted", linewidth=0.7)
    fig.curve(current, "t", "I_Na", "Na", _("I_Na"), linestyle=(0, (1.5, 1.5)))
    fig.curve(current, "t", "I_K", "K", _("I_K"), linestyle=(0, (5, 2)))
    fig.curve(current, "t", "I", "ink", _("all"))
    fig.legend(current)
    fig.y_axis(conductance, (_("conductance"), "mS/cm²"), (0, 50), ticks=[0, 20, 40])
    fig.curve(conductance, "t", "g_Na", "Na", "g_Na")
    fig.curve(conductance, "t", "g_K", "K", "g_K", linestyle=(0, (5, 2)))
    fig.point(conductance, "t_Na_1952", "g_Na_1952", "Na", "1952", markersize=4.5)
    fig.point(conductance, "t_K_1952", "g_K_1952", "K", "1952", markersize=4.5, marker="s", fillstyle="none")
    fig.legend(conductance)
    fig.x_axis(against_V, (_("voltage of the step"), "mV"), (-105, 65), ticks=[-100, -50, 0, 50])
    fig.y_axis(against_V, (_("current"), "mA/cm²"), (-2, 5), ticks=[-2, 0, 2, 4])
    fig.curve(against_V, "V_axis", "IV_intact", "muted", linewidth=1.2, linestyle=(0, (1.5, 1.5)))
    fig.curve(against_V, "V_axis", "IV_Na", "Na", _("I_Na, peak"))
    fig.curve(against_V, "V_axis", "IV_K", "K", _("I_K at 12 ms"), linestyle=(0, (5, 2)))
    fig.point(against_V, "V_step", "I_peak", "Na", markersize=6)
    fig.point(against_V, "V_step", "I_late", "K", markersize=6)
    fig.legend(against_V)
    return drawn


explorer = Explorer(
    name="voltage_clamp",
    title=_("The squid axon under voltage clamp"),
    chapter="action-potential/conductances",
    caption=_(
        "Above: the current after a step from −65 mV (thick), its sodium and its potassium part, and in grey a "
        "family of "
        "steps to voltages between −55 and +44 mV. Middle: the two conductances, with points that Hodgkin and Huxley "
        "measured at the nearest of their steps (discs sodium, squares potassium). Below: the peak of the sodium "
        "current "
        "and the late potassium current against the voltage of the step; dotted, the sodium current of the intact axon."
    ),
    controls=(
        Slider("V_step", _("Voltage of the step"), -100, 60, 0, "mV", step=1),
        Slider("ttx", _("Sodium channels blocked (TTX)"), 0, 100, 0, "%", step=1),
        Slider("tea", _("Potassium channels blocked (TEA)"), 0, 100, 0, "%", step=1),
        Slider("choline", _("Outside sodium replaced by choline"), 0, 95, 0, "%", step=1),
        Toggle("axon_17", _("Conductances of their axon 17")),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time after the step")),
        Curve("I", SIZE, "mA/cm²", _("membrane current")),
        Curve("I_Na", SIZE, "mA/cm²", _("sodium current")),
        Curve("I_K", SIZE, "mA/cm²", _("potassium current")),
        Curve("g_Na", SIZE, "mS/cm²", _("sodium conductance")),
        Curve("g_K", SIZE, "mS/cm²", _("potassium conductance")),
        Curve("family_t", len(FAMILY) * (BEAM + 1), "ms", _("time, once for each step of the family"), gaps=True),
        Curve("family_I", len(FAMILY) * (BEAM + 1), "mA/cm²", _("membrane current of the family"), gaps=True),
        Curve("V_axis", IV_SIZE, "mV", _("voltage of the step")),
        Curve("IV_Na", IV_SIZE, "mA/cm²", _("peak of the sodium current")),
        Curve("IV_K", IV_SIZE, "mA/cm²", _("potassium current at 12 ms")),
        Curve("IV_intact", IV_SIZE, "mA/cm²", _("peak of the sodium current of the intact axon")),
        Curve("t_Na_1952", POINTS, "ms", _("times of the measured sodium conductance"), gaps=True),
        Curve("g_Na_1952", POINTS, "mS/cm²", _("sodium conductance, measured 1952"), gaps=True),
        Curve("t_K_1952", POINTS, "ms", _("times of the measured potassium conductance"), gaps=True),
        Curve("g_K_1952", POINTS, "mS/cm²", _("potassium conductance, measured 1952"), gaps=True),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "command": 3, "times": RUN, "samples": STATES * RUN,
        "size": RUN, "work": RUN,
    },
    readouts=(
        Readout("I_peak", _("peak of I_Na"), "mA/cm²", 2),
        Readout("t_peak", _("at"), "ms", 2, optional=True),
        Readout("I_late", _("I_K at 12 ms"), "mA/cm²", 2),
        Readout("g_Na_peak", _("peak of g_Na"), "mS/cm²", 1),
        Readout("g_K_late", _("g_K at 12 ms"), "mS/cm²", 1),
        Readout("E_Na", _("E_Na"), "mV", 1),
        Readout("measured", _("points: a step of"), "mV", 0),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("Both blocked: only the small current of the leak is left."),
        _(
            "With the sodium channels blocked the early inward current is gone. What remains rises late and stays: "
            "potassium, {I_late:2} mA/cm²."
        ),
        _(
            "With the potassium channels blocked the late current is gone. What remains comes at once and dies away "
            "although the step goes on: sodium, {I_peak:2} mA/cm² at its peak."
        ),
        _("So small a step, or one downwards, opens hardly any sodium channel."),
        _(
            "The step goes beyond E_Na = {E_Na} mV: the early sodium current flows outwards, {I_peak:2} mA/cm² at its "
            "peak."
        ),
        _(
            "The step goes to E_Na itself, {E_Na} mV: sodium channels open ({g_Na_peak} mS/cm²), but no sodium current "
            "flows."
        ),
        _(
            "First an inward current, {I_peak:2} mA/cm² at {t_peak:2} ms: sodium. Then an outward one that lasts, "
            "{I_late:2} mA/cm²: potassium."
        ),
    ),
    presets={
        _("Sodium blocked by TTX"): {"ttx": 100},
        _("Potassium blocked by TEA"): {"tea": 100},
        _("A tenth of the sodium"): {"choline": 90},
        _("A step to +50 mV, the balance of sodium"): {"V_step": 50},
        _("Measured steps: 26 mV above rest"): {"V_step": -39, "axon_17": True},
        _("Measured steps: 63 mV above rest"): {"V_step": -2, "axon_17": True},
        _("Measured steps: 109 mV above rest"): {"V_step": 44, "axon_17": True},
    },
    challenge=Challenge(
        _(
            "Make the early current vanish at a step to 0 mV, without a toxin, while the sodium channels open as "
            "before."
        ),
        check,
        (
            _(
                "With {off:0} % of the sodium replaced, E_Na is {E_Na} mV: the channels open ({g_Na_peak} mS/cm²) and "
                "nothing drives sodium through them."
            ),
            _("The early current is still {off:2} mA/cm², inwards."),
            _("Too far: the early current is now {off:2} mA/cm², outwards."),
            _("The step has to go to 0 mV."),
            _("TTX closes the channels; leave them open and take away what drives the current."),
        ),
    ),
    prediction=Prediction(
        _("Nine tenths of the sodium outside are replaced by choline. What is the early current of a step to +20 mV?"),
        {"V_step": 20, "choline": 90},
        (_("inward, smaller than before"), _("gone"), _("outward")),
        answer,
        (
            _("It is {I_peak:2} mA/cm², inwards."),
            _("It is {I_peak:2} mA/cm²."),
            _(
                "E_Na has moved to {E_Na} mV, and the step goes beyond it: sodium leaves the axon through its own "
                "channels, {I_peak:2} mA/cm²."
            ),
        ),
    ),
)
