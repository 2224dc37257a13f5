"""Afterpotentials, channel by channel: what follows one spike of a mammalian neuron, and how easily it fires again.

The trace is second-order accurate, with steps of 0.02 ms during the spike and of at most 0.1 ms later. Thresholds of
the second pulse, found by 11 halvings in steps of 0.05 ms, are good to 0.04 µA/cm².
"""

from neurolib.cells import mammalian_neuron, with_calcium
from neurolib.channels.calcium import BK, SK, SLOW_AHP
from neurolib.channels.channel import shell_gain
from neurolib.channels.cortical import M_CURRENT, PERSISTENT_SODIUM
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.explorers._membrane import channel_gates, ions, put_channel
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import pulse, put_pulse
from neurolib.simulate import current_clamp
from neurolib.spikes import index_of_maximum, index_of_minimum, last_away, vertex, width_at

CELL = with_calcium(
    mammalian_neuron.with_channel(M_CURRENT, PERSISTENT_SODIUM), SK, SLOW_AHP, BK, name="mammalian_afterpotentials"
)
FINE, MIDDLE, COARSE = 600, 280, 380  # samples: every 0.02 ms to 12 ms, every 0.1 ms to 40 ms, every 2 ms to the end
SIZE, T_END = FINE + MIDDLE + COARSE, 800.0
PROBES = (3.0, 3.6, 4.4, 5.2, 6.4, 8.0, 10.0, 13.0, 17.0, 22.0, 30.0, 40.0, 54.0, 74.0, 100.0, 136.0, 184.0, 250.0,
          340.0, 460.0, 620.0, 790.0)  # fmt: skip
AT_8, AT_100 = PROBES.index(8.0), PROBES.index(100.0)
LARGEST, HALVINGS, LEVEL = 75.0, 11, 10.0
CAPACITY = 200
STATES, PARAMETERS = len(CELL.state_names), len(CELL.parameter_names)
POOLS = ("deep", "thin")
THIN = POOLS.index("thin")
KERNEL = CELL.kernel
defaults, rest, integrate, fires = KERNEL.defaults, KERNEL.rest, KERNEL.integrate, KERNEL.fires
G_M, G_NAP, G_CAL, G_SK, G_AHP, G_BK = (CELL.index(f"g_bar_{c}") for c in ("M", "NaP", "CaL", "SK", "AHP", "BK"))
GAIN, TAU = CELL.index("Ca_gain"), CELL.index("Ca_tau")
GAIN_THICK, GAIN_THIN = shell_gain(1.0), shell_gain(0.1)
H, P_M, M_NAP, M_CAL, H_CAL = (CELL.state_index(n) for n in ("h_Na", "p_M", "m_NaP", "m_CaL", "h_CaL"))
ADDED = G_CAL, G_NAP, G_SK, G_AHP, G_BK, G_M
CHANNELS = len(CELL.channels)
NAMES = ("CaL", "NaP", "SK", "AHP", "BK", "M")
ROW_CAL, ROW_NAP, ROW_SK, ROW_AHP, ROW_BK, ROW_M = ([c.name for c in CELL.channels].index(name) for name in NAMES)
channel_currents, CALCIUM = KERNEL.channel_currents, CELL.state_index("Ca")
Q_SK, Q_AHP, Q_BK = (CELL.state_index(f"q_{c}") for c in ("SK", "AHP", "BK"))


@portable
def set_up(p, c):
    """Parameters of the cell with the channels that the reader has added."""
    defaults(p)
    p[G_M] = c.g_M
    p[G_CAL] = c.g_CaL
    p[G_SK] = c.g_SK
    p[G_AHP] = c.g_AHP
    p[G_BK] = c.g_BK
    p[G_NAP] = c.g_NaP
    p[GAIN] = GAIN_THIN if c.pool == THIN else GAIN_THICK
    p[TAU] = 5.0 if c.pool == THIN else 80.0


@portable
def block(p):
    """Take all the added channels away."""
    p[G_M] = 0.0
    p[G_CAL] = 0.0
    p[G_SK] = 0.0
    p[G_AHP] = 0.0
    p[G_BK] = 0.0
    p[G_NAP] = 0.0


@portable
def second_threshold(p, start):
    """Smallest amplitude of a 1 ms pulse that makes the cell spike from the state ``start``; nan if none up to 75."""
    state, spare = zeros(STATES), zeros(1)
    nothing, probe, trial = zeros(6), zeros(6), zeros(6)
    put_pulse(nothing, 0, 0.0, 1.0, 0.0)
    put_pulse(probe, 0, 0.0, 1.0, 1.0)
    if fires(p, start, state, nothing, probe, trial, 2, 0.0, 10.0, LEVEL, LARGEST, 0.05, spare) == 0:
        return math.nan
    low = 0.0
    high = LARGEST
    for _halving in range(HALVINGS):
        middle = 0.5 * (low + high)
        if fires(p, start, state, nothing, probe, trial, 2, 0.0, 10.0, LEVEL, middle, 0.05, spare) == 1:
            high = middle
        else:
            low = middle
    return high


@portable
def put_times(t):
    """Sample times: dense during the spike, sparse later."""
    for i in range(SIZE):
        t[i] = 0.02 * (i + 1.0)
        if i >= FINE:
            t[i] = 12.0 + 0.1 * (i + 1.0 - FINE)
        if i >= FINE + MIDDLE:
            t[i] = 40.0 + 2.0 * (i + 1.0 - FINE - MIDDLE)


@portable
def run(p, start, t, t_block, samples):
    """One spike from rest, 40 µA/cm² for 1 ms; at ``t_block`` (ms) all that was added is blocked.

    Returns the first sample after that, the rest from then on (mV), V as the block begins (mV), the number of spikes, and
    when V rose through 0 mV for the last time (ms; 0 if never).
    """
    state, stimulus, crossings = zeros(STATES), zeros(6), zeros(CAPACITY)
    for j in range(STATES):
        state[j] = start[j]
    put_pulse(stimulus, 0, 0.0, 1.0, 40.0)
    end = min(t_block, T_END)
    _failed, count = integrate(state, p, stimulus, 2, 0.0, end, t, SIZE, samples, crossings, CAPACITY, 0.0, 0.1)
    last = crossings[count - 1] if count > 0 else 0.0
    V_block = state[0]
    first = 0
    while first < SIZE and (t[first] <= t_block or t_block >= T_END):
        first = first + 1
    if first == SIZE:
        return first, start[0], V_block, count, last
    left = SIZE - first
    later, later_samples = zeros(left), zeros(STATES * left)
    for i in range(left):
        later[i] = t[first + i]
    block(p)
    _failed, more = integrate(
        state, p, stimulus, 2, t_block, T_END, later, left, later_samples, crossings, CAPACITY, 0.0, 0.1
    )  # fmt: skip
    for j in range(STATES):
        for i in range(left):
            samples[j * SIZE + first + i] = later_samples[j * left + i]
    return first, rest(p, 0.0, state), V_block, count + more, crossings[more - 1] if more > 0 else last


@portable
def put_channels(c, y, p, samples, first):
    """How far each added channel is open, and its current (µA/cm²), which the block ends at sample ``first``; calcium."""
    conductances, currents = zeros(CHANNELS * SIZE), zeros(CHANNELS * SIZE)
    for k in range(len(ADDED)):
        p[ADDED[k]] = 1.0
    channel_currents(p, samples, SIZE, conductances, currents)
    put_channel(ROW_CAL, c.g_CaL, SIZE, 0, conductances, currents, y.open_CaL, y.I_CaL)
    put_channel(ROW_NAP, c.g_NaP, SIZE, 0, conductances, currents, y.open_NaP, y.I_NaP)
    put_channel(ROW_SK, c.g_SK, SIZE, 0, conductances, currents, y.open_SK, y.I_SK)
    put_channel(ROW_AHP, c.g_AHP, SIZE, 0, conductances, currents, y.open_AHP, y.I_AHP)
    put_channel(ROW_BK, c.g_BK, SIZE, 0, conductances, currents, y.open_BK, y.I_BK)
    put_channel(ROW_M, c.g_M, SIZE, 0, conductances, currents, y.open_M, y.I_M)
    for i in range(SIZE):
        y.calcium[i] = samples[CALCIUM * SIZE + i]
        y.blocked[i] = 0.0
        if i >= first:
            y.blocked[i] = 1.0
            y.I_CaL[i], y.I_NaP[i], y.I_SK[i], y.I_AHP[i], y.I_BK[i], y.I_M[i] = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0


@portable
def model(c, y, r):
    """The spike and what follows it; the thresholds of a second pulse are the sweep's."""
    p, start = zeros(PARAMETERS), zeros(STATES)
    set_up(p, c)
    r.V_rest = rest(p, 0.0, start)
    r.threshold_rest = second_threshold(p, start)
    t, V, change, samples = y.t, y.V, y.change, y.samples
    put_times(t)
    V_rest = r.V_rest
    first, V_after, V_block, count, last = run(p, start, t, c.t_block, samples)
    put_channels(c, y, p, samples, first)
    most_out = 1e-9
    most_in = 1e-9
    down = 0
    for i in range(SIZE):
        V[i] = samples[i]
        change[i] = V[i] - V_rest
        y.h[i] = samples[H * SIZE + i]
        q_SK = samples[Q_SK * SIZE + i]
        q_AHP = samples[Q_AHP * SIZE + i]
        m_CaL = samples[M_CAL * SIZE + i]
        outward = (c.g_M * samples[P_M * SIZE + i] + c.g_SK * q_SK * q_SK + c.g_AHP * q_AHP * q_AHP
                   + c.g_BK * samples[Q_BK * SIZE + i])  # fmt: skip
        inward = c.g_CaL * m_CaL * m_CaL * samples[H_CAL * SIZE + i] + c.g_NaP * samples[M_NAP * SIZE + i]
        y.outward[i] = outward if i < first else 0.0
        y.inward[i] = inward if i < first else 0.0
        most_out = max(most_out, y.outward[i])
        most_in = max(most_in, y.inward[i])
        if i > 0 and samples[i - 1] >= 0.0 and V[i] < 0.0:
            down = i
    r.t_out = math.nan if most_out < 1e-6 else min(t[index_of_maximum(y.outward, 0, SIZE)], 0.7 * c.t_block)
    r.t_in = math.nan if most_in < 1e-6 else t[index_of_maximum(y.inward, 0, SIZE)]
    for i in range(SIZE):
        y.outward[i] = y.outward[i] / most_out
        y.inward[i] = y.inward[i] / most_in
    r.count = count
    r.t_last = last
    r.t_down = t[down]
    r.V_after = V_after
    r.V_block = V_block
    r.V_end = V[SIZE - 1]
    if count > 0:
        top = index_of_maximum(V, 0, FINE)
        r.half_width = width_at(t, V, SIZE, top, 0.5 * (V_rest + vertex(t, V, top, SIZE)[1]))
    t_AHP, AHP = vertex(t, change, index_of_minimum(change, down, SIZE), SIZE)
    if AHP <= -0.01:
        r.t_AHP = t_AHP
        r.AHP = AHP
        if AHP < -1.0:
            r.t_AHP_note = max(t_AHP, 5.0)
            r.AHP_note = max(AHP, -14.5) - 3.2
    turn = down + 1
    while turn < SIZE - 1 and t[turn] < 60.0 and V[turn + 1] < V[turn]:
        turn = turn + 1
    hump = turn
    while hump < SIZE - 1 and t[hump] < 60.0 and V[hump + 1] > V[hump]:
        hump = hump + 1
    t_ADP, ADP = vertex(t, change, hump, SIZE)
    if t[hump] < 60.0 and ADP >= 0.01:
        r.t_ADP = t_ADP
        r.ADP = ADP
        if ADP > 2.0 and count == 1:
            r.t_ADP_note = 1.25 * t_ADP
            r.ADP_note = ADP + 1.0
    r.t_block_note = 0.84 * c.t_block if c.t_block > 6.0 else math.nan
    r.lasting = last_away(t, V, down, SIZE, V_after, 0.5) - t[down]
    r.threshold_8 = 0.0
    r.threshold_100 = 0.0
    for k in range(len(PROBES)):
        y.t_probe[k] = PROBES[k]
        y.threshold[k] = math.nan
    return "ok"


@portable
def step(c, y, r, number):
    """Threshold of a second pulse at one moment after the spike, as a multiple of that at rest."""
    k = int(number)
    i = 0
    while y.t[i] < PROBES[k] - 0.001:
        i = i + 1
    p, start = zeros(PARAMETERS), zeros(STATES)
    set_up(p, c)
    if PROBES[k] > c.t_block:
        block(p)
    for j in range(STATES):
        start[j] = y.samples[j * SIZE + i]
    found = second_threshold(p, start)
    if r.threshold_rest > 0.0:
        y.threshold[k] = found / r.threshold_rest
    if k == AT_8 and not math.isnan(found):
        r.threshold_8 = found
    if k == AT_100 and not math.isnan(found):
        r.threshold_100 = found
    return "ok"


@outcome
def say_blocked(c, r):
    """The sentence where something was added, and then blocked."""
    if math.fabs(r.V_after - r.V_rest) > 0.5:
        return "blocked_new_rest"
    return "blocked" if math.fabs(r.V_block - r.V_rest) > 0.5 else "blocked_late"


@outcome
def say(c, r):
    if r.count > 1.0:
        return "several"
    if c.t_block < T_END and c.g_CaL + c.g_M + c.g_NaP + c.g_SK + c.g_AHP + c.g_BK > 0.0:
        return say_blocked(c, r)
    if math.fabs(r.V_end - r.V_after) > 0.5:
        return "not_over"
    if r.AHP < -0.5:
        return "hump_and_dip" if r.ADP > 0.5 else "dip"
    if r.ADP > 0.5:
        return "hump"
    return "hardly_any" if r.lasting < 10.0 else "slow_return"


@outcome
def check(c, r):
    if r.count != 1.0 or math.isnan(r.threshold_rest) or r.threshold_8 == 0.0 or r.threshold_100 == 0.0:
        return "one_spike"
    r.off = r.threshold_8 / r.threshold_rest
    if r.off > 0.7:
        return "early"
    r.off = r.threshold_100 / r.threshold_rest
    return "late" if r.off < 1.7 else "done"


@outcome
def answer(c, r):
    if r.lasting < r.half_width:
        return "shorter"
    return "few_times" if r.lasting < 10.0 * r.half_width else "hundreds"


def figure():
    drawn, (after, opened, relative) = fig.panels([108, 44, 70])
    bare = current_clamp(mammalian_neuron, pulse(40.0, 1.0), T_END, sample_every=0.04)
    fig.x_axis(relative, (_("time after the pulse begins, stretched"), "ms"), (1, T_END), "log", ticks=[1, 3, 10, 30, 100, 300])
    fig.y_axis(after, (_("V less its rest"), "mV"), (-20, 24), ticks=[-20, -10, 0, 10, 20])
    shown = {"color": fig.COLOURS["muted"], "linestyle": (0, (1.5, 1.5)), "linewidth": 1.3}
    fig.given(after.plot(bare.time[1:], bare.V[1:] - bare.V[0], **shown)[0])
    fig.note(after, _("nothing added"), T_END, 0, "muted", ha="right", given=True, lift=9)
    fig.event(after, "t_block", "muted", drag={"x": "t_block"})
    fig.note(after, _("block"), "t_block_note", 21.5, "muted", ha="right")
    fig.curve(after, "t", "change", "ink", linewidth=2.2)
    fig.note(after, _("afterdepolarisation"), "t_ADP_note", "ADP_note", "ink")
    fig.note(after, _("afterhyperpolarisation"), "t_AHP_note", "AHP_note", "ink", ha="center")
    fig.y_axis(opened, (_("added conductance, part of its largest"), ""), (0, 1.05), ticks=[0, 1])
    fig.curve(opened, "t", "inward", "Ca", linewidth=1.6)
    fig.curve(opened, "t", "outward", "K", linewidth=1.6)
    fig.note(opened, _("in"), "t_in", 0.35, "Ca", ha="center")
    fig.note(opened, _("out"), "t_out", 0.35, "K", ha="center")
    fig.y_axis(relative, (_("threshold of a second pulse, times that at rest"), ""), (0, 2.2), ticks=[0, 1, 2])
    fig.level(relative, 1.0, "muted", linewidth=1.0)
    fig.note(relative, _("harder"), 1.1, 1.45, "muted")
    fig.note(relative, _("easier"), 1.1, 0.55, "muted")
    fig.curve(relative, "t_probe", "threshold", "accent")
    fig.point(relative, "t_probe", "threshold", "accent", markersize=4)
    return drawn


def scene():
    """The six kinds of channel that the reader adds, each with its gate and its current, and the calcium that opens some."""
    there = [moves.show(name, f"g_{name}", (0, 0.001), (0.3, 1)) for name in NAMES]
    plugs = [moves.show(f"{name}_plug", "blocked") for name in NAMES]
    others = *plugs, moves.crowd("calcium", "calcium", each=1e-4, most=290), moves.write("V", "V", 0)
    arrows = [moves.arrow(f"{name}_I", f"I_{name}", 300, 10000) for name in NAMES]  # during the spike longer than the picture
    moving = (*channel_gates(NAMES), *arrows, *ions(NAMES, 8.0, ("CaL", "NaP")), *there, *others)
    return Scene("afterpotentials.svg", moving, at=5.0)


def conductance(most, default, **options):
    return Slider(0, most, default, "mS/cm²", **options)


PLACES = ("t_in", "t_out", "t_block_note", "t_ADP_note", "t_AHP_note")  # of the words in the figure
NOTHING = {"g_CaL": 0, "g_SK": 0}
explorer = Explorer(
    chapter="action-potential/afterpotentials",
    controls=dict(
        g_CaL=conductance(0.4, 0.2, step=0.01),
        g_SK=conductance(0.2, 0.05, step=0.005),
        g_M=conductance(0.5, 0, step=0.01),
        g_AHP=conductance(0.25, 0, step=0.001),
        g_BK=conductance(6, 0, step=0.05),
        g_NaP=conductance(0.03, 0, step=0.001),
        pool=Choice(POOLS, "deep"),
        t_block=Slider(2, 800, 800, "ms", scale="log"),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        change=Curve(SIZE, "mV"),
        h=Curve(SIZE),
        outward=Curve(SIZE),
        inward=Curve(SIZE),
        **{f"open_{name}": Curve(SIZE) for name in NAMES},
        **{f"I_{name}": Curve(SIZE, "µA/cm²") for name in NAMES},
        calcium=Curve(SIZE, "mM"),
        blocked=Curve(SIZE),
        t_probe=Curve(len(PROBES), "ms"),
        threshold=Curve(len(PROBES), gaps=True),
    ),
    readouts=dict(
        V_rest=Readout("mV"),
        count=Readout("", 0),
        half_width=Readout("ms", 2, optional=True),
        AHP=Readout("mV", optional=True),
        t_AHP=Readout("ms", 0, optional=True),
        ADP=Readout("mV", optional=True),
        t_ADP=Readout("ms", optional=True),
        lasting=Readout("ms", 0),
        threshold_rest=Readout("µA/cm²", optional=True),
        t_last=Readout("ms", shown=False),
        t_down=Readout("ms", shown=False),
        V_after=Readout("mV", shown=False),
        V_block=Readout("mV", shown=False),
        V_end=Readout("mV", shown=False),
        threshold_8=Readout("µA/cm²", shown=False),
        threshold_100=Readout("µA/cm²", shown=False),
        **{name: Readout("ms", shown=False, optional=True) for name in PLACES},
        ADP_note=Readout("mV", shown=False, optional=True),
        AHP_note=Readout("mV", shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    presets={
        "nothing_added": NOTHING,
        "m_current": NOTHING | {"g_M": 0.2},
        "calcium_tail": {"g_SK": 0},
        "persistent_sodium": NOTHING | {"g_NaP": 0.02},
        "sk": {},
        "slow_ahp": {"g_SK": 0, "g_AHP": 0.207},
        "bk_in_a_thin_shell": {"g_SK": 0, "g_BK": 3.45, "pool": "thin"},
        "a_burst": {"g_SK": 0, "g_CaL": 0.3},
        "the_slow_ahp_at_60_ms": {"g_SK": 0, "g_AHP": 0.207, "t_block": 60},
        "the_m_current_at_20_ms": NOTHING | {"g_M": 0.2, "t_block": 20},
    },
    sweep=Sweep(len(PROBES), step, arrays={"samples": STATES * SIZE}),
    main=("g_CaL", "g_SK"),
    shows=("ADP", "AHP", "lasting"),
    story={
        "sk": {},
        "nothing": NOTHING,
        "slow": {"g_SK": 0, "g_AHP": 0.207},
        "blocked": {"g_SK": 0, "g_AHP": 0.207, "t_block": 60},
    },
    challenge=Challenge(check, solution={"g_SK": 0, "g_CaL": 0.24, "g_AHP": 0.25}),
    prediction=Prediction(answer, {"g_SK": 0, "g_AHP": 0.207}),
    cells=(mammalian_neuron, CELL),
)
