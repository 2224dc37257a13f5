"""A neuron without oxygen: its pump stops, it fires, it is blocked; whether it comes back when the pump does.

Hübel and Dahlem's neuron from :mod:`neurolib.ischaemia`, in pieces of half a second. The first 15 s are sampled every
0.5 ms and drawn as the lowest and highest voltage of each 42 ms; later steps may take 2 ms. Later, too, V is moved by
0.5 mV at the start of each piece: a neuron that comes out of its block starts to oscillate from whatever disturbs it,
and that should not be rounding errors. Between pieces the state is rounded to 7 decimals, and voltages are drawn to
0.1 mV, so that the last bits of two machines do not grow, over 500 spikes, into two figures.
"""

import math

from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.ischaemia import CL_0, K_0, REST, ischaemia_run, potassium_out, sodium_in
from neurolib.portable import portable

UNIT, END = 0.5, 120.0  # s
EARLY, LATE, AT_ONCE = 30, 210, 7  # units that are sampled finely; those that are not; how many of these in one step
FINE, BINS, SIZE = 1000, 12, 241  # samples in a unit; their bins; points of the long curves
LEVEL, BLOCKED = -20.0, -40.0  # mV: a spike passes the first; a blocked neuron stays above the second
V_0, N_0 = REST[0], REST[1]
SPIKES, FIRST, LAST_LOW, LAST_HIGH = 5, 6, 7, 8  # places in `state`, after V, n, K, Cl and the buffer


@portable
def compute(
    off, pump, buffer, t_early, V_early, t, V, K_out, Na_in, off_t, off_V, state, times, out
):  # fmt: skip
    """The neuron at rest; the sweep does the rest."""
    state[0] = V_0
    state[1] = N_0
    state[2] = K_0
    state[3] = CL_0
    state[4] = 0.0
    state[SPIKES] = 0.0
    state[FIRST] = math.nan
    state[LAST_LOW] = 0.0
    state[LAST_HIGH] = math.nan
    for i in range(EARLY * BINS):
        for side in range(2):
            t_early[2 * i + side] = UNIT * (i + 0.5) / BINS
            V_early[2 * i + side] = math.nan
    for i in range(SIZE):
        t[i] = UNIT * i
        V[i] = math.nan
        K_out[i] = math.nan
        Na_in[i] = math.nan
    V[0] = V_0
    K_out[0] = potassium_out(K_0, 0.0)
    Na_in[0] = sodium_in(K_0, CL_0)
    for i in range(2):
        off_t[i] = off * i
        off_V[i] = -136.0
    return 0.0, math.nan, 0.0, math.nan, math.nan, V_0, K_out[0], Na_in[0]


@portable
def rounded(value, parts):
    """``value`` to the nearest of ``parts`` parts of 1."""
    return math.floor(parts * value + 0.5) / parts


@portable
def advance(unit, off, pump, buffer, samples, largest, state, times, out):
    """Run through one unit of time, taking ``samples``; spikes, their first time and the last low voltage are kept."""
    begin = 1000.0 * UNIT * unit
    for i in range(samples):
        times[i] = begin + 1000.0 * UNIT * (i + 1) / samples
    works = 1.0
    if UNIT * (unit + 0.5) < off:
        works = pump
    state[SPIKES] = state[SPIKES] + ischaemia_run(state, works, 0.0, buffer, begin, times, samples, out, largest)
    for j in range(5):
        state[j] = rounded(state[j], 1e7)
    for i in range(samples):
        if math.isnan(state[FIRST]) and out[i] > LEVEL:
            state[FIRST] = times[i] / 1000.0
        if out[i] < BLOCKED:
            state[LAST_LOW] = times[i] / 1000.0
        else:
            state[LAST_HIGH] = times[i] / 1000.0


@portable
def step(
    off, pump, buffer, number, t_early, V_early, t, V, K_out, Na_in, off_t, off_V, state, times, out
):  # fmt: skip
    """Half a second of the first 15, or 3.5 s of what follows."""
    first = int(number)
    units = 1
    if number >= EARLY:
        first = EARLY + AT_ONCE * (int(number) - EARLY)
        units = AT_ONCE
    for k in range(units):
        unit = first + k
        if unit < EARLY:
            advance(unit, off, pump, buffer, FINE, 0.5, state, times, out)
            for j in range(BINS):
                low = math.inf
                high = -math.inf
                for i in range(FINE):
                    if int(i * BINS / FINE) == j:
                        low = min(low, out[i])
                        high = max(high, out[i])
                V_early[2 * (BINS * unit + j)] = rounded(low, 10.0)
                V_early[2 * (BINS * unit + j) + 1] = rounded(high, 10.0)
            mean = 0.0
            for i in range(FINE):
                mean = mean + out[i] / FINE
            V[unit + 1] = rounded(mean, 10.0)
        else:
            state[0] = state[0] + 0.5
            advance(unit, off, pump, buffer, 1, 2.0, state, times, out)
            V[unit + 1] = rounded(state[0], 10.0)
        K_out[unit + 1] = potassium_out(state[2], state[4])
        Na_in[unit + 1] = sodium_in(state[2], state[3])
    last = first + units
    blocked = math.nan
    high = math.nan
    if last == SIZE - 1 and state[0] >= BLOCKED:
        blocked = state[LAST_LOW]
    elif last == SIZE - 1:
        high = state[LAST_HIGH]
    return 0.0, state[FIRST], state[SPIKES], blocked, high, state[0], K_out[last], Na_in[last]


@portable
def say(off, pump, buffer, first, spikes, blocked, high, V_end, K_end, Na_end):
    if V_end >= BLOCKED:
        return 0 if off > END - UNIT else 1
    if off > END - UNIT:
        return 3 if spikes > 0.0 else 2
    return 4 if spikes > 0.0 else 5


@portable
def check(changed, off, pump, buffer, first, spikes, blocked, high, V_end, K_end, Na_end):
    if pump != 0.0 or buffer != 0.0:
        return 1, 0.0
    if V_end >= BLOCKED:
        return 2, off
    return (0, off) if off >= 8.5 else (3, off)


@portable
def answer(off, pump, buffer, first, spikes, blocked, high, V_end, K_end, Na_end):
    if V_end < -60.0:
        return 0
    return 2 if V_end >= BLOCKED else 1


def figure():
    drawn, (early, voltage, ions) = fig.panels([90, 75, 80], shared=False)
    fig.x_axis(early, (_("time after the pump stops"), "s"), (0, 15), ticks=[0, 3, 6, 9, 12, 15])
    fig.y_axis(early, (_("voltage, the first 15 s"), "mV"), (-145, 65), ticks=[-100, -50, 0, 50])
    fig.curve(early, "t_early", "V_early", "ink", linewidth=0.9)
    fig.curve(early, "off_t", "off_V", "stimulus", _("pump off"), linewidth=4, solid_capstyle="butt")
    fig.legend(early)
    fig.x_axis(voltage, (_("time after the pump stops"), "s"), (0, END), ticks=[0, 30, 60, 90, 120])
    fig.y_axis(voltage, (_("voltage, two minutes"), "mV"), (-145, 65), ticks=[-100, -50, 0, 50])
    fig.curve(voltage, "t", "V", "ink")
    fig.curve(voltage, "off_t", "off_V", "stimulus", _("pump off"), linewidth=4, solid_capstyle="butt")
    fig.legend(voltage)
    fig.x_axis(ions, (_("time after the pump stops"), "s"), (0, END), ticks=[0, 30, 60, 90, 120])
    fig.y_axis(ions, (_("concentration"), "mM"), (0, 112), ticks=[0, 25, 50, 75, 100])
    fig.curve(ions, "t", "K_out", "K", _("K⁺ outside"))
    fig.curve(ions, "t", "Na_in", "Na", _("Na⁺ inside"), linestyle=(0, (5, 2)))
    fig.legend(ions)
    return drawn


explorer = Explorer(
    name="ischaemia",
    title=_("When the pump stops"),
    chapter="resting-potential/applications",
    caption=_(
        "A neuron with a small space around it loses its pump at time 0 (the bar: while the pump is off). Above: its "
        "voltage in the first 15 s, where each spike is a thin stroke. Middle and below: two minutes of voltage "
        "(without the spikes of the first 15 s), of potassium outside and of sodium inside."
    ),
    controls=(
        Slider("off", _("The pump is off for"), 0, END, END, "s", step=UNIT),
        Slider("pump", _("Share of the pump left meanwhile"), 0, 1, 0, "", step=0.01),
        Slider("buffer", _("Glial potassium buffer"), 0, 1000, 0, "mM", step=10),
    ),
    compute=compute,
    sweep=Sweep(EARLY + LATE // AT_ONCE, step),
    curves=(
        Curve("t_early", 2 * EARLY * BINS, "s", _("time")),
        Curve("V_early", 2 * EARLY * BINS, "mV", _("lowest and highest voltage")),
        Curve("t", SIZE, "s", _("time")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("K_out", SIZE, "mM", _("potassium outside")),
        Curve("Na_in", SIZE, "mM", _("sodium inside")),
        Curve("off_t", 2, "s", _("while the pump is off")),
        Curve("off_V", 2, "mV", _("height of the bar that marks it")),
    ),
    scratch={"state": 9, "times": FINE, "out": 6 * FINE},
    readouts=(
        Readout("first", _("first spike at"), "s", 2, optional=True),
        Readout("spikes", _("spikes"), "", 0),
        Readout("blocked", _("blocked from"), "s", 2, optional=True),
        Readout("high", _("last above −40 mV at"), "s", 1, shown=False, optional=True),
        Readout("V_end", _("after 2 minutes V"), "mV", 1),
        Readout("K_end", _("K⁺ outside then"), "mM", 1),
        Readout("Na_end", _("Na⁺ inside then"), "mM", 1),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "First a slow depolarisation, then {spikes:0} spikes from {first} s on, then block at {blocked} s: V "
            "stays near {V_end} mV, with {K_end:0} mM of potassium outside."
        ),
        _(
            "The pump is back after {off} s and works as before, yet two minutes on V is {V_end} mV and {K_end:0} mM "
            "of potassium stay outside: the neuron does not come back."
        ),
        _("The pump still holds the gradients: V is {V_end} mV after two minutes, without a spike."),
        _("The neuron fires {spikes:0} spikes, the first at {first} s, and V is {V_end} mV after two minutes."),
        _(
            "The neuron fires {spikes:0} spikes. The pump comes back after {off} s; V is above −40 mV for the last time "
            "at {high} s, and {V_end} mV after two minutes."
        ),
        _(
            "The pump comes back after {off} s, before anything has happened: no spike, and V is {V_end} mV after "
            "two minutes."
        ),
    ),
    presets={
        _("The pump stops for good"): {},
        _("It stops for 8 s"): {"off": 8},
        _("It stops for 10 s"): {"off": 10},
        _("It stops for good, glia take up potassium"): {"buffer": 1000},
        _("A tenth of it goes on"): {"pump": 0.1},
        _("A fifth of it goes on"): {"pump": 0.2},
    },
    challenge=Challenge(
        _(
            "Without glia and with the pump stopped altogether: how long may it be off, to the half second, so that "
            "the neuron still comes back?"
        ),
        check,
        (
            _(
                "Yes: after {off} s it comes back, and half a second more is too long. Between the two lies the "
                "point of no return."
            ),
            _("Set the glial buffer and the share of the pump that is left to 0."),
            _("After {off} s of a stopped pump the neuron is still depolarised at the end: too long."),
            _("After {off} s it comes back. A little longer is possible."),
        ),
    ),
    prediction=Prediction(
        _(
            "The pump stops for 10 s and then works again at its full strength. There are no glia. Two minutes later "
            "the neuron is …"
        ),
        {"off": 10},
        (_("back at its rest"), _("on its way, near −50 mV"), _("still depolarised")),
        answer,
        (
            _("V is {V_end} mV."),
            _("V is {V_end} mV."),
            _(
                "V is {V_end} mV. The potassium that keeps it there leaks out through channels that the "
                "depolarisation holds open, as fast as the pump brings it in: a second steady state."
            ),
        ),
    ),
)
