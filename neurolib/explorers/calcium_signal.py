"""Calcium as a signal: its gradient, its Nernst potential, and the potassium channels that it opens."""

import math

from neurolib.cells import mammalian_sk
from neurolib.channels.calcium import calcium_reversal
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse
from neurolib.spikes import crossing, index_of_maximum, index_of_minimum, last_away

SIZE, T_START, T_END, DT = 1551, -20.0, 600.0, 0.02
CHUNKS, CHUNK = 10, 156  # the run is drawn piece by piece; samples of a piece, both ends counted
FINER = 8  # samples for each one that is drawn, so that every spike keeps its height
FINE = FINER * (CHUNK - 1) + 1
STEP_LENGTH, PULSE, PULSE_LENGTH = 400.0, 40.0, 1.0  # ms, µA/cm², ms
QUIET = 15.0  # ms after the last spike from which V counts as afterpotential
CAPACITY = 200
LINE, Ca_LOW, Ca_HIGH = 2, 1e-2, 1e2  # µM, of the lowest panel
CELL = mammalian_sk
STATES = len(CELL.state_names)
CALCIUM = CELL.state_index("Ca")
T = CELL.temperature_celsius
KERNEL = CELL.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
G_CA, G_SK, CA_REST, CA_TAU, CA_OUT = (CELL.index(n) for n in ("g_bar_CaL", "g_bar_SK", "Ca_rest", "Ca_tau", "Ca_out"))
COUNT, COUNT_FREE, FIRST, LAST, LAST_SPIKE, AHP, AHP_END, V_REST, CA_PEAK, DONE = range(10)  # in memo


@portable
def begin(protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out, p, state, row):
    """Parameters, rest and stimulus; returns the resting voltage."""
    defaults(p)
    p[G_SK] = g_SK
    p[G_CA] = g_CaL
    p[CA_TAU] = Ca_tau
    p[CA_REST] = 1e-6 * Ca_in
    p[CA_OUT] = Ca_out
    V_rest = rest(p, 0.0, state)
    if protocol == 0.0:
        put_pulse(row, 0, 0.0, PULSE_LENGTH, PULSE)
    else:
        put_pulse(row, 0, 0.0, STEP_LENGTH, I)
    return V_rest


@portable
def results(Ca_in, Ca_out, memo):
    """What the reader is told, from what is known so far."""
    E_Ca = calcium_reversal(1e-6 * Ca_in, Ca_out, T)
    E_peak = calcium_reversal(1e-3 * memo[CA_PEAK], Ca_out, T)
    per_decade = 0.5 * thermal_voltage(T) * math.log(10.0)
    ratio = 1e6 * Ca_out / Ca_in
    return (
        0.0, E_Ca, per_decade, ratio, memo[CA_PEAK], E_peak, memo[COUNT], memo[COUNT_FREE], memo[FIRST], memo[LAST],
        memo[AHP], memo[AHP_END], memo[V_REST], 1e-3 * Ca_in, memo[DONE],
    )  # fmt: skip


@portable
def compute(
    protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out,
    t, V, V_free, Ca, Ca_line, E_line, E_single, p, state, row, times, samples, crossings, memo,
):  # fmt: skip
    """The Nernst potentials; the runs follow, piece by piece."""
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
        V[i] = math.nan
        V_free[i] = math.nan
        Ca[i] = math.nan
    for i in range(LINE):
        Ca_line[i] = Ca_LOW if i == 0 else Ca_HIGH
        E_line[i] = calcium_reversal(1e-3 * Ca_line[i], Ca_out, T)
        E_single[i] = nernst(1.0, 1e-3 * Ca_line[i], Ca_out, T)
    for k in range(10):
        memo[k] = math.nan
    memo[V_REST] = begin(protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out, p, state, row)
    memo[CA_PEAK] = 1e-3 * Ca_in
    memo[COUNT] = 0.0
    memo[COUNT_FREE] = 0.0
    memo[DONE] = 0.0
    return results(Ca_in, Ca_out, memo)


@portable
def standing_out(samples, i):
    """The sample to draw for the interval that ends with sample i: the top or the bottom where V turns within it."""
    first = max(0, i - FINER)
    top = samples[index_of_maximum(samples, first, i + 1)]
    if top > max(samples[first], samples[i]):
        return top
    bottom = samples[index_of_minimum(samples, first, i + 1)]
    return bottom if bottom < min(samples[first], samples[i]) else samples[i]


@portable
def step(
    protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out, number,
    t, V, V_free, Ca, Ca_line, E_line, E_single, p, state, row, times, samples, crossings, memo,
):  # fmt: skip
    """A piece of the reader's run, or of the run without SK channels."""
    chunk = int(number)
    free = 0
    if number >= CHUNKS:
        chunk = chunk - CHUNKS
        free = 1
    if chunk == 0:
        begin(protocol, I, g_SK if free == 0 else 0.0, g_CaL, Ca_tau, Ca_in, Ca_out, p, state, row)
    offset = chunk * (CHUNK - 1)
    for i in range(FINE):
        times[i] = t[offset] + (t[1] - t[0]) * i / FINER
    _failed, count = integrate(
        state, p, row, 2, times[0], times[FINE - 1], times, FINE, samples, crossings, CAPACITY, 0.0, DT
    )  # fmt: skip
    if free == 1:
        memo[COUNT_FREE] = memo[COUNT_FREE] + count
        for i in range(CHUNK):
            V_free[offset + i] = standing_out(samples, FINER * i)
        memo[DONE] = 1.0 if chunk == CHUNKS - 1 else 0.0
        return results(Ca_in, Ca_out, memo)
    for i in range(CHUNK):
        V[offset + i] = standing_out(samples, FINER * i)
        Ca[offset + i] = 1e3 * samples[CALCIUM * FINE + FINER * i]
        memo[CA_PEAK] = max(memo[CA_PEAK], Ca[offset + i])
    for k in range(count):
        if memo[COUNT] > 0.0:
            memo[LAST] = crossings[k] - memo[LAST_SPIKE]
            if memo[COUNT] == 1.0:
                memo[FIRST] = memo[LAST]
        memo[LAST_SPIKE] = crossings[k]
        memo[COUNT] = memo[COUNT] + 1.0
    if chunk == CHUNKS - 1 and memo[COUNT] > 0.0:
        after_step = STEP_LENGTH if protocol == 1.0 else 0.0
        spike = 0
        first = 0
        for i in range(SIZE):
            if t[i] <= memo[LAST_SPIKE]:
                spike = i
            if t[i] <= max(memo[LAST_SPIKE], after_step) + QUIET:
                first = i
        lowest = index_of_minimum(V, first, SIZE)
        memo[AHP] = memo[V_REST] - V[lowest]
        if memo[AHP] < 0.01:
            memo[AHP] = 0.0
        memo[AHP_END] = 0.0
        if memo[AHP] > 0.5:
            end = crossing(t, V, spike, SIZE, 0.0, -1.0)
            memo[AHP_END] = last_away(t, V, first, SIZE, memo[V_REST], 0.5) - end
    return results(Ca_in, Ca_out, memo)


@portable
def say(
    protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out,
    E_Ca, per_decade, ratio, Ca_peak, E_peak, count, count_free, first, last, ahp, ahp_end, V_rest, Ca_rest, done,
):  # fmt: skip
    if done == 0.0:
        return 0
    if count == 0.0:
        return 1
    if protocol == 0.0:
        if count > 1.0:
            return 4
        return 2 if ahp > 0.5 else 3
    if count > 2.0 and last > 1.5 * first:
        return 5
    return 7 if count < 0.3 * count_free else 6


@portable
def check(
    moved, protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out,
    E_Ca, per_decade, ratio, Ca_peak, E_peak, count, count_free, first, last, ahp, ahp_end, V_rest, Ca_rest, done,
):  # fmt: skip
    if protocol != 1.0 or I != 4.0 or g_SK != 0.05:
        return 1, g_SK
    if count < 10.0:
        return 2, count
    return (0, last / first) if last < 1.25 * first else (3, last / first)


@portable
def answer(
    protocol, I, g_SK, g_CaL, Ca_tau, Ca_in, Ca_out,
    E_Ca, per_decade, ratio, Ca_peak, E_peak, count, count_free, first, last, ahp, ahp_end, V_rest, Ca_rest, done,
):  # fmt: skip
    if count < 12.0:
        return 0
    return 1 if count < 30.0 else 2


def figure():
    drawn, (voltage, calcium, nernst_lines) = fig.panels([96, 60, 90], shared=False)
    for panel in (voltage, calcium):
        fig.x_axis(panel, (_("time"), "ms"), (T_START, T_END), ticks=[0, 100, 200, 300, 400, 500, 600])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-95, 60), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "t", "V_free", "muted", _("without SK"), linewidth=0.6, alpha=0.7)
    fig.curve(voltage, "t", "V", "ink", _("with SK"), linewidth=1.3)
    fig.level(voltage, "V_rest", "muted")
    fig.legend(voltage)
    fig.y_axis(calcium, (_("calcium under the membrane"), "µM"), (0.01, 100), "log", ticks=[0.01, 0.1, 1, 10, 100])
    fig.curve(calcium, "t", "Ca", "Ca")
    fig.x_axis(nernst_lines, (_("calcium inside"), "µM"), (Ca_LOW, Ca_HIGH), "log", ticks=[0.01, 0.1, 1, 10, 100])
    fig.y_axis(nernst_lines, (_("Nernst potential"), "mV"), (0, 340), ticks=[0, 100, 200, 300])
    fig.curve(nernst_lines, "Ca_line", "E_single", "muted", _("charge 1"), linestyle=(0, (5, 2)))
    fig.curve(nernst_lines, "Ca_line", "E_line", "Ca", _("E_Ca"))
    fig.point(nernst_lines, "Ca_rest", "E_Ca", "ink", _("at rest"), markersize=6)
    fig.point(nernst_lines, "Ca_peak", "E_peak", "accent", _("peak"), marker="s", markersize=5)
    fig.legend(nernst_lines)
    return drawn


explorer = Explorer(
    name="calcium_signal",
    title=_("Calcium as a signal"),
    chapter="action-potential/calcium-spikes",
    caption=_(
        "A mammalian neuron with a calcium channel that opens during spikes and with SK channels, potassium "
        "channels that "
        "calcium opens. Above: its voltage, and that of the same neuron without SK channels. Middle: calcium in a "
        "shell of 1 µm "
        "under the membrane. Below: the Nernst potential of calcium against the calcium inside; the dashed line is "
        "what it would "
        "be for an ion of charge 1."
    ),
    controls=(
        Choice("protocol", _("Stimulus"), {"pulse": _("one short pulse"), "step": _("a step of 400 ms")}, "step"),
        Slider("I", _("Current of the step"), 0, 8, 4, "µA/cm²", step=0.1, only_if=("protocol", 1)),
        Slider("g_SK", _("SK conductance, all open"), 0, 0.4, 0.05, "mS/cm²", step=0.005),
        Slider("g_CaL", _("Calcium conductance, all open"), 0, 0.25, 0.2, "mS/cm²", step=0.01),
        Slider("Ca_tau", _("Calcium is cleared within"), 5, 300, 80, "ms", scale="log"),
        Slider("Ca_in", _("Calcium inside, at rest"), 20, 1000, 240, "nM", scale="log"),
        Slider("Ca_out", _("Calcium outside"), 0.2, 10, 2, "mM", scale="log"),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("V_free", SIZE, "mV", _("voltage without SK channels")),
        Curve("Ca", SIZE, "µM", _("calcium under the membrane")),
        Curve("Ca_line", LINE, "µM", _("calcium inside")),
        Curve("E_line", LINE, "mV", _("Nernst potential of calcium")),
        Curve("E_single", LINE, "mV", _("Nernst potential of an ion of charge 1")),
    ),
    scratch={
        "p": len(CELL.parameter_names), "state": STATES, "row": 6, "times": FINE, "samples": STATES * FINE,
        "crossings": CAPACITY, "memo": 10,
    },
    sweep=Sweep(2 * CHUNKS, step),
    readouts=(
        Readout("E_Ca", _("E_Ca at rest"), "mV", 1),
        Readout("per_decade", _("per tenfold ratio"), "mV", 1),
        Readout("ratio", _("outside to inside"), "", 0),
        Readout("Ca_peak", _("highest calcium"), "µM", 2),
        Readout("E_peak", _("E_Ca there"), "mV", 1),
        Readout("count", _("spikes"), "", 0),
        Readout("count_free", _("spikes without SK"), "", 0),
        Readout("first", _("first interval"), "ms", 1, optional=True),
        Readout("last", _("last interval"), "ms", 1, optional=True),
        Readout("ahp", _("depth of the afterhyperpolarisation"), "mV", 1, optional=True),
        Readout("ahp_end", _("lasts after the spike"), "ms", 0, optional=True),
        Readout("V_rest", _("rest"), "mV", 1, shown=False),
        Readout("Ca_rest", _("calcium at rest"), "µM", 2, shown=False),
        Readout("done", _("run complete"), "", 0, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The neuron is running…"),
        _("No spike, so hardly any calcium enters: it stays at {Ca_peak:2} µM."),
        _(
            "One spike lifts calcium to {Ca_peak:2} µM. SK channels answer with an afterhyperpolarisation of {ahp} "
            "mV that lasts for {ahp_end:0} ms."
        ),
        _(
            "One spike lifts calcium to {Ca_peak:2} µM, but no afterhyperpolarisation follows: V returns to rest "
            "from above."
        ),
        _("The inward calcium current outlasts the spike and makes {count:0} of it."),
        _(
            "Adaptation: the intervals grow from {first} to {last} ms as calcium gathers to {Ca_peak:1} µM. Without "
            "SK channels the same current makes {count_free:0} spikes, not {count:0}."
        ),
        _(
            "Little adaptation: the intervals are {first} ms at first and {last} ms at the end; {count:0} spikes, "
            "{count_free:0} without SK channels."
        ),
        _(
            "After {count:0} spikes calcium keeps the SK channels open, and the current cannot fire the neuron "
            "again for long. Without them it makes {count_free:0} spikes."
        ),
    ),
    presets={
        _("One spike, with SK"): {"protocol": "pulse"},
        _("One spike, SK blocked (apamin)"): {"protocol": "pulse", "g_SK": 0},
        _("Step, with SK: adaptation"): {"protocol": "step"},
        _("Step, SK blocked (apamin)"): {"protocol": "step", "g_SK": 0},
        _("Step, calcium cleared in 10 ms"): {"protocol": "step", "Ca_tau": 10},
        _("Step, much SK"): {"protocol": "step", "g_SK": 0.2},
    },
    prediction=Prediction(
        _(
            "With SK channels the step makes 15 spikes. Apamin, a toxin of the honey bee, now blocks them. How many "
            "spikes?"
        ),
        {"protocol": "step", "g_SK": 0},
        (_("Fewer: a current is missing"), _("About as many"), _("More than twice as many")),
        answer,
        (
            _("{count:0} spikes."),
            _("{count:0} spikes."),
            _("{count:0} spikes: the calcium is still there, but the brake that it works is gone."),
        ),
    ),
    challenge=Challenge(
        _(
            "Make the neuron fire almost regularly under the step of 4 µA/cm² (last interval less than 1.25 times "
            "the first, ten spikes or more) with its SK conductance at 0.05 mS/cm²."
        ),
        check,
        (
            _(
                "The intervals change by a factor of {off:2} only. The channels are all there; it is the calcium "
                "signal that you have taken away."
            ),
            _("Keep the step of 4 µA/cm² and the SK conductance at 0.05 mS/cm²."),
            _("That makes {off:0} spikes, and ten are asked for."),
            _(
                "The last interval is {off:2} times the first. What has to happen to calcium so that SK channels "
                "stay closed?"
            ),
        ),
    ),
)
