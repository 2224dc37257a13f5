"""Use-dependent block: a drug that binds inactivated channels lets single spikes pass and stops a volley."""

from neurolib.cells import mammalian_neuron
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.guarded_block import K_ON, bound_after, bound_at_last
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse
from neurolib.spikes import index_of_maximum

PULSES, DURATION = 40, 0.5  # their number; ms of each
DT, PART = 0.025, 0.25  # ms: the step of the cell, and after how long the drug is moved on
AT_REST = 60.0  # ms after a pulse the cell is back at rest, and only the drug goes on
SHOWN, EACH = 5.0, 5  # ms of each response that are drawn; samples in a part, of which the highest and the last are
SIZE = 42  # samples of a response, the last a gap
LINE, D_LOW, D_HIGH = 61, 1.0, 300.0
KERNEL = mammalian_neuron.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
STATES, PARAMETERS = len(mammalian_neuron.state_names), len(mammalian_neuron.parameter_names)
G_NA, H = mammalian_neuron.index("g_bar_Na"), mammalian_neuron.state_index("h")


@portable
def respond(c, D, b, state, t, V):
    """One pulse and the time until the next: fills ``t`` and ``V`` (mV), moves ``state``; returns b and the number of spikes.

    The sodium conductance is that of the channels without the drug. Cell and drug take turns of a quarter of a millisecond.
    """
    p, row, times, samples, spare = zeros(PARAMETERS), zeros(6), zeros(EACH), zeros(STATES * EACH), zeros(1)
    defaults(p)
    g_bar = p[G_NA]
    period = 1000.0 / c.f
    end = min(period, AT_REST)
    parts = int(math.ceil(end / PART - 1e-9))
    put_pulse(row, 0, 0.0, DURATION, c.amplitude)
    t[0] = 0.0
    V[0] = state[0]
    fired = 0
    for k in range(parts):
        start = PART * k
        stop = min(start + PART, end)
        for i in range(EACH):
            times[i] = start + (stop - start) * (i + 1) / EACH
        guard = 1.0 - state[H]
        p[G_NA] = g_bar * (1.0 - b)
        _failed, count = integrate(state, p, row, 2, start, stop, times, EACH, samples, spare, 1, 0.0, DT)
        fired = fired + count
        if start < SHOWN:
            best = index_of_maximum(samples, 0, EACH)
            t[1 + 2 * k] = times[best]
            V[1 + 2 * k] = samples[best]
            t[2 + 2 * k] = stop
            V[2 + 2 * k] = samples[EACH - 1]
        b = bound_after(b, D, 0.5 * (guard + 1.0 - state[H]), c.stay, stop - start)
    return bound_after(b, D, 1.0 - state[H], c.stay, period - end), fired


@portable
def put_response(c, y, r, number):
    """The response to pulse ``number``, from 0: its voltage in its place, whether it fired, and the drug after it."""
    t, V = zeros(SIZE), zeros(SIZE)
    b, fired = respond(c, c.D, r.b, y.carried, t, V)
    for i in range(SIZE - 1):
        y.at[number * SIZE + i] = number + 1.0 + 0.9 * t[i] / SHOWN
        y.V[number * SIZE + i] = V[i]
    if fired > 0:
        r.spikes = r.spikes + 1.0
        r.last = number + 1.0
    r.b = b
    y.pulse[number + 1] = number + 2.0
    y.held[number + 1] = 100.0 * b
    r.held_end = 100.0 * b
    return V[index_of_maximum(V, 0, SIZE - 1)]


@portable
def put_doses(c, y, r, guard):
    """The part of the channels that holds the drug in the end, against its concentration: at rest, and all inactivated."""
    for k in range(LINE):
        y.dose[k] = D_LOW * math.pow(D_HIGH / D_LOW, k / (LINE - 1.0))
        y.resting[k] = 100.0 * bound_at_last(y.dose[k], guard, c.stay)
        y.inactivated[k] = 100.0 * bound_at_last(y.dose[k], 1.0, c.stay)
    r.K = 1.0 / (K_ON * c.stay)


@portable
def model(c, y, r):
    """The cell at rest with the drug for a long time, and the first pulse; the other pulses are the sweep's."""
    p, state, t, V = zeros(PARAMETERS), zeros(STATES), zeros(SIZE), zeros(SIZE)
    defaults(p)
    rest(p, 0.0, state)
    guard = 1.0 - state[H]
    for k in range(PULSES * SIZE):
        y.at[k] = math.nan
        y.V[k] = math.nan
    for k in range(PULSES + 1):
        y.pulse[k] = k + 1.0
        y.held[k] = math.nan
    for j in range(STATES):
        y.carried[j] = state[j]
    put_doses(c, y, r, guard)
    respond(c, 0.0, 0.0, state, t, V)
    r.without = V[index_of_maximum(V, 0, SIZE - 1)]
    r.b = bound_at_last(c.D, guard, c.stay)
    r.held_rest = 100.0 * r.b
    y.held[0] = r.held_rest
    r.spikes = 0.0
    r.last = 0.0
    r.given = 1.0
    r.peak = put_response(c, y, r, 0)
    return "ok"


@portable
def step(c, y, r, number):
    """One more pulse."""
    put_response(c, y, r, int(number) + 1)
    r.given = number + 2.0
    return "ok"


@outcome
def say(c, r):
    if c.D == 0.0:
        return "without"
    if r.spikes == r.given:
        return "laden" if r.held_end > 20.0 else "spared"
    return "stopped" if r.spikes == r.last else "thinned"


@outcome
def check(c, r):
    """A volley of at most 100 Hz stopped after 24 spikes at most, with 60 µM at most."""
    r.off = c.D
    if c.D > 60.0:
        return "dose"
    r.off = c.f
    if c.f > 100.0:
        return "fast"
    r.off = r.spikes
    return "done" if r.spikes <= 24.0 else "goes_on"


@outcome
def answer(c, r):
    if r.spikes > 39.5:
        return "all"
    return "gaps" if r.last > 32.0 else "stops"


def figure():
    drawn, (voltage, held, dose) = fig.panels([84, 66, 60], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, held)
    fig.x_axis(held, (_("pulse"), ""), (0.6, PULSES + 1.4), ticks=[1, 10, 20, 30, 40])
    fig.y_axis(voltage, (_("voltage after each pulse, 5 ms"), "mV"), (-85, 62), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "at", "V", "ink", given=True, linewidth=0.9)
    fig.y_axis(held, (_("channels that hold the drug"), "%"), (0, 105), ticks=[0, 50, 100])
    fig.point(held, "pulse", "held", "accent", markersize=3.4)
    fig.x_axis(dose, (_("concentration of the drug"), "µM"), (D_LOW, D_HIGH), scale="log", ticks=[1, 10, 100])
    fig.y_axis(dose, (_("channels that hold the drug"), "%"), (0, 105), ticks=[0, 50, 100])
    fig.curve(dose, "dose", "inactivated", "muted", linewidth=1.4)
    fig.tag(dose, _("all inactivated"), "dose", "inactivated", 6, "muted", above=False, ha="left")
    fig.curve(dose, "dose", "resting", "muted", _("at rest"), at=1.7, linewidth=1.4, linestyle=(0, (4, 2)))
    fig.point(dose, "D", "held_end", "accent", drag={"x": "D"})
    return drawn


explorer = Explorer(
    chapter="action-potential/single-channels",
    controls=dict(
        f=Slider(1, 200, 10, "Hz", step=1),
        D=Slider(0, 300, 100, "µM", scale="log", smallest=1.0, positions=100),
        stay=Slider(50, 5000, 500, "ms", scale="log", positions=100),
        amplitude=Slider(55, 120, 58, "µA/cm²", step=1),
    ),
    curves=dict(
        at=Curve(PULSES * SIZE, gaps=True),
        V=Curve(PULSES * SIZE, "mV", gaps=True),
        pulse=Curve(PULSES + 1),
        held=Curve(PULSES + 1, "%", gaps=True),
        dose=Curve(LINE, "µM"),
        resting=Curve(LINE, "%"),
        inactivated=Curve(LINE, "%"),
    ),
    readouts=dict(
        spikes=Readout("", 0),
        held_end=Readout("%", 0),
        peak=Readout("mV", 0),
        without=Readout("mV", 0),
        held_rest=Readout("%"),
        K=Readout("µM"),
        given=Readout("", 0, shown=False),
        last=Readout("", 0, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    sweep=Sweep(PULSES - 1, step, numbers=("b",), arrays={"carried": STATES}),
    presets={
        "slow": {"f": 5},
        "volley": {"f": 100},
        "no_drug": {"f": 200, "D": 0},
        "quick": {"f": 100, "stay": 100},
    },
    main=("f", "D"),
    shows=("spikes", "held_end", "peak"),
    story={
        "slow": {},
        "volley": {"f": 100},
        "no_drug": {"f": 100, "D": 0},
        "quick": {"f": 100, "stay": 100},
    },
    challenge=Challenge(check, only=("f", "D", "stay"), solution={"f": 100, "D": 60, "stay": 3000}),
    prediction=Prediction(answer, {"f": 100}),
    cells=(mammalian_neuron,),
)
