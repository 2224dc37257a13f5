"""A neuron without oxygen: its pump stops, it fires, it is blocked; whether it comes back when the pump does.

Hübel and Dahlem's neuron from :mod:`neurolib.ischaemia`, in pieces of half a second. The first 15 s are sampled every
0.5 ms and drawn as a band from the lowest to the highest voltage of each 42 ms, with the mean of each piece; later steps
may take 2 ms. Later, too, V is moved by 0.5 mV at the start of each piece: a neuron that comes out of its block starts to
oscillate from whatever disturbs it, and that should not be rounding errors. Between pieces the state is rounded to 7
decimals, and voltages are drawn to 0.1 mV, so that the last bits of two machines do not grow, over 500 spikes, into two
figures.
"""

from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.ischaemia import BLOCK, GAMMA, REST, VOLUME_IN, ischaemia_run, potassium_out, pump_rate, sodium_in
from neurolib.portable import math, outcome, portable, zeros
from neurolib.spikes import index_of_maximum, index_of_minimum

UNIT, END = 0.5, 120.0  # s
EARLY, LATE, AT_ONCE = 30, 210, 7  # units that are sampled finely; those that are not; how many of these in one step
FINE, BINS, SIZE = 1000, 12, 241  # samples in a unit; their bins; points of the long curves
STATES = len(REST)  # V, n, K, Cl and what the buffer holds
MARKS = 4  # what `ischaemia_run` notes of every step
LAST = 20  # units of the last ten seconds
CURRENT = VOLUME_IN / GAMMA / (1000.0 * UNIT)  # µA/cm², the mean of a unit, for each mM that a current brings out of the cell


@portable
def put_ions(y, place):
    """Draw the concentrations, mM, that belong to the state."""
    state = y.state
    y.K_out[place] = potassium_out(state[2], state[4])
    y.Na_in[place] = sodium_in(state[2], state[3])
    y.K_in[place] = state[2]
    y.K_glia[place] = -state[4]


@portable
def put_currents(y, place, works):
    """The pump's share that works and its mean current in the unit before this place, and with it those of the channels.

    From what the unit did to the ions inside: dK = −γ (I_K − 2 I_pump) and dNa = −γ (I_Na + 3 I_pump), over the volume.
    """
    before = max(place - 1, 0)
    both = pump_rate(y.Na_in[before], y.K_out[before]) + pump_rate(y.Na_in[place], y.K_out[place])
    y.works[place] = works
    y.I_pump[place] = 0.5 * works * both
    y.I_K[place] = CURRENT * (y.K_in[before] - y.K_in[place]) + 2.0 * y.I_pump[place]
    y.I_Na[place] = CURRENT * (y.Na_in[before] - y.Na_in[place]) - 3.0 * y.I_pump[place]


@portable
def model(c, y, r):
    """The neuron at rest; the sweep does the rest."""
    for j in range(STATES):
        y.state[j] = REST[j]
    for j in range(MARKS):
        y.marks[j] = math.nan
    for i in range(EARLY * BINS):
        for side in range(2):
            y.t_early[2 * i + side] = UNIT * (i + 0.5) / BINS
            y.V_early[2 * i + side] = math.nan
    for i in range(SIZE):
        y.t[i] = UNIT * i
        y.V[i] = math.nan
        y.K_out[i] = math.nan
        y.Na_in[i] = math.nan
        y.K_in[i] = math.nan
        y.K_glia[i] = math.nan
        y.works[i] = math.nan
        y.I_pump[i] = math.nan
        y.I_Na[i] = math.nan
        y.I_K[i] = math.nan
    y.V[0] = REST[0]
    put_ions(y, 0)
    put_currents(y, 0, 1.0)
    r.spikes = 0.0
    r.V_end = y.V[0]
    r.K_end = y.K_out[0]
    r.Na_end = y.Na_in[0]
    return "ok"


@portable
def rounded(value, parts):
    """``value`` to the nearest of ``parts`` parts of 1."""
    return math.floor(parts * value + 0.5) / parts


@portable
def working(c, unit):
    """The share of the pump that works in this unit of time."""
    return c.pump if UNIT * (unit + 0.5) < c.off else 1.0


@portable
def advance(c, y, r, unit, samples, largest, out):
    """Run through one unit of time, with ``samples`` of it to ``out`` and steps of at most ``largest`` ms.

    Spikes and the marks of the run are kept, and the mean of V, mV.
    """
    state, times = y.state, zeros(samples)
    begin = 1000.0 * UNIT * unit
    for i in range(samples):
        times[i] = begin + 1000.0 * UNIT * (i + 1) / samples
    works = working(c, unit)
    y.marks[MARKS - 1] = 0.0
    r.spikes = r.spikes + ischaemia_run(state, works, 0.0, c.buffer, begin, times, samples, out, largest, y.marks)
    for j in range(STATES):
        state[j] = rounded(state[j], 1e7)
    r.first = y.marks[0] / 1000.0
    y.V[unit + 1] = rounded(y.marks[MARKS - 1] / (1000.0 * UNIT), 10.0)


@portable
def early_unit(c, y, r, unit):
    """Half a second of spikes: the lowest and highest voltage of each bin, mV."""
    out = zeros(6 * FINE)
    advance(c, y, r, unit, FINE, 0.5, out)
    for j in range(BINS):
        begin, end = math.ceil(j * FINE / BINS), math.ceil((j + 1) * FINE / BINS)
        place = 2 * (BINS * unit + j)
        y.V_early[place] = rounded(out[index_of_minimum(out, begin, end)], 10.0)
        y.V_early[place + 1] = rounded(out[index_of_maximum(out, begin, end)], 10.0)


@portable
def late_unit(c, y, r, unit):
    """Half a second of what follows, after a small push."""
    y.state[0] = y.state[0] + 0.5
    advance(c, y, r, unit, 1, 2.0, zeros(6))


@portable
def step(c, y, r, number):
    """Half a second of the first 15, or 3.5 s of what follows."""
    done = int(number) + 1
    if number < EARLY:
        early_unit(c, y, r, int(number))
        put_ions(y, done)
        put_currents(y, done, working(c, done - 1))
    else:
        first = EARLY + AT_ONCE * (int(number) - EARLY)
        done = first + AT_ONCE
        for k in range(AT_ONCE):
            late_unit(c, y, r, first + k)
            put_ions(y, first + k + 1)
            put_currents(y, first + k + 1, working(c, first + k))
    r.V_end = y.state[0]
    r.K_end = y.K_out[done]
    r.Na_end = y.Na_in[done]
    if done == SIZE - 1:
        r.falling = y.K_out[done - LAST] - r.K_end
        if r.V_end >= BLOCK:
            r.blocked = y.marks[1] / 1000.0
            r.blocked_note = r.blocked + 0.2
        else:
            r.high = y.marks[2] / 1000.0
    return "ok"


@outcome
def say(c, r):
    if math.isnan(r.falling):
        return "running"
    if c.off < 0.5 * UNIT or c.pump == 1.0:
        return "works"
    if r.V_end >= BLOCK:
        if c.off > END - UNIT:
            return "blocked"
        return "not_yet" if r.falling > 1.0 else "no_return"
    if c.off > END - UNIT:
        return "fires" if r.spikes > 0.0 else "holds"
    if r.spikes == 0.0:
        return "in_time"
    return "comes_back" if r.spikes > 1.0 else "comes_back_once"


@outcome
def check(c, r):
    """The longest stop, to the half second, after which the neuron comes back, without help."""
    r.off = c.off
    if c.pump != 0.0 or c.buffer != 0.0:
        return "with_help"
    if r.V_end >= BLOCK:
        return "too_long"
    return "done" if c.off >= 8.5 else "too_short"


@outcome
def answer(c, r):
    if r.V_end < -60.0:
        return "rest"
    return "depolarised" if r.V_end >= BLOCK else "on_its_way"


def figure():
    drawn, (early, voltage, ions) = fig.panels([82, 52, 64], False, ((0,), (1, 2)))
    fig.x_axis(early, (_("time after the pump stops"), "s"), (0, UNIT * EARLY), ticks=[0, 5, 10, 15])
    fig.y_axis(early, (_("voltage, the first 15 s"), "mV"), (-128, 66), ticks=[-100, -50, 0, 50])
    time_without_pump(early)
    fig.curve(early, "t_early", "V_early", "ink", linewidth=1.0, alpha=0.22)
    fig.curve(early, "t", "V", "ink")
    fig.level(early, REST[0], "muted", given=True)
    fig.note(early, _("rest"), 0.2, REST[0] - 12.0, "muted", given=True)
    fig.note(early, _("without pump"), 0.2, -114.0, "stimulus")
    fig.note(early, _("firing"), "first", 57.0, "ink")
    fig.note(early, _("in block"), "blocked_note", -42.0, "ink", only_if="blocked")
    fig.x_axis(voltage, (_("time after the pump stops"), "s"), (0, END), ticks=[0, 30, 60, 90, 120])
    fig.y_axis(voltage, (_("voltage, two minutes"), "mV"), (-148, 30), ticks=[-100, 0])
    time_without_pump(voltage)
    fig.level(voltage, REST[0], "muted", given=True)
    fig.curve(voltage, "t", "V", "ink")
    fig.x_axis(ions, (_("time after the pump stops"), "s"), (0, END), ticks=[0, 30, 60, 90, 120])
    fig.y_axis(ions, (_("concentration"), "mM"), (0, 112), ticks=[0, 50, 100])
    time_without_pump(ions)
    fig.curve(ions, "t", "Na_in", "Na", _("Na⁺ inside"), at=38, linewidth=1.4)
    fig.curve(ions, "t", "K_out", "K", _("K⁺ outside"), at=98, linewidth=2.6)
    return drawn


def time_without_pump(ax):
    """The time without the pump, shaded, with its end to take hold of."""
    fig.span(ax, 0.0, "off", "stimulus")
    fig.event(ax, "off", "stimulus", drag={"x": "off"})


def scene():
    """The neuron, the narrow space around it and the glia: where the potassium is, and whether the pump works."""
    ions = [moves.crowd(name, name, each=2, most=most, radius=2.9) for name, most in
            (("K_out", 48), ("K_in", 68), ("Na_in", 36), ("K_glia", 56))]  # fmt: skip
    channels = [moves.arrow(name, name, 40, 36) for name in ("I_Na", "I_K")]
    state = moves.show("pump", "works"), moves.write("V", "V", 0)
    cycle = [moves.flow(f"pump_{ion}", "I_pump", 0.35 * number, even=True, radius=3.4) for ion, number in (("Na", 3), ("K", 2))]
    return Scene("ischaemia.svg", (*ions, *channels, *cycle, *state), at=12)


explorer = Explorer(
    chapter="resting-potential/applications",
    controls=dict(
        off=Slider(0, END, END, "s", step=UNIT),
        pump=Slider(0, 1, 0, "", step=0.01),
        buffer=Slider(0, 1000, 0, "mM", step=10),
    ),
    curves=dict(
        t_early=Curve(2 * EARLY * BINS, "s"),
        V_early=Curve(2 * EARLY * BINS, "mV"),
        t=Curve(SIZE, "s"),
        V=Curve(SIZE, "mV"),
        K_out=Curve(SIZE, "mM"),
        Na_in=Curve(SIZE, "mM"),
        K_in=Curve(SIZE, "mM"),
        K_glia=Curve(SIZE, "mM"),
        works=Curve(SIZE),
        **{name: Curve(SIZE, "µA/cm²") for name in ("I_pump", "I_Na", "I_K")},
    ),
    readouts=dict(
        first=Readout("s", 2, optional=True),
        spikes=Readout("", 0),
        blocked=Readout("s", 2, optional=True),
        blocked_note=Readout("s", shown=False, optional=True),
        high=Readout("s", shown=False, optional=True),
        V_end=Readout("mV"),
        K_end=Readout("mM"),
        Na_end=Readout("mM"),
        falling=Readout("mM", shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "for_good": {},
        "for_8_s": {"off": 8},
        "for_10_s": {"off": 10},
        "glia": {"buffer": 1000},
        "tenth": {"pump": 0.1},
        "fifth": {"pump": 0.2},
    },
    sweep=Sweep(EARLY + LATE // AT_ONCE, step, arrays={"state": STATES, "marks": MARKS}),
    scene=scene(),
    time="t",
    main=("off", "buffer"),
    shows=("spikes", "V_end", "K_end"),
    story={
        "for_good": {},
        "back": {"off": 8},
        "no_return": {"off": 10},
        "glia": {"off": 20, "buffer": 1000},
    },
    challenge=Challenge(check, solution={"off": 8.5}),
    prediction=Prediction(answer, {"off": 10}),
)
