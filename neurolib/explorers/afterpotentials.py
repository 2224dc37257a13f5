"""Afterpotentials, channel by channel: what follows one spike of a mammalian neuron, and how easily it fires again.

The trace is second-order accurate, with steps of 0.02 ms during the spike and of at most 0.1 ms later. Thresholds of
the second pulse, found by 11 halvings in steps of 0.05 ms, are good to 0.04 µA/cm².
"""

import math

from neurolib.cells import mammalian_neuron, with_calcium
from neurolib.channels.calcium import BK, SK, SLOW_AHP
from neurolib.channels.channel import shell_gain
from neurolib.channels.cortical import M_CURRENT, PERSISTENT_SODIUM
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _, translate
from neurolib.portable import portable
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
STATES = len(CELL.state_names)
KERNEL = CELL.kernel
defaults, rest, integrate, fires = KERNEL.defaults, KERNEL.rest, KERNEL.integrate, KERNEL.fires
G_M, G_NAP, G_CAL, G_SK, G_AHP, G_BK = (CELL.index(f"g_bar_{c}") for c in ("M", "NaP", "CaL", "SK", "AHP", "BK"))
GAIN, TAU = CELL.index("Ca_gain"), CELL.index("Ca_tau")
GAIN_THICK, GAIN_THIN = shell_gain(1.0), shell_gain(0.1)
H, P_M, M_NAP, M_CAL, H_CAL = (CELL.state_index(n) for n in ("h_Na", "p_M", "m_NaP", "m_CaL", "h_CaL"))
Q_SK, Q_AHP, Q_BK = (CELL.state_index(f"q_{c}") for c in ("SK", "AHP", "BK"))


@portable
def put_channels(p, g_M, g_CaL, g_SK, g_AHP, g_BK, g_NaP):
    p[G_M] = g_M
    p[G_CAL] = g_CaL
    p[G_SK] = g_SK
    p[G_AHP] = g_AHP
    p[G_BK] = g_BK
    p[G_NAP] = g_NaP


@portable
def second_threshold(p, start, state, nothing, probe, trial, spare):
    """Smallest amplitude of a 1 ms pulse that makes the cell spike from the state ``start``; nan if none up to 75."""
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
def compute(
    g_CaL, g_SK, g_M, g_AHP, g_BK, g_NaP, pool, t_block,
    t, V, change, h, outward, inward, t_probe, threshold,
    p, state, start, stimulus, samples, later, later_samples, nothing, probe, trial, spare, kept,
):  # fmt: skip
    """One spike from rest, 40 µA/cm² for 1 ms; at t_block all the added channels are taken away."""
    defaults(p)
    put_channels(p, g_M, g_CaL, g_SK, g_AHP, g_BK, g_NaP)
    p[GAIN] = GAIN_THICK
    p[TAU] = 80.0
    if pool == 1.0:
        p[GAIN] = GAIN_THIN
        p[TAU] = 5.0
    V_rest = rest(p, 0.0, start)
    V_after = V_rest
    threshold_rest = second_threshold(p, start, state, nothing, probe, trial, spare)
    for i in range(SIZE):
        t[i] = 0.02 * (i + 1.0)
        if i >= FINE:
            t[i] = 12.0 + 0.1 * (i + 1.0 - FINE)
        if i >= FINE + MIDDLE:
            t[i] = 40.0 + 2.0 * (i + 1.0 - FINE - MIDDLE)
    first = SIZE
    if t_block < T_END:
        first = 0
        while t[first] <= t_block:
            first = first + 1
    for i in range(first, SIZE):
        later[i - first] = t[i]
    for j in range(STATES):
        state[j] = start[j]
    put_pulse(stimulus, 0, 0.0, 1.0, 40.0)
    integrate(state, p, stimulus, 2, 0.0, min(t_block, T_END), t, SIZE, samples, spare, 1, math.inf, 0.1)
    if first < SIZE:
        put_channels(p, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        integrate(
            state, p, stimulus, 2, t_block, T_END, later, SIZE - first, later_samples, spare, 1, math.inf, 0.1
        )  # fmt: skip
        for j in range(STATES):
            for i in range(first, SIZE):
                samples[j * SIZE + i] = later_samples[j * (SIZE - first) + i - first]
        V_after = rest(p, 0.0, state)
        put_channels(p, g_M, g_CaL, g_SK, g_AHP, g_BK, g_NaP)
    most_out = 1e-9
    most_in = 1e-9
    count = 0
    down = 0
    for i in range(SIZE):
        V[i] = samples[i]
        change[i] = V[i] - V_rest
        h[i] = samples[H * SIZE + i]
        q_SK = samples[Q_SK * SIZE + i]
        q_AHP = samples[Q_AHP * SIZE + i]
        m_CaL = samples[M_CAL * SIZE + i]
        outward[i] = (
            g_M * samples[P_M * SIZE + i] + g_SK * q_SK * q_SK + g_AHP * q_AHP * q_AHP + g_BK * samples[Q_BK * SIZE + i]
        )
        inward[i] = g_CaL * m_CaL * m_CaL * samples[H_CAL * SIZE + i] + g_NaP * samples[M_NAP * SIZE + i]
        if i >= first:
            outward[i] = 0.0
            inward[i] = 0.0
        most_out = max(most_out, outward[i])
        most_in = max(most_in, inward[i])
        if i > 0:
            if samples[i - 1] < 0.0 and V[i] >= 0.0:
                count = count + 1
            if samples[i - 1] >= 0.0 and V[i] < 0.0:
                down = i
    for i in range(SIZE):
        outward[i] = outward[i] / most_out
        inward[i] = inward[i] / most_in
    top = index_of_maximum(V, 0, FINE)
    half_width = width_at(t, V, SIZE, top, 0.5 * (V_rest + vertex(t, V, top, SIZE)[1]))
    t_AHP, AHP = vertex(t, change, index_of_minimum(change, down, SIZE), SIZE)
    turn = down + 1
    while turn < SIZE - 1 and t[turn] < 60.0 and V[turn + 1] < V[turn]:
        turn = turn + 1
    t_ADP = math.nan
    ADP = math.nan
    hump = turn
    while hump < SIZE - 1 and t[hump] < 60.0 and V[hump + 1] > V[hump]:
        hump = hump + 1
    if t[hump] < 60.0:
        t_ADP, ADP = vertex(t, change, hump, SIZE)
    if AHP > -0.01:
        t_AHP = math.nan
        AHP = math.nan
    if ADP < 0.01:
        t_ADP = math.nan
        ADP = math.nan
    if count == 0:
        half_width = math.nan
    for k in range(len(PROBES)):
        t_probe[k] = PROBES[k]
        threshold[k] = math.nan
    kept[0] = V_rest
    kept[1] = count
    kept[2] = half_width
    kept[3] = AHP
    kept[4] = t_AHP
    kept[5] = ADP
    kept[6] = t_ADP
    kept[7] = last_away(t, V, down, SIZE, V_after, 0.5) - t[down]
    kept[8] = threshold_rest
    kept[9] = 0.0
    kept[10] = 0.0
    return 0.0, kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7], kept[8], kept[9], kept[10]


@portable
def step(
    g_CaL, g_SK, g_M, g_AHP, g_BK, g_NaP, pool, t_block, number,
    t, V, change, h, outward, inward, t_probe, threshold,
    p, state, start, stimulus, samples, later, later_samples, nothing, probe, trial, spare, kept,
):  # fmt: skip
    """Threshold of a second pulse at one moment after the spike, as a multiple of that at rest."""
    k = int(number)
    i = 0
    while t[i] < PROBES[k] - 0.001:
        i = i + 1
    for j in range(STATES):
        start[j] = samples[j * SIZE + i]
    if PROBES[k] > t_block:
        put_channels(p, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    found = second_threshold(p, start, state, nothing, probe, trial, spare)
    put_channels(p, g_M, g_CaL, g_SK, g_AHP, g_BK, g_NaP)
    if kept[8] > 0.0:
        threshold[k] = found / kept[8]
    if k == AT_8 and not math.isnan(found):
        kept[9] = found
    if k == AT_100 and not math.isnan(found):
        kept[10] = found
    return 0.0, kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7], kept[8], kept[9], kept[10]


@portable
def say(
    g_CaL, g_SK, g_M, g_AHP, g_BK, g_NaP, pool, t_block, V_rest, count, half_width, AHP, t_AHP, ADP, t_ADP, lasting,
    threshold_rest, threshold_8, threshold_100,
):  # fmt: skip
    if count == 0.0:
        return 0
    if count > 1.0:
        return 1
    if t_block < T_END:
        return 2
    if lasting > 790.0:
        return 7
    if AHP < -0.5:
        return 3 if ADP > 0.5 else 4
    return 5 if ADP > 0.5 else 6


@portable
def check(
    changed, g_CaL, g_SK, g_M, g_AHP, g_BK, g_NaP, pool, t_block, V_rest, count, half_width, AHP, t_AHP, ADP, t_ADP,
    lasting, threshold_rest, threshold_8, threshold_100,
):  # fmt: skip
    if count != 1.0 or math.isnan(threshold_rest) or threshold_8 == 0.0 or threshold_100 == 0.0:
        return 3, count
    if threshold_8 > 0.7 * threshold_rest:
        return 1, threshold_8 / threshold_rest
    if threshold_100 < 1.2 * threshold_rest:
        return 2, threshold_100 / threshold_rest
    return 0, threshold_100 / threshold_rest


@portable
def answer(
    g_CaL, g_SK, g_M, g_AHP, g_BK, g_NaP, pool, t_block, V_rest, count, half_width, AHP, t_AHP, ADP, t_ADP, lasting,
    threshold_rest, threshold_8, threshold_100,
):  # fmt: skip
    if lasting < half_width:
        return 0
    return 1 if lasting < 10.0 * half_width else 2


def figure():
    drawn, (voltage, after, relative) = fig.panels([80, 90, 85], shared=False)
    bare = current_clamp(mammalian_neuron, pulse(40.0, 1.0), 60.0, sample_every=0.02)
    shown = {"color": fig.COLOURS["muted"], "linestyle": (0, (2, 1.5)), "linewidth": 1.3}
    fig.x_axis(voltage, (_("time after the pulse begins"), "ms"), (-6, 300), ticks=[0, 100, 200, 300])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-95, 60), ticks=[-80, -40, 0, 40])
    fig.level(voltage, "V_rest", "muted")
    fig.curve(voltage, "t", "V", "ink")
    fig.y_axis(after, (_("V less its rest"), "mV"), (-22, 24), ticks=[-20, -10, 0, 10, 20])
    after.plot(bare.time[1:], bare.V[1:] - bare.V[0], label=translate(_("nothing added")), **shown)
    fig.curve(after, "t", "change", "ink", _("this cell"))
    fig.event(after, "t_block", "muted")
    fig.legend(after)
    for panel in (after, relative):
        time = (_("time after the pulse begins, stretched"), "ms")
        fig.x_axis(panel, time, (1, T_END), "log", ticks=[1, 3, 10, 30, 100, 300])
    fig.y_axis(relative, (_("relative"), ""), (0, 2.4), ticks=[0, 0.5, 1, 1.5, 2])
    fig.curve(relative, "t", "outward", "K", _("K added"), linestyle=(0, (5, 2)), linewidth=1.4)
    fig.curve(relative, "t", "inward", "Ca", _("Ca, Na added"), linestyle=(0, (4, 1.5, 1, 1.5)), linewidth=1.4)
    fig.curve(relative, "t", "h", "Na", "h", linestyle=(0, (1.5, 1.5)), linewidth=1.4)
    fig.curve(relative, "t_probe", "threshold", "accent", _("threshold"))
    fig.point(relative, "t_probe", "threshold", "accent", markersize=3.5)
    fig.legend(relative)
    return drawn


def conductance(name, label, most, default, **options):
    return Slider(name, label, 0, most, default, "mS/cm²", **options)


POOLS = {"deep": _("1 µm deep, gone in 80 ms"), "thin": _("0.1 µm deep, gone in 5 ms")}
NOTHING = {"g_CaL": 0, "g_SK": 0}
explorer = Explorer(
    name="afterpotentials",
    title=_("What follows a spike: afterpotentials, channel by channel"),
    chapter="action-potential/afterpotentials",
    caption=_(
        "A mammalian neuron fires once; channels of your choice are added to its sodium channels, delayed rectifier "
        "and "
        "leak. Above: the voltage; the dashed line is the rest. Middle: the same as a change from rest on a stretched "
        "(logarithmic) scale of time, and dotted the neuron with nothing added. Below, on the same scale: the added "
        "conductances as a part of their largest value, the gate h of sodium, and the threshold of a second pulse as a "
        "multiple of its value at rest."
    ),
    controls=(
        conductance("g_CaL", _("Calcium channel, high-voltage"), 0.4, 0.2, step=0.01),
        conductance("g_SK", _("SK: opened by calcium"), 0.2, 0.05, step=0.005),
        conductance("g_M", _("M-current: slow, opened by voltage"), 0.5, 0, step=0.01),
        conductance("g_AHP", _("Slow AHP: opened by calcium"), 0.25, 0, step=0.001),
        conductance("g_BK", _("BK: by voltage and calcium"), 6, 0, step=0.05),
        conductance("g_NaP", _("Persistent sodium"), 0.03, 0, step=0.001),
        Choice("pool", _("Calcium collects"), POOLS, "deep"),
        Slider("t_block", _("All added blocked at (800: never)"), 2, 800, 800, "ms", scale="log"),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time after the pulse begins")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("change", SIZE, "mV", _("voltage less its rest")),
        Curve("h", SIZE, "", _("sodium inactivation gate")),
        Curve("outward", SIZE, "", _("added potassium conductance, part of its largest")),
        Curve("inward", SIZE, "", _("added calcium and sodium conductance, part of its largest")),
        Curve("t_probe", len(PROBES), "ms", _("time of a second pulse")),
        Curve("threshold", len(PROBES), "", _("threshold of the second pulse, multiple of that at rest"), gaps=True),
    ),
    scratch={
        "p": len(CELL.parameter_names), "state": STATES, "start": STATES, "stimulus": 6, "samples": STATES * SIZE,
        "later": SIZE, "later_samples": STATES * SIZE, "nothing": 6, "probe": 6, "trial": 6, "spare": 1, "kept": 11,
    },
    sweep=Sweep(len(PROBES), step),
    readouts=(
        Readout("V_rest", _("rest"), "mV", 1),
        Readout("count", _("spikes"), "", 0),
        Readout("half_width", _("half-width of the spike"), "ms", 2, optional=True),
        Readout("AHP", _("lowest after it, from rest"), "mV", 1, optional=True),
        Readout("t_AHP", _("at"), "ms", 0, optional=True),
        Readout("ADP", _("hump after it, from rest"), "mV", 1, optional=True),
        Readout("t_ADP", _("at"), "ms", 1, optional=True),
        Readout("lasting", _("beyond 0.5 mV for"), "ms", 0),
        Readout("threshold_rest", _("threshold at rest"), "µA/cm²", 1, optional=True),
        Readout("threshold_8", _("threshold at 8 ms"), "µA/cm²", 1, shown=False),
        Readout("threshold_100", _("threshold at 100 ms"), "µA/cm²", 1, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The pulse stays below threshold: no spike, and so no afterpotential."),
        _("The afterdepolarisation reaches threshold: {count:0} spikes from one pulse."),
        _(
            "The added channels are blocked at the dotted line: what is left of the afterpotential goes within the "
            "membrane's own time constant."
        ),
        _(
            "A spike of {half_width:2} ms, then a hump of {ADP} mV, then a dip of {AHP} mV, deepest at {t_AHP:0} ms. "
            "All over after {lasting:0} ms."
        ),
        _(
            "A spike of {half_width:2} ms, then an afterhyperpolarisation of {AHP} mV, deepest at {t_AHP:0} ms. It is "
            "over after {lasting:0} ms."
        ),
        _("A spike of {half_width:2} ms, then an afterdepolarisation of {ADP} mV. It is over after {lasting:0} ms."),
        _("A spike and hardly any afterpotential: V comes back to its rest of {V_rest} mV and stays there."),
        _("A spike of {half_width:2} ms, then a dip of {AHP} mV that is not over by the end of this window."),
    ),
    presets={
        _("One at a time: nothing added"): NOTHING,
        _("One at a time: M-current"): NOTHING | {"g_M": 0.2},
        _("One at a time: calcium tail"): {"g_SK": 0},
        _("One at a time: persistent sodium"): NOTHING | {"g_NaP": 0.02},
        _("With calcium: SK"): {},
        _("With calcium: slow AHP"): {"g_SK": 0, "g_AHP": 0.207},
        _("With calcium: BK in a thin shell"): {"g_SK": 0, "g_BK": 3.45, "pool": "thin"},
        _("With calcium: a burst"): {"g_SK": 0, "g_CaL": 0.3},
        _("Block: the slow AHP at 60 ms"): {"g_SK": 0, "g_AHP": 0.207, "t_block": 60},
        _("Block: the M-current at 20 ms"): NOTHING | {"g_M": 0.2, "t_block": 20},
    },
    challenge=Challenge(
        _(
            "Build a neuron that fires once and then is easier to excite than at rest at 8 ms (at most 0.7 of the "
            "threshold) but harder at 100 ms (at least 1.2 times)."
        ),
        check,
        (
            _(
                "Done: {threshold_8} µA/cm² at 8 ms and {threshold_100} µA/cm² at 100 ms, against {threshold_rest} "
                "µA/cm² at rest."
            ),
            _("At 8 ms the threshold is still {off:2} of that at rest."),
            _("At 100 ms the threshold is only {off:2} of that at rest."),
            _("It should fire just one spike, and a second pulse should be able to make another at 8 and at 100 ms."),
        ),
    ),
    prediction=Prediction(
        _(
            "This neuron's spike is less than 1 ms wide at half its height. How long does the afterpotential of a slow "
            "AHP last?"
        ),
        {"g_SK": 0, "g_AHP": 0.207},
        (_("less than the spike"), _("a few times as long as the spike"), _("hundreds of times as long")),
        answer,
        (
            _("It lasts {lasting:0} ms."),
            _("It lasts {lasting:0} ms."),
            _(
                "It lasts {lasting:0} ms against {half_width:2} ms: the channels behind it open late, and calcium "
                "takes its time to leave."
            ),
        ),
    ),
)
