"""Spikes that calcium makes beside spikes that sodium makes: how steep, how long, and by which current."""

import math

from neurolib.cells import mammalian_m_current, morris_lecar, thalamic_relay, ventricular_cell
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse, put_row
from neurolib.spikes import index_of_maximum, vertex, width_at

SIZE, T_START, T_END, DT = 1641, -10.0, 400.0, 0.025
CHUNKS, CHUNK = 10, 165  # the run is drawn piece by piece; samples of a piece, both ends counted
CLOSE, BEFORE, STEP_CLOSE, DT_CLOSE = 401, 3.0, 0.05, 0.01  # the close view: from 3 ms before the steepest rise
LATER = 15.0  # ms after the steepest rise: which current carries the plateau?
RELEASE = 200.0  # ms: end of the hyperpolarisation from which the thalamic cell rebounds
SPIKE_LEVEL = -10.0  # mV
REGENERATIVE, RISE = 0.3, 15.0  # mV/ms of the cell's own currents and mV above the start: less is no spike
NEURON, RELAY, REBOUND, VENTRICLE, BARNACLE = range(5)
# The ordinary neuron is the one with an M-current, here without it: the page has that cell's kernel anyway.
CELLS = (mammalian_m_current, thalamic_relay, thalamic_relay, ventricular_cell, morris_lecar)
G_M = mammalian_m_current.index("g_bar_M")
STATES = max(len(cell.state_names) for cell in CELLS)
COUNTS = tuple(len(cell.state_names) for cell in CELLS)
PARAMETERS = max(len(cell.parameter_names) for cell in CELLS)
CHANNELS = max(len(cell.channels) for cell in CELLS)
NAMES = tuple([channel.name for channel in cell.channels] for cell in CELLS)
SODIUM = tuple(names.index("Na") if "Na" in names else -1 for names in NAMES)
CALCIUM = tuple(max((names.index(name) for name in ("T", "s", "Ca") if name in names), default=-1) for names in NAMES)
N_CHANNELS = tuple(len(cell.channels) for cell in CELLS)
FIRST_G = 2  # in a parameter array g_bar of each channel follows C_m and the temperature
AMPLITUDES, DURATIONS = (40.0, 0.3, -1.0, 25.0, 150.0), (1.0, 400.0, RELEASE, 2.0, 10.0)
NEURONS, RELAYS, VENTRICLES, BARNACLES = (CELLS[k].kernel for k in (NEURON, RELAY, VENTRICLE, BARNACLE))
defaults_0, rest_0, run_0, currents_0 = NEURONS.defaults, NEURONS.rest, NEURONS.integrate, NEURONS.channel_currents
defaults_1, rest_1, run_1, currents_1 = RELAYS.defaults, RELAYS.rest, RELAYS.integrate, RELAYS.channel_currents
defaults_3, rest_3, run_3 = VENTRICLES.defaults, VENTRICLES.rest, VENTRICLES.integrate
currents_3 = VENTRICLES.channel_currents
defaults_4, rest_4, run_4 = BARNACLES.defaults, BARNACLES.rest, BARNACLES.integrate
currents_4 = BARNACLES.channel_currents
steady_current_1 = RELAYS.steady_current
BEST, T_BEST, PEAK, COUNT, UPSTROKE, WIDTH, SHARE_UP, SHARE_LATER, UPSTROKE_NA, WIDTH_NA, START, DONE = range(12)


@portable
def begin(cell, block_Na, block_Ca, p, state):
    """Parameters with the channels blocked, and the rest; returns the steady current that holds the cell there."""
    if cell == NEURON:
        defaults_0(p)
        p[G_M] = 0.0
    elif cell <= REBOUND:
        defaults_1(p)
    elif cell == VENTRICLE:
        defaults_3(p)
    else:
        defaults_4(p)
    if SODIUM[int(cell)] >= 0:
        p[FIRST_G + SODIUM[int(cell)]] *= 1.0 - 0.01 * block_Na
    if CALCIUM[int(cell)] >= 0:
        p[FIRST_G + CALCIUM[int(cell)]] *= 1.0 - 0.01 * block_Ca
    held = 0.0
    if cell == NEURON:
        rest_0(p, held, state)
    elif cell <= REBOUND:
        if cell == REBOUND:
            held = steady_current_1(-60.0, p, state)
        rest_1(p, held, state)
    elif cell == VENTRICLE:
        rest_3(p, held, state)
    else:
        rest_4(p, held, state)
    return held


@portable
def run(cell, state, p, row, t_start, t_end, times, n, samples, crossings, dt):
    """Integrate the chosen cell; returns how often V rose through the level of a spike."""
    count = 0
    failed = 0.0
    if cell == NEURON:
        failed, count = run_0(state, p, row, 3, t_start, t_end, times, n, samples, crossings, 99, SPIKE_LEVEL, dt)
    elif cell <= REBOUND:
        failed, count = run_1(state, p, row, 3, t_start, t_end, times, n, samples, crossings, 99, SPIKE_LEVEL, dt)
    elif cell == VENTRICLE:
        failed, count = run_3(state, p, row, 3, t_start, t_end, times, n, samples, crossings, 99, SPIKE_LEVEL, dt)
    else:
        failed, count = run_4(state, p, row, 3, t_start, t_end, times, n, samples, crossings, 99, SPIKE_LEVEL, dt)
    return count if failed < 0.0 else -1


@portable
def currents_of(cell, p, samples, n, conductances, currents, own):
    """All channels' currents, and what they do to V by themselves, mV/ms."""
    if cell == NEURON:
        currents_0(p, samples, n, conductances, currents)
    elif cell <= REBOUND:
        currents_1(p, samples, n, conductances, currents)
    elif cell == VENTRICLE:
        currents_3(p, samples, n, conductances, currents)
    else:
        currents_4(p, samples, n, conductances, currents)
    channels = N_CHANNELS[int(cell)]
    for i in range(n):
        own[i] = 0.0
        for k in range(channels):
            own[i] = own[i] - currents[k * n + i] / p[0]


@portable
def put_stimulus(cell, strength, held, row):
    """The cell's usual stimulus times ``strength``, on top of the current that holds it; three rows."""
    put_row(row, 0, 2.0 * T_START, held, 0.0)
    put_pulse(row, 1, 0.0, DURATIONS[int(cell)], AMPLITUDES[int(cell)] * strength)
    row[4] = row[4] + held
    row[7] = row[7] + held


@portable
def results(memo):
    """What the reader is told, from what is known so far."""
    return (
        0.0, memo[PEAK], memo[UPSTROKE], memo[WIDTH], memo[SHARE_UP], memo[SHARE_LATER], memo[COUNT], memo[UPSTROKE_NA],
        memo[WIDTH_NA], memo[START], memo[DONE],
    )  # fmt: skip


@portable
def calcium_share(cell, i, n, currents):
    """Calcium's part of the current that gated sodium and calcium channels carry inwards at sample i; nan if none."""
    I_Na = 0.0
    I_Ca = 0.0
    if SODIUM[int(cell)] >= 0:
        I_Na = min(0.0, currents[SODIUM[int(cell)] * n + i])
    if CALCIUM[int(cell)] >= 0:
        I_Ca = min(0.0, currents[CALCIUM[int(cell)] * n + i])
    return 100.0 * I_Ca / (I_Na + I_Ca) if I_Na + I_Ca < -0.01 else math.nan


@portable
def look_close(
    cell, t_from, start, V_start, seen_t, seen_V, p, row, times, samples, conductances, currents, own, crossings, memo
):  # fmt: skip
    """20 ms again, in fine steps: the steepest rise by the cell's own currents, and the width of a brief spike."""
    for i in range(CLOSE):
        times[i] = t_from + STEP_CLOSE * i
    run(cell, start, p, row, t_from, times[CLOSE - 1], times, CLOSE, samples, crossings, DT_CLOSE)
    currents_of(cell, p, samples, CLOSE, conductances, currents, own)
    best = index_of_maximum(own, 0, CLOSE - int(LATER / STEP_CLOSE))
    for i in range(CLOSE):
        seen_t[i] = times[i] - times[best]
        seen_V[i] = samples[i]
    highest = index_of_maximum(samples, best, CLOSE)
    _t_peak, peak = vertex(seen_t, seen_V, highest, CLOSE)
    memo[UPSTROKE] = own[best] if own[best] > 0.01 else 0.0
    memo[SHARE_UP] = math.nan
    memo[SHARE_LATER] = math.nan
    if memo[UPSTROKE] > 0.0:  # the share of a current that makes V rise
        memo[SHARE_UP] = calcium_share(cell, best, CLOSE, currents)
        memo[SHARE_LATER] = calcium_share(cell, best + int(LATER / STEP_CLOSE), CLOSE, currents)
    memo[WIDTH] = width_at(seen_t, seen_V, CLOSE, highest, 0.5 * (V_start + peak))
    if math.isfinite(memo[WIDTH]):
        memo[PEAK] = peak


@portable
def compute(
    cell, block_Na, block_Ca, strength,
    t, V, V_free, close_t, close_V, sodium_t, sodium_V,
    p, state, start, row, times, samples, history, conductances, currents, own, crossings, memo,
):  # fmt: skip
    """The sodium spike of an ordinary neuron, for comparison; then everything is ready for the reader's cell."""
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
        V[i] = math.nan
        V_free[i] = math.nan
    for i in range(CLOSE):
        close_t[i] = math.nan
        close_V[i] = math.nan
    begin(0.0, 0.0, 0.0, p, state)
    put_stimulus(0.0, 1.0, 0.0, row)
    V_start = state[0]
    look_close(
        0.0, -BEFORE, state, V_start, sodium_t, sodium_V,
        p, row, times, samples, conductances, currents, own, crossings, memo,
    )  # fmt: skip
    upstroke = memo[UPSTROKE]
    width = memo[WIDTH]
    for k in range(12):
        memo[k] = math.nan
    memo[UPSTROKE_NA] = upstroke
    memo[WIDTH_NA] = width
    memo[BEST] = -1e9
    memo[COUNT] = 0.0
    memo[DONE] = 0.0
    return results(memo)


@portable
def step(
    cell, block_Na, block_Ca, strength, number,
    t, V, V_free, close_t, close_V, sodium_t, sodium_V,
    p, state, start, row, times, samples, history, conductances, currents, own, crossings, memo,
):  # fmt: skip
    """The reader's cell, piece by piece; a close look at its steepest rise; the same cell with nothing blocked."""
    if number == 0.0:
        held = begin(cell, block_Na, block_Ca, p, state)
        put_stimulus(cell, strength, held, row)
        memo[START] = state[0]
    if number == CHUNKS + 1.0:
        held = begin(cell, 0.0, 0.0, p, state)
        put_stimulus(cell, strength, held, row)
    if number == CHUNKS:
        first = int(max(0.0, math.floor((memo[T_BEST] - BEFORE - T_START) / (t[1] - t[0]))))
        for j in range(COUNTS[int(cell)]):
            start[j] = history[j * SIZE + first]
        memo[PEAK] = V[index_of_maximum(V, 0, SIZE)]
        look_close(
            cell, t[first], start, memo[START], close_t, close_V, p, row, times, samples, conductances, currents, own,
            crossings, memo,
        )  # fmt: skip
        if math.isnan(memo[WIDTH]):
            highest = index_of_maximum(V, 0, SIZE)
            memo[WIDTH] = width_at(t, V, SIZE, highest, 0.5 * (memo[START] + V[highest]))
        return results(memo)
    chunk = int(number)
    if number > CHUNKS:
        chunk = chunk - CHUNKS - 1
    offset = chunk * (CHUNK - 1)
    for i in range(CHUNK):
        times[i] = t[offset + i]
    count = run(cell, state, p, row, times[0], times[CHUNK - 1], times, CHUNK, samples, crossings, DT)
    if count < 0:
        return results(memo)
    if number > CHUNKS:
        for i in range(CHUNK):
            V_free[offset + i] = samples[i]
        memo[DONE] = 1.0 if chunk == CHUNKS - 1 else 0.0
        return results(memo)
    memo[COUNT] = memo[COUNT] + count
    currents_of(cell, p, samples, CHUNK, conductances, currents, own)
    for i in range(CHUNK):
        for j in range(COUNTS[int(cell)]):
            history[j * SIZE + offset + i] = samples[j * CHUNK + i]
        V[offset + i] = samples[i]
        if own[i] > memo[BEST] and times[i] >= 0.0:
            memo[BEST] = own[i]
            memo[T_BEST] = times[i]
    return results(memo)


@portable
def say(
    cell, block_Na, block_Ca, strength,
    peak, upstroke, width, share_up, share_later, count, upstroke_Na, width_Na, V_start, done,
):  # fmt: skip
    if done == 0.0:
        return 0
    if not (upstroke > REGENERATIVE and peak > V_start + RISE):
        return 1
    if math.isnan(width):
        return 6
    if math.isnan(share_up) or share_up < 50.0:
        if share_later > 50.0 and width > 50.0:
            return 3
        return 4 if count > 1.0 and share_later > 20.0 else 2
    return 5


@portable
def check(
    moved, cell, block_Na, block_Ca, strength,
    peak, upstroke, width, share_up, share_later, count, upstroke_Na, width_Na, V_start, done,
):  # fmt: skip
    if cell != VENTRICLE or block_Na < 100.0:
        return 1, block_Na
    if not (upstroke > REGENERATIVE and peak > 0.0):
        return 2, peak
    return 0, upstroke


@portable
def answer(
    cell, block_Na, block_Ca, strength,
    peak, upstroke, width, share_up, share_later, count, upstroke_Na, width_Na, V_start, done,
):  # fmt: skip
    if not (upstroke > REGENERATIVE and peak > V_start + RISE):
        return 0
    return 1 if width > 10.0 else 2


def figure():
    drawn, (whole, close) = fig.panels([130, 130], shared=False)
    fig.x_axis(whole, (_("time"), "ms"), (T_START, T_END), ticks=[0, 100, 200, 300, 400])
    fig.y_axis(whole, (_("voltage V"), "mV"), (-110, 60), ticks=[-100, -50, 0, 50])
    fig.curve(whole, "t", "V_free", "muted", _("nothing blocked"), linestyle=(0, (1.5, 1.5)), linewidth=1.3)
    fig.curve(whole, "t", "V", "Ca", _("your cell"))
    fig.legend(whole)
    fig.x_axis(close, (_("time from the steepest rise"), "ms"), (-3, 17), ticks=[0, 5, 10, 15])
    fig.y_axis(close, (_("voltage V"), "mV"), (-110, 60), ticks=[-100, -50, 0, 50])
    fig.curve(close, "sodium_t", "sodium_V", "Na", _("a neuron's sodium spike"), linestyle=(0, (5, 2)))
    fig.curve(close, "close_t", "close_V", "Ca", _("your cell"))
    fig.legend(close)
    return drawn


explorer = Explorer(
    name="calcium_spike",
    title=_("Sodium spikes and calcium spikes"),
    chapter="action-potential/calcium-spikes",
    caption=_(
        "Above: the voltage of the chosen cell under its usual stimulus, which begins at 0 ms, with the channels "
        "blocked as you "
        "choose (line) and with nothing blocked (dotted). Below: 20 ms of it close up, each curve moved so that its "
        "steepest "
        "rise is at 0, beside the sodium spike of an ordinary mammalian neuron (dashed)."
    ),
    controls=(
        Choice(
            "cell",
            _("Cell"),
            {
                "neuron": _("ordinary neuron"),
                "relay": _("thalamic relay cell, step of current"),
                "rebound": _("thalamic relay cell, after inhibition"),
                "ventricle": _("ventricular muscle cell"),
                "barnacle": _("barnacle muscle fibre"),
            },
            "relay",
        ),
        Slider("block_Na", _("Sodium channels blocked (TTX)"), 0, 100, 0, "%", step=1),
        Slider("block_Ca", _("Calcium channels blocked"), 0, 100, 0, "%", step=1),
        Slider("strength", _("Stimulus, times the usual"), 0, 3, 1, "×", step=0.05),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("V_free", SIZE, "mV", _("voltage with nothing blocked")),
        Curve("close_t", CLOSE, "ms", _("time from the steepest rise")),
        Curve("close_V", CLOSE, "mV", _("voltage, close up")),
        Curve("sodium_t", CLOSE, "ms", _("time from the steepest rise of the sodium spike")),
        Curve("sodium_V", CLOSE, "mV", _("voltage of the sodium spike")),
    ),
    scratch={
        "p": PARAMETERS, "state": STATES, "start": STATES, "row": 9, "times": CLOSE, "samples": STATES * CLOSE,
        "history": STATES * SIZE, "conductances": CHANNELS * CLOSE, "currents": CHANNELS * CLOSE, "own": CLOSE,
        "crossings": 100, "memo": 12,
    },
    sweep=Sweep(2 * CHUNKS + 1, step),
    readouts=(
        Readout("peak", _("peak"), "mV", 1),
        Readout("upstroke", _("steepest rise"), "mV/ms", 1),
        Readout("width", _("width at half height"), "ms", 1, optional=True),
        Readout("share_up", _("calcium's share at the steepest rise"), "%", 0, optional=True),
        Readout("share_later", _("calcium's share 15 ms later"), "%", 0, optional=True),
        Readout("count", _("spikes above −10 mV"), "", 0),
        Readout("upstroke_Na", _("ordinary neuron: rise"), "mV/ms", 0),
        Readout("width_Na", _("ordinary neuron: width"), "ms", 2),
        Readout("V_start", _("start"), "mV", 1, shown=False),
        Readout("done", _("run complete"), "", 0, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The cell is running…"),
        _("No spike: V reaches {peak} mV and no current of the cell's own carries it further."),
        _("A sodium spike: it rises at {upstroke:0} mV/ms and is {width:1} ms wide."),
        _(
            "Two ions share the work: sodium carries the upstroke ({upstroke:0} mV/ms), calcium {share_later:0} % "
            "of the inward current of the plateau, which is {width:0} ms wide."
        ),
        _(
            "A slow calcium spike underneath, and on it {count:0} sodium spikes, each rising at {upstroke:0} mV/ms "
            "or less."
        ),
        _(
            "A calcium spike: it rises at {upstroke:1} mV/ms (an ordinary sodium spike: {upstroke_Na:0}) and is "
            "{width:0} ms wide (against {width_Na:1})."
        ),
        _(
            "By the cell's own currents V rises at {upstroke:1} mV/ms, and it does not come back: where the figure "
            "ends it is still above half of its height."
        ),
    ),
    presets={
        _("Ordinary neuron"): {"cell": "neuron"},
        _("Thalamus: step, nothing blocked"): {"cell": "relay"},
        _("Thalamus: step, with TTX"): {"cell": "relay", "block_Na": 100},
        _("Thalamus: after inhibition, nothing blocked"): {"cell": "rebound"},
        _("Thalamus: after inhibition, with TTX"): {"cell": "rebound", "block_Na": 100},
        _("Thalamus: after inhibition, calcium blocked"): {"cell": "rebound", "block_Ca": 100},
        _("Ventricle: nothing blocked"): {"cell": "ventricle"},
        _("Ventricle: calcium blocked"): {"cell": "ventricle", "block_Ca": 100},
        _("Ventricle: sodium blocked"): {"cell": "ventricle", "block_Na": 100},
        _("Barnacle muscle"): {"cell": "barnacle"},
    },
    prediction=Prediction(
        _(
            "A thalamic relay cell answers a step of current with a burst. Tetrodotoxin now blocks every sodium "
            "channel. What is left?"
        ),
        {"cell": "relay", "block_Na": 100},
        (_("Nothing: no sodium, no spike"), _("A slow, broad spike"), _("The same fast spikes")),
        answer,
        (
            _("V just follows the stimulus."),
            _(
                "A calcium spike, {width:0} ms wide and rising at {upstroke:1} mV/ms: it was there all the time, "
                "underneath the sodium spikes."
            ),
            _("The spikes did not need sodium."),
        ),
    ),
    challenge=Challenge(
        _("With every sodium channel of the ventricular cell blocked, make it fire all the same."),
        check,
        (
            _(
                "Done: a slow response, carried by calcium, rising at {off:2} mV/ms. Heart tissue with its sodium "
                "channels inactivated can conduct like this, slowly."
            ),
            _("Choose the ventricular cell and block all of its sodium channels ({off:0} % so far)."),
            _("V only reaches {off:1} mV. What would bring it to where calcium channels open?"),
        ),
    ),
)
