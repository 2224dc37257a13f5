"""A cell so small that its channels can be counted: their chance moves its voltage, and may fire it."""

from neurolib.chance import scatter, sow
from neurolib.channels.sodium_states import E_NA, GAMMA, INDEPENDENT, open_state, put_independent
from neurolib.channels.squid import E_LEAK_HODGKIN_HUXLEY, alpha_n, beta_h, beta_m, beta_n
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Curve, Prediction, Readout, Sweep
from neurolib.markov import hop, link, settle
from neurolib.portable import math, outcome, portable, zeros

T_END, DT, EVERY = 100.0, 0.02, 5  # ms; steps between two samples
STEPS, SAMPLES = 20, 50  # steps of the sweep, and samples in each
SIZE, LINE = STEPS * SAMPLES + 1, 41
REST, E_K, G_LEAK, C_M = -65.0, -77.0, 0.003, 0.01  # mV, mV, nS/µm², pF/µm²
GAMMA_K = 0.02  # nS, one potassium channel, the commonest: Llano, Webb & Bezanilla 1988, J Gen Physiol 92:179-196
G_NA, G_K = 1.2, 0.36  # nS/µm², 120 and 36 mS/cm²: smaller channels are more, so that their sum stays
A_LOW, A_HIGH = 3.0, 30_000.0  # µm²
SMOOTH = 0.1  # pS: of channels so small the chance is hardly seen
NA, K = 8, 5  # states
SILENT_BELOW = -40.0  # mV: a spike passes 0 mV, and the next one comes from below this


@portable
def put_potassium(V, Q):
    """The rates of n⁴ at V mV, 1/ms, into ``Q``, 5 × 5: state k has k gates open, and the last conducts."""
    opening, shutting = alpha_n(V), beta_n(V)
    for k in range(4):
        link(Q, K, k, k + 1, (4.0 - k) * opening, (k + 1.0) * shutting)


@portable
def kick(gamma, area):
    """By how much one sodium channel of ``gamma`` nS that opens at rest moves V while it is open, mV: i τ/(C_m A)."""
    return gamma * (E_NA - REST) / (3.0 * beta_m(REST) + beta_h(REST)) / (C_M * area)


@portable
def put_sample(y, r, k):
    """The voltage and the open sodium channels at sample k; none is a gap, for the axis is logarithmic."""
    y.V[k] = r.now
    y.opened[k] = y.sodium[open_state(INDEPENDENT)] if y.sodium[open_state(INDEPENDENT)] > 0.0 else math.nan


@portable
def model(c, y, r):
    """The cell at rest, each channel in a state by chance; the run is the sweep's. V in mV, t in ms, area in µm²."""
    Q, p, q = zeros(NA * NA), zeros(NA), zeros(K * K)
    sow(y.seeds, math.floor(c.seed))
    r.N_Na = math.floor(1000.0 * G_NA / c.one_Na * c.area + 0.5)
    r.N_K = math.floor(1000.0 * G_K / c.one_K * c.area + 0.5)
    put_independent(REST, Q)
    settle(Q, NA, p)
    r.open_rest = 1000.0 * G_NA / c.one_Na * c.area * p[open_state(INDEPENDENT)]
    for j in range(NA):
        y.sodium[j] = 0.0
    scatter(y.seeds, r.N_Na, p, 0, NA, y.sodium)
    put_potassium(REST, q)
    settle(q, K, p)
    for j in range(K):
        y.potassium[j] = 0.0
    scatter(y.seeds, r.N_K, p, 0, K, y.potassium)
    r.open_rest_K = 1000.0 * G_K / c.one_K * c.area * p[K - 1]
    for k in range(SIZE):
        y.t[k] = T_END * k / (SIZE - 1)
        y.V[k] = math.nan
        y.opened[k] = math.nan
    for k in range(LINE):
        y.size[k] = A_LOW * math.pow(A_HIGH / A_LOW, k / (LINE - 1.0))
        y.kicks[k] = kick(0.001 * c.one_Na, y.size[k])
    r.kick = kick(0.001 * c.one_Na, c.area)
    r.now = REST
    r.low = 1.0
    r.spikes = 0.0
    r.highest = REST
    r.done = 0.0
    put_sample(y, r, 0)
    return "ok"


@portable
def advance_cell(c, y, r, Q, q, backwards):
    """One short step: the channels at the voltage so far, then the voltage with the channels that are open now."""
    put_independent(r.now, Q)
    put_potassium(r.now, q)
    hop(y.seeds, y.sodium, Q, NA, DT, backwards)
    hop(y.seeds, y.potassium, q, K, DT, backwards)
    g_Na = 0.001 * c.one_Na * y.sodium[open_state(INDEPENDENT)] / c.area
    g_K = 0.001 * c.one_K * y.potassium[K - 1] / c.area
    g = g_Na + g_K + G_LEAK
    V_end = (g_Na * E_NA + g_K * E_K + G_LEAK * E_LEAK_HODGKIN_HUXLEY + 0.01 * c.I) / g
    r.now = V_end + (r.now - V_end) * math.exp(-g * DT / C_M)


@portable
def step(c, y, r, number):
    """Five milliseconds more."""
    Q, q = zeros(NA * NA), zeros(K * K)
    first = int(number) * SAMPLES
    backwards = 0
    for k in range(SAMPLES):
        for _i in range(EVERY):
            advance_cell(c, y, r, Q, q, backwards)
            backwards = 1 - backwards
            r.highest = max(r.highest, r.now)
            if r.now < SILENT_BELOW:
                r.low = 1.0
            if r.now > 0.0 and r.low == 1.0:
                r.spikes = r.spikes + 1.0
                r.low = 0.0
        put_sample(y, r, first + k + 1)
    r.done = number + 1.0
    return "ok"


@outcome
def say(c, r):
    if r.done < STEPS:
        return "running"
    if r.spikes == 0.0:
        return "rests"
    if c.I > 0.0:
        return "driven"
    return "once" if r.spikes == 1.0 else "fires"


@outcome
def answer(c, r):
    if r.spikes == 0.0:
        return "rest"
    return "few" if r.spikes < 3.0 else "many"


def figure():
    drawn, (voltage, sodium, size) = fig.panels([84, 60, 60], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, sodium)
    fig.x_axis(sodium, (_("time"), "ms"), (0, T_END), ticks=[0, 25, 50, 75, 100])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-95, 60), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "t", "V", "ink", linewidth=1.1)
    fig.y_axis(sodium, (_("sodium channels open"), ""), (0.7, 4e8), scale="log", ticks=[1, 1000, 1_000_000])
    fig.curve(sodium, "t", "opened", "Na", linewidth=0.9)
    fig.x_axis(size, (_("area of the membrane"), "µm²"), (A_LOW, A_HIGH), scale="log", ticks=[10, 100, 1000, 10_000])
    fig.y_axis(size, (_("one opening moves V by"), "mV"), (3e-6, 8), scale="log", ticks=[1e-5, 0.001, 0.1])
    fig.curve(size, "size", "kicks", "muted", given=True, linewidth=1.3)
    fig.point(size, "area", "kick", "accent", drag={"x": "area"}, given=True)
    return drawn


explorer = Explorer(
    chapter="action-potential/single-channels",
    controls=dict(
        area=Slider(A_LOW, A_HIGH, 30_000, "µm²", scale="log", positions=80),
        I=Slider(0, 10, 0, "µA/cm²", step=0.1),
        one_Na=Slider(SMOOTH, 20, 1000.0 * GAMMA, "pS", scale="log"),
        one_K=Slider(SMOOTH, 20, 1000.0 * GAMMA_K, "pS", scale="log"),
        seed=Slider(1, 200, 1, step=1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV", gaps=True),
        opened=Curve(SIZE, gaps=True),
        size=Curve(LINE, "µm²"),
        kicks=Curve(LINE, "mV"),
    ),
    readouts=dict(
        spikes=Readout("", 0),
        N_Na=Readout("", 0),
        open_rest=Readout("", None),
        N_K=Readout("", 0),
        open_rest_K=Readout("", None),
        kick=Readout("mV", None),
        highest=Readout("mV"),
        done=Readout("", 0, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    sweep=Sweep(STEPS, step, numbers=("now", "low"), arrays={"seeds": 2, "sodium": NA, "potassium": K}),
    presets={
        "large": {},
        "small": {"area": 30},
        "tiny": {"area": 10},
        "smooth_Na": {"area": 30, "one_Na": SMOOTH},
        "smooth_K": {"area": 30, "one_K": SMOOTH},
    },
    main=("area", "I"),
    shows=("spikes", "N_Na", "open_rest"),
    story={
        "large": {},
        "small": {"area": 30},
        "smooth_K": {"area": 30, "one_K": SMOOTH},
        "tiny": {"area": 10},
    },
    prediction=Prediction(answer, {"area": 10}),
)
