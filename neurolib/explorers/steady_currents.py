"""Currents against voltage and the load line of a stimulus: three crossings, and the middle one as the threshold."""

from neurolib.cells import squid_axon_split_leak
from neurolib.channels.squid import alpha_h, alpha_m, alpha_n, beta_h, beta_m, beta_n
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.load_line import (
    AT_ONCE,
    G_LOAD,
    H_0,
    I_STIM,
    MOST,
    N_0,
    PLACES,
    STEADY,
    V_REST,
    crossings,
    current_at,
    ionic_current,
    load,
    put_rest,
    set_up,
    slope_at,
    steady_m,
)
from neurolib.portable import math, outcome, portable, zeros

LAWS = ("ohmic", "goldman")
V_LEFT, V_RIGHT, SIZE = -90.0, 60.0, 301
T_END, DT, RUN, EVERY = 8.0, 0.01, 101, 8  # ms; samples, and steps from one to the next
STILL = 0.02  # µA/cm²: so little does not move V
NEAR_LOW, NEAR_HIGH, AT_LEFT = -82.0, -34.0, -80.0  # mV, of the magnified panel and of the handle of the load line
I_LOW, I_HIGH = -5.0, 7.0  # µA/cm², likewise
LABEL_AT, FALL_AT = 5.0, -2.5  # µA/cm² at which the two curves have their names


@portable
def fall(V, m, h, n, p):
    """dV/dt, mV/ms, for 1 µF/cm²."""
    return load(V, p) - ionic_current(V, m, h, n, p)


@portable
def opening(x, a, b):
    """dx/dt = α (1 − x) − β x, 1/ms."""
    return a * (1.0 - x) - b * x


@portable
def slopes(V, m, h, n, p):
    """The four derivatives of Hodgkin and Huxley."""
    dm, dh = opening(m, alpha_m(V), beta_m(V)), opening(h, alpha_h(V), beta_h(V))
    return fall(V, m, h, n, p), dm, dh, opening(n, alpha_n(V), beta_n(V))


@portable
def step_axon(V, m, h, n, p):
    """The axon one step later, by Runge and Kutta's fourth order."""
    half = 0.5 * DT
    a, b, c, d = slopes(V, m, h, n, p)
    a_2, b_2, c_2, d_2 = slopes(V + half * a, m + half * b, h + half * c, n + half * d, p)
    a_3, b_3, c_3, d_3 = slopes(V + half * a_2, m + half * b_2, h + half * c_2, n + half * d_2, p)
    a_4, b_4, c_4, d_4 = slopes(V + DT * a_3, m + DT * b_3, h + DT * c_3, n + DT * d_3, p)
    V_now = V + DT / 6.0 * (a + 2.0 * a_2 + 2.0 * a_3 + a_4)
    m_now = m + DT / 6.0 * (b + 2.0 * b_2 + 2.0 * b_3 + b_4)
    h_now = h + DT / 6.0 * (c + 2.0 * c_2 + 2.0 * c_3 + c_4)
    return V_now, m_now, h_now, n + DT / 6.0 * (d + 2.0 * d_2 + 2.0 * d_3 + d_4)


@portable
def step_held(V, p):
    """V one step later with h and n held and m at its steady state, by the same scheme."""
    half = 0.5 * DT
    a = load(V, p) - current_at(V, AT_ONCE, p)
    a_2 = load(V + half * a, p) - current_at(V + half * a, AT_ONCE, p)
    a_3 = load(V + half * a_2, p) - current_at(V + half * a_2, AT_ONCE, p)
    a_4 = load(V + DT * a_3, p) - current_at(V + DT * a_3, AT_ONCE, p)
    return V + DT / 6.0 * (a + 2.0 * a_2 + 2.0 * a_3 + a_4)


@portable
def put_courses(c, y, r, p):
    """V from the reader's start: of the axon, and with h and n held."""
    V, m, h, n, held = c.V_0, steady_m(p[V_REST]), p[H_0], p[N_0], c.V_0
    r.V_peak = c.V_0
    for i in range(RUN):
        y.t[i] = T_END * i / (RUN - 1)
        y.V[i] = V
        y.held[i] = held
        for _step in range(EVERY):
            V, m, h, n = step_axon(V, m, h, n, p)
            held = step_held(held, p)
            r.V_peak = max(r.V_peak, V)


@portable
def put_curves(y, p):
    """The two curves and the load line, in µA/cm² and, for the whole of them, in mA/cm²."""
    for i in range(SIZE):
        V = V_LEFT + (V_RIGHT - V_LEFT) * i / (SIZE - 1)
        y.V_axis[i] = V
        y.at_once[i] = current_at(V, AT_ONCE, p)
        y.steady[i] = current_at(V, STEADY, p)
        y.line[i] = load(V, p)
        y.at_once_mA[i] = 0.001 * y.at_once[i]
        y.steady_mA[i] = 0.001 * y.steady[i]
        y.line_mA[i] = 0.001 * y.line[i]


@portable
def in_sight(I):
    """The current, or nan where the magnified panel does not reach it."""
    return I if I >= I_LOW and I <= I_HIGH else math.nan


@portable
def put_names(y, r):
    """Where the names of the two curves stand in the magnified panel."""
    for i in range(SIZE):
        V = y.V_axis[i]
        if V > NEAR_LOW + 8.0 and V < NEAR_HIGH and math.isnan(r.steady_at) and y.steady[i] > LABEL_AT:
            r.steady_at = V
        if V > r.V_rest and V < NEAR_HIGH - 6.0 and math.isnan(r.once_at) and y.at_once[i] < FALL_AT:
            r.once_at = V


@portable
def put_crossings(y, r, p, found):
    """The crossings of the curve at once with the load line, stable or not; the middle one is the threshold."""
    count = crossings(AT_ONCE, p, found)
    for i in range(MOST):
        slope = slope_at(found[i], AT_ONCE, p)
        y.stable_V[i] = found[i] if slope > 0.0 else math.nan
        y.open_V[i] = found[i] if slope <= 0.0 else math.nan
        y.stable_I[i] = load(found[i], p)
        y.open_I[i] = load(found[i], p)
        y.stable_mA[i] = 0.001 * load(found[i], p)
        y.open_mA[i] = 0.001 * load(found[i], p)
    r.count = count
    r.V_first = found[0]
    if count == MOST:
        r.V_mid = found[1]
        r.V_high = found[2]
        r.gap = found[1] - found[0]
        r.I_mid = load(found[1], p)
        r.mid_at = found[1] if found[1] < NEAR_HIGH - 11.0 else math.nan  # where its name has room


@portable
def hump(p):
    """The largest current, µA/cm², that the curve at once can balance between the first crossing and the fall; nan if none."""
    V = V_LEFT
    low = current_at(V, AT_ONCE, p)
    while V < V_RIGHT:
        high = current_at(V + 0.1, AT_ONCE, p)
        if high < low:
            return low
        low = high
        V = V + 0.1
    return math.nan


@portable
def model(c, y, r):
    """Curves, line and crossings of the axon as it rests, and what a start at V_0 leads to."""
    p, found = zeros(PLACES), zeros(MOST)
    set_up(p, 0.01 * c.ttx, 0.01 * c.tea, c.K_out, c.law)
    put_rest(p, found)
    r.V_rest = p[V_REST]
    r.slope_rest = slope_at(p[V_REST], AT_ONCE, p)
    r.hump = hump(p)
    p[G_LOAD] = c.g_load
    r.count_quiet = crossings(AT_ONCE, p, found)
    p[G_LOAD] = 0.0
    r.count_free = crossings(AT_ONCE, p, found)
    p[G_LOAD] = c.g_load
    p[I_STIM] = c.I
    put_curves(y, p)
    put_names(y, r)
    put_crossings(y, r, p, found)
    put_courses(c, y, r, p)
    r.I_start = in_sight(load(c.V_0, p))
    r.push = load(c.V_0, p) - current_at(c.V_0, AT_ONCE, p)
    r.V_end = y.V[RUN - 1]
    r.I_offset = load(AT_LEFT, p) - c.I
    r.I_left = in_sight(load(AT_LEFT, p))
    return "ok"


@outcome
def say_one(c, r):
    """The sentence for a single crossing."""
    if r.count_quiet == MOST and r.V_first > r.V_rest and c.I > 0.0:
        return "gone"
    return "clamped" if r.count_free == MOST and r.count_quiet < MOST and c.g_load > 0.0 else "no_threshold"


@outcome
def say(c, r):
    if r.count < MOST:
        return say_one(c, r)
    if c.I == 0.0 and c.g_load == 0.0 and r.slope_rest < 0.0:
        return "rest_in_the_middle"
    if math.fabs(r.push) < STILL:
        return "stands"
    if c.V_0 > r.V_high:
        return "from_above"
    halfway = 0.5 * (r.V_mid + r.V_high)
    if c.V_0 < r.V_mid:
        return "fires_all_the_same" if r.V_peak > halfway else "falls_back"
    if r.V_peak > halfway:
        return "fires"
    return "overtaken" if r.V_end < c.V_0 else "undecided"


@outcome
def check(c, r):
    """60 % of the sodium channels blocked, and the threshold as far from rest as in the intact axon, 2.6 mV, to 0.15."""
    r.off = c.ttx
    if c.ttx != 60.0:
        return "other_block"
    r.off = r.gap
    if r.count < MOST:
        r.off = c.K_out
        return "lost"
    if math.fabs(r.gap - 2.6) < 0.15:
        return "done"
    return "far" if r.gap > 2.6 else "close"


@outcome
def answer(c, r):
    if r.V_mid < -66.0:
        return "down"
    return "stays" if r.V_mid < -60.0 else "up"


def figure():
    drawn, (near, whole, voltage) = fig.panels([86, 50, 58], shared=False, columns=((0,), (1, 2)))
    fig.x_axis(near, (_("voltage V"), "mV"), (NEAR_LOW, NEAR_HIGH), ticks=[-80, -70, -60, -50, -40])
    fig.y_axis(near, (_("current, outward upwards"), "µA/cm²"), (I_LOW, I_HIGH), ticks=[-4, -2, 0, 2, 4, 6])
    fig.given(near.axhline(0, color=fig.COLOURS["muted"], linewidth=0.8))
    fig.curve(near, "V_axis", "steady", "muted", linewidth=1.6, given=True)
    fig.curve(near, "V_axis", "at_once", "ink", linewidth=2.4, given=True)
    fig.curve(near, "V_axis", "line", "stimulus", linewidth=1.6, linestyle=(0, (4, 2)), given=True)
    fig.tag(near, _("steady"), "V_axis", "steady", "steady_at", "muted", ha="right", given=True)
    fig.tag(near, _("instantaneous"), "V_axis", "at_once", "once_at", "ink", above=False, ha="left", given=True)
    fig.point(near, "stable_V", "stable_I", "ink", markersize=7)
    fig.point(near, "open_V", "open_I", "ink", markersize=8, fillstyle="none", markeredgewidth=1.6)
    fig.note(near, _("threshold voltage"), "mid_at", "I_mid", "ink", lift=13, ha="left")
    fig.point(near, AT_LEFT, "I_left", "stimulus", markersize=6, drag={"y": ("I", "I_offset")}, given=True)
    fig.point(near, "V_0", "I_start", "accent", markersize=7, drag={"x": "V_0"})
    fig.x_axis(whole, (_("voltage V"), "mV"), (V_LEFT, V_RIGHT), ticks=[-80, -40, 0, 40])
    fig.y_axis(whole, (_("the whole of it"), "mA/cm²"), (-4.2, 1.6), ticks=[-4, -2, 0])
    fig.curve(whole, "V_axis", "steady_mA", "muted", linewidth=1.4)
    fig.curve(whole, "V_axis", "line_mA", "stimulus", linewidth=1.4, linestyle=(0, (4, 2)))
    fig.curve(whole, "V_axis", "at_once_mA", "ink")
    fig.point(whole, "stable_V", "stable_mA", "ink", markersize=6)
    fig.point(whole, "open_V", "open_mA", "ink", markersize=7, fillstyle="none")
    fig.x_axis(voltage, (_("time"), "ms"), (0, T_END), ticks=[0, 2, 4, 6, 8])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-95, 62), ticks=[-80, -40, 0, 40])
    fig.level(voltage, "V_mid", "muted", linewidth=1.0)
    fig.curve(voltage, "t", "held", "muted", linewidth=1.6)
    fig.curve(voltage, "t", "V", "ink")
    fig.tag(voltage, _("h and n held"), "t", "held", 5.6, "muted", above=False)
    fig.point(voltage, 0.0, "V_0", "accent", markersize=7, drag={"y": "V_0"})
    return drawn


explorer = Explorer(
    chapter="action-potential/phase-plane",
    controls=dict(
        V_0=Slider(-90, 20, -55, "mV", step=0.5),
        I=Slider(-4, 6, 0, "µA/cm²", step=0.1),
        K_out=Slider(2, 60, 10, "mM", scale="log"),
        ttx=Slider(0, 100, 0, "%", step=1),
        tea=Slider(0, 100, 0, "%", step=1),
        g_load=Slider(0, 100, 0, "mS/cm²", scale="log", smallest=0.1),
        law=Choice(LAWS, "ohmic"),
    ),
    curves=dict(
        V_axis=Curve(SIZE, "mV"),
        at_once=Curve(SIZE, "µA/cm²"),
        steady=Curve(SIZE, "µA/cm²"),
        line=Curve(SIZE, "µA/cm²"),
        at_once_mA=Curve(SIZE, "mA/cm²"),
        steady_mA=Curve(SIZE, "mA/cm²"),
        line_mA=Curve(SIZE, "mA/cm²"),
        stable_V=Curve(MOST, "mV", gaps=True),
        stable_I=Curve(MOST, "µA/cm²", gaps=True),
        stable_mA=Curve(MOST, "mA/cm²", gaps=True),
        open_V=Curve(MOST, "mV", gaps=True),
        open_I=Curve(MOST, "µA/cm²", gaps=True),
        open_mA=Curve(MOST, "mA/cm²", gaps=True),
        t=Curve(RUN, "ms"),
        V=Curve(RUN, "mV"),
        held=Curve(RUN, "mV"),
    ),
    readouts=dict(
        V_first=Readout("mV"),
        V_mid=Readout("mV", optional=True),
        hump=Readout("µA/cm²", 2, optional=True),
        V_high=Readout("mV", optional=True),
        gap=Readout("mV", optional=True),
        V_rest=Readout("mV"),
        V_peak=Readout("mV"),
        V_end=Readout("mV", shown=False),
        push=Readout("µA/cm²", shown=False),
        slope_rest=Readout("mS/cm²", shown=False),
        I_offset=Readout("µA/cm²", shown=False),
        **{name: Readout("µA/cm²", shown=False, optional=True) for name in ("I_start", "I_left", "I_mid")},
        **{name: Readout("mV", shown=False, optional=True) for name in ("steady_at", "once_at", "mid_at")},
        **{name: Readout("", 0, shown=False) for name in ("count", "count_quiet", "count_free")},
    ),
    compute=model,
    say=say,
    figure=figure,
    time="t",
    presets={
        "low": {"K_out": 5},
        "high": {"K_out": 20},
        "higher": {"K_out": 40},
        "goldman": {"law": "goldman"},
        "TEA": {"tea": 50},
        "clamp": {"g_load": 100},
    },
    main=("V_0", "I"),
    shows=("V_first", "V_mid", "hump"),
    story={
        "three": {},
        "overtaken": {"V_0": -60},
        "stimulus": {"V_0": -65, "I": 3},
        "block": {"ttx": 80},
    },
    challenge=Challenge(check, only=("V_0", "K_out", "ttx"), solution={"ttx": 60, "K_out": 20.2}),
    prediction=Prediction(answer, {"K_out": 5}),
    cells=(squid_axon_split_leak,),
)
