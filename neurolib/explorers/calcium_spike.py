"""Spikes that calcium makes beside spikes that sodium makes: how steep, how long, and by which current."""

from operator import attrgetter

from neurolib.cells import mammalian_sk, morris_lecar, thalamic_pacemaker, thalamic_relay, ventricular_cell
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorers._calcium_scenes import clear_inward, put_inward, spike_scene
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse, put_row
from neurolib.spikes import index_of_maximum, vertex, width_at

SIZE, T_START, T_END, DT = 1641, -10.0, 400.0, 0.025
EVERY = (T_END - T_START) / (SIZE - 1)  # ms between samples
ONSET = int(-T_START / EVERY)  # the sample at 0 ms
PIECES, PIECE = 10, 165  # the run is drawn piece by piece; samples of a piece, both ends counted
FINER = 10  # samples of a run for each one that is drawn: the steepest rise is looked for among all of them
FINE = FINER * (PIECE - 1) + 1
CLOSE, BEFORE, STEP_CLOSE = 401, 3.0, 0.05  # the close view: from 3 ms before the steepest rise
CLOSER = 5  # samples of it for each one that is drawn
NEAR, STEP_NEAR, DT_NEAR = CLOSER * (CLOSE - 1) + 1, STEP_CLOSE / CLOSER, 0.005  # upstrokes with it: within 0.1 %
LATER = 15.0  # ms after the steepest rise: which current carries the plateau?
LEAD, AFTER = int(BEFORE / EVERY), round(LATER / STEP_NEAR)  # these two in samples, of the whole run and of the close view
RELEASE = 200.0  # ms: end of the hyperpolarisation from which the thalamic cell rebounds
SPIKE_LEVEL, BROAD = -10.0, 50.0  # mV; ms, wider: a plateau, not a spike
REGENERATIVE, RISE = 0.3, 15.0  # mV/ms of the cell's own currents and mV above the start: less is no spike
KINDS = ("neuron", "relay", "rebound", "ventricle", "barnacle")
NEURON, REBOUND, VENTRICLE = (float(KINDS.index(kind)) for kind in ("neuron", "rebound", "ventricle"))
# The ordinary neuron is that of `calcium_signal`, here without its calcium and SK channels: the page has its kernel anyway.
# The relay cell is run on the kernel of `pacemaker`, without what that cell has of its own.
CELLS = (mammalian_sk, thalamic_pacemaker, thalamic_pacemaker, ventricular_cell, morris_lecar)
OWN = ("g_bar_L", "E_L", "g_bar_T", "g_bar_KL", "g_bar_H")
RELAY = tuple(thalamic_pacemaker.index(name) for name in OWN)
RELAY_VALUES = tuple(thalamic_relay.default_values.get(name, 0.0) for name in OWN)
G_CAL, G_SK = mammalian_sk.index("g_bar_CaL"), mammalian_sk.index("g_bar_SK")
STATES, PARAMETERS = max(len(cell.state_names) for cell in CELLS), max(len(cell.parameter_names) for cell in CELLS)
NAMES = tuple([channel.name for channel in cell.channels] for cell in CELLS)
N_CHANNELS, CHANNELS = tuple(map(len, NAMES)), max(map(len, NAMES))
SODIUM = tuple(names.index("Na") if "Na" in names else -1 for names in NAMES)
CALCIUM = tuple(max((names.index(name) for name in ("T", "s", "Ca") if name in names), default=-1) for names in NAMES)
POOL = tuple(cell.state_names.index("Ca") if at >= 0 and cell.pool else -1 for cell, at in zip(CELLS, CALCIUM, strict=True))
FIRST_G = 2  # in a parameter array g_bar of each channel follows C_m and the temperature
AMPLITUDES, DURATIONS = (40.0, 0.3, -1.0, 25.0, 150.0), (1.0, 400.0, RELEASE, 2.0, 10.0)
functions = attrgetter("defaults", "rest", "integrate", "channel_currents")
neuron_defaults, neuron_rest, neuron_run, neuron_currents = functions(mammalian_sk.kernel)
relay_defaults, relay_rest, relay_run, relay_currents = functions(thalamic_pacemaker.kernel)
ventricle_defaults, ventricle_rest, ventricle_run, ventricle_currents = functions(ventricular_cell.kernel)
barnacle_defaults, barnacle_rest, barnacle_run, barnacle_currents = functions(morris_lecar.kernel)
relay_steady_current = thalamic_pacemaker.kernel.steady_current


@portable
def set_up(cell, block_Na, block_Ca, p):
    """Parameters of the cell with so many % of its channels blocked."""
    if cell == NEURON:
        neuron_defaults(p)
        p[G_CAL] = 0.0
        p[G_SK] = 0.0
    elif cell <= REBOUND:
        relay_defaults(p)
        for k in range(len(RELAY)):
            p[RELAY[k]] = RELAY_VALUES[k]
    elif cell == VENTRICLE:
        ventricle_defaults(p)
    else:
        barnacle_defaults(p)
    sodium, calcium = SODIUM[int(cell)], CALCIUM[int(cell)]
    if sodium >= 0:
        p[FIRST_G + sodium] *= 1.0 - 0.01 * block_Na
    if calcium >= 0:
        p[FIRST_G + calcium] *= 1.0 - 0.01 * block_Ca


@portable
def begin(cell, p, state):
    """Fill ``state`` with the rest; returns the steady current that holds the cell there, µA/cm²."""
    held = 0.0
    if cell == NEURON:
        neuron_rest(p, held, state)
    elif cell <= REBOUND:
        if cell == REBOUND:
            held = relay_steady_current(-60.0, p, state)
        relay_rest(p, held, state)
    elif cell == VENTRICLE:
        ventricle_rest(p, held, state)
    else:
        barnacle_rest(p, held, state)
    return held


@portable
def put_stimulus(cell, strength, held, rows):
    """The cell's usual stimulus times ``strength``, on top of the current that holds it; three rows."""
    put_row(rows, 0, 2.0 * T_START, held, 0.0)
    put_pulse(rows, 1, 0.0, DURATIONS[int(cell)], AMPLITUDES[int(cell)] * strength)
    rows[4] = rows[4] + held
    rows[7] = rows[7] + held


@portable
def run(cell, state, p, rows, times, n, samples, dt):
    """Integrate from the first of ``times`` to the last; returns how often V rose through the level of a spike, or -1."""
    crossings = zeros(100)
    start, end, most = times[0], times[n - 1], 99
    if cell == NEURON:
        failed, count = neuron_run(state, p, rows, 3, start, end, times, n, samples, crossings, most, SPIKE_LEVEL, dt)
    elif cell <= REBOUND:
        failed, count = relay_run(state, p, rows, 3, start, end, times, n, samples, crossings, most, SPIKE_LEVEL, dt)
    elif cell == VENTRICLE:
        failed, count = ventricle_run(state, p, rows, 3, start, end, times, n, samples, crossings, most, SPIKE_LEVEL, dt)
    else:
        failed, count = barnacle_run(state, p, rows, 3, start, end, times, n, samples, crossings, most, SPIKE_LEVEL, dt)
    return count if failed < 0.0 else -1


@portable
def currents_of(cell, p, samples, n, currents, own):
    """All channels' currents, µA/cm², and what they do to V by themselves, mV/ms."""
    conductances = zeros(CHANNELS * n)
    if cell == NEURON:
        neuron_currents(p, samples, n, conductances, currents)
    elif cell <= REBOUND:
        relay_currents(p, samples, n, conductances, currents)
    elif cell == VENTRICLE:
        ventricle_currents(p, samples, n, conductances, currents)
    else:
        barnacle_currents(p, samples, n, conductances, currents)
    channels = N_CHANNELS[int(cell)]
    for i in range(n):
        own[i] = 0.0
        for k in range(channels):
            own[i] = own[i] - currents[k * n + i] / p[0]


@portable
def calcium_share(cell, i, n, currents):
    """Calcium's part, %, of the current that gated sodium and calcium channels carry inwards at sample i; nan if none."""
    sodium, calcium = SODIUM[int(cell)], CALCIUM[int(cell)]
    I_Na = min(0.0, currents[sodium * n + i]) if sodium >= 0 else 0.0
    I_Ca = min(0.0, currents[calcium * n + i]) if calcium >= 0 else 0.0
    return 100.0 * I_Ca / (I_Na + I_Ca) if I_Na + I_Ca < -0.01 else math.nan


@portable
def charge_share(cell, V, n, currents, level, first, last):
    """Calcium's part, %, of the charge that gated sodium and calcium channels carry inwards in samples ``first`` to
    ``last`` − 1 while V is above ``level``; nan if they carry none."""
    sodium, calcium = SODIUM[int(cell)], CALCIUM[int(cell)]
    Q_Na = 0.0
    Q_Ca = 0.0
    for i in range(first, last):
        if V[i] > level:
            Q_Na = Q_Na + (min(0.0, currents[sodium * n + i]) if sodium >= 0 else 0.0)
            Q_Ca = Q_Ca + (min(0.0, currents[calcium * n + i]) if calcium >= 0 else 0.0)
    return 100.0 * Q_Ca / (Q_Na + Q_Ca) if Q_Na + Q_Ca < 0.0 else math.nan


@portable
def look_close(cell, t_from, start, V_start, p, rows, t, V):
    """20 ms in fine steps, from the state ``start`` at ``t_from``: ``V`` against ``t``, the time from the steepest rise.

    Returns that rise by the cell's own currents (mV/ms), the peak (mV), the width of a brief spike (ms), and calcium's
    share (%) at the rise and 15 ms later, where V rises, and in the charge of the spike.
    """
    times, samples = zeros(NEAR), zeros(STATES * NEAR)
    currents, own = zeros(CHANNELS * NEAR), zeros(NEAR)
    for i in range(NEAR):
        times[i] = t_from + STEP_NEAR * i
    run(cell, start, p, rows, times, NEAR, samples, DT_NEAR)
    currents_of(cell, p, samples, NEAR, currents, own)
    best = index_of_maximum(own, 0, NEAR - AFTER)
    t_best, steepest = vertex(times, own, best, NEAR)
    for i in range(CLOSE):
        t[i] = times[CLOSER * i] - t_best
        V[i] = samples[CLOSER * i]
    highest = index_of_maximum(samples, best, NEAR)
    _t_peak, peak = vertex(times, samples, highest, NEAR)
    level = 0.5 * (V_start + peak)
    width = width_at(times, samples, NEAR, highest, level)
    share = charge_share(cell, samples, NEAR, currents, level, 0, NEAR)
    if steepest > 0.01:
        now, later = calcium_share(cell, best, NEAR, currents), calcium_share(cell, best + AFTER, NEAR, currents)
        return steepest, peak, width, now, later, share
    return 0.0, peak, width, math.nan, math.nan, share


@portable
def model(c, y, r):
    """The sodium spike of an ordinary neuron, for comparison; the reader's cell is the sweep's."""
    for i in range(SIZE):
        y.t[i] = T_START + EVERY * i
        y.V[i] = math.nan
        y.V_free[i] = math.nan
    clear_inward(y, SIZE)
    for i in range(CLOSE):
        y.close_t[i] = math.nan
        y.close_V[i] = math.nan
    p, state, rows = zeros(PARAMETERS), zeros(STATES), zeros(9)
    set_up(NEURON, 0.0, 0.0, p)
    put_stimulus(NEURON, 1.0, begin(NEURON, p, state), rows)
    rise, _peak, width, _now, _later, _share = look_close(NEURON, -BEFORE, state, state[0], p, rows, y.sodium_t, y.sodium_V)
    r.steepest = -math.inf
    r.V_highest = -math.inf
    r.upstroke_Na = rise
    r.width_Na = width
    y.stimulus_t[0], y.stimulus_t[1] = 0.0, 0.0
    y.stimulus_t[2], y.stimulus_t[3] = DURATIONS[int(c.cell)], DURATIONS[int(c.cell)]
    for i in range(4):
        y.stimulus[i] = c.strength if i == 1 or i == 2 else 0.0
    r.stimulus_middle = 0.5 * DURATIONS[int(c.cell)]
    r.stimulus_place = r.stimulus_middle + 12.0
    r.stimulus_note = c.strength + 1.6
    if c.block_Na + c.block_Ca > 0.0:
        r.blocked = 1.0
    r.count = 0.0
    r.done = 0.0
    return "ok"


@portable
def look_at_spike(c, y, r, p, rows):
    """The reader's cell from 3 ms before its steepest rise; a spike too broad for that view is measured on the whole run."""
    t, V, start = y.t, y.V, zeros(STATES)
    currents, own = zeros(CHANNELS * SIZE), zeros(SIZE)
    first = int((r.t_steepest - T_START) / EVERY) - LEAD
    for j in range(STATES):
        start[j] = y.history[j * SIZE + first]
    rise, peak, width, now, later, share = look_close(c.cell, t[first], start, r.V_start, p, rows, y.close_t, y.close_V)
    r.peak = peak if math.isfinite(width) else r.V_highest
    r.width = width
    r.share_spike = share
    currents_of(c.cell, p, y.history, SIZE, currents, own)
    put_inward(y, SIZE, currents, SODIUM[int(c.cell)], CALCIUM[int(c.cell)], POOL[int(c.cell)])
    if math.isnan(width):
        level = 0.5 * (r.V_start + r.V_highest)
        r.width = width_at(t, V, SIZE, index_of_maximum(V, 0, SIZE), level)
        r.share_spike = charge_share(c.cell, V, SIZE, currents, level, ONSET, SIZE)
    r.upstroke = rise
    r.share_up = now
    r.share_later = later


@portable
def note_steepest(c, r, p, times, samples):
    """Keep the steepest rise by the cell's own currents after 0 ms, mV/ms, its time, and the highest voltage, mV."""
    currents, own = zeros(CHANNELS * FINE), zeros(FINE)
    currents_of(c.cell, p, samples, FINE, currents, own)
    for i in range(FINE):
        if times[i] >= 0.0 and own[i] > r.steepest:
            r.steepest = own[i]
            r.t_steepest = times[i]
    r.V_highest = max(r.V_highest, vertex(times, samples, index_of_maximum(samples, 0, FINE), FINE)[1])


@portable
def step(c, y, r, number):
    """The reader's cell, piece by piece; a close look at its steepest rise; the same cell with nothing blocked."""
    p, rows = zeros(PARAMETERS), zeros(9)
    piece = int(number)
    if number > PIECES:
        piece = piece - PIECES - 1
        set_up(c.cell, 0.0, 0.0, p)
    else:
        set_up(c.cell, c.block_Na, c.block_Ca, p)
    if piece == 0:
        r.held = begin(c.cell, p, y.state)
    if number == 0.0:
        r.V_start = y.state[0]
    put_stimulus(c.cell, c.strength, r.held, rows)
    if number == PIECES:
        look_at_spike(c, y, r, p, rows)
        return "ok"
    times, samples = zeros(FINE), zeros(STATES * FINE)
    offset = piece * (PIECE - 1)
    for i in range(FINE):
        times[i] = y.t[offset] + EVERY * i / FINER
    count = run(c.cell, y.state, p, rows, times, FINE, samples, DT)
    if count < 0:
        return "ok"
    if number > PIECES:
        for i in range(PIECE):
            y.V_free[offset + i] = samples[FINER * i]
        r.done = 1.0 if piece == PIECES - 1 else 0.0
        return "ok"
    r.count = r.count + count
    note_steepest(c, r, p, times, samples)
    for i in range(PIECE):
        y.V[offset + i] = samples[FINER * i]
        for j in range(STATES):
            y.history[j * SIZE + offset + i] = samples[j * FINE + FINER * i]
    return "ok"


@outcome
def say_sodium_first(c, r):
    """The sentence for a spike whose steepest rise sodium carries."""
    if r.width > BROAD and r.share_spike > 50.0 and r.share_later > 50.0:
        return "shared" if r.upstroke > 5.0 else "plateau"
    if r.count == 0.0 and (c.cell == VENTRICLE or r.share_spike < 50.0):
        return "local"
    if r.share_spike > 50.0:
        return "mixed"
    if r.share_later > 20.0 and c.cell <= REBOUND:
        return "sodium_on_calcium" if r.count > 1.0 else "one_sodium_on_calcium"
    return "sodium_spike"


@outcome
def say(c, r):
    if r.done == 0.0:
        return "running"
    if not (r.upstroke > REGENERATIVE and r.peak > r.V_start + RISE) or math.isnan(r.share_up):
        return "plateau" if r.width > BROAD and r.share_spike > 50.0 and r.peak > r.V_start + RISE else "no_spike"
    if math.isnan(r.width):
        return "no_return"
    if r.share_up < 50.0:
        return say_sodium_first(c, r)
    return "calcium_spike" if r.share_spike > 50.0 and r.width > 5.0 else "together"


@outcome
def check(c, r):
    """A spike or a plateau above 0 mV in the ventricular cell without sodium channels; its width is told."""
    if c.cell != VENTRICLE or c.block_Na < 100.0:
        r.off = c.block_Na
        return "sodium_left"
    r.off = r.peak
    if r.peak <= 0.0:
        return "too_low"
    r.off = r.width
    return "done" if r.width > BROAD and r.share_spike > 50.0 else "too_short"


@outcome
def answer(c, r):
    if not (r.upstroke > REGENERATIVE and r.peak > r.V_start + RISE):
        return "nothing"
    return "broad" if r.width > 10.0 else "fast"


def figure():
    drawn, (whole, close) = fig.panels([108, 92], shared=False, columns=((0, 1),))
    fig.x_axis(whole, (_("time"), "ms"), (T_START, T_END), ticks=[0, 100, 200, 300, 400])
    fig.y_axis(whole, (_("voltage V"), "mV"), (-150, 65), ticks=[-100, -50, 0, 50])
    shown = {"linestyle": (0, (1.5, 1.5)), "linewidth": 1.3}
    fig.curve(whole, "t", "V_free", "muted", given=True, **shown)
    fig.note(whole, _("dotted: nothing blocked"), T_END, 52, "muted", ha="right", only_if="blocked")
    fig.curve(whole, "t", "V", "Ca")
    strip = whole.twinx()  # the stimulus, along the foot of the panel
    fig.scale_axis(strip, "y", (-0.3, 20))
    strip.axis("off")
    fig.curve(strip, "stimulus_t", "stimulus", "stimulus", linewidth=1.6, given=True)
    fig.point(strip, "stimulus_middle", "strength", "stimulus", markersize=5, given=True, drag={"y": "strength"})
    fig.note(strip, _("stimulus"), "stimulus_place", "stimulus_note", "stimulus", given=True)
    fig.x_axis(close, (_("time from the steepest rise"), "ms"), (-3, 17), ticks=[0, 5, 10, 15])
    fig.y_axis(close, (_("the rise, close up"), "mV"), (-100, 65), ticks=[-100, -50, 0, 50])
    fig.curve(close, "sodium_t", "sodium_V", "Na", linestyle=(0, (5, 2)), linewidth=1.6)
    fig.note(close, _("dashed: an ordinary sodium spike"), 16.8, 54, "Na", ha="right")
    fig.curve(close, "close_t", "close_V", "Ca")
    fig.tag(close, _("this cell"), "close_t", "close_V", 15.4, "Ca")
    return drawn


explorer = Explorer(
    chapter="action-potential/calcium-spikes",
    controls=dict(
        cell=Choice(KINDS, "relay"),
        block_Na=Slider(0, 100, 0, "%", step=1),
        block_Ca=Slider(0, 100, 0, "%", step=1),
        strength=Slider(0, 3, 1, "×", step=0.05),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        V_free=Curve(SIZE, "mV"),
        I_Na=Curve(SIZE, "µA/cm²", gaps=True),
        I_Ca=Curve(SIZE, "µA/cm²", gaps=True),
        Ca=Curve(SIZE, "µM", gaps=True),
        close_t=Curve(CLOSE, "ms"),
        close_V=Curve(CLOSE, "mV"),
        sodium_t=Curve(CLOSE, "ms"),
        sodium_V=Curve(CLOSE, "mV"),
        stimulus_t=Curve(4, "ms"),
        stimulus=Curve(4, "×"),
    ),
    readouts=dict(
        peak=Readout("mV"),
        upstroke=Readout("mV/ms"),
        width=Readout("ms", optional=True),
        share_up=Readout("%", 0, optional=True),
        share_later=Readout("%", 0, optional=True),
        count=Readout("", 0),
        upstroke_Na=Readout("mV/ms", 0),
        width_Na=Readout("ms", 2),
        share_spike=Readout("%", 0, shown=False, optional=True),
        V_start=Readout("mV", shown=False),
        done=Readout("", 0, shown=False),
        blocked=Readout("", shown=False, optional=True),
        **{name: Readout("ms", shown=False) for name in ("stimulus_middle", "stimulus_place")},
        stimulus_note=Readout("×", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "neuron": {"cell": "neuron"},
        "relay": {"cell": "relay"},
        "relay_ttx": {"cell": "relay", "block_Na": 100},
        "rebound": {"cell": "rebound"},
        "rebound_ttx": {"cell": "rebound", "block_Na": 100},
        "rebound_without_calcium": {"cell": "rebound", "block_Ca": 100},
        "ventricle": {"cell": "ventricle"},
        "ventricle_without_calcium": {"cell": "ventricle", "block_Ca": 100},
        "ventricle_without_sodium": {"cell": "ventricle", "block_Na": 100},
        "barnacle": {"cell": "barnacle"},
    },
    sweep=Sweep(
        2 * PIECES + 1, step, numbers=("held", "steepest", "t_steepest", "V_highest"),
        arrays={"state": STATES, "history": STATES * SIZE},
    ),
    scene=spike_scene(),
    time="t",
    main=("cell", "block_Na"),
    shows=("upstroke", "width", "share_up"),
    story={
        "burst": {},
        "slow": {"block_Na": 100},
        "rebound": {"cell": "rebound"},
        "ventricle": {"cell": "ventricle"},
    },
    challenge=Challenge(check, solution={"cell": "ventricle", "block_Na": 100, "strength": 2}),
    prediction=Prediction(answer, {"cell": "relay", "block_Na": 100}),
    cells=(mammalian_sk, thalamic_relay, ventricular_cell, morris_lecar),
)
