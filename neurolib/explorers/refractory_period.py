"""Two pulses: what the second needs after the first has fired. Absolute, relative and supernormal."""

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.explorers._membrane import gates, ionic_current
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse
from neurolib.spikes import crossing, index_of_maximum, index_of_minimum, vertex
from neurolib.squid_clamp import sodium_current

SIZE, T_END, DT = 1001, 50.0, 0.02  # thresholds with DT: within 0.5 % of those with 0.005 ms
DURATION = 0.5  # ms, both pulses
LOWEST, STRONGEST, HALVINGS = 0.5, 150.0, 13  # µA/cm²: amplitudes tried; ln(300)/2^13 = 0.0007
HORIZON = 15.0  # ms: how long a spike may take
LONGEST = 30.0  # ms: the absolute period is looked for up to here
POINTS, T_FIRST, T_LAST = 30, 3.0, 40.0
REPLIES, REPLY, REPLY_STEP = 10, 60, 0.2  # every third response of the sweep is drawn
EARLY, T_EARLY = 401, 20.0  # samples of the first spike, which comes late in the cold
CLOSER = 6  # further intervals at which the end of the relative period is looked for
PUT_BACK = ("nothing", "h", "n", "V")
NOTHING, BACK_H, BACK_N, BACK_V = range(len(PUT_BACK))
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE = squid_axon.index("temperature_celsius")
M, H, N = (squid_axon.state_index(gate) for gate in ("m", "h", "n"))
G_K, E_K = squid_axon.index("g_bar_K"), squid_axon.index("E_K")


@portable
def set_up(p, resting, c):
    """Parameters of the axon at the reader's temperature, and its state at rest."""
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    rest(p, 0.0, resting)


@portable
def copy_state(start, state):
    """Fill ``state`` with ``start``: V in mV, and the gates."""
    for j in range(STATES):
        state[j] = start[j]


@portable
def put_back(c, state, resting):
    """The reader's experiment of thought: return h, n or V to its resting value, alone."""
    if c.what == BACK_H:
        state[H] = resting[H]
    if c.what == BACK_N:
        state[N] = resting[N]
    if c.what == BACK_V:
        state[0] = resting[0]


@portable
def run(state, p, amplitude, onset, end, t, count, samples):
    """Take ``state`` from the onset of a pulse to ``end``, with ``count`` samples at the times ``t``; ms, µA/cm²."""
    stimulus, spare = zeros(6), zeros(1)
    put_pulse(stimulus, 0, onset, DURATION, amplitude)
    integrate(state, p, stimulus, 2, onset, end, t, count, samples, spare, 1, math.inf, DT)


@portable
def fires(amplitude, start, p):
    """Whether the axon's own currents, and not the pulse alone, take V from ``start`` above 0 mV: 1 or 0.

    Either V rises on after the pulse, or it has risen further than the pulse's charge (C_m is 1 µF/cm²) can take it.
    """
    state, nothing, spare = zeros(STATES), zeros(6), zeros(1)
    copy_state(start, state)
    run(state, p, amplitude, 0.0, DURATION, spare, 0, spare)
    if state[0] > 0.0 and state[0] > start[0] + amplitude * DURATION:
        return 1
    level = max(0.0, state[0] + 1.0)
    _failed, count = integrate(state, p, nothing, 0, DURATION, HORIZON, spare, 0, spare, spare, 1, level, DT)
    return count


@portable
def threshold(start, p):
    """Smallest amplitude that fires, by bisection of its logarithm, µA/cm²; nan if the strongest does not."""
    if fires(STRONGEST, start, p) == 0:
        return math.nan
    low = math.log(LOWEST)
    high = math.log(STRONGEST)
    for _halving in range(HALVINGS):
        middle = 0.5 * (low + high)
        if fires(math.exp(middle), start, p) == 1:
            high = middle
        else:
            low = middle
    return math.exp(high)


@portable
def put_state(interval, c, p, resting, start):
    """Fill ``start`` with the state ``interval`` ms after the first pulse began."""
    spare = zeros(1)
    copy_state(resting, start)
    run(start, p, c.first, 0.0, interval, spare, 0, spare)
    put_back(c, start, resting)


@portable
def put_currents(p, pulse, i, m, y):
    """The pulse and the ionic currents at sample i, µA/cm², from m and the curves."""
    V, h, n = y.V[i], y.h[i], y.n[i]
    y.m[i] = m
    y.pulse[i] = pulse
    y.I_Na[i] = sodium_current(V, m, h)
    y.I_K[i] = p[G_K] * n * n * n * n * (V - p[E_K])


@portable
def put_run(state, p, amplitude, onset, end, y, first, count):
    """Take ``state`` from the onset of a pulse to ``end``; the ``count`` samples from number ``first`` go to the curves."""
    t, samples = zeros(count), zeros(STATES * count)
    for i in range(count):
        t[i] = y.t[first + i]
    run(state, p, amplitude, onset, end, t, count, samples)
    for i in range(count):
        y.V[first + i] = samples[i]
        y.h[first + i] = samples[H * count + i]
        y.n[first + i] = samples[N * count + i]
        put_currents(p, amplitude if t[i] < onset + DURATION else 0.0, first + i, samples[M * count + i], y)


@portable
def first_spike(c, p, resting, t):
    """Peak (mV) after the first pulse alone, and when its spike is over: V is back at rest (ms)."""
    state, samples = zeros(STATES), zeros(STATES * EARLY)
    copy_state(resting, state)
    run(state, p, c.first, 0.0, T_EARLY, t, EARLY, samples)
    highest = index_of_maximum(samples, 0, EARLY)
    _t_peak, V_peak = vertex(t, samples, highest, EARLY)
    if V_peak <= 0.0:
        return V_peak, DURATION
    return V_peak, crossing(t, samples, highest, EARLY, resting[0], -1.0)


@portable
def model(c, y, r):
    """The pair of pulses that the reader chose; the thresholds are the sweep's."""
    t = y.t
    p, resting, state = zeros(PARAMETERS), zeros(STATES), zeros(STATES)
    set_up(p, resting, c)
    r.h_rest = resting[H]
    r.n_rest = resting[N]
    before = 0
    for i in range(SIZE):
        t[i] = T_END * i / (SIZE - 1)
        if t[i] <= c.interval:
            before = i + 1
    for k in range(POINTS):
        y.at[k] = T_FIRST + (T_LAST - T_FIRST) * math.pow(k / (POINTS - 1), 1.5)
        y.limit[k] = math.nan
    for i in range(REPLIES * REPLY):
        y.reply_t[i] = math.nan
        y.reply_V[i] = math.nan
    r.V_peak, r.free = first_spike(c, p, resting, t)
    r.yours_note = c.interval - 1.0
    r.yours_height = c.second if c.interval < 15.0 else min(1.5 * c.second, 150.0)
    copy_state(resting, state)
    put_run(state, p, c.first, 0.0, c.interval, y, 0, before)
    r.h_there = state[H]
    r.n_there = state[N]
    put_back(c, state, resting)
    put_run(state, p, c.second, c.interval, T_END, y, before, SIZE - before)
    return "ok"


@portable
def absolute_until(c, r, p, resting):
    """Shortest interval at which the strongest pulse fires, by bisection, ms; nan without a first spike or beyond 30 ms."""
    start = zeros(STATES)
    low = r.free
    high = LONGEST
    for _halving in range(12):
        middle = 0.5 * (low + high)
        put_state(middle, c, p, resting, start)
        if fires(STRONGEST, start, p) == 1:
            high = middle
        else:
            low = middle
    return high if r.V_peak > 0.0 and high < LONGEST else math.nan


@portable
def put_reply(y, k, start, p):
    """The response from ``start`` to a pulse just above the threshold at point k, in its place among those drawn."""
    count = REPLY - 1  # one place between responses stays empty, so that no line joins them
    t, samples = zeros(count), zeros(STATES * count)
    for i in range(count):
        t[i] = y.at[k] + REPLY_STEP * i
    run(start, p, 1.1 * y.limit[k], t[0], t[count - 1], t, count, samples)
    first = int(k / 3) * REPLY
    for i in range(count):
        y.reply_t[first + i] = t[i]
        y.reply_V[first + i] = samples[i]


@portable
def put_point(c, y, r, k, p, resting):
    """Point k of the curve: the threshold of the second pulse, and the first two between which it falls to that at rest."""
    start = zeros(STATES)
    at, limit = y.at, y.limit
    put_state(at[k], c, p, resting, start)
    limit[k] = threshold(start, p)
    # Without a threshold before it was never above that at rest, as far as can be told.
    if k > 0 and math.isnan(r.late) and limit[k] < r.at_rest and limit[k - 1] >= r.at_rest:
        r.early, r.above = at[k - 1], limit[k - 1]
        r.late, r.below = at[k], limit[k]
    if k == 3 * int(k / 3) and not math.isnan(limit[k]):
        put_reply(y, k, start, p)


@portable
def look_closer(c, r, p, resting):
    """Halve the time within which the threshold falls to that at rest; the end of the relative period lies within it."""
    start = zeros(STATES)
    middle = 0.5 * (r.early + r.late)
    put_state(middle, c, p, resting, start)
    found = threshold(start, p)
    if found >= r.at_rest:
        r.early, r.above = middle, found
    else:
        r.late, r.below = middle, found
    r.recovered = r.early + (r.late - r.early) * (r.above - r.at_rest) / (r.above - r.below)
    r.relative_note = 0.5 * (r.shortest + r.recovered)
    r.super_note = r.recovered + 0.6


@portable
def lowest_of(y, at_rest):
    """Lowest threshold of the curve, as a multiple of that at rest: the vertex of a parabola; nan where there is none."""
    limit, factor = y.limit, zeros(POINTS)
    for k in range(POINTS):
        factor[k] = 1e9 if math.isnan(limit[k]) else limit[k] / at_rest
    lowest = index_of_minimum(factor, 0, POINTS)
    if lowest > 0 and factor[lowest - 1] == 1e9:
        return factor[lowest]
    return vertex(y.at, factor, lowest, POINTS)[1] if factor[lowest] < 1e9 else math.nan


@portable
def step(c, y, r, number):
    """First the thresholds at rest and at the reader's interval, then the absolute period, the curve, and where it falls."""
    p, resting, start = zeros(PARAMETERS), zeros(STATES), zeros(STATES)
    set_up(p, resting, c)
    if number == 0.0:
        r.at_rest = threshold(resting, p)
        r.rest_note = 1.3 * r.at_rest
        if c.interval >= r.free:
            put_state(c.interval, c, p, resting, start)
            r.needed = threshold(start, p)
            r.factor = r.needed / r.at_rest
            r.fired = fires(c.second, start, p)
    elif number == 1.0:
        r.shortest = absolute_until(c, r, p, resting)
        r.absolute_note = max(0.5 * r.shortest, 3.6)
    elif number < POINTS + 2:
        if y.at[int(number) - 2] >= r.free:
            put_point(c, y, r, int(number) - 2, p, resting)
        r.lowest = lowest_of(y, r.at_rest)
    elif not math.isnan(r.late):
        look_closer(c, r, p, resting)
    return "ok"


@outcome
def say(c, r):
    if r.V_peak <= 0.0:
        return "no_spike"
    if c.interval < r.free:
        return "within_spike"
    if math.isnan(r.at_rest):
        return "looking"
    if c.what != NOTHING:
        if math.isnan(r.needed):
            return "by_hand_none"
        return "by_hand_fires" if r.fired == 1.0 else "by_hand_fails"
    if math.isnan(r.needed):
        return "absolute"
    if r.factor > 1.01:
        return "relative_fires" if r.fired == 1.0 else "relative_fails"
    if r.factor < 0.99:
        return "supernormal_fires" if r.fired == 1.0 else "supernormal_fails"
    away = max(math.fabs(r.h_there - r.h_rest) / r.h_rest, math.fabs(r.n_there - r.n_rest) / r.n_rest)
    return "passing" if c.interval < r.recovered + 1.0 or away >= 0.05 else "as_at_rest"


@outcome
def check(c, r):
    """A second spike from a pulse at least 10 % below the threshold at rest, nothing put back."""
    r.off = r.at_rest
    if c.what != NOTHING:
        return "by_hand"
    if r.V_peak <= 0.0 or c.interval < r.free or r.fired != 1.0:
        return "no_second"
    if c.second >= r.at_rest:
        return "too_strong"
    return "done" if c.second < 0.9 * r.at_rest else "almost"


@outcome
def answer(c, r):
    if r.factor < 1.25:
        return "as_at_rest"
    return "twice" if r.factor < 2.5 else "four_times"


def figure():
    drawn, (voltage, gates, curve) = fig.panels([74, 42, 100])
    fig.x_axis(curve, (_("time since the first pulse, or interval"), "ms"), (0, 46), ticks=[0, 10, 20, 30, 40])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-90, 80), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "reply_t", "reply_V", "muted", linewidth=0.6, alpha=0.7)
    fig.note(voltage, _("just above threshold"), 46, 67, "muted", ha="right")
    fig.curve(voltage, "t", "V", "ink", given=True)
    fig.event(voltage, "interval", "stimulus", drag={"x": "interval"})
    fig.y_axis(gates, (_("gate"), ""), (0, 1), ticks=[0, 1])
    fig.curve(gates, "t", "h", "Na", _("h shuts Na⁺"), at=39)
    fig.curve(gates, "t", "n", "K", _("n opens K⁺"), at=39, above=False)
    fig.event(gates, "interval", "stimulus")
    fig.y_axis(curve, (_("second pulse"), "µA/cm²"), (3, 200), "log", ticks=[5, 10, 20, 50, 100])
    fig.span(curve, 0, "shortest", "accent", alpha=0.1)
    fig.event(curve, "recovered", "muted", linewidth=1.0)
    fig.note(curve, _("absolute"), "absolute_note", 3.9, "accent", ha="center")
    fig.note(curve, _("relative"), "relative_note", 3.9, "ink", ha="center")
    fig.note(curve, _("supernormal"), "super_note", 3.9, "Cl")
    fig.level(curve, "at_rest", "muted", given=True, linewidth=1.0)
    fig.note(curve, _("threshold at rest"), 46, "rest_note", "muted", given=True, ha="right")
    fig.event(curve, "interval", "stimulus")
    fig.curve(curve, "at", "limit", "ink")
    fig.note(curve, _("fires above the curve"), 12.5, 110, "ink")
    fig.note(curve, _("yours"), "yours_note", "yours_height", "stimulus", ha="right")
    fig.point(curve, "interval", "second", "stimulus", drag={"x": "interval", "y": "second"})
    return drawn


def scene():
    """The pipette that gives the pulses, two channels with their gates and currents, and what is put back by hand."""
    currents = (*ionic_current("Na", "I_Na", 900), *ionic_current("K", "I_K", 900))
    others = moves.arrow("pulse", "pulse", STRONGEST, 75), moves.pick("what", "what"), moves.write("V", "V", 0)
    return Scene("two_pulses.svg", (*gates(m="m", h="h", n="n"), *currents, *others), at=4.0)


explorer = Explorer(
    chapter="action-potential/sodium-inactivation",
    controls=dict(
        interval=Slider(1, T_LAST, 25, "ms", step=0.1),
        second=Slider(0, STRONGEST, 15, "µA/cm²", step=0.5),
        first=Slider(0, 100, 20, "µA/cm²", step=0.5),
        what=Choice(PUT_BACK, "nothing"),
        temperature_celsius=Slider(2, 16, 6.3, "°C", step=0.1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        h=Curve(SIZE),
        n=Curve(SIZE),
        m=Curve(SIZE),
        pulse=Curve(SIZE, "µA/cm²"),
        I_Na=Curve(SIZE, "µA/cm²"),
        I_K=Curve(SIZE, "µA/cm²"),
        at=Curve(POINTS, "ms"),
        limit=Curve(POINTS, "µA/cm²", gaps=True),
        reply_t=Curve(REPLIES * REPLY, "ms", gaps=True),
        reply_V=Curve(REPLIES * REPLY, "mV", gaps=True),
    ),
    readouts=dict(
        at_rest=Readout("µA/cm²"),
        needed=Readout("µA/cm²", optional=True),
        factor=Readout("×", 2, optional=True),
        shortest=Readout("ms", optional=True),
        recovered=Readout("ms", optional=True),
        lowest=Readout("×", 2),
        h_there=Readout("", 2),
        n_there=Readout("", 2),
        fired=Readout("", 0, shown=False, optional=True),
        h_rest=Readout("", 2, shown=False),
        n_rest=Readout("", 2, shown=False),
        V_peak=Readout("mV", shown=False),
        free=Readout("ms", shown=False),
        yours_note=Readout("ms", shown=False),
        yours_height=Readout("µA/cm²", shown=False),
        rest_note=Readout("µA/cm²", shown=False),
        absolute_note=Readout("ms", shown=False, optional=True),
        relative_note=Readout("ms", shown=False, optional=True),
        super_note=Readout("ms", shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    presets={
        "5_ms": {"interval": 5, "second": 150},
        "10_ms": {"interval": 10, "second": 60},
        "20_ms": {"interval": 20, "second": 14},
        "40_ms": {"interval": 40, "second": 14},
        "h_at_rest": {"interval": 10, "second": 40, "what": "h"},
        "n_at_rest": {"interval": 10, "second": 40, "what": "n"},
    },
    sweep=Sweep(POINTS + 2 + CLOSER, step, numbers=("early", "late", "above", "below")),
    main=("interval", "second"),
    shows=("needed", "factor", "shortest"),
    story={
        "pair": {},
        "absolute": {"interval": 5, "second": 150},
        "relative": {"interval": 10, "second": 40},
        "potassium": {"interval": 10, "second": 40, "what": "n"},
    },
    challenge=Challenge(check, solution={"interval": 20, "second": 11.5}),
    prediction=Prediction(answer, {"interval": 10, "second": 60}),
    cells=(squid_axon,),
)
