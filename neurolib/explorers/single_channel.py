"""Sodium channels one by one: chance in each, and a law in many; what their noise tells of one."""

from neurolib.chance import scatter, sow
from neurolib.channels.sodium_states import (
    COUPLED,
    INDEPENDENT,
    MOST_STATES,
    number_of_states,
    open_state,
    put_rates,
    unit_current,
)
from neurolib.explorer import figure as fig
from neurolib.explorer import format as formats
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.markov import advance, choose, leaving, move, propagate, settle, walk
from neurolib.portable import math, outcome, portable, zeros
from neurolib.spikes import index_of_maximum, vertex

T_END, DT, SIZE = 8.0, 0.05, 161  # ms
FOLLOWED = 64  # channels that are followed event by event; the others are counted by states
ROWS, OPENINGS, EVENTS = 6, 24, 1000  # records that are shown, openings that each has room for, events of a channel
ROW = 4 * OPENINGS + 3
SPACING, TOP = 1.9, 0.5  # pA between two records
COARSE, STRIDE = 27, 6  # samples of a repeat: every sixth
PASSES, STEPS = 10, 20  # repeats in a step of the sweep, and its steps
V_LOW, V_HIGH, VOLTAGES = -60.0, 20.0, 21
SEARCHED = 45  # samples in which the largest open probability of any voltage comes
FIT = 41


@portable
def begin(scheme, V_hold, V_step, Q, p):
    """The rates of the step into ``Q``, and into ``p`` the probabilities of the states when it begins."""
    put_rates(scheme, V_hold, Q)
    settle(Q, number_of_states(scheme), p)
    put_rates(scheme, V_step, Q)


@portable
def peak(scheme, V_hold, V_step, t, opened, size):
    """Time (ms) and size of the largest open probability after a step; its course goes to ``opened``."""
    n = number_of_states(scheme)
    Q, P, p, after = zeros(MOST_STATES * MOST_STATES), zeros(MOST_STATES * MOST_STATES), zeros(n), zeros(n)
    begin(scheme, V_hold, V_step, Q, p)
    propagate(Q, n, DT, P)
    for k in range(size):
        t[k] = DT * k
        opened[k] = p[open_state(scheme)]
        advance(p, P, n, after)
    return vertex(t, opened, index_of_maximum(opened, 0, size), size)


@portable
def put_record(y, row, count, times, visited, is_open, i):
    """The record of one channel, a line that steps down to ``i`` pA when it opens; returns its number of openings."""
    base = TOP + SPACING * (ROWS - 1 - row)
    at = row * ROW
    y.row_t[at] = 0.0
    y.row_I[at] = base
    last = at
    openings = 0
    for k in range(count):
        if visited[k] == is_open and openings < OPENINGS:
            openings = openings + 1
            end = times[k + 1] if k + 1 < count else T_END
            for corner in range(4):
                last = last + 1
                y.row_t[last] = times[k] if corner < 2 else end
                y.row_I[last] = base if corner == 0 or corner == 3 else base + i
    for place in range(last + 1, at + ROW - 1):
        y.row_t[place] = T_END
        y.row_I[place] = base
    y.row_t[at + ROW - 1] = math.nan
    y.row_I[at + ROW - 1] = math.nan
    return openings


@portable
def follow(c, y, r, seeds, Q, p, few, occupied):
    """Follow ``few`` channels event by event: their records, what they do together, and how long they stay open."""
    n, is_open = number_of_states(c.scheme), open_state(c.scheme)
    times, visited = zeros(EVENTS), zeros(EVENTS)
    i = unit_current(c.V_step)
    r.openings = 0.0
    silent = 0.0
    open_for = 0.0
    closings = 0.0
    for channel in range(few):
        count = walk(seeds, Q, n, choose(seeds, p, 0, n, 1.0), T_END, times, visited, EVENTS)
        place = 0
        for k in range(SIZE):
            while place + 1 < count and times[place + 1] <= DT * k:
                place = place + 1
            at = k * MOST_STATES + int(visited[place])
            occupied[at] = occupied[at] + 1.0
        own = 0.0
        for k in range(count):
            if visited[k] == is_open:
                own = own + 1.0
                if k + 1 < count:
                    open_for = open_for + times[k + 1] - times[k]
                    closings = closings + 1.0
        r.openings = r.openings + own
        if own == 0.0:
            silent = silent + 1.0
        if channel < ROWS:
            put_record(y, channel, count, times, visited, is_open, i)
    r.never = 100.0 * silent / few
    if closings > 0.0:
        r.open_measured = open_for / closings


@portable
def put_states(y, occupied, n, k):
    """The share of the channels that is in each state at sample k."""
    at = k * MOST_STATES
    y.s_0[k] = occupied[at] / n
    y.s_1[k] = occupied[at + 1] / n
    y.s_2[k] = occupied[at + 2] / n
    y.s_3[k] = occupied[at + 3] / n
    y.s_4[k] = occupied[at + 4] / n
    y.s_5[k] = occupied[at + 5] / n
    y.s_6[k] = occupied[at + 6] / n
    y.s_7[k] = occupied[at + 7] / n
    y.s_8[k] = occupied[at + 8] / n


@portable
def put_voltages(c, y):
    """The largest open probability at each voltage of the step, by both schemes."""
    t, opened = zeros(SEARCHED), zeros(SEARCHED)
    for k in range(VOLTAGES):
        V = V_LOW + (V_HIGH - V_LOW) * k / (VOLTAGES - 1)
        y.V[k] = V
        y.p_independent[k] = peak(INDEPENDENT, c.V_hold, V, t, opened, SEARCHED)[1]
        y.p_coupled[k] = peak(COUPLED, c.V_hold, V, t, opened, SEARCHED)[1]


@portable
def model(c, y, r):
    """One step of N channels: those that are followed, the others by numbers in each state; currents in pA."""
    n, is_open, i = number_of_states(c.scheme), open_state(c.scheme), unit_current(c.V_step)
    N = math.floor(c.N + 0.5)
    Q, p, counts, after = zeros(MOST_STATES * MOST_STATES), zeros(n), zeros(n), zeros(n)
    occupied = zeros(SIZE * MOST_STATES)
    r.t_peak, r.p_peak = peak(c.scheme, c.V_hold, c.V_step, y.t, y.I_theory, SIZE)
    begin(c.scheme, c.V_hold, c.V_step, Q, p)
    sow(y.seeds, math.floor(c.seed))
    for k in range(ROWS * ROW):
        y.row_t[k] = math.nan
        y.row_I[k] = math.nan
    few = min(N, FOLLOWED)
    follow(c, y, r, y.seeds, Q, p, int(few), occupied)
    scatter(y.seeds, N - few, p, 0, n, counts)
    propagate(Q, n, DT, y.P)
    r.most = 0.0
    for k in range(SIZE):
        for j in range(n):
            occupied[k * MOST_STATES + j] = occupied[k * MOST_STATES + j] + counts[j]
        r.most = max(r.most, occupied[k * MOST_STATES + is_open])
        y.I[k] = i * occupied[k * MOST_STATES + is_open] / N
        y.I_theory[k] = i * y.I_theory[k]
        put_states(y, occupied, N, k)
        move(y.seeds, counts, y.P, n, after)
    put_voltages(c, y)
    r.channels = N
    r.i = i
    r.open_time = 1.0 / leaving(Q, n, is_open)
    r.noise = 100.0 * math.sqrt((1.0 - r.p_peak) / (N * r.p_peak))
    r.quieter = math.sqrt(N / 100.0)
    r.p_shown = r.p_peak
    r.p_peak = 100.0 * r.p_peak
    r.runs = 0.0
    put_noise(c, y, r, Q, p)
    return "ok"


@portable
def put_noise(c, y, r, Q, p):
    """Make ready for the repeats: the matrix of their longer steps, the start, empty sums; the parabola of theory."""
    n = number_of_states(c.scheme)
    propagate(Q, n, STRIDE * DT, y.P)
    for j in range(n):
        y.start[j] = p[j]
    for k in range(COARSE):
        y.sums[k] = 0.0
        y.squares[k] = 0.0
        y.t_runs[k] = STRIDE * DT * k
        y.mean[k] = math.nan
        y.variance[k] = math.nan
    for k in range(FIT):
        p_open = k / (FIT - 1.0)
        y.I_line[k] = r.i * p_open
        y.var_line[k] = r.i * r.i * p_open * (1.0 - p_open)
        y.I_fit[k] = math.nan
        y.var_fit[k] = math.nan


@portable
def fit(y, r, N):
    """Least squares of σ² = i I − I²/N through the points, all divided by the number of channels N; draws the parabola."""
    mm = 0.0
    mq = 0.0
    qq = 0.0
    mv = 0.0
    qv = 0.0
    for k in range(COARSE):
        m, v = y.mean[k], y.variance[k]
        mm = mm + m * m
        mq = mq + m * m * m
        qq = qq + m * m * m * m
        mv = mv + m * v
        qv = qv + m * m * v
    determinant = mm * qq - mq * mq
    if determinant <= 0.0:
        return 0.0
    r.i_fit = (mv * qq - qv * mq) / determinant
    bend = (mm * qv - mq * mv) / determinant
    r.N_fit = -N / bend if bend < 0.0 and -N / bend < 100.0 * N else math.nan
    for k in range(FIT):
        y.I_fit[k] = y.I_line[k]
        y.var_fit[k] = r.i_fit * y.I_fit[k] + bend * y.I_fit[k] * y.I_fit[k]
    return bend


@portable
def step(c, y, r, number):
    """A few more repeats of the step: mean and variance of the current at each time, and the fit."""
    n, is_open = number_of_states(c.scheme), open_state(c.scheme)
    N = math.floor(c.N + 0.5)
    counts, after = zeros(n), zeros(n)
    for _pass in range(PASSES):
        for j in range(n):
            counts[j] = 0.0
        scatter(y.seeds, N, y.start, 0, n, counts)
        for k in range(COARSE):
            y.sums[k] = y.sums[k] + counts[is_open]
            y.squares[k] = y.squares[k] + counts[is_open] * counts[is_open]
            move(y.seeds, counts, y.P, n, after)
        r.runs = r.runs + 1.0
    for k in range(COARSE):
        average = y.sums[k] / r.runs
        y.mean[k] = r.i * average / N
        y.variance[k] = r.i * r.i * (y.squares[k] - r.runs * average * average) / (r.runs - 1.0) / N
    fit(y, r, N)
    return "ok"


@outcome
def say(c, r):
    if r.most == 0.0 and r.openings == 0.0:
        return "silent"
    if r.channels == 1.0:
        return "one"
    if r.noise > 20.0:
        return "steps"
    return "rough" if r.noise > 3.0 else "smooth"


@outcome
def check(c, r):
    """Six in ten channels open at once, so that the parabola bends over."""
    r.off = r.p_peak
    if r.p_peak >= 60.0:
        return "done" if r.channels >= 100.0 else "few"
    return "straight" if r.p_peak < 30.0 else "bends"


@outcome
def answer(c, r):
    if r.quieter < 2.0:
        return "as_rough"
    return "tenth" if r.quieter < 50.0 else "hundredth"


def put_current(panel):
    """The current for each channel: one run, the average of all repeats, and what theory expects."""
    fig.y_axis(panel, (_("current, for each channel"), "pA"), (-1.6, 0.25), ticks=[-1.5, -1, -0.5, 0])
    fig.curve(panel, "t", "I", "Na", given=True, linewidth=1.7)
    fig.curve(panel, "t", "I_theory", "ink", _("expected"), at=6.4, above=False, given=True, linewidth=1.2)


def figure():
    wide = formats.current().columns
    if wide:
        drawn, (records, current, noise, over_V) = fig.panels([66, 78, 70, 58], shared=False, columns=((0, 1), (2, 3)))
        fig.one_x_axis(records, current)
        top = TOP + SPACING * (ROWS - 1)
        fig.y_axis(records, (_("six channels, each by itself"), ""), (TOP - SPACING, top + 0.5), ticks=[])
        fig.curve(records, "row_t", "row_I", "ink", given=True, linewidth=0.9)
    else:
        drawn, (current, noise, over_V) = fig.panels([62, 46, 40], shared=False)
    fig.x_axis(current, (_("time since the step"), "ms"), (0, T_END), ticks=[0, 2, 4, 6, 8])
    put_current(current)
    fig.x_axis(noise, (_("mean current, for each channel"), "pA"), (-1.6, 0.0), ticks=[-1.5, -1, -0.5, 0])
    fig.y_axis(noise, (_("variance, for each channel"), "pA²"), (0, 0.68), ticks=[0, 0.2, 0.4, 0.6])
    fig.curve(noise, "I_line", "var_line", "muted", linewidth=1.2)
    fig.point(noise, "mean", "variance", "Na", markersize=3.2)
    fig.curve(noise, "I_fit", "var_fit", "accent", _("fit"), linewidth=1.5)
    fig.x_axis(over_V, (_("voltage of the step"), "mV"), (V_LOW, V_HIGH), ticks=[-60, -40, -20, 0, 20])
    fig.y_axis(over_V, (_("open at the peak"), ""), (0, 0.85), ticks=[0, 0.4, 0.8])
    fig.curve(over_V, "V", "p_independent", "muted", _("m³h"), at=12, above=False, given=True, linewidth=1.3)
    fig.curve(over_V, "V", "p_coupled", "muted", _("coupled"), at=-4, given=True, linewidth=1.3, linestyle=(0, (4, 2)))
    fig.point(over_V, "V_step", "p_shown", "accent", drag={"x": "V_step"})
    return drawn


STATES = [f"s_{j}" for j in range(MOST_STATES)]
schemes = [moves.show("independent", "scheme", (0, 1), (1, 0)), moves.show("coupled", "scheme")]
filled = [moves.fill(f"independent_{j}", f"s_{j}", (0, 1)) for j in range(8)]
filled += [moves.fill(f"coupled_{j}", f"s_{j}", (0, 1)) for j in range(9)]

explorer = Explorer(
    chapter="action-potential/single-channels",
    controls=dict(
        N=Slider(1, 10_000, 100, scale="log", positions=4),
        V_step=Slider(V_LOW, V_HIGH, -20, "mV", step=1),
        scheme=Choice(("independent", "coupled"), "independent"),
        V_hold=Slider(-120, -60, -100, "mV", step=1),
        seed=Slider(1, 200, 1, step=1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        I=Curve(SIZE, "pA"),
        I_theory=Curve(SIZE, "pA"),
        row_t=Curve(ROWS * ROW, "ms", gaps=True),
        row_I=Curve(ROWS * ROW, "pA", gaps=True),
        t_runs=Curve(COARSE, "ms"),
        mean=Curve(COARSE, "pA", gaps=True),
        variance=Curve(COARSE, "pA²", gaps=True),
        I_line=Curve(FIT, "pA"),
        var_line=Curve(FIT, "pA²"),
        I_fit=Curve(FIT, "pA", gaps=True),
        var_fit=Curve(FIT, "pA²", gaps=True),
        V=Curve(VOLTAGES, "mV"),
        p_independent=Curve(VOLTAGES),
        p_coupled=Curve(VOLTAGES),
        **{name: Curve(SIZE) for name in STATES},
    ),
    readouts=dict(
        p_peak=Readout("%"),
        i_fit=Readout("pA", 2, optional=True),
        N_fit=Readout("", None, optional=True),
        i=Readout("pA", 2),
        open_time=Readout("ms", 2),
        open_measured=Readout("ms", 2, optional=True),
        openings=Readout("", 0),
        never=Readout("%", 0),
        noise=Readout("%"),
        t_peak=Readout("ms", 2),
        channels=Readout("", 0, shown=False),
        most=Readout("", 0, shown=False),
        runs=Readout("", 0, shown=False),
        quieter=Readout("", shown=False),
        p_shown=Readout("", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    sweep=Sweep(
        STEPS,
        step,
        arrays={"seeds": 2, "P": MOST_STATES * MOST_STATES, "start": MOST_STATES, "sums": COARSE, "squares": COARSE},
    ),
    scene=Scene("channel_states.svg", (*schemes, *filled), at=1.0),
    time="t",
    presets={
        "one": {"N": 1, "seed": 3},
        "many": {"N": 10_000},
        "rare": {"N": 1000, "V_step": -45},
        "coupled": {"scheme": "coupled", "V_step": -10},
    },
    main=("N", "V_step"),
    shows=("p_peak", "i_fit", "N_fit"),
    story={
        "one": {"N": 1, "seed": 3},
        "hundred": {},
        "many": {"N": 10_000},
        "coupled": {"N": 10_000, "scheme": "coupled"},
    },
    challenge=Challenge(check, solution={"scheme": "coupled", "V_step": 10}),
    prediction=Prediction(answer, {"N": 10_000}),
)
