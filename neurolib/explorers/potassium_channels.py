"""Potassium channels at work: who carries the outward charge at rest and in each phase of a spike; a step and its tail.

The spike is second-order accurate in steps of 0.01 ms; the clamped gates are exact exponentials.
"""

from neurolib.cells import mammalian_neuron, squid_axon_split_leak, with_calcium
from neurolib.channels import cortical, squid
from neurolib.channels.calcium import BK
from neurolib.channels.cortical import KV1, KV2, kv1_alpha, kv1_beta, kv2_h_inf, kv2_h_tau, kv2_m_inf, kv2_m_tau
from neurolib.channels.relaxation import relaxed, relaxed_by_rates
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._membrane import channel_gates, ions, put_channel
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse
from neurolib.spikes import index_of_maximum, vertex, width_at

MAMMAL = with_calcium(mammalian_neuron.with_channel(KV1, KV2), BK, depth=0.1, tau=5.0, name="mammalian_potassium")
SQUID = squid_axon_split_leak
CELLS = ("mammal", "squid")
NEURON, AXON = CELLS.index("mammal"), CELLS.index("squid")
SIZE, T_END, HEAD = 801, 16.0, 2  # samples of the run; two points before it show the rest
WHOLE = HEAD + SIZE
STATES, PARAMETERS = len(MAMMAL.state_names), len(MAMMAL.parameter_names)
CHANNELS = len(MAMMAL.channels)
N, A = MAMMAL.kernel, SQUID.kernel
defaults_n, rest_n, integrate_n, currents_n = N.defaults, N.rest, N.integrate, N.channel_currents
defaults_a, rest_a, integrate_a, currents_a = A.defaults, A.rest, A.integrate, A.channel_currents
NAMES = ("KL", "Kv1", "K", "Kv2", "BK")
NO_ROW = -1  # of a channel that a cell lacks
PLACES_N = tuple(MAMMAL.index(f"g_bar_{name}") for name in NAMES)
G_LEAK_N, G_KV1_N, G_DR_N, G_KV2_N, G_BK_N = PLACES_N
G_LEAK_A, G_DR_A = SQUID.index("g_bar_KL"), SQUID.index("g_bar_K")
PLACES_A = (G_LEAK_A, NO_ROW, G_DR_A, NO_ROW, NO_ROW)


def rows_of(cell):
    """Which of the cell's channels each of ``NAMES`` is."""
    names = [channel.name for channel in cell.channels]
    return tuple(names.index(name) if name in names else NO_ROW for name in NAMES)


ROWS_N, ROWS_A = rows_of(MAMMAL), rows_of(SQUID)
STEP_SIZE, STEP_ON, STEP_END, HOLD, TAIL = 241, 5.0, 60.0, -90.0, -60.0
DR, KV1_1, KV2_1, A_TYPE = range(4)  # the channels of the step experiment
SPEED = 3.0**1.4
squid_alpha, squid_beta, cortical_alpha, cortical_beta = squid.alpha_n, squid.beta_n, cortical.alpha_n, cortical.beta_n
a_type_m_inf, a_type_m_tau = cortical.a_type_m_inf, cortical.a_type_m_tau
a_type_h_inf, a_type_h_tau, V_T = cortical.a_type_h_inf, cortical.a_type_h_tau, cortical.V_T
CAPACITY = 40
LEAST = 20.0  # mV above the rest: less is no spike, wherever the rest lies


@portable
def block(p, place, percent):
    """Take ``percent`` of a conductance away."""
    p[place] = p[place] * (1.0 - 0.01 * percent)


@portable
def run(c, part, p, times, samples):
    """A pulse of 1 ms from rest with ``part`` (0 or 1) of the blocks; fills ``p`` and ``samples``.

    Returns the rest in mV and how often V rose through 0 mV.
    """
    state, stimulus, crossings = zeros(STATES), zeros(6), zeros(CAPACITY)
    if c.cell == AXON:
        defaults_a(p)
        block(p, G_LEAK_A, part * c.block_leak)
        block(p, G_DR_A, part * c.block_DR)
        V_rest = rest_a(p, 0.0, state)
        put_pulse(stimulus, 0, 0.0, 1.0, 20.0)
        _failed, count = integrate_a(
            state, p, stimulus, 2, 0.0, T_END, times, SIZE, samples, crossings, CAPACITY, 0.0, 0.01
        )  # fmt: skip
        return V_rest, count
    defaults_n(p)
    block(p, G_LEAK_N, part * c.block_leak)
    block(p, G_DR_N, part * c.block_DR)
    block(p, G_KV1_N, part * c.block_Kv1)
    block(p, G_KV2_N, part * c.block_Kv2)
    block(p, G_BK_N, part * c.block_BK)
    V_rest = rest_n(p, 0.0, state)
    put_pulse(stimulus, 0, 0.0, 1.0, 40.0)
    _failed, count = integrate_n(
        state, p, stimulus, 2, 0.0, T_END, times, SIZE, samples, crossings, CAPACITY, 0.0, 0.01
    )  # fmt: skip
    return V_rest, count


@portable
def put_trace(V_rest, samples, V):
    """The rest, then the samples of a run, mV."""
    for i in range(HEAD):
        V[i] = V_rest
    for i in range(SIZE):
        V[HEAD + i] = samples[i]


@portable
def half_width(t, V, V_rest):
    """Width of the highest spike at the middle between rest and peak, ms; nan if V does not come back."""
    highest = index_of_maximum(V, HEAD, WHOLE)
    return width_at(t, V, WHOLE, highest, 0.5 * (V_rest + vertex(t, V, highest, WHOLE)[1]))


@portable
def outward(currents, row, first, last):
    """Sum of what one channel carries outwards in samples ``first`` to ``last`` − 1; 0 for a channel that the cell lacks."""
    total = 0.0
    if row != NO_ROW:
        for i in range(first, last):
            total = total + max(currents[row * SIZE + i], 0.0)
    return total


@portable
def shares(c, currents, first, last):
    """What leak, Kv1.1, DR, Kv2.1 and BK carry of the outward charge in samples ``first`` to ``last`` − 1, each in %."""
    rows = ROWS_A if c.cell == AXON else ROWS_N
    I_leak = outward(currents, rows[0], first, last)
    I_Kv1 = outward(currents, rows[1], first, last)
    I_DR = outward(currents, rows[2], first, last)
    I_Kv2 = outward(currents, rows[3], first, last)
    I_BK = outward(currents, rows[4], first, last)
    whole = 1e-12 + I_leak + I_Kv1 + I_DR + I_Kv2 + I_BK
    return 100.0 * I_leak / whole, 100.0 * I_Kv1 / whole, 100.0 * I_DR / whole, 100.0 * I_Kv2 / whole, 100.0 * I_BK / whole


@portable
def put_channels(c, y, p, samples):
    """How far each kind of channel is open during the run, and its current, µA/cm². ``p``: the parameters of the run."""
    conductances, currents, g = zeros(CHANNELS * SIZE), zeros(CHANNELS * SIZE), zeros(len(ROWS_N))
    rows = ROWS_A if c.cell == AXON else ROWS_N
    places = PLACES_A if c.cell == AXON else PLACES_N
    for k in range(len(ROWS_N)):
        if rows[k] != NO_ROW:
            g[k] = p[places[k]]
            p[places[k]] = 1.0
    if c.cell == AXON:
        currents_a(p, samples, SIZE, conductances, currents)
    else:
        currents_n(p, samples, SIZE, conductances, currents)
    put_channel(rows[0], g[0], SIZE, HEAD, conductances, currents, zeros(WHOLE), y.I_leak)
    put_channel(rows[1], g[1], SIZE, HEAD, conductances, currents, y.open_Kv1, y.I_Kv1)
    put_channel(rows[2], g[2], SIZE, HEAD, conductances, currents, y.open_DR, y.I_DR)
    put_channel(rows[3], g[3], SIZE, HEAD, conductances, currents, y.open_Kv2, y.I_Kv2)
    put_channel(rows[4], g[4], SIZE, HEAD, conductances, currents, y.open_BK, y.I_BK)
    for i in range(WHOLE):
        all_five = (math.fabs(y.I_leak[i]) + math.fabs(y.I_Kv1[i]) + math.fabs(y.I_DR[i]) + math.fabs(y.I_Kv2[i])
                    + math.fabs(y.I_BK[i]))  # fmt: skip
        percent = 100.0 / max(all_five, 1e-12)
        y.share_leak[i] = percent * y.I_leak[i]
        y.share_Kv1[i] = percent * y.I_Kv1[i]
        y.share_DR[i] = percent * y.I_DR[i]
        y.share_Kv2[i] = percent * y.I_Kv2[i]
        y.share_BK[i] = percent * y.I_BK[i]


@portable
def open_at(channel, c, time):
    """Open part of one of the four channels, ``time`` ms into the step-and-tail experiment."""
    m = 0.0
    h = 1.0
    for stage in range(3):
        V = HOLD
        t = 1e9
        if stage == 1:
            V = c.V_step
            t = min(max(time - STEP_ON, 0.0), c.T_step)
        if stage == 2:
            V = TAIL
            t = max(time - STEP_ON - c.T_step, 0.0)
        if channel == DR:
            a = squid_alpha(V) if c.cell == AXON else cortical_alpha(V, V_T)
            b = squid_beta(V) if c.cell == AXON else cortical_beta(V, V_T)
            m = relaxed_by_rates(m, a, b, t)
        if channel == KV1_1:
            a = SPEED * kv1_alpha(V)
            b = SPEED * kv1_beta(V)
            m = relaxed_by_rates(m, a, b, t)
        if channel == KV2_1:
            m = relaxed(m, kv2_m_inf(V), kv2_m_tau(V) / SPEED, t)
            h = relaxed(h, kv2_h_inf(V), kv2_h_tau(V) / SPEED, t)
        if channel == A_TYPE:
            m = relaxed(m, a_type_m_inf(V), a_type_m_tau(V), t)
            h = relaxed(h, a_type_h_inf(V), a_type_h_tau(V), t)
    return m * h if channel == KV2_1 else m * m * m * m * h


@portable
def model(c, y, r):
    """A spike (mV) with and without the blocks, the outward charge by phase (%), and the step experiment (open parts)."""
    p, times, samples = zeros(PARAMETERS), zeros(SIZE), zeros(STATES * SIZE)
    conductances, currents = zeros(CHANNELS * SIZE), zeros(CHANNELS * SIZE)
    t, V, t_step = y.t, y.V, y.t_step
    t[0] = -2.0
    t[1] = 0.0
    for i in range(SIZE):
        times[i] = T_END * i / (SIZE - 1)
        t[HEAD + i] = times[i]
    r.V_rest_intact, _count = run(c, 0.0, p, times, samples)
    put_trace(r.V_rest_intact, samples, y.V_intact)
    r.half_width_intact = half_width(t, y.V_intact, r.V_rest_intact)
    V_rest, count = run(c, 1.0, p, times, samples)
    put_trace(V_rest, samples, V)
    highest = index_of_maximum(V, HEAD, WHOLE)
    V_peak = vertex(t, V, highest, WHOLE)[1]
    if V_peak < V_rest + LEAST:
        count = 0
    if count > 0:
        r.half_width = half_width(t, V, V_rest)
    r.V_rest = V_rest
    r.V_peak = V_peak
    r.V_end = V[WHOLE - 1]
    r.count = count
    foot = highest
    while foot < WHOLE - 1 and V[foot] > V_rest + 0.1 * (V_peak - V_rest):
        foot = foot + 1
    if c.cell == AXON:
        currents_a(p, samples, SIZE, conductances, currents)
    else:
        currents_n(p, samples, SIZE, conductances, currents)
    fall = max(highest - HEAD + 1, 1)  # the samples at which V begins to fall, and has fallen
    after = max(foot - HEAD + 1, 1)
    r.leak_rest, r.Kv1_rest, r.DR_rest, r.Kv2_rest, r.BK_rest = shares(c, currents, 0, 1)
    r.leak_rise, r.Kv1_rise, r.DR_rise, r.Kv2_rise, r.BK_rise = shares(c, currents, 1, fall)
    r.leak_fall, r.Kv1_fall, r.DR_fall, r.Kv2_fall, r.BK_fall = shares(c, currents, fall, after)
    r.leak_after, r.Kv1_after, r.DR_after, r.Kv2_after, r.BK_after = shares(c, currents, after, SIZE)
    put_channels(c, y, p, samples)
    for i in range(STEP_SIZE):
        t_step[i] = STEP_END * i / (STEP_SIZE - 1)
        y.DR[i] = open_at(DR, c, t_step[i])
        y.Kv1[i] = open_at(KV1_1, c, t_step[i])
        y.Kv2[i] = open_at(KV2_1, c, t_step[i])
        y.A[i] = open_at(A_TYPE, c, t_step[i])
    r.step_off = STEP_ON + c.T_step
    r.rest_note = V_rest + 14.0
    r.Kv2_place = min(r.step_off + 3.0, 50.0)
    r.rest_top = r.leak_rest + 13.0
    r.fall_top = max(r.DR_fall, r.BK_fall) + 14.0
    r.fall_place = 2.0 if r.DR_fall >= r.BK_fall else 3.9
    if r.Kv1_fall > max(r.DR_fall, r.BK_fall):
        r.fall_top = r.Kv1_fall + 14.0
        r.fall_place = 1.0
    if r.leak_fall > 90.0:
        r.fall_top = math.nan
    r.blocked = 1.0 if c.block_leak + c.block_DR + c.block_Kv1 + c.block_Kv2 + c.block_BK > 0.0 else math.nan
    r.A_end = 100.0 * open_at(A_TYPE, c, STEP_ON + c.T_step)
    r.DR_end = 100.0 * open_at(DR, c, STEP_ON + c.T_step)
    return "ok"


@outcome
def say_axon(c, r):
    """The sentence for the squid axon."""
    if c.block_DR == 100.0:
        return "axon_blocked"
    return "axon_rest_moved" if r.V_rest > r.V_rest_intact + 3.0 else "axon"


@outcome
def say(c, r):
    if c.cell == AXON:
        return say_axon(c, r)
    moved = math.fabs(r.V_rest - r.V_rest_intact)
    if r.count == 0.0:
        return "no_spike"
    if math.isnan(r.half_width):
        return "no_return"
    if r.count > 1.0:
        return "several_rest_moved" if moved > 2.0 else "several"
    if moved > 2.0:
        return "rest_moved" if math.fabs(r.half_width / r.half_width_intact - 1.0) < 0.25 else "rest_and_width"
    return "one_spike"


@outcome
def check(c, r):
    """One spike at least 1 ms wide, with the rest where it was."""
    if c.cell == AXON:
        return "other_cell"
    r.off = r.V_rest
    if math.fabs(r.V_rest - r.V_rest_intact) > 2.0:
        return "rest_moved"
    if math.isnan(r.half_width) or r.count != 1.0:
        return "no_return"
    r.off = r.half_width
    return "done" if r.half_width >= 1.0 else "narrow"


@outcome
def answer(c, r):
    if r.V_rest < -60.0:
        return "same"
    return "a_little_higher" if r.V_rest < -30.0 else "far_higher"


PHASES = ("rest", "rise", "fall", "after")
PARTS = {
    "leak": (_("leak"), "leak"), "Kv1": ("Kv1.1", "accent"), "DR": (_("DR"), "K"), "Kv2": ("Kv2.1", "Cl"),
    "BK": ("BK", "Ca"),
}  # fmt: skip

GATED = ("Kv1", "DR", "Kv2", "BK")


def figure():
    drawn, (voltage, charge, step) = fig.panels([78, 60, 60], shared=False, columns=((0,), (1, 2)))
    fig.x_axis(voltage, (_("time after the pulse begins"), "ms"), (-2, T_END), ticks=[0, 5, 10, 15])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-90, 60), ticks=[-80, -40, 0, 40])
    fig.level(voltage, "V_rest", "muted", linewidth=1.0)
    fig.note(voltage, _("rest"), T_END, "rest_note", "muted", ha="right")
    fig.curve(voltage, "t", "V_intact", "muted", linestyle=(0, (1.5, 1.5)), linewidth=1.4)
    fig.note(voltage, _("dotted: nothing blocked"), T_END, 50, "muted", only_if="blocked", ha="right")
    fig.curve(voltage, "t", "V", "ink", linewidth=2.2)
    fig.guess(voltage)
    fig.x_categories(charge, [label for label, _colour in PARTS.values()])
    fig.y_axis(charge, (_("K⁺ carried; ○ blocked"), "%"), (-16, 128), ticks=[0, 50, 100])
    for place, (part, (_label, colour)) in enumerate(PARTS.items()):
        fig.bar(charge, place - 0.26, f"{part}_rest", colour, width=0.24, alpha=0.35)
        fig.bar(charge, place, f"{part}_fall", colour, width=0.24)
        fig.point(charge, place + 0.32, f"block_{part}", "muted", markersize=5, drag={"y": f"block_{part}"})
    fig.note(charge, _("at rest"), -0.4, "rest_top", "muted")
    fig.note(charge, _("as V falls"), "fall_place", "fall_top", "ink", ha="center")
    fig.x_axis(step, (_("time"), "ms"), (0, STEP_END), ticks=[0, 20, 40, 60])
    fig.y_axis(step, (_("step of a clamp: open part"), ""), (0, 1.3), ticks=[0, 0.5, 1])
    fig.event(step, STEP_ON, "muted", linewidth=1.0)
    fig.event(step, "step_off", "muted", drag={"x": ("T_step", STEP_ON)})
    fig.curve(step, "t_step", "DR", "K", _("DR"), at=27, above=False, linewidth=1.6)
    fig.curve(step, "t_step", "Kv1", "accent", "Kv1.1", at=20, linewidth=1.6)
    fig.curve(step, "t_step", "Kv2", "Cl", linewidth=1.6)
    fig.tag(step, "Kv2.1", "t_step", "Kv2", "Kv2_place", "Cl", ha="left")
    fig.curve(step, "t_step", "A", "ink", linewidth=2.2)
    fig.tag(step, _("A-type"), "t_step", "A", 13, "ink", ha="left")
    return drawn


def scene():
    """Five kinds of potassium channel side by side, each with its gate and its current; plugs where it is blocked."""
    arrows = [moves.arrow(f"{part}_share", f"share_{part}", 100, 50) for part in PARTS]
    plugs = [moves.show(f"{part}_plug", f"block_{part}", (0, 100)) for part in PARTS]
    lacking = [moves.show(part, "cell", (NEURON, AXON), (1, 0.2)) for part in GATED if part != "DR"]
    moving = (*channel_gates(GATED), *arrows, *ions(PARTS, 1.2), *plugs, *lacking, moves.write("V", "V", 0))
    return Scene("potassium_channels.svg", moving, at=1.6)


def blocked(**options):
    return Slider(0, 100, 0, "%", step=1, **options)


NOTES = {
    "step_off": "ms", "Kv2_place": "ms", "rest_note": "mV", "rest_top": "%", "fall_top": "%", "fall_place": "", "blocked": "",
}  # fmt: skip
explorer = Explorer(
    chapter="action-potential/potassium-channels",
    controls=dict(
        cell=Choice(CELLS, "mammal"),
        block_leak=blocked(),
        block_DR=blocked(),
        block_Kv1=blocked(only_if=("cell", NEURON)),
        block_Kv2=blocked(only_if=("cell", NEURON)),
        block_BK=blocked(only_if=("cell", NEURON)),
        V_step=Slider(-80, 40, 10, "mV", step=1),
        T_step=Slider(2, 50, 30, "ms", step=1),
    ),
    curves=dict(
        t=Curve(WHOLE, "ms"),
        V=Curve(WHOLE, "mV"),
        V_intact=Curve(WHOLE, "mV"),
        **{f"open_{part}": Curve(WHOLE) for part in GATED},
        **{f"I_{part}": Curve(WHOLE, "µA/cm²") for part in PARTS},
        **{f"share_{part}": Curve(WHOLE, "%") for part in PARTS},
        t_step=Curve(STEP_SIZE, "ms"),
        DR=Curve(STEP_SIZE),
        Kv1=Curve(STEP_SIZE),
        Kv2=Curve(STEP_SIZE),
        A=Curve(STEP_SIZE),
    ),
    readouts=dict(
        V_rest=Readout("mV"),
        count=Readout("", 0),
        V_peak=Readout("mV"),
        half_width=Readout("ms", 2, optional=True),
        V_end=Readout("mV"),
        A_end=Readout("%", 0),
        DR_end=Readout("%", 0),
        **{name: Readout(unit, shown=False, optional=True) for name, unit in NOTES.items()},
        V_rest_intact=Readout("mV", shown=False),
        half_width_intact=Readout("ms", 2, shown=False),
        **{f"{part}_{phase}": Readout("%", shown=False) for phase in PHASES for part in PARTS},
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    presets={
        "leak_by_half": {"block_leak": 50},
        "delayed_rectifier": {"block_DR": 100},
        "kv1": {"block_Kv1": 100},
        "kv2": {"block_Kv2": 100},
        "bk": {"block_BK": 100},
        "all_but_the_leak": {"block_DR": 100, "block_Kv1": 100, "block_Kv2": 100, "block_BK": 100},
        "squid_axon": {"cell": "squid"},
        "squid_axon_in_tea": {"cell": "squid", "block_DR": 100},
    },
    main=("block_leak", "block_DR"),
    shows=("V_rest", "half_width"),
    story={
        "rest": {},
        "leak": {"block_leak": 50},
        "together": {"block_DR": 100},
        "long_step": {"T_step": 42, "V_step": 20},
    },
    challenge=Challenge(check, solution={"block_DR": 50, "block_Kv1": 100, "block_BK": 100}),
    prediction=Prediction(answer, {"cell": "squid", "block_DR": 100}, Guess("V_rest", near=3)),
    cells=(mammalian_neuron, MAMMAL, SQUID),
)
