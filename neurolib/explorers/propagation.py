"""A spike on its way along the axon: one direction, collision, heat block."""

from neurolib.cable import Cable
from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.portable import math, outcome, portable, zeros
from neurolib.spikes import index_of_maximum

LENGTH, SEGMENT = 60.0, 0.5  # mm; 0.5 mm slows the spike by 0.1 % at 6.3 °C and by 1 % at 33 °C
CABLE = Cable(squid_axon, LENGTH, segment=1000.0 * SEGMENT)
N, AXIAL = CABLE.segments, CABLE.axial
T_END, SLICES, DT = 8.0, 64, 0.02
SLICE = T_END / SLICES
WIDTH, STRENGTH, DURATION = 8, 500.0, 0.2  # of both electrodes: segments (4 mm), µA/cm², ms
LEVEL = -40.0  # mV: V rises through it as a spike passes
RUN_UP, TIMED = 20, 20  # segments: the speed is that over 10 mm, from 10 mm beyond the electrode on
MARGIN = 10  # segments: a shock this near to an end is no arrival there
HALT = 0.5  # ms from one segment to the next: the spike died there, and another came later
AWAY = 16  # segments from an electrode: a spike that comes so far has left it; with less axon on a side there is no way
STATES, PARAMETERS = len(squid_axon.state_names), len(squid_axon.parameter_names)
H_PLACE, N_PLACE = squid_axon.state_index("h") * N, squid_axon.state_index("n") * N
KERNEL = squid_axon.kernel
defaults, rest, cable = KERNEL.defaults, KERNEL.rest, KERNEL.cable
TEMPERATURE = squid_axon.index("temperature_celsius")
SECOND = ("off", "on")
ON = SECOND.index("on")


@portable
def put_electrode(electrodes, k, place, onset):
    """A short strong shock around its place, mm; the whole electrode lies on the axon. Returns its first segment."""
    first = int(max(0, min(math.floor(place / SEGMENT + 0.5) - WIDTH / 2, N - WIDTH)))
    electrodes[5 * k] = first
    electrodes[5 * k + 1] = first + WIDTH
    electrodes[5 * k + 2] = onset
    electrodes[5 * k + 3] = DURATION
    electrodes[5 * k + 4] = STRENGTH
    return first


@portable
def run(states, c, electrodes, passage):
    """One slice on from ``states``; ``passage``: ms into it at which V rises, or -1."""
    p, V_samples, probed, diagonal, right = zeros(PARAMETERS), zeros(2 * N), zeros(2 * STATES), zeros(N), zeros(N)
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    finest = min(DT, 0.1 / math.pow(3.0, (c.temperature_celsius - 6.3) / 10.0))  # gates are faster in the warmth
    steps = math.ceil(SLICE / finest - 1e-9)
    cable(
        states, p, N, AXIAL, electrodes, 2 if c.second == ON else 1, steps, steps, SLICE / steps,
        V_samples, 0, probed, passage, LEVEL, diagonal, right,
    )  # fmt: skip


@portable
def keep(y, row):
    """Keep V and the gates h and n along the axon, from the state of its segments, as row number ``row`` of the run."""
    for i in range(N):
        y.kept_V[row * N + i] = y.states[i]
        y.kept_h[row * N + i] = y.states[H_PLACE + i]
        y.kept_n[row * N + i] = y.states[N_PLACE + i]


@portable
def show_moment(c, y, r):
    """V, the gates and the current along the inside at ``t_view``, between two rows of the run; its latest before that."""
    place = min(c.t_view / SLICE, r.rows - 1.0)
    row = math.floor(place + 1e-9)
    part = max(place - row, 0.0) if row < r.rows - 1.0 else 0.0
    first, then = row * N, (row + 1) * N if part > 0.0 else row * N
    for i in range(N):
        y.V[i] = y.kept_V[first + i] + part * (y.kept_V[then + i] - y.kept_V[first + i])
        y.h[i] = y.kept_h[first + i] + part * (y.kept_h[then + i] - y.kept_h[first + i])
        y.n[i] = y.kept_n[first + i] + part * (y.kept_n[then + i] - y.kept_n[first + i])
    r.moment_note = c.t_view + (0.45 if c.t_view < 5.0 else -0.45)
    for i in range(N):
        before, after = max(i - 1, 0), min(i + 1, N - 1)
        y.fall[i] = (y.V[before] - y.V[after]) / (SEGMENT * (after - before))


@portable
def note_passages(y, t, passage):
    """Enter where V rose in the slice that began at ``t``, ms: as the first spike there, or as the second."""
    first_pass, second_pass = y.first_pass, y.second_pass
    for i in range(N):
        if passage[i] >= 0.0:
            if math.isnan(first_pass[i]):
                first_pass[i] = t + passage[i]
            elif math.isnan(second_pass[i]):
                second_pass[i] = t + passage[i]


@portable
def speed_from(start, first_pass):
    """Speed, m/s, towards the farther end from an electrode at segment ``start``; nan on the way there, or if blocked."""
    near = start + WIDTH + RUN_UP
    far = near + TIMED
    end = N - 1
    if start >= N / 2:
        near = start - RUN_UP
        far = near - TIMED
        end = 0
    ahead = 1 if far > near else -1
    for i in range(TIMED):  # one spike, and in this direction
        if not first_pass[near + ahead * (i + 1)] > first_pass[near + ahead * i]:
            return math.nan
    speed = SEGMENT * TIMED / (first_pass[far] - first_pass[near])
    return speed if not math.isnan(first_pass[end]) else math.nan


@portable
def meeting_of(y, low, high):
    """Where between segments ``low`` and ``high`` the spike came last, from both sides, mm; nan if nowhere."""
    x, first_pass = y.x, y.first_pass
    place = math.nan
    for i in range(low + 1, high - 1):
        if first_pass[i] > first_pass[i - 1] and first_pass[i] >= first_pass[i + 1]:
            place = x[i]
    return place


@portable
def follow_second(c, y, r, start_2):
    """Where the second spike had a way to go from its electrode, where it went, and whether its shock met fresh axon."""
    first_pass, second_pass = y.first_pass, y.second_pass
    left, right = start_2 - AWAY, start_2 + WIDTH - 1 + AWAY
    r.ways = 0.0
    r.went_left = 0.0
    r.went_right = 0.0
    r.fresh = 0.0
    if left >= 0:
        r.ways = r.ways + 1.0
        r.went_left = 0.0 if math.isnan(second_pass[left]) else 1.0
    if right <= N - 1:
        r.ways = r.ways + 1.0
        r.went_right = 0.0 if math.isnan(second_pass[right]) else 1.0
    for i in range(start_2, start_2 + WIDTH):
        if first_pass[i] >= c.delay:
            r.fresh = 1.0


@portable
def model(c, y, r):
    """The axon at rest."""
    p, state = zeros(PARAMETERS), zeros(STATES)
    defaults(p)
    p[TEMPERATURE] = c.temperature_celsius
    rest(p, 0.0, state)
    for i in range(N):
        y.x[i] = SEGMENT * (i + 0.5)
        y.first_pass[i] = math.nan
        y.second_pass[i] = math.nan
        for j in range(STATES):
            y.states[j * N + i] = state[j]
    r.rows = 1.0
    keep(y, 0)
    show_moment(c, y, r)
    if c.second == ON:
        r.second_site = c.site_2
        if c.site_2 < 40.0:
            r.second_place = c.site_2 + 2.0
        else:
            r.second_end = c.site_2 - 2.0
    r.shock_place = c.site + 2.0 if c.site < 40.0 else c.site - 12.0
    r.moment_place = 1.0
    if c.site > 15.0:
        r.moment_place = min(c.site - 7.0, 40.0)
    r.h_place = 57.0 if c.site < LENGTH / 2 else 3.0
    r.done = 0.0
    return "ok"


@portable
def step(c, y, r, number):
    """The next eighth of a millisecond."""
    t = SLICE * number
    electrodes, passage = zeros(10), zeros(N)
    start = put_electrode(electrodes, 0, c.site, -t)
    start_2 = put_electrode(electrodes, 1, c.site_2, c.delay - t)
    run(y.states, c, electrodes, passage)
    note_passages(y, t, passage)
    keep(y, int(number) + 1)
    r.rows = number + 2.0
    first_pass, second_pass, last = y.first_pass, y.second_pass, N - 1
    r.speed = speed_from(start, first_pass)
    r.at_left = first_pass[0]
    r.at_right = first_pass[last]
    if c.second == ON:
        r.meeting = meeting_of(y, min(start, start_2) + WIDTH, max(start, start_2))
        follow_second(c, y, r, start_2)
    if start_2 >= MARGIN:
        r.left_again = second_pass[0]
    if start_2 + WIDTH <= N - MARGIN:
        r.right_again = second_pass[last]
    r.reached = 0.0
    r.halt = 0.0
    for i in range(N):
        r.reached = r.reached + (0.0 if math.isnan(first_pass[i]) else SEGMENT)
        if i > 0 and math.fabs(first_pass[i] - first_pass[i - 1]) > HALT:
            r.halt = 1.0
    r.V_highest = y.states[index_of_maximum(y.states, 0, N)]
    r.done = 1.0 if number == SLICES - 1 else 0.0
    return "ok"


@outcome
def say_second(c, r):
    """The sentence for two shocks on an axon that conducts."""
    if math.isfinite(r.meeting):
        return "collision"
    went = r.went_left + r.went_right
    if went == 0.0:
        return "merges" if r.fresh == 1.0 else "refractory"
    if went == 2.0:
        return "both_ways"
    if r.ways == 2.0:
        return "one_way"
    if (r.went_right == 1.0 and c.site <= c.site_2) or (r.went_left == 1.0 and c.site >= c.site_2):
        return "follows"
    return "runs_back"


@outcome
def say(c, r):
    if r.done == 0.0:
        return "on_its_way"
    if r.reached < LENGTH or r.halt == 1.0:
        return "block"
    return say_second(c, r) if c.second == ON else "passes"


@outcome
def check(c, r):
    """A second spike leaves its electrode to the right alone, and reaches the right end."""
    if c.second != ON:
        return "one_spike"
    if r.reached < LENGTH or r.halt == 1.0:
        r.off = r.reached
        return "no_conduction"
    if math.isfinite(r.meeting):
        r.off = r.meeting
        return "collision"
    if r.ways < 2.0:
        return "near_an_end"
    r.off = c.delay
    went = r.went_left + r.went_right
    if went == 0.0:
        return "merges" if r.fresh == 1.0 else "refractory"
    if went == 2.0:
        return "both_ways"
    if r.went_left == 1.0:
        return "leftwards"
    return "done" if math.isfinite(r.right_again) else "late"


@outcome
def answer(c, r):
    if math.isfinite(r.meeting):
        return "annihilate"
    return "pass" if math.isfinite(r.left_again) else "bounce"


def figure():
    drawn, (voltage, gates, passages) = fig.panels([84, 46, 90])
    fig.x_axis(passages, (_("distance along the axon"), "mm"), (0, LENGTH), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(voltage, (_("voltage V at your moment"), "mV"), (-90, 75), ticks=[-80, -40, 0, 40])
    fig.event(voltage, "site", "stimulus", given=True, drag={"x": "site"})
    fig.event(voltage, "second_site", "accent", drag={"x": "site_2"})
    fig.note(voltage, _("shock"), "shock_place", 62, "stimulus", given=True)
    fig.note(voltage, _("second shock"), "second_place", 62, "accent")
    fig.note(voltage, _("second shock"), "second_end", 62, "accent", ha="right")
    fig.curve(voltage, "x", "V", "ink", linewidth=2.2)
    fig.note(voltage, _("it runs →"), 45, 20, "ink").moving["step"] = "away"
    fig.note(voltage, _("refractory wake"), 3, -40, "muted").moving["step"] = "away"
    fig.y_axis(gates, (_("gates: h available, n open"), ""), (0, 1), ticks=[0, 0.5, 1])
    fig.curve(gates, "x", "h", "Na", linewidth=1.6)
    fig.curve(gates, "x", "n", "K", linewidth=1.6)
    fig.tag(gates, "h", "x", "h", "h_place", "Na")
    fig.tag(gates, "n", "x", "n", "h_place", "K")
    fig.y_axis(passages, (_("a spike passes at"), "ms"), (0, 6), ticks=[0, 2, 4, 6])
    fig.level(passages, "t_view", "muted", drag={"y": "t_view"})
    fig.note(passages, _("your moment"), "moment_place", "moment_note", "muted")
    fig.curve(passages, "x", "first_pass", "ink")
    fig.curve(passages, "x", "second_pass", "accent")
    fig.point(passages, "second_site", "delay", "accent", drag={"x": "site_2", "y": "delay"})
    return drawn


def scene():
    """The axon itself: its inside coloured by V, the current along it, and what its two kinds of channel are ready for."""
    along = (
        moves.strip("V", "V", (-60, 45), (0, 0.9)),
        moves.strip("V_below", "V", (-66, -78), (0, 0.9)),
        moves.strip("h", "h", (0, 0.6)),
        moves.strip("n", "n", (0.3, 0.8)),
        moves.arrows("inside", "fall", 25, 24),
    )
    electrodes = (
        moves.shift("electrode", "site", (0, LENGTH), (468, 0)),
        moves.shift("electrode_2", "site_2", (0, LENGTH), (468, 0)),
        moves.show("second", "second"),
    )
    return Scene("axon.svg", (*along, *electrodes), touch=("site", 82, 550))


PLACES = ("second_site", "second_place", "second_end", "shock_place", "moment_place", "h_place")  # of words in the figure
explorer = Explorer(
    chapter="action-potential/sodium-inactivation",
    controls=dict(
        t_view=Slider(0, T_END, 2, "ms", step=SLICE),
        site=Slider(0, LENGTH, 0, "mm", step=1),
        second=Choice(SECOND, "off"),
        site_2=Slider(0, LENGTH, LENGTH, "mm", step=1, only_if=("second", ON)),
        delay=Slider(0, 6, 0, "ms", step=0.05, only_if=("second", ON)),
        temperature_celsius=Slider(2, 38, 18.5, "°C", step=0.5),
    ),
    curves=dict(
        x=Curve(N, "mm"),
        V=Curve(N, "mV"),
        h=Curve(N),
        n=Curve(N),
        fall=Curve(N, "mV/mm"),
        first_pass=Curve(N, "ms", gaps=True),
        second_pass=Curve(N, "ms", gaps=True),
    ),
    readouts=dict(
        speed=Readout("m/s", optional=True),
        at_left=Readout("ms", 2, optional=True),
        at_right=Readout("ms", 2, optional=True),
        meeting=Readout("mm", 0, shown=False, optional=True),
        left_again=Readout("ms", 2, shown=False, optional=True),
        right_again=Readout("ms", 2, shown=False, optional=True),
        reached=Readout("mm", shown=False),
        halt=Readout("", 0, shown=False),
        V_highest=Readout("mV", shown=False),
        ways=Readout("", 0, shown=False, optional=True),
        went_left=Readout("", 0, shown=False, optional=True),
        went_right=Readout("", 0, shown=False, optional=True),
        fresh=Readout("", 0, shown=False, optional=True),
        done=Readout("", 0, shown=False),
        **{name: Readout("mm", shown=False, optional=True) for name in PLACES},
        moment_note=Readout("ms", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "left_end": {},
        "middle": {"site": 30, "t_view": 1},
        "collision": {"second": "on", "site_2": 60, "t_view": 1.5},
        "one_way": {"second": "on", "site_2": 30, "delay": 2.3, "temperature_celsius": 25, "t_view": 3.5},
        "cold": {"temperature_celsius": 6.3},
        "just_conducts": {"temperature_celsius": 33.5},
        "heat_block": {"temperature_celsius": 34},
    },
    sweep=Sweep(
        SLICES,
        step,
        numbers=("rows",),
        arrays={"states": STATES * N, **{f"kept_{name}": (SLICES + 1) * N for name in ("V", "h", "n")}},
        moment=show_moment,
        view="t_view",
    ),
    scene=scene(),
    time="t_view",
    main=("t_view", "site"),
    shows=("speed", "at_left", "at_right"),
    story={
        "away": {},
        "both_ways": {"site": 30, "t_view": 1},
        "collision": {"second": "on", "site_2": 60, "t_view": 1.5},
        "one_way": {"second": "on", "site_2": 30, "delay": 2.3, "temperature_celsius": 25, "t_view": 3},
    },
    challenge=Challenge(check, solution={"site": 60, "second": "on", "site_2": 30, "delay": 2.3, "temperature_celsius": 25}),
    prediction=Prediction(answer, {"second": "on", "site_2": 60, "t_view": 1.5}),
    cells=(squid_axon,),
)
