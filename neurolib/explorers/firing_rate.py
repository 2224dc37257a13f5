"""Firing rate against current: a foot where rest and firing are both stable, a rise, a ceiling."""

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_row
from neurolib.spikes import index_of_maximum, index_of_minimum, vertex

SIZE, T_END, DT = 1251, 250.0, 0.025  # rates with DT: within 0.1 %
AT_ONCE = 0.001  # ms: no rise is shorter
CAPACITY = 200
# The sweep begins at the strongest current, where the axon oscillates, and goes down without a pause.
CURRENTS = (
    100.0, 85.0, 75.0, 70.0, 66.0, 63.0, 60.0, 55.0, 50.0, 45.0, 40.0, 35.0, 30.0, 25.0, 20.0, 17.0, 14.0, 12.0, 11.0,
    10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.75, 6.5, 6.4, 6.3, 6.2, 6.0, 5.5, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0,
)  # fmt: skip
POINTS = len(CURRENTS)
T_STEP, T_SETTLE = 120.0, 50.0  # ms at each current, and before the rate counts
WINDOW = 301  # samples, over the last 30 ms of each current, of the highest and lowest voltage
CLOSER = 8  # further currents at which the foot, and the end of the stable rest, are looked for
HIGHEST_TESTED, NUDGE, T_NUDGE = 20.0, 0.1, 60.0  # µA/cm², mV, ms: is the rest stable?
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
I_SHOWN = 3.0  # µA/cm², the least current of the figure
TEMPERATURE = squid_axon.index("temperature_celsius")
H = squid_axon.state_index("h") * SIZE  # where the samples of h begin


@portable
def rate(crossings, count, first, last):
    """Spikes per second between ``first`` and ``last``, from the intervals; 0 if it stopped before the end."""
    n = 0
    start = 0.0
    end = 0.0
    for i in range(count):
        if crossings[i] >= first and crossings[i] <= last:
            if n == 0:
                start = crossings[i]
            end = crossings[i]
            n = n + 1
    if n < 2 or last - end > 1.5 * (end - start) / (n - 1):
        return 0.0
    return 1000.0 * (n - 1) / (end - start)


@portable
def spread(crossings, count, first):
    """Longest interval between spikes after ``first``, ms, over the shortest; 1 if there are fewer than two."""
    shortest = math.inf
    longest = 0.0
    for i in range(1, count):
        if crossings[i - 1] >= first:
            shortest = min(shortest, crossings[i] - crossings[i - 1])
            longest = max(longest, crossings[i] - crossings[i - 1])
    return longest / shortest if longest > 0.0 else 1.0


@portable
def rate_before(crossings, early, rise, t_kick):
    """The same in the steady time before the kick; where that holds one spike, from the interval that it ends."""
    found = rate(crossings, early, rise, t_kick)
    if found > 0.0 or early < 2:
        return found
    interval = crossings[early - 1] - crossings[early - 2]
    return 1000.0 / interval if t_kick - crossings[early - 1] < 1.5 * interval and interval < 100.0 else 0.0


@portable
def swing_of(t, V, first, last):
    """Difference between the highest and the lowest voltage of samples ``first`` to ``last`` − 1, mV."""
    highest, lowest = index_of_maximum(V, first, last), index_of_minimum(V, first, last)
    return vertex(t, V, highest, last)[1] - vertex(t, V, lowest, last)[1]


@portable
def put_current(rows, c):
    """Four rows of current: it rises from 0 to I, µA/cm², stays, and is joined by a kick of 1 ms."""
    if c.rise > AT_ONCE:
        put_row(rows, 0, 0.0, 0.0, c.I / c.rise)
    else:
        put_row(rows, 0, 0.0, c.I, 0.0)
    put_row(rows, 1, max(c.rise, AT_ONCE), c.I, 0.0)
    put_row(rows, 2, c.t_kick, c.I + c.kick, 0.0)
    return put_row(rows, 3, c.t_kick + 1.0, c.I, 0.0)


@portable
def model(c, y, r):
    """The axon under the reader's current; the rates at other currents are the sweep's."""
    p, state, rows, samples, crossings = zeros(PARAMETERS), zeros(STATES), zeros(12), zeros(STATES * SIZE), zeros(CAPACITY)
    t, V = y.t, y.V
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    rest(p, 0.0, state)
    for j in range(STATES):
        y.carried[j] = state[j]
    for i in range(SIZE):
        t[i] = T_END * i / (SIZE - 1)
    for k in range(POINTS):
        y.current[k] = CURRENTS[k]
        y.f[k] = math.nan
        y.peak[k] = math.nan
        y.trough[k] = math.nan
        y.silent[k] = math.nan
    n = put_current(rows, c)
    _failed, count = integrate(state, p, rows, n, 0.0, T_END, t, SIZE, samples, crossings, CAPACITY, 0.0, DT)
    for i in range(SIZE):
        V[i] = samples[i]
    early = 0
    for i in range(count):
        if crossings[i] < c.t_kick:
            early = early + 1
    if count > 0:
        r.t_first = crossings[0]
        r.t_last = crossings[count - 1]
    r.spread = spread(crossings, count, c.t_kick + 15.0)
    r.early = early
    r.before = rate_before(crossings, early, min(c.rise, 100.0), c.t_kick)
    r.after = rate(crossings, count, c.t_kick + 15.0, T_END)
    r.count = count
    late, middle = int(SIZE * 0.8), int(SIZE * 0.9)
    swing = swing_of(t, V, late, SIZE)
    r.swing = swing if swing >= 0.5 else 0.0
    r.growth = swing_of(t, V, middle, SIZE) - swing_of(t, V, late, middle)
    r.stable = rest_is_stable(p, c.I)
    r.h_most = samples[index_of_maximum(samples, H + late, H + SIZE)]
    r.shown_rate = r.after
    r.t_kick_note = c.t_kick + 7.0
    r.I_shown = max(c.I, I_SHOWN)
    return "ok"


@portable
def rest_is_stable(p, I):
    """1 if a nudge of 0.1 mV from the rest at the current ``I``, µA/cm², dies away within 60 ms, and 0 if it grows."""
    state, row, times, samples, crossings = zeros(STATES), zeros(3), zeros(WINDOW), zeros(STATES * WINDOW), zeros(1)
    put_row(row, 0, 0.0, I, 0.0)
    V_rest = rest(p, I, state)
    state[0] = V_rest + NUDGE
    for i in range(WINDOW):
        times[i] = T_NUDGE * i / (WINDOW - 1)
    integrate(state, p, row, 1, 0.0, T_NUDGE, times, WINDOW, samples, crossings, 1, math.inf, DT)
    early = 0.0
    late = 0.0
    for i in range(WINDOW):
        if times[i] > 5.0 and times[i] < 25.0:
            early = max(early, math.fabs(samples[i] - V_rest))
        if times[i] > 40.0:
            late = max(late, math.fabs(samples[i] - V_rest))
    return 1.0 if late < early and late < 2.0 * NUDGE else 0.0


@portable
def put_ceiling(y, r, k):
    """The highest rate so far and its current, from the vertex of a parabola through three points, once there are three."""
    currents, rates = zeros(3), zeros(3)
    if math.isnan(r.ceiling) or y.f[k] > r.ceiling:
        r.ceiling, r.at_ceiling = y.f[k], y.current[k]
    if k >= 2 and y.f[k - 1] > y.f[k] and y.f[k - 1] > y.f[k - 2] and y.f[k - 1] >= r.ceiling:
        for i in range(3):
            currents[i], rates[i] = y.current[k - i], y.f[k - i]
        r.at_ceiling, r.ceiling = vertex(currents, rates, 1, 3)


@portable
def run_at(I, y, p, row, times, samples, crossings):
    """120 ms at the current ``I``, µA/cm², from the carried state; returns the rate of the axon's rhythm."""
    put_row(row, 0, 0.0, I, 0.0)
    _failed, count = integrate(y.carried, p, row, 1, 0.0, T_STEP, times, WINDOW, samples, crossings, CAPACITY, 0.0, DT)
    return rate(crossings, count, T_SETTLE, T_STEP)


@portable
def look_closer(y, r, p, row, times, samples, crossings):
    """Halve the ranges of current in which the rhythm ends and in which the rest ceases to be stable."""
    if r.foot > 0.0:
        for j in range(STATES):
            y.carried[j] = y.firing[j]
        I = 0.5 * (r.foot + r.silent_at)
        if run_at(I, y, p, row, times, samples, crossings) > 0.0:
            r.foot = I
            for j in range(STATES):
                y.firing[j] = y.carried[j]
        else:
            r.silent_at = I
    if r.lost < r.unstable_at:
        I = 0.5 * (r.lost + r.unstable_at)
        if rest_is_stable(p, I) == 1.0:
            r.lost = I
        else:
            r.unstable_at = I


@portable
def put_band(r):
    """The currents at which both the rhythm lasts and the rest is stable, and where the word for them stands."""
    if r.foot < r.lost:
        r.both_from = r.foot
        r.both_to = r.lost
        r.both_note = math.sqrt(r.foot * r.lost)


@portable
def step(c, y, r, number):
    """The next lower current, from the state in which the one before left the axon; and is its rest stable?"""
    p, row, times, samples, crossings = zeros(PARAMETERS), zeros(3), zeros(WINDOW), zeros(STATES * WINDOW), zeros(CAPACITY)
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    k = int(number)
    for i in range(WINDOW):
        times[i] = T_STEP - 30.0 + 30.0 * i / (WINDOW - 1)
    if k >= POINTS:
        look_closer(y, r, p, row, times, samples, crossings)
        put_band(r)
        return "ok"
    I = CURRENTS[k]
    rhythm = run_at(I, y, p, row, times, samples, crossings)
    y.peak[k] = vertex(times, samples, index_of_maximum(samples, 0, WINDOW), WINDOW)[1]
    y.trough[k] = vertex(times, samples, index_of_minimum(samples, 0, WINDOW), WINDOW)[1]
    if rhythm > 0.0:
        y.f[k] = rhythm
        put_ceiling(y, r, k)
        r.foot = I
        r.ceiling_note = r.ceiling + 16.0
        r.silent_at = math.nan
        for j in range(STATES):
            y.firing[j] = y.carried[j]
    elif math.isnan(r.silent_at):
        r.silent_at = I
    if I <= HIGHEST_TESTED and rest_is_stable(p, I) == 1.0:
        y.silent[k] = 0.0
        if math.isnan(r.lost):
            r.lost = I
            r.unstable_at = CURRENTS[k - 1] if I < HIGHEST_TESTED else I
    put_band(r)
    return "ok"


@outcome
def say_firing(c, r):
    """The sentence for an axon that fires to the end."""
    if r.spread > 1.3 or (c.kick == 0.0 and r.before > 0.0 and math.fabs(r.before / r.after - 1.0) > 0.08):
        return "some_reach"
    if r.before > 0.0:
        return "regular"
    if c.I < r.foot or (r.stable == 1.0 and r.early > 0.0):
        return "to_the_end"
    if r.stable == 1.0:
        return "started"
    return "late" if c.kick == 0.0 else "hastened"


@outcome
def say_swinging(c, r):
    """The sentence for an axon that swings and does not fire."""
    if r.stable == 1.0 and r.growth < 0.0:
        return "dies_away"
    if c.I < r.at_ceiling:
        return "growing"
    return "swings_after_one" if r.count == 1.0 else "swings"


@outcome
def say(c, r):
    if r.after > 0.0:
        return say_firing(c, r)
    if r.count > 0.0 and T_END - r.t_last < 50.0:
        return "late" if r.early == 0.0 and c.kick == 0.0 else "to_the_end"
    if r.swing > 5.0:
        return say_swinging(c, r)
    if r.stable == 0.0:
        return "lingers"
    if r.before > 0.0 and c.kick != 0.0 and c.I >= r.foot:
        return "stopped"
    if r.count == 0.0:
        return "silent"
    return "once" if r.count == 1.0 else "not_for_long"


@outcome
def check(c, r):
    """The kick, and nothing else, has put a firing axon to a stable rest."""
    if r.before == 0.0 or c.kick == 0.0:
        return "no_firing_or_no_kick"
    r.off = r.after
    if r.after > 0.0 or T_END - r.t_last < 50.0:
        return "still_firing"
    if r.swing >= 5.0 or r.stable == 0.0:
        return "still_swinging"
    if c.I < r.foot:
        return "by_itself"
    r.off = r.before
    return "done"


@outcome
def answer(c, r):
    if r.after > 0.0:
        return "endless"
    return "few" if r.count > 0.0 else "none"


def figure():
    drawn, (voltage, rates) = fig.panels([88, 112], shared=False, columns=((0, 1),))
    fig.x_axis(voltage, (_("time"), "ms"), (0, T_END), ticks=[0, 50, 100, 150, 200, 250])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-85, 66), ticks=[-80, -40, 0, 40])
    fig.event(voltage, "t_kick", "stimulus", given=True, drag={"x": "t_kick"})
    fig.note(voltage, _("kick"), "t_kick_note", 54, "stimulus", given=True)
    fig.curve(voltage, "t", "V", "ink", linewidth=1.5, given=True)
    fig.x_axis(rates, (_("steady current"), "µA/cm²"), (I_SHOWN, 100), "log", ticks=[3, 5, 10, 20, 50, 100])
    fig.y_axis(rates, (_("rate"), _("spikes per second")), (-6, 160), ticks=[0, 50, 100, 150])
    fig.span(rates, "both_from", "both_to", "accent", alpha=0.12)
    fig.note(rates, _("two answers"), "both_note", 148, "accent", ha="center")
    fig.curve(rates, "current", "f", "Na")
    fig.tag(rates, _("once firing"), "current", "f", 20, "Na", above=False, ha="left")
    fig.curve(rates, "current", "silent", "K", linewidth=4, solid_capstyle="butt")
    fig.note(rates, _("rest is stable"), I_SHOWN * 1.04, 14, "K")
    fig.note(rates, _("ceiling"), "at_ceiling", "ceiling_note", "Na", ha="center")
    fig.point(rates, "I_shown", "shown_rate", "accent", drag={"x": "I"})
    return drawn


explorer = Explorer(
    chapter="action-potential/sodium-inactivation",
    controls=dict(
        I=Slider(0, 100, 8, "µA/cm²", step=0.1),
        rise=Slider(0, 100, 100, "ms", step=1),
        kick=Slider(-30, 30, 0, "µA/cm²", step=0.5),
        t_kick=Slider(110, 180, 150, "ms", step=0.5),
        temperature_celsius=Slider(2, 16, 6.3, "°C", step=0.1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        current=Curve(POINTS, "µA/cm²"),
        f=Curve(POINTS, "Hz", gaps=True),
        peak=Curve(POINTS, "mV"),
        trough=Curve(POINTS, "mV"),
        silent=Curve(POINTS, "Hz", gaps=True),
    ),
    readouts=dict(
        before=Readout("Hz"),
        after=Readout("Hz"),
        count=Readout("", 0),
        ceiling=Readout("Hz", 0),
        at_ceiling=Readout("µA/cm²", 0),
        foot=Readout("µA/cm²"),
        lost=Readout("µA/cm²"),
        swing=Readout("mV", shown=False),
        shown_rate=Readout("Hz", shown=False),
        I_shown=Readout("µA/cm²", shown=False),
        t_kick_note=Readout("ms", shown=False),
        ceiling_note=Readout("Hz", shown=False, optional=True),
        **{name: Readout("µA/cm²", shown=False, optional=True) for name in ("both_from", "both_to", "both_note")},
        growth=Readout("mV", shown=False),
        stable=Readout("", 0, shown=False),
        early=Readout("", 0, shown=False),
        t_first=Readout("ms", 0, shown=False, optional=True),
        t_last=Readout("ms", 0, shown=False, optional=True),
        spread=Readout("", 2, shown=False),
        h_most=Readout("", 2, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "slowly": {"I": 8, "rise": 100},
        "at_once": {"I": 8, "rise": 0},
        "slowly_then_kick": {"I": 8, "rise": 100, "kick": 10},
        "near_ceiling": {"I": 60, "rise": 0},
        "too_much": {"I": 90, "rise": 0},
    },
    sweep=Sweep(POINTS + CLOSER, step, numbers=("silent_at", "unstable_at"), arrays={"carried": STATES, "firing": STATES}),
    main=("I", "kick"),
    shows=("before", "after", "ceiling"),
    story={
        "slowly": {},
        "at_once": {"rise": 0},
        "kick": {"kick": 10},
        "too_much": {"I": 90, "rise": 0},
    },
    challenge=Challenge(check, solution={"rise": 0, "kick": 10, "t_kick": 154.5}),
    prediction=Prediction(answer, {"I": 8, "rise": 100, "kick": 10}),
    cells=(squid_axon,),
)
