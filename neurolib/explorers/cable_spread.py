"""How a step of current or voltage spreads along a dendrite, and where a clamp stops clamping."""

from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.passive_cable import clamp_step, current_step, length_constant, long_cable_resistance, steady_current
from neurolib.portable import math, outcome, portable

LENGTH, C_M = 1000.0, 1.0  # µm; µF/cm²
PLACES, TIMES, T_END = 101, 121, 60.0  # along the dendrite, and in time (ms)
D_LOW, D_HIGH = 0.2, 20.0
HELD = 90.0  # %: a clamp holds where V is within 10 % of it
NAMED = 24.0  # ms, where the curves in time have their names
MODES = ("current", "clamp")
CLAMP = MODES.index("clamp")
BAR = 116.0  # where the length constant is drawn above V


@portable
def voltage(c, lam, x, t):
    """V at ``x`` µm and ``t`` ms, as a part of what it comes to at the electrode."""
    T = t / (c.R_m * C_M)
    if c.mode == CLAMP:
        side = c.site if x < c.site else LENGTH - c.site
        return clamp_step(math.fabs(x - c.site) / lam, side / lam, T)
    X_in, L = c.site / lam, LENGTH / lam
    return current_step(x / lam, X_in, L, T) / steady_current(X_in, X_in, L)


@portable
def final(c, lam, x):
    """What :func:`voltage` comes to: the same for both kinds of step, since V at the electrode is then the same."""
    X_in, L = c.site / lam, LENGTH / lam
    return steady_current(x / lam, X_in, L) / steady_current(X_in, X_in, L)


@portable
def reached(c, lam, x, level):
    """When V at ``x`` comes to ``level``, ms, by halving; nan if it never does."""
    low, high = 0.0, 40.0 * c.R_m * C_M
    if not final(c, lam, x) > level:
        return math.nan
    for _step in range(44):
        middle = 0.5 * (low + high)
        if voltage(c, lam, x, middle) < level:
            low = middle
        else:
            high = middle
    return high


@portable
def held_on(c, lam, side, ahead):
    """How far from the electrode, µm, V is at least 90 % at the moment; ``ahead`` is 1 to the right and -1 to the left."""
    low, high = 0.0, side
    if voltage(c, lam, c.site + ahead * side, c.t_view) >= 0.01 * HELD:
        return side
    for _step in range(30):
        middle = 0.5 * (low + high)
        if voltage(c, lam, c.site + ahead * middle, c.t_view) >= 0.01 * HELD:
            low = middle
        else:
            high = middle
    return low


@portable
def put_marks(c, r, lam):
    """Places of words and of the bar that shows λ: it points to where there is more of the dendrite."""
    ahead = 1.0 if c.site <= LENGTH / 2.0 else -1.0
    room = LENGTH - c.site if ahead > 0.0 else c.site
    r.lam_note = c.site + ahead * min(0.5 * lam, 0.5 * room)
    r.d_note = c.diameter * 1.25 if c.diameter < 2.5 else c.diameter * 0.3
    r.d_lam = lam * 0.6 if c.diameter < 2.5 else lam * 1.6
    return ahead


@portable
def model(c, y, r):
    """V along the dendrite at the moment and in the end, and in time at the electrode and at the place."""
    lam = length_constant(c.diameter, c.R_m, c.R_i)
    X_in, L = c.site / lam, LENGTH / lam
    load = steady_current(X_in, X_in, L)
    for i in range(PLACES):
        x = LENGTH * i / (PLACES - 1)
        y.x[i] = x
        y.V[i] = 100.0 * voltage(c, lam, x, c.t_view)
        y.V_end[i] = 100.0 * final(c, lam, x)
    for i in range(PLACES):
        before, after = max(i - 1, 0), min(i + 1, PLACES - 1)
        y.inside[i] = (y.V[before] - y.V[after]) * load * lam / (LENGTH * (after - before) / (PLACES - 1))
    for i in range(TIMES):
        y.t[i] = T_END * i / (TIMES - 1)
        y.V_site[i] = 100.0 * voltage(c, lam, c.site, y.t[i])
        y.V_place[i] = 100.0 * voltage(c, lam, c.place, y.t[i])
    for i in range(2):
        y.sizes[i] = D_LOW if i == 0 else D_HIGH
        y.lams[i] = length_constant(y.sizes[i], c.R_m, c.R_i)
        y.bar[i] = BAR
    ahead = put_marks(c, r, lam)
    y.bar_x[0] = c.site
    y.bar_x[1] = c.site + ahead * lam
    r.lam = lam
    r.thick = math.log(c.diameter) / math.log(10.0)
    r.tau = c.R_m * C_M
    r.R_in = long_cable_resistance(c.diameter, c.R_m, c.R_i) * load
    r.arrives = 100.0 * final(c, lam, c.place)
    r.now = 100.0 * voltage(c, lam, c.place, c.t_view)
    r.half_place = 0.5 * r.arrives
    r.t_half = reached(c, lam, c.place, 0.5 * final(c, lam, c.place))
    r.half_site = 50.0 if c.mode != CLAMP else math.nan
    r.t_site = reached(c, lam, c.site, 0.5) if c.mode != CLAMP else 0.0
    r.delay = r.t_half - r.t_site
    r.farthest = 100.0 * final(c, lam, 0.0 if c.site > LENGTH / 2.0 else LENGTH)
    if c.mode == CLAMP:
        r.held_from = c.site - held_on(c, lam, c.site, -1.0)
        r.held_to = c.site + held_on(c, lam, LENGTH - c.site, 1.0)
        r.held = r.held_to - r.held_from
        r.t_held = reached(c, lam, 0.0 if c.site > LENGTH / 2.0 else LENGTH, 0.01 * HELD)
    return "ok"


@outcome
def say(c, r):
    if c.mode == CLAMP:
        if r.now >= HELD:
            return "held"
        return "not_yet" if r.arrives > HELD else "out_of_reach"
    if math.fabs(c.place - c.site) < 1.0:
        return "electrode"
    if r.arrives < 1.0:
        return "lost"
    return "compact" if r.arrives > HELD else "attenuated"


@outcome
def check(c, r):
    """All of the dendrite within 10 % of the clamp, 10 ms after the step."""
    if c.mode != CLAMP:
        return "no_clamp"
    r.off = r.farthest
    if math.isnan(r.t_held):
        return "never"
    r.off = r.t_held
    return "done" if r.t_held <= 10.0 else "late"


@outcome
def answer(c, r):
    if r.lam < 700.0:
        return "same"
    return "twice" if r.lam < 1700.0 else "four"


def figure():
    drawn, (along, time, thickness) = fig.panels([66, 56, 50], shared=False, columns=((0, 1), (2,)))
    fig.x_axis(along, (_("distance along the dendrite"), "µm"), (0, LENGTH), ticks=[0, 250, 500, 750, 1000])
    fig.y_axis(along, (_("voltage now"), _("% of the electrode's")), (0, 150), ticks=[0, 50, 100])
    fig.span(along, "held_from", "held_to", "K", given=True)
    fig.curve(along, "bar_x", "bar", "muted", linewidth=3.0)
    fig.note(along, _("λ"), "lam_note", BAR, "ink", lift=9, ha="center")
    fig.event(along, "site", "stimulus", given=True, drag={"x": "site"})
    fig.curve(along, "x", "V_end", "muted", linewidth=1.3, linestyle=(0, (4, 3)), given=True)
    fig.curve(along, "x", "V", "ink", linewidth=2.4, given=True)
    fig.point(along, "place", "now", "accent", given=True, drag={"x": "place"})
    fig.x_axis(time, (_("time after the step"), "ms"), (0, T_END), ticks=[0, 20, 40, 60])
    fig.y_axis(time, (_("voltage in time"), _("% of the electrode's")), (0, 150), ticks=[0, 50, 100])
    fig.event(time, "t_view", "muted", given=True, drag={"x": "t_view"})
    fig.curve(time, "t", "V_site", "stimulus", given=True)
    fig.tag(time, _("electrode"), "t", "V_site", NAMED, "stimulus", given=True)
    fig.curve(time, "t", "V_place", "accent", given=True)
    fig.tag(time, _("your place"), "t", "V_place", 44.0, "accent", given=True)
    fig.point(time, "t_site", "half_site", "stimulus", given=True, markersize=5)
    fig.point(time, "t_half", "half_place", "accent", given=True, markersize=5)
    fig.x_axis(thickness, (_("diameter of the dendrite"), "µm"), (D_LOW, D_HIGH), "log", ticks=[0.2, 1, 5, 20])
    fig.y_axis(thickness, (_("length constant λ"), "µm"), (30, 8000), "log", ticks=[100, 1000])
    fig.curve(thickness, "sizes", "lams", "ink")
    fig.point(thickness, "diameter", "lam", "accent", drag={"x": "diameter"})
    fig.note(thickness, _("this dendrite"), "d_note", "d_lam", "accent")
    fig.guess(thickness, 8)
    return drawn


def scene():
    """The dendrite: its thickness, V inside, the current along it and what leaks out on the way."""
    arrows = (moves.arrows("inside", "inside", 100, 30), moves.arrows("leak", "V", 100, 18))
    edges = (moves.shift("upper", "thick", (-0.7, 1.31), (0, -16)), moves.shift("lower", "thick", (-0.7, 1.31), (0, 16)))
    hands = (moves.shift("electrode", "site", (0, LENGTH), (462, 0)), moves.shift("place", "place", (0, LENGTH), (462, 0)))
    inside = moves.strip("V", "V", (0, 100), (0, 0.9))
    return Scene("dendrite.svg", (inside, *arrows, *edges, *hands, moves.pick("mode", "mode")), touch=("site", 86, 548))


explorer = Explorer(
    chapter="action-potential/along-the-axon",
    controls=dict(
        t_view=Slider(0, T_END, 5, "ms", step=0.25),
        diameter=Slider(D_LOW, D_HIGH, 2, "µm", scale="log"),
        mode=Choice(MODES, "current"),
        site=Slider(0, LENGTH, 0, "µm", step=10),
        place=Slider(0, LENGTH, 500, "µm", step=10),
        R_m=Slider(1, 100, 10, "kΩ·cm²", scale="log"),
        R_i=Slider(50, 400, 150, "Ω·cm", scale="log"),
    ),
    curves=dict(
        x=Curve(PLACES, "µm"),
        V=Curve(PLACES, "%"),
        V_end=Curve(PLACES, "%"),
        inside=Curve(PLACES, "%"),
        t=Curve(TIMES, "ms"),
        V_site=Curve(TIMES, "%"),
        V_place=Curve(TIMES, "%"),
        sizes=Curve(2, "µm"),
        lams=Curve(2, "µm"),
        bar_x=Curve(2, "µm"),
        bar=Curve(2, "%"),
    ),
    readouts=dict(
        lam=Readout("µm", 0),
        arrives=Readout("%"),
        delay=Readout("ms", 2),
        tau=Readout("ms"),
        R_in=Readout("MΩ", None),
        thick=Readout("", shown=False),
        held=Readout("µm", 0, shown=False, optional=True),
        t_held=Readout("ms", shown=False, optional=True),
        now=Readout("%", shown=False),
        t_half=Readout("ms", shown=False),
        t_site=Readout("ms", shown=False),
        half_place=Readout("%", shown=False),
        half_site=Readout("%", shown=False, optional=True),
        farthest=Readout("%", shown=False),
        held_from=Readout("µm", shown=False, optional=True),
        held_to=Readout("µm", shown=False, optional=True),
        lam_note=Readout("µm", shown=False),
        d_note=Readout("µm", shown=False),
        d_lam=Readout("µm", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t_view",
    main=("t_view", "diameter"),
    shows=("lam", "arrives", "delay"),
    presets={
        "thin": {"diameter": 0.5},
        "leaky": {"R_m": 1},
        "tight": {"R_m": 100},
        "from_the_middle": {"site": 500, "place": 1000},
    },
    story={
        "start": {},
        "thick": {"diameter": 8},
        "clamp": {"mode": "clamp", "t_view": 60},
        "early": {"mode": "clamp", "diameter": 20, "R_m": 20, "t_view": 0.5, "place": 1000},
    },
    challenge=Challenge(
        check, only=("mode", "site", "R_m", "t_view", "place"), solution={"mode": "clamp", "site": 500, "R_m": 70}
    ),
    prediction=Prediction(answer, {"diameter": 8}, Guess("lam", near=200)),
)
