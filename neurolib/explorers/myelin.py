"""An impulse along a myelinated fibre: from node to node, later over a damaged stretch, or not at all."""

from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.frog_node import GATES, REST, node_rest, speeds
from neurolib.myelinated import (
    BARE,
    BARE_AXON,
    COMPARTMENTS,
    FIRST_LOST,
    NODES,
    OUTER,
    PARTS,
    PER_DIAMETER,
    PIECES,
    STEP,
    advance,
    bare_piece,
    put_bare,
    put_myelinated,
    put_rest,
)
from neurolib.portable import math, outcome, portable, zeros
from neurolib.spikes import index_of_maximum

T_END, SLICES, BARE_SLICES = 6.0, 48, 12  # ms; the bare axon's impulse has been timed within the first 12
SLICE = T_END / SLICES
STEPS = round(SLICE / STEP)
TIMED, TIMED_END, BEHIND = 3, 7, 17  # nodes: the velocity is that between the first two, the delay that of the way to the third
BARE_TIMED, BARE_END = 20, 45
D_LOW, D_HIGH = 0.1, 20.0
STILL = 4.5  # ms: an impulse that passed a node later than this may not have died


@portable
def keep(y, row):
    """Keep V along the fibre as row number ``row`` of the run."""
    for i in range(COMPARTMENTS):
        y.kept[row * COMPARTMENTS + i] = y.now[i]


@portable
def show_moment(c, y, r):
    """V and the current along the inside at ``t_view``, between two rows of the run; its latest before that."""
    place = min(c.t_view / SLICE, r.rows - 1.0)
    row = math.floor(place + 1e-9)
    part = max(place - row, 0.0) if row < r.rows - 1.0 else 0.0
    first, then = row * COMPARTMENTS, (row + 1) * COMPARTMENTS if part > 0.0 else row * COMPARTMENTS
    for i in range(COMPARTMENTS):
        y.V[i] = REST + y.kept[first + i] + part * (y.kept[then + i] - y.kept[first + i])
    for i in range(NODES):
        y.V_node[i] = y.V[i * (PIECES + 1)]
    for i in range(COMPARTMENTS):
        before, after = max(i - 1, 0), min(i + 1, COMPARTMENTS - 1)
        y.fall[i] = (y.V[before] - y.V[after]) / (y.x[after] - y.x[before])
    r.moment_note = c.t_view + (0.45 if c.t_view < 5.0 else -0.45)


@portable
def model(c, y, r):
    """Both fibres at rest."""
    speed = zeros(10)
    speeds(c.temperature_celsius, speed)
    r.stretch = math.ceil(c.damaged - 1e-9)
    r.rest = node_rest(speed, c.temperature_celsius)
    put_myelinated(0.01 * c.lost, r.stretch, y.fibre)
    put_bare(y.bare_fibre)
    put_rest(r.rest, speed, COMPARTMENTS, y.now, y.gates)
    put_rest(r.rest, speed, BARE, y.bare_now, y.bare_gates)
    for i in range(COMPARTMENTS):
        node = math.floor(i / (PIECES + 1))
        piece = i - node * (PIECES + 1)
        y.x[i] = node if piece == 0 else node + (piece - 0.5) / PIECES  # a piece stands for its middle
        y.passage[i] = -1.0
        y.first_pass[i] = math.nan
    for i in range(BARE):
        y.bare_passage[i] = -1.0
    for i in range(NODES):
        y.node[i] = i
        y.passes[i] = math.nan
    for i in range(2):
        y.sizes[i] = D_LOW if i == 0 else D_HIGH
        y.with_myelin[i] = math.nan
        y.without[i] = math.nan
    r.rows = 1.0
    keep(y, 0)
    show_moment(c, y, r)
    r.damage_from = FIRST_LOST
    r.damage_to = FIRST_LOST + r.stretch
    r.d_note = c.diameter * 0.75
    r.done = 0.0
    return "ok"


@portable
def note_velocities(c, y, r):
    """The velocities, m/s, at this diameter and at others, once the nodes and the pieces that they are timed at have fired."""
    if y.passage[TIMED_END * (PIECES + 1)] >= 0.0:
        per_internode = (y.passes[TIMED_END] - y.passes[TIMED]) / (TIMED_END - TIMED)
        r.velocity = 1e-3 * PER_DIAMETER * c.diameter / per_internode
        r.v_note = r.velocity * 1.6
        for i in range(2):
            y.with_myelin[i] = 1e-3 * PER_DIAMETER * y.sizes[i] / per_internode
        if y.passage[BEHIND * (PIECES + 1)] >= 0.0:
            healthy = y.passes[TIMED_END] + (BEHIND - TIMED_END) * per_internode
            r.delay = max(y.passes[BEHIND] - healthy, 0.0)
            r.cost = r.delay / per_internode
    if y.bare_passage[BARE_END] >= 0.0:
        took = y.bare_passage[BARE_END] - y.bare_passage[BARE_TIMED]
        one = 1e-3 * bare_piece() * (BARE_END - BARE_TIMED) / took / math.sqrt(BARE_AXON)
        r.bare = one * math.sqrt(c.diameter)
        for i in range(2):
            y.without[i] = one * math.sqrt(y.sizes[i])


@portable
def step(c, y, r, number):
    """The next eighth of a millisecond."""
    start = int(number) * STEPS
    T = c.temperature_celsius
    advance(y.now, y.gates, y.fibre, COMPARTMENTS, r.rest, T, start, STEPS, y.passage)
    if number < BARE_SLICES:
        advance(y.bare_now, y.bare_gates, y.bare_fibre, BARE, r.rest, T, start, STEPS, y.bare_passage)
    keep(y, int(number) + 1)
    r.rows = number + 2.0
    for i in range(COMPARTMENTS):
        if y.passage[i] >= 0.0:
            y.first_pass[i] = y.passage[i]
    r.fired = 0.0
    r.latest = 0.0
    for i in range(NODES):
        if y.passage[i * (PIECES + 1)] >= 0.0:
            y.passes[i] = y.passage[i * (PIECES + 1)]
            r.fired = i
            r.latest = y.passes[i]
    note_velocities(c, y, r)
    r.arrives = y.passes[NODES - 1]
    r.V_highest = REST + y.now[index_of_maximum(y.now, 0, COMPARTMENTS)]
    r.done = 1.0 if number == SLICES - 1 else 0.0
    return "ok"


@outcome
def say(c, r):
    if r.done == 0.0:
        return "on_its_way"
    if math.isfinite(r.arrives):
        return "hops" if c.lost == 0.0 else "delayed"
    return "late" if r.latest > STILL else "block"


@outcome
def check(c, r):
    """At the last node within 4 ms, over three internodes or more that have lost 95 % of their myelin."""
    r.off = c.lost
    if c.lost < 95.0:
        return "healed"
    r.off = r.stretch
    if r.stretch < 3.0:
        return "fewer"
    r.off = r.fired
    if math.isnan(r.arrives):
        return "blocked"
    r.off = r.arrives
    return "done" if r.arrives <= 4.0 else "late"


@outcome
def answer(c, r):
    if math.isnan(r.arrives):
        return "stops"
    return "waits" if r.cost > 1.0 else "as_before"


def figure():
    drawn, (voltage, passing, speed) = fig.panels([62, 66, 56], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, passing)
    fig.x_axis(passing, (_("node of Ranvier"), ""), (0, NODES - 1), ticks=[0, 5, 10, 15, 20])
    fig.y_axis(voltage, (_("voltage V at your moment"), "mV"), (-90, 65), ticks=[-80, -40, 0, 40])
    fig.span(voltage, "damage_from", "damage_to", "Na", given=True)
    fig.curve(voltage, "x", "V", "ink", linewidth=1.6, given=True)
    fig.point(voltage, "node", "V_node", "ink", markersize=4.5, given=True)
    fig.y_axis(passing, (_("an impulse passes at"), "ms"), (0, T_END), ticks=[0, 2, 4, 6])
    fig.span(passing, "damage_from", "damage_to", "Na", given=True)
    fig.curve(passing, "x", "first_pass", "muted", linewidth=1.2, given=True)
    fig.point(passing, "node", "passes", "ink", markersize=4.5, given=True)
    fig.level(passing, "t_view", "muted", drag={"y": "t_view"})
    fig.note(passing, _("your moment"), 0.4, "moment_note", "muted")
    fig.x_axis(speed, (_("diameter of the fibre"), "µm"), (D_LOW, D_HIGH), "log", ticks=[0.1, 1, 10])
    fig.y_axis(speed, (_("conduction velocity"), "m/s"), (0.03, 90), "log", ticks=[0.1, 1, 10])
    fig.curve(speed, "sizes", "without", "muted", given=True)
    fig.tag(speed, _("bare"), "sizes", "without", 6.0, "muted", above=False, given=True)
    fig.curve(speed, "sizes", "with_myelin", "ink", given=True)
    fig.point(speed, "diameter", "velocity", "accent", given=True, drag={"x": "diameter"})
    fig.point(speed, "diameter", "bare", "muted", given=True, markersize=5)
    fig.note(speed, _("with myelin"), "d_note", "v_note", "ink", given=True, ha="right")
    return drawn


def scene():
    """The fibre: V inside, the current along it, and the sheath, which fades where it is lost."""
    along = (moves.strip("V", "V", (REST, 40), (0, 0.9)), moves.arrows("inside", "fall", 120, 20))
    sheath = (moves.show("lost", "lost", (0, 100)), moves.count("damaged", "stretch", (0, 5)))
    return Scene("nerve_fibre.svg", (*along, *sheath))


explorer = Explorer(
    chapter="action-potential/along-the-axon",
    controls=dict(
        t_view=Slider(0, T_END, 0.75, "ms", step=SLICE),
        lost=Slider(0, 100, 0, "%", step=1),
        damaged=Slider(1, 5, 1, "", step=1),
        diameter=Slider(0.5, D_HIGH, OUTER, "µm", scale="log"),
        temperature_celsius=Slider(5, 40, 20, "°C", step=0.5),
    ),
    curves=dict(
        x=Curve(COMPARTMENTS),
        V=Curve(COMPARTMENTS, "mV"),
        fall=Curve(COMPARTMENTS, "mV"),
        first_pass=Curve(COMPARTMENTS, "ms", gaps=True),
        node=Curve(NODES),
        V_node=Curve(NODES, "mV"),
        passes=Curve(NODES, "ms", gaps=True),
        sizes=Curve(2, "µm"),
        with_myelin=Curve(2, "m/s", gaps=True),
        without=Curve(2, "m/s", gaps=True),
    ),
    readouts=dict(
        velocity=Readout("m/s", optional=True),
        bare=Readout("m/s", 2, optional=True),
        delay=Readout("ms", 2, optional=True),
        arrives=Readout("ms", 2, optional=True),
        fired=Readout("", 0, shown=False, optional=True),
        latest=Readout("ms", shown=False, optional=True),
        cost=Readout("", 1, shown=False, optional=True),
        stretch=Readout("", 0, shown=False),
        V_highest=Readout("mV", shown=False, optional=True),
        done=Readout("", 0, shown=False),
        damage_from=Readout("", shown=False),
        damage_to=Readout("", shown=False),
        moment_note=Readout("ms", shown=False),
        d_note=Readout("µm", shown=False),
        v_note=Readout("m/s", shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    presets={
        "thin": {"diameter": 2},
        "hole": {"lost": 97, "t_view": 1.25},
        "block": {"lost": 98, "t_view": 1.25},
        "cold": {"temperature_celsius": 5, "t_view": 1.25},
    },
    sweep=Sweep(
        SLICES,
        step,
        numbers=("rows", "rest"),
        arrays={
            **{name: COMPARTMENTS for name in ("now", "passage")},
            **{name: BARE for name in ("bare_now", "bare_passage")},
            **{"gates": GATES * COMPARTMENTS, "bare_gates": GATES * BARE},
            **{"fibre": PARTS * COMPARTMENTS, "bare_fibre": PARTS * BARE},
            "kept": (SLICES + 1) * COMPARTMENTS,
        },
        moment=show_moment,
        view="t_view",
    ),
    time="t_view",
    main=("t_view", "lost"),
    shows=("velocity", "bare", "delay"),
    story={
        "hops": {},
        "waits": {"lost": 95, "t_view": 1},
        "three": {"lost": 92, "damaged": 3, "t_view": 1.25},
        "warm": {"lost": 92, "damaged": 3, "temperature_celsius": 30, "t_view": 1.25},
    },
    challenge=Challenge(check, solution={"lost": 95, "damaged": 3, "temperature_celsius": 15}),
    prediction=Prediction(answer, {"lost": 90, "t_view": 1}),
)
