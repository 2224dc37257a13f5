"""Voltage clamp of the squid axon: the current that a step draws, its parts, and what Hodgkin & Huxley measured.

The gates are exact exponentials at a constant voltage, so the numbers do not depend on a time step; peaks are vertices
of parabolas through samples 0.05 ms apart.
"""

from neurolib.cells import squid_axon
from neurolib.data import conductances
from neurolib.electrochemistry import thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider, Toggle
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorers._membrane import clamp_rig
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_row
from neurolib.spikes import index_of_maximum, index_of_minimum, vertex

POINTS = 13  # the most that were measured in one step


def measured(quantity):
    """Depolarisations (mV), then times (ms) and conductances (mS/cm²), flat, with POINTS places for each (``nan``: none)."""
    read = conductances(quantity)
    places = []
    for points in read.values():
        some = [(float(f"{t:.3g}"), float(f"{g:.3g}")) for t, g in zip(points.time, points.conductance, strict=True)]
        places += some + [(math.nan, math.nan)] * (POINTS - len(some))
    return tuple(read), *zip(*places, strict=True)


STEPS, T_K, G_K = measured("g_K")
_STEPS, T_NA, G_NA = measured("g_Na")  # the same
G_BAR_NA_17, G_BAR_K_17 = 70.7, 24.31  # mS/cm², of axon 17 alone (the model: 120 and 36), same paper
HOLDING, RUN, T_END = -65.0, 121, 12.0
LEAST = 1e-4  # mA/cm²: a smaller sodium current has no peak worth a time
LARGEST = 4.6  # mA/cm², of the scene's arrows
SEEN = 0.02  # mA/cm²: a smaller current does not show
SIZE = RUN + 1
FAMILY = (10.0, 26.0, 38.0, 51.0, 63.0, 76.0, 88.0, 100.0, 109.0)
BEAM = 61  # samples of each line of the family, and one gap between lines
IV_SIZE, IV_LOW, IV_STEP = 33, -100.0, 5.0
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
KERNEL = squid_axon.kernel
defaults, steady_state, clamp = KERNEL.defaults, KERNEL.steady_state, KERNEL.clamp
P_NA, P_K, P_ENA = (squid_axon.index(name) for name in ("g_bar_Na", "g_bar_K", "E_Na"))
P_EK, P_L, P_EL = (squid_axon.index(name) for name in ("E_K", "g_bar_L", "E_L"))


@portable
def step_to(V, p, times, samples):
    """Sample V and the gates after a step from the holding voltage to V at 0 ms."""
    state, command = zeros(STATES), zeros(3)
    steady_state(HOLDING, p, state)
    put_row(command, 0, 0.0, V, 0.0)
    clamp(state, p, command, 1, 0.0, T_END, times, RUN, samples, 0.01)


@portable
def sodium(i, p, samples):
    """g_Na = g_bar_Na m³h at sample i, mS/cm²."""
    m = samples[RUN + i]
    return p[P_NA] * m * m * m * samples[2 * RUN + i]


@portable
def potassium(i, p, samples):
    """g_K = g_bar_K n⁴ at sample i, mS/cm²."""
    n = samples[3 * RUN + i]
    return p[P_K] * n * n * n * n


@portable
def sodium_peak(V, p, times, samples):
    """Time (ms) and value (mA/cm²) of the sodium current of largest size."""
    I, size = zeros(RUN), zeros(RUN)
    for i in range(RUN):
        I[i] = 0.001 * sodium(i, p, samples) * (V - p[P_ENA])
        size[i] = math.fabs(I[i])
    return vertex(times, I, index_of_maximum(size, 1, RUN), RUN)


@portable
def put_against_voltage(p, times, V_axis, Na, K):
    """Peak of the sodium current and late potassium current (mA/cm²) of a step to each voltage of the axis (mV)."""
    samples = zeros(STATES * RUN)
    for k in range(IV_SIZE):
        V = V_axis[k]
        step_to(V, p, times, samples)
        Na[k] = sodium_peak(V, p, times, samples)[1]
        K[k] = 0.001 * potassium(RUN - 1, p, samples) * (V - p[P_EK])


@portable
def put_family(p, times, t, I):
    """Membrane currents (mA/cm²) of the family of steps against time (ms), one after the other with gaps between."""
    samples = zeros(STATES * RUN)
    for k in range(len(FAMILY)):
        step_to(HOLDING + FAMILY[k], p, times, samples)
        first = k * (BEAM + 1)
        for i in range(BEAM):
            j = 2 * i
            Na = sodium(j, p, samples) * (samples[j] - p[P_ENA])
            K = potassium(j, p, samples) * (samples[j] - p[P_EK])
            t[first + i] = times[j]
            I[first + i] = 0.001 * (Na + K + p[P_L] * (samples[j] - p[P_EL]))
        t[first + BEAM] = math.nan
        I[first + BEAM] = math.nan


@portable
def put_measured(c, y):
    """The points of 1952 of the nearest step, each quantity unless its channels are blocked; returns that step, mV.

    A step further than 6.5 mV away shows no points, and 0 is returned.
    """
    nearest = 0
    for k in range(len(STEPS)):
        if math.fabs(HOLDING + STEPS[k] - c.V_step) < math.fabs(HOLDING + STEPS[nearest] - c.V_step):
            nearest = k
    depolarisation = STEPS[nearest]
    if math.fabs(HOLDING + depolarisation - c.V_step) > 6.5:
        depolarisation = 0.0
    first = nearest * POINTS
    for i in range(POINTS):
        y.t_Na_1952[i] = T_NA[first + i]
        y.t_K_1952[i] = T_K[first + i]
        y.g_Na_1952[i] = G_NA[first + i] if depolarisation > 0.0 and c.ttx == 0.0 else math.nan
        y.g_K_1952[i] = G_K[first + i] if depolarisation > 0.0 and c.tea == 0.0 else math.nan
    return depolarisation


@portable
def put_note(y, r):
    """Where the words for the measured points stand: below the last of potassium's, or above where there is no room."""
    r.y_1952 = 40.0
    for i in range(POINTS):
        if not math.isnan(y.g_K_1952[i]):
            r.some_1952 = 1.0
            r.y_1952 = y.g_K_1952[i] - 10.0 if y.g_K_1952[i] > 13.0 else 16.0


@portable
def model(c, y, r):
    """Step the clamped axon to V_step with some channels blocked and some sodium replaced; block and choline in %."""
    t, V_axis, g_Na, g_K, I_Na, I_K = y.t, y.V_axis, y.g_Na, y.g_K, y.I_Na, y.I_K
    p, times, samples = zeros(PARAMETERS), zeros(RUN), zeros(STATES * RUN)
    defaults(p)
    if c.axon_17 == 1.0:
        p[P_NA] = G_BAR_NA_17
        p[P_K] = G_BAR_K_17
    for i in range(RUN):
        times[i] = 0.05 * i if i <= 60 else 3.0 + 0.15 * (i - 60)
    for k in range(IV_SIZE):
        V_axis[k] = IV_LOW + IV_STEP * k
    put_against_voltage(p, times, V_axis, y.IV_intact, y.IV_K)  # intact; the late current is filled anew below
    p[P_NA] = p[P_NA] * (1.0 - 0.01 * c.ttx)
    p[P_K] = p[P_K] * (1.0 - 0.01 * c.tea)
    p[P_ENA] = p[P_ENA] + thermal_voltage(6.3) * math.log(1.0 - 0.01 * c.choline)
    put_against_voltage(p, times, V_axis, y.IV_Na, y.IV_K)
    put_family(p, times, y.family_t, y.family_I)
    step_to(c.V_step, p, times, samples)
    for i in range(SIZE):
        j = max(i - 1, 0)
        t[i] = times[j]
        y.V[i] = samples[j]
        y.command[i] = HOLDING if i < 2 else c.V_step  # as V, which is read before it jumps
        y.m[i] = samples[RUN + j]
        y.h[i] = samples[2 * RUN + j]
        y.n[i] = samples[3 * RUN + j]
        g_Na[i] = sodium(j, p, samples)
        g_K[i] = potassium(j, p, samples)
        I_Na[i] = 0.001 * g_Na[i] * (samples[j] - p[P_ENA])
        I_K[i] = 0.001 * g_K[i] * (samples[j] - p[P_EK])
        y.I[i] = I_Na[i] + I_K[i] + 0.001 * p[P_L] * (samples[j] - p[P_EL])
    t[0] = -1.0
    t_peak, I_peak = sodium_peak(c.V_step, p, times, samples)
    r.I_peak = I_peak
    if math.fabs(I_peak) >= LEAST and c.V_step > HOLDING:
        r.t_peak = t_peak
    r.I_late = I_K[SIZE - 1]
    r.g_Na_peak = vertex(t, g_Na, index_of_maximum(g_Na, 0, SIZE), SIZE)[1]
    r.g_K_late = g_K[SIZE - 1]
    r.E_Na = p[P_ENA]
    r.open_Na = 100.0 * r.g_Na_peak / p[P_NA] if p[P_NA] > 0.0 else 0.0
    lowest = index_of_minimum(y.I, 2, SIZE)  # the sample at 0 ms is from before the step
    r.I_least = vertex(t, y.I, lowest, SIZE)[1] if lowest > 2 else y.I[2]
    r.I_end = y.I[SIZE - 1]
    r.measured = put_measured(c, y)
    r.t_open = min(t[index_of_maximum(g_Na, 0, SIZE)], 2.0) if r.g_Na_peak > 0.3 else 0.2
    if c.choline > 0.0 or c.ttx > 0.0:
        r.changed = 1.0
    put_note(y, r)
    return "ok"


@outcome
def say(c, r):
    if c.ttx == 100.0:
        if c.tea == 100.0:
            return "only_leak"
        return "without_sodium" if r.I_late >= 0.05 else "without_sodium_quiet"
    if r.open_Na < 1.0:
        return "hardly_open"
    if r.g_Na_peak < 1.0 and c.ttx > 50.0:
        return "few_left"
    if math.fabs(c.V_step - r.E_Na) <= 1.0:
        return "balance"
    if math.fabs(r.I_peak) < 0.03 and math.fabs(c.V_step - r.E_Na) < 4.0:
        return "near_balance"
    if c.tea == 100.0:
        return "without_potassium"
    if c.V_step > r.E_Na:
        return "beyond"
    if r.I_least > -SEEN:
        return "hidden"
    return "both" if r.I_end > SEEN and r.I_late > SEEN else "inward_only"


@outcome
def check(c, r):
    """No early current, to 0.06 mA/cm², at a step to 0 mV without TTX."""
    r.off = c.choline
    if c.V_step != 0.0:
        return "other_step"
    if c.ttx > 0.0:
        return "toxin"
    if math.fabs(r.I_peak) < 0.06:
        return "done"
    r.off = r.I_peak
    return "inward" if r.off < 0.0 else "outward"


@outcome
def answer(c, r):
    if r.I_peak > 0.05:
        return "outward"
    return "gone" if r.I_peak > -0.05 else "inward"


def figure():
    drawn, (current, conductance, against_V) = fig.panels([74, 56, 68], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(current, conductance)
    fig.x_axis(conductance, (_("time after the step"), "ms"), (-1, T_END), ticks=[0, 4, 8, 12])
    fig.y_axis(current, (_("current, outward upwards"), "mA/cm²"), (-2.2, 4.8), ticks=[-2, 0, 2, 4])
    fig.given(current.axhline(0, color=fig.COLOURS["muted"], linewidth=0.8))
    fig.curve(current, "family_t", "family_I", "muted", linewidth=0.6, alpha=0.6)
    fig.curve(current, "t", "I_Na", "Na", "I_Na", at=2.4, above=False, linewidth=1.5, linestyle=(0, (4, 1.5)))
    fig.curve(current, "t", "I_K", "K", "I_K", at=9.5, above=False, linewidth=1.5, linestyle=(0, (4, 1.5)))
    fig.curve(current, "t", "I", "ink", _("both together"), at=5.5)
    fig.y_axis(conductance, (_("conductance"), "mS/cm²"), (0, 54), ticks=[0, 20, 40])
    fig.curve(conductance, "t", "g_Na", "Na", "g_Na", at="t_open")
    fig.curve(conductance, "t", "g_K", "K", "g_K", at=5)
    fig.point(conductance, "t_Na_1952", "g_Na_1952", "Na", markersize=4.5)
    fig.point(conductance, "t_K_1952", "g_K_1952", "K", markersize=4.5, marker="s", fillstyle="none")
    fig.note(conductance, _("points: axon 17, 1952"), T_END, "y_1952", "muted", ha="right", only_if="some_1952")
    fig.x_axis(against_V, (_("voltage of the step"), "mV"), (-103, 63), ticks=[-100, -50, 0, 50])
    fig.y_axis(against_V, (_("current"), "mA/cm²"), (-2.2, 4.8), ticks=[-2, 0, 2, 4])
    fig.given(against_V.axhline(0, color=fig.COLOURS["muted"], linewidth=0.8))
    fig.tag(against_V, _("I_Na, peak"), "V_axis", "IV_intact", -70, "Na", given=True)
    fig.curve(against_V, "V_axis", "IV_intact", "Na", linewidth=1.2, linestyle=(0, (1.5, 1.5)), given=True)
    fig.note(against_V, _("intact"), 30, -1.5, "Na", only_if="changed")
    fig.curve(against_V, "V_axis", "IV_Na", "Na")
    fig.curve(against_V, "V_axis", "IV_K", "K")
    fig.tag(against_V, _("I_K at 12 ms"), "V_axis", "IV_K", 13, "K", ha="right")
    fig.point(against_V, "E_Na", 0, "Na", markersize=6, fillstyle="none")
    fig.tag(against_V, "E_Na", "V_axis", "IV_Na", "E_Na", "Na", ha="right")
    fig.event(against_V, "V_step", "muted", linewidth=1.0)
    fig.point(against_V, "V_step", "I_late", "K", markersize=7, drag={"x": "V_step"})
    fig.point(against_V, "V_step", "I_peak", "Na", markersize=7, drag={"x": "V_step"})
    fig.guess(against_V, 20)
    return drawn


def scene():
    """The rig: an axon with a wire that reads V and a wire that carries the amplifier's current, and two of its channels."""
    return clamp_rig("I", "choline", LARGEST, at=0.6)


explorer = Explorer(
    chapter="action-potential/conductances",
    controls=dict(
        V_step=Slider(-100, 60, 0, "mV", step=1),
        ttx=Slider(0, 100, 0, "%", step=1),
        tea=Slider(0, 100, 0, "%", step=1),
        choline=Slider(0, 95, 0, "%", step=1),
        axon_17=Toggle(),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        command=Curve(SIZE, "mV"),
        m=Curve(SIZE),
        h=Curve(SIZE),
        n=Curve(SIZE),
        I=Curve(SIZE, "mA/cm²"),
        I_Na=Curve(SIZE, "mA/cm²"),
        I_K=Curve(SIZE, "mA/cm²"),
        g_Na=Curve(SIZE, "mS/cm²"),
        g_K=Curve(SIZE, "mS/cm²"),
        family_t=Curve(len(FAMILY) * (BEAM + 1), "ms", gaps=True),
        family_I=Curve(len(FAMILY) * (BEAM + 1), "mA/cm²", gaps=True),
        V_axis=Curve(IV_SIZE, "mV"),
        IV_Na=Curve(IV_SIZE, "mA/cm²"),
        IV_K=Curve(IV_SIZE, "mA/cm²"),
        IV_intact=Curve(IV_SIZE, "mA/cm²"),
        t_Na_1952=Curve(POINTS, "ms", gaps=True),
        g_Na_1952=Curve(POINTS, "mS/cm²", gaps=True),
        t_K_1952=Curve(POINTS, "ms", gaps=True),
        g_K_1952=Curve(POINTS, "mS/cm²", gaps=True),
    ),
    readouts=dict(
        I_peak=Readout("mA/cm²", 2),
        t_peak=Readout("ms", 2, optional=True),
        I_late=Readout("mA/cm²", 2),
        g_Na_peak=Readout("mS/cm²"),
        g_K_late=Readout("mS/cm²"),
        E_Na=Readout("mV"),
        open_Na=Readout("%", 2, shown=False),
        I_least=Readout("mA/cm²", 2, shown=False),
        I_end=Readout("mA/cm²", 2, shown=False),
        measured=Readout("mV", 0),
        t_open=Readout("ms", 2, shown=False),
        y_1952=Readout("mS/cm²", shown=False),
        some_1952=Readout("", 0, shown=False, optional=True),
        changed=Readout("", 0, shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    overlay="I",
    presets={
        "TTX": {"ttx": 100},
        "TEA": {"tea": 100},
        "tenth_of_sodium": {"choline": 90},
        "balance": {"V_step": 50},
        "step_26": {"V_step": -39, "axon_17": True},
        "step_63": {"V_step": -2, "axon_17": True},
        "step_109": {"V_step": 44, "axon_17": True},
    },
    main=("V_step", "choline"),
    shows=("I_peak", "t_peak", "I_late"),
    story={
        "step": {},
        "TTX": {"ttx": 100},
        "balance": {"V_step": 50},
        "choline": {"V_step": 20, "choline": 90},
    },
    challenge=Challenge(check, solution={"choline": 87.5}),
    prediction=Prediction(answer, {"V_step": 20, "choline": 90}, Guess("I_peak", near=0.2)),
    cells=(squid_axon,),
)
