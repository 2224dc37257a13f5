"""Firing rate against current: a foot where rest and firing are both stable, a rise, a ceiling."""

import math

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_row
from neurolib.spikes import index_of_maximum, index_of_minimum

SIZE, T_END, T_KICK, DT = 1251, 250.0, 150.0, 0.025  # rates with DT: within 0.1 %
CAPACITY = 200
# The sweep begins at the strongest current, where the axon oscillates, and goes down without a pause.
CURRENTS = (
    100.0, 85.0, 75.0, 70.0, 66.0, 63.0, 60.0, 55.0, 50.0, 45.0, 40.0, 35.0, 30.0, 25.0, 20.0, 17.0, 14.0, 12.0, 11.0,
    10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.75, 6.5, 6.4, 6.3, 6.2, 6.0, 5.5, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0,
)  # fmt: skip
POINTS = len(CURRENTS)
T_STEP, T_SETTLE = 120.0, 50.0  # ms at each current, and before the rate counts
WINDOW = 301  # samples, over the last 30 ms of each current, of the highest and lowest voltage
HIGHEST_TESTED, NUDGE, T_NUDGE = 20.0, 0.1, 60.0  # µA/cm², mV, ms: is the rest stable?
STATES = len(squid_axon.state_names)
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE = squid_axon.index("temperature_celsius")
BEFORE, AFTER, COUNT, SWING, CEILING, AT_CEILING, FOOT, LOST = range(8)  # in memo


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
def compute(
    I, rise, kick, temperature_celsius,
    t, V, current, f, peak, trough, silent, p, state, row, samples, times, crossings, carried, memo,
):  # fmt: skip
    """The reader's current: it rises from 0, stays, and is joined by a kick of 1 ms at 150 ms."""
    defaults(p)
    p[TEMPERATURE] = temperature_celsius
    rest(p, 0.0, state)
    for j in range(STATES):
        carried[j] = state[j]
    for i in range(SIZE):
        t[i] = T_END * i / (SIZE - 1)
    for k in range(POINTS):
        current[k] = CURRENTS[k]
        f[k] = math.nan
        peak[k] = math.nan
        trough[k] = math.nan
        silent[k] = math.nan
    put_row(row, 0, 0.0, 0.0, I / rise) if rise > 0.0 else put_row(row, 0, 0.0, I, 0.0)
    put_row(row, 1, rise if rise > 0.0 else 0.001, I, 0.0)
    put_row(row, 2, T_KICK, I + kick, 0.0)
    put_row(row, 3, T_KICK + 1.0, I, 0.0)
    _failed, count = integrate(state, p, row, 4, 0.0, T_END, t, SIZE, samples, crossings, CAPACITY, 0.0, DT)
    for i in range(SIZE):
        V[i] = samples[i]
    late = int(SIZE * 0.8)
    memo[BEFORE] = rate(crossings, count, min(rise, 100.0), T_KICK)
    memo[AFTER] = rate(crossings, count, T_KICK + 15.0, T_END)
    memo[COUNT] = count
    memo[SWING] = V[index_of_maximum(V, late, SIZE)] - V[index_of_minimum(V, late, SIZE)]
    if memo[SWING] < 0.5:
        memo[SWING] = 0.0
    memo[CEILING] = math.nan
    memo[AT_CEILING] = math.nan
    memo[FOOT] = math.nan
    memo[LOST] = math.nan
    return results(memo)


@portable
def results(memo):
    """What the reader is told, from what is known so far."""
    return (
        0.0, memo[BEFORE], memo[AFTER], memo[COUNT], memo[CEILING], memo[AT_CEILING], memo[FOOT], memo[LOST],
        memo[SWING],
    )  # fmt: skip


@portable
def step(
    I, rise, kick, temperature_celsius, number,
    t, V, current, f, peak, trough, silent, p, state, row, samples, times, crossings, carried, memo,
):  # fmt: skip
    """The next lower current, from the state in which the one before left the axon; and is its rest stable?"""
    k = int(number)
    put_row(row, 0, 0.0, current[k], 0.0)
    for i in range(WINDOW):
        times[i] = T_STEP - 30.0 + 30.0 * i / (WINDOW - 1)
    _failed, count = integrate(carried, p, row, 1, 0.0, T_STEP, times, WINDOW, samples, crossings, CAPACITY, 0.0, DT)
    rhythm = rate(crossings, count, T_SETTLE, T_STEP)
    peak[k] = samples[index_of_maximum(samples, 0, WINDOW)]
    trough[k] = samples[index_of_minimum(samples, 0, WINDOW)]
    if rhythm > 0.0:
        f[k] = rhythm
        if math.isnan(memo[CEILING]) or f[k] > memo[CEILING]:
            memo[CEILING] = f[k]
            memo[AT_CEILING] = current[k]
        memo[FOOT] = current[k]
    if current[k] <= HIGHEST_TESTED:
        V_rest = rest(p, current[k], state)
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
        if late < early:
            silent[k] = 0.0
            if math.isnan(memo[LOST]):
                memo[LOST] = current[k]
    return results(memo)


@portable
def say(I, rise, kick, temperature_celsius, before, after, count, ceiling, at_ceiling, foot, lost, swing):
    if before == 0.0 and after > 0.0:
        return 3
    if after > 0.0:
        return 2
    if before > 0.0:
        return 4
    if swing > 5.0:
        return 5
    return 1 if count > 0.0 else 0


@portable
def check(moved, I, rise, kick, temperature_celsius, before, after, count, ceiling, at_ceiling, foot, lost, swing):
    if not (before > 0.0 and kick != 0.0):
        return 1, before
    return (0, before) if after == 0.0 and swing < 5.0 else (2, after)


@portable
def answer(I, rise, kick, temperature_celsius, before, after, count, ceiling, at_ceiling, foot, lost, swing):
    if after > 0.0:
        return 2
    return 1 if count > 0.0 else 0


def figure():
    drawn, (voltage, rates, range_of_V) = fig.panels([88, 96, 60], shared=False)
    fig.x_axis(voltage, (_("time"), "ms"), (0, T_END), ticks=[0, 50, 100, 150, 200, 250])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-85, 55), ticks=[-80, -40, 0, 40])
    fig.event(voltage, T_KICK, "stimulus", _("kick"))
    fig.curve(voltage, "t", "V", "ink", linewidth=1.2)
    fig.legend(voltage)
    fig.x_axis(rates, (_("current"), "µA/cm²"), (0, 100), ticks=[0, 20, 40, 60, 80, 100])
    fig.y_axis(rates, (_("rate"), _("spikes per second")), (-8, 300), ticks=[0, 100, 200, 300])
    fig.curve(rates, "current", "f", "Na", _("once firing"))
    fig.curve(rates, "current", "silent", "K", _("rest is stable"), linewidth=4, solid_capstyle="butt")
    fig.point(rates, "I", "after", "accent", markersize=7)
    fig.legend(rates)
    fig.x_axis(range_of_V, (_("current"), "µA/cm²"), (0, 100), ticks=[0, 20, 40, 60, 80, 100])
    fig.y_axis(range_of_V, (_("voltage V"), "mV"), (-85, 55), ticks=[-80, -40, 0, 40])
    fig.curve(range_of_V, "current", "peak", "Na", _("highest"))
    fig.curve(range_of_V, "current", "trough", "K", _("lowest"), linestyle=(0, (5, 2)))
    fig.event(range_of_V, "I", "accent")
    fig.legend(range_of_V)
    return drawn


explorer = Explorer(
    name="firing_rate",
    title=_("Firing rate against current"),
    chapter="action-potential/sodium-inactivation",
    caption=_(
        "A steady current into the squid axon. Above: the voltage; at 150 ms a kick of 1 ms is added. Middle: the "
        "rate of full "
        "action potentials (peak above 0 mV) of an axon that is already firing, measured from strong currents "
        "downwards, and the "
        "currents at which its rest is stable (thick line at 0). Below: the highest and lowest voltage of the rhythm."
    ),
    controls=(
        Slider("I", _("Steady current"), 0, 100, 8, "µA/cm²", step=0.1),
        Slider("rise", _("Time over which it rises"), 0, 100, 100, "ms", step=1),
        Slider("kick", _("Kick of 1 ms at 150 ms"), -30, 30, 0, "µA/cm²", step=0.5),
        Slider("temperature_celsius", _("Temperature"), 2, 16, 6.3, "°C", step=0.1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("current", POINTS, "µA/cm²", _("steady current")),
        Curve("f", POINTS, "1/s", _("rate of full action potentials, once firing"), gaps=True),
        Curve("peak", POINTS, "mV", _("highest voltage")),
        Curve("trough", POINTS, "mV", _("lowest voltage")),
        Curve("silent", POINTS, "1/s", _("0 where the rest is stable"), gaps=True),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "row": 12, "samples": STATES * SIZE, "times": WINDOW,
        "crossings": CAPACITY, "carried": STATES, "memo": 8,
    },
    sweep=Sweep(POINTS, step),
    readouts=(
        Readout("before", _("rate before the kick"), "Hz", 1),
        Readout("after", _("rate after it"), "Hz", 1),
        Readout("count", _("action potentials"), "", 0),
        Readout("ceiling", _("highest rate"), "Hz", 0),
        Readout("at_ceiling", _("reached at"), "µA/cm²", 0),
        Readout("foot", _("firing lasts down to"), "µA/cm²", 1),
        Readout("lost", _("rest is stable up to"), "µA/cm²", 1),
        Readout("swing", _("swing of V"), "mV", 1, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The axon is silent: this current leaves it at a steady voltage."),
        _("It fires, but not for long ({count:0} in all), and then it is silent, current or no current."),
        _("It fires regularly, {after} times a second."),
        _("Two answers to one current: silent until the kick, then {after} action potentials a second without end."),
        _(
            "It fired {before} times a second until the kick stopped it: the same current can also leave the axon "
            "silent."
        ),
        _(
            "After {count:0} full action potentials the voltage goes on swinging, but no peak reaches 0 mV: too much "
            "current keeps the sodium channels inactivated."
        ),
    ),
    presets={
        _("8 µA/cm², slowly: silent"): {"I": 8, "rise": 100},
        _("8 µA/cm², at once: firing"): {"I": 8, "rise": 0},
        _("8 µA/cm², slowly, then a kick"): {"I": 8, "rise": 100, "kick": 10},
        _("60 µA/cm²: near the ceiling"): {"I": 60, "rise": 0},
        _("90 µA/cm²: too much"): {"I": 90, "rise": 0},
    },
    prediction=Prediction(
        _("A current of 8 µA/cm², raised slowly, leaves the axon silent. What does one short kick of 1 ms do to it?"),
        {"I": 8, "rise": 100, "kick": 10},
        (_("Not even one spike"), _("One or two spikes, then silence again"), _("Firing that goes on and on")),
        answer,
        (
            _("The kick was too weak."),
            _("After {count:0} spikes it fell silent."),
            _("{after} a second, without end: at this current rest and firing are both stable, and the kick chose."),
        ),
    ),
    challenge=Challenge(
        _("Silence a firing axon with a single kick of 1 ms, without touching the steady current afterwards."),
        check,
        (
            _(
                "It fired {off:1} times a second, and the kick put it to rest. A well-timed stroke can stop a "
                "rhythm as well as start it."
            ),
            _("It has to be firing before the kick, and there has to be a kick. At which currents can it also rest?"),
            _(
                "It is still moving, {off:1} spikes a second. The kick has to come at the right moment of the "
                "cycle: change its size, or the current a little."
            ),
        ),
    ),
)
