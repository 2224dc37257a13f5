"""Potassium that gathers in the narrow space around an axon during a train of spikes, and what it does to the next ones."""

from neurolib.cells import squid_axon_split_leak
from neurolib.channels.squid import K_OUT_REFERENCE, potassium_reversal
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.portable import math, outcome, portable
from neurolib.sheath import FILLS, PARAMETERS, STATES, K, V, advance, begin, potassium_current

T_END, DT, STEPS, PIECES, PIECE = 300.0, 0.015, 10, 20, 100  # ms; steps between samples; pieces of the run, samples of each
SIZE = PIECES * PIECE + 1
EVERY = DT * STEPS
LATE = SIZE - int(50.0 / EVERY)  # the last 50 ms: no pulse comes so late
ONSET, LATEST, LENGTH, AMPLITUDE = 10.0, 200.0, 0.3, 100.0  # of the pulses: first, last, ms; their length, ms, and µA/cm²
AFTER, WITHIN = 1.5, 20.0  # ms from a pulse between which the undershoot is looked for
TEMPERATURE, MOST = 18.5, 20  # °C; pulses


@portable
def model(c, y, r):
    """The rest and the pump that keeps it; the train is the sweep's."""
    r.pump = begin(y.x, y.p, TEMPERATURE)
    for i in range(SIZE):
        y.t[i] = EVERY * i
        y.V[i] = math.nan
        y.K[i] = math.nan
        y.out[i] = math.nan
        y.away[i] = math.nan
    y.V[0] = y.x[V]
    y.K[0] = y.x[K]
    y.out[0] = 0.0
    y.away[0] = 0.0
    r.pulses = min(math.floor(c.number + 0.5), 1.0 + math.floor((LATEST - ONSET) * c.rate / 1000.0))
    for k in range(MOST):
        y.peak[k] = math.nan
        y.trough[k] = math.nan
        y.E_K[k] = math.nan
        y.place[k] = k + 1.0
    if c.P > 0.01:
        r.t_half = 1e3 * math.log(2.0) * c.theta / c.P
    r.K_most = y.x[K]
    r.per_spike = 0.0
    r.done = 0.0
    return "ok"


@portable
def keep_extremes(y, r, k, since):
    """Keep the peak and the undershoot of pulse number k, ``since`` ms after it, and the E_K of that moment, mV."""
    v = y.x[V]
    if since < WITHIN and (math.isnan(y.peak[k]) or v > y.peak[k]):
        y.peak[k] = v
    if since > AFTER and since < WITHIN and (math.isnan(y.trough[k]) or v < y.trough[k]):
        y.trough[k] = v
        y.E_K[k] = potassium_reversal(y.x[K], TEMPERATURE)
    r.K_most = max(r.K_most, y.x[K])
    if k == 0:
        r.per_spike = r.K_most - K_OUT_REFERENCE


@portable
def conclude(y, r):
    """How many pulses made spikes, the first undershoot and the last, and where the axon ends."""
    r.count = 0.0
    for k in range(int(r.pulses)):
        if y.peak[k] > 0.0:
            r.count = r.count + 1.0
    last = int(r.pulses) - 1
    r.first = y.trough[0]
    r.last = y.trough[last]
    r.last_peak = y.peak[last]
    r.V_end = y.x[V]
    r.K_end = y.x[K]
    r.high = r.V_end
    r.low = r.V_end
    for i in range(LATE, SIZE):
        r.high = max(r.high, y.V[i])
        r.low = min(r.low, y.V[i])
    r.done = 1.0


@portable
def step(c, y, r, number):
    """A piece of the run."""
    interval = 1000.0 / c.rate
    for i in range(PIECE):
        at = int(number) * PIECE + i
        for s in range(STEPS):
            t = DT * (at * STEPS + s)
            k = min(math.floor((t + 0.5 * DT - ONSET) / interval), r.pulses - 1.0)
            since = t + 0.5 * DT - ONSET - k * interval
            I = AMPLITUDE if k >= 0.0 and since < LENGTH else 0.0
            advance(y.x, y.p, I, c.theta, c.P, r.pump, DT)
            if k >= 0.0:
                keep_extremes(y, r, int(k), since)
        y.V[at + 1] = y.x[V]
        y.K[at + 1] = y.x[K]
        y.out[at + 1] = FILLS * (potassium_current(y.x, TEMPERATURE) - r.pump) / c.theta
        y.away[at + 1] = 1e-3 * c.P * (y.x[K] - K_OUT_REFERENCE) / c.theta
    if number == PIECES - 1:
        conclude(y, r)
    return "ok"


@outcome
def say(c, r):
    if r.done == 0.0:
        return "running"
    if r.low > -50.0:
        return "stuck"
    if r.high > -30.0:
        return "by_itself"
    if r.count < r.pulses:
        return "fails"
    if r.pulses == 1.0:
        return "one_kept" if math.isnan(r.t_half) else "one"
    return "hardly" if r.last - r.first < 1.0 else "train"


@outcome
def check(c, r):
    """0.5 mM for the first spike, to 0.03 mM, of which half is gone after 150 ms, to 5 ms."""
    r.off = r.per_spike
    if math.fabs(r.per_spike - 0.5) > 0.03:
        return "too_much" if r.per_spike > 0.5 else "too_little"
    if math.isnan(r.t_half):
        return "never"
    r.off = r.t_half
    if math.fabs(r.t_half - 150.0) > 5.0:
        return "too_slow" if r.t_half > 150.0 else "too_quick"
    return "done"


@outcome
def answer(c, r):
    if r.low > -50.0:
        return "stuck"
    return "undershoots" if r.last - r.first > 3.0 else "as_before"


def figure():
    drawn, (voltage, space, against) = fig.panels([60, 46, 72], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, space)
    fig.x_axis(space, (_("time"), "ms"), (0, T_END), ticks=[0, 100, 200, 300])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-85, 50), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "t", "V", "ink", linewidth=1.2, given=True)
    fig.y_axis(space, (_("K⁺ in the space"), "mM"), (8, 26), ticks=[10, 15, 20, 25])
    fig.curve(space, "t", "K", "K", linewidth=2.2, given=True)
    fig.x_axis(against, (_("number of the pulse"), ""), (0, MOST + 1), ticks=[1, 5, 10, 15, 20])
    fig.y_axis(against, (_("lowest V after each pulse"), "mV"), (-79, -45), ticks=[-70, -60, -50])
    fig.point(against, "place", "E_K", "K", markersize=7)
    fig.note(against, _("blue: E_K of that moment"), MOST + 0.6, -49, "K", ha="right")
    fig.point(against, "place", "trough", "ink", markersize=4.5)
    fig.event(against, "number", "accent", given=True, drag={"x": "number"})
    return drawn


def scene():
    """A channel of the axon, the space with its potassium, and a cleft between two glial cells through which it leaves."""
    flows = moves.flow("K_out", "out", 12, seconds=0.7), moves.flow("K_away", "away", 12)
    return Scene("sheath.svg", (*flows, moves.crowd("K_space", "K", each=0.5, most=80), moves.write("K_now", "K", 1)), at=100.0)


explorer = Explorer(
    chapter="action-potential/afterpotentials",
    controls=dict(
        number=Slider(1, MOST, 10, "", step=1),
        rate=Slider(20, 120, 60, "Hz", step=1),
        P=Slider(0, 3000, 600, "nm/s", scale="log", smallest=30),
        theta=Slider(10, 200, 30, "nm", scale="log"),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        K=Curve(SIZE, "mM"),
        out=Curve(SIZE, "mM/ms"),
        away=Curve(SIZE, "mM/ms"),
        place=Curve(MOST),
        peak=Curve(MOST, "mV", gaps=True),
        trough=Curve(MOST, "mV", gaps=True),
        E_K=Curve(MOST, "mV", gaps=True),
    ),
    readouts=dict(
        K_most=Readout("mM"),
        first=Readout("mV"),
        last=Readout("mV"),
        per_spike=Readout("mM", 2),
        t_half=Readout("ms", 0, optional=True),
        count=Readout("", 0),
        V_end=Readout("mV"),
        last_peak=Readout("mV"),
        K_end=Readout("mM", shown=False),
        pulses=Readout("", 0, shown=False),
        **{name: Readout("mV", shown=False) for name in ("low", "high")},
        done=Readout("", 0, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    sweep=Sweep(PIECES, step, numbers=("pump",), arrays={"x": STATES, "p": PARAMETERS}),
    scene=scene(),
    time="t",
    presets={
        "one": {"number": 1},
        "fast": {"rate": 100, "number": 20},
        "wide": {"theta": 200},
        "open": {"P": 3000},
    },
    main=("rate", "P"),
    shows=("K_most", "first", "last"),
    story={"one": {"number": 1}, "train": {}, "glia": {"P": 3000}, "fast": {"rate": 100, "number": 20}},
    challenge=Challenge(check, only=("P", "theta"), solution={"theta": 87, "P": 402}),
    prediction=Prediction(answer, {"P": 0}),
    cells=(squid_axon_split_leak,),
)
