"""Two pulses: what the second needs after the first has fired. Absolute, relative and supernormal."""

import math

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse
from neurolib.spikes import index_of_maximum

SIZE, T_END, DT = 1001, 50.0, 0.02  # thresholds with DT: within 0.5 % of those with 0.005 ms
DURATION = 0.5  # ms, both pulses
LOWEST, STRONGEST, HALVINGS = 0.5, 150.0, 13  # µA/cm²: amplitudes tried; ln(300)/2^13 = 0.0007
HORIZON = 15.0  # ms: how long a spike may take
POINTS, T_FIRST, T_LAST = 30, 3.0, 40.0
REPLIES, REPLY, REPLY_STEP = 10, 60, 0.2  # every third response of the sweep is drawn
STATES = len(squid_axon.state_names)
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE = squid_axon.index("temperature_celsius")
H, N = squid_axon.state_index("h"), squid_axon.state_index("n")
EARLY = 161  # samples of the first spike
MEMO = 10
FREE, RESTING, AT_INTERVAL, SHORTEST, RECOVERED, LOWEST_FACTOR, PEAK, H_THERE, N_THERE, FIRED = range(MEMO)


@portable
def put_back(what, state, resting):
    """The reader's experiment of thought: return h, n or V to its resting value, alone."""
    if what == 1.0:
        state[H] = resting[H]
    if what == 2.0:
        state[N] = resting[N]
    if what == 3.0:
        state[0] = resting[0]


@portable
def fires(amplitude, start, p, state, row, crossings):
    """Whether the axon's own currents, and not the pulse alone, take V from ``start`` above 0 mV: 1 or 0.

    Either V rises on after the pulse, or it has risen further than the pulse's charge (C_m is 1 µF/cm²) can take it.
    """
    for j in range(STATES):
        state[j] = start[j]
    put_pulse(row, 0, 0.0, DURATION, amplitude)
    integrate(state, p, row, 2, 0.0, DURATION, row, 0, row, crossings, 1, math.inf, DT)
    if state[0] > 0.0 and state[0] > start[0] + amplitude * DURATION:
        return 1
    level = max(0.0, state[0] + 1.0)
    _failed, count = integrate(state, p, row, 2, DURATION, HORIZON, row, 0, row, crossings, 1, level, DT)
    return count


@portable
def threshold(start, p, state, row, crossings):
    """Smallest amplitude that fires, by bisection of its logarithm; nan if the strongest does not."""
    if fires(STRONGEST, start, p, state, row, crossings) == 0:
        return math.nan
    low = math.log(LOWEST)
    high = math.log(STRONGEST)
    for _halving in range(HALVINGS):
        middle = 0.5 * (low + high)
        if fires(math.exp(middle), start, p, state, row, crossings) == 1:
            high = middle
        else:
            low = middle
    return math.exp(high)


@portable
def state_at(interval, first, what, p, row, start, resting, crossings):
    """Fill ``start`` with the state ``interval`` after the first pulse began."""
    for j in range(STATES):
        start[j] = resting[j]
    put_pulse(row, 0, 0.0, DURATION, first)
    integrate(start, p, row, 2, 0.0, interval, row, 0, row, crossings, 1, math.inf, DT)
    put_back(what, start, resting)


@portable
def compute(
    interval, second, first, what, temperature_celsius,
    t, V, h, n, at, limit, reply_t, reply_V, p, state, row, start, resting, samples, crossings, memo, later,
):  # fmt: skip
    """The pair of pulses that the reader chose."""
    defaults(p)
    p[TEMPERATURE] = temperature_celsius
    rest(p, 0.0, resting)
    for i in range(SIZE):
        t[i] = T_END * i / (SIZE - 1)
    for k in range(POINTS):
        at[k] = T_FIRST + (T_LAST - T_FIRST) * math.pow(k / (POINTS - 1), 1.5)
        limit[k] = math.nan
    for i in range(REPLIES * REPLY):
        reply_t[i] = math.nan
        reply_V[i] = math.nan
    for k in range(MEMO):
        memo[k] = math.nan

    # the first pulse alone: when its spike is over
    for j in range(STATES):
        state[j] = resting[j]
    put_pulse(row, 0, 0.0, DURATION, first)
    integrate(state, p, row, 2, 0.0, 8.0, t, EARLY, samples, crossings, 1, math.inf, DT)
    peak = index_of_maximum(samples, 0, EARLY)
    memo[PEAK] = samples[peak]
    memo[FREE] = DURATION
    if samples[peak] > 0.0:
        over = peak
        while over < EARLY - 1 and samples[over] > resting[0]:
            over = over + 1
        memo[FREE] = t[over]

    # both, with a halt between them
    for j in range(STATES):
        state[j] = resting[j]
    before = 0
    while before < SIZE and t[before] <= interval:
        before = before + 1
    integrate(state, p, row, 2, 0.0, interval, t, before, samples, crossings, 1, math.inf, DT)
    for i in range(before):
        copy_sample(i, i, before, V, h, n, samples)
    memo[H_THERE] = state[H]
    memo[N_THERE] = state[N]
    put_back(what, state, resting)
    put_pulse(row, 0, interval, DURATION, second)
    for i in range(SIZE - before):
        later[i] = t[before + i]
    integrate(state, p, row, 2, interval, T_END, later, SIZE - before, samples, crossings, 1, math.inf, DT)
    for i in range(SIZE - before):
        copy_sample(before + i, i, SIZE - before, V, h, n, samples)
    return results(memo)


@portable
def results(memo):
    """What the reader is told, from what is known so far."""
    factor = memo[AT_INTERVAL] / memo[RESTING]
    return (
        0.0, memo[RESTING], memo[AT_INTERVAL], factor, memo[SHORTEST], memo[RECOVERED], memo[LOWEST_FACTOR],
        memo[H_THERE], memo[N_THERE], memo[FIRED], memo[PEAK], memo[FREE],
    )  # fmt: skip


@portable
def copy_sample(to, i, count, V, h, n, samples):
    """Sample i of ``count`` into the curves at place ``to``."""
    V[to] = samples[i]
    h[to] = samples[H * count + i]
    n[to] = samples[N * count + i]


@portable
def step(
    interval, second, first, what, temperature_celsius, number,
    t, V, h, n, at, limit, reply_t, reply_V, p, state, row, start, resting, samples, crossings, memo, later,
):  # fmt: skip
    """First the thresholds at rest and at the reader's interval, then the absolute period, then the curve."""
    if number == 0.0:
        memo[RESTING] = threshold(resting, p, state, row, crossings)
        if interval >= memo[FREE]:
            state_at(interval, first, what, p, row, start, resting, crossings)
            memo[AT_INTERVAL] = threshold(start, p, state, row, crossings)
            memo[FIRED] = fires(second, start, p, state, row, crossings)
        return results(memo)
    if number == 1.0:
        low = memo[FREE]
        high = 30.0
        for _halving in range(12):
            middle = 0.5 * (low + high)
            state_at(middle, first, what, p, row, start, resting, crossings)
            if fires(STRONGEST, start, p, state, row, crossings) == 1:
                high = middle
            else:
                low = middle
        memo[SHORTEST] = high if memo[PEAK] > 0.0 and high < 30.0 else math.nan
        return results(memo)
    k = int(number) - 2
    if at[k] < memo[FREE]:
        return results(memo)
    state_at(at[k], first, what, p, row, start, resting, crossings)
    limit[k] = threshold(start, p, state, row, crossings)
    if math.isnan(limit[k]):
        return results(memo)
    factor = limit[k] / memo[RESTING]
    if factor < 1.0 and math.isnan(memo[RECOVERED]) and k > 0:
        before = limit[k - 1] / memo[RESTING]
        if before >= 1.0:  # otherwise it never was above that at rest, as far as can be told
            memo[RECOVERED] = at[k - 1] + (at[k] - at[k - 1]) * (before - 1.0) / (before - factor)
    if math.isnan(memo[LOWEST_FACTOR]) or factor < memo[LOWEST_FACTOR]:
        memo[LOWEST_FACTOR] = factor
    place = math.floor(k / 3)
    if k == 3 * place:
        for j in range(STATES):
            state[j] = start[j]
        for i in range(REPLY - 1):
            later[i] = at[k] + REPLY_STEP * i
            reply_t[int(place * REPLY + i)] = later[i]
        put_pulse(row, 0, at[k], DURATION, 1.1 * limit[k])
        integrate(state, p, row, 2, at[k], later[REPLY - 2], later, REPLY - 1, samples, crossings, 1, math.inf, DT)
        for i in range(REPLY - 1):
            reply_V[int(place * REPLY + i)] = samples[i]
    return results(memo)


@portable
def say(
    interval, second, first, what, temperature_celsius,
    at_rest, needed, factor, shortest, recovered, lowest, h_there, n_there, fired, V_peak, free,
):  # fmt: skip
    if V_peak < 0.0:
        return 1
    if interval < free:
        return 2
    if math.isnan(at_rest):
        return 0
    if math.isnan(needed):
        return 3
    if factor > 1.01:
        return 5 if fired == 1.0 else 4
    if factor < 0.99:
        return 7 if fired == 1.0 else 6
    return 8


@portable
def check(
    moved, interval, second, first, what, temperature_celsius,
    at_rest, needed, factor, shortest, recovered, lowest, h_there, n_there, fired, V_peak, free,
):  # fmt: skip
    if what != 0.0:
        return 1, 0.0
    if V_peak < 0.0 or not (interval >= free and fired == 1.0):
        return 2, at_rest
    return (0, at_rest) if second < 0.95 * at_rest else (3, at_rest)


@portable
def answer(
    interval, second, first, what, temperature_celsius,
    at_rest, needed, factor, shortest, recovered, lowest, h_there, n_there, fired, V_peak, free,
):  # fmt: skip
    if factor < 1.25:
        return 0
    return 1 if factor < 2.5 else 2


def figure():
    drawn, (voltage, gates, curve) = fig.panels([88, 52, 104], shared=False)
    after = (_("time since the first pulse"), "ms")
    fig.x_axis(voltage, after, (0, T_END), ticks=[0, 10, 20, 30, 40, 50])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-90, 60), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "reply_t", "reply_V", "muted", _("just above threshold"), linewidth=0.7)
    fig.curve(voltage, "t", "V", "ink", _("your pair"))
    fig.event(voltage, "interval", "stimulus")
    fig.legend(voltage)
    fig.x_axis(gates, after, (0, T_END), ticks=[0, 10, 20, 30, 40, 50])
    fig.y_axis(gates, (_("gate"), ""), (0, 1), ticks=[0, 0.5, 1])
    fig.curve(gates, "t", "h", "Na", "h", linestyle=(0, (1.5, 1.5)))
    fig.curve(gates, "t", "n", "K", "n", linestyle=(0, (5, 2)))
    fig.event(gates, "interval", "stimulus")
    fig.legend(gates)
    fig.x_axis(curve, (_("interval between the pulses"), "ms"), (0, T_LAST), ticks=[0, 10, 20, 30, 40])
    fig.y_axis(curve, (_("second pulse"), "µA/cm²"), (4, 200), "log", ticks=[5, 10, 20, 50, 100])
    fig.event(curve, "shortest", "accent")
    fig.event(curve, "recovered", "muted")
    fig.level(curve, "at_rest", "muted", _("threshold at rest"))
    fig.curve(curve, "at", "limit", "ink", _("now"))
    fig.point(curve, "interval", "second", "stimulus", _("yours"))
    fig.legend(curve)
    return drawn


explorer = Explorer(
    name="refractory_period",
    title=_("The refractory period, pulse by pulse"),
    chapter="action-potential/sodium-inactivation",
    caption=_(
        "Two pulses of 0.5 ms to the squid axon. Above: the voltage under your pair, and, thin, responses just above "
        "threshold at ten intervals. Middle: the gates h and n. Below: the threshold of the second pulse against "
        "the interval, "
        "with the threshold at rest (dashed). Left of the first dotted line no pulse up to 150 µA/cm² fires; right "
        "of the "
        "second the axon is easier to excite than at rest."
    ),
    controls=(
        Slider("interval", _("Interval"), 1, T_LAST, 10, "ms", step=0.1),
        Slider("second", _("Second pulse"), 0, STRONGEST, 30, "µA/cm²", step=0.5),
        Slider("first", _("First pulse"), 0, 100, 20, "µA/cm²", step=0.5),
        Choice(
            "what",
            _("Put back to rest before the second"),
            {"nothing": _("nothing"), "h": _("h: inactivation"), "n": _("n: potassium"), "V": _("V: the voltage")},
            "nothing",
        ),
        Slider("temperature_celsius", _("Temperature"), 2, 16, 6.3, "°C", step=0.1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time since the first pulse")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("h", SIZE, "", _("sodium inactivation gate")),
        Curve("n", SIZE, "", _("potassium gate")),
        Curve("at", POINTS, "ms", _("interval")),
        Curve("limit", POINTS, "µA/cm²", _("threshold of the second pulse"), gaps=True),
        Curve("reply_t", REPLIES * REPLY, "ms", _("time of the responses that the sweep draws"), gaps=True),
        Curve("reply_V", REPLIES * REPLY, "mV", _("their voltage"), gaps=True),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "row": 6, "start": STATES, "resting": STATES,
        "samples": STATES * SIZE, "crossings": 1, "memo": MEMO, "later": SIZE,
    },
    sweep=Sweep(POINTS + 2, step),
    readouts=(
        Readout("at_rest", _("threshold at rest"), "µA/cm²", 1),
        Readout("needed", _("threshold now"), "µA/cm²", 1, optional=True),
        Readout("factor", _("against rest"), "×", 2, optional=True),
        Readout("shortest", _("absolute until"), "ms", 1, optional=True),
        Readout("recovered", _("relative until"), "ms", 1, optional=True),
        Readout("lowest", _("lowest threshold"), "×", 2),
        Readout("h_there", _("h before the second"), "", 2),
        Readout("n_there", _("n before the second"), "", 2),
        Readout("fired", _("second spike"), "", 0, shown=False, optional=True),
        Readout("V_peak", _("peak of the first"), "mV", 1, shown=False),
        Readout("free", _("end of the first spike"), "ms", 1, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("Looking for the thresholds…"),
        _(
            "The first pulse made no action potential (V peaks at {V_peak} mV), so there is no refractory period to "
            "measure."
        ),
        _("The second pulse falls into the first action potential: there is nothing to tell apart yet."),
        _(
            "Absolute refractory period: h is {h_there:2}, n is {n_there:2}, and no pulse up to 150 µA/cm² makes a "
            "second action potential."
        ),
        _(
            "Relative refractory period: the second pulse would have to be {needed} µA/cm², {factor:2} times the "
            "threshold at rest. Yours fails."
        ),
        _(
            "Relative refractory period: the second pulse fires, for which {needed} µA/cm² is needed, {factor:2} "
            "times the threshold at rest."
        ),
        _(
            "Supernormal: {needed} µA/cm² would do, {factor:2} times the threshold at rest. Your pulse is weaker "
            "still and fails."
        ),
        _(
            "Supernormal: the second pulse fires, and {needed} µA/cm² would have done, {factor:2} times the "
            "threshold at rest."
        ),
        _("The axon has recovered: its threshold is again {needed} µA/cm²."),
    ),
    presets={
        _("Absolute: 5 ms, strongest pulse"): {"interval": 5, "second": 150},
        _("Relative: 10 ms"): {"interval": 10, "second": 60},
        _("Supernormal: 20 ms"): {"interval": 20, "second": 12},
        _("Recovered: 40 ms"): {"interval": 40, "second": 14},
        _("10 ms, with h back at rest"): {"interval": 10, "second": 40, "what": "h"},
        _("10 ms, with n back at rest"): {"interval": 10, "second": 40, "what": "n"},
    },
    prediction=Prediction(
        _(
            "Ten milliseconds after an action potential the axon is almost back at its resting voltage. How strong "
            "must the second pulse be to fire it again?"
        ),
        {"interval": 10, "second": 60},
        (_("As strong as at rest"), _("About twice as strong"), _("About four times as strong")),
        answer,
        (
            _("{factor:2} times the threshold at rest."),
            _("{factor:2} times the threshold at rest: the gates have not yet come back."),
            _(
                "{factor:2} times the threshold at rest: h is only {h_there:2} and n still {n_there:2}. Voltage "
                "alone does not tell."
            ),
        ),
    ),
    challenge=Challenge(
        _("Make the axon fire a second time with a pulse that would be too weak at rest, by at least 5 %."),
        check,
        (
            _("Done: at rest it takes {off:1} µA/cm². You have found the supernormal period."),
            _("That was with a gate put back by hand: leave the axon to itself."),
            _(
                "There is no second action potential. At rest it would take {off:1} µA/cm²: is there an interval at "
                "which less will do?"
            ),
            _("It fires, but that pulse would fire the resting axon too: stay well below {off:1} µA/cm²."),
        ),
    ),
)
