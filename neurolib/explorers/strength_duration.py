"""How strong and how long: the threshold against the duration, for pulses, for ramps, and for the end of an anode's current."""

from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.explorers._membrane import gates
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse, put_ramp
from neurolib.spikes import index_of_maximum, index_of_minimum, vertex
from neurolib.strength_duration import lapicque, weiss

SIZE, T_ON, T_END, DT = 841, 2.0, 44.0, 0.03  # thresholds with DT: within 0.3 % up to 20 °C
SHORTEST, LONGEST, WEAKEST, STRONGEST = 0.2, 20.0, 1.0, 50.0  # ms; µA/cm², inward at most to −232 mV
WAYS = ("pulse", "ramp", "anode")
PULSE, RAMP, ANODE = range(len(WAYS))
LOWEST, HIGHEST, HALVINGS = 0.5, 400.0, 13  # µA/cm²: amplitudes tried; ln(800)/2^13 = 0.0008
ANODE_CHARGE, ANODE_MORE = 60.0, 20.0  # nC/cm² and µA/cm²: no anode is tried that would tear the membrane
HORIZON, FOR_EVER = 30.0, 60.0  # ms: how long a spike may take; a pulse that might as well last for ever
POINTS, SPIKES = 20, 20
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
KERNEL = squid_axon.kernel
defaults, rest, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.integrate
TEMPERATURE = squid_axon.index("temperature_celsius")
M, H, N = (squid_axon.state_index(gate) for gate in ("m", "h", "n"))


@portable
def put_stimulus(rows, way, onset, duration, strength):
    """Two rows: a pulse, a ramp that rises from 0 and ends, or a pulse inwards."""
    if way == RAMP:
        put_ramp(rows, 0, onset, duration, 0.0, strength)
    else:
        put_pulse(rows, 0, onset, duration, -strength if way == ANODE else strength)


@portable
def fires(way, duration, strength, p, start):
    """1 if the stimulus, from rest, takes V up through 0 mV before 30 ms after its end, otherwise 0."""
    state, rows, spare = zeros(STATES), zeros(6), zeros(1)
    for j in range(STATES):
        state[j] = start[j]
    put_stimulus(rows, way, 0.0, duration, strength)
    _failed, count = integrate(state, p, rows, 2, 0.0, duration + HORIZON, spare, 0, spare, spare, 1, 0.0, DT)
    return count


@portable
def threshold(way, duration, p, start):
    """Smallest strength that fires, by halving its logarithm, µA/cm²; nan if the strongest that is tried does not."""
    strongest = min(HIGHEST, ANODE_CHARGE / duration + ANODE_MORE) if way == ANODE else HIGHEST
    if fires(way, duration, strongest, p, start) == 0:
        return math.nan
    low, high = math.log(LOWEST), math.log(strongest)
    for _halving in range(HALVINGS):
        middle = 0.5 * (low + high)
        if fires(way, duration, math.exp(middle), p, start) == 1:
            high = middle
        else:
            low = middle
    return math.exp(high)


@portable
def set_up(c, p, start):
    """The axon's parameters at the reader's temperature, and its state at rest."""
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    return rest(p, 0.0, start)


@portable
def model(c, y, r):
    """The axon under the reader's stimulus, and the strength that would be needed; the curves are the sweep's."""
    p, start, state, rows = zeros(PARAMETERS), zeros(STATES), zeros(STATES), zeros(6)
    samples, crossings, way, t, V = zeros(STATES * SIZE), zeros(SPIKES), int(c.way), y.t, y.V
    r.V_start = set_up(c, p, start)
    for j in range(STATES):
        state[j] = start[j]
    for i in range(SIZE):
        t[i] = T_END * i / (SIZE - 1)
    put_stimulus(rows, way, T_ON, c.duration, c.strength)
    _failed, count = integrate(state, p, rows, 2, 0.0, T_END, t, SIZE, samples, crossings, SPIKES, 0.0, DT)
    for i in range(SIZE):
        V[i], y.m[i], y.h[i], y.n[i] = samples[i], samples[M * SIZE + i], samples[H * SIZE + i], samples[N * SIZE + i]
        part = (t[i] - T_ON) / c.duration
        inside = 1.0 if part >= 0.0 and part < 1.0 else 0.0
        y.applied[i] = inside * c.strength * (part if way == RAMP else (-1.0 if way == ANODE else 1.0))
    if way == RAMP:
        r.ramp_at = 2.6
    if way == ANODE:
        r.anode_at = 2.6
    r.V_peak = vertex(t, V, index_of_maximum(V, 0, SIZE), SIZE)[1]
    r.V_least = vertex(t, V, index_of_minimum(V, 0, SIZE), SIZE)[1]
    end = T_ON + c.duration
    _failed, later = integrate(state, p, rows, 2, T_END, max(T_END, end + HORIZON), t, 0, samples, crossings, 1, 0.0, DT)
    r.fired = 1.0 if count + later > 0 else 0.0
    r.needed = threshold(way, c.duration, p, start)
    r.as_pulse = threshold(PULSE, c.duration, p, start) if way == RAMP else math.nan
    r.charge = c.strength * c.duration * (0.5 if way == RAMP else 1.0)
    for i in range(4):
        y.mark_t[i] = end if i >= 2 else T_ON
        y.mark_V[i] = -118.0
    y.mark_V[2] = y.mark_V[2] + (-9.0 if way == ANODE else 9.0)
    if way != RAMP:
        y.mark_V[1] = y.mark_V[2]
    for i in range(POINTS):
        y.d[i] = SHORTEST * math.pow(LONGEST / SHORTEST, i / (POINTS - 1))
        y.pulse[i] = math.nan
        y.other[i] = math.nan
        y.weiss[i] = math.nan
        y.lapicque[i] = math.nan
    return "ok"


@portable
def chronaxie(rheobase, p, start):
    """The shortest pulse of twice the rheobase that fires, ms, by halving its logarithm."""
    low, high = math.log(0.5 * SHORTEST), math.log(LONGEST)
    for _halving in range(HALVINGS):
        middle = 0.5 * (low + high)
        if fires(PULSE, math.exp(middle), 2.0 * rheobase, p, start) == 1:
            high = middle
        else:
            low = middle
    return math.exp(high)


@portable
def step(c, y, r, number):
    """First the rheobase, then the chronaxie with the two laws through both, then the points of the curves."""
    p, start, way = zeros(PARAMETERS), zeros(STATES), int(c.way)
    set_up(c, p, start)
    i = int(number) - 2
    if number == 0.0:
        r.rheobase = threshold(PULSE, FOR_EVER, p, start)
    elif number == 1.0:
        r.chronaxie = chronaxie(r.rheobase, p, start)
        r.twice = 2.0 * r.rheobase
        r.chronaxie_note = 1.15 * r.chronaxie
        for k in range(POINTS):
            y.weiss[k] = weiss(y.d[k], r.rheobase, r.chronaxie)
            y.lapicque[k] = lapicque(y.d[k], r.rheobase, r.chronaxie)
    else:
        y.pulse[i] = threshold(PULSE, y.d[i], p, start)
        if way != PULSE:
            y.other[i] = threshold(way, y.d[i], p, start)
    return "ok"


@outcome
def say_ramp(c, r):
    """The sentence for a ramp."""
    if r.fired == 1.0:
        return "ramp_fires"
    if c.strength <= r.as_pulse:
        return "ramp_fails"
    return "half_charge" if c.strength <= 2.0 * r.as_pulse else "accommodates"


@outcome
def say(c, r):
    if c.way == RAMP:
        return say_ramp(c, r)
    if c.way == ANODE:
        if r.fired == 1.0:
            return "breaks"
        return "never_breaks" if math.isnan(r.needed) else "anode_fails"
    return "fires" if r.fired == 1.0 else "fails"


@outcome
def check(c, r):
    """The anode's end fires at 12 °C or above, after at most 26 nC/cm²."""
    r.off = r.charge
    if c.way != ANODE:
        return "outwards"
    if c.temperature_celsius < 12.0:
        r.off = c.temperature_celsius
        return "cold"
    if math.isnan(r.needed):
        return "never"
    if r.fired == 0.0:
        return "silent"
    return "done" if r.charge <= 26.0 else "too_much"


@outcome
def answer(c, r):
    if r.needed < 10.0:
        return "as_much"
    return "fivefold" if r.needed < 60.0 else "more"


def figure():
    drawn, (voltage, curve) = fig.panels([96, 104], shared=False, columns=((0,), (1,)))
    fig.x_axis(voltage, (_("time"), "ms"), (0, T_END), ticks=[0, 10, 20, 30, 40])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-132, 60), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "mark_t", "mark_V", "stimulus", linewidth=1.8, given=True)
    fig.curve(voltage, "t", "V", "ink", given=True)
    fig.x_axis(curve, (_("duration"), "ms"), (SHORTEST, LONGEST), "log", ticks=[0.2, 0.5, 1, 2, 5, 10, 20])
    fig.y_axis(curve, (_("current that is needed"), "µA/cm²"), (WEAKEST, 100.0), "log", ticks=[1, 2, 5, 10, 20, 50, 100])
    fig.level(curve, "rheobase", "muted", linewidth=1.0)
    fig.note(curve, _("rheobase"), LONGEST * 0.95, "rheobase", "muted", ha="right", lift=-9)
    fig.curve(curve, "d", "weiss", "muted", linewidth=1.2, linestyle=(0, (3, 2)))
    fig.curve(curve, "d", "lapicque", "muted", linewidth=1.2)
    fig.note(curve, _("thin: Lapicque"), 0.215, 6, "muted")
    fig.note(curve, _("dashed: Weiss"), 0.215, 6, "muted", lift=-14)
    fig.curve(curve, "d", "pulse", "ink", linewidth=2.4)
    fig.curve(curve, "d", "other", "accent", linewidth=2.4)
    fig.tag(curve, _("pulse"), "d", "pulse", 0.55, "ink", ha="left")
    fig.tag(curve, _("ramp"), "d", "other", "ramp_at", "accent", ha="left")
    fig.tag(curve, _("anode's end"), "d", "other", "anode_at", "accent", ha="left")
    fig.point(curve, "chronaxie", "twice", "ink", fillstyle="none", markersize=9)
    fig.note(curve, _("chronaxie"), "chronaxie_note", "twice", "ink")
    fig.point(curve, "duration", "strength", "accent", drag={"x": "duration", "y": "strength"})
    fig.guess(curve, 0.2)
    return drawn


def scene():
    """The electrode that draws current out of the axon or sends it in, and two channels with their gates."""
    electrode = moves.pick("electrode", "way"), moves.arrow("applied", "applied", STRONGEST, 46), moves.write("V", "V", 0)
    return Scene("electrode.svg", (*gates(m="m", h="h", n="n"), *electrode), at=T_ON + 0.15)


explorer = Explorer(
    chapter="action-potential/phase-plane",
    controls=dict(
        way=Choice(WAYS, "pulse"),
        strength=Slider(WEAKEST, STRONGEST, 8, "µA/cm²", scale="log"),
        duration=Slider(SHORTEST, LONGEST, 1, "ms", scale="log"),
        temperature_celsius=Slider(2, 20, 6.3, "°C", step=0.1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        m=Curve(SIZE),
        h=Curve(SIZE),
        n=Curve(SIZE),
        applied=Curve(SIZE, "µA/cm²"),
        mark_t=Curve(4, "ms"),
        mark_V=Curve(4, "mV"),
        d=Curve(POINTS, "ms"),
        pulse=Curve(POINTS, "µA/cm²", gaps=True),
        other=Curve(POINTS, "µA/cm²", gaps=True),
        weiss=Curve(POINTS, "µA/cm²", gaps=True),
        lapicque=Curve(POINTS, "µA/cm²", gaps=True),
    ),
    readouts=dict(
        needed=Readout("µA/cm²", 2, optional=True),
        rheobase=Readout("µA/cm²", 2, optional=True),
        chronaxie=Readout("ms", 2, optional=True),
        charge=Readout("nC/cm²"),
        V_peak=Readout("mV"),
        V_least=Readout("mV", shown=False),
        V_start=Readout("mV", shown=False),
        fired=Readout("", 0, shown=False),
        as_pulse=Readout("µA/cm²", 2, shown=False, optional=True),
        twice=Readout("µA/cm²", shown=False, optional=True),
        **{name: Readout("ms", shown=False, optional=True) for name in ("chronaxie_note", "ramp_at", "anode_at")},
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    overlay="pulse",
    presets={
        "just": {},
        "short": {"duration": 0.2, "strength": 35},
        "long": {"duration": 20, "strength": 2.4},
        "slow_ramp": {"way": "ramp", "duration": 20, "strength": 6},
        "anode": {"way": "anode", "duration": 20, "strength": 4},
    },
    sweep=Sweep(2 + POINTS, step),
    main=("way", "strength"),
    shows=("needed", "rheobase", "chronaxie"),
    story={
        "charge": {"duration": 0.4, "strength": 20},
        "long": {"duration": 20, "strength": 2.4},
        "slow_ramp": {"way": "ramp", "duration": 20, "strength": 6},
        "anode": {"way": "anode", "duration": 20, "strength": 4},
    },
    challenge=Challenge(check, solution={"way": "anode", "temperature_celsius": 12, "duration": 1, "strength": 25}),
    prediction=Prediction(answer, {"duration": 0.2}, Guess("needed", near=6)),
    cells=(squid_axon,),
)
