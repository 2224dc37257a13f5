"""A cell that fires by itself: a thalamic relay cell with I_h, and what becomes of its rhythm without one of the currents."""

from neurolib.cells import thalamic_pacemaker
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.explorers._spikes_drawn import FINER, standing_out
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_row
from neurolib.spikes import index_of_maximum

T_END, T_CUT, EVERY, DT = 4000.0, 1600.0, 2.0, 0.04  # ms; the rhythm with DT: within 0.5 %
PIECE = 51  # samples that are drawn of a piece of the run, both ends counted
PIECES = round(T_END / EVERY) // (PIECE - 1)
SIZE = PIECES * (PIECE - 1) + 1
FINE = FINER * (PIECE - 1) + 1
V_START = -65.0  # mV, where the cell has been held before
LEVEL, GAP, CAPACITY = -50.0, 40.0, 100  # mV: a spike, of calcium or sodium; ms without one between two bursts
LAPSED = 1.7  # periods without a burst, after which the rhythm is over
RECENT = 1700.0  # ms before the end, within which a last spike speaks for a slow rhythm
MANY = 20.0  # spikes without such a pause: single ones, too quick for it
FROM, UNTIL = (400.0, 2000.0), (T_CUT, T_END)  # ms between which the rhythm counts, before the cut and after it
HALF = int(FROM[1] / EVERY)  # the sample from which the rhythm after the cut counts
CELL = thalamic_pacemaker
STATES, PARAMETERS = len(CELL.state_names), len(CELL.parameter_names)
NAMES = [channel.name for channel in CELL.channels]
CHANNELS, AT_H, AT_T, AT_L, AT_KL = len(NAMES), *(NAMES.index(name) for name in ("H", "T", "L", "KL"))
GATE_R, GATE_M, GATE_H = (CELL.state_index(name) for name in ("r_H", "m_T", "h_T"))
G_KL = CELL.index("g_bar_KL")
CUTS = ("none", "H", "T", "Na")
CUT_H, CUT_NA = CUTS.index("H"), CUTS.index("Na")
CUT = tuple(0 if name == "none" else CELL.index(f"g_bar_{name}") for name in CUTS)
KERNEL = CELL.kernel
defaults, steady_state, integrate, currents_of = (
    KERNEL.defaults, KERNEL.steady_state, KERNEL.integrate, KERNEL.channel_currents,
)  # fmt: skip


@portable
def model(c, y, r):
    """The cell is let go; the run is the sweep's."""
    p = zeros(PARAMETERS)
    defaults(p)
    steady_state(V_START, p, y.state)
    for i in range(SIZE):
        y.t[i] = EVERY * i
        y.V[i] = math.nan
        y.I_h[i] = math.nan
        y.I_T[i] = math.nan
        y.I_leak[i] = math.nan
        y.r_h[i] = math.nan
        y.m_T[i] = math.nan
        y.h_T[i] = math.nan
    for k in range(2):
        y.number[k] = 0.0
        y.spikes[k] = 0.0
        y.every[k] = 0.0
    if c.cut > 0.0:
        r.cut_at = T_CUT
        r.cut_note = T_CUT + 40.0
    r.latest = -T_END
    r.done = 0.0
    return "ok"


@portable
def count_spike(y, r, t):
    """Take a spike at t ms into account: one of the burst under way, or the first of a new one, before the cut or after it."""
    k = 0 if t < T_CUT else 1
    if t > FROM[k]:
        y.every[k] = y.every[k] + 1.0
        if t - r.latest > GAP:
            if y.number[k] == 0.0:
                y.first[k] = t
            y.last[k] = t
            y.number[k] = y.number[k] + 1.0
        if y.number[k] > 0.0:
            y.spikes[k] = y.spikes[k] + 1.0
    r.latest = t


@portable
def rate(y, k):
    """Bursts a second, from the first to the last; 0 of fewer than two; spikes a second where they come without a pause."""
    if y.number[k] > 1.0:
        return 1e3 * (y.number[k] - 1.0) / (y.last[k] - y.first[k])
    return 1e3 * y.every[k] / (UNTIL[k] - FROM[k]) if y.every[k] > MANY else 0.0


@portable
def conclude(y, r):
    """Rates before the cut and after it, spikes of a burst, and where V ends and how high it comes, mV."""
    r.before = rate(y, 0)
    r.after = rate(y, 1)
    r.since = T_END - r.latest
    if 1e-3 * r.since * r.after > LAPSED:
        r.after = 0.0
    if r.after > 0.0:
        r.size = y.spikes[1] / y.number[1] if y.number[1] > 1.0 else 1.0
    r.V_end = y.V[SIZE - 1]
    r.top = y.V[index_of_maximum(y.V, HALF, SIZE)]
    r.done = 1.0


@portable
def step(c, y, r, number):
    """A piece of the run."""
    p, row, crossings, times, samples = zeros(PARAMETERS), zeros(3), zeros(CAPACITY), zeros(FINE), zeros(STATES * FINE)
    conductances, currents = zeros(CHANNELS * FINE), zeros(CHANNELS * FINE)
    offset = int(number) * (PIECE - 1)
    for i in range(FINE):
        times[i] = EVERY * (offset + i / FINER)
    defaults(p)
    p[G_KL] = c.g_KL
    if c.cut > 0.0 and times[0] >= T_CUT:
        p[CUT[int(c.cut)]] *= 1.0 - 0.01 * c.block
    put_row(row, 0, 0.0, c.I, 0.0)
    _failed, count = integrate(
        y.state, p, row, 1, times[0], times[FINE - 1], times, FINE, samples, crossings, CAPACITY, LEVEL, DT
    )  # fmt: skip
    for k in range(count):
        count_spike(y, r, crossings[k])
    currents_of(p, samples, FINE, conductances, currents)
    for i in range(PIECE):
        j = FINER * i
        y.V[offset + i] = standing_out(samples, j)
        y.I_h[offset + i] = currents[AT_H * FINE + j]
        y.I_T[offset + i] = currents[AT_T * FINE + j]
        y.I_leak[offset + i] = currents[AT_L * FINE + j] + currents[AT_KL * FINE + j]
        y.r_h[offset + i] = samples[GATE_R * FINE + j]
        y.m_T[offset + i] = samples[GATE_M * FINE + j]
        y.h_T[offset + i] = samples[GATE_H * FINE + j]
    if number == PIECES - 1:
        conclude(y, r)
    return "ok"


@outcome
def say(c, r):
    if r.done == 0.0:
        return "running"
    if r.after == 0.0:
        if r.since < RECENT:
            return "rare"
        return "stops" if r.before > 0.0 else "silent"
    if r.top < -10.0:
        return "calcium" if c.block == 100.0 and c.cut == CUT_NA else "small"
    return "bursts" if r.size > 1.5 else "single"


@outcome
def check(c, r):
    """Bursts of at least two spikes, at least one a second, without any I_h."""
    if c.cut != CUT_H or c.block < 100.0:
        return "left"
    r.off = r.after
    if r.after < 1.0:
        return "too_slow" if r.after > 0.0 else "no_rhythm"
    return "done" if r.size >= 2.0 else "no_bursts"


@outcome
def answer(c, r):
    if r.after > 0.0:
        return "goes_on"
    return "up" if r.V_end > -70.0 else "down"


def figure():
    drawn, (voltage, currents, gates) = fig.panels([76, 58, 44])
    fig.x_axis(gates, (_("time"), "ms"), (0, T_END), ticks=[0, 1000, 2000, 3000, 4000])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-100, 48), ticks=[-80, -40, 0, 40])
    for panel in (voltage, currents, gates):
        fig.event(panel, "cut_at", "muted")
    fig.note(voltage, _("taken away"), "cut_note", 30, "muted")
    fig.curve(voltage, "t", "V", "ink", linewidth=1.2, given=True)
    fig.y_axis(currents, (_("slow currents"), "µA/cm²"), (-0.55, 0.55), ticks=[-0.4, 0, 0.4])
    fig.level(currents, "I", "stimulus", linewidth=1.0, drag={"y": "I"})
    fig.curve(currents, "t", "I_leak", "leak", linewidth=1.6, given=True)
    fig.curve(currents, "t", "I_T", "Ca", linewidth=1.4, given=True)
    fig.curve(currents, "t", "I_h", "Na", given=True)
    fig.y_axis(gates, (_("gates"), ""), (0, 0.72), ticks=[0, 0.3, 0.6])
    fig.curve(gates, "t", "h_T", "Ca", linewidth=1.4, given=True)
    fig.curve(gates, "t", "r_h", "Na", given=True)
    names = (currents, _("leaks"), 2750, "leak"), (currents, _("T-type"), 3400, "Ca"), (currents, "I_h", T_END, "Na")
    for panel, name, x, colour in (*names, (gates, _("T-type: h"), 3400, "Ca"), (gates, "I_h: r", T_END, "Na")):
        fig.note(panel, name, x, panel.get_ylim()[1], colour, given=True, lift=12, ha="right")  # above, beside its name
    return drawn


def scene():
    """A T-type channel with its gates, an I_h channel, a leak, and the three currents."""
    doors = [moves.turn(f"m_{place}", "m_T", (0, 1), (0, -84)) for place in (1, 2)]
    gates = moves.turn("h", "h_T", (0, 1), (0, -110)), moves.turn("r", "r_h", (0, 1), (0, -84))
    currents = [moves.arrow(name, name, 0.4, 46) for name in ("I_T", "I_h", "I_leak")]
    return Scene("relay.svg", (*doors, *gates, *currents, moves.write("V", "V", 0)), at=900.0)


explorer = Explorer(
    chapter="action-potential/calcium-spikes",
    controls=dict(
        cut=Choice(CUTS, "none"),
        block=Slider(0, 100, 100, "%", step=1, only_if=("cut", *range(1, len(CUTS)))),
        g_KL=Slider(0, 0.03, 0.01, "mS/cm²", step=0.0005),
        I=Slider(-0.5, 0.5, 0, "µA/cm²", step=0.01),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        I_h=Curve(SIZE, "µA/cm²"),
        I_T=Curve(SIZE, "µA/cm²"),
        I_leak=Curve(SIZE, "µA/cm²"),
        r_h=Curve(SIZE),
        m_T=Curve(SIZE),
        h_T=Curve(SIZE),
    ),
    readouts=dict(
        before=Readout("Hz"),
        after=Readout("Hz"),
        size=Readout("", optional=True),
        V_end=Readout("mV"),
        top=Readout("mV", 0, shown=False),
        since=Readout("ms", 0, shown=False),
        done=Readout("", 0, shown=False),
        cut_at=Readout("ms", shown=False, optional=True),
        cut_note=Readout("ms", shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    sweep=Sweep(
        PIECES, step, numbers=("latest",), arrays={"state": STATES, "number": 2, "spikes": 2, "every": 2, "first": 2, "last": 2}
    ),
    scene=scene(),
    time="t",
    presets={
        "half": {"cut": "H", "block": 50},
        "deep": {"g_KL": 0.016},
        "ready": {"g_KL": 0.003},
        "tonic": {"g_KL": 0.003, "I": 0.4},
        "held": {"g_KL": 0.025},
    },
    main=("cut", "g_KL"),
    shows=("before", "after", "size"),
    story={"rhythm": {}, "calcium": {"cut": "T"}, "h": {"cut": "H"}, "sodium": {"cut": "Na"}},
    challenge=Challenge(check, solution={"cut": "H", "g_KL": 0.0075}),
    prediction=Prediction(answer, {"cut": "H"}),
    cells=(thalamic_pacemaker,),
)
