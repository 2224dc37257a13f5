"""Calcium as a signal: its gradient, its Nernst potential, and the potassium channels that it opens."""

from neurolib.cells import mammalian_sk
from neurolib.channels.calcium import calcium_reversal
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorers._calcium_scenes import signal_scene
from neurolib.explorers._spikes_drawn import FINER, standing_out
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse
from neurolib.spikes import crossing, index_of_maximum, index_of_minimum, last_away, vertex

SIZE, T_START, T_END, DT = 1551, -20.0, 600.0, 0.02
CHUNKS, CHUNK = 10, 156  # the run is drawn piece by piece; samples of a piece, both ends counted
FINE = FINER * (CHUNK - 1) + 1
STEP_LENGTH, PULSE, PULSE_LENGTH = 400.0, 40.0, 1.0  # ms, µA/cm², ms
QUIET = 15.0  # ms after the last spike from which V counts as afterpotential
CAPACITY = 200
LINE, Ca_LOW, Ca_HIGH = 2, 1e-2, 1e2  # µM, of the lowest panel
CELL = mammalian_sk
STATES, PARAMETERS = len(CELL.state_names), len(CELL.parameter_names)
CALCIUM, SK_GATE = CELL.state_index("Ca"), CELL.state_index("q_SK")
CHANNELS = [channel.name for channel in CELL.channels]
ALL_CHANNELS, L_TYPE, SK = len(CHANNELS), CHANNELS.index("CaL"), CHANNELS.index("SK")
T = CELL.temperature_celsius
KERNEL = CELL.kernel
defaults, rest, integrate, currents_of = KERNEL.defaults, KERNEL.rest, KERNEL.integrate, KERNEL.channel_currents
G_CA, G_SK, CA_REST, CA_TAU, CA_OUT = (CELL.index(n) for n in ("g_bar_CaL", "g_bar_SK", "Ca_rest", "Ca_tau", "Ca_out"))
PROTOCOLS = ("pulse", "step")
STEP = PROTOCOLS.index("step")


@portable
def set_up(c, g_SK, p, stimulus):
    """Parameters of the cell, with ``g_SK`` mS/cm² of SK conductance, and its stimulus."""
    defaults(p)
    p[G_SK] = g_SK
    p[G_CA] = c.g_CaL
    p[CA_TAU] = c.Ca_tau
    p[CA_REST] = 1e-6 * c.Ca_in
    p[CA_OUT] = c.Ca_out
    if c.protocol == STEP:
        put_pulse(stimulus, 0, 0.0, STEP_LENGTH, c.I)
    else:
        put_pulse(stimulus, 0, 0.0, PULSE_LENGTH, PULSE)


@portable
def model(c, y, r):
    """The Nernst potentials (mV) and the rest; the runs are the sweep's."""
    for i in range(SIZE):
        y.t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
        y.V[i] = math.nan
        y.V_free[i] = math.nan
        y.Ca[i] = math.nan
        y.SK_open[i] = math.nan
        y.I_Ca[i] = math.nan
        y.I_SK[i] = math.nan
    for i in range(LINE):
        y.Ca_line[i] = Ca_LOW if i == 0 else Ca_HIGH
        y.E_line[i] = calcium_reversal(1e-3 * y.Ca_line[i], c.Ca_out, T)
        y.E_single[i] = nernst(1.0, 1e-3 * y.Ca_line[i], c.Ca_out, T)
    p, stimulus = zeros(PARAMETERS), zeros(6)
    set_up(c, c.g_SK, p, stimulus)
    r.V_rest = rest(p, 0.0, y.state)
    r.E_Ca = calcium_reversal(1e-6 * c.Ca_in, c.Ca_out, T)
    r.per_decade = 0.5 * thermal_voltage(T) * math.log(10.0)
    r.ratio = 1e6 * c.Ca_out / c.Ca_in
    r.Ca_rest = 1e-3 * c.Ca_in
    r.Ca_peak = r.Ca_rest
    r.E_peak = calcium_reversal(1e-3 * r.Ca_peak, c.Ca_out, T)
    r.E_note = calcium_reversal(3e-5, c.Ca_out, T) + 65.0
    r.single_note = nernst(1.0, 1.5e-3, c.Ca_out, T) + 60.0
    length = STEP_LENGTH if c.protocol == STEP else PULSE_LENGTH
    for i in range(4):
        y.stimulus_t[i] = length if i > 1 else 0.0
        y.stimulus[i] = (c.I if c.protocol == STEP else 8.0) if i == 1 or i == 2 else 0.0
    if c.protocol == STEP:
        r.step_height = c.I
        r.current_note = c.I + 1.0
    r.count = 0.0
    r.count_free = 0.0
    r.done = 0.0
    return "ok"


@portable
def afterpotential(c, t, V, last_spike, t_down, V_rest):
    """How far V falls below its rest after the last spike (mV), and how long after the end of that spike, ``t_down``, it
    stays away from it (ms)."""
    after_step = STEP_LENGTH if c.protocol == STEP else 0.0
    first = 0
    for i in range(SIZE):
        if t[i] <= max(last_spike, after_step) + QUIET:
            first = i
    depth = V_rest - vertex(t, V, index_of_minimum(V, first, SIZE), SIZE)[1]
    if depth > 0.5:
        return depth, last_away(t, V, first, SIZE, V_rest, 0.5) - t_down
    return (depth if depth >= 0.01 else 0.0), 0.0


@portable
def last_fall(times, samples, before):
    """Time at which V falls through 0 mV for the last time within these samples, ms; ``before`` if it does not."""
    last = before
    for i in range(FINE - 1):
        if samples[i] > 0.0 and samples[i + 1] <= 0.0:
            last = crossing(times, samples, i, i + 2, 0.0, -1.0)
    return last


@portable
def put_scene(y, p, samples, offset):
    """The currents of a piece, µA/cm², and the share of SK channels that is open, q²."""
    conductances, currents = zeros(ALL_CHANNELS * FINE), zeros(ALL_CHANNELS * FINE)
    currents_of(p, samples, FINE, conductances, currents)
    for i in range(CHUNK):
        q = samples[SK_GATE * FINE + FINER * i]
        y.SK_open[offset + i] = q * q
        y.I_Ca[offset + i] = currents[L_TYPE * FINE + FINER * i]
        y.I_SK[offset + i] = currents[SK * FINE + FINER * i]


@portable
def step(c, y, r, number):
    """A piece of the reader's run, or, after the last of them, of the run without SK channels."""
    free = 1 if number >= CHUNKS else 0
    chunk = int(number) - CHUNKS * free
    p, stimulus, times, samples, crossings = zeros(PARAMETERS), zeros(6), zeros(FINE), zeros(STATES * FINE), zeros(CAPACITY)
    t, V, V_free, Ca, state = y.t, y.V, y.V_free, y.Ca, y.state
    set_up(c, c.g_SK if free == 0 else 0.0, p, stimulus)
    if chunk == 0:
        rest(p, 0.0, state)
    offset = chunk * (CHUNK - 1)
    for i in range(FINE):
        times[i] = t[offset] + (t[1] - t[0]) * i / FINER
    _failed, count = integrate(
        state, p, stimulus, 2, times[0], times[FINE - 1], times, FINE, samples, crossings, CAPACITY, 0.0, DT
    )  # fmt: skip
    if free == 1:
        for i in range(CHUNK):
            V_free[offset + i] = standing_out(samples, FINER * i)
        r.count_free = r.count_free + count
        r.done = 1.0 if chunk == CHUNKS - 1 else 0.0
        return "ok"
    for i in range(CHUNK):
        V[offset + i] = standing_out(samples, FINER * i)
        Ca[offset + i] = 1e3 * samples[CALCIUM * FINE + FINER * i]
    put_scene(y, p, samples, offset)
    r.Ca_peak = max(r.Ca_peak, 1e3 * samples[index_of_maximum(samples, CALCIUM * FINE, (CALCIUM + 1) * FINE)])
    r.E_peak = calcium_reversal(1e-3 * r.Ca_peak, c.Ca_out, T)
    r.t_down = last_fall(times, samples, r.t_down)
    for k in range(count):
        if r.count > 0.0:
            r.last = crossings[k] - r.last_spike
        if r.count == 1.0:
            r.first = r.last
        r.last_spike = crossings[k]
        r.count = r.count + 1.0
    if chunk == CHUNKS - 1 and r.count > 0.0:
        r.ahp, r.ahp_end = afterpotential(c, t, V, r.last_spike, r.t_down, r.V_rest)
    return "ok"


@outcome
def say_pulse(c, r):
    """The sentence after one short pulse that makes a spike."""
    if r.count > 1.0:
        return "several"
    if r.Ca_peak < 1.05 * r.Ca_rest:
        return "one_without_calcium"
    return "one_with_dip" if r.ahp > 0.5 else "one_without_dip"


@outcome
def say_step(c, r):
    """The sentence for a step that makes spikes."""
    silence = STEP_LENGTH - r.last_spike
    if r.count < 3.0:
        if r.count >= r.count_free or r.Ca_peak < 1.2 * r.Ca_rest:
            return "few"
        if silence < 100.0:
            return "far_apart" if r.count == 2.0 else "few"
        return "silenced_after_one" if r.count == 1.0 else "silenced"
    if r.count < 0.5 * r.count_free and silence > 2.0 * r.last and silence > 100.0:
        return "silenced"
    if r.last > 1.5 * r.first:
        return "adaptation" if r.count < r.count_free else "other_adaptation"
    return "slowed" if r.count < 0.7 * r.count_free else "regular"


@outcome
def say(c, r):
    if r.done == 0.0:
        return "running"
    if r.count == 0.0:
        return "no_spike"
    return say_step(c, r) if c.protocol == STEP else say_pulse(c, r)


@outcome
def check(c, r):
    """Ten spikes or more, the last interval less than 1.25 times the first, SK and half of the calcium channels there."""
    if c.g_CaL < 0.1:
        r.off = c.g_CaL
        return "too_few_channels"
    if c.protocol != STEP or c.I != 4.0 or c.g_SK != 0.05:
        return "settings"
    r.off = r.count
    if r.count < 10.0:
        return "too_few"
    r.off = r.last / r.first
    return "done" if r.last < 1.25 * r.first else "adapting"


@outcome
def answer(c, r):
    if r.count < 12.0:
        return "fewer"
    return "as_many" if r.count < 30.0 else "twice"


def strip(ax, limits):
    """A scale of its own for what stands along the edge of a panel, without ticks."""
    scale = ax.twinx()
    fig.scale_axis(scale, "y", limits)
    scale.axis("off")
    return scale


def figure():
    drawn, (voltage, calcium, nernst_lines) = fig.panels([84, 44, 70], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, calcium)
    fig.x_axis(calcium, (_("time"), "ms"), (T_START, T_END), ticks=[0, 200, 400, 600])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-130, 110), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "t", "V", "ink", linewidth=1.1, given=True)
    above = strip(voltage, (-1000, 60))  # the run without SK channels, small, along the top
    fig.curve(above, "t", "V_free", "muted", linewidth=0.7)
    fig.note(above, _("without SK"), T_END, 28, "muted", ha="right")
    below = strip(voltage, (-0.6, 60))
    fig.curve(below, "stimulus_t", "stimulus", "stimulus", linewidth=1.6, given=True)
    fig.point(below, STEP_LENGTH, "step_height", "stimulus", markersize=5, given=True, drag={"y": "I"})
    fig.note(below, _("current"), 420, "current_note", "stimulus", given=True)
    fig.y_axis(calcium, (_("calcium inside; near 1 it opens SK"), "µM"), (0.1, 30), "log", ticks=[0.1, 1, 10])
    fig.level(calcium, 1.0, "muted", linewidth=1.0)
    fig.curve(calcium, "t", "Ca", "Ca")
    fig.x_axis(nernst_lines, (_("calcium inside"), "µM"), (Ca_LOW, Ca_HIGH), "log", ticks=[0.01, 0.1, 1, 10, 100])
    fig.y_axis(nernst_lines, (_("Nernst potential"), "mV"), (0, 340), ticks=[0, 100, 200, 300])
    fig.curve(nernst_lines, "Ca_line", "E_single", "muted", linestyle=(0, (5, 2)), linewidth=1.3)
    fig.note(nernst_lines, _("if its charge were 1"), 1.2, "single_note", "muted")
    fig.curve(nernst_lines, "Ca_line", "E_line", "Ca")
    fig.note(nernst_lines, _("E_Ca"), 0.03, "E_note", "Ca")
    fig.note(nernst_lines, _("● at rest"), 0.013, 42, "ink")
    fig.note(nernst_lines, _("■ peak"), 0.2, 42, "accent")
    fig.point(nernst_lines, "Ca_peak", "E_peak", "accent", marker="s", markersize=6)
    inside = drawn.add_axes(nernst_lines.get_position(), sharey=nernst_lines)  # in nM, in which the reader sets the rest
    fig.scale_axis(inside, "x", (1e3 * Ca_LOW, 1e3 * Ca_HIGH), "log")
    inside.axis("off")
    fig.point(inside, "Ca_in", "E_Ca", "ink", markersize=6, drag={"x": "Ca_in"})
    return drawn


explorer = Explorer(
    chapter="action-potential/calcium-spikes",
    controls=dict(
        protocol=Choice(PROTOCOLS, "step"),
        I=Slider(0, 8, 4, "µA/cm²", step=0.1, only_if=("protocol", STEP)),
        g_SK=Slider(0, 0.4, 0.05, "mS/cm²", step=0.005),
        g_CaL=Slider(0, 0.25, 0.2, "mS/cm²", step=0.01),
        Ca_tau=Slider(5, 300, 80, "ms", scale="log"),
        Ca_in=Slider(20, 1000, 240, "nM", scale="log"),
        Ca_out=Slider(0.2, 10, 2, "mM", scale="log"),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        V_free=Curve(SIZE, "mV"),
        Ca=Curve(SIZE, "µM"),
        SK_open=Curve(SIZE),
        I_Ca=Curve(SIZE, "µA/cm²"),
        I_SK=Curve(SIZE, "µA/cm²"),
        Ca_line=Curve(LINE, "µM"),
        E_line=Curve(LINE, "mV"),
        E_single=Curve(LINE, "mV"),
        stimulus_t=Curve(4, "ms"),
        stimulus=Curve(4, "µA/cm²"),
    ),
    readouts=dict(
        E_Ca=Readout("mV"),
        per_decade=Readout("mV"),
        ratio=Readout("", 0),
        Ca_peak=Readout("µM", 2),
        E_peak=Readout("mV"),
        count=Readout("", 0),
        count_free=Readout("", 0),
        first=Readout("ms", optional=True),
        last=Readout("ms", optional=True),
        ahp=Readout("mV", optional=True),
        ahp_end=Readout("ms", 0, optional=True),
        last_spike=Readout("ms", 0, shown=False, optional=True),
        V_rest=Readout("mV", shown=False),
        Ca_rest=Readout("µM", 2, shown=False),
        step_height=Readout("µA/cm²", shown=False, optional=True),
        current_note=Readout("µA/cm²", shown=False, optional=True),
        E_note=Readout("mV", shown=False),
        single_note=Readout("mV", shown=False),
        done=Readout("", 0, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "one_spike_with_sk": {"protocol": "pulse"},
        "one_spike_in_apamin": {"protocol": "pulse", "g_SK": 0},
        "adaptation": {"protocol": "step"},
        "step_in_apamin": {"protocol": "step", "g_SK": 0},
        "step_cleared_in_10_ms": {"protocol": "step", "Ca_tau": 10},
        "step_much_sk": {"protocol": "step", "g_SK": 0.2},
    },
    sweep=Sweep(2 * CHUNKS, step, numbers=("t_down",), arrays={"state": STATES}),
    scene=signal_scene(),
    time="t",
    main=("g_SK", "Ca_tau"),
    shows=("count", "first", "last"),
    story={
        "adapts": {},
        "one_spike": {"protocol": "pulse"},
        "apamin": {"g_SK": 0},
        "cleared": {"Ca_tau": 10},
    },
    challenge=Challenge(check, solution={"g_CaL": 0.1, "Ca_tau": 5}),
    prediction=Prediction(answer, {"protocol": "step", "g_SK": 0}),
    cells=(CELL,),
)
