"""The plane of V and w: where each stands still, how a trajectory winds, and how a membrane begins to fire."""

from neurolib.cells import morris_lecar
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout, Sweep
from neurolib.fates import DT, REST, RHYTHM, UNDECIDED, fate, put_branch, put_loop
from neurolib.phase_plane import (
    NAMES,
    PHI,
    POINTS,
    eigenvalue,
    fixed_points,
    rest_again,
    rest_lost,
    step_along,
    still_V,
    trace_and_determinant,
    w_steady,
)
from neurolib.portable import math, outcome, portable, zeros

SIZE, T_END = 601, 600.0
LINE, V_LEFT, V_RIGHT = 141, -80.0, 55.0
HALF = 160
BORDER = 2 * HALF + 1  # points: the two halves of a saddle's line with a gap between them, or one loop
FULL_SPIKE, HIGH = 40.0, -7.0  # mV: a smaller swing is no spike; no spike starts from a rest above
# The currents of the curve of rates, from the strongest down: close together where rhythms begin and end.
CURRENTS = (
    250.0, 240.0, 230.0, 225.0, 220.0, 217.0, 214.0, 210.0, 205.0, 200.0, 190.0, 180.0, 160.0, 140.0, 125.0, 115.0, 110.0,
    105.0, 100.0, 97.0, 94.0, 92.0, 90.0, 89.0, 88.0, 86.0, 83.0, 80.0, 75.0, 70.0, 65.0, 60.0, 55.0, 50.0, 47.0, 45.0, 43.0,
    42.0, 41.0, 40.5, 40.2, 40.0, 39.0, 38.0, 36.0, 34.0, 30.0, 20.0, 0.0,
)  # fmt: skip
NUMBER, CLOSER = len(CURRENTS), 10  # and halvings in which the two ends of the rhythm are looked for
I_MOST = 250.0  # µA/cm²
ASIDE = 25.0  # mV, from an unstable fixed point, where a rhythm is looked for


@portable
def put_fixed(c, y, r, kind, found):
    """The fixed points by what they are, and the border between two fates where there is one."""
    for i in range(POINTS):
        V, w = found[i], w_steady(found[i], kind)
        trace, determinant = trace_and_determinant(V, kind, c.phi)
        stable = 1.0 if trace < 0.0 and determinant > 0.0 else math.nan
        saddle = 1.0 if determinant < 0.0 else math.nan
        loose = 1.0 if trace >= 0.0 and determinant > 0.0 else math.nan
        y.stable_V[i], y.stable_w[i] = V * stable, w * stable
        y.saddle_V[i], y.saddle_w[i] = V * saddle, w * saddle
        y.loose_V[i], y.loose_w[i] = V * loose, w * loose
        if saddle == 1.0:
            put_branch(V, -1.0, c.I, kind, c.phi, 0, HALF, y.border_V, y.border_w)
            put_branch(V, 1.0, c.I, kind, c.phi, HALF + 1, HALF, y.border_V, y.border_w)
            r.saddle_at = V
            r.saddle_note = w - 0.04
        if stable == 1.0 and math.isnan(r.V_rest):
            r.V_rest = V
            r.rest_note = w - 0.035
        if loose == 1.0:
            r.loose_at = V
            r.loose_note = w + 0.035
    if math.isnan(found[1]) and math.isfinite(r.V_rest):
        r.loop = put_loop(r.V_rest, c.I, kind, c.phi, BORDER, y.border_V, y.border_w)


@portable
def show_moment(c, y, r):
    """Where the trajectory is at the reader's moment, and the part of it until then."""
    last = int(c.moment)
    for i in range(SIZE):
        y.past_V[i] = y.V[i] if i <= last else math.nan
        y.past_w[i] = y.w[i] if i <= last else math.nan
    r.V_now = y.V[last]
    r.w_now = y.w[last]


@portable
def model(c, y, r):
    """Nullclines, fixed points, trajectory and its fate; the rates at other currents are the sweep's."""
    kind, found, V, w = int(c.membrane), zeros(POINTS), c.V_0, c.w_0
    for i in range(LINE):
        y.line_V[i] = V_LEFT + (V_RIGHT - V_LEFT) * i / (LINE - 1)
        y.V_still[i] = still_V(y.line_V[i], c.I, kind)
        y.w_still[i] = w_steady(y.line_V[i], kind)
    for i in range(BORDER):
        y.border_V[i] = math.nan
        y.border_w[i] = math.nan
    count = fixed_points(c.I, kind, found)
    put_fixed(c, y, r, kind, found)
    r.points = count
    r.start_note = c.w_0 + (0.055 if c.w_0 < 0.5 else -0.055)
    growth, turning = eigenvalue(found[0], kind, c.phi)
    r.growth = 1000.0 * growth
    r.turning = 1000.0 * turning / (2.0 * math.pi)
    for i in range(SIZE):
        y.t[i] = T_END * i / (SIZE - 1)
        y.V[i] = V
        y.w[i] = w
        for _step in range(int(T_END / (SIZE - 1) / DT)):
            V, w = step_along(V, w, c.I, kind, c.phi, DT)
    r.fate, rate, r.swing, r.spikes, r.V_end, r.w_end = fate(c.V_0, c.w_0, c.I, kind, c.phi, found, count)
    if r.fate == REST or r.fate == RHYTHM:
        r.rate = rate
    _V, r.lost = rest_lost(kind, c.phi)
    _V, r.again = rest_again(kind, c.phi)
    put_rates(y, r)
    show_moment(c, y, r)
    return "ok"


@portable
def put_rates(y, r):
    """The axis of currents with no rate yet, and the currents at which a rest is stable, as a line at 0."""
    for k in range(NUMBER):
        y.current[k] = CURRENTS[k]
        y.f[k] = math.nan
    for i in range(5):
        y.quiet_f[i] = 0.0
    y.quiet_I[0], y.quiet_I[1], y.quiet_I[2], y.quiet_I[3], y.quiet_I[4] = 0.0, r.lost, math.nan, max(r.again, 0.0), I_MOST


@portable
def rhythm_at(I, start, kind, phi, out):
    """The rate of the rhythm into which ``start`` (V and w) runs at the current I, 0 if none; where it ends in ``out``."""
    found = zeros(POINTS)
    count = fixed_points(I, kind, found)
    ends, rate, swing, _spikes, out[0], out[1] = fate(start[0], start[1], I, kind, phi, found, count)
    return rate if ends == RHYTHM and swing > 1.0 else 0.0


@portable
def beside(I, kind, phi, start):
    """Put ``start`` beside the highest fixed point at the current I, where that is unstable; 1 if it is."""
    found = zeros(POINTS)
    V = found[fixed_points(I, kind, found) - 1]
    trace, determinant = trace_and_determinant(V, kind, phi)
    start[0] = V - ASIDE
    start[1] = w_steady(V, kind)
    return 1.0 if trace > 0.0 and determinant > 0.0 else 0.0


@portable
def put_rate(c, y, r, k, neighbour):
    """Look for a rhythm at current number k, from that of a ``neighbour`` or from beside an unstable fixed point."""
    kind, start, out = int(c.membrane), zeros(2), zeros(2)
    begun = beside(CURRENTS[k], kind, c.phi, start)
    if neighbour >= 0 and neighbour < NUMBER and math.isfinite(y.f[neighbour]):
        start[0], start[1] = y.kept_V[neighbour], y.kept_w[neighbour]
        begun = 1.0
    rate = rhythm_at(CURRENTS[k], start, kind, c.phi, out) if begun == 1.0 else 0.0
    if rate > 0.0:
        y.f[k], y.kept_V[k], y.kept_w[k] = rate, out[0], out[1]
        r.first = k if math.isnan(r.first) else max(r.first, k)
        r.last = k if math.isnan(r.last) else min(r.last, k)


@portable
def put_end(c, y, r, k, with_it, without):
    """(with_it, without) after a halving of the range of currents at whose one end there is a rhythm; it is kept in place k."""
    start, out = zeros(2), zeros(2)
    start[0], start[1] = y.kept_V[k], y.kept_w[k]
    middle = 0.5 * (with_it + without)
    rate = rhythm_at(middle, start, int(c.membrane), c.phi, out)
    if rate == 0.0:
        return with_it, middle
    y.current[k], y.f[k], y.kept_V[k], y.kept_w[k] = middle, rate, out[0], out[1]
    return middle, without


@portable
def look_closer(c, y, r):
    """Halve the two ranges of current in which the rhythm ends; the curve of rates goes on to there."""
    low, high = int(r.first), int(r.last)
    if low < NUMBER - 1:
        if math.isnan(r.below):
            r.below = CURRENTS[low + 1]
            y.kept_V[low + 1], y.kept_w[low + 1] = y.kept_V[low], y.kept_w[low]
        r.foot, r.below = put_end(c, y, r, low + 1, r.foot, r.below)
    if high > 0:
        if math.isnan(r.above):
            r.above = CURRENTS[high - 1]
            y.kept_V[high - 1], y.kept_w[high - 1] = y.kept_V[high], y.kept_w[high]
        r.top, r.above = put_end(c, y, r, high - 1, r.top, r.above)


@portable
def step(c, y, r, number):
    """Down through the currents, and up again for those still without a rate; then the two ends more closely."""
    n = int(number)
    if n < NUMBER:
        put_rate(c, y, r, n, n - 1)
    elif n < 2 * NUMBER:
        k = 2 * NUMBER - 1 - n
        if math.isnan(y.f[k]):
            put_rate(c, y, r, k, k + 1)
    elif math.isfinite(r.first):
        if n == 2 * NUMBER:
            r.foot = CURRENTS[int(r.first)]
            r.top = CURRENTS[int(r.last)]
        look_closer(c, y, r)
    if r.foot < r.lost:
        r.both_from = r.foot
        r.both_to = r.lost
        r.both_note = 0.5 * (r.foot + r.lost)
    if r.top > r.again:
        r.again_from = max(r.again, 0.0)
        r.again_to = r.top
        r.again_note = 0.5 * (r.again_from + r.top)
    return "ok"


@outcome
def say(c, r):
    if r.fate == UNDECIDED:
        return "undecided"
    if r.fate == RHYTHM:
        if r.swing < FULL_SPIKE:
            return "swings"
        return "fires" if math.isnan(r.V_rest) else "fires_of_two"
    if math.isfinite(r.loop):
        return "rests_of_two"
    if r.V_end > HIGH:
        return "stands_high"
    if r.spikes == 0.0:
        return "rests"
    return "one_spike" if r.spikes == 1.0 else "some_spikes"


@outcome
def check(c, r):
    """A rhythm of full spikes, 2 a second to 0.5."""
    r.off = r.spikes
    if r.fate == UNDECIDED:
        return "undecided"
    if r.fate == REST or r.swing < FULL_SPIKE:
        return "silent"
    r.off = r.rate
    if r.rate > 2.5:
        return "too_fast"
    return "too_slow" if r.rate < 1.5 else "done"


@outcome
def answer(c, r):
    if r.rate < 1.0:
        return "silent"
    if r.rate < 6.0:
        return "slowly"
    return "as_fast" if r.rate < 12.0 else "faster"


def figure():
    drawn, (plane, voltage, rates) = fig.panels([100, 34, 46], shared=False, columns=((0,), (1, 2)))
    fig.x_axis(plane, (_("voltage V"), "mV"), (V_LEFT, V_RIGHT), ticks=[-80, -40, 0, 40])
    fig.y_axis(plane, (_("potassium gate w"), ""), (-0.06, 0.62), ticks=[0, 0.2, 0.4, 0.6])
    fig.curve(plane, "line_V", "V_still", "Ca", linewidth=1.6, given=True)
    fig.curve(plane, "line_V", "w_still", "K", linewidth=1.6, given=True)
    fig.tag(plane, _("dw/dt = 0"), "line_V", "w_still", 13, "K", ha="right", given=True)
    fig.tag(plane, _("dV/dt = 0"), "line_V", "V_still", 36, "Ca", given=True)
    fig.curve(plane, "border_V", "border_w", "accent", linewidth=1.4, linestyle=(0, (3, 2)))
    fig.curve(plane, "V", "w", "muted", linewidth=1.0)
    fig.curve(plane, "past_V", "past_w", "ink", linewidth=2.0)
    fig.point(plane, "stable_V", "stable_w", "ink", markersize=7)
    fig.point(plane, "saddle_V", "saddle_w", "ink", markersize=7, marker="D", fillstyle="none")
    fig.point(plane, "loose_V", "loose_w", "ink", markersize=7, fillstyle="none")
    fig.note(plane, _("stable"), "V_rest", "rest_note", "ink", ha="center")
    fig.note(plane, _("saddle"), "saddle_at", "saddle_note", "ink")
    fig.note(plane, _("unstable"), "loose_at", "loose_note", "ink", ha="right")
    fig.point(plane, "V_now", "w_now", "accent", markersize=6)
    fig.note(plane, _("start"), "V_0", "start_note", "stimulus", ha="center")
    fig.point(plane, "V_0", "w_0", "stimulus", drag={"x": "V_0", "y": "w_0"}, markersize=6)
    fig.x_axis(voltage, (_("time"), "ms"), (0, T_END), ticks=[0, 200, 400, 600])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (V_LEFT, V_RIGHT), ticks=[-80, -40, 0, 40])
    fig.event(voltage, "moment", "muted", drag={"x": "moment"})
    fig.curve(voltage, "t", "V", "ink", linewidth=1.6)
    fig.point(voltage, "moment", "V_now", "accent", markersize=6)
    fig.x_axis(rates, (_("steady current"), "µA/cm²"), (0, I_MOST), ticks=[0, 50, 100, 150, 200, 250])
    fig.y_axis(rates, (_("rate"), _("spikes per second")), (-2.5, 32), ticks=[0, 10, 20, 30])
    fig.span(rates, "both_from", "both_to", "accent")
    fig.span(rates, "again_from", "again_to", "accent")
    fig.curve(rates, "current", "f", "Na")
    fig.curve(rates, "quiet_I", "quiet_f", "K", linewidth=4, solid_capstyle="butt")
    fig.note(rates, _("rest is stable"), I_MOST - 2.0, 3.5, "K", ha="right")
    fig.note(rates, _("two answers"), "both_note", 29.5, "accent", ha="center")
    fig.note(rates, _("two answers"), "again_note", 29.5, "accent", ha="center")
    fig.point(rates, "I", "rate", "accent", drag={"x": "I"})
    fig.guess(rates, 40.5)
    return drawn


HIDDEN = ("V_now", "V_end", "saddle_at", "loose_at")
PLACES = ("w_now", "start_note", "w_end", "saddle_note", "rest_note", "loose_note")
CURRENT_PLACES = ("top", "both_from", "both_to", "both_note", "again_from", "again_to", "again_note")
explorer = Explorer(
    chapter="action-potential/phase-plane",
    controls=dict(
        membrane=Choice(NAMES, "type_two", brings={name: {"phi": phi} for name, phi in zip(NAMES, PHI, strict=True)}),
        I=Slider(0, I_MOST, 100, "µA/cm²", step=0.1),
        V_0=Slider(-75, 50, -60, "mV", step=0.5),
        w_0=Slider(0, 0.6, 0.01, step=0.005),
        phi=Slider(0.02, 0.15, PHI[0], "1/ms", step=0.001),
        moment=Slider(0, T_END, 150, "ms", step=1),
    ),
    curves=dict(
        line_V=Curve(LINE, "mV"),
        V_still=Curve(LINE),
        w_still=Curve(LINE),
        border_V=Curve(BORDER, "mV", gaps=True),
        border_w=Curve(BORDER, gaps=True),
        **{f"{kind}_V": Curve(POINTS, "mV", gaps=True) for kind in ("stable", "saddle", "loose")},
        **{f"{kind}_w": Curve(POINTS, gaps=True) for kind in ("stable", "saddle", "loose")},
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        w=Curve(SIZE),
        past_V=Curve(SIZE, "mV", gaps=True),
        past_w=Curve(SIZE, gaps=True),
        current=Curve(NUMBER, "µA/cm²"),
        f=Curve(NUMBER, "Hz", gaps=True),
        quiet_I=Curve(5, "µA/cm²", gaps=True),
        quiet_f=Curve(5, "Hz"),
    ),
    readouts=dict(
        rate=Readout("Hz", optional=True),
        V_rest=Readout("mV", optional=True),
        lost=Readout("µA/cm²", 2),
        again=Readout("µA/cm²", 2),
        foot=Readout("µA/cm²", 2, optional=True),
        growth=Readout("1/s"),
        turning=Readout("Hz"),
        points=Readout("", 0),
        fate=Readout("", 0, shown=False),
        spikes=Readout("", 0, shown=False),
        swing=Readout("mV", shown=False),
        loop=Readout("ms", shown=False, optional=True),
        **{name: Readout("mV", shown=False, optional=True) for name in HIDDEN},
        **{name: Readout("", 3, shown=False, optional=True) for name in PLACES},
        **{name: Readout("µA/cm²", shown=False, optional=True) for name in CURRENT_PLACES},
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "type_two": {},
        "both": {"I": 90, "V_0": -18, "w_0": 0.17},
        "type_one": {"membrane": "type_one", "phi": PHI[1], "I": 45},
        "threshold": {"membrane": "type_one", "phi": PHI[1], "I": 30, "V_0": -12, "w_0": 0.01},
        "too_much": {"I": 240},
    },
    sweep=Sweep(
        2 * NUMBER + CLOSER,
        step,
        numbers=("first", "last", "below", "above"),
        arrays={"kept_V": NUMBER, "kept_w": NUMBER},
        moment=show_moment,
        view="moment",
    ),
    time="moment",
    main=("membrane", "I"),
    shows=("rate", "V_rest", "lost"),
    story={
        "round": {},
        "both": {"I": 90, "V_0": -18, "w_0": 0.17},
        "threshold": {"membrane": "type_one", "phi": PHI[1], "I": 30, "V_0": -12, "w_0": 0.01},
        "slow": {"membrane": "type_one", "phi": PHI[1], "I": 41},
    },
    challenge=Challenge(check, solution={"membrane": "type_one", "phi": PHI[1], "I": 40.1}),
    prediction=Prediction(answer, {"membrane": "type_one", "phi": PHI[1], "I": 40.5}, Guess("rate", near=2)),
    cells=(morris_lecar,),
)
